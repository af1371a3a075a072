"""The file is the person's: edited by hand while others change the campaign, unreadable in between, two people at once, a crash in the middle."""

import pytest

from concerted.conductor import changing, people, reading
from concerted.conductor.folder_edits import read_edits
from concerted.errors import Refused, UserError
from concerted.folder.source import Source, read_folder
from concerted.folder.working_copy import WorkingCopy
from tests.story.stage import ANNOUNCE, BRIEF, LINKEDIN, PRIYA, SHOPS, TOM, Stage, close, copies, yes

TAKE = {"owned text": "take", "approved text": "take"}
CLAIM = "140 loan bikes stand ready in Portland and Hamburg."
MORE = "160 loan bikes stand ready in Portland and Hamburg."


def changed_lines(before: str, after: str) -> list[tuple[str, str]]:
    """Pair the lines in which two texts of equal length differ."""
    old, new = before.splitlines(), after.splitlines()
    assert len(old) == len(new)
    return [(one, other) for one, other in zip(old, new, strict=True) if one != other]


def test_an_edit_in_the_file_is_planned_and_adopted_by_a_run(drafted: Stage) -> None:
    drafted.rewrite(CLAIM, MORE)
    plan = drafted.plan()
    assert [(edit["ref"], edit["new"]) for edit in plan["edits"]] == [("claims.loan.full", MORE)]
    assert drafted.facets()["claims.loan.full"] == CLAIM
    report = drafted.run()
    assert report["landed"]
    assert set(report["drafted"]) == {row["id"] for row in plan["assets"] if row["action"] == "revise"}
    assert drafted.facets()["claims.loan.full"] == MORE
    assert drafted.plan()["edits"] == []


def test_a_change_writes_exactly_its_lines_into_the_file(drafted: Stage) -> None:
    before, german = drafted.read(), drafted.read("wordings-de.yaml")
    report = drafted.change("offers.first.price.us=$24", "claims.loan.full=" + MORE)
    assert set(report["written_back"]) == {"offers.first.price.us", "claims.loan.full"}
    assert changed_lines(before, drafted.read()) == [(f'    full: "{CLAIM}"', f'    full: "{MORE}"'), ("      us: $29", "      us: $24")]
    assert drafted.read("wordings-de.yaml") == german
    assert drafted.plan()["edits"] == []


def test_an_added_line_and_a_removed_one_leave_every_other_line_alone(drafted: Stage) -> None:
    before = drafted.read().splitlines()
    drafted.change("brand.words.never.zebra=zebra", unset=("brand.words.never.hassle-free",))
    after = drafted.read().splitlines()
    assert [line for line in after if line not in before] == ["      zebra: zebra"]
    assert [line for line in before if line not in after] == ["      hassle-free: hassle-free"]


def test_an_edit_of_another_line_stays_pending_and_is_listed(drafted: Stage) -> None:
    drafted.rewrite(CLAIM, MORE)
    report = drafted.change("offers.first.price.us=$24")
    assert report["pending"] == ["claims.loan.full"]
    facets = drafted.facets()
    assert (facets["offers.first.price.us"], facets["claims.loan.full"]) == ("$24", CLAIM)
    assert MORE in drafted.read()
    assert "us: $24" in drafted.read()
    assert [edit["ref"] for edit in drafted.plan()["edits"]] == ["claims.loan.full"]
    drafted.run()
    assert drafted.facets()["claims.loan.full"] == MORE


def test_the_same_line_changed_in_the_file_and_by_a_change_is_refused_with_three_values(approved: Stage) -> None:
    planned = approved.plan("offers.first.price.us=$24")
    assert planned["edits"][0]["new"] == "$24"
    approved.rewrite("      us: $29", "      us: $27")
    before, text = approved.state(), approved.read()
    with pytest.raises(Refused) as refusal:
        approved.change("offers.first.price.us=$24")
    said = str(refusal.value)
    assert all(value in said for value in ("$29", "$24", "$27"))
    assert refusal.value.exit_code == 4
    assert approved.state() == before
    assert approved.read() == text


