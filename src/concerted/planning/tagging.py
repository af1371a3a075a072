"""Counted links: which key a campaign's links carry, and how a link is tagged without losing what it had. Finding links is not done here."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit

from concerted.campaign.channel import Channel, Tags
from concerted.campaign.deliverable import NONE, Deliverable
from concerted.campaign.facets import Facets
from concerted.campaign.finding import Finding
from concerted.campaign.view import Cell, View
from concerted.planning.moments import day, launch, members, text, texts

COLUMNS = ("asset_id", "channel", "market", "link", "utm_source", "utm_medium", "utm_campaign", "utm_content", "tagged", "why_not")
OWN_SITE = "leads on within your own site, or is no link that people click"
ELSEWHERE = "leads to a site that is not yours"
LEGAL = "legal pages are not counted"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of an asset as it stands in the words, and where it leads when counted; `why_not` where it is not."""

    written: str
    leads: str
    tags: tuple[tuple[str, str], ...] = ()
    why_not: str = ""


def plain(words: str) -> str:
    """Bring words into small letters, digits and hyphens: the only separator that tags use."""
    spelled = words.translate(str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}))
    ascii_only = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def campaign_key(facets: Facets, market: str) -> str:
    """Give the stable key of a campaign in a market: year and month of its launch, its name, the market."""
    found = launch(facets, market)
    month = day(found[1]).strftime("%Y%m") if found else ""
    where = "all" if market == NONE else market
    return "-".join(part for part in (month, plain(text(facets, "campaign.name")), plain(where)) if part)


def tags_of(facets: Facets, deliverable: Deliverable, tags: Tags) -> tuple[tuple[str, str], ...]:
    """Give the tags of an asset's links, in the order in which they are written."""
    return (
        ("utm_source", tags.source),
        ("utm_medium", tags.medium),
        ("utm_campaign", campaign_key(facets, deliverable.market)),
        ("utm_content", deliverable.id.lower()),
    )


def tag(link: str, tags: Iterable[tuple[str, str]]) -> str:
    """Tag a link. Query and fragment stay as they are; a tag that the link already carries is replaced, never doubled."""
    parts = urlsplit(absolute(link))
    wanted = list(tags)
    names = {name for name, _value in wanted}
    kept = [piece for piece in parts.query.split("&") if piece and not names.intersection(name.lower() for name, _ in parse_qsl(piece, True))]
    said = [f"{name}={quote(value, safe='.-_~')}" for name, value in wanted]
    return urlunsplit(parts._replace(path=parts.path or "/", query="&".join((*kept, *said))))


def absolute(link: str) -> str:
    """Write a link so that it can be clicked."""
    return link if re.match(r"[a-z][a-z0-9+.-]*://", link, re.IGNORECASE) else f"https://{link}"


def host(link: str) -> str:
    """Give a link's host without "www."."""
    return (urlsplit(absolute(link)).hostname or "").removeprefix("www.")


def own_hosts(facets: Facets) -> frozenset[str]:
    """Name the campaign's own sites: where its calls to action lead."""
    return frozenset(host(text(facets, f"ctas.{slug}.url")) for slug in members(facets, "ctas") if text(facets, f"ctas.{slug}.url"))


def legal_pages(facets: Facets) -> frozenset[str]:
    """Name imprints and terms."""
    paths = [f"markets.{slug}.imprint" for slug in members(facets, "markets")] + [f"offers.{slug}.terms" for slug in members(facets, "offers")]
    return frozenset(absolute(text(facets, path)).rstrip("/") for path in paths if text(facets, path))


def counted(facets: Facets, deliverable: Deliverable, channel: Channel | None, written: str) -> Link:
    """Tag one link of an asset where its channel's links are counted and it leads to one's own site from outside."""
    leads = absolute(written)
    tags = channel.utm if channel else None
    if tags is None:
        return Link(written, leads, why_not=OWN_SITE)
    if host(written) not in own_hosts(facets):
        return Link(written, leads, why_not=ELSEWHERE)
    if leads.rstrip("/") in legal_pages(facets):
        return Link(written, leads, why_not=LEGAL)
    pairs = tags_of(facets, deliverable, tags)
    return Link(written, tag(written, pairs), pairs)


def links_of(facets: Facets, deliverable: Deliverable, channel: Channel | None, written: Iterable[str]) -> tuple[Link, ...]:
    """Count the links in an asset's words, and first of all where its call to action leads, which buttons do not spell out."""
    button = text(facets, f"ctas.{text(facets, f'audiences.{deliverable.audience}.cta')}.url")
    listed = dict.fromkeys((*((button,) if button else ()), *written))
    by_target = {absolute(link).rstrip("/"): link for link in reversed(listed)}
    return tuple(counted(facets, deliverable, channel, link) for link in listed if by_target[absolute(link).rstrip("/")] == link)


def utm_scheme(facets: Facets, links: Mapping[str, tuple[Link, ...]], deliverables: Mapping[str, Deliverable]) -> View:
    """List every link of every asset with its tags, and what is wrong with them."""
    rows: list[tuple[Cell, ...]] = []
    for asset, found in links.items():
        made = deliverables[asset]
        for link in found:
            tags = dict(link.tags)
            cells = (tags.get(name, "") for name in ("utm_source", "utm_medium", "utm_campaign", "utm_content"))
            rows.append((asset, made.channel, made.market, link.written, *cells, link.leads, link.why_not))
    keys = ", ".join(dict.fromkeys(campaign_key(facets, market) for market in texts(facets, "markets.#keys")))
    note = f"Small letters, hyphens as the only separator. Keys: {keys}. utm_content is the asset's id, so that results find their text."
    return View("utm", "Counted links", note, COLUMNS, tuple(rows), tuple(_doubts(links)))


def _doubts(links: Mapping[str, tuple[Link, ...]]) -> Iterable[Finding]:
    for asset, found in links.items():
        for link in found:
            old = [name for name, _value in parse_qsl(urlsplit(absolute(link.written)).query, True) if name.lower().startswith("utm_")]
            if old and not link.tags:
                message = f"{link.written} is tagged by hand ({', '.join(old)}) where links are not counted"
                yield Finding("internal-utm", "advice", message, "take the tags out: they end the visit that brought the reader here", asset=asset)
