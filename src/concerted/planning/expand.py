"""From strategy and playbook to the assets of one campaign: which exist, what each needs, when it is due and why.

Pure: the same facets, playbook and types always give the same assets in the same order.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import product
from typing import TypeAlias

from concerted.campaign.deliverable import NONE, Deliverable, DeliverableType
from concerted.campaign.facets import MEMBERS, Facets
from concerted.campaign.playbook import LAUNCH, Offset, Planned, Playbook
from concerted.campaign.spelling import did_you_mean
from concerted.errors import Problem, UserError
from concerted.planning.working_days import Closed, count, country_of, no_holidays

BASE = "en-US"
"""The language of a campaign that names none."""
USUAL_TIER = 2
"""The tier of a campaign that names none."""
DIMENSIONS = 5

Types: TypeAlias = Mapping[str, DeliverableType]
Place: TypeAlias = tuple[str, str, str]
"""Audience, market, variant."""
ANY = ""
Makers: TypeAlias = Mapping[tuple[str, str, str], Sequence[Deliverable]]
"""(deliverable of the playbook, audience or ANY, market or ANY) -> what it makes."""


def expand(facets: Facets, playbook: Playbook, types: Types, closed: Closed = no_holidays) -> dict[str, Deliverable]:
    """Lay out the assets of a campaign by id, upstream first, otherwise in the order of playbook and strategy.

    Days are counted over the holidays that `closed` knows of a market's country.

    `deliverables` of the strategy adds and drops single assets. Raises UserError with every problem at once.
    """
    ground = Ground(facets, closed)
    problems = [*_unknown_types(playbook, types), *_wrong_extras(ground, playbook, types)]
    if problems:
        raise UserError("The campaign cannot be laid out.", problems=problems, next="concerted check")
    planned = {made.id: (slug, made) for slug, plan in playbook.deliverables.items() for made in _made(ground, plan)}
    for asset in ground.added:
        planned.setdefault(asset, _added(ground, playbook, asset))
    kept = {asset: found for asset, found in planned.items() if asset not in ground.dropped}
    makers = _by_maker(kept.values())
    return _upstream_first({asset: _linked(made, playbook.deliverables.get(slug), makers) for asset, (slug, made) in kept.items()})


@dataclass(frozen=True)
class Ground:
    """What expansion looks at in the strategy: who, where, when, in which language."""

    facets: Facets
    closed: Closed = no_holidays

    def members(self, path: str) -> tuple[str, ...]:
        """List the slugs below a path, in the strategy's order."""
        return self.texts(f"{path}.{MEMBERS}")

    def texts(self, path: str) -> tuple[str, ...]:
        """Read a list of short names; a single one counts as a list."""
        value = self.facets.get(path)
        if value is None:
            return ()
        return tuple(str(item) for item in value) if isinstance(value, tuple) else (str(value),)

    def text(self, path: str) -> str:
        """Read one answer; empty where there is none."""
        value = self.facets.get(path)
        return "" if value is None else str(value)

    def holds(self, path: str) -> bool:
        """Tell whether the strategy says anything at a path."""
        return path in self.facets or bool(self.members(path))

    @cached_property
    def audiences(self) -> tuple[str, ...]:
        """All audiences."""
        return self.members("audiences")

    @cached_property
    def markets(self) -> tuple[str, ...]:
        """All markets."""
        return self.members("markets")

    @cached_property
    def base(self) -> str:
        """The locale in which the strategy itself is written."""
        return self.text("campaign.language") or BASE

    @cached_property
    def tier(self) -> int:
        """How big the campaign is; 1 is the biggest."""
        text = self.text("campaign.tier")
        return int(text) if text.isdigit() else USUAL_TIER

    def lives(self, audience: str, market: str) -> bool:
        """Tell whether an audience is to be reached in a market."""
        markets = self.texts(f"audiences.{audience}.markets")
        return not markets or market in (NONE, *markets)

    def lists(self, audience: str, channel: str, market: str) -> bool:
        """Tell whether an audience is reached on a channel in a market."""
        return self.lives(audience, market) and channel in self.texts(f"audiences.{audience}.channels")

    def locale(self, market: str, language: str) -> str:
        """Answer in which language an asset of a market is written."""
        own = self.text(f"markets.{market}.language") if language == "market" else ""
        return own or self.base

    def launch(self, market: str) -> date | None:
        """Find the day of launch in a market; without a market, the earliest one."""
        days = [day for name in ([market] if market != NONE else self.markets) if (day := _day(self.text(f"markets.{name}.launch")))]
        return min(days, default=None)

    def day(self, offset: Offset | None, market: str) -> str:
        """Work out an ISO date; a named date that the campaign does not have counts from launch, empty without a launch."""
        if offset is None:
            return ""
        named = _day(self.text(f"dates.{offset.anchor}")) if offset.anchor != LAUNCH else None
        anchor = named or self.launch(market)
        return self.counted(anchor, offset.days, market, working=offset.working).isoformat() if anchor else ""

    def counted(self, start: date, days: int, market: str, *, working: bool = True) -> date:
        """Count days from a day; working days are those of the market's country."""
        if not working:
            return start + timedelta(days=days)
        return count(start, days, country_of(self.locale(market, "market")), self.closed)

    @cached_property
    def ranks(self) -> Mapping[tuple[str, str], int]:
        """Where an audience or a market stands by slug order, so that re-ordering the file changes nothing."""
        rooms = {"audiences": self.audiences, "markets": self.markets}
        return {(room, slug): at for room, slugs in rooms.items() for at, slug in enumerate(sorted(slugs))}

    def rotation(self, place: Place, plan: Planned) -> int:
        """Give assets that differ in one dimension different starts, whatever else the campaign makes."""
        audience, market, variant = place
        turn = self.ranks.get(("audiences", audience), 0) + self.ranks.get(("markets", market), 0)
        return turn + self.variants(plan).index(variant)

    def variants(self, plan: Planned) -> tuple[str, ...]:
        """List a deliverable's variants: the playbook's, then those that the strategy adds by hand."""
        members = plan.members()
        by_hand = {asset.rpartition(".")[2] for asset in self.added if asset.partition(".")[0] == plan.type}
        return (*members, *sorted(by_hand.difference(members)))

    @cached_property
    def added(self) -> tuple[str, ...]:
        """The asset ids that the strategy adds by hand."""
        return self._extras("add")

    @cached_property
    def dropped(self) -> frozenset[str]:
        """The asset ids that the strategy drops by hand."""
        return frozenset(self._extras("drop"))

    def _extras(self, wanted: str) -> tuple[str, ...]:
        return tuple(asset for asset in self.members("deliverables") if self.text(f"deliverables.{asset}") == wanted)

    @cached_property
    def channels(self) -> tuple[str, ...]:
        """All channels that some audience lists."""
        return tuple(dict.fromkeys(channel for name in self.audiences for channel in self.texts(f"audiences.{name}.channels")))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _made(ground: Ground, plan: Planned) -> Iterator[Deliverable]:
    if plan.tier < ground.tier or (plan.when and not ground.holds(plan.when)):
        return
    members = [variant for variant in plan.members() if plan.of(variant).tier >= ground.tier]
    markets = ground.markets if "market" in plan.per else (NONE,)
    audiences = ground.audiences if "audience" in plan.per else (NONE,)
    for market, audience, variant in product(markets, audiences, members):
        if _reached(ground, plan, audience, market):
            yield _deliverable(ground, plan, (audience, market, variant))


