"""A plan tells the cause: what is only renamed, and which file is not included any more; and it foresees the questions that come."""

from concerted.catalog import OURS
from tests.cli.terminal import Terminal


def test_a_rename_is_one_line_of_the_plan_the_change_and_the_history(drafted: Terminal) -> None:
    text = drafted.file.read_text(encoding="utf-8")
    drafted.file.write_text(text.replace("\n  riders:\n    who: couriers", "\n  couriers:\n    was: riders\n    who: couriers"), encoding="utf-8")
    said = " ".join(drafted.type("plan").out.split())
    assert "Plan 1 rename on top of strategy 1" in said
    assert "audiences.riders is renamed to couriers. Its texts, people's edits and approvals move along. Nothing is redrafted for it." in said
    assert "was nothing" not in said
    assert len(drafted.report("plan")["edits"]) > 10
    assert drafted.report("run")["drafts_made"] == 0
    told = " ".join(drafted.type("history").out.split())
    assert "audiences.riders is renamed to couriers" in told
    assert "was nothing" not in told


def test_an_included_file_that_is_left_out_is_named_and_the_questions_that_come_are_foreseen(drafted: Terminal) -> None:
    text = drafted.file.read_text(encoding="utf-8")
    rest, _, words = text.partition("\nwordings:")
    (drafted.folder / "words.yaml").write_text(f"wordings:{words}", encoding="utf-8")
    drafted.file.write_text(f"{rest.replace('include:', '# include:')}\ninclude: []\n", encoding="utf-8")
    planned = drafted.report("plan")
    gone = sum(edit["new"] is None for edit in planned["edits"])
    assert gone == len(planned["edits"]) > 20
    assert [row["file"] for row in planned["left_out"]] == ["wordings-de.yaml", "words.yaml"]
    assert sum(row["lines"] for row in planned["left_out"]) == gone
    assert planned["left_out"][1]["remedy"] == "include: [words.yaml]"
    assert "words.yaml lies in the folder and is not included any more" in " ".join(drafted.type("plan").out.split())
    asked = drafted.report("run")["decisions"]
    assert planned["asked"]["decisions"] <= len(asked) <= planned["asked_if_worded_anew"]["decisions"]


def test_what_keeps_the_campaign_from_being_laid_out_stands_with_its_line_wherever_it_is_said(fresh: Terminal) -> None:
    text = fresh.file.read_text(encoding="utf-8").replace("\ndeliverables:\n", "\ndeliverables:\n  brochure.web.shops.us.-: add\n", 1)
    fresh.file.write_text(text, encoding="utf-8")
    line = text[: text.index("brochure.web")].count("\n") + 1
    for verb in ("check", "plan", "run"):
        told = fresh.type(verb)
        assert told.code == 2
        assert f"campaign.yaml:{line}:" in told.out + told.err
        assert "there is no type brochure" in " ".join((told.out + told.err).split())


def test_a_playbook_of_ones_own_that_asks_for_what_nobody_makes_is_named_with_its_file(fresh: Terminal) -> None:
    own = fresh.folder / "library" / "playbooks" / "product-launch.yaml"
    own.parent.mkdir(parents=True)
    own.write_text((OURS / "playbooks" / "product-launch.yaml").read_text("utf-8").replace("type: landing-page", "type: landing-pag"), "utf-8")
    (problem,) = [row for row in fresh.report("check")["problems"] if row["severity"] == "file"]
    assert "asks for landing-pag" in problem["message"]
    assert problem["remedy"].startswith("did you mean landing-page?")
    assert "product-launch.yaml" in problem["remedy"]
