"""Which characters a document can hold: Word files and workbooks are XML, and XML takes no control characters. No format is known here."""

import re

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


def printable(text: str, instead: str = "") -> str:
    """Put something else in the place of what no document may hold; nothing, if not said."""
    return _UNPRINTABLE.sub(instead, text)
