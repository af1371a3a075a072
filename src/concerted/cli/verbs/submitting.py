"""The verb for a brief in prose: submit."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from concerted.cli.caller import Caller, at_terminal
from concerted.cli.verb import verb

if TYPE_CHECKING:
    from concerted.campaign.proposed_edit import ProposedEdit
    from concerted.conductor.submitting import Submission


@verb(
    "concerted submit brief.md",
    "concerted submit brief.md --into spring --adopt all-quoted",
    "concerted submit brief.md --adopt positioning.promise",
    asks=True,
)
@click.argument("brief", type=click.Path(path_type=Path), metavar="BRIEF")
@click.option("--into", type=click.Path(path_type=Path), metavar="DIR", help="The campaign's folder; made where there is none. Here if not given.")
@click.option("--adopt", "refs", multiple=True, metavar="REF", help="Adopt this line, this part, or all-quoted; may be repeated.")
@click.option("--no-model", is_flag=True, help="Read it by rules, even where a model is set.")
def submit(caller: Caller, brief: Path, into: Path | None, refs: tuple[str, ...], no_model: bool) -> None:
    """Read a brief in prose and propose the lines of a strategy.

    A brief is a .md, .txt, .docx or .pdf file. Each line is shown with the words it comes from, or as not in the brief; you adopt,
    edit or skip it, and what you adopt goes into campaign.yaml. --yes adopts all that is quoted.
    """
    from concerted.bootstrap import day, git_name, strategist
    from concerted.catalog import Catalog
    from concerted.cli.pages.brief import adopted_page
    from concerted.conductor import submitting
    from concerted.errors import UserError

    folder = caller.folder / into if into else caller.folder
    by = caller.by or git_name(str(caller.folder))
    submission = submitting.submit(folder, brief, Catalog(folder))
    with nullcontext() if no_model else strategist(folder) as reader:
        if reader is not None:
            submission = submitting.read_again(submission, reader)
    taken = _taken(caller, submission, refs)
    if not by:
        raise UserError("Nobody is named for this.", next='add --by "Your Name", or set git config user.name')
    report = submitting.adopt(submission, taken, by, day(caller.today))
    caller.answer(report, adopted_page)


def _taken(caller: Caller, submission: Submission, refs: tuple[str, ...]) -> tuple[ProposedEdit, ...]:
    """Give the lines to adopt: those named, all quoted ones with `--yes`, else those that a person adopts one by one."""
    from concerted.cli.adopting import ask_each
    from concerted.cli.pages.brief import proposal_page
    from concerted.conductor.submitting import ALL_QUOTED, NotAdopted, chosen, submission_report

    if refs or caller.yes:
        return chosen(submission, refs or (ALL_QUOTED,))
    if at_terminal() and not caller.as_json:
        return ask_each(caller.sheet(), submission, submission_report(submission))
    report = submission_report(submission)
    if not caller.as_json:
        proposal_page(caller.sheet(), report, caller.names())
    raise NotAdopted(report)
