"""Which work is wanted over main and open Changes, and what of it first."""

from concerted.campaign.change import NO_CHANGE, Change
from concerted.campaign.facets import Value, flatten
from concerted.campaign.line import Line, State
from concerted.durable.wanted import rewritten, wanted_work
from concerted.planning.build import Built, build
from concerted.planning.lifecycle import make_edits
from tests.durable.campaign import line, modelled, tree
from tests.planning.toy import Setting, kit

EMPTY = State(main=Line(tree=tree()))
HOUSE = "house.-.-.-.-"


def _beside(rows: list[tuple[str, Value]], rehearsal: bool = False) -> tuple[Change, Built]:
    change = Change("C1", "C1", "Mara", "now", rehearsal=rehearsal)
    change = change.with_edits(make_edits(EMPTY, change, rows, "set", modelled()))
    return change, line(EMPTY, change)


def test_the_same_work_on_two_lines_is_one_task() -> None:
    main = line(EMPTY, NO_CHANGE)
    change, built = _beside([("dates.launch", "2027-04-01")])
    ids = {task.id for task in main.wanted}
    found = wanted_work(main, {change.id: (change, built)})
    assert len(found) == len(ids)
    assert {wanted.task.group for key, wanted in found.items() if key not in ids} == {"date"}


def test_work_that_a_change_has_otherwise_is_wanted_there_only() -> None:
    main = line(EMPTY, NO_CHANGE)
    change, built = _beside([("positioning.promise", "New.")])
    found = wanted_work(main, {change.id: (change, built)}).values()
    assert [wanted.task.brief.strip() for wanted in found if (wanted.task.asset, wanted.task.group) == (HOUSE, "main")] == ["New."]


def test_an_asset_that_a_change_takes_away_is_not_wanted_on_main() -> None:
    main = line(EMPTY, NO_CHANGE)
    change, built = _beside([("audiences.dock.who", None)])
    found = wanted_work(main, {change.id: (change, built)}).values()
    assert any(".dock." in task.asset for task in main.wanted)
    assert not any(".dock." in wanted.task.asset for wanted in found)


def test_a_rehearsal_wants_its_own_work_and_leaves_mains() -> None:
    main = line(EMPTY, NO_CHANGE)
    change, built = _beside([("positioning.promise", "New.")], rehearsal=True)
    found = wanted_work(main, {change.id: (change, built)})
    assert found.keys() == {task.id for task in (*main.wanted, *built.wanted)}


def test_what_the_longest_chain_of_readers_waits_for_comes_first() -> None:
    found = list(wanted_work(line(EMPTY, NO_CHANGE), {}).values())
    assert [wanted.priority for wanted in found] == sorted(wanted.priority for wanted in found)
    order = {asset: min(wanted.priority for wanted in found if wanted.task.type == asset) for asset in ("house", "concept", "page", "mail", "seite")}
    assert order == {"house": 1, "concept": 2, "page": 3, "mail": 4, "seite": 4}


def test_slots_that_a_change_writes_otherwise_are_not_drafted_on_main() -> None:
    house = kit(Setting())
    main = build(EMPTY, NO_CHANGE, house)
    change, _ = _beside([("claims.wait.full", "Waits fell to 20 minutes.")])
    built = build(EMPTY, change, house)
    skipped = rewritten(main, [(change, built)])
    assert HOUSE in skipped
    assert "seite.web.-.de.-" not in skipped
    assert main.line.texts
    assert flatten(tree())["claims.wait.full"] in main.line.texts[HOUSE].values.values()
