"""What one sentence asks for, by its form: this instead of that, a line named and given, a line dropped, words banned. No strategy here."""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from concerted.mail import words

AskKind: TypeAlias = Literal["line", "set", "drop", "ban", "swap", "say"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One form found in a sentence. `new` and `old` are words, `about` names what is meant; what is not said is empty."""

    kind: AskKind
    new: str = ""
    old: str = ""
    about: str = ""
    quoted: bool = False
    """The new words stand in quotation marks: they are meant word for word."""


_QUOTED = r"(?:“[^”]+”|„[^“”]+[“”]|\"[^\"]+\"|»[^«]+«|«[^»]+»|‘[^’]+’)"
_Q = re.compile(_QUOTED)
_LEAD = re.compile(
    r"^(?:[^:.“\"„]{0,60}:\s+)?(?:and|also|but|oh|ps|p\.s\.|please|one more thing|lastly|finally|then|so|und|außerdem|bitte"
    r"|first(?:ly)?|second(?:ly)?|third(?:ly)?|erstens|zweitens|drittens)[,: ]+\s*",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"^(?:and |but |so )?(?:can|could|shall|should|may|would it be possible|might) (?:we|you|i|us)(?: all)?(?: please| maybe| perhaps| just)?\s+|"
    r"^(?:i|we)(?:'d| would| want| need)(?: rather| really)?(?: like| want| love)?(?: us| you)?(?: to)?\s+|"
    r"^(?:let's|let us|let me|please|maybe|perhaps|können wir|könnten wir|lasst uns|wir sollten|we should|you should|bitte)\s+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:,? please|,? bitte|,? thanks|,? ok|,? okay|,? right)?[\s?!.]*$", re.IGNORECASE)
_SIDE = re.compile(r"^[^:“\"„]{1,60}:\s+(?=(?:can|could|let|please|i|we|drop|say|use|the|make|move|kann|können|bitte)\b)", re.IGNORECASE)

_REF = re.compile(r"^(?P<about>[a-z_]+(?:\.[\w@-]+)+)\s*[:=]\s*(?P<new>.+)$")
_SET = re.compile(
    r"^(?:(?:set|put|move|raise|lower|change|make|bring|push|extend|shift|postpone|cut|setzt|verschieb\w*)\s+)?"
    r"(?P<about>(?:the |our |a |new |der |die |das |den )*[\w'’./ -]{3,60}?)(?: line| sentence| up| down)?\s*"
    rf"(?:{words.SET}(?:\s+(?:now|to|be|read))?)\s+(?P<new>.+)$",
    re.IGNORECASE,
)
_DROP = re.compile(
    rf"^(?:{words.REMOVE})\s+(?P<about>.+?)(?:\s+(?:out|weg|raus))?$|^(?:take|leave|nehmt)\s+(?P<about2>.+?)\s+(?:out|away|off|raus|weg)$",
    re.IGNORECASE,
)
_BAN = re.compile(
    rf"^(?:{words.BAN})\s+(?:the words?\s+)?(?P<new>.+?)(?:\s+(?:again|anymore|any more|anywhere|any longer))?"
    r"(?:\s*[,;–—]\s*(?:but |instead |rather |sondern )?(?:we|it's|say|use|call it|wir|sagt)\b.*)?$",
    re.IGNORECASE,
)
_SAY = re.compile(rf"^(?:{words.SAY})(?:\s+that)?\s+(?P<new>.+)$", re.IGNORECASE)
_PUT = r"(?:it should be |it's |say |make it |use |write |put |we say |sagt |sagen wir )?"
_SWAPS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"^(?:replace|swap|exchange|ersetz\w*)\s+(?P<old>.+?)\s+(?:with|by|for|durch)\s+(?P<new>.+)$",
        r"^(?:change|turn|ändert|ändern wir)\s+(?P<old>.+?)\s+(?:to|into|in|zu)\s+(?P<new>.+)$",
        rf"^{_PUT}(?P<new>.+?),? (?:instead of|rather than|in place of|statt|anstelle von|and not|und nicht)\s+(?P<old>.+)$",
        r"^(?:it is |it's |es ist )?(?:not|nicht)\s+(?:just |only |nur )?(?P<old>.+?),?\s+(?:but|sondern)\s+(?P<new>.+)$",
        rf"^(?:instead of|statt)\s+(?P<old>.+?)(?:,| lieber)\s*{_PUT}(?P<new>.+)$",
        rf"^{_PUT}(?P<new>.+?),\s+not\s+(?:just |only )?(?P<old>.+)$",
        r"^(?:(?:from|von)\s+)(?P<old>.+?)\s+(?:to|auf)\s+(?P<new>.+)$",
        r"^(?P<old>.+?)\s+(?:should (?:be|become|read|say)|must (?:be|become)|becomes|soll(?:te)? .{0,10}heißen)\s+(?P<new>.+)$",
    )
)


def core_of(statement: str) -> str:
    """Take politeness off a sentence: "Small thing: can we say X, please?" is "say X"."""
    text = _TAIL.sub("", statement.strip())
    text = _SIDE.sub("", text)
    text = _LEAD.sub("", text)
    for _ in range(2):
        text = _POLITE.sub("", text)
    return text.strip()


def asks(statement: str) -> tuple[Ask, ...]:
    """List the forms that a sentence has, the most telling first. Whether one of them fits is for the strategy to say."""
    core = core_of(statement)
    found: list[Ask] = []
    if hit := _REF.match(statement.strip().rstrip()):
        found.append(Ask("line", bare(hit["new"]), about=hit["about"]))
    if hit := _BAN.match(core):
        found.append(Ask("ban", bare(hit["new"])))
    if hit := _DROP.match(core):
        found.append(Ask("drop", about=bare(hit["about"] or hit["about2"])))
    swaps = [hit for form in _SWAPS if (hit := form.match(core))]
    found += [Ask("swap", bare(hit["new"]), bare(hit["old"]), core[: hit.start("new")], bool(_Q.search(hit["new"]))) for hit in swaps]
    if hit := _SET.match(core):
        found.append(Ask("set", bare(hit["new"]), about=hit["about"].strip(), quoted=bool(_Q.fullmatch(hit["new"].strip()))))
    quoted = _Q.findall(statement)
    if hit := _SAY.match(core):
        found.append(Ask("say", bare(hit["new"]), about=core, quoted=bool(_Q.search(hit["new"]))))
    elif len(quoted) == 1:
        found.append(Ask("say", bare(quoted[0]), about=_Q.sub(" ", core), quoted=True))
    return tuple(found)


def bare(text: str) -> str:
    """Take off quotation marks around words, emphasis inside them, and what only ends the sentence."""
    text = text.strip()
    inside = _Q.search(text)
    if inside and len(inside[0]) >= 0.6 * len(text):
        return re.sub(r"[*_]", "", inside[0][1:-1]).strip()
    text = re.sub(r"(?<!\w)[*_]+|[*_]+(?!\w)", "", text)
    return text.strip().strip(",;").strip('“”„"»«').strip()
