"""Figures that never pass through a model: taken out of a prompt, a mark in their place, and put back while the answer comes in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember)"
)
FIGURE = re.compile(
    rf"(?:\S+@\S+|\b(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?|{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}}\. {_MONTH}(?: \d{{4}})?"
    r"|[$€£]\s?\d[\d.,]*\d|[$€£]\s?\d|\d[\d.,:]*(?:\s?(?:%|€|EUR|USD|a\.m\.|p\.m\.|am\b|pm\b|Uhr|Euro))?)"
)
"""What may not be said otherwise: addresses, days, money, numbers."""
MOST = 26
"""So many different figures get a mark: as many as there are letters."""
SLOT = re.compile(r"\[[A-Z]\]")


@dataclass
class Slots:
    """Figures that were taken out of a prompt, by the letter that stands for each."""

    figures: dict[str, str]

    def cut(self, text: str) -> str:
        """Put a slot where a figure stands; the same figure has the same slot."""
        return FIGURE.sub(self._slot, text)

    def _slot(self, found: re.Match[str]) -> str:
        figure = found[0].rstrip(".,:")
        tail = found[0][len(figure) :]
        known = next((slot for slot, held in self.figures.items() if held == figure), "")
        if not known and len(self.figures) >= MOST:
            return found[0]
        slot = known or f"[{chr(ord('A') + len(self.figures))}]"
        self.figures.setdefault(slot, figure)
        return slot + tail


class Filling:
    """Puts figures back into a stream of text. A mark is held until it is whole."""

    def __init__(self, figures: Mapping[str, str]) -> None:
        self._figures = figures
        self._held = ""

    def take(self, text: str) -> str:
        """Take the next piece; gives what is whole."""
        self._held += text
        at = self._held.rfind("[")
        open_mark = at >= 0 and "]" not in self._held[at:] and len(self._held) - at < len("[A]")
        ready, self._held = (self._held[:at], self._held[at:]) if open_mark else (self._held, "")
        return SLOT.sub(lambda found: self._figures.get(found[0], found[0]), ready)

    def end(self) -> str:
        """Give what was held."""
        ready, self._held = self._held, ""
        return ready
