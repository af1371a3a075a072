"""What an installation says about its models: which one writes, which one judges, where each is, what may be spent.

Data only and light to import: no vendor, no network, no key. A key is named by its environment variable and never stands here.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from concerted.campaign.call import Caps
from concerted.errors import Problem, UserError

Style: TypeAlias = Literal["tagged", "json"]
"""How a model is asked to mark its fields: between tags, which weak models manage too, or as one JSON object by schema."""
Money: TypeAlias = Annotated[Decimal, BeforeValidator(lambda value: str(value) if isinstance(value, float) else value), Field(ge=0)]
UNMODELLED = ("house", "scripted")
"""Writers that are no models."""
EMBEDDED = "local"
PATIENT = 900.0
"""Seconds for the model inside Concerted: a processor that others use, too, reads a long prompt slowly."""
ADDRESSES: Mapping[str, str] = {
    "openai": "https://api.openai.com/v1",
    "ollama": "http://127.0.0.1:11434/v1",
    "vllm": "http://127.0.0.1:8000/v1",
    "llamacpp": "http://127.0.0.1:8080/v1",
}
"""Where servers that speak OpenAI's chat completions are, unless somebody says otherwise."""
KEYS: Mapping[str, str] = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY", "google": "GOOGLE_API_KEY"}
ADAPTED = ("anthropic", "google")
"""Vendors with a language of their own, spoken through pydantic-ai-slim."""
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")


class Endpoint(BaseModel):
    """One `[models.NAME]`: where its models are, what they cost, how many calls they take."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    base_url: str = ""
    api_key_env: str = ""
    """Name of the environment variable that holds the key."""
    requests_per_minute: Annotated[float, Field(gt=0)] | None = None
    tokens_per_minute: Annotated[float, Field(gt=0)] | None = None
    timeout: Annotated[float, Field(gt=0)] = 120.0
    """Seconds for a whole call."""
    idle: Annotated[float, Field(gt=0)] = 30.0
    """Seconds without a sign of life before a call counts as hanging; also for the first word."""
    attempts: Annotated[int, Field(ge=1, le=10)] = 5
    """How often one call is tried while the provider is away or busy."""
    max_tokens: Annotated[int, Field(ge=16)] = 4096
    """At most this many tokens an answer."""
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    answers: Style | None = None
    """How fields are marked; by tags, where nothing is said and the model cannot be held to a schema."""
    price_in: Money | None = None
    """US dollars for a million tokens of prompt; the bundled price list where nothing is said."""
    price_out: Money | None = None
    small: bool | None = None
    """Ask little, with figures in slots, and look twice as hard; so are models inside Concerted unless somebody says otherwise."""
    gguf: str = ""
    """For the embedded model: a weights file of one's own."""

    @field_validator("api_key_env")
    @classmethod
    def _a_name_not_a_key(cls, value: str) -> str:
        # The value is not repeated: somebody may have put the key itself here.
        if value and not _VARIABLE.fullmatch(value):
            raise ValueError("names an environment variable, such as OPENAI_API_KEY; the key itself never stands in a file")
        return value

    @field_validator("base_url")
    @classmethod
    def _an_address_without_secrets(cls, value: str) -> str:
        if not value:
            return value
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("is not an address: write it like http://127.0.0.1:11434/v1")
        if parts.username or parts.password or parts.query:
            raise ValueError("holds a name, a password or a query: keys come from the environment only")
        return value.rstrip("/")


class ModelName(BaseModel):
    """`NAME:model`: an endpoint, and what the model is called there."""

    model_config = ConfigDict(frozen=True)

    endpoint: str
    model: str

    def __str__(self) -> str:
        return f"{self.endpoint}:{self.model}" if self.model else self.endpoint


def parse_name(text: str) -> ModelName:
    """Read a model string such as `openai:gpt-5-mini`, `ollama:llama3.2:3b` or `local`. Raises UserError."""
    endpoint, colon, model = text.strip().partition(":")
    whole = bool(endpoint) and (bool(model) if colon else endpoint == EMBEDDED)
    if not whole or not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", endpoint):
        raise UserError(
            f"model = {text!r} is not the name of a model.",
            next="write it like openai:gpt-5-mini, anthropic:claude-sonnet-5, google:gemini-3.5-flash or ollama:llama3.2",
        )
    return ModelName(endpoint=endpoint, model=model)