def test_a_line_that_landed_elsewhere_and_was_edited_in_the_file_is_refused_with_three_values(drafted: Stage) -> None:
    text = drafted.read()
    elsewhere(drafted, "offers.first.price.us=$24")
    (drafted.folder / "campaign.yaml").write_text(text.replace("      us: $29", "      us: $27"), encoding="utf-8")
    for verb in (drafted.run, drafted.plan):
        with pytest.raises(Refused) as refusal:
            verb()
        assert all(value in str(refusal.value) for value in ("$29", "$24", "$27"))
    assert drafted.facets()["offers.first.price.us"] == "$24"
    (drafted.folder / "campaign.yaml").write_text(text.replace("      us: $29", "      us: $24"), encoding="utf-8")
    drafted.run()
    assert drafted.plan()["edits"] == []


def test_a_line_of_an_own_open_change_edited_in_the_file_is_refused_with_three_values(approved: Stage) -> None:
    opened = approved.change("offers.first.price.us=$24")
    approved.rewrite("      us: $29", "      us: $27")
    before = approved.state()
    with pytest.raises(Refused) as refusal:
        approved.run()
    assert all(value in str(refusal.value) for value in ("$29", "$24", "$27"))
    assert approved.state() == before
    approved.abandon(opened["change"])
    assert approved.run()["change"]


def elsewhere(stage: Stage, *sets: str) -> None:
    """Land a change as from another copy: this folder's file and its base stay where they were."""
    session = stage.sit()
    base = session.keeper.working_base()
    assert base is not None
    text = stage.read()
    changing.change_strategy(session, changing.parse_rows(sets, ()), yes)
    session.keeper.set_working_base(base)
    (stage.folder / "campaign.yaml").write_text(text, encoding="utf-8")
    close(session)


@pytest.mark.parametrize("broken", ["campaign: [", "just words", "", "a: 1\na: 2\n", "claims:\n  x: {kind: guess}\n"])
def test_an_unreadable_file_is_an_input_mistake_and_the_store_stays(drafted: Stage, broken: str) -> None:
    text, before = drafted.read(), drafted.state()
    (drafted.folder / "campaign.yaml").write_text(broken, encoding="utf-8")
    for verb in (drafted.run, drafted.plan):
        with pytest.raises(UserError) as error:
            verb()
        assert error.value.exit_code == 2
        assert error.value.problems
    with pytest.raises(UserError):
        drafted.change("offers.first.price.us=$24")
    assert drafted.state() == before
    assert drafted.read() == broken
    assert len(drafted.status()) == len(before.main.texts)
    (drafted.folder / "campaign.yaml").write_text(text, encoding="utf-8")
    assert drafted.run()["drafts_made"] == 0


def test_reading_verbs_work_while_the_file_is_unreadable(approved: Stage) -> None:
    (approved.folder / "campaign.yaml").write_text("campaign: [", encoding="utf-8")
    assert approved.status()[SHOPS]["standing"] == "fresh"
    assert approved.why(SHOPS)["fields"]
    assert approved.decisions() == []
    assert approved.approve(SHOPS)["done"] == [SHOPS]


