"""The change sheet: one page to sign before a Change. Its figures are the plan's; here they are only counted and put into sentences."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from jinja2 import Environment, StrictUndefined, Template

from concerted.campaign.printable import printable
from concerted.conductor.report import Report
from concerted.conductor.session import Session
from concerted.conductor.waiting import launch_of
from concerted.planning.effort import span
from concerted.planning.rename import told

if TYPE_CHECKING:
    from docx.document import Document

NAMES = {"de": "German", "fr": "French", "it": "Italian", "es": "Spanish", "nl": "Dutch", "pl": "Polish", "en": "another English length"}


def change_sheet(session: Session, report: Report, titles: Mapping[str, str]) -> Report:
    """Count and spell a plan as a sheet. `titles` names asset types."""
    state = session.load()
    facets = session.facets(state)
    taken = {row["ref"] for row in report["edits"]}
    quotes = {row["ref"]: row for row in report.get("proposed_edits", ()) if row["ref"] in taken}
    found = figures_of(report)
    return {
        "campaign": str(facets.get("campaign.name", "")),
        "change": report.get("change") or "",
        "base": report["base"],
        "made": session.now()[:16].replace("T", " "),
        "by": session.by,
        "launch": launch_of(facets, session.today),
        "quotes": list(dict.fromkeys(row["quote"] for row in quotes.values())),
        "rows": _rows(report, quotes),
        "assets": len(report["assets"]),
        "figures": found,
        "counts": _counts(report),
        "outside": [
            {"title": _title(item["asset"], titles), "note": item["note"]}
            for one in report["decisions"]
            if one["kind"] == "file"
            for item in one["items"]
        ],
        "too_late": [{**row, "title": _title(row["id"], titles), "says": _too_late(row)} for row in report["too_late"]],
        "people": [_share(row) for row in report["people"]],
        "decisions": span(found["decisions"], found["decisions_if_worded_anew"]),
        "asked_says": report["asked_says"],
        "approved_by": report["approved_by"],
        "review_says": _review(report["review"]),
        "options": [_option(row) for row in report["options"]],
        "left_to_a_person": list(report.get("left_to_a_person", ())),
        "not_understood": [row["text"] for row in report.get("not_understood", ())],
        "explained": report["minutes_explained"],
    }


def figures_of(report: Report) -> dict[str, int]:
    """Count a plan the way its run is counted afterwards."""
    actions = [row["action"] for row in report["assets"]]
    wordings = report["older_wordings"]
    return {
        "untouched": actions.count("none"),
        "rewritten": sum(actions.count(one) for one in ("draft", "revise", "reuse")),
        "rechecked": actions.count("recheck"),
        "proposed": actions.count("propose"),
        "waiting": actions.count("hold"),
        "outside": _files(report),
        "blocked": actions.count("block"),
        "retired": actions.count("retire"),
        "too_late": len(report["too_late"]),
        "wordings": len(wordings),
        "decisions": report["asked"]["decisions"],
        "decisions_if_worded_anew": report["asked_if_worded_anew"]["decisions"],
    }


def _files(report: Report) -> int:
    """Count the pieces made outside that are held. They are part of what waits."""
    return sum(len(one["items"]) for one in report["decisions"] if one["kind"] == "file")


def _rows(report: Report, quotes: Mapping[str, Report]) -> list[Report]:
    """List what was and what is now; a renamed entry is one row."""
    read = told((row["ref"], row["old"], row["new"]) for row in report["edits"])
    renamed: list[Report] = [{"ref": new, "was": old, "now": f"{new} (renamed; its texts stay)", "flags": []} for old, new in read.names.items()]
    return [
        *renamed,
        *({"ref": ref, "was": _said(old), "now": _said(new), "flags": quotes.get(ref, {}).get("flags", [])} for ref, old, new in read.besides),
    ]


def _share(row: Report) -> Report:
    """Write one person's share: where it depends on how wordings are answered, as a range."""
    anew = row["if_worded_anew"]
    later = f" ({row['later']} after others)" if row["later"] else ""
    return {
        **row,
        "decisions_say": f"{span(row['decisions'], anew['decisions'])}{later}",
        "minutes_say": span(row["minutes"], anew["minutes"]),
    }


