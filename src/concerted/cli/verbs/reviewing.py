"""Reading copies and what comes back on them: review out and in, the reading list, sentences cleared once, a fact promoted to the strategy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from concerted.cli.caller import Caller
from concerted.cli.verb import not_empty, on_change, verb

if TYPE_CHECKING:
    from concerted.conductor.reviewing import Wanted

ACTIONS = ("out", "in", "list")


@verb(
    "concerted review out --for legal --html legal.html --docx legal.docx",
    "concerted review in legal.docx --by 'Dana Marsh' --yes",
    "concerted review list --for legal",
    asks=True,
)
@click.argument("action", type=click.Choice(ACTIONS), metavar="out|in|list")
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE]")
@click.option("--for", "reader", metavar="ROLE", default="", help="For whom: an approval rule, `legal`, or a person; everyone if not given.")
@click.option("--group", "groups", multiple=True, metavar="G", help="Only this group (market.phase); may be repeated.")
@click.option("--audience", "audiences", multiple=True, metavar="A", help="Only texts for this audience; may be repeated.")
@click.option("--changed", is_flag=True, help="Only what changed since the last copy for this reader.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write a page to read, tick and comment in a browser.")
@click.option("--docx", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write a Word file with tracked changes switched on.")
@on_change
def review(
    caller: Caller,
    action: str,
    file: Path | None,
    reader: str,
    groups: tuple[str, ...],
    audiences: tuple[str, ...],
    changed: bool,
    html: Path | None,
    docx: Path | None,
    on: str,
) -> None:
    """Hand drafts out to be read, and take the answers in.

    out writes watermarked copies of drafts that are not released. in reads a copy that came back (DOCX, or the answers saved from the page):
    edits, remarks, ticks; it shows what they would do and asks. list shows each sentence once, with what is cleared.
    """
    from concerted.conductor.reviewing import Wanted

    if (action == "in") != (file is not None):
        raise click.UsageError("Name the file that came back: concerted review in FILE." if file is None else f"{action} reads no file.")
    wanted = Wanted(reader, not_empty(groups, "--group"), not_empty(audiences, "--audience"), changed, on)
    if action == "out":
        _out(caller, wanted, html, docx)
    elif action == "list":
        _list(caller, wanted, html, docx)
    elif file is not None:
        _in(caller, file)


def _out(caller: Caller, wanted: Wanted, html: Path | None, docx: Path | None) -> None:
    from concerted.cli.pages.reviewing import out_page
    from concerted.conductor.reviewing import review_out

    if html is None and docx is None:
        raise click.UsageError("Say where to: --html FILE or --docx FILE.")
    with caller.session("writing") as session:
        report = review_out(session, wanted, html, docx)
    caller.answer(report, out_page)


def _list(caller: Caller, wanted: Wanted, html: Path | None, docx: Path | None) -> None:
    from concerted.cli.pages.reviewing import list_page
    from concerted.conductor.clearing import reading_list

    with caller.session("reading") as session:
        report = reading_list(session, wanted, html, docx)
    caller.answer(report, list_page)


def _in(caller: Caller, file: Path) -> None:
    from concerted.cli.pages.reviewing import ask_page, in_page
    from concerted.conductor.returning import review_in

    caller.asks_with = ask_page
    with caller.session("reading") as session:
        report = review_in(session, file, caller.confirm)
    caller.answer(report, in_page)


@verb("concerted remark")
@click.argument("action", type=click.Choice(("list", "close")), default="list", metavar="[list|close]")
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option("--because", metavar="T", default="", help="Why it is over; kept with the remark.")
def remark(caller: Caller, action: str, keys: tuple[str, ...], because: str) -> None:
    """List the open remarks of readers, or close some.

    close KEY --because TEXT ends one. A remark is over by itself when its sentence changes, when it comes back resolved in Word, and when who made
    it ticks the text.
    """
    from concerted.cli.pages.remarks import remarks_page
    from concerted.conductor.remarks import close_remarks, list_remarks

    if (action == "close") != bool(keys):
        raise click.UsageError("Name the remarks by their keys: concerted remark close KEY..." if action == "close" else "list takes no keys.")
    with caller.session("checking") as session:
        report = close_remarks(session, keys, because) if action == "close" else list_remarks(session)
    caller.answer(report, remarks_page)


@verb(
    "concerted promote landing-page.web.shops.us.-#benefit_2 --to messages.price.support --sentence 'Without your yes, nothing starts.' --yes",
    asks=True,
)
@click.argument("place", metavar="ID#FIELD")
@click.option("--to", required=True, metavar="REF", help="The line of the strategy that it becomes, such as claims.ready or claims.ready.short.")
@click.option("--sentence", default="", metavar="T", help="Which sentence of the field; needed where it is not clear.")
def promote(caller: Caller, place: str, to: str, sentence: str) -> None:
    """Make a sentence of a draft the strategy's own line.

    For when an edit says a fact better: the line is changed once, by a Change, and every text that reads it follows.
    """
    from concerted.cli.pages.run import change_page
    from concerted.conductor.promoting import promote as raise_up

    with caller.session("drafting") as session:
        report = raise_up(session, place, to, sentence, caller.confirm)
    caller.answer(report, change_page)


@verb(
    "concerted clear claims.ready --by 'Dana Marsh'",
    "concerted clear 'Hand in your delivery bike tonight and ride it tomorrow morning.' --by 'Dana Marsh'",
)
@click.argument("sentences", nargs=-1, required=True, metavar="SENTENCE|KEY|CLAIM...")
def clear(caller: Caller, sentences: tuple[str, ...]) -> None:
    """Clear sentences or claims once, wherever they stand.

    Signed, and bound to the words and the facts that they state. review list shows the sentences with their keys.
    Texts of cleared sentences only are then offered: concerted approve --cleared signs them together.
    """
    from concerted.cli.pages.reviewing import clear_page
    from concerted.conductor.clearing import clear as sign

    with caller.session("checking") as session:
        report = sign(session, sentences)
    caller.answer(report, clear_page)
