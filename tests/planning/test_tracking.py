"""The central promise: a brief never changes when no key of its trace changed. Random templates over random strategies, two of each."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.campaign.deliverable import Deliverable
from concerted.campaign.draft import Record, Text
from concerted.campaign.facets import flatten, hash_at, with_value
from concerted.planning.follow import follow_text
from concerted.planning.render import Rendering, compile_prompt, parse_house, render_brief, render_variants
from concerted.planning.trace import Law, Reading, TemplateFault

LAW = Law(lambda path: path in ("positioning.promise", "offers.start.line"), lambda path: path.startswith("brand.words."), "en")

SNIPPETS = (
    "{{ positioning.promise }}",
    "{{ positioning.promise.h30 }}",
    "{{ positioning.for_whom }}",
    "{{ positioning['for-whom'] }}",
    "{% if news %}N{% endif %}",
    "{% if news.new is defined %}{{ news.new }}{% endif %}",
    "{{ news.new | default('none') }}",
    "{% if offers.start.free %}free{% else %}paid{% endif %}",
    "{% if not offers.start.line %}no offer{% endif %}",
    "{% for slug, a in audiences.items() %}{{ slug }}:{{ a.who }};{% endfor %}",
    "{% for slug in audiences %}{{ slug }},{% endfor %}",
    "{% for a in audiences.values() %}{{ a.who | default('-') }}{% endfor %}",
    "{{ audiences | length }}",
    "{{ audience.proof | join('+') }}",
    "{{ audience.proof | length }}",
    "{{ audience.proof | first }}",
    "{{ audience.proof | last }}",
    "{{ audience.who | upper }}",
    "{% if 'dock' in audiences %}dock{% endif %}",
    "{% if 'wait' in audience.proof %}wait{% endif %}",
    "{% if 'yards' in positioning.for_whom %}Y{% endif %}",
    "{% if positioning.for_whom == 'yards' %}yards{% endif %}",
    "{% if positioning.promise != offers.start.line %}two{% endif %}",
    "{% for p in audience.proof %}{% if claims[p] is defined %}{{ claims[p].full }}{% endif %}{% endfor %}",
    "{{ upstream.house.roof }}",
    "{% if upstream.house.proof %}p{% endif %}",
    "{{ upstream.house.proof | default('x') }}",
    "{% if upstream.house.roof == 'A roof' %}same{% endif %}",
    "{{ upstream['house']['roof'] | length }}",
    "{% if 'roof' in upstream.house.roof %}in{% endif %}",
    "{{ me.language }}",
    "{{ me.due | default('no date') }}",
    "{{ market.currency }}",
    "{% for n in notes %}{{ n }}{% endfor %}",
    "{{ audience.proof | map('upper') | join(' ') }}",
    "{{ audiences | list | length }}",
    "{{ offers.start.line ~ '!' }}",
    "{{ claims.wait.full | replace('a', 'b') }}",
    "{% for slug, a in audiences.items() %}{{ loop.index }}{{ ',' if not loop.last }}{% endfor %}",
    "{{ audience.two_words }}",
    "{% set a = audience %}{{ a.who }}",
    "{{ (audience.who, positioning.for_whom) | join(' and ') }}",
)
VALUES: Mapping[str, tuple[Any, ...]] = {
    "positioning.promise": ("A plan.", "Another plan.", None),
    "positioning.for-whom": ("yards", "docks", None),
    "positioning.for_whom": (None, "ports"),
    "news.new": (None, "Out now."),
    "offers.start.line": ("Sixty days.", "A plan.", None),
    "offers.start.free": (None, True, False),
    "audiences.dock.who": ("dock managers", None, "bosses"),
    "audiences.dock.proof": (("wait",), ("wait", "cost"), (), None),
    "audiences.dock.two-words": (None, "dashed"),
    "audiences.dock.two_words": (None, "underscored"),
    "audiences.yard.who": (None, "crews"),
    "claims.wait.full": ("Waits fell.", "Waits rose.", None),
    "claims.cost.full": (None, "Costs fell."),
    "markets.us.currency": ("USD", "CAD"),
    "positioning.promise@en.h30": (None, "Short", "Plan"),
    "positioning.promise@de": (None, "Ein Plan.", "Der Plan."),
    "positioning.promise@de.h30": (None, "Kurz"),
    "offers.start.line@de": (None, "Sechzig Tage."),
}


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Draw a strategy, upstream words and a deliverable; the deliverable's id stays, its language and dates may move."""
    tree: dict[str, Any] = {}
    for ref, values in VALUES.items():
        value = draw(st.sampled_from(values))
        if value is not None:
            tree = with_value(tree, ref, value)
    if draw(st.booleans()):
        tree = with_value(tree, "audiences.#keys", ("yard", "dock"))
    house = {"roof": draw(st.sampled_from(["A roof", "Another"]))} | draw(st.sampled_from([{}, {"proof": "Proof."}]))
    deliverable = Deliverable(
        "page", "web", "dock", "us", language=draw(st.sampled_from(["en", "de"])), due=draw(st.sampled_from(["", "2027-01-01"])),
        needs=draw(st.sampled_from([{"house": "house.-.-.-.-"}, {}, {"house": "other.-.-.-.-"}])),
    )  # fmt: skip
    words = {"house.-.-.-.-": house, "other.-.-.-.-": {"roof": "A roof"}}
    return Reading(deliverable, flatten(tree), words, draw(st.sampled_from([(), ("warmer",)])))


