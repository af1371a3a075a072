"""Verbs for the first minutes: demo, init, check, catalog, schema. None of them opens the store."""

from __future__ import annotations

from pathlib import Path

import click

from concerted.cli.caller import Caller
from concerted.cli.failing import leave
from concerted.cli.verb import verb


@verb("concerted demo", "concerted demo --dir scene --json")
@click.option("--dir", "directory", type=click.Path(path_type=Path), metavar="D", help="Leave the files here; a new folder if not given.")
def demo(caller: Caller, directory: Path | None) -> None:
    """Play the defining scene on the shipped example.

    Texts are drafted, edited and approved by people; then one line of the strategy changes, 48 hours before launch.
    """
    from concerted.cli.demo import play

    play(directory, caller.as_json)


@verb("concerted init my-campaign --playbook product-launch", 'concerted init spring --playbook product-launch --by "Priya Raman"')
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--playbook", required=True, metavar="P", help="The kind of campaign; concerted catalog lists them.")
@click.option("--ask", is_flag=True, help="Answer twelve questions instead of editing a file (comes with a later release).")
def init(caller: Caller, directory: Path, playbook: str, ask: bool) -> None:
    """Write a campaign file that runs as it is.

    Its answers are invented; replace them by yours, line by line. The comments in the file ask what is needed.
    """
    from concerted.bootstrap import day, git_name
    from concerted.cli.pages.beginning import init_page
    from concerted.conductor.starting import init as begin

    folder = caller.folder / directory
    report = begin(folder, playbook, day(caller.today), caller.by or git_name(str(caller.folder)), ask=ask)
    caller.answer(report, init_page)


@verb("concerted check", "concerted check --strict", "concerted check --json")
@click.option("--strict", is_flag=True, help="Leave with exit code 1 for anything that would stop a release, or is advice.")
def check(caller: Caller, strict: bool) -> None:
    """Say everything that is wrong or missing in the campaign file.

    Each remark stands with its line and what to do about it. Nothing is drafted.
    """
    from concerted.bootstrap import day
    from concerted.cli.pages.beginning import check_page
    from concerted.conductor.starting import check as examine

    report = examine(caller.folder, day(caller.today))
    severities = {row["severity"] for row in report["problems"]}
    caller.answer(report, check_page, 2 if "file" in severities else 1 if strict and severities else 0)


@verb("concerted catalog", "concerted catalog --json")
def catalog(caller: Caller) -> None:
    """List channels, playbooks, workers, rules and export formats.

    Files in a folder named library beside the campaign come first; the list says which file won.
    """
    from concerted.cli.pages.beginning import catalog_page
    from concerted.conductor.starting import catalog_items

    caller.answer(catalog_items(caller.folder), catalog_page)


@verb("concerted schema")
def schema(caller: Caller) -> None:  # noqa: ARG001  # every verb is given its caller
    """Print the JSON Schema of the campaign file.

    Editors complete and check the file with it.
    """
    from concerted.cli.sheet import write_json
    from concerted.conductor.starting import schema as describe

    write_json(describe())
    leave(0)
