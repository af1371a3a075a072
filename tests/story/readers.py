"""Copies as they go out to readers and come back, in one line each."""

import json
from pathlib import Path
from typing import Any

from concerted.conductor.clearing import reading_list
from concerted.conductor.returning import review_in
from concerted.conductor.reviewing import Wanted, review_out
from tests.story.stage import DANA, Report, Stage, yes


def hand_out(stage: Stage, reader: str = "", **how: Any) -> Report:
    """Write a copy for a reader."""
    return stage.do(lambda s: review_out(s, Wanted(reader, **how), stage.folder / "copy.html", stage.folder / "copy.docx"))


def take_in(stage: Stage, name: str = "answers.json", by: str = DANA) -> Report:
    """Take a file in, whatever it does."""
    return stage.do(lambda s: review_in(s, stage.folder / name, yes), by)


def save_answers(stage: Stage, copy: str, fields: dict[str, dict[str, Any]], assets: tuple[str, ...] = (), by: str = "") -> Path:
    """Save what the page saves: the hashes are those on the page."""
    page = (stage.folder / "copy.html").read_text()
    rows: list[Report] = []
    for place, said in fields.items():
        seen = page.partition(f'data-place="{place}" data-seen="')[2].partition('"')[0]
        rows.append({"place": place, "seen": seen, "fine": False, "text": None, "comment": "", **said})
    drafts = {asset: page.partition(f'data-asset="{asset}" data-draft="')[2].partition('"')[0] for asset in assets}
    signed = [{"id": asset, "draft": draft, "approve": True} for asset, draft in drafts.items()]
    path = stage.folder / "answers.json"
    path.write_text(json.dumps({"concerted": "review", "copy": copy, "kind": "texts", "by": by, "fields": rows, "assets": signed}))
    return path


def reading_rows(stage: Stage, reader: str = "legal", **how: Any) -> Report:
    """List sentences, into files where wanted."""
    files = how.pop("files", False)
    page = stage.folder / "copy.html" if files else None
    return stage.do(lambda s: reading_list(s, Wanted(reader, **how), page, stage.folder / "list.docx" if files else None))
