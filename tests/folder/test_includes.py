"""A campaign of several files is read as one: maps merge, a value stands once, and nothing outside the folder is read."""

import re
from pathlib import Path

import pytest

from concerted.errors import NotFound
from concerted.folder import Problem, check, read_folder
from tests.folder.lantern import CAMPAIGN, NAMES, TODAY, problems, source

CLAIMS = "claims:\n  shelves: {kind: count, full: There are 210 shelves., evidence: plan.pdf}\n"


def including(names: str) -> str:
    return f"include: {names}\n{CAMPAIGN}"


def said(found: list[Problem]) -> list[str]:
    return [f"{problem.file}:{problem.line}:{problem.column} {problem.severity} {problem.message}" for problem in found]


def campaign_in(folder: Path, text: str = CAMPAIGN, **more: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "campaign.yaml").write_text(text, encoding="utf-8")
    for name, part in more.items():
        (folder / f"{name}.yaml").write_text(part, encoding="utf-8")
    return folder


def test_maps_merge_and_what_an_included_file_adds_comes_after() -> None:
    read = source(including("[claims.yaml]"), claims_yaml=CLAIMS)
    assert list(read.tree["claims"]) == ["hours", "lost", "theft", "shelves"]
    assert (read.spans["claims.shelves.full"].file, read.spans["claims.hours.full"].file) == ("claims.yaml", "campaign.yaml")
    assert problems(including("[claims.yaml]"), claims_yaml=CLAIMS) == []


def test_a_value_in_two_files_is_a_mistake_that_names_both_places() -> None:
    found = problems(including("[claims.yaml]"), claims_yaml="claims:\n  lost:\n    full: Others were found.\n")
    assert said(found) == ["claims.yaml:3:5 file claims.lost.full stands in two files: here, and in campaign.yaml, line 47"]
    assert found[0].remedy == "keep one of the two"


@pytest.mark.parametrize(
    ("names", "files", "message"),
    [
        ("claims.yaml", {}, "include is a list of file names"),
        ("[claim.yaml]", {"claims_yaml": CLAIMS}, "there is no file claim.yaml"),
        ("[../claims.yaml]", {}, '"../claims.yaml" is outside of the campaign\'s folder'),
        ("[/etc/passwd]", {}, '"/etc/passwd" is outside of the campaign\'s folder'),
        ("['C:\\claims.yaml']", {}, "is outside of the campaign's folder"),
        ("[claims.yaml, claims.yaml]", {"claims_yaml": CLAIMS}, "claims.yaml is included twice"),
        ("[campaign.yaml]", {}, "campaign.yaml includes itself: campaign.yaml includes campaign.yaml"),
        ("[a.yaml]", {"a_yaml": "include: [b.yaml]\n", "b_yaml": "include: [a.yaml]\n"}, "itself: a.yaml includes b.yaml includes a.yaml"),
        ("[claims.txt]", {}, "claims.txt is neither YAML nor a table"),
        ("[claims.yaml]", {"claims_yaml": ""}, "this file is empty"),
        ("[claims.yaml]", {"claims_yaml": "contact: a: b\n"}, 'this text contains ": " and stands without quotes'),
        ("[claims.yaml]", {"claims_yaml": "clams: {}\n"}, '"clams" is not a field of the campaign file'),
    ],
)  # fmt: skip
def test_an_include_that_cannot_be_read_has_one_message(names: str, files: dict[str, str], message: str) -> None:
    found = problems(including(names), **files)
    assert [problem.severity for problem in found] == ["file"], said(found)
    assert message in found[0].message


def test_a_file_name_that_is_nearly_right_is_recognised(tmp_path: Path) -> None:
    folder = campaign_in(tmp_path / "lantern", including("[claim.yaml]"), claims=CLAIMS)
    assert [problem.remedy for problem in read_folder(folder).problems] == ["did you mean claims.yaml?"]


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text(CLAIMS, encoding="utf-8")
    folder = campaign_in(tmp_path / "lantern", including("[claims.yaml]"))
    (folder / "claims.yaml").symlink_to(tmp_path / "secret.yaml")
    found = check(read_folder(folder), TODAY, NAMES)
    assert said(found) == ["campaign.yaml:1:11 file claims.yaml leads out of the campaign's folder"]


def test_a_file_of_ten_megabytes_is_not_even_read(tmp_path: Path) -> None:
    folder = campaign_in(tmp_path / "lantern")
    with (folder / "campaign.yaml").open("ab") as file:
        file.truncate(10_000_000)
    found = read_folder(folder).problems
    assert [problem.message for problem in found] == ["campaign.yaml has 10.0 MB, and a campaign file has at most 1 MB"]
    assert read_folder(folder).files["campaign.yaml"] == b""


