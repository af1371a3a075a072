"""What `init --ask` says, in the language of the campaign where it is known: questions, examples, reasons, mistakes. The words are data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from concerted.campaign.leaf import Leaf
from concerted.campaign.written_days import spelled
from concerted.errors import Problem, UserError


@dataclass(frozen=True, slots=True)
class Phrasing:
    """The words of one language, as `library/asking.<language>.yaml` holds them."""

    language: str
    words: Mapping[str, Any]

    def line(self, name: str, **values: object) -> str:
        """Give one line that stands around the questions."""
        return str(self.words["lines"][name]).format_map(values)

    def about(self, about: str) -> str:
        """Say what one of the twelve questions is about."""
        return str(self.words.get("abouts", {}).get(about, about))

    def label(self, name: str) -> str:
        """Name an answer in one or two words."""
        return str(self.words["labels"][name])

    def asking(self, name: str, leaf: Leaf) -> Leaf:
        """Give what the schema says about a line, in these words."""
        said: Mapping[str, str] = self.words["answers"].get(name, {})
        return replace(
            leaf,
            question=said.get("question", leaf.question),
            why=said.get("why", leaf.why),
            good=said.get("good", leaf.good),
            who_knows=said.get("who", leaf.who_knows),
        )

    def wrong(self, kind: str, name: str, leaf: Leaf, **values: object) -> UserError:
        """Say why an answer cannot stand, and what could."""
        message, remedy = (str(part).format_map({"good": leaf.good, **values}) for part in self.words["mistakes"][kind])
        return UserError("This cannot stand.", problems=[Problem(message, remedy, name)])

    def remark(self, kind: str, **values: object) -> str:
        """Say what two answers say against each other."""
        return str(self.words["remarks"][kind]).format_map(values)

    def day(self, day: str) -> str:
        """Write a stored day with its month as a word."""
        return spelled(day, self.language)
