"""Notices an answer in another language than was asked for. Only what is beyond doubt counts: a few words of a name are no language."""

import re
from collections.abc import Mapping

MARKS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the and of to in is that for with are this you your it on as be was have not from by at we our or an they will",
        "de": "der die das und ist nicht ein eine zu den mit von für auf sich dem des im sie wir ihr ihre auch als es an werden oder bei noch nur",
        "fr": "le la les et est une des du que pour pas dans vous nous votre au aux qui avec sur ce sont plus par ou en il elle leur",
        "es": "el la los las y es una que para con por no del al se su sus como más lo está son en un o pero usted",
        "it": "il lo la gli le e è una che per con non del della di sono più nel alla si un da ma come anche i al",
        "nl": "de het een en is niet van voor met dat op zijn te aan er ook als bij uw wij je naar door om maar of nog in",
        "pt": "o a os as e é uma que para com não por do da dos das em no na se um mais como são ou mas seu sua",
        "pl": "i w nie na się z że do to jest jak po co ale za od przez dla oraz są lub przy być może jego ich",
        "sv": "och att det som en på är av för med den till inte om har de ett vi kan men du era eller från så",
    }.items()
}
"""Small words that hardly a sentence of a language does without."""
NAMES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "nl": "Dutch",
    "pt": "Portuguese", "pl": "Polish", "sv": "Swedish",
}  # fmt: skip
ENOUGH = 12
"""Words below which nothing is said."""
_WORD = re.compile(r"[^\W\d_]+")


def foreign(text: str, locale: str) -> str:
    """Name the language that a text is in, where that is clearly another one than the locale's; else empty."""
    asked = locale.partition("-")[0].lower()
    words = _WORD.findall(text.lower())
    if asked not in MARKS or len(words) < ENOUGH:
        return ""
    share = {language: sum(word in marks for word in words) / len(words) for language, marks in MARKS.items()}
    likeliest = max(share, key=lambda language: share[language])
    clear = share[likeliest] >= 0.2 and share[likeliest] >= 2.5 * share[asked]
    return NAMES[likeliest] if likeliest != asked and clear else ""
