"""How much of a campaign passes its checks: a weighted share with every failing finding in hand. Not a mark, and nothing follows from it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from concerted.campaign.finding import Finding
from concerted.guard.judge import Review
from concerted.guard.subject import Piece
from concerted.rules.case import COMPARISONS, RULES

STOPS, ADVISES = 3, 1
"""What a check weighs: one that can stop a release, one that only advises."""
_OURS: Mapping[str, tuple[str, int]] = {
    "superlative": ("Superlatives have proof", STOPS),
    "comparative": ("Comparisons have proof", ADVISES),
    "embellishment": ("No invented reach", STOPS),
    "unsupported-claim": ("Claims stand in the strategy", STOPS),
    "unknown-name": ("Names stand in the strategy", ADVISES),
    "contact": ("Addresses and numbers stand in the strategy", ADVISES),
    "puffery": ("No empty praise", ADVISES),
    "name-spelling": ("Names are spelled as in the strategy", ADVISES),
    "long-sentence": ("Sentences can be read once", ADVISES),
    "readability": ("Easy to read", ADVISES),
    "voice": ("Sounds like the brand", ADVISES),
    "two-prices": ("One price for one thing", STOPS),
    "two-dates": ("One date for one thing", STOPS),
    "two-numbers": ("One number for one thing", STOPS),
    "two-names": ("One name for one thing", ADVISES),
    "message-missing": ("Each audience hears its lead message", ADVISES),
}
"""Checks of the guard: title and weight."""
_ADVISING = frozenset(
    ("preferred-word", "rejected-line", "exclamation", "free-period", "number", "one-headline", "feature-cards", "slogan-answer", "old-as-news",
     "swap-test", "qualifier-far")
)  # fmt: skip
"""Rule kinds that never stop a release."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check with its title and weight."""

    id: str
    title: str
    weight: int


@dataclass(frozen=True, slots=True)
class Share:
    """What of a group of checks passed: weight that was won, weight in all, and how many findings stand against it."""

    name: str
    won: int
    of: int
    stopping: int
    advice: int

    @property
    def share(self) -> float:
        """The weighted share, 1 where there was nothing to check."""
        return self.won / self.of if self.of else 1.0


@dataclass(frozen=True, slots=True)
class _Cell:
    """One check on one asset."""

    check: Check
    piece: Piece
    lost: int
    stopping: int
    advice: int


def checks() -> tuple[Check, ...]:
    """List every check that assets are held against."""
    kinds = (Check(rule.id, rule.manual.partition(" What: ")[0].rstrip("."), _weight(rule.id)) for rule in RULES.values())
    beside = (Check(rule.id, rule.manual.partition(" What: ")[0].rstrip("."), ADVISES) for rule in COMPARISONS.values())
    ours = (Check(id, title, weight) for id, (title, weight) in _OURS.items() if id not in RULES)
    return (*kinds, *beside, *ours)


def _weight(id: str) -> int:
    return ADVISES if id in _ADVISING else STOPS


@dataclass(frozen=True)
class Score:
    """All checks on all assets."""

    cells: tuple[_Cell, ...]

    @property
    def total(self) -> Share:
        """The share over everything."""
        return _share("all", self.cells)

    def by(self, name_of: Callable[[Piece], str]) -> tuple[Share, ...]:
        """Give the share by what an asset is: its worker, market, channel."""
        names = dict.fromkeys(name_of(cell.piece) for cell in self.cells)
        return tuple(_share(name, [cell for cell in self.cells if name_of(cell.piece) == name]) for name in names)

    def by_check(self) -> tuple[tuple[Check, Share], ...]:
        """Give the share of each check, the worst first."""
        found: dict[str, list[_Cell]] = {}
        for cell in self.cells:
            found.setdefault(cell.check.id, []).append(cell)
        shares = [(cells[0].check, _share(id, cells)) for id, cells in found.items()]
        return tuple(sorted(shares, key=lambda pair: (pair[1].share, -pair[0].weight)))


def score(pieces: Sequence[Piece], review: Review) -> Score:
    """Hold every asset against every check. A finding that is about no asset counts for all of its audience's."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for finding in review.findings:
        for asset in [finding.asset] if finding.asset else _concerned(pieces, finding):
            found.setdefault((asset, finding.rule), []).append(finding)
    return Score(tuple(_cell(check, piece, found.get((piece.id, check.id), ())) for piece in pieces for check in checks()))


def _concerned(pieces: Iterable[Piece], finding: Finding) -> list[str]:
    audience = finding.ref.split(".")[1] if finding.ref.startswith("audiences.") else ""
    return [piece.id for piece in pieces if piece.deliverable.audience == audience]


def _cell(check: Check, piece: Piece, findings: Sequence[Finding]) -> _Cell:
    stopping = sum(finding.severity != "advice" for finding in findings)
    lost = check.weight if stopping else min(ADVISES, len(findings))
    return _Cell(check, piece, lost, stopping, len(findings) - stopping)


def _share(name: str, cells: Sequence[_Cell]) -> Share:
    of = sum(cell.check.weight for cell in cells)
    lost = sum(cell.lost for cell in cells)
    return Share(name, of - lost, of, sum(cell.stopping for cell in cells), sum(cell.advice for cell in cells))
