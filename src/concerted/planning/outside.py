"""The slots that no worker fills: which pieces people and agencies make for this campaign, by when, and which other pieces show them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from concerted.campaign.deliverable import NONE, Deliverable, MadeBy
from concerted.campaign.facets import Facets
from concerted.campaign.outside import KIND_TITLES, KINDS
from concerted.planning.expand import Ground

ROOM = "outside"
BEFORE = 5
"""So many working days before it runs a file is needed where nothing else tells the day."""


def with_slots(ground: Ground, assets: Mapping[str, Deliverable]) -> dict[str, Deliverable]:
    """Add the strategy's slots to the other assets, and tell those which slots they show."""
    made = {asset: replace(one, made_by="outside") if one.type in KINDS else one for asset, one in assets.items()}
    for slug in ground.members(ROOM):
        slot = _slot(ground, slug, made)
        if slot.id in ground.dropped or not _lives(ground, slot):
            continue
        made[slot.id] = slot
        for asset in shown_in(ground.facets, slug):
            if asset in made and asset != slot.id:
                made[asset] = replace(made[asset], media=(*made[asset].media, slot.id))
    return made


def shown_in(facets: Facets, slug: str) -> tuple[str, ...]:
    """List the assets that show a slot, as the strategy names them."""
    return Ground(facets).texts(f"{ROOM}.{slug}.shown_in")


def shown_nowhere(facets: Facets, assets: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """List (slug, asset) where a slot is to be shown in a piece that the campaign does not make."""
    known = frozenset(assets)
    return tuple((slug, asset) for slug in Ground(facets).members(ROOM) for asset in shown_in(facets, slug) if asset not in known)


def _lives(ground: Ground, slot: Deliverable) -> bool:
    """Tell whether the slot's audience and market are part of the campaign."""
    return slot.audience in (NONE, *ground.audiences) and slot.market in (NONE, *ground.markets)


def _slot(ground: Ground, slug: str, assets: Mapping[str, Deliverable]) -> Deliverable:
    at = f"{ROOM}.{slug}"
    market = ground.text(f"{at}.market") or NONE
    showing = [assets[asset] for asset in shown_in(ground.facets, slug) if asset in assets]
    locale = ground.locale(market, "market")
    launch = ground.launch(market)
    publish = min((one.publish for one in showing if one.publish), default=launch.isoformat() if launch else "")
    made_by: MadeBy = "person" if ground.text(f"{at}.made_by") == "person" else "outside"
    kind = ground.text(f"{at}.what")
    return Deliverable(
        type=kind,
        channel=ground.text(f"{at}.channel") or NONE,
        audience=ground.text(f"{at}.audience") or NONE,
        market=market,
        variant=slug,
        language=locale.partition("-")[0],
        locale=locale,
        phase=showing[0].phase if showing else "launch",
        due=ground.text(f"{at}.needed_by") or min((one.due for one in showing if one.due), default=_before(ground, publish, market)),
        publish=publish,
        why=ground.text(f"{at}.brief") or f"{KIND_TITLES.get(kind, kind)} that the campaign file asks for.",
        made_by=made_by,
        who=ground.text(f"{at}.who"),
    )


def _before(ground: Ground, publish: str, market: str) -> str:
    if not publish:
        return ""
    day = date.fromisoformat(publish)
    return ground.counted(day, -BEFORE, market).isoformat()
