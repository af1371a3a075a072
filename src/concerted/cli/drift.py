"""The demo's act of a drifting writer, live: a model on the loopback writes, says what it must not, and is stopped in mid-sentence.

Only the model is a double. The stream, the guard, the stop, the second call and the record are those of any run.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import click

if TYPE_CHECKING:
    from concerted.campaign.intervention import Stop
    from concerted.campaign.work import Work

Say: TypeAlias = Callable[[str, bool], None]
"""(text, whether the line ends)."""
ASSET, WORKER, FIELD = "sms.sms.shops.us.-", "mobile", "text"
PRICE = "offers.first.price.us"
NEW = "$27"
RIVAL = "competitors.wheelwright.name"
FOLDER = "drift"
WIDTH = 76


@dataclass
class _Ear:
    """Prints what a writer says as it says it, and where it is stopped."""

    say: Say
    column: int = 0
    calls: int = 0
    stops: list[str] = field(default_factory=list[str])

    def began(self, work: Work) -> None:  # noqa: ARG002  # the port's own names
        self.calls += 1
        self._break("the model writes:" if self.calls == 1 else "asked again, with this reason and the words that may stay:")
        self._print("    ")

    def said(self, name: str, token: str) -> None:
        if name != FIELD:
            return
        if self.column + len(token) > WIDTH:
            self._break("")
            self._print("    ")
            token = token.lstrip()
        self._print(" ".join(token.split("\n")))

    def stopped(self, stop: Stop) -> None:
        self.stops.append(stop.words)
        self._print(click.style("▌ stopped", fg="red", bold=True))
        self._break(f"{stop.rule}: {stop.guidance}")

    def _print(self, text: str) -> None:
        self.column += len(click.unstyle(text))
        self.say(text, False)

    def _break(self, line: str) -> None:
        if self.column:
            self.say("", True)
        self.column = 0
        if line:
            self.say(f"  {line}", True)


def catch_drift(campaign: Path, by: str, today: str, say: Say) -> dict[str, Any]:
    """Play the act on a copy of a drafted campaign, left below it for the reader; gives what happened."""
    from concerted.bootstrap import open_session, write_with_engine
    from concerted.conductor import changing, reading
    from concerted.llm.rehearsal import rehearsing
    from concerted.settings import read_settings

    folder = campaign / FOLDER
    shutil.copytree(campaign, folder)
    answers = _answers(folder, by, today)
    ear = _Ear(say)
    settings = folder / "concerted.toml"
    with rehearsing(answers) as (url, server):
        settings.write_text(f'[workers]\n{WORKER} = "rehearsal:drifter"\n[models.rehearsal]\nbase_url = "{url}"\n', encoding="utf-8")
        session = open_session(folder, today=today, by=by)
        session.write_models = lambda: write_with_engine(session, read_settings(folder), ear)
        changing.change_strategy(session, changing.parse_rows((f"{PRICE}={NEW}",), ()), lambda _plan: True)
        say("", True)
        sent = list(server.sent)
    settings.unlink()
    rows = reading.why(session, ASSET)["interventions"]
    saved, each = sum(row["saved"] for row in rows), ", ".join(map(str, sent))
    say(f"  {len(rows)} interventions, about {saved} tokens not written; words sent in {ear.calls} calls: {each}.", True)
    say(f"  On record: concerted -C {folder} why {ASSET}", True)
    return {"asset": ASSET, "interventions": rows, "calls": ear.calls, "sent": sent}


def _answers(folder: Path, by: str, today: str) -> tuple[str, str, str]:
    """Write the model's part: the price as it remembers it; then a rival's name; then what it should have said at once."""
    from concerted.bootstrap import open_session
    from concerted.conductor import changing

    session = open_session(folder, today=today, by=by)
    stands = session.state().main.texts[ASSET].values
    planned = changing.plan_changes(session, changing.parse_rows((f"{PRICE}={NEW}",), ()))
    row = next(row for row in planned["assets"] if row["id"] == ASSET)
    good = {**stands, **{changed["name"]: changed["new"] for changed in row["fields"]}}
    rival = str(session.facets(session.state())[RIVAL])
    first = good[FIELD].split(". ")[0].rstrip(".")
    spoiled = {**good, FIELD: f"{first}. Unlike {rival}, we work at night, and so on and so forth for as long as nobody listens."}
    return _tagged(stands), _tagged(spoiled), _tagged(good)


def _tagged(fields: dict[str, str]) -> str:
    return "\n".join(f"<{name}>{words}</{name}>" for name, words in fields.items() if words)
