"""Each mistake a person can make in the file: one message, at its place, with what to do. One row a mistake, in `mistakes.yaml`."""

from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from concerted.folder import Problem, Source, check, read_files
from concerted.folder.page import MAX_BYTES
from tests.folder.lantern import CAMPAIGN, NAMES, TODAY, problems, source, with_line

ROWS = cast(list[dict[str, str]], yaml.safe_load(Path(__file__).with_name("mistakes.yaml").read_text(encoding="utf-8")))


def said(found: list[Problem]) -> list[str]:
    return [f"{problem.severity} {problem}" for problem in found]


def of_bytes(data: bytes) -> list[Problem]:
    return check(read_files({"campaign.yaml": data}), TODAY, NAMES)


def test_a_campaign_without_mistakes_has_no_problems() -> None:
    assert said(problems(CAMPAIGN)) == []


@pytest.mark.parametrize("row", ROWS, ids=[row["says"] for row in ROWS])
def test_a_mistake_has_one_message_at_its_place(row: dict[str, Any]) -> None:
    text = with_line(row["was"], row["now"])
    found = problems(text)
    assert said(found) == [f"{row['stops']} campaign.yaml:{found[0].line}:{found[0].column}: {row['says']} ({row['do']})"]
    line = text.split("\n")[found[0].line - 1]
    assert line[found[0].column - 1 :].startswith(row["at"].split("\u2028")[0])


@pytest.mark.parametrize("text", ["no", "yes", "on", "off", "1_000", "0o17", "12:30:45", "2027-03-09", "1e3", "0x1F", ".5", "true", "NULL", "="])
def test_a_text_is_never_read_as_something_else(text: str) -> None:
    assert source(with_line("company: Shelfwise", f"company: {text}")).tree["campaign"]["company"] == text


@pytest.mark.parametrize("nothing", ["", " ~", " null"])
def test_a_name_without_an_answer_is_not_there(nothing: str) -> None:
    found = problems(with_line('  until_now: "Until now staff read every spine, twice a year."', f"  until_now:{nothing}"))
    assert [(problem.severity, problem.ref) for problem in found] == [("advice", "news.until_now")]


@pytest.mark.parametrize(
    ("data", "message", "remedy"),
    [
        (b"", "this file is empty", "concerted init"),
        (b"# only a comment\n\n", "this file is empty", "concerted init"),
        (b"- campaign\n", "this one is a list", "without a dash"),
        (b"just a text\n", "this is one text, not a campaign file", "begin with campaign:"),
        (CAMPAIGN.encode("utf-16"), "saved as UTF-16", "save the file as UTF-8"),
        (CAMPAIGN.encode("utf-32"), "saved as UTF-32", "save the file as UTF-8"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xff", "not a text file", "plain text in UTF-8"),
        (b"campaign: {name: x}\n" * 600_000, "has 12.0 MB, and a campaign file has at most 1 MB", "split it with include"),
        (b"a: " + b"[" * 5_000, "nested more than 16 deep", "a bracket that is never closed"),
        (b"a: " + b"{b: " * 5_000, "nested more than 16 deep", "a bracket that is never closed"),
    ],
    ids=["empty", "comment", "list", "text", "utf-16", "utf-32", "zip", "big", "brackets", "braces"],
)  # fmt: skip
def test_what_is_no_campaign_file_is_said_to_be_none(data: bytes, message: str, remedy: str) -> None:
    found = of_bytes(data)[0]
    assert (found.severity, found.file) == ("file", "campaign.yaml")
    assert message in found.message
    assert remedy in found.remedy


def test_a_file_in_an_old_encoding_is_named_at_its_first_foreign_character() -> None:
    found = of_bytes(CAMPAIGN.encode("cp1252", errors="replace"))[0]
    line = next(number for number, text in enumerate(CAMPAIGN.splitlines(), 1) if "ü" in text)
    assert (found.line, found.severity) == (line, "file")
    assert found.message == 'this file is not UTF-8: byte 0xFC looks like "ü" in an old Windows encoding'
    assert found.remedy.startswith("save the file as UTF-8")


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    data = b"\xef\xbb\xbf" + CAMPAIGN.replace("\n", "\r\n").encode()
    assert of_bytes(data) == []
    assert read_files({"campaign.yaml": data}).tree == source().tree


def test_a_yaml_bomb_is_refused_before_it_can_grow() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*{f'b{n - 1}' if n else 'a'}, *{f'b{n - 1}' if n else 'a'}]\n" for n in range(60))
    found = of_bytes(bomb.encode())
    assert sum("is a YAML anchor" in problem.message for problem in found) == 61
    assert sum("is a YAML alias" in problem.message for problem in found) == 120


