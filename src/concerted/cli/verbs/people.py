"""What people do with texts: approve, edit, pin, lock, unlock, attest, exclude. Each acts as the named person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from concerted.cli.caller import Caller
from concerted.cli.failing import stdin_text
from concerted.cli.text import listed
from concerted.cli.verb import assets, on_change, seen_draft, verb

if TYPE_CHECKING:
    from concerted.conductor.session import Session

FILTERS = ("type", "worker", "channel", "market", "audience", "language", "group", "standing")


@verb(
    'concerted approve --all --by "Dana Marsh"',
    "concerted approve --filter market=us,channel=email",
    "concerted approve sms.sms.shops.us.- --withdraw --because 'The price is not settled yet.'",
)
@assets(0)
@click.option("--all", "every", is_flag=True, help="All texts of the campaign.")
@click.option("--cleared", is_flag=True, help="All texts of which you have cleared every sentence; see review list.")
@click.option("--filter", "chosen", metavar="K=V,...", default="", help=f"All texts that fit; keys: {', '.join(FILTERS)}.")
@click.option("--withdraw", is_flag=True, help="Take your own signature back; needs --because.")
@click.option("--because", default="", metavar="TEXT", help="Why you take it back; it stays on record.")
@seen_draft
@on_change
def approve(
    caller: Caller, assets: tuple[str, ...], every: bool, cleared: bool, chosen: str, withdraw: bool, because: str, seen: str, on: str
) -> None:
    """Sign texts for every role that you hold.

    Each text that cannot be signed is listed with the reason. --withdraw takes your own signature back before a release.
    """
    from concerted.cli.pages.people import approve_page, withdraw_page
    from concerted.conductor.people import approve as sign
    from concerted.conductor.people import withdraw as take_back

    ways = sum((bool(assets), every, cleared, bool(chosen)))
    if ways != 1:
        raise click.UsageError("Name the texts to approve: their ids, or --all, --cleared, or --filter market=us.")
    if withdraw != bool(because.strip()):
        raise click.UsageError("--withdraw and --because TEXT go together: why a signature is taken back stays on record.")
    if withdraw and (on or seen or cleared):
        raise click.UsageError("--withdraw takes back signatures under the campaign's own texts; on a Change, decide answers anew.")
    with caller.session() as session:
        ids = assets or tuple(_cleared(session) if cleared else _fitting(session, on, _filters(chosen)))
        report = take_back(session, ids, " ".join(because.split())) if withdraw else sign(session, ids, seen=seen, on=on)
    caller.answer({**report, "all": every}, withdraw_page if withdraw else approve_page)


def _cleared(session: Session) -> list[str]:
    from concerted.conductor.clearing import cleared_for_me

    return cleared_for_me(session)


def _filters(typed: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in typed.split(","))):
        key, equals, value = part.partition("=")
        if not equals or key not in FILTERS or not value:
            raise click.UsageError(f"--filter cannot use “{part}”: write key=value with {listed(FILTERS)}.")
        found[key] = value
    return found


def _fitting(session: Session, on: str, filters: dict[str, str]) -> list[str]:
    from concerted.conductor.reading import status
    from concerted.planning.standing import DISPLAY

    rows = [{**row, "standing_said": DISPLAY[row["standing"]]} for row in status(session, on)["assets"] if row["draft"] or not filters]
    fits = [row["id"] for row in rows if all(value in (row[key], row.get(f"{key}_said")) for key, value in filters.items())]
    if not fits:
        raise click.UsageError("No text fits this filter; concerted status lists them.")
    return fits


@verb(
    "concerted edit x-post.x.-.us.- --field text --text 'Bikes sleep at night. We do not.'",
    "printf 'In tonight. Out by six.' | concerted edit landing-page.web.shops.us.- --field h1 --text - --yes",
    asks=True,
)
@click.argument("asset", metavar="ID")
@click.option("--field", "name", required=True, metavar="F", help="The field; concerted show ID lists them.")
@click.option("--text", required=True, metavar="T", help="The new words; - reads them from stdin.")
@click.option("--no-run", is_flag=True, help="Only open the Change where others read this text; the next run goes on.")
@seen_draft
@on_change
def edit(caller: Caller, asset: str, name: str, text: str, no_run: bool, seen: str, on: str) -> None:
    """Put your words into one field.

    They are yours from then on: later changes only propose. Where other texts read them, a plan is shown first.
    """
    from concerted.cli.pages.people import edit_page
    from concerted.conductor.people import edit as put

    words = stdin_text() if text == "-" else text
    with caller.session("drafting") as session:
        report = put(session, asset, name, words, caller.confirm, seen=seen, on=on, run=not no_run)
    caller.answer(report, edit_page)


@verb("concerted pin landing-page.web.shops.us.- --field h1")
@click.argument("asset", metavar="ID")
@click.option("--field", "name", required=True, metavar="F", help="The field; concerted show ID lists them.")
def pin(caller: Caller, asset: str, name: str) -> None:
    """Make one field your own as it stands.

    Whatever changes, it is only ever proposed to.
    """
    from concerted.cli.pages.people import done_page
    from concerted.conductor.people import pin as keep

    with caller.session() as session:
        report = keep(session, asset, name)
    caller.answer({**report, "did": "pinned"}, done_page)


@verb("concerted lock press-release.press.-.us.-")
@assets()
def lock(caller: Caller, assets: tuple[str, ...]) -> None:
    """Lock whole texts: every field counts as your own."""
    from concerted.cli.pages.people import done_page
    from concerted.conductor.people import lock as keep

    with caller.session() as session:
        report = keep(session, assets)
    caller.answer({**report, "did": "locked"}, done_page)


@verb("concerted unlock press-release.press.-.us.-", "concerted unlock landing-page.web.shops.us.- --field h1")
@assets()
@click.option("--field", "name", default="", metavar="F", help="Give back this field only.")
def unlock(caller: Caller, assets: tuple[str, ...], name: str) -> None:
    """Give texts or one field back to the workers.

    The words stay until something changes.
    """
    from concerted.cli.pages.people import done_page
    from concerted.conductor.people import unlock as give_back

    with caller.session() as session:
        report = give_back(session, assets, name)
    caller.answer({**report, "did": "given back to the workers"}, done_page)


@verb("concerted attest positioning.promise@en.w30", "concerted attest messaging-house.-.-.-.-")
@click.argument("what", metavar="ID|REF")
def attest(caller: Caller, what: str) -> None:
    """Confirm that a text or a wording is still true.

    Same words, your name, today's facts.
    """
    from concerted.cli.pages.people import done_page
    from concerted.conductor.people import attest as confirm

    with caller.session() as session:
        report = confirm(session, what)
    caller.answer({**report, "did": "confirmed as still true"}, done_page)


@verb("concerted exclude press-release.press.-.us.-", "concerted exclude press-release.press.-.us.- --include", asks=True)
@assets()
@click.option("--include", is_flag=True, help="Take them into releases again.")
def exclude(caller: Caller, assets: tuple[str, ...], include: bool) -> None:
    """Leave texts out of the next release.

    They stay part of the campaign, and the release after that asks for them again. Where a text shows what is left out and
    may refer to it, its sentences are shown first. A piece that is not to be made at all is dropped in the
    campaign file: deliverables: {ID: drop}.
    """
    from concerted.cli.pages.handing_over import exclude_asked
    from concerted.cli.pages.people import done_page
    from concerted.conductor.people import exclude as leave_out

    caller.asks_with = exclude_asked
    with caller.session() as session:
        report = leave_out(session, assets, include=include, confirm=caller.confirm)
    caller.answer({**report, "did": "taken in again" if include else "left out of the next release"}, done_page)
