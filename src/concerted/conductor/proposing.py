"""From proposed edits to a Change: whoever proposes them, only what a person accepted becomes an edit, and then the usual way."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from concerted.campaign.facets import Facets
from concerted.campaign.proposed_edit import ProposedEdit
from concerted.campaign.proposed_edit import accepted as accepted
from concerted.conductor.changing import Confirm, change_strategy, parse_rows
from concerted.conductor.report import Report, spell
from concerted.conductor.session import Session

Accept = Callable[[tuple[ProposedEdit, ...]], tuple[ProposedEdit, ...]]
"""Shown proposed edits one by one, gives those that a person accepted, as they accepted them."""


def proposed_rows(edits: Iterable[ProposedEdit]) -> list[Report]:
    """List proposed edits."""
    return [
        {
            "ref": edit.ref,
            "old": spell(edit.old),
            "new": spell(edit.new),
            "quote": edit.quote,
            "certainty": edit.certainty,
            "flags": list(edit.flags),
            "others": list(edit.others),
            "source": edit.source,
        }
        for edit in edits
    ]


def change_as_accepted(session: Session, edits: tuple[ProposedEdit, ...], confirm: Confirm, **settings: Any) -> Report:
    """Open a Change with edits that a person accepted: plan, question, drafts, landing as for any other. Settings as of `change_strategy`."""
    report = change_strategy(session, accepted(edits), confirm, **settings)
    return {**report, "proposed_edits": proposed_rows(edits)}


def entered(edit: ProposedEdit, ref: str, text: str, lines: Facets) -> ProposedEdit:
    """Give a proposed edit another line or other words, as a person typed them. Raises UserError where the line cannot hold them."""
    rows = parse_rows((f"{ref}={text}",), ()) if text else parse_rows((), (ref,))
    return replace(edit, ref=ref, old=lines.get(ref), new=rows[ref], certainty="exact")
