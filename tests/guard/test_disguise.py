"""The second look at a sentence: what counts as a slip of the pen, and which real words never do."""

import pytest

from concerted.campaign.intervention import Stop, Verdict
from concerted.guard.disguise import is_slip, second_reading
from concerted.guard.watch import Watcher
from tests.guard.harbour import post, stopped, written
from tests.rules.dock import FACETS

SLIPS = (
    ("seamelss", "seamless"), ("seammless", "seamless"), ("seamles", "seamless"), ("searnless", "seamless"), ("seemless", "seamless"),
    ("revolutonary", "revolutionary"), ("revolutionairy", "revolutionary"), ("nahtols", "nahtlos"), ("slotbsae", "slotbase"),
)  # fmt: skip
OTHER_WORDS = (
    ("loading", "leading"), ("quality", "qualify"), ("incentive", "inventive"), ("compete", "complete"), ("evolutionary", "revolutionary"),
    ("seamstress", "seamless"), ("personnel", "personal"), ("adoptive", "adaptive"), ("baseline", "slotbase"), ("affective", "effective"),
)  # fmt: skip
READINGS = {
    "A s e a m l e s s day.": "A seamless day.",
    "A s-e-a-m-l-e-s-s day.": "A seamless day.",
    "Unlike SIotbase.": "Unlike Slotbase.",
    "A seamIess gate": "A seamless gate",
    "5eamle55": "seamless",
    "I am in": "I am in",
    "It costs $1,900 for B2B in Q4 2027.": "It costs $1,900 for B2B in Q4 2027.",
    "Phase II begins, IPhone in hand.": "Phase II begins, IPhone in hand.",
    "A b c or d.": "A b c or d.",
}


@pytest.mark.parametrize(("given", "meant"), SLIPS)
def test_a_slip_is_seen(given: str, meant: str) -> None:
    assert is_slip(given, meant)


@pytest.mark.parametrize(("given", "other"), OTHER_WORDS)
def test_another_word_is_no_slip(given: str, other: str) -> None:
    assert not is_slip(given, other)


@pytest.mark.parametrize("text", READINGS)
def test_letters_are_read_as_what_they_look_like_and_the_rest_stays(text: str) -> None:
    assert second_reading(text) == READINGS[text]


def test_a_stop_says_which_word_was_meant() -> None:
    stop = stopped("A seamelss start to the week.")
    assert (stop.rule, stop.words, stop.level) == ("banned-word", "seamelss", "sentence")
    assert "reads as “seamless”" in stop.guidance


def test_a_claim_turned_round_is_stopped_and_denied_or_asked_it_is_not() -> None:
    assert stopped("From week one, fees for detention go down.").rule == "claim-not-yet"
    for fine in ("Nobody says that fees for detention go down.", "Do fees for detention go down?", "Detention is a word for the fees that you know."):
        assert not isinstance(written(fine), Stop), fine


NEVER_AND_MEANT = (
    ("contracted", "We contacted all yards."), ("trails", "Both trials went well."), ("united", "The rope came untied."),
    ("weekly", "It glowed weakly."), ("marital", "Martial arts at noon."), ("immortality", "Such immorality ends."),
    ("riesen", "Wir reisen am Abend."),
)  # fmt: skip
NEVER_AND_SLIPS = (
    ("contracted", "We contraccted all yards."), ("contracted", "We contrcated all yards."), ("trails", "Both traills went well."),
    ("seamless", "A searnless day."), ("united", "A unitted front."),
)  # fmt: skip


def heard(never: str, text: str) -> tuple[Verdict, list[str]]:
    """Stream a text past the guard of a brand that never says one word; give its verdict and what it noted."""
    watcher = Watcher(post(old=False, facets={**FACETS, f"brand.words.never.{never}": never}))
    watcher.feed("body", text)
    return watcher.finish_field("body"), [one.words for one in watcher.noted if one.rule == "banned-word"]


@pytest.mark.parametrize(("never", "text"), NEVER_AND_MEANT)
def test_a_word_of_its_own_that_is_a_slip_from_a_forbidden_one_is_noted_and_stops_nothing(never: str, text: str) -> None:
    verdict, noted = heard(never, text)
    assert not isinstance(verdict, Stop)
    assert len(noted) == 1
    assert noted[0] in text


@pytest.mark.parametrize(("never", "text"), NEVER_AND_SLIPS)
def test_a_slip_that_is_no_word_still_stops(never: str, text: str) -> None:
    assert isinstance(heard(never, text)[0], Stop)
