"""What a model reads out of people's words, checked line by line: the address, the type, the quote. What is not supported is refused.

Nothing of it is taken: each line goes to a person as a proposed edit.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from concerted.brief.notes import line_value
from concerted.brief.passages import Passage
from concerted.brief.support import REWORDED, SHARE, share, unsupported
from concerted.campaign.facets import Facets
from concerted.campaign.proposed_edit import ASK_FIRST, ProposedEdit
from concerted.campaign.strategy import all_leaves, leaf_at
from concerted.llm.consulting import Answer, Strategist, rows_in

NEVER_READ = ("wordings", "protocol", "deliverables")
"""Parts of a strategy that are nobody's words in a brief or a mail."""
_HELD = ("approvals.", "confidential.")
_HELD_ENDINGS = (".kind", ".in_copy", ".for")


@dataclass(frozen=True, slots=True)
class Consulted:
    """What a model's answer came to."""

    edits: tuple[ProposedEdit, ...]
    refused: tuple[tuple[ProposedEdit, str], ...]
    wanted: tuple[Passage, ...] = ()
    """Kinds of pieces that the words ask for, each with the model's reason as its text."""


def consult_strategist(strategist: Strategist, words: str, lines: Facets, title: str, pieces: Iterable[str] = ()) -> Consulted:
    """Have a model read words against the lines that stand. Raises Unavailable, Refused (a cap), UserError as a call to a model does."""
    told = told_to_strategist(words, lines, title, pieces)
    return asyncio.run(strategist.ask(told, lambda answer: checked(answer, words, lines)))


def told_to_strategist(words: str, lines: Facets, title: str, pieces: Iterable[str] = ()) -> dict[str, object]:
    """Put together what the strategist's prompt says."""
    leaves = [(path, leaf.question) for path, leaf in all_leaves() if not path.startswith(NEVER_READ) and not path.endswith(".was")]
    stands = {ref: value for ref, value in lines.items() if not ref.startswith("channel.")}
    shown = {ref: ", ".join(map(str, value)) if isinstance(value, tuple) else str(value) for ref, value in stands.items()}
    return {"leaves": leaves, "lines": shown, "words": words, "title": title, "pieces": tuple(pieces)}


def checked(answer: Answer, words: str, lines: Facets) -> Consulted:
    """Check an answer against the words it was read from. Raises ValueError where it has not the form that was asked for."""
    edits: dict[str, ProposedEdit] = {}
    refused: list[tuple[ProposedEdit, str]] = []
    for row in rows_in(answer, "lines", "ref", "value", "quote"):
        edit, why = _checked(row, words, lines)
        if not why and edit.ref in edits:
            why = "another line of the answer is about the same"
        if why:
            refused.append((edit, why))
        elif edit.old != edit.new:
            edits[edit.ref] = edit
    pieces = [row for row in rows_in(answer, "pieces", "type", "why", "quote") if not unsupported("", row["quote"] or "", words)]
    wanted = [Passage("part:deliverables", row["type"] or "", row["quote"] or "", "") for row in pieces]
    return Consulted(tuple(edits.values()), tuple(refused), tuple(wanted))


def _checked(row: Mapping[str, str | None], words: str, lines: Facets) -> tuple[ProposedEdit, str]:
    ref, text, quote = (row["ref"] or "").strip(), row["value"], " ".join((row["quote"] or "").split())
    edit = ProposedEdit(ref, lines.get(ref), text, quote, "normalised")
    leaf = leaf_at(ref)
    if leaf is None or "*" in ref or ref.startswith(NEVER_READ):
        return edit, "there is no such line"
    if text is None:
        why = unsupported("", quote, words) or ("" if ref in lines else "there is nothing to take out")
        return edit, why
    value = line_value(ref, text)
    if value is None:
        return edit, "the line cannot hold it"
    why = unsupported("" if leaf.names or ref.endswith(_HELD_ENDINGS) else text, quote, words)
    flags = (REWORDED,) if not leaf.names and share(text, quote) < SHARE else ()
    held = (ASK_FIRST,) if ref.startswith(_HELD) or ref.endswith(_HELD_ENDINGS) or leaf.role == "guardrail" else ()
    return ProposedEdit(ref, lines.get(ref), value, quote, "normalised", (*flags, *held)), why
