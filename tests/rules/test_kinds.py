"""Rule kinds about words and form: what they object to, and what only looks like it."""

import pytest

from concerted.rules.case import COMPARISONS, RULES, Case
from concerted.rules.manual import rules_page
from tests.rules.dock import FACETS, facets_with, found, words_found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A seamless start", ["seamless"]),
        ("A SEAM\u00adLESS start, a ｓeamless end", ["SEAM\u00adLESS", "ｓeamless"]),
        ("seаmless with a Cyrillic letter", ["seаmless"]),
        ("Two game-changers and a game changer", ["game-changers", "game changer"]),
        ("a game\u2011\nchanger", ["game\u2011\nchanger"]),
        ("revolutionaries of the yard", ["revolutionaries"]),
    ],
)
def test_a_banned_word_is_found_in_whatever_dress(text: str, words: list[str]) -> None:
    assert words_found(text, "banned-word") == words


@pytest.mark.parametrize("text", ["seamlessly", "seam less", "the game changes", "change the game", "a revolution", "", "A nahtlose word in English"])
def test_another_word_is_not_banned(text: str) -> None:
    assert words_found(text, "banned-word") == []


def test_a_german_text_bends_its_banned_words() -> None:
    assert words_found("Ein nahtloser, ein nahtloses und nahtlos", "banned-word", language="de-DE", market="de") == [
        "nahtloser",
        "nahtloses",
        "nahtlos",
    ]
    assert words_found("Nahtlosigkeit ist kein Ziel", "banned-word", language="de", market="de") == []


def test_a_banned_word_names_its_field_its_line_and_a_way_out() -> None:
    (finding,) = found({"subject": "Late trucks", "body": "It is seamless."}, "banned-word")
    assert (finding.severity, finding.field, finding.ref, finding.asset) == (
        "release",
        "body",
        "brand.words.never.seamless",
        "launch-email.email.dock.us.-",
    )
    assert "seamless" in finding.remedy


def test_lifting_a_banned_word_lifts_the_finding() -> None:
    assert found("A seamless start", "banned-word", facets=facets_with(brand__words__never__seamless=None)) == ()


def test_the_preferred_word_is_offered() -> None:
    (finding,) = found("Your dock calendars are full.", "preferred-word")
    assert (finding.severity, finding.evidence) == ("advice", "dock calendars")
    assert "dock plan" in finding.message
    assert found("Your dock plan is full; the calendar is not.", "preferred-word") == ()


def test_a_rejected_line_is_advice_with_its_reason() -> None:
    (finding,) = found("The fastest dock plan", "rejected-line")
    assert (finding.severity, finding.evidence) == ("advice", "fastest")
    assert "never compared" in finding.message
    assert words_found("AI powered docks", "rejected-line") == ["AI powered"]
    assert found("a faster dock plan with AI", "rejected-line") == ()


def test_a_headline_fits_or_does_not_by_one() -> None:
    slots = {"headline_1": "headline"}
    assert found({"headline_1": "x" * 30}, "channel-limit", channel="google-search", slots=slots) == ()
    (finding,) = found({"headline_1": "x" * 31}, "channel-limit", channel="google-search", slots=slots)
    assert (finding.severity, finding.ref) == ("release", "channel.google-search.headline.max")
    assert "31" in finding.message
    assert "by 1 " in finding.remedy


def test_a_limit_is_counted_as_its_channel_counts() -> None:
    wide = "倉庫" * 8
    assert found({"headline_1": wide}, "channel-limit", channel="google-search", slots={"headline_1": "headline"}) != ()
    assert found({"text": "https://rampline.example/" + "x" * 300}, "channel-limit", channel="x", slots={"text": "post"}) == ()


def test_a_recommended_length_is_advice() -> None:
    (finding,) = found({"subject": "x" * 51}, "channel-limit", slots={"subject": "subject"})
    assert (finding.severity, finding.ref) == ("advice", "channel.email.subject.recommended")


def test_a_text_message_says_which_characters_cost() -> None:
    (finding,) = found({"text": "Docks – " + "x" * 80}, "channel-limit", channel="sms", slots={"text": "text"})
    assert "–" in finding.remedy
    assert found({"text": "x" * 160}, "channel-limit", channel="sms", slots={"text": "text"}) == ()


