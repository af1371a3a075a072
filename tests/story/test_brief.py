"""A brief in prose becomes a campaign: adopted line by line, stored as it was received, read by rules or by a model that must quote."""

import hashlib
import json
import shutil
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from concerted.store.store import Store
from tests.cli.terminal import EXAMPLE, Terminal
from tests.llm.server import Act, ModelServer
from tests.llm.serving import serving

BRIEF = Path(__file__).parents[1] / "brief" / "porchlight.md"
PROMISE = "Know what your home costs to insure before the kettle boils."


@pytest.fixture
def at(tmp_path: Path) -> Terminal:
    """An empty folder with the brief beside it."""
    shutil.copy(BRIEF, tmp_path / "porchlight.md")
    return Terminal(tmp_path / "camp", by="Ruth Okoye")


def brief(at: Terminal) -> str:
    return str(at.folder.parent / "porchlight.md")


def modelled(folder: Path, url: str, more: str = "") -> None:
    folder.mkdir(exist_ok=True)
    settings = f'model = "near:x"\n{more}\n[models.near]\nbase_url = "{url}"\nprice_in = 1\nprice_out = 1\n'
    (folder / "concerted.toml").write_text(settings, encoding="utf-8")


def answering(*lines: tuple[str, str | None, str], pieces: tuple[tuple[str, str, str], ...] = ()) -> Act:
    """Answer as the strategist is asked to."""
    rows = [dict(zip(("ref", "value", "quote"), line, strict=True)) for line in lines]
    kinds = [dict(zip(("type", "why", "quote"), piece, strict=True)) for piece in pieces]
    return Act(json.dumps({"lines": rows, "pieces": kinds}))


def test_without_somebody_who_adopts_nothing_is_written(at: Terminal) -> None:
    told = at.type("submit", brief(at), "--json")
    assert told.code == 4
    assert not at.folder.exists()
    report = told.json
    assert report["read_by"] == "rules"
    assert all(row["quote"] and row["source"] for row in report["proposed"] if "not in the brief" not in row["flags"])
    open_refs = {row["ref"] for row in report["not_in_brief"]}
    assert {"news.new", "markets.us.zone", "audiences.first-time.lead"} <= open_refs
    assert not open_refs & {row["ref"] for row in report["proposed"]}


def test_all_that_is_quoted_makes_a_campaign_that_can_be_drafted_from(at: Terminal) -> None:
    report = at.report("submit", brief(at), "--adopt", "all-quoted")
    assert report["ok"]
    assert "positioning.promise" in report["adopted"]
    assert {row["severity"] for row in report["open"]} == {"release"}
    checked = at.report("check")
    assert checked["ok"]
    assert PROMISE in (at.folder / "campaign.yaml").read_text()
    assert at.type("run").code == 0


def test_what_a_first_run_waits_for_is_one_list_of_answers_that_can_be_typed(at: Terminal) -> None:
    at.report("submit", str(BRIEF.parent / "bakery.md"), "--yes")
    assert at.report("check")["ok"]
    ran = at.type("run")
    assert "nothing to write" in ran.out
    assert "8 pieces wait for" in ran.out
    assert "messaging house and internal brief\n    positioning.because" in ran.out
    assert "ctas.NAME.text" in ran.out, "a part that is empty is named with the line that begins it"
    assert "asset:" not in ran.out, "another piece's words are nobody's to type"
    assert 'change --set positioning.because="..."' in ran.out
    assert at.type("status").out.splitlines()[-1] == "Next: concerted check"
    answered = at.report("change", "--set", "positioning.because=Wer abends bestellt, wartet morgens nicht.", "--yes")
    assert {"messaging-house.-.-.-.-", "internal-brief.internal.-.-.-"} <= set(answered["drafted"])


def test_the_brief_is_stored_as_it_was_received(at: Terminal) -> None:
    at.report("submit", brief(at), "--yes")
    (stored,) = (at.folder / ".concerted" / "briefs").iterdir()
    assert stored.read_bytes() == BRIEF.read_bytes()
    assert stored.name.startswith(hashlib.sha256(BRIEF.read_bytes()).hexdigest()[:12])


def test_what_cannot_stand_alone_says_what_it_waits_for(at: Terminal) -> None:
    report = at.report("submit", brief(at), "--adopt", "positioning.promise")
    assert set(report["adopted"]) == {"positioning.promise", "campaign.language", "campaign.playbook"}
    assert not report["ok"]
    assert {row["ref"] for row in report["open"] if row["severity"] == "file"} == {"campaign.name", "campaign.company"}


def test_a_line_that_the_brief_does_not_propose_is_not_found(at: Terminal) -> None:
    told = at.type("submit", brief(at), "--adopt", "positioning.promis")
    assert told.code == 5
    assert "positioning.promise" in told.err
    assert not at.folder.exists()