class Models(BaseModel):
    """Every model that an installation uses."""

    model_config = ConfigDict(frozen=True)

    writer: str = "house"
    workers: Mapping[str, str] = {}
    """Worker -> model, where it has one of its own."""
    judge: str = ""
    stronger: str = ""
    """Asked once where the writer's answers do not do."""
    endpoints: Mapping[str, Endpoint] = {}
    caps: Caps = Caps()

    def of(self, worker: str) -> str:
        """Say who writes for a worker: `house`, `scripted`, or a model string."""
        return self.workers.get(worker, self.writer)

    def named(self) -> tuple[str, ...]:
        """List the model strings that are in use, each once."""
        every = (self.writer, *self.workers.values(), self.judge, self.stronger)
        return tuple(dict.fromkeys(name for name in every if name and name not in UNMODELLED))

    def endpoint(self, name: ModelName) -> Endpoint:
        """Give where a model is, with what we know of the well-known ones filled in. Raises UserError where nobody says where it is."""
        given = self.endpoints.get(name.endpoint, Endpoint())
        known = name.endpoint in (*ADDRESSES, *ADAPTED, EMBEDDED)
        if not known and not given.base_url:
            raise UserError(
                f"Nobody says where {name} is: {name.endpoint} is not known here.",
                next=f'add [models.{name.endpoint}] with base_url = "http://.../v1" to concerted.toml, or use {", ".join((*ADDRESSES, *ADAPTED))}',
            )
        patient = {"timeout": PATIENT, "idle": PATIENT} if name.endpoint == EMBEDDED else {}
        return given.model_copy(
            update={
                **{setting: value for setting, value in patient.items() if setting not in given.model_fields_set},
                "base_url": given.base_url or ADDRESSES.get(name.endpoint, ""),
                "answers": given.answers or ("json" if name.endpoint == EMBEDDED else "tagged"),
                "api_key_env": given.api_key_env or ("" if given.base_url else KEYS.get(name.endpoint, "")),
            }
        )

    def identity(self, worker: str) -> str:
        """Name a worker's model as its recipe holds it: the model and the parameters that change what it writes."""
        text = self.of(worker)
        if text in UNMODELLED:
            return text
        endpoint = self.endpoint(parse_name(text))
        return text if endpoint.temperature is None else f"{text} temperature={endpoint.temperature:g}"


def read_models(data: Mapping[str, Any], writer: str, place: Path) -> Models:
    """Make sense of a settings file's `workers`, `judge`, `stronger`, `models`, `spend`. Raises UserError: every mistake, and never a value."""
    file = place.name
    problems: list[Problem] = []
    endpoints: dict[str, Endpoint] = {}
    for name, section in _section(data, "models", problems, file).items():
        try:
            endpoints[str(name)] = _placed(Endpoint.model_validate(section), place.parent)
        except ValidationError as broken:
            problems += _said(broken, f"models.{name}", file)
    spend: dict[str, Any] = _section(data, "spend", problems, file)
    caps = {name: _money(value, f"spend.{name}", problems, file) for name, value in spend.items() if name in ("per_run", "per_campaign")}
    problems += [
        Problem(f"spend has no setting {name}.", "per_run and per_campaign, in US dollars", f"spend.{name}", file)
        for name in spend
        if name not in caps
    ]
    models = Models(
        writer=writer,
        workers={str(slug): str(model) for slug, model in _section(data, "workers", problems, file).items()},
        judge=str(data.get("judge", "")),
        stronger=str(data.get("stronger", "")),
        endpoints=endpoints,
        caps=Caps(caps.get("per_run"), caps.get("per_campaign")),
    )
    problems += [problem for name in models.named() for problem in _unknown(models, name, file)]
    if problems:
        raise UserError(f"The models in {file} cannot be used.", problems=problems)
    return models


def _placed(endpoint: Endpoint, folder: Path) -> Endpoint:
    """Read a weights file's path from the folder of the settings."""
    return endpoint.model_copy(update={"gguf": str(folder / Path(endpoint.gguf).expanduser())}) if endpoint.gguf else endpoint


def _section(data: Mapping[str, Any], name: str, problems: list[Problem], file: str) -> dict[str, Any]:
    found = data.get(name, {})
    if isinstance(found, dict):
        return found  # pyright: ignore[reportUnknownVariableType]  # TOML tables have text for keys
    problems.append(Problem(f"{name} is not a section.", f"write [{name}] on a line of its own and the settings below it", name, file))
    return {}


def _money(value: object, ref: str, problems: list[Problem], file: str) -> Decimal | None:
    if isinstance(value, int | float | str) and not isinstance(value, bool):
        text = str(value)
        if re.fullmatch(r"\d+(\.\d+)?", text):
            return Decimal(text)
    problems.append(Problem(f"{ref} is not an amount of US dollars.", "write it like 5.00", ref, file))
    return None


def _said(broken: ValidationError, place: str, file: str) -> list[Problem]:
    """Turn pydantic's errors into problems without the values: one of them may be a key."""
    found: list[Problem] = []
    for error in broken.errors(include_input=False, include_url=False):
        ref = ".".join((place, *map(str, error["loc"])))
        unknown = error["type"] == "extra_forbidden"
        remedy = f"known: {', '.join(Endpoint.model_fields)}" if unknown else ""
        found.append(Problem("is not known here" if unknown else error["msg"].removeprefix("Value error, "), remedy, ref, file))
    return found


def _unknown(models: Models, text: str, file: str) -> list[Problem]:
    try:
        models.endpoint(parse_name(text))
    except UserError as wrong:
        return [Problem(wrong.message, wrong.next, "", file)]
    return []
