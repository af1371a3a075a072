"""What an installation is told: `concerted.toml` beside the campaign and the environment, read once into one frozen value."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concerted.errors import Problem, UserError

if TYPE_CHECKING:
    from concerted.llm.configured import Models

FILE = "concerted.toml"
OF_MODELS = ("workers", "judge", "stronger", "models", "spend")
KNOWN = ("model", "script", "slots", *OF_MODELS)
UNMODELLED = ("house", "scripted")


@dataclass(frozen=True, slots=True)
class Settings:
    """`model`: who writes (`house`, `scripted` for rehearsals, or a model such as `openai:gpt-5-mini`). `script`: the scripted writer's file.

    `slots`: drafts at once. `models`: where models are, what they cost, who has one of its own; None where no model is used at all.
    """

    folder: Path
    model: str = "house"
    script: Path | None = None
    slots: int = 8
    models: "Models | None" = None

    def writer_of(self, worker: str) -> str:
        """Say who writes for a worker, with the parameters that change what is written: what its recipe holds."""
        return self.models.identity(worker) if self.models else self.model


def read_settings(folder: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Read `concerted.toml`; `CONCERTED_MODEL` and `CONCERTED_SCRIPT` win over it. Raises UserError for what it does not know."""
    data = _file(folder / FILE)
    unknown = [name for name in data if name not in KNOWN]
    if unknown:
        problems = [Problem(f"{FILE} has no setting {name}.", f"Known settings: {', '.join(KNOWN)}.", file=FILE) for name in unknown]
        raise UserError(f"{FILE} has settings that nothing reads.", problems=problems)
    model = environment.get("CONCERTED_MODEL") or str(data.get("model", "house"))
    script = environment.get("CONCERTED_SCRIPT") or data.get("script")
    slots = data.get("slots", 8)
    if not isinstance(slots, int) or not 1 <= slots <= 64:
        raise UserError(f"slots = {slots!r} must be a whole number from 1 to 64.", next=f"correct slots in {FILE}")
    return Settings(folder, model, folder / str(script) if script else None, slots, _models(data, model, folder / FILE))


def _models(data: Mapping[str, Any], model: str, place: Path) -> "Models | None":
    """Read what is said about models; nothing of them is woken where none is used."""
    if model in UNMODELLED and not any(name in data for name in OF_MODELS):
        return None
    from concerted.llm.configured import read_models

    return read_models(data, model, place)


def _file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        # The message names line and column and quotes nothing: a line may hold what should not be told on.
        raise UserError(f"{FILE} cannot be read: {error}", next=f"correct {FILE}") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{FILE} is not UTF-8 text.", next=f"save {FILE} as UTF-8") from error
