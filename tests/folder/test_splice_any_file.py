"""Whatever a file looks like: after an edit it says exactly the edit more, and every other line is what it was, byte for byte."""

from collections.abc import Sequence
from random import Random
from typing import Any, cast

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from concerted.campaign.strategy import edited, keys_of, leaf_at, path_of, tree_of, validate
from concerted.errors import Refused
from concerted.folder import Source, read_files, splice
from concerted.folder.nodes import Items, Pairs, Text
from tests.folder.handwriting import Hand, campaigns, slugs, texts

NEW = (
    "campaign.owner", "news.new", "news.until_now", "positioning.unlike", "positioning.because", "positioning.rejected.fast", "claims.wait.short",
    "claims.wait.cleared.us", "offers.sites.line", "offers.sites.price.us", "offers.spring.line", "brand.words.never.zz", "contact.name",
    "positioning.promise@de", "positioning.promise@de.h60", "news.new@pt.h30", "brand.words.prefer.yard.say", "people.ceo.name",
)  # fmt: skip
LISTS = ("brand.is", "claims.wait.short_never_in", "positioning.settled", "brand.is_not")


def leaves(tree: Any, above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    return [keys for key, part in tree.items() for keys in (leaves(part, (*above, key)) if isinstance(part, dict) else [(*above, key)])]


def entries(tree: dict[str, Any]) -> list[tuple[str, ...]]:
    wholes: list[tuple[str, ...]] = [("offers",), ("news",), ("wordings",)]
    return wholes + [(part, slug) for part in ("claims", "offers", "dates") for slug in tree.get(part, {})]


def value_for(ref: str, data: st.DataObject) -> Any:
    form = leaf_at(ref)
    assert form is not None
    if form.form == "list":
        return data.draw(slugs(5) if form.names or form.text == "exact" else st.lists(texts(), min_size=1, max_size=5))
    typed = {"number": 3, "date": "2028-01-31"}
    exact = {"playbook": "crisis-response", "language": "de-DE", "kind": "count"}
    if ref.startswith("deliverables"):
        return "drop"
    return typed.get(form.form) or exact.get(ref.rpartition(".")[2]) or data.draw(texts())


def draw_edits(tree: dict[str, Any], data: st.DataObject) -> list[tuple[str, Any]]:
    here = [path_of(keys) for keys in leaves(tree)]
    edits: dict[str, Any] = {}
    for _ in range(data.draw(st.integers(1, 5))):
        kind = data.draw(st.sampled_from(["set", "set", "remove", "add", "add", "list", "entry"]))
        match kind:
            case "set":
                ref = data.draw(st.sampled_from(here))
                edits[ref] = value_for(ref, data)
            case "remove":
                edits[data.draw(st.sampled_from(here))] = None
            case "entry":
                edits[path_of(data.draw(st.sampled_from(entries(tree))))] = None
            case _:
                ref = data.draw(st.sampled_from(LISTS if kind == "list" else NEW))
                edits[ref] = value_for(ref, data)
    return [(ref, value) for ref, value in edits.items() if not any(ref.startswith(f"{other}.") for other in edits)]


def touched_lines(source: Source, edits: Sequence[tuple[str, Any]], after: dict[str, Any]) -> set[int]:
    """Number the old lines that an edit may alter: its own, its comment, and those of the braces that it joins or leaves."""
    page = source.pages["campaign.yaml"]
    lines = page.text.splitlines()
    touched: set[int] = set()
    for ref, value in edits:
        keys = keys_of(ref)
        while value is None and len(keys) > 1 and _at(after, keys[:-1]) is None:
            keys = keys[:-1]
        while keys not in source.places and len(keys) > 1:
            keys = keys[:-1]
        for depth in range(len(keys), 0, -1):
            if keys[:depth] not in source.places:
                continue
            place = source.places[keys[:depth]][0]
            assert place.key is not None
            own = depth == len(keys) and (not isinstance(place.value, Pairs) or value is None)
            if own or (isinstance(place.value, Pairs | Items) and place.value.flow) or (isinstance(place.value, Text) and place.value.missing):
                first, last = page.place(place.key.start)[0], page.place(max(place.key.end, place.value.end))[0]
                if value is None or isinstance(place.value, Items | Pairs):
                    while first > 1 and lines[first - 2].lstrip().startswith("#"):
                        first -= 1
                    while last < len(lines) and lines[last].lstrip().startswith("#"):
                        last += 1
                touched.update(range(first, last + 1))
    return touched


def _at(tree: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        tree = cast(dict[str, Any], tree).get(key) if isinstance(tree, dict) else None
    return tree


def kept_in_order(old: Sequence[str], new: Sequence[str]) -> bool:
    rest = iter(new)
    return all(any(line == other for other in rest) for line in old)


@given(campaigns(), st.randoms(use_true_random=False), st.data())
def test_the_file_says_exactly_the_edit_more_and_every_other_line_is_what_it_was(raw: dict[str, Any], chance: Random, data: st.DataObject) -> None:
    strategy, findings = validate(raw)
    assert strategy, findings
    tree = tree_of(strategy)
    written = Hand(chance).file(raw)
    source = read_files({"campaign.yaml": written})
    assert source.problems == () or all(problem.severity == "advice" for problem in source.problems), source.problems
    assert source.tree == tree
    edits = draw_edits(dict(tree), data)
    after, _ = validate(edited(tree, edits))
    if after is None:
        assume(False)
        return
    new = splice(source, edits).get("campaign.yaml", written)
    read = read_files({"campaign.yaml": new})
    assert list(leaves(read.tree)) == list(leaves(tree_of(after)))
    assert read.tree == tree_of(after)
    assert new.startswith(b"\xef\xbb\xbf") == written.startswith(b"\xef\xbb\xbf")
    touched = touched_lines(source, edits, dict(tree_of(after)))
    kept = [line for number, line in enumerate(source.pages["campaign.yaml"].text.splitlines(keepends=True), 1) if number not in touched]
    told = read.pages["campaign.yaml"].text.splitlines(keepends=True)
    last = kept[-1:] if kept and not kept[-1].endswith("\n") else []
    assert kept_in_order(kept[: len(kept) - len(last)], told)
    assert all(any(other.rstrip("\r\n") == line for other in told) for line in last)


@given(campaigns(), st.randoms(use_true_random=False), st.data())
def test_an_edit_taken_back_leaves_the_meaning_as_it_was(raw: dict[str, Any], chance: Random, data: st.DataObject) -> None:
    source = read_files({"campaign.yaml": Hand(chance).file(raw)})
    here = [path_of(keys) for keys in leaves(dict(source.tree))]
    ref = data.draw(st.sampled_from(here))
    old = _at(source.tree, keys_of(ref))
    there = read_files({**source.files, **splice(source, [(ref, value_for(ref, data))])})
    back = read_files({**there.files, **splice(there, [(ref, old)])})
    assert back.tree == source.tree


def test_what_already_says_so_stays_as_it_is() -> None:
    data = b"campaign: {name: 'A', company: B, playbook: p, language: en-US}\npositioning: {promise: \"It works.\"}\n"
    source = read_files({"campaign.yaml": data})
    assert splice(source, [("positioning.promise", "It works."), ("news.new", None)]) == {}


def test_a_file_with_mistakes_is_not_written_into() -> None:
    source = read_files({"campaign.yaml": b"campaign: {name: A}\n"})
    with pytest.raises(Refused) as refused:
        splice(source, [("campaign.name", "B")])
    assert refused.value.next == "concerted check"