def _reached(ground: Ground, plan: Planned, audience: str, market: str) -> bool:
    if audience != NONE:
        return ground.lives(audience, market) if plan.channel == NONE else ground.lists(audience, plan.channel, market)
    if market == NONE or plan.channel == NONE:
        return True
    opened = bool(plan.opened_by) and ground.holds(plan.opened_by)
    return opened or any(ground.lists(name, plan.channel, market) for name in ground.audiences)


def _deliverable(ground: Ground, plan: Planned, place: Place, channel: str = "") -> Deliverable:
    audience, market, variant = place
    own = plan.of(variant)
    locale = ground.locale(market, plan.language)
    slots = {
        "audience": ground.text(f"audiences.{audience}.who") or audience,
        "market": ground.text(f"markets.{market}.name") or market,
        "channel": channel or plan.channel,
        "variant": variant,
    }
    return Deliverable(
        type=plan.type,
        channel=channel or plan.channel,
        audience=audience,
        market=market,
        variant=variant,
        language=locale.partition("-")[0],
        locale=locale,
        phase=plan.phase,
        due=ground.day(own.due or plan.due, market),
        publish=ground.day(own.publish or plan.publish, market),
        rotation=ground.rotation(place, plan),
        why=(own.why or plan.why).format_map(slots),
    )