def _fits(rendering: Rendering, reading: Reading) -> bool:
    return all(reading.hash_of(key) == seen for key, seen in rendering.trace)


def _render(source: str, reading: Reading) -> Rendering:
    return render_brief(source, replace(reading, memo={}), LAW, "main")


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(SNIPPETS), min_size=1, max_size=3).map(" ".join), readings(), readings())
def test_a_brief_never_changes_when_no_traced_key_changed(source: str, one: Reading, other: Reading) -> None:
    first, second = _render(source, one), _render(source, other)
    if _fits(first, other):
        assert (first.texts, first.missing) == (second.texts, second.missing), first.trace


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(SNIPPETS), min_size=1, max_size=3), readings(), readings())
def test_variants_of_the_house_writer_never_change_when_no_traced_key_changed(sources: list[str], one: Reading, other: Reading) -> None:
    first, second = (render_variants(tuple(sources), replace(reading, memo={}), LAW) for reading in (one, other))
    if _fits(first, other):
        assert first.hash == second.hash, first.trace


@pytest.mark.parametrize("source", SNIPPETS)
def test_every_single_leaf_that_moves_a_brief_is_in_its_trace(source: str) -> None:
    tree: dict[str, Any] = {}
    for ref, values in VALUES.items():
        if values[0] is not None:
            tree = with_value(tree, ref, values[0])
    start = Reading(Deliverable("page", "web", "dock", "us", needs={"house": "h"}), flatten(tree), {"h": {"roof": "A roof"}})
    before = _render(source, start)
    for language in ("en", "de"):
        for ref, values in VALUES.items():
            for value in values:
                moved = Reading(replace(start.deliverable, language=language), flatten(with_value(tree, ref, value)), start.upstream)
                after = _render(source, moved)
                if (after.texts, after.missing) != (before.texts, before.missing):
                    assert not _fits(before, moved), f"{ref} = {value!r} in {language}"


def test_a_list_is_measured_and_walked_from_both_ends() -> None:
    tree = {"audiences": {"dock": {"proof": ["wait", "cost", "time"]}}}
    reading = Reading(Deliverable("page", audience="dock"), flatten(tree), {})
    text = "{{ audience.proof | length }} {{ audience.proof | first }} {{ audience.proof | last }}"
    assert _render(text, reading).texts == ("3 wait time\n",)