def test_texts_that_fill_one_place_are_measured_together() -> None:
    slots = {"body": "post", "cta_line": "post"}
    assert found({"body": "x" * 2990, "cta_line": "y" * 8}, "channel-limit", channel="linkedin", slots=slots) == ()
    (finding,) = found({"body": "x" * 2990, "cta_line": "y" * 9}, "channel-limit", channel="linkedin", slots=slots)
    assert finding.field == "body"
    headlines = {f"h{n}": "headline" for n in range(3)}
    assert found(dict.fromkeys(headlines, "x" * 20), "channel-limit", channel="google-search", slots=headlines) == ()


def test_fields_without_a_slot_and_channels_without_limits_are_free() -> None:
    assert found({"body": "x" * 9999}, "channel-limit", slots={"body": ""}) == ()
    assert found({"body": "x" * 9999}, "channel-limit", channel="-", slots={"body": "body"}) == ()


@pytest.mark.parametrize(("count", "ref"), [(2, "min_items"), (3, ""), (15, ""), (16, "max_items")])
def test_an_ad_has_as_many_headlines_as_its_channel_takes(count: int, ref: str) -> None:
    slots = {f"headline_{number}": "headline" for number in range(count)}
    texts = {name: f"Plan {name}" for name in slots}
    refs = [finding.ref for finding in found(texts, "channel-items", channel="google-search", slots=slots)]
    assert refs == ([f"channel.google-search.headline.{ref}"] if ref else [])


def test_one_field_alone_is_not_counted_as_an_ad() -> None:
    slots = {"headline_1": "headline", "headline_2": "headline", "headline_3": "headline"}
    assert found({"headline_1": "Plan"}, "channel-items", channel="google-search", slots=slots) == ()
    assert found({"headline_1": "Plan"}, "channel-items", channel="google-search", slots={"headline_1": "headline"}) != ()


def test_one_exclamation_mark_is_enough() -> None:
    assert found({"subject": "Now!", "body": "Look."}, "exclamation") == ()
    (finding,) = found({"subject": "Now!", "body": "Look!"}, "exclamation")
    assert (finding.severity, finding.field) == ("advice", "body")
    assert found("See rampline.example/!a!b and wait!", "exclamation") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Wenn Sie warten, hilft dein Plan.", ["dein"]),
        ("Probier es mit deinem Team.", ["deinem"]),
        ("Sie sehen den Plan. Du nicht.", ["Du"]),
        ("Sehen Sie Ihren Plan.", []),
        ("„Du druckst zu viel“, sagt er. Sehen Sie selbst.", []),
        ("Der Duft und die Dirigenten", []),
    ],
)
def test_a_market_that_says_sie_is_never_addressed_with_du(text: str, words: list[str]) -> None:
    assert words_found(text, "form-of-address", language="de-DE", market="de") == words


def test_a_market_that_says_du_is_never_addressed_with_sie() -> None:
    facets = facets_with(markets__de__address="du")
    assert words_found("Hier sehen Sie deinen Plan.", "form-of-address", language="de", market="de", facets=facets) == ["Sie"]
    assert words_found("Die Lkw sind da. Sie warten auf deinen Plan.", "form-of-address", language="de", market="de", facets=facets) == []


def test_mixing_is_advice_where_no_form_is_chosen() -> None:
    facets = facets_with(markets__de__address=None)
    (finding,) = found("Sehen Sie selbst. Wie dein Plan hilft.", "form-of-address", language="de", market="de", facets=facets)
    assert finding.severity == "advice"
    assert found("Sehen Sie selbst.", "form-of-address", language="de", market="de", facets=facets) == ()


def test_english_has_no_form_of_address() -> None:
    assert found("Du and Sie are German words.", "form-of-address") == ()


def test_every_rule_kind_explains_itself() -> None:
    page = rules_page()
    assert all(f"`{known.id}`" in page and known.manual for known in RULES.values())
    assert all(f"`{known.id}`" in page and known.manual for known in COMPARISONS.values())
    assert len(RULES) + len(COMPARISONS) + 1 == page.count("\n## ")


def test_a_rule_without_its_page_or_with_a_taken_id_is_refused() -> None:
    from concerted.rules.case import rule

    def silent(_case: Case) -> list[object]:
        return []

    with pytest.raises(ValueError, match="lacks What"):
        rule("new-rule")(silent)  # pyright: ignore[reportArgumentType]  # a check that finds nothing fits any type of finding
    assert "new-rule" not in RULES


def test_the_strategy_of_these_tests_has_channels() -> None:
    assert FACETS["channel.x.post.max"] == 280
