"""What an installation is told: `concerted.toml` beside the campaign and the environment, read once into one frozen value."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from concerted.errors import Problem, UserError

FILE = "concerted.toml"
KNOWN = ("model", "script", "slots")


@dataclass(frozen=True, slots=True)
class Settings:
    """`model`: who writes (`house`, or `scripted` for rehearsals and tests). `script`: the scripted writer's file. `slots`: drafts at once."""

    folder: Path
    model: str = "house"
    script: Path | None = None
    slots: int = 8


def read_settings(folder: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """Read `concerted.toml`; `CONCERTED_MODEL` and `CONCERTED_SCRIPT` win over it. Raises UserError for what it does not know."""
    data = _file(folder / FILE)
    unknown = [name for name in data if name not in KNOWN]
    if unknown:
        problems = [Problem(f"{FILE} has no setting {name}.", f"Known settings: {', '.join(KNOWN)}.", file=FILE) for name in unknown]
        raise UserError(f"{FILE} has settings that nothing reads.", problems=problems)
    model = environment.get("CONCERTED_MODEL") or str(data.get("model", "house"))
    if model not in ("house", "scripted"):
        raise UserError(f"model = {model!r} is not available yet.", next="use house or scripted; hosted and local models come with a later release")
    script = environment.get("CONCERTED_SCRIPT") or data.get("script")
    slots = data.get("slots", 8)
    if not isinstance(slots, int) or not 1 <= slots <= 64:
        raise UserError(f"slots = {slots!r} must be a whole number from 1 to 64.", next=f"correct slots in {FILE}")
    return Settings(folder, model, folder / str(script) if script else None, slots)


def _file(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{FILE} cannot be read: {error}", next=f"correct {FILE}") from error
