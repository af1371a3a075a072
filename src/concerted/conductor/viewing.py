"""Computed views: gathers what the pure views need from the campaign or from a release. They are shown, exported, and never stored."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from concerted.campaign.channel import Channel
from concerted.campaign.deliverable import Deliverable
from concerted.campaign.draft import Draft
from concerted.campaign.facets import Facets
from concerted.campaign.line import State
from concerted.campaign.outside import ALT
from concerted.campaign.playbook import Playbook
from concerted.campaign.view import View
from concerted.conductor.findings import finding_rows
from concerted.conductor.report import Report
from concerted.conductor.session import Session
from concerted.errors import NotFound, UserError
from concerted.folder.working_copy import lay
from concerted.planning.build import Built
from concerted.planning.calendar import Entry, content_calendar
from concerted.planning.measurement import measurement_plan
from concerted.planning.media import media_plan
from concerted.planning.run_of_show import run_of_show
from concerted.planning.stations import signed_roles
from concerted.planning.tagging import Link, links_of, utm_scheme
from concerted.planning.workback import Clock, Stage, WorkBack
from concerted.planning.working_days import public_holidays
from concerted.rules.links import link_spans


@dataclass(frozen=True)
class Stand:
    """What a view is computed from: one strategy, its assets, and their texts as they stand or as they were released."""

    state: State
    facets: Facets
    deliverables: Mapping[str, Deliverable]
    drafts: Mapping[str, Draft]
    released: Mapping[str, str]
    """Asset -> the draft of it that was released last."""
    unsigned: Mapping[str, bool]
    """Asset -> whether a signature is missing; assets without a text are not in it."""
    playbook: Playbook
    channels: Mapping[str, Channel]
    titles: Mapping[str, str]
    today: str

    def links(self, asset: str) -> tuple[Link, ...]:
        """Count the links of an asset."""
        made = self.deliverables[asset]
        draft = self.drafts.get(asset)
        words = "\n".join(draft.values.values()) if draft else ""
        return links_of(self.facets, made, self.channels.get(made.channel), [words[a:b] for a, b in link_spans(words)]) if draft else ()

    def back(self, asset: str) -> WorkBack:
        """Count an asset's dates back."""
        return Clock(self.facets, self.playbook, self.today, public_holidays).back(self.deliverables[asset], self.done(asset))

    def done(self, asset: str) -> Collection[Stage]:
        """Tell which steps of an asset are over."""
        drafted, signed = asset in self.drafts, self.unsigned.get(asset) is False
        released = asset in self.released
        reached: dict[Stage, bool] = {"draft": drafted, "review": signed, "approve": signed, "hand_over": released, "publish": released}
        return [stage for stage, over in reached.items() if over]

    def status(self, asset: str) -> str:
        """Say in the calendar's words how far an asset is: idea, draft, review, approved, scheduled, live."""
        draft = self.drafts.get(asset)
        if draft is None:
            return "idea"
        if self.released.get(asset) == draft.id:
            return "live" if (self.deliverables[asset].publish or self.today) < self.today else "scheduled"
        if self.unsigned.get(asset) is False:
            return "approved"
        return "review" if self.state.main.approvals.get(asset) else "draft"

    def files(self, asset: str) -> tuple[Draft, ...]:
        """List the files of an asset: its own, and those of the pieces that it shows."""
        return tuple(draft for one in (asset, *self.deliverables[asset].media) if (draft := self.drafts.get(one)) and draft.file)

    def media(self, asset: str) -> tuple[str, str]:
        """Name an asset's files, and what stands in their place where they cannot be seen."""
        files = self.files(asset)
        alt = "\n".join(dict.fromkeys(words for draft in files if (words := draft.values.get(ALT))))
        return " ".join(draft.file.name for draft in files if draft.file), alt

    def over(self, asset: str) -> str:
        """Give the first day on which the rights to one of its files end; empty where none does."""
        return min((draft.file.expires for draft in self.files(asset) if draft.file and draft.file.expires), default="")

    def entry(self, asset: str) -> Entry:
        """Collect what the calendar says about an asset."""
        made, draft, main = self.deliverables[asset], self.drafts.get(asset), self.state.main
        reads = frozenset(key[2:] for text in draft.fields.values() for key, _ in text.reads() if key.startswith("f:")) if draft else frozenset[str]()
        owners = sorted({main.owner_of(asset, name) for name in draft.fields} - {""}) if draft else []
        signed = dict.fromkeys(approval.by for approval in main.approvals.get(asset, ()))
        owner = made.who or str(self.facets.get("campaign.owner", ""))
        return Entry(
            made, self.titles.get(made.type, made.type), draft.values if draft else {}, self.back(asset), self.status(asset),
            ", ".join(owners) or owner, ", ".join(signed), draft.id if draft else "", reads, self.links(asset),
            self.media(asset), self.over(asset),
        )  # fmt: skip


def stand_of(session: Session, state: State, built: Built) -> Stand:
    """Take main as it stands today."""
    last = list(state.releases.values())[-1:]
    drafts = {asset: slot.before for asset, slot in built.slots.items() if slot.before}
    released = {asset: draft for release in state.releases.values() for asset, draft in release.assets.items()} if last else {}
    roles = built.site.kit.roles
    unsigned = {
        asset: bool(
            set(roles.demanded(built.deliverables[asset], draft.values, built.facets))
            - set(signed_roles(state.main.approvals.get(asset, ()), draft.signed, built.facets))
        )
        for asset, draft in drafts.items()
    }
    return _stand(session, state, built.facets, built.deliverables, (drafts, released, unsigned))


def stand_of_release(session: Session, state: State, facets: Facets, deliverables: Mapping[str, Deliverable], drafts: Mapping[str, Draft]) -> Stand:
    """Take a release: its strategy, its assets and nothing else."""
    kept = {asset: deliverables[asset] for asset in drafts}
    released = {asset: draft.id for asset, draft in drafts.items()}
    return _stand(session, state, facets, kept, (drafts, released, dict.fromkeys(drafts, False)))


def _stand(
    session: Session,
    state: State,
    facets: Facets,
    deliverables: Mapping[str, Deliverable],
    texts: tuple[Mapping[str, Draft], Mapping[str, str], Mapping[str, bool]],
) -> Stand:
    drafts, released, unsigned = texts
    playbook = session.catalog.playbook(str(facets.get("campaign.playbook", "product-launch")))
    titles = {slug: made.title for slug, made in session.assembly.registry.every.items()}
    return Stand(state, facets, deliverables, drafts, released, unsigned, playbook, session.catalog.channels(), titles, session.today)


def dates_of(stand: Stand | None, asset: str) -> Report:
    """Spell an asset's work-back dates, what they are counted from, and the steps that are late; empty on a Change."""
    if stand is None or asset not in stand.deliverables:
        return {"dates": {}, "reference": "", "late": []}
    back = stand.back(asset)
    return {"dates": dict(back.dates), "reference": back.reference, "late": list(back.late)}


def _calendar(stand: Stand) -> View:
    return content_calendar(stand.facets, [stand.entry(asset) for asset in stand.deliverables], stand.channels)


def _utm(stand: Stand) -> View:
    links = {asset: found for asset in stand.deliverables if (found := stand.links(asset))}
    return utm_scheme(stand.facets, links, stand.deliverables)


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
