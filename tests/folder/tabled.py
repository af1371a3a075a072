"""Tables beside the invented campaign: workbooks and CSV files as people's programs write them, for the tests of this room."""

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

from concerted.folder import Problem, Source, check, read_files
from tests.folder.lantern import CAMPAIGN, NAMES, TODAY

Rows = Sequence[Sequence[Any]]
HEAD = ("Short name", "Kind", "Full", "Short", "Qualifier", "Never in", "Evidence", "Cleared uk", "Expires", "#Ticket")
SHELVES = ("shelves", "count", "There are 210 shelves.", None, None, None, "plan.pdf", "J. Amis, 2 May", "2027-12-31", "L-17")
ROOMS = ("rooms", "measured", "Nine rooms took a day.", "nine rooms", "Hull, 2026", "sms, linkedin", "plan.pdf p. 2", None, None, "L-18")
WORDINGS = "ref;language;length;text\r\nnews.new;de;;Neu: Es leuchtet.\r\nnews.new;de;h30;Es leuchtet.\r\n"


def book(sheets: Mapping[str, Rows], shape: Callable[[Workbook], object] = lambda _book: None) -> bytes:
    """Write a workbook as somebody would, sheet by sheet."""
    made = Workbook()
    for sheet in made.worksheets:
        made.remove(sheet)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    shape(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def claims(*rows: Sequence[Any], head: Sequence[Any] = HEAD) -> bytes:
    """Write a workbook of claims."""
    return book({"Claims": [head, *rows]})


def files(**tables: bytes | str) -> dict[str, bytes]:
    """Give the campaign with tables that it includes, `claims_xlsx` for claims.xlsx."""
    named = {name[: name.rindex("_")].replace("_", "-") + "." + name.rpartition("_")[2]: data for name, data in tables.items()}
    text = f"include: [{', '.join(named)}]\n{CAMPAIGN}"
    return {"campaign.yaml": text.encode(), **{name: data.encode() if isinstance(data, str) else data for name, data in named.items()}}


def read(**tables: bytes | str) -> Source:
    """Read the campaign with tables."""
    return read_files(files(**tables))


def said(**tables: bytes | str) -> list[str]:
    """Give what check says of the campaign with tables, without its remedies."""
    return [str(Problem(one.message, "", one.ref, one.file, one.line, one.column, one.cell)) for one in problems(**tables)]


def problems(**tables: bytes | str) -> list[Problem]:
    """Check the campaign with tables."""
    return check(read(**tables), TODAY, NAMES)


def rows_of(data: bytes, title: str) -> list[tuple[Any, ...]]:
    """Give the values of a sheet."""
    return list(load_workbook(io.BytesIO(data))[title].iter_rows(values_only=True))
