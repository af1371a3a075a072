"""Write-back on a real page: what a person would have typed, in their style, and nothing else."""

from difflib import unified_diff
from typing import Any

import pytest

from concerted.errors import Refused
from concerted.folder import read_files, splice
from tests.folder.lantern import CAMPAIGN, source

LONG = "A handheld reads every tag on a shelf in four seconds. It lights up what is wrong, and the person puts it back where it belongs."


def changed(*edits: tuple[str, Any]) -> list[str]:
    """Give the lines that leave and come, as a diff shows them."""
    new = splice(source(), edits)["campaign.yaml"].decode()
    return [
        line for line in unified_diff(CAMPAIGN.splitlines(), new.splitlines(), n=0, lineterm="") if line[:3] not in ("---", "+++") and line[0] != "@"
    ]


@pytest.mark.parametrize(
    ("edits", "lines"),
    [
        (
            [("positioning.promise", "Walk past: it's in order.")],
            [
                '-  promise: "Walk past the shelf, and it is in order."   # settled in January',
                '+  promise: "Walk past: it\'s in order."   # settled in January',
            ],
        ),
        ([("campaign.tier", 3)], ["-  tier: 2", "+  tier: 3"]),
        (
            [("positioning.because", LONG)],
            [
                "-    A handheld reads the tags of a whole shelf",
                "-    in four seconds and lights up what is wrong.",
                "+    A handheld reads every tag on a shelf in four seconds. It",
                "+    lights up what is wrong, and the person puts it back where",
                "+    it belongs.",
            ],
        ),
        (
            [("messages.walk.support", "You walk along.\n\nBooks light up: done.")],
            [
                "-      You walk along the shelf.",
                "-      What is in the wrong place lights up.",
                "+      You walk along.",
                "+",
                "+      Books light up: done.",
            ],
        ),
        ([("messages.walk.claims", ["lost", "theft"])], ["-      - hours", "+      - theft"]),
        ([("messages.walk.claims", ["hours", "theft", "lost"])], ["+      - theft"]),
        ([("messages.walk.pillar", "- so: #1")], ["-    pillar: Shelf reading is a walk, not a shift.", '+    pillar: "- so: #1"']),
        (
            [("claims.lost", None), ("messages.walk.claims", ["hours"]), ("messages.calm.claims", None)],
            [
                "-      - lost",
                '-  calm: {pillar: "Readers find what the catalogue promises.", support: "It is there.", claims: [lost]}',
                '+  calm: {pillar: "Readers find what the catalogue promises.", support: "It is there."}',
                '-  lost: {kind: count, full: "4,310 lost books were found in the trial.", evidence: trial-report.pdf p. 9}',
            ],
        ),
        (
            [("claims.fines.kind", "count"), ("claims.fines.full", "Fines fell: by half."), ("claims.fines.cleared.uk", "J. Amis, 2 May")],
            ['+  fines: {kind: count, full: "Fines fell: by half.", cleared: {uk: "J. Amis, 2 May"}}'],
        ),
        (
            [("positioning.promise@de.h60", "Vorbeigehen, und es stimmt."), ("news.new@de", "Neu: Es leuchtet.")],
            ['+      h60: "Vorbeigehen, und es stimmt."', "+    news.new:", '+      text: "Neu: Es leuchtet."'],
        ),
        ([("contact.name", "Lena Marsh"), ("contact.phone", "+44 20")], ["+contact:", "+  name: Lena Marsh", "+  phone: +44 20"]),
        (
            [("brand.words.never.smart", None), ("brand.words.never.synergy", "synergy, any")],
            ["-    never: {smart: smart, seamless: seamless}", '+    never: {seamless: seamless, synergy: "synergy, any"}'],
        ),
        (
            [("brand.words.never.smart", None), ("brand.words.never.seamless", None)],
            ["-  words:", "-    never: {smart: smart, seamless: seamless}"],
        ),
        ([("deliverables.email.email.branch.uk.2", None)], ["-deliverables: {email.email.branch.uk.2: add}"]),
        (
            [("offers.pilot.then.uk", "GBP 2,900 a year"), ("offers.pilot.price.de", None)],
            [
                '-    price: {uk: "GBP 1,900 a year", de: "2.200 EUR im Jahr"}',
                '+    price: {uk: "GBP 1,900 a year"}',
                '+    then: {uk: "GBP 2,900 a year"}',
            ],
        ),
    ],
)  # fmt: skip
def test_an_edit_is_typed_where_a_person_would_type_it(edits: list[tuple[str, Any]], lines: list[str]) -> None:
    assert changed(*edits) == lines