def _counts(report: Report) -> list[Report]:
    found = figures_of(report)
    owned = sum(one["kind"] == "owned text" and len(one["items"]) for one in report["decisions"])
    files = found["outside"]
    languages = list(dict.fromkeys(ref.partition("@")[2].partition(".")[0] for ref in report["older_wordings"]))
    said = [
        (found["untouched"], "untouched"),
        (found["rewritten"], "rewritten: read them"),
        (found["rechecked"], "keep their words and are checked again"),
        (found["proposed"], f"approved or edited, with a proposed edit{f'; {owned} of these texts are people’s own words' if owned else ''}"),
        (files, "made outside and held: somebody says that it is still right, or hands in a new file, which is signed for anew"),
        (found["waiting"] - files, f"waiting for an answer about {_wordings(len(report['older_wordings']), languages)}"),
        (found["too_late"], "of these too late: they have left the house"),
        (found["blocked"], "cannot be written now, or keep their old words"),
        (found["retired"], "go out of the campaign"),
        (len(report["behind_if_left"]), f"stay on the old line if {report['left_says']} unanswered"),
    ]
    return [{"count": count, "says": says} for count, says in said if count]


def _wordings(count: int, languages: Iterable[str]) -> str:
    named = " and ".join(NAMES.get(one, one) for one in languages)
    return f"{count} wording{'' if count == 1 else 's'} ({named})" if named else "a rule"


def _review(review: Report) -> str:
    if not review["covering"]:
        return ""
    hours = review["minutes"] / 60
    few = len(review["covering"])
    left = f"{review['working_hours_left']} working hours are left"
    return f"{review['assets']} assets are about {hours:.1f} h of reading, and {left}: {few} of them cover every message."


def _option(row: Report) -> Report:
    """Write one way as a row of the sheet."""
    when = " after the launch" if row["option"] == "after" else ""
    decisions = span(row["decisions"], row["decisions_if_worded_anew"])
    reading = row["rewritten_minutes"]
    return {
        **row,
        "decisions_say": f"{decisions}{when}",
        "minutes_say": span(row["minutes"] + reading, row["minutes_if_worded_anew"] + reading),
        "old_line": _old_line(row["old_line"]) if row["old_line"] else "nothing",
    }


def _old_line(assets: list[str]) -> str:
    return f"{len(assets)} assets" if len(assets) != 1 else "1 asset"


def _said(value: Any) -> str:
    return "" if value is None else ", ".join(map(str, value)) if isinstance(value, list) else str(value)  # pyright: ignore[reportUnknownArgumentType]  # a list of texts


def _too_late(row: Report) -> str:
    undo = row["undo"] or "Nobody has said how to set it right."
    return f"with {row['to']} since {row['when']}. {undo[:1].upper()}{undo[1:]}"


def _title(asset: str, titles: Mapping[str, str]) -> str:
    kind, _channel, audience, market, variant = (*asset.split("."), "-", "-", "-", "-")[:5]
    where = ", ".join(part for part in (variant, audience, market) if part != "-")
    return f"{titles.get(kind, kind)} ({where})" if where else titles.get(kind, kind)


def sheet_html(sheet: Report) -> str:
    """Render a sheet as one page that stands alone. Everything in it is escaped."""
    return _template().render(s=sheet)


