"""Which texts a document can hold: XML takes no control characters, and a spreadsheet runs what looks like a formula. No format is known here."""

import re

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")

LONGEST = 32_767
"""Characters that a spreadsheet's cell holds."""
STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)*|-")


def is_run(text: str) -> bool:
    """Tell whether a spreadsheet would run a text of a CSV file as a formula. Numbers are none."""
    return text.startswith(STARTS) and not _PLAIN.fullmatch(text)


def printable(text: str, instead: str = "") -> str:
    """Put something else in the place of what no document may hold; nothing, if not said."""
    return _UNPRINTABLE.sub(instead, text)
