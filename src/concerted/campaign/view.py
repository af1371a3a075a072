"""A computed view: rows that follow from strategy and texts by arithmetic, with what is wrong in them. Never stored, never drafted."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from concerted.campaign.finding import Finding

Cell: TypeAlias = str | int | Decimal


@dataclass(frozen=True, slots=True)
class View:
    """One table. `formulas` maps a column to a spreadsheet formula in which `{column}` stands for the cell of that column in the same row."""

    slug: str
    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    findings: tuple[Finding, ...] = ()
    formulas: tuple[tuple[str, str], ...] = field(default=())

    def records(self) -> list[dict[str, Cell]]:
        """Give the rows by column name."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]
