"""Questions that a Change asks people: single items, and the decisions that group them by person, cause and kind."""

from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeAlias

from concerted.campaign.facets import hash_value

DecisionKind: TypeAlias = Literal["owned text", "approved text", "wording", "finding", "edit", "file"]


@dataclass(frozen=True, slots=True)
class Item:
    """One question about one text, wording or edit."""

    key: str
    """`ASSET#FIELD:STATION`, `wording:REF` or `edit:REF`; answers are stored under it."""
    kind: DecisionKind
    who: str
    causes: tuple[str, ...]
    """Root causes: the edited refs, or `rule:ID`, or `request`."""
    options: tuple[str, ...]
    default: str
    main: str
    """Hash of the text that stands on main."""
    proposal: str
    """Hash of what is proposed."""
    asset: str = ""
    field: str = ""
    ref: str = ""
    before: str = ""
    after: str = ""
    note: str = ""
    assets: tuple[str, ...] = ()
    """For a wording: the assets that read it."""
    offered: tuple[str, ...] = ()
    """Texts that people wrote for this field earlier, on this Change or on one that was given up; each may be given as `text`."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Items that one person answers together."""

    key: str
    kind: DecisionKind
    who: str
    causes: tuple[str, ...]
    question: str
    options: tuple[str, ...]
    default: str
    items: tuple[Item, ...]

    @property
    def assets(self) -> tuple[str, ...]:
        """The assets concerned, in order."""
        return tuple(dict.fromkeys(asset for item in self.items for asset in ((item.asset,) if item.asset else item.assets)))


_QUESTIONS: dict[DecisionKind, tuple[str, str, str]] = {
    "edit": (
        "line of the strategy was",
        "lines of the strategy were",
        "changed here and on the campaign: take the campaign's, keep this one, or write it?",
    ),
    "wording": ("wording is", "wordings are", "older than the source sentence: new text, still true, or leave?"),
    "finding": ("text breaks", "texts break", "a rule that no redraft mends: write the text, or leave?"),
    "file": (
        "piece made outside shows",
        "pieces made outside show",
        "what changes with this: is it still right, is there a new file, or is it left out?",
    ),
    "owned text": ("text of yours meets", "texts of yours meet", "this change: take the proposed smallest edit, keep yours, or write it?"),
    "approved text": ("approved text changes", "approved texts change", "with this: take the new text, or keep the approved one?"),
}
"""Kind -> (subject for one, subject for many, what is asked)."""


def _question(kind: DecisionKind, count: int) -> str:
    one, many, asked = _QUESTIONS[kind]
    return f"{count} {one if count == 1 else many} {asked}"


_ORDER: tuple[DecisionKind, ...] = ("edit", "wording", "finding", "file", "owned text", "approved text")
"""Upstream is asked first: what the strategy says, then its wordings, then owners, then those who approve."""


def group_items(items: tuple[Item, ...]) -> tuple[Decision, ...]:
    """Group items to decisions by (kind, who, causes, options). A decision's key carries a digest of its list, so an old key is recognised."""

    def belongs(item: Item) -> tuple[int, str, tuple[str, ...], tuple[str, ...]]:
        return (_ORDER.index(item.kind), item.who, item.causes, item.options)

    found: list[Decision] = []
    for (order, who, causes, options), members in groupby(sorted(items, key=belongs), key=belongs):
        kind = _ORDER[order]
        listed = tuple(members)
        stem = hash_value([kind, who, causes, options])[:4]
        digest = hash_value([[i.key, i.main, i.proposal] for i in listed])[:4]
        question = _question(kind, len(listed))
        found.append(Decision(f"{stem}-{digest}", listed[0].kind, who, causes, question, options, listed[0].default, listed))
    return tuple(found)
