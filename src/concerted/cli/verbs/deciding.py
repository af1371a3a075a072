"""The verb with which people answer what Changes ask: by keys, or one question after the other."""

from __future__ import annotations

import click

from concerted.cli.caller import Caller, at_terminal
from concerted.cli.verb import on_change, verb


@verb("concerted decide", "concerted decide KEY=take", "concerted decide KEY=leave --because 'Hamburg answers on Monday'", asks=True)
@click.argument("answers", nargs=-1, metavar="[ANSWER]...")
@click.option("--because", default="", metavar="T", help="Your reason; it is kept with the answer.")
@on_change
def decide(caller: Caller, answers: tuple[str, ...], because: str, on: str) -> None:
    """Answer what Changes ask people.

    Without answers it lists the questions; on a terminal it asks them one by one. An ANSWER is KEY=take, KEY=keep or KEY=leave for
    all texts of a question, or for one of them KEY/ID#FIELD=text:YOUR WORDS or KEY/ID#FIELD=redraft:NOTE.
    """
    from concerted.cli.pages.decisions import decisions_page, walked_page
    from concerted.cli.walking import walk
    from concerted.conductor.deciding import decide as answer

    page = decisions_page
    with caller.session("drafting" if answers or caller.yes else "") as session:
        report = answer(session, answers, because=because, defaults=caller.yes, on=on)
        if not answers and not caller.yes and not caller.as_json and at_terminal() and report["decisions"]:
            report, page = walk(caller, session, report, because, on), walked_page
    caller.answer(report, page)
