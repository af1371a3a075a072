"""The arithmetic of the media plan: units times rate is cost, lines add up, nothing is spent outside its flight. Plans nothing by itself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from concerted.campaign.channel import Channel
from concerted.campaign.deliverable import Deliverable
from concerted.campaign.facets import Facets
from concerted.campaign.finding import Finding
from concerted.campaign.scalars import amount_of
from concerted.campaign.view import Cell, View
from concerted.planning.moments import day, launch, members, moment, text

COLUMNS = ("line", "placement", "channel", "market", "buy", "from", "until", "units", "rate", "cost", "given_cost", "currency")
THOUSAND = Decimal(1000)
RESERVES = ("contingency", "reserve")
"""What a budget line is called where `budget.contingency` names none."""
COST = '=IF({buy}="cpm",{units}*{rate}/1000,{units}*{rate})'
"""The same arithmetic for a spreadsheet."""
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Placement:
    """One booking of media money, as the strategy states it."""

    slug: str
    line: str
    channel: str
    market: str
    buy: str
    starts: str
    ends: str
    units: Decimal | None
    rate: Decimal | None
    given: Decimal | None

    @property
    def ref(self) -> str:
        """The address in the strategy."""
        return f"budget.placements.{self.slug}"

    def computed(self) -> Decimal | None:
        """Work out the cost: units times rate, by the thousand where views are bought; None where a factor is missing."""
        if self.units is None or self.rate is None:
            return None
        by = THOUSAND if self.buy == "cpm" else Decimal(1)
        return (self.units * self.rate / by).quantize(CENT)

    def cost(self) -> Decimal:
        """Give what it costs: computed where it can be, else as given."""
        computed = self.computed()
        return computed if computed is not None else self.given or Decimal(0)


def placements(facets: Facets) -> tuple[Placement, ...]:
    """Read the bookings of a strategy."""
    return tuple(_placement(facets, slug) for slug in members(facets, "budget.placements"))


def _placement(facets: Facets, slug: str) -> Placement:
    at = f"budget.placements.{slug}"
    said = {name: text(facets, f"{at}.{name}") for name in ("line", "channel", "market", "buy", "from", "until")}
    units, rate, given = (_amount(text(facets, f"{at}.{name}")) for name in ("units", "rate", "cost"))
    return Placement(slug, said["line"], said["channel"], said["market"], said["buy"], said["from"], said["until"], units, rate, given)


def _amount(said: str) -> Decimal | None:
    try:
        return amount_of(said)
    except ValueError:
        return None


def contingency(facets: Facets) -> str:
    """Name the budget line that is kept back; empty where there is none."""
    lines = members(facets, "budget.lines")
    named = text(facets, "budget.contingency")
    return named or next((line for line in lines if line in RESERVES), "")


def media_plan(facets: Facets, deliverables: Mapping[str, Deliverable], channels: Mapping[str, Channel]) -> View:
    """Lay out lines and bookings with their arithmetic; every check that fails is a finding."""
    booked = placements(facets)
    currency = text(facets, "budget.currency")
    rows: list[tuple[Cell, ...]] = []
    for line in members(facets, "budget.lines"):
        amount = _amount(text(facets, f"budget.lines.{line}")) or Decimal(0)
        mine = [place for place in booked if place.line == line]
        rows += [_row(place, currency) for place in mine]
        left = amount - sum((place.cost() for place in mine), Decimal(0))
        if left or not mine:
            kept = "kept back" if line == contingency(facets) else "not booked yet"
            rows.append((line, kept, "", "", "", "", "", "", "", left, "", currency))
    rows += [_row(place, currency) for place in booked if place.line not in members(facets, "budget.lines")]
    total = sum((Decimal(row[9]) for row in rows), Decimal(0))
    rows.append(("total", "", "", "", "", "", "", "", "", total, text(facets, "budget.total"), currency))
    findings = (*_sums(facets, booked), *_flights(facets, booked), *_unpaid(facets, deliverables, channels))
    note = "Cost is units times rate, by the thousand for cpm. What a line holds beyond its bookings is listed as not booked."
    return View("media", "Media plan", note, COLUMNS, tuple(rows), tuple(findings), (("cost", COST),))


def _row(place: Placement, currency: str) -> tuple[Cell, ...]:
    figures = (place.units if place.units is not None else "", place.rate if place.rate is not None else "")
    given = place.given if place.given is not None else ""
    return (place.line, place.slug, place.channel, place.market, place.buy, place.starts, place.ends, *figures, place.cost(), given, currency)


def _sums(facets: Facets, booked: tuple[Placement, ...]) -> Iterator[Finding]:
    currency = text(facets, "budget.currency")
    lines = {line: _amount(text(facets, f"budget.lines.{line}")) or Decimal(0) for line in members(facets, "budget.lines")}
    total = _amount(text(facets, "budget.total"))
    spent = sum(lines.values(), Decimal(0))
    if total is not None and lines and spent != total:
        over = f"{money(abs(spent - total), currency)} {'more' if spent > total else 'less'}"
        message = f"the lines add up to {money(spent, currency)}, {over} than the total of {money(total, currency)}"
        yield Finding("lines-and-total", "release" if spent > total else "advice", message, "move the difference into a line", ref="budget.lines")
    if lines and not contingency(facets):
        yield Finding("contingency", "advice", "no line is kept back for what nobody foresaw", "name one as budget.contingency", ref="budget")
    for line, amount in lines.items():
        mine = sum((place.cost() for place in booked if place.line == line), Decimal(0))
        if mine > amount:
            message = f"bookings of {line} add up to {money(mine, currency)}, and the line holds {money(amount, currency)}"
            yield Finding("over-line", "release", message, "book less, or raise the line", ref=f"budget.lines.{line}")
    for place in booked:
        yield from _one(place, lines, currency)


def _one(place: Placement, lines: Mapping[str, Decimal], currency: str) -> Iterator[Finding]:
    computed = place.computed()
    if place.line not in lines:
        yield Finding("no-line", "release", f"{place.slug} is booked on {place.line or 'no line'}, which the budget does not have",
                      f"name one of {', '.join(lines) or 'budget.lines'}", ref=f"{place.ref}.line")  # fmt: skip
    if computed is not None and place.given is not None and computed != place.given:
        message = f"{place.slug}: units times rate is {money(computed, currency)}, and the cost is given as {money(place.given, currency)}"
        yield Finding("units-and-rate", "release", message, "correct one of the three, or leave the cost out", ref=f"{place.ref}.cost")
    if computed is None and place.given is None:
        yield Finding("no-cost", "advice", f"{place.slug} has neither units and rate nor a cost", "give two of the three", ref=place.ref)


def _flights(facets: Facets, booked: Iterable[Placement]) -> Iterator[Finding]:
    """Find money spent before a market launches, after the campaign is over, or backwards in time."""
    for place in booked:
        began = launch(facets, place.market) if place.market else launch(facets)
        start, end = moment(facets, place.starts, place.market), moment(facets, place.ends, place.market)
        over = moment(facets, text(facets, "dates.flight-end") or text(facets, "dates.debrief"), place.market)
        if start and end and day(end) < day(start):
            yield Finding("flight", "release", f"{place.slug} ends before it begins", "swap the days", ref=f"{place.ref}.until")
        if start and began and day(start) < day(began[1]):
            message = f"{place.slug} spends from {day(start)}, before {began[0]} launches on {day(began[1])}"
            yield Finding("flight", "release", message, "begin on launch day", ref=f"{place.ref}.from")
        if end and over and day(end) > day(over):
            message = f"{place.slug} spends until {day(end)}, and the campaign is over on {day(over)}"
            yield Finding("flight", "release", message, "end it earlier, or give dates.flight-end", ref=f"{place.ref}.until")


def _unpaid(facets: Facets, deliverables: Mapping[str, Deliverable], channels: Mapping[str, Channel]) -> Iterator[Finding]:
    """Find paid channels that are written for and have no money."""
    if not members(facets, "budget.lines"):
        return
    used = dict.fromkeys(made.channel for made in deliverables.values() if made.channel in channels and channels[made.channel].paid)
    for channel in used:
        if not budget_line(facets, channel):
            message = f"ads are written for {channel}, and no line of the budget pays for it"
            yield Finding("no-money", "advice", message, f"add budget.lines.{channel}, or a placement on {channel}", ref="budget.lines")


def budget_line(facets: Facets, channel: str) -> str:
    """Find the budget line that pays for a channel: by its bookings, else by a line that is called like the channel."""
    booked = next((place.line for place in placements(facets) if place.channel == channel), "")
    alike = (line for line in members(facets, "budget.lines") if line in (channel, f"{channel}s", f"{channel.removeprefix('google-')}-ads"))
    return booked or next(alike, "")


def money(amount: Decimal, currency: str) -> str:
    """Write an amount: USD 12,000."""
    return f"{currency} {f'{amount:,.2f}'.removesuffix('.00')}".strip()
