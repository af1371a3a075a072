"""The schema knows each leaf: its role, its grammar, its question, and what may be typed there."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from concerted.campaign.facets import flatten, route
from concerted.campaign.leaf import Leaf
from concerted.campaign.shape import Entries, Fields, Shape, Slot, below, standing_at
from concerted.campaign.soundness.forms import misfit
from concerted.campaign.strategy import (
    about,
    all_leaves,
    coerce,
    edited,
    is_exact,
    json_schema,
    keys_of,
    leaf_at,
    path_of,
    role_of,
    shape,
    tree_of,
    validate,
)
from concerted.errors import UserError
from tests.folder.lantern import source

SLOTS = [(path, leaf) for path, leaf in all_leaves() if not path.startswith("wordings.")]


def slot_at(generic: str) -> Slot:
    found = below(shape(), tuple("x" if key == "*" else key for key in generic.split(".")))
    assert isinstance(found, Slot)
    return found


@pytest.mark.parametrize(("path", "leaf"), SLOTS, ids=[path for path, _ in SLOTS])
def test_every_leaf_has_its_question_and_a_good_example(path: str, leaf: Leaf) -> None:
    assert leaf.question.endswith(("?", ".", "-.")), leaf.question
    assert leaf.why.endswith(".")
    assert leaf.good
    assert leaf.who_knows
    assert len(leaf.question) <= 150


@pytest.mark.parametrize(("path", "leaf"), SLOTS, ids=[path for path, _ in SLOTS])
def test_a_good_example_is_accepted_and_has_the_form_that_it_teaches(path: str, leaf: Leaf) -> None:
    typed = coerce(path.replace("*", "email.email.dock.us.1" if path.startswith("deliverables") else "x"), leaf.good)
    assert misfit(str(typed), leaf.form) is None


def test_no_two_leaves_ask_the_same_question_in_one_part() -> None:
    asked = [(path.rpartition(".")[0], leaf.question) for path, leaf in SLOTS]
    assert len(asked) == len(set(asked))


def test_only_messages_have_wordings() -> None:
    assert {leaf.role for _, leaf in SLOTS if leaf.worded} == {"message"}


@pytest.mark.parametrize(
    ("path", "role", "form", "worded"),
    [
        ("claims.wait.full", "message", "sentence", True),
        ("claims.wait.full@de", "message", "sentence", True),
        ("positioning.promise@de.h30", "message", "none", True),
        ("claims.wait.until", "guardrail", "date", False),
        ("claims.wait.cleared.us", "guardrail", "none", False),
        ("brand.words.never.seamless", "guardrail", "none", False),
        ("brand.words.prefer.yard.say", "guardrail", "none", False),
        ("dates.freeze", "logistics", "date", False),
        ("markets.de.leave_out.people.reyes", "message", "none", False),
        ("deliverables.email.email.dock.us.1", "logistics", "none", False),
        ("offers.start.price.us", "message", "none", False),
        ("people.ceo.permission.until", "guardrail", "date", False),
    ],
)
def test_a_public_address_finds_its_leaf(path: str, role: str, form: str, worded: bool) -> None:
    leaf = leaf_at(path)
    assert leaf is not None
    assert (leaf.role, leaf.form, leaf.worded) == (role, form, worded)


@pytest.mark.parametrize(
    "path", ["claims", "claims.wait", "claims.wait.fill", "nowhere", "campaign.owner@de", "positioning@de", "positioning.promise@de.h31"]
)
def test_what_is_no_leaf_has_none(path: str) -> None:
    assert leaf_at(path) is None


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("#keys", "message"),
        ("claims.#keys", "message"),
        ("brand.words.never.#keys", "guardrail"),
        ("brand.words.never (members)", "guardrail"),
        ("approvals", "guardrail"),
        ("confidential", "guardrail"),
        ("dates.#keys", "logistics"),
        ("budget.lines.media", "logistics"),
        ("channel.email.subject.max", "guardrail"),
        ("positioning.promise", "message"),
        ("nowhere", "message"),
    ],
)
def test_a_map_has_the_role_that_its_leaves_share(path: str, role: str) -> None:
    assert role_of(path) == role


@pytest.mark.parametrize(("path", "exact"), [("ctas.see.url", True), ("markets.us.sender", True), ("positioning.promise", False), ("claims", False)])
def test_white_space_counts_only_in_addresses_codes_and_legal_lines(path: str, exact: bool) -> None:
    assert is_exact(path) is exact


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("positioning.promise", "It works: always.", "It works: always."),
        ("positioning.promise", '"It works."', "It works."),
        ("positioning.promise", "'It''s on.'", "It's on."),
        ("positioning.promise", '"Late" is the new "early"', '"Late" is the new "early"'),
        ("positioning.promise", "  no  ", "no"),
        ("campaign.tier", "2", 2),
        ("audiences.dock.channels", "[email, web]", ["email", "web"]),
        ("audiences.dock.channels", "email, web", ["email", "web"]),
        ("audiences.dock.channels", "email", ["email"]),
        ("brand.is", '["dry, but warm", exact]', ["dry, but warm", "exact"]),
        ("dates.go-no-go", "2027-03-08 14:00 America/Chicago", "2027-03-08 14:00 America/Chicago"),
        ("budget.lines.media", "45,000", "45,000"),
        ("objectives.demos.target", "260", "260"),
        ("offers.brand-new.line", "Free.", "Free."),
        ("positioning.promise@de.h30", "Stimmt.", "Stimmt."),
        ("deliverables.email.email.dock.us.1", "drop", "drop"),
        ("markets.de.leave_out.people.reyes", "not cleared", "not cleared"),
    ],
)
def test_a_typed_text_becomes_what_the_schema_wants(path: str, text: str, value: object) -> None:
    assert coerce(path, text) == value


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("audiences.dock.hoo", "x", '"hoo" is not a field of an audience (did you mean who?)'),
        ("postioning.promise", "x", '"postioning" is not a field of the campaign file (did you mean positioning?)'),
        ("claims.wait.kind", "mesured", '"mesured" is not one of measured, count, not-yet (did you mean measured?)'),
        ("campaign.tier", "9", '"9" is not one of 1, 2, 3'),
        ("dates.freeze", "soon", '"soon" is not a date'),
        ("markets.us.launch", "2027-03-09", '"2027-03-09" is not a day with a time'),
        ("budget.total", "1.750", '"1.750" is not an amount of money'),
        ("claims.New_one.full", "x", "(call it new-one)"),
        ("offers.start.price.U S", "x", "(call it u-s)"),
        ("positioning.promise@de-DE", "x", '"de-DE" is not a bare language'),
        ("positioning.promise@de.h31", "x", "(did you mean h30?)"),
        ("campaign.owner@de", "x", "campaign.owner has no wordings"),
        ("claims", "x", "claims is a map, not one value"),
        ("claims.wait", "x", "claims.wait is a map, not one value (set what is in it, like claims.wait.kind)"),
        ("positioning.promise.x", "y", "positioning.promise is one value and has no parts"),
        ("positioning.promise", "  ", "this text is empty"),
        ("deliverables.email", "add", '"email" is not an asset id'),
    ],
)
def test_what_cannot_be_set_is_said_in_one_sentence(path: str, text: str, said: str) -> None:
    with pytest.raises(UserError) as wrong:
        coerce(path, text)
    assert len(wrong.value.problems) == 1
    assert said in str(wrong.value.problems[0])
    assert wrong.value.problems[0].ref == path


def test_a_tree_typed_again_is_the_same_tree() -> None:
    tree = source().tree
    strategy, findings = validate(tree)
    assert strategy is not None, findings
    assert tree_of(strategy) == tree
    assert list(tree_of(strategy)["claims"]) == ["hours", "lost", "theft"]


def test_fixed_fields_come_in_the_schemas_order_and_short_names_in_the_persons() -> None:
    raw: dict[str, Any] = {
        "positioning": {"promise": "It works."},
        "dates": {"z": "2027-01-02", "a": "2027-01-01"},
        "campaign": {"language": "en-US", "playbook": "p", "company": "C", "name": "N"},
    }
    strategy, _ = validate(raw)
    assert strategy is not None
    tree = tree_of(strategy)
    assert (list(tree), list(tree["campaign"]), list(tree["dates"])) == (
        ["campaign", "positioning", "dates"],
        ["name", "company", "playbook", "language"],
        ["z", "a"],
    )


def test_what_is_empty_says_nothing() -> None:
    tree: dict[str, Any] = {**source().tree, "people": {}, "brand": {"is": [], "words": {"never": {}}}, "news": {"new": None}}
    strategy, findings = validate(tree)
    assert strategy is not None, findings
    assert not {"people", "brand", "news"} & set(tree_of(strategy))


def test_a_strategy_cannot_be_changed_in_place() -> None:
    strategy = source().strategy
    assert strategy is not None
    with pytest.raises(ValidationError):
        strategy.campaign.name = "Other"


def test_edits_make_a_new_tree_and_leave_nothing_empty_behind() -> None:
    tree = source().tree
    new = edited(tree, [("offers.pilot", None), ("people.amis.name", None), ("claims.new.full", "New."), ("news.new@fr.h30", "Neuf.")])
    assert "offers" in tree
    assert "offers" not in new
    assert "name" not in new["people"]["amis"]
    assert list(new["claims"]) == [*tree["claims"], "new"]
    assert new["wordings"]["fr"] == {"news.new": {"h30": "Neuf."}}


def _keys_in(place: Shape, chance: st.DataObject) -> tuple[str, ...]:
    match place:
        case Slot():
            return ()
        case Fields():
            name = chance.draw(st.sampled_from(sorted(place.fields)))
            return (name, *_keys_in(place.fields[name], chance))
        case Entries():
            dotted = ["people.reyes", "positioning.promise", "a.b.c.d.e"]
            name = chance.draw(st.sampled_from(dotted if place.group.dotted else ["x", "7", "go-live"]))
            return (name, *_keys_in(place.of, chance))


@given(st.data())
def test_an_address_leads_to_its_keys_and_back(chance: st.DataObject) -> None:
    keys = _keys_in(shape(), chance)
    assert keys_of(path_of(keys)) == keys
    assert keys_of(".".join(keys)) == keys
    assert route(path_of(keys)) == keys


def test_every_leaf_of_a_campaign_is_known_under_the_address_that_facets_give_it() -> None:
    facets = [path for path in flatten(source().tree, is_exact) if not path.endswith("#keys")]
    assert len(facets) == len(list(standing_at(shape(), source().tree)))
    assert [path for path in facets if leaf_at(path) is None] == []


def test_the_json_schema_asks_the_questions() -> None:
    schema = json_schema()
    promise = schema["$defs"]["Positioning"]["properties"]["promise"]
    assert promise["description"].startswith("What does the customer get, in one sentence")
    assert promise["examples"] == ["When trucks run late, your dock plan fixes itself."]
    assert schema["properties"]["include"]["type"] == "array"
    assert schema["additionalProperties"] is False
    assert "from" in schema["$defs"]["Offer"]["properties"]


def test_parts_say_what_they_are_for() -> None:
    assert about("claims") == "Facts that may be stated, with evidence and limits."
    assert about("claims.wait").startswith("One fact that the campaign may state")
    assert about("positioning.promise") == ""
