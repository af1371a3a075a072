"""Keys of providers: read from the environment at the moment of a call, never kept, and struck out of whatever somebody else says."""

import os
import re
from dataclasses import dataclass

from concerted.errors import UserError

STRUCK = "[key]"
_LIKE_A_KEY = re.compile(r"\b(?:sk|pk|rk|key|gsk|xai|hf|AIza)[-_A-Za-z0-9*]{8,}")
"""How keys of well-known providers begin; providers repeat parts of a wrong key in their messages."""


@dataclass(frozen=True, slots=True)
class Key:
    """The name of a key, and nothing else: the key itself is looked up each time."""

    variable: str
    endpoint: str = ""

    def reveal(self) -> str:
        """Look the key up; empty where none is needed. Raises UserError where it is needed and not there."""
        if not self.variable:
            return ""
        value = os.environ.get(self.variable, "").strip()
        if not value:
            raise UserError(
                f"{self.endpoint or 'The model'} needs a key and {self.variable} is not set.",
                next=f"export {self.variable}=...   (it is read from the environment and kept nowhere)",
            )
        return value

    @property
    def is_set(self) -> bool:
        """Tell whether a call could be made."""
        return not self.variable or bool(os.environ.get(self.variable, "").strip())

    def strike(self, text: str, most: int = 300) -> str:
        """Shorten what a provider said to one line, with the key and everything that looks like one struck out."""
        value = os.environ.get(self.variable, "").strip() if self.variable else ""
        said = " ".join(text.split())
        if value:
            said = said.replace(value, STRUCK)
        return _LIKE_A_KEY.sub(STRUCK, said)[:most]