def test_a_brief_for_a_campaign_that_stands_changes_only_adopted_lines_of_the_file(at: Terminal) -> None:
    shutil.copytree(EXAMPLE, at.folder)
    before = (at.folder / "campaign.yaml").read_text().splitlines()
    report = at.report("submit", brief(at), "--adopt", "positioning.promise", "--adopt", "dates.copy-freeze")
    assert report["adopted"] == ["positioning.promise", "dates.copy-freeze"]
    after = (at.folder / "campaign.yaml").read_text().splitlines()
    assert [line for line in after if line not in before] == [f'  promise: "{PROMISE}"', "  copy-freeze: 2027-03-01"]


def test_pieces_beyond_the_playbook_are_proposed_with_a_reason_and_never_taken_unasked(at: Terminal) -> None:
    text = BRIEF.read_text().replace("- press release", "- press release\n- sales deck").replace("Type of campaign", "Kind of campaign")
    (at.folder.parent / "porchlight.md").write_text(text)
    row = next(iter(at.type("submit", brief(at), "--json").json["extras"]), None)
    types = {item["id"] for item in at.type("catalog", "--json").json["items"]}
    if row is None:
        assert "sales-deck" not in types
        return
    assert row["why"]
    quoted = at.report("submit", brief(at), "--adopt", "all-quoted")
    assert row["ref"] not in quoted["adopted"]


# With a model --------------------------------------------------------------------------------------------------------------


def submit(at: Terminal, act: Act | list[Act], *words: str, more: str = "") -> tuple[dict[str, Any], ModelServer]:
    acts = cycle(act if isinstance(act, list) else [act])
    with serving(lambda _call: next(acts)) as server:
        modelled(at.folder, server.url, more)
        told = at.type("submit", brief(at), "--json", *words)
    return told.json, server


def test_a_model_adds_what_no_label_says_and_its_quote_gives_the_place(at: Terminal) -> None:
    line = ("news.new", "You see the price after three questions.", "You see the price after three questions.")
    report, server = submit(at, answering(line))
    row = next(row for row in report["proposed"] if row["ref"] == "news.new")
    assert (row["source"], row["certainty"]) == ("porchlight.md, line 25", "normalised")
    assert report["read_by"] == "near:x"
    assert "<material>" in server.calls[0].prompt
    assert "positioning.promise" in {row["ref"] for row in report["proposed"]}, "what rules found stays"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (("news.new", "You save half.", "You save half."), "do not stand there"),
        (("objectives.home.target", "9,000", "Win 4,200 new home policies"), "9,000 is not in"),
        (("positioning.slogan", "Quick and honest", "It is quick and honest."), "no such line"),
        (("markets.us.launch", "soon", "Launch: 9 March 2027"), "cannot hold it"),
        (("protocol.guard", "shadow", "It is quick and honest."), "no such line"),
    ],
)
def test_what_the_brief_does_not_support_is_refused_and_never_adopted(at: Terminal, line: tuple[str, str, str], why: str) -> None:
    report, _server = submit(at, answering(line))
    assert [why in row["why"] for row in report["not_supported"]] == [True]
    adopted, _again = submit(at, answering(line), "--adopt", "all-quoted")
    assert line[1] not in (at.folder / "campaign.yaml").read_text()
    assert adopted["ok"]


def test_other_words_than_the_briefs_are_flagged_and_left_to_a_person(at: Terminal) -> None:
    line = ("positioning.because", "Few questions make prices appear sooner, honestly calculated.", "You see the price after three questions.")
    report, _server = submit(at, answering(line))
    assert next(row for row in report["proposed"] if row["ref"] == "positioning.because")["flags"] == ["reworded"]
    adopted, _again = submit(at, answering(line), "--yes")
    assert "positioning.because" not in adopted["adopted"]


def test_an_answer_that_cannot_be_read_is_asked_for_once_more_then_rules_read_it(at: Terminal) -> None:
    report, server = submit(at, [Act("I would be glad to!"), Act('{"lines": 3}')])
    assert len(server.calls) == 2
    assert "it is not one JSON object" in server.calls[1].prompt
    assert report["read_by"] == "rules"
    assert "answered twice" in report["said"]
    assert "positioning.promise" in {row["ref"] for row in report["proposed"]}


def test_reading_is_booked_and_the_cap_holds(at: Terminal) -> None:
    submit(at, answering(), "--yes")
    with Store.open(at.folder / ".concerted" / "store.db") as store:
        assert [(call.purpose, call.worker, call.ended) for call in store.calls()] == [("read", "strategist", "done")]
    report, server = submit(at, answering(), more='[spend]\nper_run = "0.000001"\n')
    assert server.calls == []
    assert "cap" in report["said"]
    assert report["read_by"] == "rules"
