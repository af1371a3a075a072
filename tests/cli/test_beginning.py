"""The first minutes: a new campaign runs as it is, from its file to files for Monday morning."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from concerted.campaign.strategy import all_leaves
from tests.cli.terminal import EXAMPLE, PRIYA, Terminal


@pytest.fixture
def new(tmp_path: Path) -> Terminal:
    at = Terminal(tmp_path)
    assert at.type("init", "spring", "--playbook", "product-launch").code == 0
    return Terminal(tmp_path / "spring")


def test_a_new_campaign_is_sound_and_drafts_everything(new: Terminal) -> None:
    assert new.report("check") == {"ok": True, "problems": []}
    report = new.report("run")
    assert report["blocked"] == []
    assert report["failed"] == []
    assert len(report["drafted"]) >= 8


def test_a_new_campaign_can_be_released_by_the_one_who_began_it(new: Terminal) -> None:
    new.report("run")
    refused = new.report("approve", "--all")["refused"]
    assert refused == []
    told = new.type("release", "--json")
    assert told.code == 0, told.err
    assert new.type("export", "--all", "--out", str(new.folder / "monday")).code == 0


def test_a_new_campaign_launches_in_sixteen_weeks_on_a_tuesday(new: Terminal) -> None:
    tree = yaml.safe_load(new.file.read_text())
    launch = date.fromisoformat(str(tree["markets"]["us"]["launch"])[:10])
    assert launch.weekday() == 1
    assert 15 * 7 <= (launch - date.fromisoformat(new.today)).days <= 17 * 7


def test_the_one_who_begins_is_the_one_who_approves(new: Terminal) -> None:
    tree = yaml.safe_load(new.file.read_text())
    assert {rule["who"] for rule in tree["approvals"].values()} == {PRIYA}


def test_the_file_asks_the_schemas_questions_and_says_that_it_is_invented(new: Terminal) -> None:
    text = new.file.read_text()
    questions = {leaf.question for _path, leaf in all_leaves()}
    asked = [question for question in questions if question in text]
    assert len(asked) > 90
    assert "ALL ANSWERS BELOW ARE INVENTED" in text
    assert max(len(line) for line in text.splitlines()) <= 190


def test_init_overwrites_nothing(new: Terminal) -> None:
    new.file.write_text("mine: true\n")
    told = Terminal(new.folder.parent).type("init", "spring", "--playbook", "product-launch")
    assert told.code == 4
    assert new.file.read_text() == "mine: true\n"


def test_init_of_an_unknown_playbook_writes_nothing(tmp_path: Path) -> None:
    told = Terminal(tmp_path).type("init", "spring", "--playbook", "product-lunch")
    assert told.code == 5
    assert "product-launch" in told.err
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_yaml_would_misread_is_written_so_that_it_is_not(tmp_path: Path) -> None:
    who = 'Ann "No" O\'Neil: #1'
    Terminal(tmp_path).type("init", "spring", "--playbook", "product-launch", by=who)
    tree = yaml.safe_load((tmp_path / "spring" / "campaign.yaml").read_text())
    assert tree["campaign"]["owner"] == who


def test_every_problem_stands_with_its_line_on_the_page(fresh: Terminal) -> None:
    text = fresh.file.read_text().replace("promise:", "promis:").replace("by: 2027-06-30", "by: soon")
    fresh.file.write_text(text)
    told = fresh.type("check")
    assert told.code == 2
    line = text[: text.index("promis:")].count("\n") + 1
    assert f"campaign.yaml:{line}:" in told.out
    assert "did you mean" in told.out
    assert "stop the file" in told.out.splitlines()[-1]


def test_an_asset_that_nothing_makes_is_named_where_the_file_speaks_of_it(fresh: Terminal) -> None:
    text = fresh.file.read_text().replace("deliverables:\n", "deliverables:\n  x-post.x.-.de.-: drop\n  picture.web.-.us.wall: drop\n")
    slots = "  wall: {what: picture, who: Jo, channel: web, market: us}\n  hero: {what: picture, who: Jo, shown_in: [landing-page.web.shopz.us.-]}\n"
    fresh.file.write_text(f"{text}\noutside:\n{slots}")
    before = [row["message"] for row in Terminal(EXAMPLE).report("check")["problems"]]
    report = fresh.report("check")
    said = [(row["severity"], row["message"], row["remedy"]) for row in report["problems"] if row["message"] not in before]
    assert said == [
        ("advice", "x-post.x.-.de.- is dropped, and this campaign would not make it anyway", "correct the name, or remove the line"),
        ("advice", "outside.hero.shown_in: this campaign makes no landing-page.web.shopz.us.-", "did you mean landing-page.web.shops.us.-?"),
    ]
    fresh.file.write_text(fresh.file.read_text().replace("x-post.x.-.de.-: drop", "x-pos.x.-.de.-: add"))
    told = fresh.type("check")
    assert told.code == 2
    assert "x-pos.x.-.de.-: there is no type x-pos did you mean x-post?" in " ".join(told.out.split())


def test_a_channel_of_ones_own_that_cannot_be_read_is_told_by_check(fresh: Terminal) -> None:
    (fresh.folder / "library" / "channels").mkdir(parents=True)
    (fresh.folder / "library" / "channels" / "fax.toml").write_text("name = ")
    told = fresh.type("check", "--json")
    assert told.code == 2
    assert any("fax.toml" in row["file"] for row in told.json["problems"])


def test_the_catalog_says_which_file_won(fresh: Terminal) -> None:
    ours = next(row for row in fresh.report("catalog")["items"] if row["id"] == "x")
    own = fresh.folder / "library" / "channels" / "x.toml"
    own.parent.mkdir(parents=True)
    own.write_text(Path(ours["file"]).read_text())
    row = next(row for row in fresh.report("catalog")["items"] if row["id"] == "x")
    assert (fresh.folder / row["file"], row["own"], row["wins"]) == (own, True, True)
    assert "yours, instead of ours" in " ".join(fresh.type("catalog").out.split())
