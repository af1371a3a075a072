"""How German texts address their reader: Sie or du."""

import re
from collections.abc import Mapping

from concerted.rules.segment import sentences

_FORMAL = re.compile(r"\b(?:Sie|Ihnen|Ihr|Ihre[mnrs]?)\b")
_INFORMAL = re.compile(r"\b(?:[Dd]u|[Dd]ich|[Dd]ir|[Dd]ein(?:e[mnrs]?)?|[Ee]uch|[Ee]uer|[Ee]ure[mnrs]?)\b")
_QUOTED = re.compile(r"[„“”\"»«][^„“”\"»«]*[“”\"«»]")
_OPENING = re.compile(r"[\s\"'„“»(\-–•*]*$")


def addresses(texts: Mapping[str, str]) -> dict[bool, tuple[str, str]]:
    """Find how German texts address the reader, formally (true) or not: the field and the first word that does."""
    return {formal: found for formal in (True, False) if (found := _first(texts, formal=formal))}


def _first(texts: Mapping[str, str], *, formal: bool) -> tuple[str, str] | None:
    """Find the first word that addresses the reader so; "Sie" and "Ihr" that open a sentence may mean they and her."""
    for name, text in texts.items():
        for sentence in sentences(_QUOTED.sub(" ", text)):
            for hit in (_FORMAL if formal else _INFORMAL).finditer(sentence):
                if not formal or not _OPENING.fullmatch(sentence[: hit.start()]):
                    return name, hit[0]
    return None