def test_an_entry_goes_with_its_comment() -> None:
    gone = changed(("claims.hours", None), ("messages.walk.claims", ["lost"]), ("audiences.branch.proof", ["lost"]))
    assert "-  # Cleared for the UK only." in gone
    assert not [line for line in gone if line.startswith("+") and "hours" in line]


def test_a_new_entry_in_a_block_map_is_a_block() -> None:
    new = changed(("offers.summer.line", "Two weeks free."), ("offers.summer.for", "schools"))
    assert new == ["+  summer:", "+    line: Two weeks free.", "+    for: schools"]


def test_an_edit_goes_into_the_file_that_holds_its_parent() -> None:
    more = "claims:   # by Legal\r\n  shelves:\r\n    kind: count\r\n    full: 'There are 210 shelves.'"
    read = source(f"include: [claims.yaml]\n{CAMPAIGN}", claims_yaml=more)
    new = splice(read, [("claims.shelves.evidence", "plan.pdf"), ("claims.rooms.kind", "count"), ("claims.rooms.full", "There are 9 rooms.")])
    assert list(new) == ["claims.yaml"]
    assert new["claims.yaml"].decode() == more + ("\r\n    evidence: 'plan.pdf'\r\n  rooms:\r\n    kind: count\r\n    full: 'There are 9 rooms.'")


def test_several_files_change_together_or_not_at_all() -> None:
    read = source(f"include: [claims.yaml]\n{CAMPAIGN}", claims_yaml="claims:\n  ? shelves\n  : {kind: count, full: There are 210 shelves.}\n")
    assert read.problems == ()
    with pytest.raises(Refused) as refused:
        splice(read, [("campaign.tier", 1), ("claims.shelves", None)])
    reasons = [(reason.why, reason.next) for reason in refused.value.reasons]
    assert reasons[1] == ("claims.shelves cannot be written into the file without touching other lines", "in claims.yaml, line 3: remove shelves")
    assert reasons[0][1] == 'in campaign.yaml, line 7: tier: "1"'


def test_an_edit_that_the_schema_refuses_is_refused_with_its_sentence() -> None:
    with pytest.raises(Refused) as refused:
        splice(source(), [("claims.hours.kind", None)])
    assert refused.value.reasons[0].why.startswith("claims.hours has no kind")


def test_braces_over_several_lines_keep_their_shape() -> None:
    data = (
        b"campaign: {\n  name: A,   # the name\n  company: B,\n  playbook: p,\n  language: en-US,  # for now\n}\npositioning: {promise: It works.}\n"
    )
    read = read_files({"campaign.yaml": data})
    new = splice(read, [("campaign.owner", "Ada"), ("campaign.name", "Lantern, new")])["campaign.yaml"]
    assert new == data.replace(b"A,   #", b'"Lantern, new",   #').replace(b"en-US,  # for now\n", b"en-US,  # for now\n  owner: Ada,\n")


def test_edits_that_undo_each_other_give_the_old_bytes() -> None:
    there = splice(source(), [("positioning.promise", "It is done."), ("claims.hours.until", "2027-12-31")])
    back = splice(read_files(there), [("positioning.promise", "Walk past the shelf, and it is in order."), ("claims.hours.until", None)])
    assert back["campaign.yaml"].decode() == CAMPAIGN
