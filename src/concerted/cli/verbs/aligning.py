"""Holding words against the strategy: any text, copy from elsewhere, all texts side by side."""

from __future__ import annotations

from pathlib import Path

import click

from concerted.cli.caller import Caller
from concerted.cli.failing import stdin_text
from concerted.cli.verb import verb


@verb(
    "concerted judge-text 'Everybody is ready at six, guaranteed.' --channel linkedin --market us",
    "concerted judge-text - --market us < post.txt",
)
@click.argument("text", metavar="TEXT")
@click.option("--channel", metavar="SLUG", default="", help="Where it would run.")
@click.option("--market", metavar="SLUG", default="", help="For which market.")
@click.option("--audience", metavar="SLUG", default="", help="For which audience.")
@click.option("--field", metavar="NAME", default="", help="Which place of the channel it fills, such as subject.")
@click.option("--meaning", is_flag=True, help="Also by what sentences mean: off-topic, or the old line in other words. English.")
def judge_text(caller: Caller, text: str, channel: str, market: str, audience: str, field: str, meaning: bool) -> None:
    """Hold any text against the strategy.

    Findings with their remedy, and sentence by sentence what it states. TEXT can be a file (.md, .txt,
    .docx, .pdf), or - for a pipe.
    """
    from concerted.cli.pages.aligning import judged_page
    from concerted.conductor.judging import Where, judge_at

    words = stdin_text() if text == "-" else _of_a_file(text)
    with caller.session() as session:
        report = judge_at(session, words, Where(channel, market, audience, field, meaning=meaning))
    caller.answer(report, judged_page)


def _of_a_file(text: str) -> str:
    """Give the words of a file where one is named; anything else is a text to judge."""
    if len(text.split()) != 1 or not Path(text).is_file():
        return text
    from concerted.brief.document import read_document

    return read_document(Path(text)).text


@verb("concerted take x-post.x.-.us.- post.md --by 'Noor Haddad'", asks=True)
@click.argument("asset", metavar="ID")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def take(caller: Caller, asset: str, file: Path) -> None:
    """Take copy from elsewhere into an asset, judged like any draft.

    FILE is JSON {field: text}, or Markdown with one heading a field. The words become yours.
    """
    from concerted.cli.pages.aligning import taken_page
    from concerted.conductor.taking import take as enter

    with caller.session() as session:
        report = enter(session, asset, file, caller.confirm)
    caller.answer(report, taken_page)


@verb("concerted align", "concerted align --html alignment.html", "concerted align --strict", asks=True)
@click.option(
    "--html", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Also write the report as one page that needs nothing else."
)
@click.option("--fix", "mend", is_flag=True, help="Put right what a machine may: the brand's word, double spaces, straight quotation marks.")
@click.option("--strict", is_flag=True, help="Leave with 1 where something would stop a release.")
@click.option("--meaning", is_flag=True, help="Also by what sentences mean: off-topic, or the old line in other words. English.")
def align(caller: Caller, html: Path | None, mend: bool, strict: bool, meaning: bool) -> None:
    """Judge all texts of the campaign side by side.

    Shares of checks passed by check, worker, market and channel; every finding with its place and remedy.
    """
    from concerted.cli.pages.aligning import align_page
    from concerted.conductor.aligning import align as judge
    from concerted.conductor.aligning import fix

    with caller.session("Judging all texts") as session:
        mended = fix(session, caller.confirm) if mend else {}
        report = {**judge(session, meaning=meaning), "mended": mended.get("done", [])}
        if html is not None:
            from concerted.conductor.alignment_page import alignment_page
            from concerted.folder.working_copy import lay

            target = html.resolve()
            lay(target.parent, {target.name: alignment_page(report).encode()})
            report["html"] = str(html)
    caller.answer(report, align_page, 1 if strict and not report["ok"] else 0)


@verb(
    "concerted dismiss exclamation:x-post.x.-.us.-#text --because 'They are the words of the crowd'",
    "concerted dismiss exclamation:x-post.x.-.us.-#text --undo",
)
@click.argument("places", metavar="RULE:ID[#FIELD]...", nargs=-1, required=True)
@click.option("--because", metavar="T", default="", help="Why it is right here. You sign it.")
@click.option("--undo", is_flag=True, help="Take it back: the remark is shown again.")
def dismiss(caller: Caller, places: tuple[str, ...], because: str, undo: bool) -> None:
    """Let a remark stand, with your reason.

    It holds for these words: when they change, they are looked at anew. What stops a release cannot be dismissed.
    """
    from concerted.cli.pages.aligning import dismissed_page
    from concerted.conductor.dismissing import dismiss as let_stand
    from concerted.conductor.dismissing import take_up

    if undo and because:
        raise click.UsageError("--undo needs no --because.")
    with caller.session() as session:
        report = take_up(session, places) if undo else let_stand(session, places, because)
    caller.answer(report, dismissed_page)
