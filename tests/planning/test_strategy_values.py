"""Properties of the flat strategy that everything else leans on: canonical values, edits that touch their own line only, order that is kept."""

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.campaign.facets import ABSENT, canonical, differences, flatten, hash_at, hash_value, value_at, with_value

SLUGS = st.sampled_from(["a", "b", "c-d", "e"])
TEXTS = st.sampled_from(["one", "two words", " spaced  out ", "Ä", "A\u0308", "x\ny", "ﬁ"])
LEAVES = st.one_of(TEXTS, st.integers(0, 3), st.lists(TEXTS, max_size=3))
TREES: Any = st.recursive(
    st.dictionaries(SLUGS, LEAVES, max_size=3), lambda below: st.dictionaries(SLUGS, below, min_size=1, max_size=3), max_leaves=6
)


@given(TEXTS, st.booleans())
def test_canonical_text_is_canonical_already(text: str, exact: bool) -> None:
    once = canonical(text, exact=exact)
    assert canonical(once, exact=exact) == once
    assert unicodedata.is_normalized("NFC", str(once))


def test_prose_ignores_white_space_and_exact_text_does_not() -> None:
    assert canonical(" two\n  words ") == "two words"
    assert canonical("two\n  words", exact=True) == "two\n  words"


def test_composed_and_decomposed_letters_hash_alike() -> None:
    assert hash_at(flatten({"a": "Ä"}), "a") == hash_at(flatten({"a": "A\u0308"}), "a")


@pytest.mark.parametrize("empty", [None, "", "  ", "\n"])
def test_what_is_not_filled_in_is_absent(empty: str | None) -> None:
    facets = flatten({"a": {"b": empty, "c": "x"}, "wordings": {"de": {"a.c": {"text": empty}}}})
    assert "a.b" not in facets
    assert "a.c@de" not in facets
    assert facets["a.#keys"] == ("c",)
    assert hash_at(facets, "a.b") == ABSENT


@given(TREES)
def test_a_tree_is_rebuilt_from_its_leaves(tree: dict[str, Any]) -> None:
    facets = flatten(tree)
    built: dict[str, Any] = {}
    for ref, value in facets.items():
        if not ref.endswith("#keys"):
            built = with_value(built, ref, value)
    assert {ref: value for ref, value in flatten(built).items() if not ref.endswith("#keys")} == {
        ref: value for ref, value in facets.items() if not ref.endswith("#keys")
    }


@given(TREES, TREES)
def test_the_differences_of_two_trees_lead_from_one_to_the_other(one: dict[str, Any], other: dict[str, Any]) -> None:
    tree: dict[str, Any] = one
    for ref, _old, new in differences(flatten(one), flatten(other)):
        if new is None:
            tree = with_value(tree, ref, None)
    for ref, _old, new in differences(flatten(one), flatten(other)):
        if new is not None:
            tree = with_value(tree, ref, new)
    assert {r: v for r, v in flatten(tree).items() if not r.endswith("#keys")} == {r: v for r, v in flatten(other).items() if not r.endswith("#keys")}


def test_taking_a_leaf_out_leaves_another_entry_that_is_still_empty() -> None:
    tree = {"audiences": {"dock": {"who": "x"}, "yard": {}}, "news": {}}
    assert with_value(tree, "audiences.dock.who", None) == {"audiences": {"yard": {}}, "news": {}}


def test_taking_out_what_is_not_there_changes_nothing() -> None:
    tree = {"audiences": {"dock": {"who": "x"}}}
    assert with_value(tree, "audiences.pier.who", None) == tree
    assert with_value(tree, "dates.launch", None) == tree


def test_the_order_of_a_map_is_a_line_of_its_own() -> None:
    tree = {"audiences": {"dock": {"who": "x"}, "yard": {"who": "y"}, "quay": {"who": "z"}}}
    assert value_at(tree, "audiences.#keys") == ("dock", "yard", "quay")
    turned = with_value(tree, "audiences.#keys", ("quay", "gone", "dock"))
    assert value_at(turned, "audiences.#keys") == ("quay", "dock", "yard")
    assert turned == tree
    assert hash_at(flatten(turned), "audiences.#keys") != hash_at(flatten(tree), "audiences.#keys")


@given(TREES)
def test_setting_the_order_that_stands_changes_nothing(tree: dict[str, Any]) -> None:
    for ref, value in flatten(tree).items():
        if ref.endswith("#keys"):
            assert json.dumps(with_value(tree, ref, value)) == json.dumps(tree)


@given(st.dictionaries(SLUGS, LEAVES))
def test_a_hash_does_not_depend_on_the_order_in_which_keys_were_written(values: dict[str, Any]) -> None:
    assert hash_value(values) == hash_value(dict(reversed(values.items())))
