"""Verbs that only look: status, history, show, why, diff."""

from __future__ import annotations

import click

from concerted.cli.caller import Caller
from concerted.cli.verb import on_change, verb


@verb("concerted status", "concerted status --json", "concerted status --today 2027-03-01")
@on_change
def status(caller: Caller, on: str) -> None:
    """Say how every text stands and what to do next."""
    from concerted.cli.pages.standing import status_page
    from concerted.conductor.reading import status as read

    with caller.session() as session:
        report = read(session, on)
    caller.answer(report, status_page)


@verb("concerted history", "concerted history --json")
def history(caller: Caller) -> None:
    """List the versions of the strategy.

    Who changed which lines, and when.
    """
    from concerted.cli.pages.standing import history_page
    from concerted.conductor.reading import history as read

    with caller.session() as session:
        report = read(session)
    caller.answer(report, history_page)


@verb("concerted show landing-page.web.shops.us.-", "concerted show x-post.x.-.us.- --json")
@click.argument("asset", metavar="ID")
@on_change
def show(caller: Caller, asset: str, on: str) -> None:
    """Show a draft, field by field.

    With who wrote what, and what the checks say.
    """
    from concerted.cli.pages.draft import show_page
    from concerted.conductor.reading import show as read

    with caller.session() as session:
        report = read(session, asset, on)
    caller.answer(report, show_page)


@verb("concerted why landing-page.web.shops.us.-", "concerted why sms.sms.shops.us.- --json")
@click.argument("asset", metavar="ID")
@on_change
def why(caller: Caller, asset: str, on: str) -> None:
    """Explain a text: its plan, its standing, its sources.

    Why it is planned, why it stands as it does, and which lines each field was written from.
    """
    from concerted.cli.pages.draft import why_page
    from concerted.conductor.reading import why as read

    with caller.session() as session:
        report = read(session, asset, on)
    caller.answer(report, why_page)


@verb("concerted diff messaging-house.-.-.-.-", "concerted diff landing-page.web.shops.us.- --json")
@click.argument("asset", metavar="ID")
@on_change
def diff(caller: Caller, asset: str, on: str) -> None:
    """Show what changed in a text, word by word.

    An open Change against the campaign, else the last draft against the one before it.
    """
    from concerted.cli.pages.draft import diff_page
    from concerted.conductor.reading import diff as read

    with caller.session() as session:
        report = read(session, asset, on)
    caller.answer(report, diff_page)
