"""Computed views: calendar, media plan, links, measurement, run-of-show. They are shown, exported, and never stored."""

from collections.abc import Callable, Mapping
from pathlib import Path

from concerted.campaign.view import View
from concerted.conductor.findings import Report, finding_rows
from concerted.conductor.session import Session
from concerted.conductor.stand import Stand, stand_of
from concerted.errors import NotFound, UserError
from concerted.folder.working_copy import lay
from concerted.planning.calendar import Entry, content_calendar
from concerted.planning.measurement import measurement_plan
from concerted.planning.media import media_plan
from concerted.planning.run_of_show import run_of_show
from concerted.planning.tagging import Link, links_of, utm_scheme
from concerted.rules.links import link_spans


def links(stand: Stand, asset: str) -> tuple[Link, ...]:
    """Count the links of an asset."""
    made = stand.deliverables[asset]
    draft = stand.drafts.get(asset)
    words = "\n".join(draft.values.values()) if draft else ""
    return links_of(stand.facets, made, stand.channels.get(made.channel), [words[a:b] for a, b in link_spans(words)]) if draft else ()


def _entry(stand: Stand, asset: str) -> Entry:
    """Collect what the calendar says about an asset."""
    made, draft, main = stand.deliverables[asset], stand.drafts.get(asset), stand.state.main
    reads = frozenset(key[2:] for text in draft.fields.values() for key, _ in text.reads() if key.startswith("f:")) if draft else frozenset[str]()
    owners = sorted({main.owner_of(asset, name) for name in draft.fields} - {""}) if draft else []
    signed = dict.fromkeys(approval.by for approval in main.approvals.get(asset, ()))
    owner = made.who or str(stand.facets.get("campaign.owner", ""))
    return Entry(
        made, stand.titles.get(made.type, made.type), draft.values if draft else {}, stand.back(asset), stand.status(asset),
        ", ".join(owners) or owner, ", ".join(signed), draft.id if draft else "", reads, links(stand, asset),
        stand.media(asset), stand.over(asset),
    )  # fmt: skip


def _calendar(stand: Stand) -> View:
    return content_calendar(stand.facets, [_entry(stand, asset) for asset in stand.deliverables], stand.channels)


def _utm(stand: Stand) -> View:
    counted = {asset: found for asset in stand.deliverables if (found := links(stand, asset))}
    return utm_scheme(stand.facets, counted, stand.deliverables)


VIEWS: Mapping[str, Callable[[Stand], View]] = {
    "calendar": _calendar,
    "media": lambda stand: media_plan(stand.facets, stand.deliverables, stand.channels),
    "utm": _utm,
    "measurement": lambda stand: measurement_plan(stand.facets),
    "run-of-show": lambda stand: run_of_show(stand.facets, stand.playbook, stand.deliverables),
}
"""Name -> how the view is computed."""


def views_of(stand: Stand) -> tuple[View, ...]:
    """Compute all views."""
    return tuple(make(stand) for make in VIEWS.values())


def look(session: Session, name: str) -> View:
    """Compute one view of the campaign as it stands. Raises NotFound for one that there is not."""
    if name not in VIEWS:
        raise NotFound(f"There is no view {name}.", next=f"views: {', '.join(VIEWS)}")
    state = session.state()
    return VIEWS[name](stand_of(session, state, session.build(state)))


def view_report(view: View) -> Report:
    """Spell a view; amounts of money as text, so that no reader rounds them."""
    rows = [{column: value if isinstance(value, int) else str(value) for column, value in row.items()} for row in view.records()]
    return {
        "view": view.slug, "title": view.title, "note": view.note, "columns": list(view.columns), "rows": rows,
        "findings": finding_rows(view.findings), "files": [],
    }  # fmt: skip


def save_view(session: Session, view: View, csv_file: Path | None, xlsx_file: Path | None) -> list[str]:
    """Write a view to files, each whole or not at all; gives their names. Raises UserError where a folder is not there."""
    from concerted.exporters.tables import csv_of, xlsx_of

    written: list[str] = []
    for file, make in ((csv_file, lambda: csv_of(view)), (xlsx_file, lambda: xlsx_of([view], session.today))):
        if file is not None:
            if not file.absolute().parent.is_dir():
                raise UserError(f"There is no folder {file.absolute().parent}.", next="make it, or name another file")
            lay(file.absolute().parent, {file.name: make()})
            written.append(str(file))
    return written
