"""Events for the store's tests: any sequence that a campaign could record, with values of every section; and equality without mercy."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any, cast, get_args

from hypothesis import strategies as st

from concerted.campaign.change import Answer, Change, Edit, Words
from concerted.campaign.dismissal import Dismissal
from concerted.campaign.draft import Draft, Record, Text
from concerted.campaign.event import Event, EventKind, Put
from concerted.campaign.intervention import LEVELS, Intervention
from concerted.campaign.line import Approval, Left, Released, Result, Version
from concerted.campaign.opinion import JudgeRemark, Opinion
from concerted.campaign.proposal import Proposal
from concerted.campaign.review import Clearance, Remark, Round

NAMES = st.sampled_from(["a", "b.web.-#h|1"])
WORDS = st.sampled_from(["", "Yes.", "Wörter „so“", 'a "quote", a \\ and a\nline', "☃ 𝄞 e\u0301"])
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.floats(allow_nan=False, allow_infinity=False), WORDS)
VALUES = st.one_of(SCALARS, st.lists(SCALARS, max_size=3).map(tuple))
TRACES = st.lists(st.tuples(NAMES, WORDS), max_size=2).map(tuple)
LISTS = st.lists(WORDS, max_size=3).map(tuple)
TREES: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    NAMES, st.recursive(st.one_of(SCALARS, st.lists(SCALARS, max_size=2)), lambda below: st.dictionaries(NAMES, below, max_size=2)), max_size=3
)  # fmt: skip

RECORDS = st.builds(Record, WORDS, TRACES, WORDS, WORDS, WORDS, st.none() | WORDS, TRACES)
TEXTS = st.builds(Text, WORDS, st.sampled_from(["house", "model", "person", "adopted"]), RECORDS)
DRAFTS = st.builds(Draft, NAMES, st.dictionaries(NAMES, TEXTS, max_size=2))
APPROVALS = st.builds(Approval, NAMES, WORDS, WORDS, WORDS, st.dictionaries(NAMES, WORDS, max_size=2), TRACES)
EDITS = st.builds(Edit, NAMES, VALUES, VALUES, st.sampled_from(["file", "set", "answer", "rollback"]), WORDS)
ANSWERS = st.builds(Answer, st.sampled_from(["take", "keep", "text", "redraft", "leave"]), WORDS, WORDS, WORDS, WORDS, WORDS, WORDS)
CHANGES = st.builds(
    Change, NAMES, WORDS, WORDS, WORDS,
    edits=st.dictionaries(NAMES, EDITS, max_size=2), answers=st.dictionaries(NAMES, ANSWERS, max_size=2),
    texts=st.dictionaries(NAMES, st.builds(Words, WORDS, WORDS, st.none() | WORDS), max_size=2),
    notes=st.dictionaries(NAMES, LISTS, max_size=2), refused=st.dictionaries(NAMES, LISTS, max_size=2), revisit=st.frozensets(NAMES, max_size=2),
    recipes=st.booleans(), upkeep=st.booleans(), hold=st.booleans(), rehearsal=st.booleans(),
)  # fmt: skip
RESULTS = st.builds(
    Result, NAMES, NAMES, st.dictionaries(NAMES, st.none() | WORDS, max_size=2), WORDS, WORDS, WORDS,
    st.integers(0, 3), st.integers(0, 3), WORDS, st.booleans(),
)  # fmt: skip
RELEASES = st.builds(Released, NAMES, WORDS, WORDS, WORDS, LISTS, st.dictionaries(NAMES, WORDS, max_size=2), LISTS)
VERSIONS = st.builds(
    Version, st.integers(1, 9), WORDS, WORDS, WORDS, WORDS, st.lists(st.tuples(NAMES, VALUES, VALUES), max_size=2).map(tuple), TREES
)  # fmt: skip
INTERVENTIONS = st.builds(
    Intervention, NAMES, NAMES, NAMES, WORDS, WORDS, WORDS, st.sampled_from(LEVELS), WORDS, st.sampled_from(["again", "none"]),
    st.integers(0, 3), st.integers(0, 3), st.booleans(), WORDS, st.none() | st.booleans(),
)  # fmt: skip
OPINIONS = st.builds(
    Opinion, NAMES, NAMES, NAMES, NAMES, st.sampled_from(["flagged", "sampled", "all"]), st.dictionaries(NAMES, WORDS, max_size=2),
    st.lists(st.builds(JudgeRemark, NAMES, st.sampled_from(["advice", "revise"]), WORDS, WORDS), max_size=2).map(tuple), WORDS, LISTS,
)  # fmt: skip
REMARKS = st.builds(Remark, WORDS, WORDS, WORDS, WORDS, WORDS)
CLEARANCES = st.builds(Clearance, WORDS, NAMES, WORDS, WORDS, TRACES)
ROUNDS = st.builds(Round, st.integers(1, 9), NAMES, WORDS, WORDS, st.integers(1, 9), WORDS, LISTS, st.dictionaries(NAMES, WORDS, max_size=2))

KEYED: dict[str, st.SearchStrategy[Any]] = {
    "owned": WORDS, "locked": WORDS, "approvals": st.lists(APPROVALS, max_size=2).map(tuple), "excluded": WORDS, "notes": LISTS,
    "refused": LISTS, "left": st.builds(Left, WORDS, WORDS, WORDS), "of": LISTS, "changes": CHANGES, "results": RESULTS,
    "releases": RELEASES, "people_texts": LISTS, "declined": VALUES, "interventions": INTERVENTIONS, "opinions": OPINIONS,
    "paused": WORDS,
    "dismissed": st.builds(Dismissal, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS),
    "proposals": st.builds(Proposal, NAMES, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, WORDS, LISTS, LISTS),
    "remarks": st.lists(REMARKS, max_size=2).map(tuple), "cleared": CLEARANCES, "rounds": ROUNDS,
}  # fmt: skip
KINDS: st.SearchStrategy[EventKind] = st.sampled_from(get_args(EventKind))


@st.composite
def record(draw: st.DrawFn) -> list[Event]:
    """Draw a record: events of several puts each, pointers only to drafts that are stored, heads that follow each other."""
    stored: dict[str, list[str]] = {}
    head = 0
    events: list[Event] = []
    for _ in range(draw(st.integers(0, 8))):
        puts = tuple(put for _ in range(draw(st.integers(0, 5))) for put in draw(_puts(stored)))
        on_main = draw(st.booleans())
        events.append(Event(draw(KINDS), draw(WORDS), draw(WORDS), draw(WORDS), puts, draw(st.sampled_from(["", "C1"])), head if on_main else None))
        head += on_main
    return events


@st.composite
def _puts(draw: st.DrawFn, stored: dict[str, list[str]]) -> tuple[Put, ...]:
    section = draw(st.sampled_from([*KEYED, "drafts", "texts", "settled", "tree", "catalog", "versions"]))
    if section in KEYED:
        return (Put(section, draw(NAMES), draw(st.none() | KEYED[section])),)
    if section == "drafts":
        draft = draw(DRAFTS)
        stored.setdefault(draft.asset, []).append(draft.id)
        return (Put("drafts", f"{draft.asset}/{draft.id}", draft),)
    if section == "texts":
        asset = draw(NAMES)
        return (Put("texts", asset, draw(st.sampled_from([None, *stored.get(asset, [])]))),)
    if section == "settled":
        return (Put("settled", f"{draw(st.sampled_from(['h1', 'h2']))}|{draw(WORDS)}", True),)
    if section == "versions":
        version = draw(VERSIONS)
        return (Put("versions", str(version.number), version),)
    return (Put(section, "", draw(TREES if section == "tree" else st.dictionaries(NAMES, VALUES, max_size=3))),)


def spelled(value: object) -> object:
    """Spell a value out so that equal means the same: types told apart (1, True, 1.0), orders of mappings kept."""
    if is_dataclass(value):
        return (type(value).__name__, [(part.name, spelled(getattr(value, part.name))) for part in fields(value)])
    if isinstance(value, Mapping):
        return ("map", [(key, spelled(part)) for key, part in cast(Mapping[str, object], value).items()])
    if isinstance(value, frozenset):
        return ("set", sorted(repr(item) for item in cast(frozenset[object], value)))
    if isinstance(value, tuple | list):
        listed = cast("tuple[object, ...]", value)
        return (type(listed).__name__, [spelled(item) for item in listed])
    return (type(value).__name__, repr(value))