def test_files_in_folders_are_named_relative_to_the_file_that_includes_them(tmp_path: Path) -> None:
    folder = campaign_in(tmp_path / "lantern", including("[facts/all.yaml]"))
    (folder / "facts").mkdir()
    (folder / "facts" / "all.yaml").write_text("include: [../more.yaml, claims.yaml]\n", encoding="utf-8")
    (folder / "facts" / "claims.yaml").write_text(CLAIMS, encoding="utf-8")
    (folder / "more.yaml").write_text("contact: {name: Lena Marsh}\n", encoding="utf-8")
    read = read_folder(folder)
    assert read.problems == ()
    assert list(read.files) == ["campaign.yaml", "facts/all.yaml", "more.yaml", "facts/claims.yaml"]


def test_a_folder_without_a_campaign_names_the_command_that_makes_one(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as missing:
        read_folder(tmp_path)
    assert missing.value.next.startswith("concerted init")


SHELVES = CAMPAIGN.partition("claims:\n  # Cleared")[0] + "people:" + CAMPAIGN.partition("\npeople:")[2]
"""The campaign without its claims, to which six lines point."""
PROVEN = "claims:\n" + CAMPAIGN.partition("  # Cleared for the UK only.\n")[2].partition("people:")[0]


def test_a_file_that_is_not_included_any_more_is_named_once_and_what_follows_is_folded(tmp_path: Path) -> None:
    read = read_folder(campaign_in(tmp_path, f"include: []\n{SHELVES}", legal=PROVEN))
    found = [problem for problem in check(read, TODAY, NAMES) if problem.severity == "file"]
    assert [(problem.line, problem.ref) for problem in found] == [(1, "include")]
    assert "legal.yaml lies in the folder and is not included, and what it holds is needed: claims.hours, claims.lost" in found[0].message
    assert re.search(r"used in campaign\.yaml lines \d+(, \d+){3}", found[0].message)
    assert found[0].remedy == "write include: [legal.yaml]"


def test_a_table_that_is_not_included_any_more_is_named_too(tmp_path: Path) -> None:
    folder = campaign_in(tmp_path, SHELVES)
    (folder / "claims.csv").write_text("Short name,Kind,Full,Evidence\nhours,count,There are 9.,a.pdf\nlost,count,There are 3.,a.pdf\n", "utf-8")
    found = [problem for problem in check(read_folder(folder), TODAY, NAMES) if problem.severity == "file"]
    assert [problem.remedy for problem in found] == ["write include: [claims.csv]"]


def test_a_part_that_is_gone_with_its_file_is_one_mistake_that_names_the_lines_which_need_it(tmp_path: Path) -> None:
    found = [problem for problem in check(read_folder(campaign_in(tmp_path, SHELVES)), TODAY, NAMES) if problem.severity == "file"]
    assert [problem.ref for problem in found] == ["claims"]
    assert found[0].message.startswith("there is nothing under claims, and it is needed: claims.hours, claims.lost (used in campaign.yaml lines")
    assert "put it back" in found[0].remedy


def test_a_required_part_that_lies_in_a_file_which_is_not_included_names_the_file(tmp_path: Path) -> None:
    head, _, rest = CAMPAIGN.partition("positioning:\n")
    part, _, tail = rest.partition("messages:\n")
    read = read_folder(campaign_in(tmp_path, f"{head}messages:\n{tail}", positioning=f"positioning:\n{part}"))
    assert [problem.message for problem in read.problems] == [
        "positioning.yaml lies in the folder and is not included, and what it holds is needed: positioning"
    ]


def test_one_name_that_leads_nowhere_stays_a_mistake_of_its_own_line(tmp_path: Path) -> None:
    text = CAMPAIGN.replace("      - hours\n", "      - hour\n")
    found = check(read_folder(campaign_in(tmp_path, text, old="claims:\n  other: {kind: count, full: No.}\n")), TODAY, NAMES)
    assert [problem.remedy for problem in found if problem.severity == "file"] == ["did you mean hours?"]


def test_a_line_that_points_to_the_name_before_a_rename_is_told_the_name_of_today(tmp_path: Path) -> None:
    text = CAMPAIGN.replace("  see: {text:", "  look: {was: see, text:")
    found = [problem for problem in check(read_folder(campaign_in(tmp_path, text)), TODAY, NAMES) if problem.severity == "file"]
    assert [problem.remedy for problem in found] == ["it is called look now: write look here"]
