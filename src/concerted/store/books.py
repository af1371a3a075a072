"""The books of calls: what is put aside and what was spent, exact to a billionth of a dollar."""

from decimal import ROUND_UP, Decimal
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from concerted.campaign.call import Call, Caps
from concerted.store.money import NANO, dollars
from concerted.store.schema import CALLS


def put_aside(connection: Connection, call: Call, caps: Caps) -> tuple[Decimal, Decimal] | None:
    """Book an open call; where a cap does not hold it book nothing, and give what its run and all runs have spent and put aside."""
    of_all = spent(connection)
    of_run = spent(connection, call.run)
    for cap, before in ((caps.run, of_run), (caps.campaign, of_all)):
        if cap is not None and before + call.cost > cap:
            return of_run, of_all
    connection.execute(insert(CALLS).values(_values(call)))
    return None


def true_up(connection: Connection, call: Call) -> None:
    """Book how a call ended."""
    connection.execute(update(CALLS).where(CALLS.c.id == call.id).values(_values(call)))


def spent(connection: Connection, run: str = "") -> Decimal:
    """Sum up what was spent and is put aside, in one run or in all."""
    total = select(func.coalesce(func.sum(CALLS.c.nanos), 0))
    return dollars(connection.scalar(total.where(CALLS.c.run == run) if run else total) or 0)


def _values(call: Call) -> dict[str, Any]:
    return {
        "id": call.id, "run": call.run, "model": call.model, "purpose": call.purpose, "task": call.task, "asset": call.asset, "worker": call.worker,
        "at": call.at, "ended": call.ended, "tokens_in": call.tokens_in, "tokens_out": call.tokens_out, "estimated": call.estimated,
        "nanos": int((call.cost / NANO).to_integral_value(ROUND_UP)),
    }  # fmt: skip
