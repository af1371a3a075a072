"""What a machine may put right by itself: the brand's own word for another, double spaces, straight quotation marks. Nothing else."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from concerted.campaign.deliverable import NONE
from concerted.guard.judge import judge
from concerted.guard.subject import Piece
from concerted.rules.lexicon import Lexicon, Phrase, as_text
from concerted.rules.links import link_spans, mail_spans
from concerted.rules.reading import find_run, words_of

_DOUBLE = re.compile(r"(?<=\S) {2,}(?=\S)")
_QUOTED = re.compile(r'(?<![\w"])"(?=\S)([^"\n]*?)(?<=\S)"(?![\w"])')
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_MARKS = {"de": "„“", "en": "“”"}


@dataclass(frozen=True, slots=True)
class Mend:
    """One field put right: its words before and after, and what was done."""

    asset: str
    field: str
    before: str
    after: str
    done: tuple[str, ...]


def mends(piece: Piece, names: Iterable[str], lexicon: Lexicon, today: date) -> tuple[Mend, ...]:
    """Propose what is safe for these fields of an asset. Where mending would bring a new finding, the words stay as they are."""
    quotes = [words_of(as_text(value)) for path, value in lexicon.facets.items() if path.startswith("people.") and ".quote" in path]
    found: list[Mend] = []
    for name in names:
        text = piece.texts.get(name, "")
        after, done = _mended(piece, name, text, lexicon)
        if after != text and not any(find_run(words_of(text), quote) >= 0 for quote in quotes) and not _hurts(piece, name, after, (lexicon, today)):
            found.append(Mend(piece.id, name, text, after, done))
    return tuple(found)


@lru_cache(maxsize=64)
def _writes_straight(lexicon: Lexicon) -> bool:
    """Tell whether the strategy itself is written with straight marks: then that is how this team writes."""
    return any(_APOSTROPHE.search(fact.text) or '"' in fact.text for fact in lexicon.facts)


def _mended(piece: Piece, name: str, text: str, lexicon: Lexicon) -> tuple[str, tuple[str, ...]]:
    german = piece.deliverable.language == "de"
    steps: list[tuple[str, Callable[[str], str]]] = [
        ("the brand's own word", lambda part: _preferred(part, lexicon.preferred, german=german)),
        ("one space", lambda part: _DOUBLE.sub(" ", part)),
    ]
    if not _writes_straight(lexicon) and not _is_billed(piece, name, lexicon):
        steps.append(("typographic marks", lambda part: _typographic(part, _MARKS["de" if german else "en"])))
    done: list[str] = []
    for what, step in steps:
        after = _outside_links(text, step)
        if after != text:
            done.append(what)
            text = after
    return text, tuple(done)


def _is_billed(piece: Piece, name: str, lexicon: Lexicon) -> bool:
    """Tell whether a typographic mark costs money here: it turns a text message into twice as many."""
    slot = next((spec.slot for spec in piece.kind.fields if spec.name == name), "") if piece.kind else ""
    path = f"channel.{piece.deliverable.channel}.{slot}.count"
    return piece.deliverable.channel == "sms" or (piece.deliverable.channel != NONE and lexicon.text(path) == "sms-segments")


def _outside_links(text: str, step: Callable[[str], str]) -> str:
    """Mend what stands between links and mail addresses."""
    parts: list[str] = []
    place = 0
    for start, end in sorted((*link_spans(text), *mail_spans(text))):
        parts += [step(text[place:start]), text[start:end]]
        place = end
    return "".join((*parts, step(text[place:])))


def _typographic(text: str, marks: str) -> str:
    return _APOSTROPHE.sub("’", _QUOTED.sub(lambda hit: f"{marks[0]}{hit[1]}{marks[1]}", text))


def _preferred(text: str, phrases: Iterable[Phrase], *, german: bool) -> str:
    """Put the brand's word for another; in German, where endings agree, only in the very form that the strategy names."""
    for phrase in phrases:
        if phrase.instead:
            plural = "" if german else "s?"
            form = re.compile(rf"(?<![\w-]){re.escape(phrase.text)}({plural})(?![\w-])", re.IGNORECASE)
            text = form.sub(lambda hit, say=phrase.instead: _as_written(hit[0], say) + hit[1], text)
    return text


def _as_written(found: str, say: str) -> str:
    return say[:1].upper() + say[1:] if found[:1].isupper() else say


def _hurts(piece: Piece, name: str, after: str, under: tuple[Lexicon, date]) -> bool:
    """Tell whether the mended words bring a finding that was not there."""
    before = {(finding.rule, finding.field) for finding in judge(piece, *under).findings}
    mended = judge(Piece(piece.deliverable, piece.kind, {**piece.texts, name: after}), *under)
    return any((finding.rule, finding.field) not in before for finding in mended.findings)
