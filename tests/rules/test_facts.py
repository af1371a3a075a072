"""Words are matched to the facts they state: for certain where there is no doubt, as a question where there is, and else not at all."""

import pytest

from concerted.rules import matches
from concerted.rules.facts import holds, stated
from tests.rules.dock import FACETS, LEXICON, facets_with


def certain(text: str, market: str = "us", language: str = "en") -> set[str]:
    return {says.path for says in matches(text, LEXICON, market, language) if says.certain}


def asked(text: str, market: str = "us", language: str = "en") -> set[str]:
    return {says.path for says in matches(text, LEXICON, market, language) if not says.certain}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Remember: when trucks run late, your dock plan fixes itself. Always.", "positioning.promise"),
        ("WHEN TRUCKS RUN LATE — your dock‑plan fixes itself!", "positioning.promise"),
        ("In short: late, your dock plan fixes itself", "positioning.promise"),  # six words in a row
        ("We sell dock scheduling software.", "positioning.category"),
        ("The wait was 38 minutes instead of 71.", "claims.wait.short"),
        ("It was 38 minutes at the end.", "claims.wait.full"),
        ("Seen at 14 warehouses", "claims.wait.full"),
        ("Used by 310 warehouses", "claims.sites.short"),
        ("Used by 310 warehouses", "claims.sites.full"),
        ("A 60-day trial", "offers.start.line"),
        ("Sixty days free", "offers.start.line"),
        ("It costs $1,900 per site.", "offers.start.then.us"),
        ("It costs USD 1900.", "offers.start.then.us"),
        ("Ines Okafor agrees.", "people.ceo.name"),
        ("Ines Okafor's plan", "people.ceo.name"),
        ("“We stopped printing it,” she says.", "people.ceo.quote"),
        ("Slotbase is slow.", "competitors.slotbase.name"),
        ("See https://rampline.example/see?utm_source=mail", "ctas.see.url"),
        ("Go to rampline.example/talk", "ctas.talk.url"),
        ("Write to press@rampline.example", "contact.email"),
        ("The offer ends on 31 May.", "offers.start.until"),
        ("Debrief on April 13, 2027", "dates.debrief"),
        ("Dock plans that fix themselves", "positioning.promise@en.h30"),
        ("At most USD 420 per demo", "objectives.demos.guardrail"),
    ],
)
def test_what_a_text_states_is_certain(text: str, path: str) -> None:
    assert path in certain(text)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("When trucks are running late, your dock plans fix themselves.", "positioning.promise"),  # alike
        ("The median wait fell from 71 to 38 minutes at fourteen pilot sites", "claims.wait.full"),
        ("Your dock plan fixes itself.", "positioning.promise"),  # a part of it
        ("It starts on 9 March.", "offers.start.from"),  # the launch is on that day too
        ("It starts on 9 March.", "markets.us.launch"),
        ("We build trucks run late", "positioning.promise"),  # three words that carry meaning
        ("We see dock plan fixes", "positioning.promise"),
        ("310 Rampen", "claims.sites.full"),  # the number, in other words
    ],
)
def test_what_may_be_stated_is_asked(text: str, path: str) -> None:
    assert path in asked(text) | certain(text)
    assert path in asked(text) or path.startswith("claims.wait")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("We counted 38 docks and 71 crews.", "claims.wait.full"),
        ("The plan is wrong. You print.", "people.ceo.quote"),
        ("The dock opens. The plan follows. It fixes nothing.", "positioning.promise"),
        ("Sixty docks and nine trucks", "offers.start.line"),
        ("a slotbase for trucks", "competitors.slotbase.name"),  # no name without its capital
        ("It ends on 30 May.", "offers.start.until"),
        ("It ends on 31 May 2028.", "offers.start.until"),
        ("USD 1,901 per site", "offers.start.then.us"),
        ("1,900 sites", "offers.start.then.us"),
        ("rampline.example/seen", "ctas.see.url"),
        ("nobody asks for it", "audiences.dock.part"),
        ("", "positioning.promise"),
        ("In the new one of the", "positioning.promise"),
        ("We see your dock plan", "positioning.promise"),  # three words, two of them with meaning
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str, path: str) -> None:
    assert path not in certain(text) | asked(text)


