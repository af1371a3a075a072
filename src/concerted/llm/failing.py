"""What a provider's refusal means: try again, mend a setting, or never. Status and words in, one of our errors out."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from pydantic_core import from_json

from concerted.errors import ConcertedError, UserError
from concerted.llm.key import Key
from concerted.llm.loose import table, text
from concerted.llm.model import Away

BUSY = 429
SPENT = 402
TRY_AGAIN = (408, 409, 425)
NO_ENTRY = (401, 403)
NOWHERE = 404
SERVER = 500
NO_CREDIT = ("insufficient_quota", "billing", "credit balance")
"""How providers say, with the status of being busy, that the account is empty: waiting will not help."""


def refusal(name: str, key: Key, status: int, said: str, retry_after: float | None = None) -> ConcertedError:
    """Say in our words what a status means. `said` is what the provider wrote, with keys struck out here."""
    words = key.strike(said)
    behind = f" It says: {words}" if words else ""
    if status in NO_ENTRY:
        where = f"the key in {key.variable}" if key.variable else "calls without a key"
        look = key.variable or "api_key_env in concerted.toml"
        return UserError(f"{name} does not accept {where} ({status}).{behind}", next=f"look at {look}, then concerted models")
    if status == NOWHERE:
        return UserError(f"{name} is not known there (404).{behind}", next="look at the model's name and at base_url, then concerted models")
    if status == SPENT or (status == BUSY and any(mark in said.lower() for mark in NO_CREDIT)):
        return UserError(f"The account behind {name} has no credit left ({status}).{behind}", next="top it up, or set another model")
    if status == BUSY:
        return Away(f"{name} takes no more calls just now (429).{behind}", "busy", retry_after)
    if status >= SERVER or status in TRY_AGAIN:
        return Away(f"{name} has trouble of its own ({status}).{behind}", "server", retry_after)
    return UserError(f"{name} does not take this request ({status}).{behind}", next="look at [models]; a prompt may be too long for this model")


def message_in(body: bytes) -> str:
    """Find the message in the body of an error, however the server wraps it."""
    try:
        found: object = from_json(body)
    except ValueError:
        return body.decode(errors="replace")
    outer = table(found)
    inner = outer.get("error") or outer.get("detail") or outer
    if isinstance(inner, str):
        return inner
    said = text(table(inner).get("message"))
    code = text(table(inner).get("code"))
    return f"{said} ({code})" if said and code else said or body.decode(errors="replace")


def wait_in(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Read how many seconds a provider asks to wait: `retry-after-ms`, or `Retry-After` in seconds or as a date."""
    millis = headers.get("retry-after-ms", "")
    if _is_number(millis):
        return max(0.0, float(millis) / 1000)
    value = headers.get("retry-after", "").strip()
    if _is_number(value):
        return max(0.0, float(value))
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    known = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (known - (now or datetime.now(UTC))).total_seconds())


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()
