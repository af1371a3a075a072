"""Did you mean: the nearest known word for a mistyped one."""

from collections.abc import Iterable
from difflib import get_close_matches

MOST = 20
"""So many known words are listed; nobody reads more of them in a message."""


def nearest(word: str, known: Iterable[str], *, near: float = 0.6) -> str:
    """Find the known word that was probably meant, empty where none is near; `near` is 1 for the same word."""
    by_plain = {_plain(item): item for item in known}
    found = get_close_matches(_plain(word), by_plain, n=1, cutoff=near)
    return by_plain[found[0]] if found else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Say what was probably meant, else what is known."""
    names = tuple(known)
    meant = nearest(word, names)
    if meant:
        return f"did you mean {meant}?"
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return f"known: {', '.join(names[:MOST])}{more}" if names else ""


def _plain(word: str) -> str:
    return word.lower().replace("_", "-")
