"""A person's word to writers at work: note, pause."""

from __future__ import annotations

import click

from concerted.cli.caller import Caller
from concerted.cli.verb import verb


@verb("concerted note x-post.x.-.us.- 'Begin with the hour.'", asks=True)
@click.argument("asset", metavar="ID")
@click.argument("text", metavar="TEXT")
def note(caller: Caller, asset: str, text: str) -> None:
    """Tell the writer of a text what should be different.

    A call under way for it is cancelled at its next check-in, and the new one holds your note. A text that stands is written once more.
    """
    from concerted.cli.pages.run import change_page
    from concerted.conductor.steering import note as tell

    with caller.session("drafting") as session:
        report = tell(session, asset, text, caller.confirm)
    caller.answer(report, change_page)


@verb("concerted pause", "concerted pause --resume")
@click.option("--resume", is_flag=True, help="Go on: concerted run writes what is wanted.")
def pause(caller: Caller, resume: bool) -> None:
    """Have no model write until somebody resumes.

    Calls under way are cancelled at their next check-in. Reading, editing, deciding go on.
    """
    from concerted.cli.pages.steering import pause_page
    from concerted.conductor.steering import pause as hold

    with caller.session() as session:
        report = hold(session, resume=resume)
    caller.answer(report, pause_page)