def test_rules_limits_slugs_and_sources_are_never_stated() -> None:
    text = "A seamless dock calendar: pilot report, page 7, D. Shah, 3 February, never compared with every rival, finance data, due 1 April, replan"
    silent = (
        "brand.words",
        "channel.",
        "confidential",
        "claims.wait.evidence",
        "claims.wait.cleared",
        "positioning.rejected",
        "claims.detention.waiting",
    )
    assert [says.path for says in matches(text, FACETS) if says.path.startswith(silent)] == []


def test_a_claim_outranks_the_messages_that_repeat_its_number() -> None:
    paths = certain("38 minutes per truck")
    assert "claims.wait.full" in paths
    assert not any(path.startswith("messages.") for path in paths)


def test_a_number_of_two_claims_is_a_question() -> None:
    facets = facets_with(claims__other__full="A gate takes 38 minutes to build.")
    found = {says.path: says.certain for says in matches("It takes 38 minutes.", facets, "us", "en")}
    assert found["claims.wait.full"] is False
    assert found["claims.other.full"] is False


def test_a_price_of_two_offers_is_a_question() -> None:
    facets = facets_with(offers__other__price__us="USD 1,900")
    assert not any(says.certain for says in matches("USD 1,900", facets, "us", "en"))


def test_prices_of_other_markets_stay_out_of_a_market() -> None:
    assert "offers.start.then.de" in certain("1.750 € pro Standort", market="de", language="de")
    assert "offers.start.then.de" in certain("1.750 €", market="")
    assert "offers.start.then.de" not in certain("1.750 €", market="us") | asked("1.750 €", market="us")


def test_wordings_of_other_languages_stay_out_of_a_language() -> None:
    german = "Im Median sank sie von 71 auf 38 Minuten."
    assert {"claims.wait.full", "claims.wait.full@de"} <= certain(german, market="de", language="de-DE")
    assert "claims.wait.full@de" not in certain("38 minutes", language="en-US")


def test_a_german_wording_is_stated_by_its_words() -> None:
    assert "positioning.promise@de" in certain("Kommen Lkw zu spät, stellt sich Ihr Rampenplan von selbst um.", "de", "de")


def test_each_fact_is_named_once_with_its_longest_words() -> None:
    found = [says for says in matches("310 warehouses book their docks with Rampline. 310 warehouses!", LEXICON) if says.path == "claims.sites.full"]
    assert [(says.certain, says.evidence) for says in found] == [(True, "310 warehouses book their docks with Rampline")]


def test_a_certain_phrase_silences_questions_about_its_own_words_only() -> None:
    text = "We sell dock scheduling software. Your dock plan fixes itself."
    assert "positioning.category" in certain(text)
    assert "positioning.promise" in asked(text)
    assert asked("Your dock plan fixes itself. We sell dock scheduling software.") == {"positioning.promise"}


def test_a_phrase_explains_the_figures_inside_it() -> None:
    facets = facets_with(claims__other__full="A gate takes 38 minutes to build.")
    found = matches("The median wait fell from 71 to 38 minutes.", facets, "us", "en")
    assert [says.path for says in found if not says.certain] == []


def test_a_month_alone_is_no_question() -> None:
    facets = facets_with(news__new="In November 2026 it began.")
    assert "claims.wait.full" not in {says.path for says in matches("until November 2026", facets, "us", "en")}
    assert "claims.wait.full" in certain("until November 2026")


def test_certain_matches_come_first() -> None:
    order = [says.certain for says in matches("From 9 March, 310 warehouses: your dock plan fixes itself.", LEXICON)]
    assert order == sorted(order, reverse=True)
    assert True in order
    assert False in order


def test_the_quick_search_leaves_look_alikes_out() -> None:
    text = "When trucks are running late, your dock plans fix themselves."
    assert "alike" in {says.how for says in matches(text, LEXICON)}
    assert "alike" not in {says.how for says in stated(text, LEXICON)}


def test_a_phrase_is_held_word_by_word() -> None:
    assert holds("He said: THE PLAN is dead—by eight.", "the plan is dead by eight")
    assert not holds("the planner is dead", "the plan is dead")