@lru_cache(maxsize=1)
def _template() -> Template:
    source = (files("concerted.conductor") / "sheet.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).from_string(source)


def sheet_docx(sheet: Report) -> bytes:
    """Make a sheet as a Word file."""
    from docx import Document

    page = Document()
    _lay_tight(page)
    page.add_heading("Change sheet", 1)
    launch = f"; launch {sheet['launch']}" if sheet["launch"] else ""
    page.add_paragraph(f"{sheet['campaign']}, on strategy {sheet['base']}, made {sheet['made']} for {sheet['by'] or 'whom it concerns'}{launch}")
    for quote in sheet["quotes"]:
        page.add_paragraph(printable(quote), style="Intense Quote")
    page.add_heading("What changes", 2)
    rows = [(row["ref"] + "".join(f"\n{flag}" for flag in row["flags"]), row["was"] or "nothing", row["now"] or "taken out") for row in sheet["rows"]]
    _table(page, ("Line", "Was", "Now"), rows, (4.6, 6.2, 6.2))
    page.add_heading(f"What happens to {sheet['assets']} assets", 2)
    _table(page, (), [(str(row["count"]), row["says"]) for row in sheet["counts"]], (1.5, 15.5))
    if sheet["outside"]:
        page.add_heading("Made outside", 2)
        _table(page, (), [(row["title"], row["note"]) for row in sheet["outside"]], (5.0, 12.0))
    if sheet["too_late"]:
        page.add_heading("Too late", 2)
        _table(page, (), [(row["title"], row["says"]) for row in sheet["too_late"]], (5.0, 12.0))
    page.add_heading(f"{sheet['decisions']} decisions" if sheet["decisions"] != "1" else "1 decision", 2)
    people = [(r["who"], r["decisions_say"], r["minutes_say"], r["by"]) for r in sheet["people"]]
    _table(page, ("Who", "Decisions", "Minutes", "Needed by"), people, (7.0, 3.0, 3.0, 4.0))
    if sheet["asked_says"]:
        page.add_paragraph(sheet["asked_says"])
    page.add_paragraph(f"All approved again at the earliest: {sheet['approved_by']}, by the answer times that the approval rules agree on.")
    if sheet["review_says"]:
        page.add_paragraph(sheet["review_says"])
    page.add_heading("Three ways", 2)
    ways = [
        (f"{r['name']}: {r['means']}", str(r["assets"]), r["decisions_say"], r["minutes_say"], r["approved_by"], r["old_line"])
        for r in sheet["options"]
    ]
    _table(page, ("Way", "Assets", "Decisions", "Minutes", "All approved", "Stays on the old line"), ways, (6.2, 1.6, 2.5, 2.0, 2.7, 2.0))
    apart = " ".join(f"{row['name'].capitalize()}: {row['apart']}" for row in sheet["options"])
    page.add_paragraph(f"No release holds both lines. {apart}")
    page.add_paragraph(sheet["explained"])
    _left_out(page, sheet)
    page.add_paragraph("Chosen way: ______________________      Name, date: ______________________")
    out = BytesIO()
    page.save(out)
    return out.getvalue()


def _lay_tight(page: "Document") -> None:
    """Set small letters and narrow margins: it is one page to sign."""
    from docx.shared import Cm, Pt
    from docx.styles.style import ParagraphStyle

    plain = cast(ParagraphStyle, page.styles["Normal"])
    plain.font.size, plain.paragraph_format.space_after = Pt(8), Pt(1)
    for name in ("Heading 2", "Intense Quote"):
        tight = cast(ParagraphStyle, page.styles[name]).paragraph_format
        tight.space_before = tight.space_after = Pt(2)
    for name, size in (("Heading 1", 14), ("Heading 2", 9.5)):
        cast(ParagraphStyle, page.styles[name]).font.size = Pt(size)
    cast(ParagraphStyle, page.styles["Heading 1"]).paragraph_format.space_before = Pt(0)
    for section in page.sections:
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin = section.bottom_margin = Cm(1)


def _left_out(page: "Document", sheet: Report) -> None:
    """List what was asked for and is in no figure of the sheet."""
    left = [(row["quote"], f"{row['ref']}: {row['why']}") for row in sheet["left_to_a_person"]]
    left += [(text, "not understood") for text in sheet["not_understood"]]
    if left:
        page.add_heading("Asked for, and not on this sheet", 2)
        _table(page, (), left, (9.0, 8.0))


def _table(page: "Document", header: tuple[str, ...], rows: list[tuple[str, ...]], widths: tuple[float, ...]) -> None:
    """Lay out rows; `widths` are centimetres, and 17 of them fill the page."""
    from docx.shared import Cm, Pt

    if not rows:
        return
    table = page.add_table(rows=0, cols=len(rows[0]), style="Light Grid Accent 1" if header else "Table Grid")
    # Word goes by the cells, LibreOffice by the columns.
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in (header, *rows) if header else rows:
        for cell, text, width in zip(table.add_row().cells, row, widths, strict=True):
            cell.text, cell.width = printable(text), Cm(width)
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
