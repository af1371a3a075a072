"""What sentences of a brief say without a heading or a label, where their form leaves no doubt. Everything else is left to people."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from concerted.rules.figures import figures
from concerted.rules.segment import sentences

_QUOTED = re.compile(r"[“\"„«]([^”\"“»]{2,60})[”\"“»]")
_NEVER = re.compile(
    r"^(?:please )?(?:(?:do not|don['’]t|never) (?:say|write|use|call it)|avoid (?:the )?(?:words?|phrases?)"
    r"|(?:bitte )?(?:nie|niemals|nicht) (?:sagen|schreiben|verwenden)"
    r"|vermeiden sie (?:(?:die|das|den) )?(?:wörter|worte?|wort|begriffe?))\b:?\s*(?P<words>.+)$",
    re.IGNORECASE,
)
_AIM = re.compile(
    r"\b(?:we (?:want|aim|need|hope|plan)\b|wir (?:wollen|möchten|brauchen)\b)"
    r"|^(?:(?:our|the|unser|das) )?(?:goal|aim|target|objective|ziel) (?:is|ist|sind)\b",
    re.IGNORECASE,
)
_REASON = re.compile(r"(?:,? (?:because|weil)|, (?:since|denn))\b", re.IGNORECASE)
_WORD = r"[A-ZÄÖÜ](?:[\w&'’.-]*[\w&])?"
_NAME = rf"{_WORD}(?: (?:(?:&|of|the|und|and) )*{_WORD})*"
_DOES = (
    r"(?: (?:is|are) (?:launching|opening|introducing|bringing|releasing|starting)| (?:launches|opens|introduces|releases|brings)"
    r"| (?:eröffnet|startet|bringt|veröffentlicht))\b"
)
_NEWS = re.compile(rf"^(?:(?:The|Die|Der|Das) )?(?P<name>{_NAME}\.?){_DOES}")
_CLIENT = re.compile(rf"\b(?:the client|our client|dem Kunden|der Kunde|unser Kunde)(?:,| \(| is| ist)? ?(?P<name>{_NAME})")
_SELF = re.compile(
    rf"(?:^|, )(?:[Ww]e(?: are|['’]re)|[Ww]ir sind)(?: the| die| der| das)? (?P<name>{_NAME})"
    r"(?=[.,;!]|$| (?:and|und|in|from|aus|an?|eine?)\b)"
)
_NOUN = re.compile(
    r"\w+(?:er|en|in|e|is|ung|ln|rn|schaft|[Tt]eam|[Tt]eil)|Expert\w*|British|English|Irish|Scottish|Welsh|American\w*|German\w*|Swiss|French|European\w*"
)
"""What somebody may be without being called so: `Wir sind Marktführer.`, `We are British.`"""
_LAUNCHED = re.compile(rf"\b(?:launch(?:ing|es)?|introduc(?:ing|es?)|releas(?:ing|es?)) (?P<name>{_NAME})(?= (?:on|in|this|at)\b|[.,])")
_SUBJECT = re.compile(r"\b(?P<who>we|they|it)(?: (?:are|is|will|will be|are going to|plan to|want to)|['’](?:re|ll|s))? $", re.IGNORECASE)
_AFTER = re.compile(r"^(?:(?:they|it|sie|es)\b|(?:this|that|das|dies) (?:is|costs?|launches|opens|ist|kostet|startet|eröffnet)\b)", re.IGNORECASE)
_ANSWERED = re.compile(r"\b(?:we|wir)\b.{0,30}\b(?:answer|respond|counter|react|antworten|kontern|reagieren)\b", re.IGNORECASE)
_RIVAL = re.compile(r"\b(?:competitors?|rivals?|wettbewerb\w*|konkurren\w*)\b", re.IGNORECASE)
_OTHER = re.compile(
    r"(?<!years )(?<!year )\bold\b|\b(?:last year|until now|up to now|previous(?:ly)?|former(?:ly)?|used to)\b"
    r"|\b(?:bisher\w*|bislang|vorjahr\w*|letzte[sn]? jahr\w*)\b"
    r"|(?<!jahre )\balte?[nrsm]?\b|\bbut (?:it|this|that)\b|\baber (?:es|das|dies\w*)\b",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"^(?:what we promise|was wir\b[^:.]{0,40}\bversprechen)\b[^:.]{0,60}?(?:\b(?:is|ist)(?: simple| this| einfach)?)\s*:\s*(?P<words>.+)$",
    re.IGNORECASE,
)
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
    words = without_reason(found["words"])
    quoted = [one.strip(" .,") for one in _QUOTED.findall(words)]
    return ", ".join(quoted) if quoted else words.strip(" .")


def without_reason(words: str) -> str:
    """Cut off why words are forbidden; what stands in quotation marks is not looked at."""
    reason = _REASON.search(_QUOTED.sub(lambda quoted: "_" * len(quoted[0]), words))
    return words[: reason.start()] if reason else words


def other_money(sentence: str) -> bool:
    """Tell whether a price or a sum may be one of the past or of a rival."""
    return bool(_OTHER.search(sentence) or _RIVAL.search(sentence))


@dataclass(frozen=True, slots=True)
class Told:
    """What the sentences of a whole brief tell together: whose campaign it is, and which of them are about somebody else, or may be."""

    company: str = ""
    doubtful: frozenset[str] = frozenset()
    """Sentences that state no news, day or price of this campaign, as far as their form goes."""
    after_client: frozenset[str] = frozenset()
    """Sentences right behind one that names the company."""


def told_by(sentences_of: Iterable[str], clients: Iterable[str], rivals: str, own: Iterable[str]) -> Told:
    """Compare all sentences of a brief. `clients` and `own` are companies and campaigns behind a label, `rivals` what is said of others."""
    every = list(sentences_of)
    declared = [*clients, *(name for sentence in every if (name := _declares(sentence)))]
    rivals = "\n".join((rivals, *(sentence for sentence in every if _RIVAL.search(sentence))))
    company = _one_name(declared) if declared else _only_bringer(every, rivals)
    own = [*own, *(name for sentence in every if (name := _launched(sentence, ("we",))))]
    doubtful: set[str] = set()
    behind: set[str] = set()
    before, ours, theirs = "", False, False
    for sentence in every:
        brings = who_brings(sentence)
        mine = bool(brings) and any(_same(brings, name) for name in (company, *own) if name)
        goes_on = _AFTER.match(sentence) is not None
        if ours:
            behind.add(sentence)
        theirs = bool(brings and not mine) or _RIVAL.search(sentence) is not None or (goes_on and (theirs or _OTHER.search(before) is not None))
        if theirs:
            doubtful.add(sentence)
        ours = not theirs and bool(company) and (mine or _same(_declares(sentence), company))
        before = sentence
    return Told(company, frozenset(doubtful), frozenset(behind))


def _declares(sentence: str) -> str:
    """Give the company that a sentence says we are, or the client is; empty where a noun may be meant."""
    found = _SELF.search(sentence)
    if found and (found["name"].split()[0] in NO_NAME or (" " not in found["name"] and _NOUN.fullmatch(found["name"]))):
        found = None
    found = found or (None if who_brings(sentence) else _CLIENT.search(sentence))
    return found["name"] if found else ""


def _only_bringer(every: list[str], rivals: str) -> str:
    """Give the one company that all news are of; empty where we tell other news, or answer to these."""
    bringers = [name for sentence in every if (name := who_brings(sentence))]
    if any(name in rivals for name in bringers) or any(_ANSWERED.search(sentence) or _launched(sentence, ("we",)) for sentence in every):
        return ""
    return _one_name(bringers)


def _one_name(names: list[str]) -> str:
    return names[0] if names and all(_same(names[0], name) for name in names) else ""


def _same(one: str, other: str) -> bool:
    """Compare names; the longer one may go on: `Small Hours Ltd`."""
    short, long = sorted((re.sub(r"^(?:the|die|der|das) ", "", name.casefold()) for name in (one, other)), key=len)
    return bool(short) and f"{long} ".startswith(f"{short} ")


def _launched(sentence: str, whose: tuple[str, ...]) -> str:
    """Give the name of what is launched, where one of these words is who launches it."""
    found = _LAUNCHED.search(sentence)
    subject = _SUBJECT.search(sentence[: found.start()]) if found else None
    return found["name"] if found and subject and subject["who"].casefold() in whose else ""


def who_brings(sentence: str) -> str:
    """Give the name at the beginning of `NAME is opening …`; empty where a sentence tells no such news."""
    found = _NEWS.match(sentence)
    return found["name"] if found and found["name"].split()[0] not in NO_NAME else ""


def said_in_prose(text: str, told: Told) -> Iterator[tuple[str, str, str]]:
    """List what the sentences of a paragraph say: kind, the words for it, the sentence."""
    for part in sentences(text):
        sentence = part.strip()
        yield from ((kind, words, sentence) for kind, words in _said(sentence, told))


def _said(sentence: str, told: Told) -> Iterator[tuple[str, str]]:
    if words := never_said(sentence):
        yield "part:never", words
    if promised := _PROMISE.match(sentence):
        yield "positioning.promise", promised["words"]
    doubtful = sentence in told.doubtful
    if not doubtful:
        yield from _named(sentence, told)
    if _BEFORE.match(sentence) and not doubtful:
        yield "news.until_now", sentence
    yield from ((kind, sentence) for kind in _counted(sentence) if kind == "part:objective" or not doubtful)
    if _SIGNS.search(sentence) and _PERSON.search(sentence):
        yield "part:approval", sentence


def _named(sentence: str, told: Told) -> Iterator[tuple[str, str]]:
    """Say whose campaign it is, what its news are, what it launches."""
    brings = who_brings(sentence)
    named = brings or _declares(sentence)
    client = bool(named and told.company and _same(named, told.company))
    if client:
        yield "campaign.company", named
    if client and brings:
        yield "news.new", sentence
    found = _LAUNCHED.search(sentence) if client and brings else None
    launched = found["name"] if found else _launched(sentence, ("we", "they", "it") if sentence in told.after_client else ("we",))
    if launched:
        yield "campaign.name", launched


def _counted(sentence: str) -> Iterator[str]:
    """Say what the figures of a sentence are: a day that something starts, an aim, a price, the budget."""
    found = figures(sentence)
    kinds = {one.kind for one in found}
    if _STARTS.search(sentence) and not _ENDS.search(sentence) and any(one.kind == "date" and len(one.value) == 10 for one in found):
        yield "part:launch"
    if _AIM.search(sentence) and kinds & {"number", "percent", "price"}:
        yield "part:objective"
    if _COSTS.match(sentence) and "price" in kinds and not other_money(sentence):
        yield "part:price"
    if _MONEY.match(sentence) and "price" in kinds and not other_money(sentence):
        yield "part:budget"
