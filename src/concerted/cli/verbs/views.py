"""The verb that shows what is computed: calendar, media plan, counted links, measurement plan, run of show."""

from __future__ import annotations

from pathlib import Path

import click

from concerted.cli.caller import Caller
from concerted.cli.verb import verb


@verb("concerted view calendar", "concerted view run-of-show --xlsx monday.xlsx", "concerted view media --json")
@click.argument("name", metavar="NAME")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path, dir_okay=False), metavar="F", help="Also write it to this CSV file.")
@click.option("--xlsx", "xlsx_file", type=click.Path(path_type=Path, dir_okay=False), metavar="F", help="Also write it to this XLSX file.")
def view(caller: Caller, name: str, csv_file: Path | None, xlsx_file: Path | None) -> None:
    """Compute a view: calendar, media, utm, measurement, run-of-show.

    From the campaign as it stands, with every check that fails. Nothing of it is drafted or stored; export writes those of a release.
    """
    from concerted.cli.pages.views import view_page
    from concerted.conductor.viewing import look, save_view, view_report

    with caller.session() as session:
        found = look(session, name)
        files = save_view(session, found, csv_file, xlsx_file)
    caller.answer({**view_report(found), "files": files}, view_page)
