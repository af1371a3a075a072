"""One strategy with its assets and their texts, as they stand or as they were released: what dates and views are computed from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from concerted.campaign.deliverable import Deliverable
from concerted.campaign.draft import Draft
from concerted.campaign.facets import Facets
from concerted.campaign.line import State
from concerted.campaign.outside import ALT
from concerted.campaign.playbook import Playbook
from concerted.catalog import Catalog
from concerted.conductor.findings import Report
from concerted.conductor.session import Session
from concerted.planning.build import Built
from concerted.planning.stations import signed_roles
from concerted.planning.workback import Clock, Stage, WorkBack
from concerted.planning.working_days import public_holidays

if TYPE_CHECKING:
    from concerted.campaign.channel import Channel


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
    catalog: Catalog
    titles: Mapping[str, str]
    today: str

    @cached_property
    def channels(self) -> "Mapping[str, Channel]":
        """All channels, read for the views that say where a text runs."""
        return self.catalog.channels()

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
    return Stand(state, facets, deliverables, drafts, released, unsigned, playbook, session.catalog, titles, session.today)


def dates_of(stand: Stand | None, asset: str) -> Report:
    """Spell an asset's work-back dates, what they are counted from, and the steps that are late; empty on a Change."""
    if stand is None or asset not in stand.deliverables:
        return {"dates": {}, "reference": "", "late": []}
    back = stand.back(asset)
    return {"dates": dict(back.dates), "reference": back.reference, "late": list(back.late)}
