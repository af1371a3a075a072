"""What stands around a phrase: negations, quotations, looks back, legal fields."""

import pytest

from concerted.guard.context import excuse, is_legal


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("It is not ", "negation"),
        ("We don't promise ", "negation"),
        ("Das ist nicht ", "negation"),
        ("Ohne ", "negation"),
        ("It is not slow. It is ", ""),
        ("Not one word of what we wrote to you about it is ", ""),
        ("It is not only ", ""),
        ("There is no doubt: ", ""),
        ("Nicht nur ", ""),
        ("They call it “", "quotation"),
        ('They call it "', "quotation"),
        ("Sie nennen es „", "quotation"),
        ("They called it “late”, we call it ", ""),
        ("“It works. ", "quotation"),
        ("", ""),
    ],
)
def test_what_stands_before_a_phrase_may_excuse_it(before: str, found: str) -> None:
    assert excuse(before) == found


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("It was once ", "look back"),
        ("Until now it cost ", "look back"),
        ("Früher hieß es ", "look back"),
        ("It is no longer ", "look back"),
        ("Free until ", ""),
        ("Start before ", ""),
        ("Nobody believed the line that ", "negation"),
    ],
)
def test_an_old_line_may_be_put_into_the_past(before: str, found: str) -> None:
    assert excuse(before, old=True) == found


def test_a_negation_of_the_line_itself_denies_nothing() -> None:
    assert excuse("Nobody in ", "Nobody in your yard waits", old=True) == ""
    assert excuse("Not true: nobody in ", "Nobody in your yard waits", old=True) == "negation"


@pytest.mark.parametrize(("name", "legal"), [("legal_line", True), ("footer", True), ("disclaimer", True), ("body", False), ("legalese", False)])
def test_legal_fields_are_known_by_their_names(name: str, legal: bool) -> None:
    assert is_legal(name) is legal
