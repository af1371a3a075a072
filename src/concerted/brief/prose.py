"""What sentences of a brief say without a heading or a label, where their form leaves no doubt. Everything else is left to people."""

import re
from collections.abc import Iterator

from concerted.rules.figures import figures
from concerted.rules.segment import sentences

_QUOTED = re.compile(r"[“\"„«]([^”\"“»]{2,60})[”\"“»]")
_NEVER = re.compile(
    r"^(?:please )?(?:(?:do not|don['’]t|never) (?:say|write|use|call it)|avoid (?:the )?(?:words?|phrases?)"
    r"|(?:bitte )?(?:nie|niemals|nicht) (?:sagen|schreiben|verwenden)|vermeiden sie (?:die )?(?:wörter|worte|begriffe))\b:?\s*(?P<words>.+)$",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"\b(?:we (?:want|aim|need|hope|plan)\b|wir (?:wollen|möchten|brauchen)\b)"
    r"|^(?:(?:our|the|unser|das) )?(?:goal|aim|target|objective|ziel) (?:is|ist|sind)\b",
    re.IGNORECASE,
)
_NAME = r"[A-ZÄÖÜ][\w&'’.-]*(?: (?:[A-ZÄÖÜ][\w&'’.-]*|&|of|the|und|and))*"
_DOES = (
    r"(?: (?:is|are) (?:launching|opening|introducing|bringing|releasing|starting)| (?:launches|opens|introduces|releases|brings)"
    r"| (?:eröffnet|startet|bringt|veröffentlicht))\b"
)
_NEWS = re.compile(f"^(?:(?:The|Die|Der|Das) )?(?P<name>{_NAME}){_DOES}")
_CLIENT = re.compile(rf"\b(?:the client|our client|dem Kunden|der Kunde|unser Kunde)(?:,| \(| is| ist)? ?(?P<name>{_NAME})")
_LAUNCHED = re.compile(rf"\b(?:launch(?:ing|es)?|introduc(?:ing|es)|releas(?:ing|es)) (?P<name>{_NAME})(?= (?:on|in|this|at)\b|[.,])")
NO_NAME = frozenset(
    {"We", "It", "This", "That", "The", "They", "He", "She", "Wir", "Es", "Das", "Die", "Der", "Sie", "Er", "Who", "What", "When", "On"}
)
_STARTS = re.compile(
    r"\b(?:launch(?:es|ing)?|open(?:s|ing)?|go(?:es)? live|starts?|on sale|eröffne\w*|startet|erscheint|ab sofort|verfügbar)\b", re.IGNORECASE
)
_ENDS = re.compile(r"\b(?:until|till|bis)\b", re.IGNORECASE)
_BEFORE = re.compile(r"^(?:until now|up to now|so far|bisher|bislang)\b", re.IGNORECASE)
_COSTS = re.compile(
    r"^(?:(?:our|the|der|die|unser) )?(?:price|pricing|prices|it|preis|es)\b.{0,40}?\b(?:is|are|costs?|kostet|beträgt|ist)\b", re.IGNORECASE
)
_MONEY = re.compile(r"^(?:(?:our|the|das|unser) )?budget\b", re.IGNORECASE)
_SIGNS = re.compile(r"\b(?:signs? off|sign-off|approves?|has to approve|freigeben|gibt\b.{0,40}\bfrei|prüft|genehmigt)\b", re.IGNORECASE)
_PERSON = re.compile(r"[A-ZÄÖÜ][\w'-]+ [A-ZÄÖÜ][\w'-]+")


def never_said(sentence: str) -> str:
    """Give the words that a sentence forbids (`Do not say “…”.`), with commas between; empty where it forbids none."""
    found = _NEVER.match(sentence.strip())
    if not found:
        return ""
    quoted = [words.strip(" .,") for words in _QUOTED.findall(found["words"])]
    return ", ".join(quoted) if quoted else found["words"].strip(" .")


def who_brings(sentence: str) -> str:
    """Give the name at the beginning of `NAME is opening …`; empty where a sentence tells no such news."""
    found = _NEWS.match(sentence)
    return found["name"] if found and found["name"].split()[0] not in NO_NAME else ""


def said_in_prose(text: str) -> Iterator[tuple[str, str, str]]:
    """List what the sentences of a paragraph say: kind, the words for it, the sentence."""
    for part in sentences(text):
        sentence = part.strip()
        yield from ((kind, words, sentence) for kind, words in _said(sentence))


def _said(sentence: str) -> Iterator[tuple[str, str]]:
    if words := never_said(sentence):
        yield "part:never", words
    if name := who_brings(sentence):
        yield "campaign.company", name
        yield "news.new", sentence
    elif told := _CLIENT.search(sentence):
        yield "campaign.company", told["name"]
    if launched := _LAUNCHED.search(sentence):
        yield "campaign.name", launched["name"]
    if _BEFORE.match(sentence):
        yield "news.until_now", sentence
    yield from ((kind, sentence) for kind in _counted(sentence))
    if _SIGNS.search(sentence) and _PERSON.search(sentence):
        yield "part:approval", sentence


def _counted(sentence: str) -> Iterator[str]:
    """Say what the figures of a sentence are: a day that something starts, an aim, a price, the budget."""
    found = figures(sentence)
    kinds = {one.kind for one in found}
    if _STARTS.search(sentence) and not _ENDS.search(sentence) and any(one.kind == "date" and len(one.value) == 10 for one in found):
        yield "part:launch"
    if _AIM.search(sentence) and kinds & {"number", "percent", "price"}:
        yield "part:objective"
    if _COSTS.match(sentence) and "price" in kinds:
        yield "part:price"
    if _MONEY.match(sentence) and "price" in kinds:
        yield "part:budget"
