"""Verbs for the first minutes: demo, init, check, catalog, schema. None of them opens the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from concerted.cli.caller import Caller, at_terminal
from concerted.cli.failing import leave, stdin_text
from concerted.cli.script import SCENES
from concerted.cli.verb import verb

if TYPE_CHECKING:
    from concerted.folder.answers import Answers


@verb("concerted demo", "concerted demo --example listening-post", "concerted demo --dir scene --json")
@click.option("--example", type=click.Choice(SCENES), default=SCENES[0], metavar="NAME", help="small-hours (15 assets), or listening-post (107).")
@click.option("--dir", "directory", type=click.Path(path_type=Path), metavar="D", help="Leave the files here; a new folder if not given.")
def demo(caller: Caller, example: str, directory: Path | None) -> None:
    """Play the defining scene on a shipped example.

    Texts are drafted, edited and approved by people; then one line of the strategy changes, 48 hours before launch. At the end each number of the
    change sheet stands beside what happened; the exit code is 1 where one differs.
    """
    from concerted.cli.demo import play

    leave(play(example, directory, caller.as_json))


@verb(
    "concerted init my-campaign --playbook product-launch",
    'concerted init spring --playbook product-launch --by "Priya Raman"',
    "printf '{name: Tidewise, company: Harbour Loop, promise: Your free berths are sold before dusk.}' | "
    "concerted init summer --playbook product-launch --ask",
)
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--playbook", required=True, metavar="P", help="The kind of campaign; concerted catalog lists them.")
@click.option("--ask", is_flag=True, help="Twelve questions to first drafts of your own, asked here or read from --answers or stdin.")
@click.option("--answers", type=click.Path(path_type=Path), metavar="FILE", help="The answers as YAML, one name: text a line; with --ask.")
def init(caller: Caller, directory: Path, playbook: str, ask: bool, answers: Path | None) -> None:
    """Write a campaign file that runs as it is.

    Its answers are invented; replace them by yours, line by line. The comments in the file ask what is needed. With --ask the answers are
    yours from the beginning: what you leave open stays open, and nothing is invented.
    """
    from concerted.bootstrap import day, git_name
    from concerted.catalog import Catalog
    from concerted.cli.pages.beginning import asked_page, init_page
    from concerted.conductor import starting

    folder, today, by = caller.folder / directory, day(caller.today), caller.by or git_name(str(caller.folder))
    if answers and not ask:
        raise click.UsageError("--answers goes with --ask.")
    if ask:
        report = starting.init_from_answers(folder, playbook, today, by, _answers(folder, playbook, (today, by), answers))
        words = starting.phrasing(Catalog(folder), report["language"])
        return caller.answer(report, lambda sheet, told, _names: asked_page(sheet, told, words))
    return caller.answer(starting.init(folder, playbook, today, by), init_page)


def _answers(folder: Path, playbook: str, who: tuple[str, str], file: Path | None) -> Answers:
    """Get the answers from a file, from the person at the terminal, or from what is piped in."""
    from concerted.cli.interview import ask_all
    from concerted.conductor.starting import phrasing, ready_for
    from concerted.folder.answers import answers_of, read_answers

    today, by = who
    catalog = ready_for(folder, playbook, by)
    if file:
        return answers_of(file)
    if at_terminal():
        return ask_all(folder, catalog.questions(), lambda locale: phrasing(catalog, locale), today)
    return read_answers("stdin", stdin_text().encode())


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