def test_a_leaf_that_says_no_is_not_taken_for_yes() -> None:
    reading = Reading(Deliverable("page"), flatten({"offers": {"start": {"free": False}}}), {})
    assert _render("{% if offers.start.free %}free{% else %}paid{% endif %}", reading).texts == ("paid\n",)


def test_a_dashed_line_that_is_filled_in_later_makes_its_readers_stale() -> None:
    empty, filled = (Reading(Deliverable("page"), flatten(tree), {}) for tree in ({}, {"positioning": {"for-whom": "yards"}}))
    assert not _fits(_render("{{ positioning.for_whom | default('all') }}", empty), filled)


def test_a_market_that_changes_its_language_makes_readers_of_sentences_stale() -> None:
    facets = flatten({"positioning": {"promise": "A plan."}, "wordings": {"de": {"positioning.promise": {"text": "Ein Plan."}}}})
    english = Reading(Deliverable("page", market="ch"), facets, {})
    german = replace(english, deliverable=Deliverable("page", market="ch", language="de"))
    assert not _fits(_render("{{ positioning.promise }}", english), german)


def test_a_renamed_entry_is_read_under_its_new_name() -> None:
    old = Reading(Deliverable("page", audience="dock"), flatten({"audiences": {"dock": {"who": "x"}}}), {})
    rendering = _render("{{ audience.who }}", old)
    new = Reading(
        Deliverable("page", audience="pier"),
        flatten({"audiences": {"pier": {"who": "x", "was": "dock"}}}),
        {},
        aliases={"audiences.dock": "audiences.pier"},
    )
    assert _fits(rendering, new)


def test_a_renamed_need_is_the_same_need() -> None:
    old = Reading(Deliverable("mail", needs={"page": "page.dock"}), {}, {"page.dock": {"h1": "x"}})
    new = Reading(Deliverable("mail", needs={"page": "page.pier"}), {}, {"page.pier": {"h1": "x"}})
    rendering = _render("{{ upstream.page.h1 }}", old)
    text = Text("x", "house", Record("r", rendering.trace, rendering.hash))
    assert [key for key, seen in text.reads() if new.hash_of(key) != seen] == ["d:needs.page", "u:page.dock#h1"]
    followed = follow_text(text, {"page.dock": "page.pier"})
    assert [key for key, seen in followed.reads() if new.hash_of(key) != seen] == []


@pytest.mark.parametrize("source", ["{{ positioning }}", "{{ upstream.house }}", "{{ brand.words.never.magic }}"])
def test_a_whole_root_and_a_guardrail_cannot_be_printed(source: str) -> None:
    tree = {"positioning": {"promise": "x"}, "brand": {"words": {"never": {"magic": "magic"}}}}
    reading = Reading(Deliverable("page", needs={"house": "h"}), flatten(tree), {"h": {"roof": "r"}})
    with pytest.raises(TemplateFault):
        _render(source, reading)


@pytest.mark.parametrize("source", ["{{ x | tojson }}", "{{ x | pprint }}", "{{ x | attr('y') }}", "{{ x | groupby('y') }}", "{% include 'x' %}{{"])
def test_what_goes_round_the_tracking_fails_when_it_is_registered(source: str) -> None:
    with pytest.raises(TemplateFault):
        compile_prompt(source)
    with pytest.raises(TemplateFault):
        parse_house(f"== h1\n{source}\n")


def test_what_was_read_of_a_text_hashes_like_the_text() -> None:
    reading = Reading(Deliverable("page", needs={"house": "h"}), flatten({"positioning": {"promise": "x"}}), {"h": {"roof": "r"}})
    trace = dict(_render("{{ positioning.promise }}{{ upstream.house.roof }}", reading).trace)
    assert trace["f:positioning.promise"] == hash_at(reading.facets, "positioning.promise")
    assert trace["u:h#roof"] != "absent"
