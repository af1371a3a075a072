"""What stands in a cell, as the text that a person sees, and the texts of one cell that holds a list. Knows spreadsheet programs, no schema."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any


def said_in(cell: Any) -> tuple[str, str, bool]:
    """Read a cell as the text that a person sees: `(text, why it is none, whether the program made a number or a date of it)`."""
    value = cell.value
    if value is None:
        return "", "", False
    if cell.data_type == "f":
        return "", "this is a formula, and the strategy holds texts: type the text itself, with ' in front if it begins with =", False
    if cell.data_type == "e":
        return "", f"the program shows {value} here: type the text again", False
    if isinstance(value, bool):
        return ("yes" if value else "no"), "", True
    if isinstance(value, datetime):
        return (value.date().isoformat() if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"), "", True
    if isinstance(value, date):
        return value.isoformat(), "", True
    if isinstance(value, time):
        return f"{value:%H:%M}", "", True
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format)), "", True
    return str(value).replace("\r\n", "\n").replace("_x000D_\n", "\n").strip(), "", False


def _number(value: float, written: str) -> str:
    """Write a number as its cell shows it, as far as money and per cent go."""
    if written.endswith("%"):
        return f"{value * 100:g}%"
    plain = (
        f"{value:.2f}" if re.search(r"0\.00(?!0)", written) and value != int(value) else f"{value:.10g}" if value != int(value) else str(int(value))
    )
    sign = re.search(r"[$€£¥]|\[\$([^\]-]+)", written)
    if sign is None:
        return plain
    money = (sign[1] or sign[0]).strip()
    return (
        f"{money}{plain}"
        if len(money) == 1 and written.index(money) < written.find("0")
        else f"{plain} {money}"
        if len(money) == 1
        else f"{money} {plain}"
    )


def items_in(text: str, *, names: bool) -> list[str]:
    """Read the list in a cell: one item a line; short names and addresses also with commas between them."""
    lines = [line for line in text.split("\n") if line.strip()]
    return [part.strip() for line in lines for part in (line.split(",") if names else [line]) if part.strip()]


def is_bare_price(keys: Sequence[str], text: str) -> bool:
    """Whether the program made a price a number that has lost its currency."""
    return tuple(keys[-2:-1]) in (("price",), ("then",)) and text.replace(".", "").isdigit()


def bare_price(text: str) -> tuple[str, str]:
    """Say that a price has lost its currency, and what to do."""
    return f"the program made the number {text} of this price", "format the cell as text and type it as it is quoted"
