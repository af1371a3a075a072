"""What the rules are told about a text in the making: where it runs, for whom, and what fills which place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from concerted.campaign.deliverable import NONE, Deliverable, DeliverableType, Visibility
from concerted.rules.case import Subject


@dataclass(frozen=True, slots=True)
class Piece:
    """One asset as the judge sees it: its slot, what its fields are, and its words."""

    deliverable: Deliverable
    kind: DeliverableType | None
    texts: Mapping[str, str]

    @property
    def id(self) -> str:
        """The asset id."""
        return self.deliverable.id

    def subject(self, today: date) -> Subject:
        """Describe it to the rules."""
        return subject_of(self.deliverable, self.kind, self.texts, today)


def subject_of(deliverable: Deliverable, kind: DeliverableType | None, texts: Mapping[str, str], today: date) -> Subject:
    """Describe a deliverable's texts to the rules. A kind that nobody makes (copy from elsewhere) is public and fills no place."""
    return Subject(
        asset=deliverable.id,
        type=deliverable.type,
        channel=_plain(deliverable.channel),
        audience=_plain(deliverable.audience),
        market=_plain(deliverable.market),
        language=deliverable.language,
        visibility=cast(Visibility, kind.visibility) if kind else "public",
        texts={name: text for name, text in texts.items() if text},
        slots={spec.name: spec.slot for spec in kind.fields} if kind else {},
        publish=date.fromisoformat(deliverable.publish) if deliverable.publish else today,
    )


def with_texts(subject: Subject, texts: Mapping[str, str]) -> Subject:
    """Give the same subject with other texts."""
    return replace(subject, texts={name: text for name, text in texts.items() if text})


def _plain(name: str) -> str:
    return "" if name == NONE else name
