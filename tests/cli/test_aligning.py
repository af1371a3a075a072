"""Holding words against the strategy from the terminal: any text, copy from elsewhere, all texts side by side."""

import json

from tests.cli.terminal import Terminal

SLIP = "Our seamless service. 93 of 100 bikes ready at six."


def test_a_text_that_breaks_the_rules_is_told_so(drafted: Terminal) -> None:
    result = drafted.type("judge-text", SLIP, "--channel", "linkedin", "--market", "us", "--json")
    report = json.loads(result.out)
    assert result.code == 0
    assert not report["ok"]
    assert {"banned-word", "qualifier"} <= {finding["rule"] for finding in report["findings"]}


def test_the_page_of_a_judged_text_says_what_to_do(drafted: Terminal) -> None:
    result = drafted.type("judge-text", SLIP, "--market", "us")
    assert "It could not be released like this." in result.out
    assert "claims.ready.short" in result.out


def test_a_file_that_is_named_is_judged_by_its_words_not_by_its_name(drafted: Terminal) -> None:
    file = drafted.folder / "post.txt"
    file.write_text(SLIP, encoding="utf-8")
    report = drafted.report("judge-text", str(file), "--market", "us")
    assert {"banned-word", "qualifier"} <= {finding["rule"] for finding in report["findings"]}


def test_a_text_for_a_place_that_does_not_exist_is_not_judged(drafted: Terminal) -> None:
    assert drafted.type("judge-text", SLIP, "--market", "mars").code == 5


def test_copy_from_elsewhere_becomes_the_words_of_who_brought_it(drafted: Terminal) -> None:
    copy = drafted.folder / "post.md"
    copy.write_text("# text\nSmall Hours repairs single bikes at night. smallhours.example/stands\n", encoding="utf-8")
    assert drafted.type("take", "x-post.x.-.us.-", str(copy), "--yes").code == 0
    shown = json.loads(drafted.type("show", "x-post.x.-.us.-", "--json").out)
    assert shown["fields"]["text"] == "Small Hours repairs single bikes at night. smallhours.example/stands"
    assert shown["owners"]["text"] == drafted.by


def test_alignment_is_one_page_that_needs_nothing_else(drafted: Terminal) -> None:
    page = drafted.folder / "out" / "alignment.html"
    result = drafted.type("align", "--html", str(page), "--strict", "--json")
    report = json.loads(result.out)
    assert result.code == (0 if report["ok"] else 1)
    assert "<html" in page.read_text(encoding="utf-8")
    assert 'src="http' not in page.read_text(encoding="utf-8")


def test_what_stops_a_release_makes_a_strict_alignment_leave_with_one(drafted: Terminal) -> None:
    assert drafted.type("edit", "x-post.x.-.us.-", "--field", "text", "--text", "It costs $99.", "--yes").code == 0
    assert drafted.type("align", "--strict").code == 1
