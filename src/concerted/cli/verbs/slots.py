"""Handing in what people and agencies make."""

from __future__ import annotations

from pathlib import Path

import click

from concerted.cli.caller import Caller
from concerted.cli.verb import not_empty, on_change, verb


@verb(
    "concerted slot picture.web.-.us.hero hero.png --words 'In tonight. Out by six.' --alt 'A repaired bike on the counter' --rights 'Studio Nord'",
    "concerted slot booth.-.-.us.wall wall.pdf --words '$29 a repair' --shows offers.first.price.us --expires 2027-12-31",
)
@click.argument("asset", metavar="ID")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--words", metavar="T", default="", help="The words that are in it, as they stand there. They are judged like any text.")
@click.option("--alt", metavar="T", default="", help="What stands for it where it cannot be seen.")
@click.option("--rights", metavar="WHO", default="", help="Who holds the rights.")
@click.option("--expires", metavar="DATE", default="", help="The last day on which it may be used, such as 2027-12-31.")
@click.option(
    "--shows", metavar="REF,REF", default=(), multiple=True, help="Lines of the strategy that it shows: when one changes, somebody is asked."
)
@on_change
def slot(caller: Caller, asset: str, file: Path, words: str, alt: str, rights: str, expires: str, shows: tuple[str, ...], on: str) -> None:
    """Hand in a file that a person or an agency made.

    It stays where it is: its hash tells whether it is still the same. A Change that asks about it takes the new file as the answer.
    """
    from concerted.cli.pages.slots import handed_page
    from concerted.conductor.slots import Said, hand_in

    refs = tuple(ref.strip() for part in not_empty(shows, "--shows") for ref in part.split(",") if ref.strip())
    with caller.session() as session:
        report = hand_in(session, asset, file, Said(words, alt, rights.strip(), expires.strip(), refs), on)
    caller.answer(report, handed_page)
