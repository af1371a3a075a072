"""A reading copy as one HTML page that stands alone: to read, tick, comment, and to save the answers as a small file."""

import json
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from concerted.review.reading_copy import WATERMARK, ReadingCopy


def page(copy: ReadingCopy) -> bytes:
    """Lay a copy out as HTML. Everything in it is escaped: what a text says stays text."""
    head = {"concerted": "review", "copy": copy.id, "kind": copy.kind}
    html = _template().render(copy=copy, watermark=WATERMARK, answers=_script_safe(json.dumps(head)))
    return html.encode("utf-8", "replace")


def _script_safe(data: str) -> str:
    return data.replace("<", "\\u003c")


@lru_cache(maxsize=1)
def _template() -> Template:
    source = (files("concerted.review") / "page.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).from_string(source)
