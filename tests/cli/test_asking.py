"""Twelve questions to first drafts, answered in a file: what comes out holds these answers and nothing invented."""

import re
from pathlib import Path

import pytest
import yaml

from concerted.catalog import OURS
from concerted.folder.working_copy import WorkingCopy
from tests.cli.answering import ANSWERS, BEGIN, ENGLISH, GERMAN
from tests.cli.terminal import Terminal, Told
from tests.workers.reader import written


def _answered(at: Path, answers: dict[str, str]) -> Told:
    (at / "mine.yaml").write_text(yaml.safe_dump(answers, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")
    return Terminal(at).type(*BEGIN, "--answers", str(at / "mine.yaml"), "--json")


def test_answers_become_a_sound_file_and_first_drafts_of_ones_own(tmp_path: Path) -> None:
    report = _answered(tmp_path, ANSWERS).json
    assert [row["name"] for row in report["open"]] == ["offer"]
    new = Terminal(tmp_path / "spring")
    assert all(row["severity"] != "file" for row in new.report("check")["problems"])
    drafted = new.report("run")["drafted"]
    assert len(drafted) >= 7
    copy = " ".join(" ".join(new.report("show", asset)["fields"].values()) for asset in drafted)
    assert ANSWERS["promise"] in copy
    assert ANSWERS["says"] in copy
    assert "USD 90 a month" in copy


def test_no_sentence_of_the_starter_or_of_an_example_gets_into_the_campaign(tmp_path: Path) -> None:
    _answered(tmp_path, ANSWERS)
    tree = yaml.safe_load((tmp_path / "spring" / "campaign.yaml").read_text())
    said = yaml.safe_dump(tree, width=1000)
    for words in ("Kettle", "Example", "Rampline", "dock", "carrier"):
        assert words not in said
    starter = re.findall(r'"([^"{\n]{12,})"', (OURS / "starter.yaml").read_text())
    assert len(starter) > 20
    assert [sentence for sentence in starter if sentence in said] == []


def test_only_name_company_and_promise_are_needed_to_begin(tmp_path: Path) -> None:
    told = _answered(tmp_path, {name: ANSWERS[name] for name in ("name", "company", "promise")})
    assert told.code == 0, told.err
    new = Terminal(tmp_path / "spring")
    problems = new.report("check")["problems"]
    assert problems
    assert all(row["severity"] == "release" for row in problems)
    assert new.type("run").code == 0


@pytest.mark.parametrize("left_out", [name for name in ANSWERS if name not in ("name", "company", "promise", "language")])
def test_any_other_answer_may_stay_open(tmp_path: Path, left_out: str) -> None:
    told = _answered(tmp_path, {name: text for name, text in ANSWERS.items() if name != left_out})
    assert left_out in {row["name"] for row in told.json["open"]}
    check = Terminal(tmp_path / "spring").report("check")
    assert check["ok"], check["problems"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("launch", "in March", "not a day with a time"),
        ("launch", "2027-02-30 09:00", "not a moment of the calendar"),
        ("launch", "2020-01-01 09:00", "has passed"),
        ("price", "90 a month", "in which currency"),
        ("price", "cheap", "no number"),
        ("link", "our website", "not a web address"),
        ("message-30", "a" * 31, "31 characters"),
        ("unlike", "a shoebox in the back office", "begins like a part"),
        ("offer", "180", "no words"),
        ("launch", "03/04/2027", "3 April 2027 or 4 March 2027"),
        ("language", "my own", "not a language"),
        ("language", "Klingon", "no country"),
        ("promise", "", "nothing can be drafted without"),
        ("promize", "x", "did you mean promise"),
    ],
)
def test_an_answer_that_cannot_stand_is_named_with_its_line_and_nothing_is_written(tmp_path: Path, name: str, text: str, said: str) -> None:
    told = _answered(tmp_path, {**ANSWERS, name: text})
    assert told.code == 2
    problem = next(row for row in told.json["error"]["problems"] if said in f"{row['message']} {row['remedy']}")
    assert (problem["ref"], problem["file"]) == (name, "mine.yaml")
    assert problem["line"] == list({**ANSWERS, name: text}).index(name) + 1
    assert not (tmp_path / "spring").exists()


def test_all_answers_that_cannot_stand_are_named_at_once(tmp_path: Path) -> None:
    told = _answered(tmp_path, {**ANSWERS, "launch": "soon", "price": "90", "link": "x y"})
    assert [row["ref"] for row in told.json["error"]["problems"]] == ["price", "link", "launch"]


def test_answers_can_be_piped_in(tmp_path: Path) -> None:
    told = Terminal(tmp_path).type(*BEGIN, typed_in=yaml.safe_dump(ANSWERS))
    assert told.code == 0
    assert (tmp_path / "spring" / "campaign.yaml").is_file()


def test_without_any_answer_the_names_of_the_answers_are_told(tmp_path: Path) -> None:
    told = Terminal(tmp_path).type(*BEGIN, typed_in="")
    assert told.code == 2
    assert "message-30" in told.err
    assert list(tmp_path.iterdir()) == []


def test_what_is_open_stands_in_the_file_as_questions(tmp_path: Path) -> None:
    _answered(tmp_path, ANSWERS)
    text = (tmp_path / "spring" / "campaign.yaml").read_text()
    _, _, rest = text.partition("# STILL OPEN")
    for part in ("objectives:", "people:", "brand:", "competitors:", "contact:"):
        assert f"\n# {part}\n" in rest
    uncommented = re.sub(r"(?m)^# ?", "", rest.partition("\n")[2])
    assert set(yaml.safe_load(uncommented)) >= {"objectives", "people", "brand", "competitors", "contact", "dates", "budget"}


@pytest.mark.parametrize(
    ("given", "lacks"),
    [("says", "audiences.readers.who"), ("evidence", "claims.proof.full"), ("support", "messages.main.pillar"), ("link", "ctas.next.text")],
)
def test_an_answer_that_has_no_place_yet_waits_in_the_file_and_is_told(tmp_path: Path, given: str, lacks: str) -> None:
    told = _answered(tmp_path, {name: ANSWERS[name] for name in ("name", "company", "promise", given)})
    assert [row["needs"] for row in told.json["waiting"]] == [lacks]
    text = (tmp_path / "spring" / "campaign.yaml").read_text()
    assert f"{ANSWERS[given]}" in text.partition("# WAITING")[2]


def test_a_short_form_without_its_long_form_is_the_message(tmp_path: Path) -> None:
    _answered(tmp_path, {name: ANSWERS[name] for name in ("name", "company", "promise", "message-30")})
    tree = yaml.safe_load((tmp_path / "spring" / "campaign.yaml").read_text())
    assert tree["messages"]["main"]["pillar"] == f"{ANSWERS['message-30']}."


def test_an_audience_is_named_by_words_that_say_something(tmp_path: Path) -> None:
    (tmp_path / "answers.yaml").write_text("name: Quiet\ncompany: Oak\npromise: You hear it.\nwho: people who share a bedroom\n", encoding="utf-8")
    at = Terminal(tmp_path)
    at.report("init", "quiet", "--playbook", "product-launch", "--ask", "--answers", str(tmp_path / "answers.yaml"))
    assert list(WorkingCopy(tmp_path / "quiet").read()["audiences"]) == ["people-share"]


def test_what_people_type_is_taken_as_they_mean_it(tmp_path: Path) -> None:
    typed = {"language": "en-GB", "category": "a berth booking service", "launch": "2027-03-09", "offer": "First month", "price": "GBP 9"}
    _answered(tmp_path, {**ANSWERS, **typed})
    tree = WorkingCopy(tmp_path / "spring").read()
    assert tree["campaign"]["language"] == "en-GB"
    assert tree["markets"] == {"gb": {"language": "en-GB", "launch": "2027-03-09 09:00", "sender": ANSWERS["sender"]}}
    assert tree["positioning"]["category"] == "berth booking service"
    assert tree["offers"]["opening"]["price"] == {"gb": "GBP 9"}
    assert tree["offers"]["opening"]["line"] == "First month."
    assert "offers.opening.line" not in tree["wordings"]["en"]


NAMELESS = {
    "because": "Three sensors watch each place.",
    "new": "From spring on, everything can be seen on one screen.",
    "offer": "The first month is free.",
}
"""Answers of which none holds the name of what is launched."""


@pytest.mark.parametrize(
    "own",
    [{}, NAMELESS, {"offer": "The first season costs nothing and every later one is billed when it has ended."}],
    ids=["short", "nameless", "long"],
)
@pytest.mark.parametrize("given", [ANSWERS, GERMAN], ids=["in English", "in German"])
def test_a_full_set_of_answers_gives_all_first_drafts_and_each_says_what_is_launched(
    tmp_path: Path, given: dict[str, str], own: dict[str, str]
) -> None:
    answers = {**given, **own}
    _answered(tmp_path, answers)
    new = Terminal(tmp_path / "spring")
    report = new.report("run")
    assert report["blocked"] == []
    assert len(report["drafted"]) == 8
    said = {asset: new.report("show", asset)["fields"] for asset in report["drafted"]}
    copy = {asset: "\n".join(fields.values()) for asset, fields in said.items()}
    for asset, words in copy.items():
        if asset.startswith(("landing-page", "launch-email", "linkedin-post", "search-ad")):
            assert given["name"] in words, asset
        if asset.startswith("landing-page") or asset.endswith("announce"):
            assert words.count(answers["new"].rstrip(".")) == 1, asset
        if ".email." in asset:
            assert words.count(answers["price"]) >= 1, asset
    first, last = (next(fields for asset, fields in said.items() if asset.endswith(turn)) for turn in ("announce", "reminder"))
    assert first["subject"] != last["subject"]
    assert answers["because"] in last["opening"]
    assert [fields["headline_4"] for asset, fields in said.items() if asset.startswith("search-ad")] != [""]


def test_what_cannot_be_written_yet_names_the_answer_that_it_waits_for(tmp_path: Path) -> None:
    _answered(tmp_path, {name: text for name, text in ANSWERS.items() if name != "because"})
    new = Terminal(tmp_path / "spring")
    blocked = {row["id"]: row for row in new.report("run")["blocked"]}
    row = blocked["launch-email.email.harbour-masters.us.reminder"]
    assert "positioning.because" in row["lacks"]
    assert row["next"] == "concerted change " + " ".join(f'--set {ref}="..."' for ref in row["lacks"])
    assert new.report("show", row["id"])["next"] == row["next"]
    new.report("change", "--set", f"positioning.because={ANSWERS['because']}", "--yes")
    assert row["id"] not in {still["id"] for still in new.report("run")["blocked"]}


@pytest.mark.parametrize("objected", [{}, {"objection": "Is it hard to learn?", "answer": "It takes one morning."}], ids=["nothing", "an-objection"])
@pytest.mark.parametrize("given", [ANSWERS, GERMAN], ids=["in English", "in German"])
def test_a_mail_made_of_few_answers_says_nothing_twice_whatever_its_turn(tmp_path: Path, given: dict[str, str], objected: dict[str, str]) -> None:
    _answered(tmp_path, {**given, "offer": given["name"]})
    tree = WorkingCopy(tmp_path / "spring").read()
    ((reader, told),) = tree["audiences"].items()
    told.update(objected)
    mails: dict[str, dict[str, tuple[str, ...]]] = {}
    for (asset, name), found in written(tree).renderings.items():
        if ".email." in asset:
            mails.setdefault(asset, {})[name] = found.texts
    assert sorted(asset.partition(f"{reader}.")[2].partition(".")[2] for asset in mails) == ["announce", "reminder"]
    for asset, fields in mails.items():
        for turn in range(6):
            words = "\n".join(texts[turn % len(texts)] for texts in fields.values() if texts)
            sentences = re.findall(r"[A-ZÄÖÜ][^.!?\n]{15,}[.!?]", words)
            assert len(sentences) > 3
            assert len(sentences) == len(set(sentences)), (asset, turn, sentences)


def test_a_german_company_gets_its_papers_mails_and_ads_in_german(tmp_path: Path) -> None:
    _answered(tmp_path, GERMAN)
    new = Terminal(tmp_path / "spring")
    drafted = new.report("run")["drafted"]
    assert {asset.partition(".")[0] for asset in drafted} == {
        "messaging-house", "concept", "landing-page", "launch-email", "linkedin-post", "search-ad", "internal-brief",
    }  # fmt: skip
    for asset in drafted:
        for name, text in new.report("show", asset)["fields"].items():
            assert ENGLISH.findall(text) == [], f"{asset}#{name}: {text}"


FEW = ("name", "company", "sender", "language", "promise", "because", "who", "price", "button", "link", "launch")
"""What somebody answers who has ten minutes: no message, no news, nobody's own words, no proof."""


@pytest.mark.parametrize("given", [ANSWERS, GERMAN], ids=["in English", "in German"])
def test_a_promise_its_reason_and_a_reader_are_enough_for_whole_first_drafts(tmp_path: Path, given: dict[str, str]) -> None:
    _answered(tmp_path, {name: given[name] for name in FEW})
    reader = written(WorkingCopy(tmp_path / "spring").read())
    assert len(reader.words) == 8
    assert reader.empty(optional=False) == []
    assert reader.stopped() == []
    assert reader.residue() == []
    page = next(words for asset, words in reader.words.items() if asset.startswith("landing-page"))
    assert (page["h1"], page["benefit_1"]) == (given["promise"], given["because"])
    assert given["name"] in page["subhead"]
    for asset, words in reader.words.items():
        headlines = [text for name, text in words.items() if name.startswith("headline_") and text]
        assert len(headlines) == len(set(headlines)), asset


@pytest.mark.parametrize("given", [ANSWERS, GERMAN], ids=["in English", "in German"])
@pytest.mark.parametrize("more", [("message",), ("new", "message"), ("category", "says"), ("new", "unlike")], ids="-and-".join)
def test_an_answer_more_never_leaves_a_draft_less(tmp_path: Path, given: dict[str, str], more: tuple[str, ...]) -> None:
    _answered(tmp_path, {name: given[name] for name in (*FEW, *more)})
    reader = written(WorkingCopy(tmp_path / "spring").read())
    assert reader.empty(optional=False) == []
    assert reader.stopped() == []


def test_what_fits_nowhere_names_the_line_or_wording_that_would_fit_and_its_length(tmp_path: Path) -> None:
    long = {
        "name": "Tidewise Harbour Berth Planner Professional",
        "category": "berth booking and harbour planning software for municipal marinas",
        "promise": "Every free berth in your harbour is sold to a visiting sailor well before the sun goes down over the piers.",
    }
    _answered(tmp_path, {**ANSWERS, **long})
    new = Terminal(tmp_path / "spring")
    (row,) = [row for row in new.report("run")["blocked"] if row["id"].startswith("search-ad")]
    assert row["why"].endswith("positioning.category in at most 30 characters would fit.")
    line, _, lengths = row["next"].partition("  # ")
    assert line == 'concerted change --set positioning.category="..." --set positioning.promise@en.h90="..."'
    assert lengths == "positioning.category in at most 30 characters, positioning.promise@en.h90 in at most 90 characters"
    filled = ("--set", "positioning.category=berth software", "--set", "positioning.promise@en.h90=Every free berth is sold before dusk.")
    assert row["id"] in new.report("change", *filled, "--yes")["drafted"]
