"""From proposed edits to a Change: whoever proposes them, only what a person accepted becomes an edit, and then the usual way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from concerted.campaign.facets import Facets, Value
from concerted.campaign.proposed_edit import ASK_FIRST, CERTAIN, NEEDS_WORDING, NO_PROOF, ProposedEdit
from concerted.campaign.proposed_edit import accepted as accepted
from concerted.conductor.changing import Confirm, change_strategy, parse_rows
from concerted.conductor.report import Report, spell
from concerted.conductor.session import Session

WHY_LEFT = {
    NO_PROOF: "no evidence in the strategy supports it",
    ASK_FIRST: "words alone never change this line",
    NEEDS_WORDING: "these are the writer's words, not yet a line",
    "reworded": "these are not the writer's own words",
}
"""Flag -> why a person looks first."""


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


@dataclass(frozen=True, slots=True)
class Taken:
    """The edits of somebody's words that go on, and those that wait for a person. One rule for plan, sheet and change."""

    edits: tuple[ProposedEdit, ...]
    left: tuple[ProposedEdit, ...]

    def rows(self) -> Report:
        """Spell it for a report: what is left out comes with its reason."""
        left = [{**row, "why": why_left(edit)} for edit, row in zip(self.left, proposed_rows(self.left), strict=True)]
        return {"accepted": list(dict.fromkeys(edit.ref for edit in self.edits)), "left_to_a_person": left}


def take_certain(edits: Iterable[ProposedEdit], typed: Mapping[str, Value], lines: Facets) -> Taken:
    """Take the edits that are certain and the lines that a person typed beside them; a typed line stands for what the words ask of it."""
    listed = tuple(edits)
    asked = {edit.ref: edit for edit in reversed(listed)}
    taken = [edit for edit in listed if edit.is_certain and edit.ref not in typed]
    for ref, value in typed.items():
        known = asked.get(ref) or ProposedEdit(ref, lines.get(ref), value, "", "exact")
        flags = tuple(flag for flag in known.flags if flag != NEEDS_WORDING)
        taken.append(replace(known, new=value, certainty="exact", flags=flags))
    done = {edit.ref for edit in taken}
    return Taken(tuple(taken), tuple(edit for edit in listed if edit.ref not in done))


def why_left(edit: ProposedEdit) -> str:
    """Say why an edit is not taken without a person."""
    near = [] if edit.certainty in CERTAIN else ["the words come near this line and do not name it"]
    return "; ".join((*near, *(WHY_LEFT.get(flag, flag) for flag in edit.flags)))


def change_as_accepted(session: Session, edits: tuple[ProposedEdit, ...], confirm: Confirm, **settings: Any) -> Report:
    """Open a Change with edits that a person accepted: plan, question, drafts, landing as for any other. Settings as of `change_strategy`."""
    report = change_strategy(session, accepted(edits), confirm, **settings)
    return {**report, "proposed_edits": proposed_rows(edits)}


def entered(edit: ProposedEdit, ref: str, text: str, lines: Facets) -> ProposedEdit:
    """Give a proposed edit another line or other words, as a person typed them. Raises UserError where the line cannot hold them."""
    rows = parse_rows((f"{ref}={text}",), ()) if text else parse_rows((), (ref,))
    return replace(edit, ref=ref, old=lines.get(ref), new=rows[ref], certainty="exact")
