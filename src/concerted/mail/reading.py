"""A whole mail read against a strategy: proposed edits, what was not understood, what was set aside."""

from dataclasses import dataclass
from datetime import date

from concerted.campaign.facets import Facets
from concerted.campaign.proposed_edit import ProposedEdit
from concerted.mail.letter import SetAside, open_letter
from concerted.mail.matching import reader


@dataclass(frozen=True, slots=True)
class MailReading:
    """What a mail asks for. Every sentence is in one of the three; of one read only in part, the clause that was not is listed as well."""

    edits: tuple[ProposedEdit, ...]
    not_understood: tuple[str, ...]
    set_aside: tuple[SetAside, ...]


def read_mail(text: str, facets: Facets, today: date, source: str = "") -> MailReading:
    """Read a plain-text mail without any model."""
    letter, find = open_letter(text), reader(facets, today, source)
    found = [(statement, find.edits(statement)) for statement in letter.statements]
    edits = tuple(edit for _statement, edits in found for edit in edits)
    missed = tuple(part for statement, edits in found for part in (find.unread(statement) if edits else (statement,)))
    return MailReading(edits, missed, letter.set_aside)
