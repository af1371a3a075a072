"""A model's reading of a mail, made once and kept as a proposal: plan, sheet and change take the same, and no second call is paid for."""

from concerted.campaign.facets import Facets, hash_value
from concerted.campaign.line import State
from concerted.campaign.proposal import Proposal
from concerted.conductor.proposals import answered, store
from concerted.conductor.session import Session
from concerted.mail import MailReading


def kept_reading(state: State, text: str) -> Proposal | None:
    """Find how a model read these very words; None where none did, or the reading was declined or taken up."""
    mark = _mark(text)
    return next((one for one in state.proposals.values() if one.words == mark), None)


def as_read_today(one: Proposal, lines: Facets) -> MailReading:
    """Give a kept reading beside the values that stand today."""
    return MailReading(one.edits_beside(lines), one.missed, ())


def keep_reading(session: Session, text: str, source: str, model: str, reading: MailReading) -> Proposal:
    """Keep a reading. Raises Refused where too many proposals wait."""
    because = f"{model} read {source}" if source else f"{model} read these words"
    return store(session, Proposal("", model, session.now(), because, words=_mark(text), reading=reading.edits, missed=reading.not_understood))


def close_reading(session: Session, text: str) -> None:
    """Note that a Change was made of a kept reading: it waits no longer."""
    state = session.load()
    one = kept_reading(state, text)
    if one is not None:
        session.append(state, answered(one, session.now(), session.person(), "taken up"))


def _mark(text: str) -> str:
    return hash_value(" ".join(text.split()))
