"""The verb that reads a mail: proposed edits with what no evidence supports flagged. What a mail says is only looked at, never obeyed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.brief.support import plain
from concerted.campaign.deliverable import Deliverable
from concerted.campaign.facets import Facets, Value
from concerted.campaign.proposed_edit import NO_PROOF, ProposedEdit, accepted, guarded
from concerted.campaign.strategy import leaf_at
from concerted.conductor.changing import lines_of, plan_changes
from concerted.conductor.proposing import proposed_rows, take_certain
from concerted.conductor.report import Report, no_plan
from concerted.conductor.session import Session
from concerted.conductor.ways import Way
from concerted.errors import NotFound, Refused, Unavailable, UserError
from concerted.guard.ledger import ledger
from concerted.mail import MailReading, read_mail
from concerted.rules.lexicon import Lexicon, prepare
from concerted.rules.segment import sentences

if TYPE_CHECKING:
    from concerted.campaign.proposal import Proposal
    from concerted.llm.consulting import Strategist

LONGEST = 100_000
"""Characters of a mail: more is no mail."""
_NO_CLAIM = ("price", "date", "link", "number", "unknown-name", "contact", "left-out", "confidential")
"""Rules whose remarks do not say that somebody claims what nobody proved."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that was read: what it proposes, which sentences were not understood (and whether they claim something), what was set aside."""

    reading: MailReading
    unproven: frozenset[str]
    """Sentences that were not understood and claim what no evidence supports."""
    by: str = ""
    """The model that read it; empty where rules did."""
    at: str = ""
    """When it did, where its reading was kept."""

    @property
    def edits(self) -> tuple[ProposedEdit, ...]:
        """The proposed edits, in the order of the mail."""
        return self.reading.edits

    def rows(self) -> Report:
        """Spell it for a report."""
        missed = [{"text": text, "flags": [NO_PROOF] if text in self.unproven else []} for text in self.reading.not_understood]
        aside = [{"what": one.what, "text": one.text} for one in self.reading.set_aside]
        read_by = {"model": self.by, "at": self.at} if self.by else None
        return {"proposed_edits": proposed_rows(self.edits), "not_understood": missed, "set_aside": aside, "read_by": read_by}


def open_mail(session: Session, file: Path, strategist: Strategist | None = None) -> Mail:
    """Read a mail from a plain-text file against the strategy as it stands: as a model read these words before, else by rules.

    Where a model is given it reads them now, once, and its reading is kept. Raises NotFound, UserError for what is no text; Unavailable or
    Refused where the model that was asked for cannot read it.
    """
    from concerted.conductor.kept_reading import as_read_today, keep_reading, kept_reading

    text = _text(file)
    known, lines = kept_reading(session.load(), text), lines_of(session, session.load())
    if known is None and strategist is not None:
        known = keep_reading(session, text, file.name, strategist.name, read_by_model(strategist, text, lines))
    if known is None:
        return open_words(session, text, file.name)
    return _mail(session, as_read_today(known, lines), lines, known)


def mail_is_done(session: Session, file: Path) -> None:
    """Note that a Change was made of a mail: a model's reading of it waits no longer."""
    from concerted.conductor.kept_reading import close_reading

    close_reading(session, _text(file))


def open_words(session: Session, text: str, source: str = "", strategist: Strategist | None = None) -> Mail:
    """Read somebody's own words: by a model, which must quote them, where one is given and answers; else by rules. Raises UserError for none."""
    if not text.strip() or len(text) > LONGEST:
        raise UserError(
            "There are no words that ask for a change." if not text.strip() else "This is too long for a change.", next="say it in a few sentences"
        )
    lines = lines_of(session, session.load())
    today = date.fromisoformat(session.today)
    reading = (_by_model(strategist, text, lines) if strategist else None) or read_mail(text, lines, today, source)
    return _mail(session, reading, lines)


def _mail(session: Session, reading: MailReading, lines: Facets, known: Proposal | None = None) -> Mail:
    """Flag what claims something that no evidence supports."""
    lexicon, today = prepare(lines), date.fromisoformat(session.today)
    edits = tuple(replace(edit, flags=(*edit.flags, NO_PROOF)) if _claims(edit, lexicon, today) else edit for edit in reading.edits)
    unproven = frozenset(text for text in reading.not_understood if _is_unproven(text, lexicon, today))
    return Mail(replace(reading, edits=edits), unproven, known.by if known else "", known.at if known else "")


def _by_model(strategist: Strategist, text: str, lines: Facets) -> MailReading | None:
    """Read words by a model. None where it is away, or a cap is reached."""
    try:
        return read_by_model(strategist, text, lines)
    except (Unavailable, Refused):
        return None


def read_by_model(strategist: Strategist, text: str, lines: Facets) -> MailReading:
    """Read words by a model; what it quotes for no line that holds is not understood. Raises Unavailable, Refused."""
    from concerted.conductor.strategist import consult_strategist

    found = consult_strategist(strategist, text, lines, "What is asked for")
    quotes = [plain(edit.quote) for edit in found.edits]
    missed = [one.strip() for one in sentences(text) if one.strip() and not any(quote in plain(one) or plain(one) in quote for quote in quotes)]
    return MailReading(tuple(replace(guarded(edit), source=strategist.name) for edit in found.edits), tuple(missed), ())


def _text(file: Path) -> str:
    if not file.is_file():
        raise NotFound(f"There is no file {file}.", next="save the mail as plain text and name that file")
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{file.name} is no plain text in UTF-8.", next="copy the words of the mail into a text file") from error
    if "\0" in text:
        raise UserError(f"{file.name} is no plain text.", next="copy the words of the mail into a text file")
    if len(text) > LONGEST:
        raise UserError(f"{file.name} has {len(text):,} characters; a mail takes {LONGEST:,} at most.", next="keep the part that asks for changes")
    if not text.strip():
        raise UserError(f"{file.name} is empty.", next="copy the words of the mail into it")
    return text


def _claims(edit: ProposedEdit, lexicon: Lexicon, today: date) -> bool:
    """Tell whether a new line claims what no evidence supports; its sentence in the mail counts as well."""
    leaf = leaf_at(edit.ref)
    if leaf is None or not isinstance(edit.new, str) or not (leaf.worded or "@" in edit.ref or leaf.form in ("sentence", "imperative")):
        return False
    return _is_unproven(edit.new, lexicon, today) or _is_unproven(edit.quote, lexicon, today)


def _is_unproven(text: str, lexicon: Lexicon, today: date) -> bool:
    language = lexicon.text("campaign.language").partition("-")[0] or "en"
    rows = ledger({"text": text}, lexicon, Deliverable("strategy", language=language), today)
    return any(finding.rule not in _NO_CLAIM for row in rows if row.kind == "unsupported" for finding in row.findings)


def plan_mail(session: Session, mail: Mail, typed: Mapping[str, Value] | None = None, *, ways: bool = False, option: Way | None = None) -> Report:
    """Plan what `change --yes` would make of a mail: its certain edits, and the lines that were typed beside it. Nothing is written."""
    taken = take_certain(mail.edits, typed or {}, lines_of(session, session.load()))
    rows = accepted(taken.edits)
    plan = plan_changes(session, rows, ways=ways, option=option) if rows else no_plan(session.load())
    return {**plan, **mail.rows(), **taken.rows()}
