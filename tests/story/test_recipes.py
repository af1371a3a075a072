"""A new version of the product brings new templates: nothing is written again for that until somebody asks, and all stays releasable."""

import pytest

from concerted.conductor import changing
from concerted.workers.worker import Registry
from tests.story.stage import SMS, Stage, copies

TAKE = {"owned text": "take", "approved text": "take"}


@pytest.fixture
def upgraded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another wording in the house template of text messages."""
    source = Registry.house_source

    def newer(self: Registry, type: str, language: str) -> str | None:
        text = source(self, type, language)
        assert text is None or type != "sms" or "Reply STOP to opt out." in text
        return text.replace("Reply STOP to opt out.", "Text STOP to opt out.") if text and type == "sms" else text

    monkeypatch.setattr(Registry, "house_source", newer)


def test_an_upgraded_template_redrafts_nothing_and_the_release_passes(approved: Stage, upgraded: None) -> None:
    before = copies(approved.state())
    assert {row["standing"] for row in approved.status().values()} == {"fresh"}
    report = approved.run()
    assert (report["change"], report["drafts_made"]) == (None, 0)
    assert copies(approved.state()) == before
    approved.release()


def test_with_the_upgraded_template_asked_for_only_its_texts_are_written_again(approved: Stage, upgraded: None) -> None:
    before = copies(approved.state())
    report = approved.do(lambda s: changing.run(s, recipes=True))
    assert report["proposed"] == [SMS]
    assert copies(approved.state()) == before
    approved.answer(TAKE)
    after = copies(approved.state())
    assert {asset for asset in before if before[asset] != after[asset]} == {SMS}
    assert "Text STOP to opt out." in after[SMS][1]["text"]
    assert approved.do(lambda s: changing.run(s, recipes=True))["change"] is None
    approved.release()


def test_a_text_that_changes_for_another_reason_is_written_with_the_new_template(drafted: Stage, upgraded: None) -> None:
    drafted.change("offers.first.price.us=$24")
    assert "Text STOP to opt out." in drafted.text(SMS, "text")
    drafted.approve_all()
    drafted.release()
