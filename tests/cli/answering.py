"""Two sets of answers to the twelve questions, and the questions in the words of a language."""

import re

from concerted.catalog import Catalog
from concerted.conductor.phrasing import Phrasing
from concerted.conductor.questions import Blank, Question, blanks_of, questions_of

ANSWERS = {
    "name": "Tidewise",
    "category": "berth booking software",
    "company": "Harbour Loop",
    "sender": "Harbour Loop Inc., 4 Pier Road, Portland ME",
    "language": "en-US",
    "new": "Marina offices can let visiting sailors book and pay for a berth by phone",
    "until-now": "Until now, visitors radioed in at dusk and somebody walked the piers.",
    "promise": "Your free berths are booked before the sailors are in sight.",
    "because": "Tidewise shows the berths that are free tonight, with depth and price.",
    "unlike": "A booking calendar knows the season; it does not know which boat left this morning.",
    "who": "harbour masters with 40 to 300 berths",
    "says": "I never know what is free until I have walked it.",
    "message": "Nobody has to stand on the pier with a clipboard at six in the evening.",
    "message-30": "No more clipboard on the pier",
    "support": "A boat leaves, your harbour hand taps its berth, and the berth is on sale.",
    "fact": "In the summer of 2026, 61 percent of visitors at our three pilot marinas booked before they arrived.",
    "evidence": "season report 2026, page 4",
    "offer": "",
    "price": "USD 90 a month",
    "button": "See your harbour in it",
    "link": "harbourloop.example/see",
    "launch": "2027-03-09 09:00",
}
GERMAN = {
    "name": "Gleisblick",
    "category": "Wartungsplanung für Werkbahnen",
    "company": "Norderwald Technik",
    "sender": "Norderwald Technik GmbH, Am Stellwerk 7, 34117 Kassel",
    "language": "de-DE",
    "new": "Mit Gleisblick sehen Werkbahnen am Bildschirm, welche Weiche als nächste geschmiert, gestopft oder getauscht werden muss.",
    "until-now": "Bisher ging dafür zweimal im Jahr jemand mit Klemmbrett und Stahlmaß am Gleis entlang.",
    "promise": "Sie wissen im März, welche Weiche im Oktober Ärger macht.",
    "because": "Gleisblick liest die Stellzeiten der Weichenantriebe mit und meldet jede, die langsamer wird.",
    "unlike": "Ein Klemmbrett zeigt, wie das Gleis am Tag der Begehung war.",
    "who": "Leiter von Werkbahnen mit 20 bis 150 Weichen",
    "says": "Bei uns fällt immer die Weiche aus, an die gerade keiner gedacht hat.",
    "message": "Eine träge Weiche fällt auf, bevor ein Zug vor ihr steht.",
    "message-30": "Träge Weichen fallen auf",
    "support": "Morgens liegt eine Liste auf dem Tisch, die schlechteste Weiche steht oben, und der Bautrupp fährt zuerst dorthin.",
    "fact": "Von Januar bis Juni 2026 meldete Gleisblick in vier Werken 31 von 36 Weichenstörungen mindestens zwei Wochen vorher.",
    "evidence": "Pilotbericht 2026, Seite 12",
    "offer": "",
    "price": "240 € im Monat",
    "button": "Eigene Weichen ansehen",
    "link": "norderwald.example/weichen",
    "launch": "2027-03-09 09:00",
}
ENGLISH = re.compile(r"\b(the|and|of|is|are|until|we|you|with|for|price|launch|what|from)\b", re.IGNORECASE)
"""Words that no German sentence has and hardly an English one does without."""
BEGIN = ("init", "spring", "--playbook", "product-launch", "--ask")


def questions(language: str) -> tuple[Question, ...]:
    """Give the twelve questions."""
    return questions_of(Catalog().questions(), Phrasing(*Catalog().asking(language)))


def blanks(language: str = "en") -> dict[str, Blank]:
    """Give all answers that are asked for, by name."""
    return blanks_of(questions(language))


def typed_in_order(answers: dict[str, str]) -> str:
    """Type every answer, and Enter below all of them."""
    return "".join(f"{answers[name]}\n" for name in blanks()) + "\n"
