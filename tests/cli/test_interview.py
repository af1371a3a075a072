"""The twelve questions on a terminal: in English and in German, forward and back, stopped and gone on with."""

import re
from pathlib import Path

import pytest
import yaml

from concerted.catalog import Catalog
from concerted.conductor.phrasing import Phrasing
from concerted.conductor.questions import blanks_of, settled
from concerted.conductor.spoken import locale_named
from concerted.folder.working_copy import WorkingCopy
from tests.cli.answering import ANSWERS, BEGIN, ENGLISH, GERMAN, blanks, questions, typed_in_order
from tests.cli.terminal import Terminal


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits at the terminal."""
    monkeypatch.setattr("concerted.cli.verbs.beginning.at_terminal", lambda: True)


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_there_are_twelve_questions_and_each_says_why_and_gives_an_example(language: str) -> None:
    asked = questions(language)
    assert [question.number for question in asked] == list(range(1, 13))
    for blank in blanks_of(asked).values():
        assert blank.leaf.question.endswith((".", "?")), blank.name
        assert blank.leaf.why, blank.name
        assert blank.leaf.good, blank.name
        assert blank.leaf.who_knows, blank.name


def test_every_line_that_is_said_in_english_is_said_in_german_with_the_same_gaps() -> None:
    english, german = (Catalog().asking(language)[1] for language in ("en", "de"))
    for part in ("lines", "mistakes", "remarks", "labels"):
        assert list(english[part]) == list(german[part])
    for part in ("lines", "remarks"):
        for name, said in english[part].items():
            assert set(re.findall(r"{\w+}", said)) == set(re.findall(r"{\w+}", german[part][name])), name
    assert set(german["answers"]) == set(german["labels"]) == set(blanks())
    assert set(german["abouts"]) == {question.about for question in questions("en")}
    for name, blank in blanks("de").items():
        for said in (blank.leaf.question, blank.leaf.why, blank.leaf.who_knows):
            assert ENGLISH.findall(said) == [], name


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_example_could_stand_as_an_answer(language: str) -> None:
    words = Phrasing(*Catalog().asking(language))
    for name, blank in blanks(language).items():
        good = "de-AT" if name == "language" else blank.leaf.good
        assert settled(blank, good, "2026-12-01", words), name


@pytest.mark.parametrize(
    ("named", "locale"),
    [("de", "de-DE"), ("German", "de-DE"), ("Deutsch (Österreich)", "de-AT"), ("English, United Kingdom", "en-GB"), ("en_us", "en-US"),
     ("British English", "en-GB"), ("Swiss German", "de-CH"), ("français", "fr-FR"), ("de-DE", "de-DE"), ("zz", "zz"), ("my own", "my own")],
)  # fmt: skip
def test_a_language_is_understood_as_people_name_it(named: str, locale: str) -> None:
    assert locale_named(named) == locale


@pytest.mark.usefixtures("asked")
def test_on_a_terminal_each_question_says_why_it_matters_and_who_knows(tmp_path: Path) -> None:
    told = Terminal(tmp_path).type(*BEGIN, typed_in=typed_in_order(ANSWERS))
    assert told.code == 0, told.err
    said = " ".join(told.err.split())
    for blank in blanks().values():
        assert blank.leaf.question in said
        assert blank.leaf.why in said
        assert blank.leaf.good in said
    assert "12 of 12" in said
    new = Terminal(tmp_path / "spring")
    assert sorted(file.name for file in new.folder.iterdir()) == ["campaign.schema.json", "campaign.yaml"]
    assert Terminal(tmp_path).type(*BEGIN, typed_in=typed_in_order(ANSWERS)).code == 4


@pytest.mark.usefixtures("asked")
def test_an_answer_that_cannot_stand_is_asked_again_with_the_reason(tmp_path: Path) -> None:
    typed = typed_in_order({**ANSWERS, "link": "our page\nharbourloop.example/see", "price": "90\nUSD 90 a month", "name": "\nTidewise"})
    told = Terminal(tmp_path).type(*BEGIN, typed_in=typed)
    assert told.code == 0, told.err
    for reason in ("not a web address", "in which currency", "nothing can be drafted without"):
        assert reason in told.err
    tree = yaml.safe_load((tmp_path / "spring" / "campaign.yaml").read_text())
    assert tree["ctas"]["see"]["url"] == "harbourloop.example/see"


@pytest.mark.usefixtures("asked")
def test_stopping_in_the_middle_loses_nothing_and_the_next_time_goes_on_there(tmp_path: Path) -> None:
    lines = typed_in_order({**ANSWERS, "sender": ""}).splitlines(keepends=True)
    stopped = Terminal(tmp_path).type(*BEGIN, typed_in="".join(lines[:7]))
    assert stopped.code == 130
    assert "goes on where you were" in stopped.err
    assert not (tmp_path / "spring" / "campaign.yaml").exists()
    again = Terminal(tmp_path).type(*BEGIN, typed_in="\n" + "".join(lines[7:]))
    assert again.code == 0, again.err
    assert "7 of 22 questions are done" in " ".join(again.err.split())
    assert blanks()["sender"].leaf.question not in again.err
    tree = yaml.safe_load((tmp_path / "spring" / "campaign.yaml").read_text())
    assert tree["positioning"]["promise"] == ANSWERS["promise"]
    assert tree["positioning"]["category"] == ANSWERS["category"]
    assert "sender" not in tree["markets"]["us"]
    assert not (tmp_path / "spring" / "answers.yaml").exists()


@pytest.mark.usefixtures("asked")
def test_who_comes_back_may_begin_again_or_look_at_the_answers_at_once(tmp_path: Path) -> None:
    lines = typed_in_order(ANSWERS).splitlines(keepends=True)
    Terminal(tmp_path).type(*BEGIN, typed_in="".join(lines[:5]))
    shown = Terminal(tmp_path).type(*BEGIN, typed_in="=\n2\nTidewiser\n")
    assert shown.code == 130
    assert "Enter writes the campaign file" in " ".join(shown.err.split())
    again = Terminal(tmp_path).type(*BEGIN, typed_in="1\n" + "\n" * 5 + "".join(lines[5:]))
    assert again.code == 0, again.err
    assert yaml.safe_load((tmp_path / "spring" / "campaign.yaml").read_text())["campaign"]["name"] == "Tidewiser"


@pytest.mark.usefixtures("asked")
def test_one_can_go_back_and_change_any_answer_before_the_file_is_written(tmp_path: Path) -> None:
    names = list(blanks())
    typed = [ANSWERS[name] for name in names]
    typed[2:2] = ["a calendar", "<", "back", "<", "<", "en-GB", "Tidewise", ANSWERS["category"]]
    del typed[10 + names.index("category") - 2]
    told = Terminal(tmp_path).type(*BEGIN, typed_in="\n".join([*typed, "23", "8", "Every berth is sold by dusk", "<", "1 March 2027", "", ""]))
    assert told.code == 0, told.err
    assert "This is the first question." in told.err
    assert "they have the numbers 1 to 22" in told.err
    tree = WorkingCopy(tmp_path / "spring").read()
    assert tree["campaign"]["language"] == "en-GB"
    assert tree["positioning"]["category"] == ANSWERS["category"]
    assert tree["positioning"]["promise"] == "Every berth is sold by dusk."
    assert tree["markets"]["gb"]["launch"] == "2027-03-01 09:00"


@pytest.mark.usefixtures("asked")
def test_who_chooses_german_is_asked_corrected_and_sent_off_in_german(tmp_path: Path) -> None:
    typed = {**GERMAN, "language": "Deutsch", "sender": "", "unlike": "weil\nEin Ordner weiß das nicht.", "price": f"90\n{GERMAN['price']}"}
    typed |= {"launch": "03/04/2027\n9. März 2027, 9 Uhr", "offer": "Bis 28. Februar 2027 kostet der erste Monat nichts.", "support": "-"}
    told = Terminal(tmp_path).type(*BEGIN, typed_in=typed_in_order(typed))
    assert told.code == 0, told.err
    said, after = (" ".join(text.split()) for text in (told.err, told.err.partition("Zwölf Fragen")[2]))
    for name, blank in blanks("de").items():
        assert name == "language" or (blank.leaf.question in said and blank.leaf.good in said)
    for reason in ("noch kein ganzer Satz", "nennt keine Währung", "3. April 2027 oder der 4. März 2027", "Sie starten aber erst danach"):
        assert reason in said
    assert ENGLISH.findall(re.sub(r"\S+\.example\S*", "", after)) == []
    assert "Noch offen: 2" in told.out
    assert "sie startet am 9. März 2027" in " ".join(told.out.split())
    assert WorkingCopy(tmp_path / "spring").read()["markets"]["de"]["launch"] == "2027-03-09 09:00"


@pytest.mark.usefixtures("asked")
def test_odd_text_is_kept_as_it_was_typed(tmp_path: Path) -> None:
    odd = 'Late? "No" – #1: größer, נמל 🚤 {x} [y].'
    stopped = Terminal(tmp_path).type(*BEGIN, typed_in=typed_in_order({**ANSWERS, "promise": odd}))
    assert stopped.code == 0, stopped.err
    assert yaml.safe_load((tmp_path / "spring" / "campaign.yaml").read_text())["positioning"]["promise"] == odd
