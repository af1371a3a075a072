"""Verbs that change the strategy and have texts follow: plan, run, change, changes, land, abandon, rollback, redraft."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from concerted.cli.caller import Caller, at_terminal
from concerted.cli.verb import assets, on_change, verb
from concerted.errors import Reason, Refused

if TYPE_CHECKING:
    from concerted.campaign.facets import Value
    from concerted.conductor.mailing import Mail
    from concerted.conductor.session import Session
    from concerted.conductor.ways import Way

Wrapped = TypeVar("Wrapped", bound=Callable[..., Any])


def edits(body: Wrapped) -> Wrapped:
    """Add `--set`, `--unset` and `--strategy`."""
    body = click.option("--strategy", type=click.Path(path_type=Path), metavar="F", help="Take the edits from this other campaign file.")(body)
    body = click.option("--unset", "unsets", multiple=True, metavar="REF", help="Take out a line or a whole entry; may be repeated.")(body)
    return click.option("--set", "sets", multiple=True, metavar="REF=VALUE", help="Set a line of the strategy; may be repeated.")(body)


def way(body: Wrapped) -> Wrapped:
    """Add `--option`."""
    said = "How to go about it: all now, as usual; owned channels only, the others keep the old line; or after launch. plan --options compares them."
    return click.option("--option", type=click.Choice(("all", "owned", "after")), help=said)(body)


def mail_file(body: Wrapped) -> Wrapped:
    """Add `--file` and `--with-model`."""
    said = "Take the edits from this mail (plain text): each is shown with the words that ask for it."
    model = "The model reads the mail, once for all verbs."
    body = click.option("--with-model", "by_model", is_flag=True, help=model)(body)
    return click.option("--file", "mail", type=click.Path(path_type=Path), metavar="F", help=said)(body)


def _rows(session: Session, sets: tuple[str, ...], unsets: tuple[str, ...], strategy: Path | None) -> dict[str, Value] | None:
    from concerted.conductor.changing import parse_rows, rows_of_file

    if strategy is None and not sets and not unsets:
        return None
    typed = parse_rows(sets, unsets, session.today)
    return {**(rows_of_file(session, strategy) if strategy else {}), **typed}


@verb(
    "concerted plan",
    "concerted plan --set positioning.promise='Hand in your bike tonight and earn with it tomorrow.'",
    "concerted plan --file mail.txt",
)
@edits
@mail_file
@click.option("--options", is_flag=True, help="Lay three ways side by side: all now, owned channels only, after the launch.")
@way
@on_change
def plan(  # one parameter for each flag of the verb
    caller: Caller,
    sets: tuple[str, ...],
    unsets: tuple[str, ...],
    strategy: Path | None,
    mail: Path | None,
    by_model: bool,
    options: bool,
    option: Way | None,
    on: str,
) -> None:
    """Show what an edit would touch and why, before anything is spent.

    Without flags it plans what stands in the campaign file. Nothing is written.
    """
    from concerted.cli.pages.options import options_page
    from concerted.cli.pages.plan import plan_page
    from concerted.conductor.changing import plan_changes

    _mailed(mail, by_model=by_model)
    if mail is not None:
        _alone(bool(strategy or on))
        return _planned_mail(caller, mail, (sets, unsets), by_model=by_model, options=options, option=option)
    with caller.session("planning") as session:
        report = plan_changes(session, _rows(session, sets, unsets, strategy), on, ways=options, option=option)
    return caller.answer(report, options_page if options else plan_page)


@verb("concerted run", "concerted run --json", "concerted run --recipes")
@click.option("--recipes", is_flag=True, help="Also redraft what was written with older templates or another model.")
def run(caller: Caller, recipes: bool) -> None:
    """Adopt the campaign file, draft what is missing or out of date.

    What is ready lands; what needs a person waits beside the campaign.
    """
    from concerted.cli.pages.run import run_page
    from concerted.conductor.changing import run as go

    with caller.session("drafting") as session:
        report = go(session, recipes=recipes)
    caller.answer(report, run_page)


@verb(
    "concerted change --set offers.first.price.us='$25'",
    "concerted change --set positioning.promise='Hand in your bike tonight and earn with it tomorrow.' --yes",
    "concerted change --file mail.txt",
    asks=True,
)
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@edits
@mail_file
@click.option("--new", is_flag=True, help="Open a Change of its own, even if you have one open.")
@click.option("--hold", is_flag=True, help="Keep it open when nothing is left to decide: you land it yourself.")
@way
@click.option("--left", is_flag=True, help="Have what earlier changes left on the old line follow now.")
def change(
    caller: Caller,
    words: tuple[str, ...],
    sets: tuple[str, ...],
    unsets: tuple[str, ...],
    strategy: Path | None,
    mail: Path | None,
    by_model: bool,
    new: bool,
    hold: bool,
    option: Way | None,
    left: bool,
) -> None:
    """Change the strategy and have every text follow.

    Shows the plan, asks, redrafts beside the campaign, and lands when nothing is left to decide. The campaign file is brought up to date.
    WORDS say it in your own words: each edit that they ask for is shown with its quote and the present value, and you accept it or not.
    """
    from concerted.cli.pages.run import change_page
    from concerted.conductor.changing import change_strategy
    from concerted.conductor.following import follow_left

    if left:
        if words or mail or sets or unsets or strategy or new or option:
            raise click.UsageError("--left changes no line: it has what was left follow the strategy as it stands. Leave out the other flags.")
        with caller.session("drafting") as session:
            report = follow_left(session, caller.confirm, hold=hold, defaults=caller.yes)
        return caller.answer(report, change_page)
    _mailed(mail, by_model=by_model)
    if words or mail is not None:
        _alone(bool(strategy) or bool(words and mail))
        said = mail or " ".join(words)
        return _change_by_words(caller, said, (sets, unsets), by_model=by_model, new=new, hold=hold, option=option)
    if not (sets or unsets or strategy):
        raise click.UsageError(
            "Say what to change: in your own words, by --set REF=VALUE, --unset REF, --file MAIL or --strategy FILE. "
            "What stands in the file is taken over by: concerted run"
        )
    with caller.session("drafting") as session:
        rows = _rows(session, sets, unsets, strategy) or {}
        report = change_strategy(session, rows, caller.confirm, new=new, hold=hold, defaults=caller.yes, option=option)
    return caller.answer(report, change_page)


def _mailed(mail: Path | None, *, by_model: bool) -> None:
    """Refuse --with-model where there is no mail to read. Raises UsageError."""
    if by_model and mail is None:
        raise click.UsageError("--with-model has the model read a mail: name it with --file MAIL.")


def _opened(session: Session, file: Path, *, by_model: bool) -> Mail:
    """Open a mail; with a model that reads it where one was asked for. Raises UserError where none is set."""
    from concerted.bootstrap import strategist
    from concerted.conductor.mailing import open_mail
    from concerted.errors import UserError

    if not by_model:
        return open_mail(session, file)
    with strategist(session.folder) as reader:
        if reader is None:
            raise UserError(
                "No model is set, so none can read the mail.", next="set model in concerted.toml, or leave --with-model out: rules read it"
            )
        return open_mail(session, file, reader)


def _change_by_words(
    caller: Caller, said: Path | str, typed: tuple[tuple[str, ...], tuple[str, ...]], *, by_model: bool = False, **settings: Any
) -> None:
    """Read a mail, or words as they were typed, have its edits accepted one by one, then change as always.

    `--yes` takes what is certain, and what `typed` (--set, --unset) says beside it.
    """
    from concerted.bootstrap import strategist
    from concerted.cli.choosing import choose
    from concerted.cli.pages.mail import mail_page, rest
    from concerted.cli.pages.run import change_page
    from concerted.conductor.changing import NotConfirmed, NothingCertain, lines_of, parse_rows
    from concerted.conductor.mailing import mail_is_done, open_words, plan_mail
    from concerted.conductor.proposing import Taken, change_as_accepted, take_certain

    with caller.session("drafting") as session:
        session.person()
        if isinstance(said, Path):
            mail = _opened(session, said, by_model=by_model)
        else:
            with strategist(session.folder) as reader:
                mail = open_words(session, said, strategist=reader)
        sheet = caller.sheet()
        asked = at_terminal() and not caller.yes and not caller.as_json
        if not caller.as_json:
            with caller.busy.paused() if caller.busy else nullcontext():
                rest(sheet, mail.rows()) if asked else mail_page(sheet, mail.rows(), caller.names())
        rows, lines = parse_rows(*typed, session.today), lines_of(session, session.load())
        if not (asked or caller.yes):
            raise NotConfirmed(plan_mail(session, mail, rows), "concerted change ... --yes")
        taken = take_certain(mail.edits, rows, lines)
        if asked:
            open_now = tuple(edit for edit in mail.edits if edit.ref not in rows)
            with caller.busy.paused() if caller.busy else nullcontext():
                chosen = choose(caller, open_now, lines)
            chosen += tuple(edit for edit in taken.edits if edit.ref in rows)
            refs = {edit.ref for edit in chosen}
            taken = Taken(chosen, tuple(edit for edit in mail.edits if edit.ref not in refs))
        if not taken.edits:
            raise NothingCertain(plan_mail(session, mail, rows), mail.edits)
        report = change_as_accepted(session, taken.edits, caller.confirm, defaults=caller.yes, **settings)
        if isinstance(said, Path):
            mail_is_done(session, said)
    caller.answer({**report, **mail.rows(), **taken.rows()}, change_page)


def _planned_mail(
    caller: Caller, file: Path, typed: tuple[tuple[str, ...], tuple[str, ...]], *, by_model: bool, options: bool, option: Way | None
) -> None:
    """Show a mail as it was read, and what `change --yes` would do with it."""
    from concerted.cli.pages.mail import planned_page
    from concerted.cli.pages.options import options_page
    from concerted.conductor.changing import parse_rows
    from concerted.conductor.mailing import plan_mail

    with caller.session("planning") as session:
        report = plan_mail(session, _opened(session, file, by_model=by_model), parse_rows(*typed, session.today), ways=options, option=option)
    caller.answer(report, options_page if options else planned_page)


@verb("concerted sheet --set offers.first.price.us='$25' --html sheet.html", "concerted sheet --file mail.txt --html sheet.html --docx sheet.docx")
@click.argument("name", metavar="[C]", default="")
@edits
@mail_file
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), metavar="F", help="Write it as a page that stands alone.")
@click.option("--docx", type=click.Path(path_type=Path, dir_okay=False), metavar="F", help="Write it as a Word file.")
def sheet(
    caller: Caller,
    name: str,
    sets: tuple[str, ...],
    unsets: tuple[str, ...],
    strategy: Path | None,
    mail: Path | None,
    by_model: bool,
    html: Path | None,
    docx: Path | None,
) -> None:
    """Make the change sheet: one page to sign before a change.

    For edits that are not made yet, for a mail, or for the open Change C: who said what, was and now, what happens to which assets,
    people and minutes, what is too late, three ways. Nothing in the campaign changes.
    """
    from concerted.cli.pages.mail import to_type
    from concerted.cli.pages.options import sheet_page
    from concerted.conductor.change_sheet import change_sheet, sheet_docx, sheet_html
    from concerted.conductor.changing import parse_rows, plan_changes
    from concerted.conductor.mailing import plan_mail

    _mailed(mail, by_model=by_model)
    if mail is not None:
        _alone(bool(strategy or name))
    with caller.session("planning") as session:
        state = session.state()
        if mail is not None:
            plan = plan_mail(session, _opened(session, mail, by_model=by_model), parse_rows(sets, unsets, session.today), ways=True)
        else:
            plan = plan_changes(session, _rows(session, sets, unsets, strategy), name, ways=True)
        if "options" not in plan:
            reasons = [Reason(row["why"], f"concerted sheet --file ... {line}", row["ref"]) for row, line in to_type(plan)]
            named = "name the change: --set REF=VALUE, --file MAIL or an open Change"
            raise Refused("There is nothing to put on a sheet.", reasons=reasons, next=named)
        if not plan["edits"]:
            waiting = " or ".join(f"concerted sheet {change} --html sheet.html" for change in state.changes)
            usual = "concerted sheet --set REF=VALUE --html sheet.html"
            raise Refused("Nothing is about to change, so there is nothing to put on a sheet.", next=waiting or usual)
        made = change_sheet(session, {**plan, "change": name}, caller.names().titles())
    files = [(html, sheet_html(made).encode()), (docx, sheet_docx(made))] if docx else [(html, sheet_html(made).encode())]
    written = [path for path, content in files if path is not None and path.write_bytes(content)]
    caller.answer({**made, "files": [str(path) for path in written]}, sheet_page)


def _alone(other: bool) -> None:
    """Refuse a mail beside other edits. Raises UsageError."""
    if other:
        raise click.UsageError("--file reads the edits from a mail; --set and --unset may stand beside it, words, --strategy and --change may not.")


@verb("concerted changes", "concerted changes --json")
def changes(caller: Caller) -> None:
    """List the open Changes and what each waits for."""
    from concerted.cli.pages.changes import changes_page
    from concerted.conductor.changing import list_changes

    with caller.session() as session:
        report = list_changes(session)
    caller.answer(report, changes_page)


@verb("concerted land C2", "concerted land C2 --incomplete")
@click.argument("name", metavar="C")
@click.option("--incomplete", is_flag=True, help="Leave texts whose drafting failed as they are.")
def land(caller: Caller, name: str, incomplete: bool) -> None:
    """Land an open Change now.

    Its strategy and its texts become the campaign in one step.
    """
    from concerted.cli.pages.run import run_page
    from concerted.conductor.changing import land as bring_home

    with caller.session("landing") as session:
        report = bring_home(session, name, incomplete=incomplete)
    caller.answer(report, run_page)


@verb("concerted abandon C2")
@click.argument("name", metavar="C")
def abandon(caller: Caller, name: str) -> None:
    """Give an open Change up.

    The campaign stays as it is. Texts that people wrote on the Change are kept and offered again.
    """
    from concerted.cli.pages.changes import abandon_page
    from concerted.conductor.changing import abandon as give_up

    with caller.session() as session:
        report = give_up(session, name)
    caller.answer(report, abandon_page)


@verb("concerted rollback 2", "concerted rollback 2 --hold", asks=True)
@click.argument("number", metavar="V", type=click.IntRange(min=1))
@click.option("--hold", is_flag=True, help="Keep the Change open when nothing is left to decide; concerted land lands it.")
def rollback(caller: Caller, number: int, hold: bool) -> None:
    """Take back what one strategy changed, and only that.

    V is its number in concerted history. What was changed later stays; where a line has moved since, you are asked. Earlier texts that fit
    come back as they were.
    """
    from concerted.cli.pages.run import change_page
    from concerted.conductor.rolling_back import roll_back

    with caller.session("drafting") as session:
        report = roll_back(session, number, caller.confirm, hold=hold, defaults=caller.yes)
    caller.answer(report, change_page)


@verb("concerted redraft launch-email.email.shops.us.reminder", "concerted redraft x-post.x.-.us.- --note 'shorter, please'", asks=True)
@assets()
@click.option("--note", metavar="TEXT", default="", help="What should be different; the writer reads it, and why shows it.")
def redraft(caller: Caller, assets: tuple[str, ...], note: str) -> None:
    """Have texts written once more.

    For when you do not like one. A person's own words are not replaced.
    """
    from concerted.cli.pages.run import change_page
    from concerted.conductor.redrafting import redraft as write_again

    with caller.session("drafting") as session:
        report = write_again(session, assets, note, caller.confirm)
    caller.answer(report, change_page)
