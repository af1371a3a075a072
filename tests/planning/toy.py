"""A tiny campaign for the pure core: real templates and rules of two or three words, value domains so small that A->B->A happens."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from concerted.campaign.deliverable import Deliverable, DeliverableType, FieldSpec
from concerted.campaign.draft import Trace, hash_text
from concerted.campaign.facets import Facets, Value, flatten, hash_at
from concerted.campaign.finding import Finding
from concerted.planning.kit import Kit, Matching, Recipe, Roles, Rulebook
from concerted.planning.trace import Law

BASE = "en"

HOUSE = """== roof
{{ positioning.promise }}
--
We say: {{ positioning.promise }}
== proof
{{ claims.wait.full }}
"""
CONCEPT = """== tagline
{{ upstream.house.roof }}
== mood
Calm for {{ positioning.for_whom }}.
"""
PAGE = """== h1
{{ upstream.concept.tagline }}
--
Now: {{ upstream.concept.tagline }}
== offer
{{ offers.start.line }}
--
Our offer: {{ offers.start.line }}
== proof
{{ upstream.house.proof }}
"""
MAIL = """== subject
{{ upstream.page.h1 }}
== body
{{ positioning.promise.h30 }}
== date
From {{ dates.launch }}.
"""
GERMAN = """== h1
{{ positioning.promise }}
== offer
{{ offers.start.line }}
"""

TYPES = {
    "house": DeliverableType("house", "Messaging house", "messaging", (FieldSpec("roof"), FieldSpec("proof", "proof"))),
    "concept": DeliverableType("concept", "Concept", "creative", (FieldSpec("tagline"), FieldSpec("mood", "mood"))),
    "page": DeliverableType("page", "Page", "web", (FieldSpec("h1"), FieldSpec("offer", "offer", optional=True), FieldSpec("proof"))),
    "mail": DeliverableType("mail", "Mail", "email", (FieldSpec("subject"), FieldSpec("body"), FieldSpec("date", "date"))),
    "seite": DeliverableType("seite", "Seite", "web", (FieldSpec("h1"), FieldSpec("offer", "offer", optional=True))),
}
TEMPLATES = {"house": HOUSE, "concept": CONCEPT, "page": PAGE, "mail": MAIL, "seite": GERMAN}
PROMPT = """{% if me.type == "house" and group == "main" %}{{ positioning.promise }}{% elif me.type == "house" %}{{ claims.wait.full }}{% endif %}
{% if me.type == "concept" and group == "main" %}{{ upstream.house.roof }}{% elif me.type == "concept" %}{{ positioning.for_whom }}{% endif %}
{% if me.type == "page" and group == "main" %}{{ upstream.concept.tagline }} {{ upstream.house.proof }}{% elif me.type == "page" %}{{ offers.start.line }}{% endif %}
{% if me.type == "mail" and group == "main" %}{{ upstream.page.h1 }} {{ positioning.promise.h30 }}{% elif me.type == "mail" %}{{ dates.launch }}{% endif %}
{% if me.type == "seite" and group == "main" %}{{ positioning.promise }}{% elif me.type == "seite" %}{{ offers.start.line }}{% endif %}
"""

TREE: dict[str, Any] = {
    "campaign": {"name": "Toy", "owner": "Mara"},
    "positioning": {"promise": "The plan mends itself alone.", "for-whom": "yards"},
    "claims": {"wait": {"full": "Waits fell to 38 minutes."}},
    "offers": {"start": {"line": "Sixty days free of charge."}},
    "dates": {"launch": "2027-03-09"},
    "brand": {"words": {"never": {"magic": "magic"}}},
    "approvals": {"copy": {"who": "Mara", "deputy": "Ben"}},
    "audiences": {"dock": {"who": "dock managers"}},
    "markets": {"us": {"language": "en"}, "de": {"language": "de"}},
    "wordings": {
        "en": {"positioning.promise": {"h30": "Plans that mend themselves"}},
        "de": {"positioning.promise": {"text": "Der Plan heilt sich selbst."}, "offers.start.line": {"text": "Sechzig Tage kostenlos."}},
    },
}


@dataclass(frozen=True)
class Setting:
    """How the toy is configured: which types a model writes, and the day."""

    modelled: frozenset[str] = frozenset()
    today: str = "2027-01-01"
    templates: Mapping[str, str] = field(default_factory=lambda: TEMPLATES)
    german: bool = True


def expand(facets: Facets, german: bool = True) -> dict[str, Deliverable]:
    """House and concept, then a page and a mail per audience and a German page."""
    house = Deliverable("house")
    concept = Deliverable("concept", needs={"house": house.id})
    out = [house, concept]
    members = facets.get("audiences.#keys", ())
    for slug in members if isinstance(members, tuple) else ():
        page = Deliverable("page", "web", str(slug), "us", needs={"house": house.id, "concept": concept.id}, rotation=len(out))
        out += [page, Deliverable("mail", "email", str(slug), "us", needs={"page": page.id}, rotation=len(out))]
    if german and "markets.de.language" in facets:
        out.append(Deliverable("seite", "web", "-", "de", language="de", locale="de-DE"))
    return {deliverable.id: deliverable for deliverable in out}


def _banned(deliverable: Deliverable, words: Mapping[str, str], facets: Facets, _today: str) -> tuple[Finding, ...]:
    found: list[Finding] = []
    for path, phrase in facets.items():
        if path.startswith("brand.words.never.") and not path.endswith("#keys"):
            found += [
                Finding("banned-word", "release", f"says “{phrase}”.", "Say it otherwise.", path, deliverable.id, name, str(phrase))
                for name, text in words.items()
                if str(phrase).lower() in text.lower()
            ]
    return tuple(found)


def _says(text: str, facets: Facets) -> Trace:
    stated = (path for path, value in facets.items() if isinstance(value, str) and path.startswith(("claims.", "offers.")) and value in text)
    return tuple((f"f:{path}", hash_at(facets, path)) for path in stated)


def _fragments(old: str, new: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    words = old.rstrip(".").split()
    runs = [" ".join(words[at : at + 3]) for at in range(len(words) - 2)]
    return tuple(run for run in runs if run not in new and not any(run in text for text in allowed))


def _carries(text: str, runs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(run for run in runs if run in text)


def _segment(text: str) -> list[str]:
    return [part + "." for part in text.split(".") if part.strip()] if "." in text else [text]


def _facets(tree: Mapping[str, Any], catalog: Facets) -> dict[str, Value]:
    return {**flatten(tree), **catalog}


def kit(setting: Setting = Setting()) -> Kit:
    """Assemble the toy kit."""
    worded = ("positioning.promise", "offers.start.line", "claims.wait.full")

    def recipe(deliverable: Deliverable) -> Recipe:
        mode = "model" if deliverable.type in setting.modelled else "house"
        return Recipe(mode, setting.templates[deliverable.type], PROMPT, "scripted" if mode == "model" else "")

    return Kit(
        law=Law(lambda path: path in worded, lambda path: path.startswith("brand.words."), BASE),
        expand=lambda facets: expand(facets, setting.german),
        types=lambda slug: TYPES[slug],
        recipe=recipe,
        rules=Rulebook(_banned, _banned, lambda facets: hash_text(str(sorted((k, v) for k, v in facets.items() if k.startswith("brand.")))), lambda path: path.startswith("brand.words.")),
        matching=Matching(_says, _fragments, _carries, _segment),
        roles=Roles(lambda _d, _w, _f: ("copy",), lambda role, _d, facets: tuple(str(facets[p]) for p in (f"approvals.{'copy' if role == 'wordings' else role}.who", f"approvals.{'copy' if role == 'wordings' else role}.deputy") if p in facets)),
        facets=_facets,
        today=setting.today,
    )


def at(setting: Setting, today: str) -> Setting:
    """Move the day."""
    return replace(setting, today=today)
