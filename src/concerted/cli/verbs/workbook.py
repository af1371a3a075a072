"""The strategy as a workbook: out to people who do not write YAML, and in again as a Change."""

from __future__ import annotations

from pathlib import Path

import click

from concerted.cli.caller import Caller
from concerted.cli.verb import verb


@verb("concerted strategy out strategy.xlsx", "concerted strategy in strategy.xlsx --yes", asks=True)
@click.argument("way", type=click.Choice(["out", "in"]), metavar="out|in")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.xlsx")
def strategy(caller: Caller, way: str, file: Path) -> None:
    """Write the strategy as a workbook, or take one back.

    One tab a subject, one row a question. Back in, each answer that differs is an edit: the plan is shown, and a Change drafted, as with
    change. Out and in again without an edit changes nothing. What moved on the campaign meanwhile is never overwritten.
    """
    from concerted.cli.pages.workbook import in_page, out_page
    from concerted.conductor.strategy_workbook import strategy_in, strategy_out

    with caller.session("drafting" if way == "in" else "") as session:
        report = strategy_out(session, file) if way == "out" else strategy_in(session, file, caller.confirm, defaults=caller.yes)
    caller.answer(report, out_page if way == "out" else in_page)
