"""A copy of the example campaign that people work on, verb by verb, as they would at the terminal; every verb is a session of its own."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from concerted.bootstrap import open_session
from concerted.campaign.facets import Facets
from concerted.campaign.line import State
from concerted.conductor import changing, deciding, people, reading, redrafting, releasing
from concerted.conductor.session import Session

EXAMPLE = Path(__file__).parents[2] / "examples" / "small-hours"
TODAY = "2026-12-01"
PRIYA, DANA = "Priya Raman", "Dana Marsh"
"""Who signs for copy, who for claims and prices."""
TOM, RUTH = "Tom Achterberg", "Ruth Okoye"
"""Their deputies."""
DAYS_LATER = "2026-12-04"
"""When every time to answer that the example agrees on is over."""
JUNE = "June Okafor"
"""A copywriter, named nowhere in the strategy."""

HOUSE, CONCEPT = "messaging-house.-.-.-.-", "concept.-.-.-.-"
SHOPS, RIDERS, HAMBURG = "landing-page.web.shops.us.-", "landing-page.web.riders.us.-", "landing-page.web.hamburg.de.-"
ANNOUNCE, REMINDER = "launch-email.email.shops.us.announce", "launch-email.email.shops.us.reminder"
LINKEDIN, X, AD = "linkedin-post.linkedin.shops.us.-", "x-post.x.-.us.-", "search-ad.google-search.shops.us.-"
SMS, PRESS, BRIEF = "sms.sms.shops.us.-", "press-release.press.-.us.-", "internal-brief.internal.-.-.-"

Report = dict[str, Any]


def yes(_report: Report) -> bool:
    """Confirm whatever is shown."""
    return True


def no(_report: Report) -> bool:
    """Confirm nothing."""
    return False


@dataclass(frozen=True)
class Stage:
    """One campaign folder on one day."""

    folder: Path
    today: str = TODAY
    hour: str = ""
    """The time of day, such as 10:00; the machine's own where none is given."""

    def on(self, today: str, hour: str = "") -> "Stage":
        """Go on another day, and at a certain hour where that matters."""
        return replace(self, today=today, hour=hour)

    def sit(self, by: str = PRIYA) -> Session:
        """Open a session as somebody."""
        session = open_session(self.folder, today=self.today, by=by)
        if self.hour:
            session.clock = lambda: f"{self.today}T{self.hour}:00+00:00"
        return session

    def do(self, verb: Callable[[Session], Report], by: str = PRIYA) -> Report:
        """Open a session, act, close it."""
        session = self.sit(by)
        try:
            return verb(session)
        finally:
            close(session)

    def run(self, by: str = PRIYA) -> Report:
        """Adopt what stands in the file and draft."""
        return self.do(changing.run, by)

    def plan(self, *sets: str, unset: tuple[str, ...] = (), by: str = PRIYA) -> Report:
        """Plan edits; without any, those of the file."""
        return self.do(lambda s: changing.plan_changes(s, changing.parse_rows(sets, unset) if sets or unset else None), by)

    def change(self, *sets: str, unset: tuple[str, ...] = (), by: str = PRIYA, confirm: changing.Confirm = yes, **how: Any) -> Report:
        """Change the strategy. `how`: new, hold, option."""
        return self.do(lambda s: changing.change_strategy(s, changing.parse_rows(sets, unset), confirm, **how), by)

    def land(self, name: str, by: str = PRIYA, *, incomplete: bool = False) -> Report:
        """Land a Change."""
        return self.do(lambda s: changing.land(s, name, incomplete=incomplete), by)

    def abandon(self, name: str, by: str = PRIYA) -> Report:
        """Give a Change up."""
        return self.do(lambda s: changing.abandon(s, name), by)

    def redraft(self, *assets: str, note: str = "", by: str = PRIYA) -> Report:
        """Ask for another attempt."""
        return self.do(lambda s: redrafting.redraft(s, assets, note, yes), by)

    def edit(self, asset: str, field: str, text: str, by: str = JUNE, **how: Any) -> Report:
        """Put a person's words into a field. `how`: confirm, seen, on."""
        confirm: changing.Confirm = how.pop("confirm", yes)
        return self.do(lambda s: people.edit(s, asset, field, text, confirm, **how), by)

    def approve(self, *assets: str, by: str = PRIYA, on: str = "") -> Report:
        """Sign assets; all that have a draft where none is named."""
        return self.do(lambda s: people.approve(s, assets or tuple(s.state().main.texts), on=on), by)

    def approve_all(self) -> None:
        """Have everything signed by everybody who is asked."""
        for who in (PRIYA, DANA):
            self.approve(by=who)

    def decisions(self) -> list[Report]:
        """List the open decisions."""
        return self.do(lambda s: deciding.decide(s, ()))["decisions"]

    def decide(self, *answers: str, by: str, because: str = "") -> Report:
        """Answer decisions."""
        return self.do(lambda s: deciding.decide(s, answers, because=because), by)

    def answer(self, kinds: Mapping[str, str], limit: int = 20) -> list[Report]:
        """Answer what open Changes ask, each person all of theirs at once, until nothing of these kinds is open; gives the decisions as they came."""
        asked: list[Report] = []
        rows = self.decisions()
        for _ in range(limit):
            mine = [row for row in rows if row["change"] != "main" and kinds.get(row["kind"]) in row["options"]]
            mine = [row for row in mine if row["who"] == mine[0]["who"]]
            if not mine:
                return asked
            asked += mine
            rows = self.decide(*(f"{row['key']}={kinds[row['kind']]}" for row in mine), by=mine[0]["who"])["decisions"]
        raise AssertionError(f"still asked after {limit} answers: {rows}")

    def status(self, on: str = "") -> dict[str, Report]:
        """Look how every asset stands, by id."""
        return {row["id"]: row for row in self.do(lambda s: reading.status(s, on))["assets"]}

    def why(self, asset: str, on: str = "") -> Report:
        """Ask why."""
        return self.do(lambda s: reading.why(s, asset, on))

    def release(self, *groups: str, by: str = PRIYA, despite_change: bool = False, waive: tuple[str, ...] = (), because: str = "") -> Report:
        """Pass the gate, or be refused."""
        return self.do(lambda s: releasing.release(s, groups, waive, because, despite_change=despite_change), by)

    def state(self) -> State:
        """Look into the store."""
        session = self.sit()
        try:
            return session.load()
        finally:
            close(session)

    def facets(self) -> Facets:
        """Read the adopted strategy, leaf by leaf."""
        session = self.sit()
        try:
            return session.facets(session.load())
        finally:
            close(session)

    def text(self, asset: str, field: str) -> str:
        """Read what stands on main."""
        return self.state().main.texts[asset].values[field]

    def read(self, name: str = "campaign.yaml") -> str:
        """Read a file as the person sees it."""
        return (self.folder / name).read_text(encoding="utf-8")

    def rewrite(self, old: str, new: str, name: str = "campaign.yaml") -> None:
        """Edit a file by hand; the passage has to stand there exactly once."""
        text = self.read(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        (self.folder / name).write_text(text.replace(old, new), encoding="utf-8")

    def copy(self, to: Path) -> "Stage":
        """Take the whole folder elsewhere."""
        shutil.copytree(self.folder, to)
        return replace(self, folder=to)


def close(session: Session) -> None:
    """Let go of the store's file."""
    close_keeper = getattr(session.keeper, "close", None)
    if close_keeper is not None:
        close_keeper()


def copies(state: State) -> dict[str, tuple[str, dict[str, str]]]:
    """Every current draft: id and bytes."""
    return {asset: (draft.id, draft.values) for asset, draft in state.main.texts.items()}
