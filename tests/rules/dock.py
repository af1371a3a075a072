"""A strategy for the rule tests (an invented company that re-plans loading docks, in two markets), and a way to check one text."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from concerted.campaign.channel import Channel
from concerted.campaign.facets import Value, flatten
from concerted.campaign.finding import Finding
from concerted.rules import Subject, check, prepare

CHANNEL_FILES = Path(__file__).parents[2] / "src" / "concerted" / "library" / "channels"
CHANNELS = {file.stem: Channel.from_data(file.stem, tomllib.loads(file.read_text(encoding="utf-8"))) for file in sorted(CHANNEL_FILES.glob("*.toml"))}

TREE: dict[str, Any] = {
    "campaign": {"name": "Rampline Live", "company": "Rampline (invented)", "tier": 1, "owner": "Mara Quinn", "language": "en-US"},
    "news": {
        "new": "Rampline Live re-plans dock appointments when trucks run late.",
        "until_now": "Rampline Book fixed every slot the evening before; after that the yard re-planned by phone.",
    },
    "objectives": {
        "demos": {"measure": "qualified demo requests", "target": "260", "by": "2027-06-30", "guardrail": "cost per demo at most USD 420"}
    },
    "positioning": {
        "category": "dock scheduling software",
        "promise": "When trucks run late, your dock plan fixes itself.",
        "because": "Live reads carrier positions every two minutes and re-plans docks, crews and driver messages together.",
        "rejected": {"fastest": "never compared with every rival", "ai-powered": "says nothing to a dock manager"},
    },
    "messages": {
        "replan": {"pillar": "A late truck no longer costs you the morning."},
        "wait": {"pillar": "Trucks spend 38 minutes in your yard, not 71."},
    },
    "claims": {
        "wait": {
            "kind": "measured",
            "full": "At 14 pilot warehouses the median wait fell from 71 to 38 minutes (9,240 arrivals, September to November 2026).",
            "short": "38 minutes instead of 71",
            "short_needs": "Median, 14 pilot warehouses, autumn 2026",
            "short_never_in": ["google-search", "sms"],
            "evidence": "pilot report, page 7",
            "cleared": {"us": "D. Shah, 3 February", "de": "Kanzlei Brandt, 9 February"},
            "recheck": "2027-09-01",
        },
        "sites": {"kind": "count", "full": "310 warehouses book their docks with Rampline.", "short": "310 warehouses", "until": "2027-07-31"},
        "speed": {
            "kind": "measured",
            "full": "Setting up a dock group takes 45 minutes.",
            "from": "2027-04-01",
            "cleared": {"us": "D. Shah, 3 February"},
        },
        "detention": {"kind": "not-yet", "full": "Detention fees fall.", "waiting_for": "finance data, due 1 April"},
    },
    "people": {
        "ceo": {
            "name": "Ines Okafor",
            "title": "chief executive",
            "quote": "The plan you print at six is wrong by eight. We stopped printing it.",
            "cleared": "2027-02-20",
        },
        "reyes": {
            "name": "Tom Reyes",
            "title": "site manager, Fennel Foods",
            "quote": "I used to make eleven calls before breakfast. Now I make coffee.",
            "permission": {"use": ["web", "press"], "markets": ["us"], "until": "2028-02-28"},
        },
    },
    "offers": {
        "start": {
            "line": "60 days free on one dock group, no card.",
            "for": "new customers",
            "then": {"us": "USD 1,900 per site per month", "de": "1.750 EUR pro Standort und Monat zzgl. USt."},
            "from": "2027-03-09",
            "until": "2027-05-31",
            "terms": "rampline.example/terms",
        }
    },
    "ctas": {
        "see": {"text": "Watch a late truck re-plan", "url": "rampline.example/see"},
        "talk": {"text": "Book a yard walk-through", "url": "https://www.rampline.example/talk/"},
    },
    "audiences": {"dock": {"who": "dock managers with 10 to 60 docks", "says": "The plan is dead by eight.", "lead": "replan", "proof": ["wait"]}},
    "markets": {
        "us": {"language": "en-US", "currency": "USD", "launch": "2027-03-09 08:00", "sender": "Rampline Inc., 200 Mill Street, Columbus OH"},
        "de": {
            "language": "de-DE",
            "address": "Sie",
            "currency": "EUR",
            "launch": "2027-03-10 15:00",
            "leave_out": {"people.reyes": "permission covers the US only"},
        },
    },
    "brand": {
        "words": {
            "never": {"revolutionary": "revolutionary", "seamless": "seamless", "game-changer": "game-changer", "nahtlos": "nahtlos"},
            "prefer": {"plan": {"say": "dock plan", "not": "dock calendar"}},
        },
        "boilerplate": "Rampline makes dock scheduling software for warehouses.",
    },
    "competitors": {
        "slotbase": {"name": "Slotbase (invented)", "in_copy": "never by name", "price": {"value": "USD 1,600 per site per month"}},
        "dockly": {"name": "Dockly", "in_copy": "in comparisons"},
    },
    "confidential": {"until_launch": ["news", "offers", "people.ceo.quote"], "never_outside": ["competitors.slotbase", "objectives"]},
    "dates": {"debrief": "2027-04-13"},
    "budget": {"total": "USD 84,000"},
    "contact": {"name": "Mara Quinn", "email": "press@rampline.example", "phone": "+1 614 555 0142"},
    "wordings": {
        "en": {"positioning.promise": {"h30": "Dock plans that fix themselves"}},
        "de": {
            "positioning.promise": {"text": "Kommen Lkw zu spät, stellt sich Ihr Rampenplan von selbst um."},
            "claims.wait.full": {
                "text": "In 14 Pilotlagern sank die Wartezeit im Median von 71 auf 38 Minuten (9.240 Ankünfte, September bis November 2026)."
            },
            "claims.wait.short": {"text": "38 statt 71 Minuten"},
            "claims.wait.short_needs": {"text": "Median, 14 Pilotlager, Herbst 2026"},
        },
    },
}


def facets_with(**changes: Value) -> dict[str, Value]:
    """The strategy's facets and every channel's, with leaves put in or (None) taken out; `__` stands for a dot, `_` inside names for itself."""
    facets = flatten(TREE)
    for channel in CHANNELS.values():
        facets.update(channel.as_facets())
    for name, value in changes.items():
        path = name.replace("__", ".")
        if value is None:
            facets.pop(path, None)
        else:
            facets[path] = value
    return facets


FACETS = facets_with()
LEXICON = prepare(FACETS)
LAUNCH = date(2027, 3, 10)
EARLIER = date(2027, 2, 1)


def subject(texts: Mapping[str, str] | str, **others: Any) -> Subject:
    """A public US email of launch day unless said otherwise; one bare text is its body."""
    known: dict[str, Any] = {
        "asset": "launch-email.email.dock.us.-",
        "type": "launch-email",
        "channel": "email",
        "audience": "dock",
        "market": "us",
        "language": "en-US",
        "visibility": "public",
        "texts": {"body": texts} if isinstance(texts, str) else texts,
        "slots": {},
        "publish": LAUNCH,
    }
    return Subject(**{**known, **others})


def found(texts: Mapping[str, str] | str, rule: str, **others: Any) -> tuple[Finding, ...]:
    """What one rule finds. `facets` stands in for the strategy, `today` for a day before launch."""
    facets, today = others.pop("facets", LEXICON), others.pop("today", EARLIER)
    return tuple(finding for finding in check(subject(texts, **others), facets, today) if finding.rule == rule)


def words_found(texts: Mapping[str, str] | str, rule: str, **others: Any) -> list[str]:
    """The words that one rule objects to."""
    return [finding.evidence for finding in found(texts, rule, **others)]