def _added(ground: Ground, playbook: Playbook, asset: str) -> tuple[str, Deliverable]:
    type_, channel, audience, market, variant = asset.split(".")
    found = playbook.of_type(type_, channel)
    slug, plan = found or ("", Planned(type=type_, channel=channel, why="Added by the campaign file."))
    made = _deliverable(ground, plan, (audience, market, variant), channel)
    return slug, replace(made, why=f"{made.why} Added by the campaign file." if found else made.why)


def _by_maker(planned: Iterable[tuple[str, Deliverable]]) -> Makers:
    makers: dict[tuple[str, str, str], list[Deliverable]] = {}
    for slug, made in planned:
        for audience, market in product((made.audience, ANY), (made.market, ANY)):
            makers.setdefault((slug, audience, market), []).append(made)
    return makers


def _linked(made: Deliverable, plan: Planned | None, makers: Makers) -> Deliverable:
    """Resolve what an asset needs to asset ids; a need that nothing in its language can meet is left out.

    An asset is never written from a text for other people or for another market.
    """
    audiences = (ANY,) if made.audience == NONE else (made.audience, NONE)
    markets = (ANY,) if made.market == NONE else (made.market, NONE)
    needs: dict[str, str] = {}
    for alias, target in plan.needs.items() if plan else ():
        near = [other for audience, market in product(audiences, markets) for other in makers.get((target, audience, market), ())]
        fitting = [other for other in near if other.language == made.language]
        if fitting:
            needs[alias] = next((other.id for other in fitting if other.variant == made.variant), fitting[0].id)
    return replace(made, needs=needs) if needs else made


def _upstream_first(assets: Mapping[str, Deliverable]) -> dict[str, Deliverable]:
    """Put what is needed before what needs it and leave the order alone otherwise. The playbook has no circles."""
    ordered: dict[str, Deliverable] = {}

    def place(asset: str) -> None:
        if asset not in ordered:
            for upstream in assets[asset].needs.values():
                place(upstream)
            ordered[asset] = assets[asset]

    for asset in assets:
        place(asset)
    return ordered


def _unknown_types(playbook: Playbook, types: Types) -> Iterator[Problem]:
    for slug, plan in playbook.deliverables.items():
        if plan.type not in types:
            message = f"The playbook {playbook.slug} asks for {plan.type} ({slug}), which no worker makes"
            yield Problem(message, did_you_mean(plan.type, types), ref="campaign.playbook")


def _wrong_extras(ground: Ground, playbook: Playbook, types: Types) -> Iterator[Problem]:
    channels = dict.fromkeys([*(plan.channel for plan in playbook.deliverables.values()), *ground.channels, NONE])
    for asset in ground.added:
        parts = asset.split(".")
        if len(parts) != DIMENSIONS:
            message = f"{asset} is not an asset id"
            yield Problem(message, "write type.channel.audience.market.variant, with - where one does not apply", ref=f"deliverables.{asset}")
            continue
        type_, channel, audience, market, _ = parts
        known = (
            ("type", type_, types),
            ("channel", channel, channels),
            ("audience", audience, (*ground.audiences, NONE)),
            ("market", market, (*ground.markets, NONE)),
        )
        for what, slug, slugs in known:
            if slug not in slugs:
                yield Problem(f"{asset}: there is no {what} {slug}", did_you_mean(slug, slugs), ref=f"deliverables.{asset}")


def idle_drops(facets: Facets, lay_out: Callable[[Facets], Collection[str]]) -> tuple[str, ...]:
    """List the assets that `deliverables` drops although nothing would make them: probably mistyped, or outlived."""
    dropped = Ground(facets).dropped
    if not dropped:
        return ()
    made = lay_out({path: value for path, value in facets.items() if not path.startswith("deliverables.")})
    return tuple(asset for asset in sorted(dropped) if asset not in made)
