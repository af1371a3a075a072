"""Whether a sentence wants what it names: "do not push the launch by two weeks" names a move and wants none. English and German."""

import re

from concerted.rules.languages import MONTHS

_NAMED = rf"(?:on|by|to|until|am|um|auf|\d|(?:{'|'.join(MONTHS)})\b)"
_DENIED = re.compile(
    r"(?:\b(?:do|does|did|can|could|will|would|shall|should|must|is|are|was)(?:n['’]?t| not)\b|\b(?:can|won|shan)['’]?t\b|\bcannot\b|\bnever\b"
    r"|\bno (?:need|longer|reason)\b|\bnobody\b|\b(?:is|are|am|be) against\b|(?<!, )(?<!; )(?<!and )\bnot\b(?! only| just)"
    r"|(?<!, )(?<!; )(?<!und )\bnicht\b(?! nur)|\bkein\w*|\bnie(?:mals|mand)?\b|\b(?:ist|bin|sind) (?:da)?gegen\b)"
    rf"(?!.*(?:\bbut (?:rather |instead |only )?{_NAMED}|\bsondern\b|,? it(?:['’]s| is) ))",
    re.IGNORECASE,
)
_INTERRUPTED = re.compile(r"(?:\b(?:not|never|cannot|nicht|nie)|n['’]t),", re.IGNORECASE)
_REPORTED = re.compile(
    r"(?<!\bI )\b(?:wanted|asked|hoped|suggested|proposed|thought|considered|discussed|argued|had planned) (?!to ask\b)(?:\w+ ){0,3}?"
    r"(?:to|about|that|we|it|of|\w+ing|the)\b|\b(?:said|say|says) no\b|\b(?:refused|declined|rejected|turned down|last year|would have)\b"
    r"|\b(?:wollte[nt]?|schlug|überlegten?|dachten?|hätten?|bat|baten)\b|\bsag(?:te|ten|en) nein\b|\bnein gesagt\b|\babgelehnt\b|\bletztes jahr\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|wenn|falls)\b(?! (?:at all )?(?:possible|ok|okay|that works|you can|you could|you don['’]t mind|you like|möglich|es geht))"
    r"|\b(?:unless|whether|in case|provided (?:that|the|we|you|it)|assuming|sofern|ob|es sei denn)\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"\?[\s)\"”“’*_!?]*$")
_OPEN = re.compile(
    r"(?:^|[,:;(–—-]\s?|\b(?:and|but|so|or|also|und|aber|oder)\s)"
    r"(?:should|shall|do|does|did|is(?! it (?:ok|okay|possible))|are|was|what|when|why|how|who|which|soll\w*|ist|sind|wann|warum|wie|was|wer)\b",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"\b(?:(?:can|could|may|might) (?:we|you|i|it)|(?:would|will) you|(?:is|would) it (?:be )?(?:ok|okay|possible))\b"
    r"|\bk[aöo]nn(?:en|ten|t|tet|st|test|te)? (?:wir|ihr|du|sie|ich|man)\b"
    r"|\bwürde\w* (?:ihr|du|sie)\b|\b(?:ok|okay|please|bitte)\s*\?",
    re.IGNORECASE,
)
_CORRECTION = re.compile(rf"\b(?:not|nicht)\b.*(?:\bbut (?:rather |instead |only )?{_NAMED}|\bsondern\b|,? it(?:['’]s| is) )", re.IGNORECASE)
_BREAK = re.compile(r"[,;]\s|\s[–—-]\s|\s(?:but|aber|sondern)\s")


def is_wanted(said: str, statement: str) -> bool:
    """Tell whether a part of a sentence asks for the change that it names, and neither denies, reports, asks about nor only conditions it."""
    if any(form.search(statement) for form in (_INTERRUPTED, _REPORTED, _CONDITION)) or _is_open(statement):
        return False
    start = max(statement.find(said), 0)
    before = _BREAK.split(statement[:start])[-1]
    return not _DENIED.search(before + said)


def is_correction(said: str) -> bool:
    """Tell whether the last of what is named is meant: `not on the 12th but on the 20th`."""
    return bool(_CORRECTION.search(said))


def _is_open(statement: str) -> bool:
    """Tell an open question from a polite request: `should we` from `can we`."""
    return bool(_QUESTION.search(statement)) and bool(_OPEN.search(statement) or not _POLITE.search(statement))