def test_a_crash_between_store_and_file_is_made_up_for_by_the_next_verb(drafted: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    text = drafted.read()

    def crash(*_args: object) -> tuple[str, ...]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(changing, "bring_up", crash)
        with pytest.raises(KeyboardInterrupt):
            drafted.change("offers.first.price.us=$24")
    assert drafted.facets()["offers.first.price.us"] == "$24"
    assert drafted.read() == text
    report = drafted.run()
    assert report["drafts_made"] == 0
    assert "us: $24" in drafted.read()
    assert drafted.facets()["offers.first.price.us"] == "$24"
    assert drafted.plan()["edits"] == []


def test_two_people_at_once_both_get_what_they_asked_for(drafted: Stage) -> None:
    """Both looked at the same campaign; whoever comes second builds on what the first one left."""
    one, other = drafted.sit(PRIYA), drafted.sit(TOM)
    first = changing.parse_rows(("offers.first.price.us=$24",), ())
    second = changing.parse_rows(("dates.staff-know=2027-03-18",), ())

    def meanwhile(_report: dict[str, object]) -> bool:
        changing.change_strategy(other, second, yes)
        return True

    changing.change_strategy(one, first, meanwhile)
    close(one)
    close(other)
    facets = drafted.facets()
    assert (facets["offers.first.price.us"], facets["dates.staff-know"]) == ("$24", "2027-03-18")
    assert "March 18, 2027" in drafted.text(BRIEF, "dates")
    assert "US: $24" in drafted.text(BRIEF, "price")
    assert drafted.state().changes == {}
    assert "us: $24" in drafted.read()
    assert "staff-know: 2027-03-18" in drafted.read()
    assert drafted.plan()["edits"] == []


def test_two_people_who_edit_the_same_field_at_once_lose_neither_text(drafted: Stage) -> None:
    one, other = drafted.sit(PRIYA), drafted.sit(TOM)
    one.load()
    seen = other.load().main.texts[LINKEDIN].id
    people.edit(one, LINKEDIN, "hook", "Friday at eleven.", yes, seen=seen)
    with pytest.raises(Refused):
        people.edit(other, LINKEDIN, "hook", "Friday at noon.", yes, seen=seen)
    close(one)
    close(other)
    assert drafted.text(LINKEDIN, "hook") == "Friday at eleven."


def test_an_answer_given_at_the_same_time_by_two_people_stands_once(approved: Stage) -> None:
    approved.change("offers.first.price.us=$24")
    row = next(row for row in approved.decisions() if row["kind"] == "approved text")
    approved.decide(f"{row['key']}=take", by=PRIYA)
    with pytest.raises(Refused) as refusal:
        approved.decide(f"{row['key']}=take", by=TOM)
    assert "open now" in str(refusal.value)


def test_an_abandoned_edit_of_the_file_is_not_offered_again(approved: Stage) -> None:
    approved.rewrite("      us: $29", "      us: $24")
    report = approved.run()
    assert not report["landed"]
    before = copies(approved.state())
    approved.abandon(report["change"])
    assert approved.state().changes == {}
    again = approved.run()
    assert again["change"] is None
    assert approved.state().changes == {}
    assert copies(approved.state()) == before
    approved.release()
    approved.rewrite("      us: $24", "      us: $23")
    assert approved.run()["change"]


def test_an_abandoned_removal_is_not_offered_again(approved: Stage) -> None:
    approved.rewrite('  not_new: "The depot service for fleets, running since 2022, stays as it is."\n', "")
    report = approved.run()
    assert not report["landed"]
    approved.abandon(report["change"])
    again = approved.run()
    assert again["change"] is None
    assert approved.state().changes == {}


def test_editing_the_file_back_takes_the_edit_out_of_the_open_change(approved: Stage) -> None:
    approved.rewrite("      us: $29", "      us: $24")
    opened = approved.run()
    approved.rewrite("      us: $24", "      us: $29")
    again = approved.run()
    assert opened["change"] not in approved.state().changes
    assert again["drafts_made"] == 0
    approved.release()


def test_a_second_edit_of_the_file_amends_the_same_change(approved: Stage) -> None:
    approved.rewrite("      us: $29", "      us: $24")
    opened = approved.run()
    approved.rewrite(CLAIM, MORE)
    again = approved.run()
    assert again["change"] == opened["change"]
    edits = approved.state().changes[opened["change"]].edits
    assert set(edits) == {"offers.first.price.us", "claims.loan.full"}


def test_what_the_file_never_had_is_not_taken_out_by_a_run(drafted: Stage) -> None:
    """A landing from elsewhere leaves the file behind; the next run brings it up instead of undoing it."""
    elsewhere(drafted, "offers.first.price.us=$24", "brand.words.never.zebra=zebra")
    session = drafted.sit()
    edits = read_edits(session, session.load())
    close(session)
    assert set(edits.behind) == {"offers.first.price.us", "brand.words.never.zebra"}
    assert dict(edits.rows) == {}
    drafted.run()
    assert "zebra: zebra" in drafted.read()
    assert drafted.facets()["offers.first.price.us"] == "$24"


def test_answers_about_wordings_are_written_into_the_file_that_holds_them(drafted: Stage) -> None:
    drafted.change(
        "news.new=With Dusk to Dawn, riders and shops can hand in one delivery bike in the evening and collect it repaired in the morning."
    )
    row = next(row for row in drafted.decisions() if row["kind"] == "wording")
    refs = [item["ref"] for item in row["items"]]
    assert "news.new@en.h60" in refs
    drafted.decide(
        *(f"{row['key']}/{ref}=keep" for ref in refs if ref != "news.new@en.h60"),
        f"{row['key']}/news.new@en.h60=text:Small Hours repairs single bikes overnight",
        by=row["who"],
    )
    assert drafted.state().changes == {}
    assert "      h60: Small Hours repairs single bikes overnight" in drafted.read()
    assert drafted.text(ANNOUNCE, "subject") in ("Small Hours repairs single bikes overnight", "No delivery day lost")
    assert drafted.plan()["edits"] == []
    assert drafted.run()["change"] is None


def _pending(stage: Stage) -> tuple[list[str], list[str]]:
    told = stage.do(reading.status)
    return told["pending_in_file"], told["file_problems"]


def _reads_yaml(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Tell whether a look at the standing reads the files as YAML."""
    read: list[str] = []

    def counted(self: WorkingCopy) -> Source:
        read.append(self.root)
        return read_folder(self.folder, self.root)

    with monkeypatch.context() as patch:
        patch.setattr(WorkingCopy, "source", counted)
        stage.do(reading.status)
    return bool(read)


def test_files_that_hold_what_was_last_read_are_not_read_as_yaml_again(drafted: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their bytes are compared, those of included files too; whatever else may have changed is read."""
    assert not _reads_yaml(drafted, monkeypatch)
    text, german = drafted.read(), drafted.read("wordings-de.yaml")
    for name, edited in (("campaign.yaml", f"{text}# seen\n"), ("wordings-de.yaml", german.replace("\n", "\r\n"))):
        kept = drafted.read(name)
        (drafted.folder / name).write_text(edited, encoding="utf-8", newline="")
        assert _reads_yaml(drafted, monkeypatch)
        assert _pending(drafted) == ([], [])
        (drafted.folder / name).write_text(kept, encoding="utf-8")
        assert not _reads_yaml(drafted, monkeypatch)
    monkeypatch.setattr("concerted.conductor.folder_edits.reader", lambda: "another version of this program")
    assert _reads_yaml(drafted, monkeypatch)


def test_an_edit_in_the_file_is_told_before_and_after_every_landing(drafted: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    drafted.rewrite(CLAIM, MORE)
    assert _pending(drafted) == (["claims.loan.full"], [])
    drafted.change("offers.first.price.us=$24")
    assert _pending(drafted) == (["claims.loan.full"], [])
    drafted.run()
    assert _pending(drafted) == ([], [])
    assert not _reads_yaml(drafted, monkeypatch)
    drafted.change("offers.first.price.us=$27")
    assert not _reads_yaml(drafted, monkeypatch)
    drafted.rewrite("us: $27", "us: $22")
    assert _pending(drafted) == (["offers.first.price.us"], [])
    drafted.rewrite("us: $22", "us: $27")
    assert _pending(drafted) == ([], [])


def test_an_included_file_that_is_gone_or_leads_elsewhere_is_told_although_its_bytes_are_known(drafted: Stage) -> None:
    file = drafted.folder / "wordings-de.yaml"
    away = drafted.folder.parent / "elsewhere.yaml"
    file.rename(away)
    assert _pending(drafted)[1] != []
    file.symlink_to(away)
    (told,) = _pending(drafted)[1]
    assert "leads out of the campaign's folder" in told
    file.unlink()
    away.rename(file)
    assert _pending(drafted) == ([], [])
