"""Only an answer that is clearly in another language is said to be."""

import pytest

from concerted.llm.language import foreign

GERMAN = "Kommen die Lastwagen zu spät, dann stellt sich der Plan von selbst um und die Rampe ist für alle frei."
ENGLISH = "When the trucks are late, your plan is changed by itself and the dock is free for all of you again."
FRENCH = "Quand les camions sont en retard, votre plan se refait de lui-même et le quai est libre pour vous et pour les autres."


@pytest.mark.parametrize(
    ("text", "locale", "found"),
    [
        (GERMAN, "en-US", "German"),
        (ENGLISH, "de-DE", "English"),
        (FRENCH, "de-CH", "French"),
        (GERMAN, "de-AT", ""),
        (ENGLISH, "en-GB", ""),
        (FRENCH, "fr", ""),
        (ENGLISH, "", ""),
        (ENGLISH, "ja-JP", ""),
        ("Dock plans that fix themselves", "de-DE", ""),
        ("Rampline Live, Rampline Book, Small Hours, Dusk to Dawn, Lantern Street, Portland, Columbus, Ohio, Hamburg, Laternenweg", "de-DE", ""),
        ("Mit Rampline Live stellt sich der Plan um. „It fixes itself“, sagt Tom Reyes, der das Lager in Columbus leitet.", "de-DE", ""),
    ],
)
def test_a_language_is_named_where_it_is_clearly_another_one(text: str, locale: str, found: str) -> None:
    assert foreign(text, locale) == found