def test_a_tag_of_ones_own_is_refused() -> None:
    assert any("!b is a YAML tag" in problem.message.replace("tag:x,2000:", "!") for problem in of_bytes(b"%TAG ! tag:x,2000:\n---\na: !b c\n"))


def test_all_mistakes_come_at_once_and_in_the_order_of_the_file() -> None:
    text = CAMPAIGN
    for old, new in (
        ("  company: Shelfwise", "  company: Shelf: wise"),
        ("  tier: 2", "  tier: two"),
        ("  new: Lantern", "  new: @Lantern"),
        ("target: 120", "target: many"),
        ("lead: walk", "lead: wlak"),
        ("zone: Europe/Berlin", "zone: Europe/Berln"),
        ("within: 8 h", "within: soon"),
    ):
        text = text.replace(old, new)
    found = problems(text)
    assert [problem.ref for problem in found] == [
        "", "campaign.tier", "", "objectives.trials.target", "audiences.branch.lead", "markets.de.zone", "approvals.copy.within",
    ]  # fmt: skip
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)


def test_a_mistake_that_stops_the_file_leaves_no_strategy() -> None:
    broken = source(with_line("  tier: 2", "  tier: two"))
    assert (broken.strategy, dict(broken.tree)) == (None, {})


def test_what_only_stops_the_release_leaves_the_strategy() -> None:
    assert source(with_line("target: 120", "target: many")).strategy is not None


def test_channels_and_playbooks_are_not_checked_where_nobody_knows_them() -> None:
    read = source(with_line("channels: [email, web]", "channels: [email, fax]"))
    assert check(read, TODAY, type(NAMES)()) == []


def test_a_problem_has_the_keys_that_the_command_promises() -> None:
    found = problems(with_line("lead: walk", "lead: wlak"))[0]
    assert found.as_json() == {
        "file": "campaign.yaml",
        "line": 60,
        "column": 124,
        "cell": "",
        "ref": "audiences.branch.lead",
        "severity": "file",
        "message": 'audiences.branch.lead: "wlak" is not a message',
        "remedy": "did you mean walk?",
    }


def test_every_span_is_exactly_the_text_of_its_value() -> None:
    read: Source = source()
    text = read.pages["campaign.yaml"].text
    cut = {ref: text[span.start : span.end] for ref, span in read.spans.items()}
    assert cut["positioning.promise"] == '"Walk past the shelf, and it is in order."'
    assert cut["campaign.tier"] == "2"
    assert cut["positioning.because"].endswith("lights up what is wrong.")
    assert cut["audiences.branch.channels"] == "[email, web]"
    assert cut["audiences.branch.channels.1"] == "web"
    assert cut["positioning.promise@de.h30"] == '"Vorbeigehen genügt."'
    assert cut["claims.lost"].startswith("{kind: count")
    assert cut["deliverables.email.email.branch.uk.2"] == "add"


def test_the_limit_is_one_megabyte() -> None:
    fits = CAMPAIGN.encode() + b"#" * (MAX_BYTES - len(CAMPAIGN.encode()))
    assert of_bytes(fits) == []
    assert "1 MB" in of_bytes(fits + b"#")[0].message
