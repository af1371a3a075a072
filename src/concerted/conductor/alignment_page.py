"""The alignment report as one page that stands alone: no script, no font, no address outside it. It shows the report and decides nothing."""

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

WIDTH, HEIGHT = 640, 96
_PAD = 8
SEVERITIES = {"file": "Stops the file", "release": "Stops the release", "advice": "Advice"}
KINDS = {"fact": "from the strategy", "cleared": "cleared word for word", "free": "free", "unsupported": "unsupported"}


def alignment_page(report: Mapping[str, Any]) -> str:
    """Render what `align` gave as HTML. Everything in it is escaped: what a text says stays text."""
    findings = report["findings"]
    grouped = {label: [row for row in findings if row["severity"] == severity] for severity, label in SEVERITIES.items()}
    return _template().render(
        report=report,
        groups={label: rows for label, rows in grouped.items() if rows},
        line=_line(report["over_time"]),
        width=WIDTH,
        height=HEIGHT,
        kinds=[(label, kind, report["sentences"].get(kind, 0)) for kind, label in KINDS.items()],
        sentences=max(1, sum(report["sentences"].values())),
        reach=_reach(report["coverage"]),
        percent=percent,
    )


def percent(share: float) -> str:
    """Spell a share; never 100 % where something is missing."""
    if share >= 1:
        return "100 %"
    return f"{min(share * 100, 99.9):.1f} %"


@lru_cache(maxsize=1)
def _template() -> Template:
    source = (files("concerted.conductor") / "alignment.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).from_string(source)


def _line(points: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Place the points of the line over time: the lowest share at the bottom, 100 % at the top."""
    if not points:
        return []
    low = min(point["share"] for point in points)
    span = max(1 - low, 0.001)
    step = (WIDTH - 2 * _PAD) / max(1, len(points) - 1)
    return [
        {**point, "x": round(_PAD + number * step, 1), "y": round(_PAD + (1 - point["share"]) / span * (HEIGHT - 2 * _PAD), 1)}
        for number, point in enumerate(points)
    ]


def _reach(cells: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Lay coverage out as a table: a message a row, an audience in a channel a column."""
    columns = list(dict.fromkeys((cell["audience"], cell["channel"]) for cell in cells))
    rows = list(dict.fromkeys(cell["message"] for cell in cells))
    by_place = {(cell["message"], cell["audience"], cell["channel"]): cell for cell in cells}
    return {"columns": columns, "rows": [(row, [by_place[(row, *column)] for column in columns]) for row in rows]}
