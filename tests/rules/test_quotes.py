"""Rule kinds about people: no invented quotes, and quotes only where they are permitted."""

from datetime import date
from typing import Any

import pytest

from tests.rules.dock import facets_with, found, words_found


@pytest.mark.parametrize(
    "text",
    [
        "“We love every minute of it,” says Tom Reyes.",
        '"It changed my life for good", said a site manager.',
        "Ines Okafor: “We print nothing any more.”",
        "„Wir drucken gar nichts mehr“, sagt Ines Okafor.",
        "“The future of docks is here.” — Jane Doe, Acme",
        "“The plan you print at six is wrong by nine,” says Ines Okafor.",
        "According to one manager, “nobody makes calls any more”.",
        "«We print nothing at all», said Ines Okafor.",
        "„Wir drucken gar nichts mehr“, so der Lagerleiter.",
        "A site manager told us: “Nobody prints it any more.”",
    ],
)
def test_a_quote_that_nobody_gave_stops_the_release(text: str) -> None:
    (finding,) = found(text, "invented-quote")
    assert (finding.severity, finding.ref) == ("release", "people")
    assert len(finding.evidence.split()) >= 3


@pytest.mark.parametrize(
    "text",
    [
        "“The plan you print at six is wrong by eight. We stopped printing it,” says Ines Okafor.",
        "“The plan you print at six is wrong by eight,” says Ines Okafor, chief executive. “We stopped printing it.”",
        'Ines Okafor says: "We stopped printing it."',
        "We do not say “fastest” here.",
        "The sign says “no entry”.",
        "The button “Watch a late truck re-plan” opens the page.",
        "Nobody says it without a quotation mark, says Tom Reyes.",
        "Read “How docks plan themselves”, so nobody has to call.",
        "“How docks plan themselves” is in our notes and comments.",
        "She said no. “How docks plan themselves” is a book.",
        "",
    ],
)
def test_cleared_words_and_marks_that_quote_nobody_are_fine(text: str) -> None:
    assert words_found(text, "invented-quote") == []


def test_one_persons_words_are_not_given_to_another() -> None:
    (finding,) = found("“We stopped printing it,” says Tom Reyes.", "invented-quote")
    assert (finding.severity, finding.ref) == ("release", "people.ceo")
    assert "Ines Okafor, not of Tom Reyes" in finding.message
    assert words_found("“We stopped printing it,” says Ines Okafor to Tom Reyes.", "invented-quote") == []


def test_a_field_that_is_called_a_quote_holds_a_quote() -> None:
    assert words_found({"ceo_quote": "We print nothing any more."}, "invented-quote") == ["We print nothing any more."]
    assert words_found({"quote": "“Anything at all, really.”"}, "invented-quote") == ["Anything at all, really."]
    assert words_found({"ceo_quote": "The plan you print at six is wrong by eight. We stopped printing it."}, "invented-quote") == []
    assert words_found({"quote_by": "Ines Okafor, chief executive"}, "invented-quote") == []


def test_a_quote_in_another_language_needs_its_own_wording() -> None:
    german: dict[str, Any] = {"market": "de", "language": "de-DE"}
    text = "„Wir drucken ihn nicht mehr“, sagt Ines Okafor."
    assert words_found(text, "invented-quote", **german) != []
    facets: dict[str, Any] = {**facets_with(), "people.ceo.quote@de": "Wir drucken ihn nicht mehr."}
    assert words_found(text, "invented-quote", facets=facets, **german) == []


QUOTE = "“I used to make eleven calls before breakfast,” says Tom Reyes."


@pytest.mark.parametrize(
    ("text", "others", "reason"),
    [
        (QUOTE, {"channel": "email"}, "not email"),
        (QUOTE, {"channel": "web", "market": "de", "language": "de-DE"}, "not de"),
        (QUOTE, {"channel": "web", "publish": date(2028, 2, 29)}, "ended on 2028-02-28"),
        ("“We stopped printing it,” says Ines Okafor.", {"publish": date(2027, 2, 19)}, "cleared from 2027-02-20"),
    ],
)
def test_a_quote_runs_only_where_its_speaker_allows(text: str, others: dict[str, Any], reason: str) -> None:
    (finding,) = found(text, "quote-permission", **others)
    assert finding.severity == "release"
    assert reason in finding.message


@pytest.mark.parametrize(
    ("text", "others"),
    [
        (QUOTE, {"channel": "web"}),
        (QUOTE, {"channel": "press", "publish": date(2028, 2, 28)}),
        (QUOTE, {"channel": "email", "visibility": "staff"}),
        ("“We stopped printing it,” says Ines Okafor.", {"publish": date(2027, 2, 20)}),
        ("Tom Reyes makes coffee.", {"channel": "email"}),
    ],
)
def test_a_permitted_quote_runs(text: str, others: dict[str, Any]) -> None:
    assert found(text, "quote-permission", **others) == ()
