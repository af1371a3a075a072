"""Verbs at the far end: release, export, verify. Nothing publishable leaves that is not in a release."""

from __future__ import annotations

from pathlib import Path

import click

from concerted.cli.caller import Caller
from concerted.cli.verb import not_empty, verb


@verb(
    "concerted release --group us.launch",
    "concerted release",
    "concerted release --waive R6:x-post.x.-.us.- --because 'Legal agreed on the phone, J. A.'",
)
@click.option("--group", "groups", multiple=True, metavar="G", help="Release this group (market.phase) only; may be repeated.")
@click.option("--waive", multiple=True, metavar="RULE:ID", help="Set a finding (R6) or an approval (R9) aside for one text; you sign for it.")
@click.option("--because", default="", metavar="T", help="Why the waiver is right.")
@click.option("--despite-change", is_flag=True, help="Release what stands although a Change is open over it.")
def release(caller: Caller, groups: tuple[str, ...], waive: tuple[str, ...], because: str, despite_change: bool) -> None:
    """Release texts that belong to one strategy, all or nothing.

    The gate refuses mixed strategies, broken rules and missing approvals, each with the command that helps. On refusal nothing is written.
    """
    from concerted.cli.pages.handing_over import release_page
    from concerted.conductor.releasing import release as pass_gate

    with caller.session("checking") as session:
        report = pass_gate(session, not_empty(groups, "--group"), not_empty(waive, "--waive"), because, despite_change=despite_change)
    caller.answer(report, release_page)


@verb("concerted export markdown", "concerted export --all --out monday", "concerted export markdown --release R1 --out monday")
@click.argument("formats", nargs=-1, metavar="FORMAT...")
@click.option("--all", "every", is_flag=True, help="Every format at hand; concerted catalog lists them.")
@click.option("--release", "name", default="", metavar="R", help="This release; the last one if not given.")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Write here; release-<R> in the campaign's folder if not given.")
@click.option("--no-originals", is_flag=True, help="Leave the pictures, videos and decks themselves out; they are named with their hash.")
def export(caller: Caller, formats: tuple[str, ...], every: bool, name: str, out: Path | None, no_originals: bool) -> None:
    """Write the files of a release.

    With a manifest that verify can check, and with what was handed in (pictures, video, decks) under files/. Nothing leaves that is not in a
    release.
    """
    from concerted.cli.pages.handing_over import export_page
    from concerted.conductor.releasing import export as write

    if bool(formats) == every:
        raise click.UsageError("Name the formats to write, or --all; concerted catalog lists them.")
    with caller.session("writing") as session:
        released = name or next(iter([*session.state().releases][-1:]), "")
        report = write(session, formats, out or caller.folder / f"release-{released}", name=released, every=every, originals=not no_originals)
    caller.answer(report, export_page)


@verb("concerted verify monday", "concerted verify monday --json")
@click.argument("bundle", type=click.Path(path_type=Path), metavar="BUNDLE")
def verify(caller: Caller, bundle: Path) -> None:
    """Tell whether exported files are untouched and still current.

    Without the campaign's folder it can tell the first only.
    """
    from concerted.cli.pages.handing_over import verify_page
    from concerted.conductor.releasing import verify as compare

    if (caller.folder / "campaign.yaml").is_file() or (caller.folder / ".concerted").is_dir():
        with caller.session() as session:
            report = compare(bundle, session)
    else:
        report = compare(bundle, None)
    caller.answer(report, verify_page, 0 if report["ok"] and report["current"] is not False else 1)
