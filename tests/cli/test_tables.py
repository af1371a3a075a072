"""Legal keeps claims and prices in a workbook, the translators their German in a CSV file: all goes on as with YAML, and their files stay theirs."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill

from concerted.folder import read_folder
from tests.cli.terminal import EXAMPLE, Terminal

FIELDS = ("kind", "full", "short", "short_needs", "short_never_in", "evidence", "recheck", "waiting_for")
CLAIMS = (
    "Short name",
    "Kind",
    "Full form",
    "Short form",
    "Qualifier",
    "Never in",
    "Evidence",
    "Recheck",
    "Waiting for",
    "Cleared us",
    "Cleared de",
    "#Ticket",
)
OFFERS = ("Short name", "Line", "For", "From", "Until", "Ends at", "Terms", "Price us", "Price de", "Then us", "Then de")
LOAN = "claims.loan.full"
MORE = "160 loan bikes stand ready in Portland and Hamburg."
FEW = "140 loan bikes stand ready in Portland and Hamburg."
MAIL = f"""Hi Priya,

the opening price should go from $29 to $24.
{LOAN}: {MORE}

Jo
"""


def _workbook(tree: Any) -> bytes:
    """Write claims and offers as Legal would keep them."""
    made = Workbook()
    sheet: Any = made.worksheets[0]
    sheet.title = "Claims"
    sheet.append(CLAIMS)
    for slug, claim in tree["claims"].items():
        said = [claim.get(field) for field in FIELDS]
        said[4] = ", ".join(said[4]) if said[4] else None
        sheet.append((slug, *said, *(claim.get("cleared", {}).get(market) for market in ("us", "de")), f"LEG-{len(slug)}"))
    sheet["C4"].fill = PatternFill("solid", fgColor="FFFFEE00")
    prices: Any = made.create_sheet("Offers")
    prices.append(OFFERS)
    for slug, offer in tree["offers"].items():
        own = [offer.get(field) for field in ("line", "for", "from", "until", "ends_at", "terms")]
        prices.append((slug, *own, *(offer.get(part, {}).get(market) for part in ("price", "then") for market in ("us", "de"))))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _german(tree: Any) -> str:
    """Write the German wordings as a German spreadsheet program does."""
    rows = [(ref, "" if length == "text" else length, text) for ref, lengths in tree["wordings"]["de"].items() for length, text in lengths.items()]
    quoted = [(ref, length, f'"{text}"' if ";" in text else text) for ref, length, text in rows]
    return "\ufeff" + "".join(f"{';'.join(row)}\r\n" for row in [("Ref", "Länge", "Text"), *quoted])


def into_tables(folder: Path) -> None:
    """Move claims and offers into claims.xlsx and the German into wordings-de.csv, and take them out of the YAML files."""
    tree = read_folder(EXAMPLE).tree
    (folder / "claims.xlsx").write_bytes(_workbook(tree))
    (folder / "wordings-de.csv").write_bytes(_german(tree).encode())
    (folder / "wordings-de.yaml").unlink()
    file = folder / "campaign.yaml"
    text = re.sub(r"(?ms)^(claims|offers):.*?(?=^(#|\w))", "", file.read_text())
    file.write_text(text.replace("include: [wordings-de.yaml]", "include: [claims.xlsx, wordings-de.csv]"))


@pytest.fixture
def tabled(drafted: Terminal) -> Terminal:
    into_tables(drafted.folder)
    (drafted.folder / "mail.txt").write_text(MAIL)
    return drafted


def _sheet(at: Terminal, title: str) -> Any:
    return load_workbook(at.folder / "claims.xlsx")[title]


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _pieces(data: bytes) -> dict[str, list[bytes]]:
    """Take a workbook apart: its parts, each cut before every element, so that two of them can be told apart cell by cell."""
    return {name: part.split(b"<c ") for name, part in _parts(data).items()}


def _other(old: dict[str, list[bytes]], new: dict[str, list[bytes]]) -> list[tuple[str, bytes]]:
    assert {name: len(cut) for name, cut in old.items()} == {name: len(cut) for name, cut in new.items()}
    return [(name, one[:7]) for name, cut in old.items() for one, other in zip(cut, new[name], strict=True) if one != other]


def test_moving_lines_into_tables_changes_nothing(tabled: Terminal) -> None:
    before = tabled.report("history")["versions"]
    report = tabled.report("run")
    assert (report["drafted"], report["change"], tabled.report("plan")["edits"]) == ([], None, [])
    assert tabled.report("history")["versions"] == before
    assert [row["message"] for row in tabled.report("check")["problems"]] == [row["message"] for row in Terminal(EXAMPLE).report("check")["problems"]]


def test_a_mail_changes_a_price_and_a_claim_and_only_their_two_cells(tabled: Terminal) -> None:
    files = {file.name: file.read_bytes() for file in tabled.folder.iterdir() if file.is_file()}
    told = tabled.type("plan", "--file", str(tabled.folder / "mail.txt"))
    assert "offers.first.price.us  in claims.xlsx, Offers:row 2, column Price us" in told.out
    assert "claims.loan.full  in claims.xlsx, Claims:row 4, column Full form" in told.out
    report = tabled.report("change", "--file", str(tabled.folder / "mail.txt"), "--yes")
    assert (report["landed"], sorted(report["written_back"])) == (True, [LOAN, "offers.first.price.us"])
    assert [row["cell"] for row in report["edits"]] == ["claims.xlsx, Offers:row 2, column Price us", "claims.xlsx, Claims:row 4, column Full form"]
    now = {file.name: file.read_bytes() for file in tabled.folder.iterdir() if file.is_file()}
    assert [name for name in {**files, **now} if files.get(name) != now.get(name)] == ["claims.xlsx"]
    cells = _other(_pieces(files["claims.xlsx"]), _pieces(now["claims.xlsx"]))
    assert cells == [("xl/worksheets/sheet1.xml", b'r="C4" '), ("xl/worksheets/sheet2.xml", b'r="H2" ')]
    assert (_sheet(tabled, "Claims")["C4"].value, _sheet(tabled, "Offers")["H2"].value) == (MORE, "$24")
    assert _sheet(tabled, "Claims")["C4"].fill.fgColor.rgb == "FFFFEE00"
    assert tabled.report("plan")["edits"] == []
    tabled.type("change", "--set", f"{LOAN}={FEW}", "--yes")
    assert _sheet(tabled, "Claims")["C4"].value == FEW


def test_the_german_team_works_in_its_table_and_is_asked_when_the_english_changes(tabled: Terminal) -> None:
    table = tabled.folder / "wordings-de.csv"
    old, new = "Abends abgeben, morgens wieder ausliefern.", "Abends abgeben; morgens ausliefern."
    table.write_bytes(table.read_bytes().replace(old.encode(), b'"' + new.encode() + b'"'))
    report = tabled.report("run")
    assert (report["landed"], tabled.report("history")["versions"][-1]["edits"][0]["new"]) == (True, new)
    before = table.read_bytes()
    tabled.type("change", "--set", "positioning.promise@en.h60=Hand it in at night, ride it at dawn.", "--yes")
    answer = f"{tabled.key('wording')}=text:Nachts abgeben, morgens fahren."
    table.write_bytes(before.replace(f'"{new}"'.encode(), b"Nachts hin, morgens los."))
    told = tabled.type("decide", answer)
    assert told.code == 4
    assert "the file says “Nachts hin, morgens los.”; asked for is “Nachts abgeben, morgens fahren.”" in " ".join(told.err.split())
    table.write_bytes(before)
    told = tabled.type("decide", answer)
    assert told.code == 0, told.err
    assert "wordings-de.csv, row" in " ".join(told.out.split()), "whoever answered reads where the answer was written"
    assert table.read_bytes() == before.replace(f'"{new}"'.encode(), b'"Nachts abgeben, morgens fahren."')


def test_a_table_that_somebody_has_open_is_not_written_under_their_hands(tabled: Terminal) -> None:
    mark = tabled.folder / "~$claims.xlsx"
    mark.write_bytes(b"")
    told = tabled.type("change", "--set", f"{LOAN}={MORE}", "--yes")
    assert told.code == 4
    assert "claims.xlsx is open in a spreadsheet program" in told.err
    assert len(tabled.report("history")["versions"]) == 1
    mark.unlink()
    assert tabled.type("change", "--set", f"{LOAN}={MORE}", "--yes").code == 0


def test_what_moved_in_the_table_and_on_the_campaign_is_refused_with_its_cell(tabled: Terminal) -> None:
    book = load_workbook(tabled.folder / "claims.xlsx")
    book["Claims"]["C4"].value = "150 loan bikes stand ready in Portland and Hamburg."
    book.save(tabled.folder / "claims.xlsx")
    told = tabled.type("change", "--set", f"{LOAN}={MORE}", "--yes")
    assert told.code == 4
    assert "write one of them into claims.xlsx, Claims:row 4, column Full form" in " ".join(told.err.split())
    assert _sheet(tabled, "Claims")["C4"].value.startswith("150")


def test_what_a_table_has_no_column_for_is_refused_before_anything_is_stored(tabled: Terminal) -> None:
    told = tabled.type("change", "--set", "claims.loan.until=2027-12-31", "--yes")
    assert told.code == 4
    assert "add a column until to the sheet Claims of claims.xlsx and write into it, row 4: 2027-12-31" in " ".join(told.err.split())
    assert len(tabled.report("history")["versions"]) == 1


def test_the_strategy_as_a_workbook_comes_back_into_the_tables(fresh: Terminal) -> None:
    into_tables(fresh.folder)
    file = fresh.folder / "s.xlsx"
    assert fresh.type("strategy", "out", str(file)).code == 0
    book: Any = load_workbook(file)
    for row in book["Proof"].iter_rows(min_row=2):
        if row[5].value == LOAN:
            row[1].value = MORE
    book.save(file)
    assert fresh.report("strategy", "in", str(file), "--yes")["written_back"] == [LOAN]
    assert _sheet(fresh, "Claims")["C4"].value == MORE


def test_a_mistake_in_a_table_stops_the_command_and_names_its_cell(tabled: Terminal) -> None:
    book = load_workbook(tabled.folder / "claims.xlsx")
    book["Claims"]["H4"].value = "31 Feb"
    book.save(tabled.folder / "claims.xlsx")
    told = tabled.type("run")
    assert told.code == 2
    assert 'claims.xlsx:Claims:row 4, column Recheck: claims.loan.recheck: "31 Feb" is not a date' in " ".join(told.err.split())
    row = next(row for row in tabled.report("check")["problems"] if row["severity"] == "file")
    assert (row["file"], row["line"], row["column"], row["cell"]) == ("claims.xlsx", 4, 8, "Claims:row 4, column Recheck")
    assert "claims.xlsx:Claims:row 4, column Recheck" in tabled.type("check").out
