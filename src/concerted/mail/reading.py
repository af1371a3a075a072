"""A whole mail read against a strategy: proposed edits, what was not understood, what was set aside."""

from dataclasses import dataclass
from datetime import date

from concerted.campaign.facets import Facets
from concerted.campaign.proposed_edit import ProposedEdit
from concerted.mail.letter import SetAside, open_letter
from concerted.mail.matching import reader


@dataclass(frozen=True, slots=True)
class MailReading:
    """What a mail asks for. Every sentence is in exactly one of the three."""

    edits: tuple[ProposedEdit, ...]
    not_understood: tuple[str, ...]
    set_aside: tuple[SetAside, ...]


def read_mail(text: str, facets: Facets, today: date, source: str = "") -> MailReading:
    """Read a plain-text mail without any model."""
    letter, find = open_letter(text), reader(facets, today, source)
    found = [(statement, find.edits(statement)) for statement in letter.statements]
    edits = tuple(edit for _statement, edits in found for edit in edits)
    return MailReading(edits, tuple(statement for statement, edits in found if not edits), letter.set_aside)
