"""Which sentences point at a piece that a text shows: nobody is asked about a word that only sounds like it."""

import pytest

from concerted.campaign.outside import KIND_WORDS
from concerted.planning.release import points_at

HITS = (
    ("picture", "What the picture shows is ready by six."),
    ("picture", "Pictured here: the counter at six."),
    ("picture", "Photo right: the counter at six."),
    ("picture", "Above, a photo of the counter."),
    ("picture", "Das Bild entstand nachts."),
    ("picture", "Foto links: die Werkstatt."),
    ("video", "Watch this film."),
    ("audio", "Hear it in this episode."),
    ("deck", "Our deck has the figures."),
    ("booth", "Come to our stand."),
    ("booth", "Visit the booth in hall 4."),
    ("booth", "Besuchen Sie uns an unserem Messestand."),
    ("print", "This leaflet has the prices."),
)
NEAR_MISSES = (
    ("booth", "We stand for good work, here in Portland."),
    ("booth", "Right where you stand."),
    ("booth", "This stand-by rate is low; see here."),
    ("booth", "Bikes that stand all night earn nothing, see above."),
    ("deck", "Bring the right deck."),
    ("deck", "A deck is what you get here, in Portland."),
    ("video", "Watch your bike from here."),
    ("audio", "Listen to what the others say here."),
    ("audio", "Wir hören Ihnen zu, hier in Hamburg."),
    ("picture", "Send a photo of the fault right away."),
    ("picture", "A photo of the fault is all we need, right here in Portland."),
    ("picture", "Machen Sie hier ein Foto vom Schaden."),
    ("print", "Come to our stand."),
)


@pytest.mark.parametrize(("kind", "sentence"), HITS)
def test_a_sentence_that_points_at_a_piece_is_asked_about(kind: str, sentence: str) -> None:
    assert points_at(sentence, frozenset(KIND_WORDS[kind]))


@pytest.mark.parametrize(("kind", "sentence"), NEAR_MISSES)
def test_a_sentence_that_only_sounds_like_it_is_not(kind: str, sentence: str) -> None:
    assert not points_at(sentence, frozenset(KIND_WORDS[kind]))
