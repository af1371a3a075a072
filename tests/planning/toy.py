"""A tiny campaign for the pure core: real templates and rules of two or three words, value domains so small that A->B->A happens.

What a template reads is said a second time in `inputs`, in plain Python: the oracle never asks the engine what a text was written from.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from concerted.campaign.deliverable import Deliverable, DeliverableType, FieldSpec
from concerted.campaign.draft import Trace, hash_text
from concerted.campaign.facets import Facets, Value, flatten, hash_at
from concerted.campaign.finding import Finding
from concerted.campaign.outside import KINDS, PICTURE
from concerted.planning.kit import Kit, Matching, Recipe, Roles, Rulebook
from concerted.planning.rename import renames
from concerted.planning.trace import Law

K = TypeVar("K")
V = TypeVar("V")
BASE = "en"
WORDED = ("positioning.promise", "offers.start.line", "claims.wait.full")

HOUSE = """== roof
{{ positioning.promise }}
--
We say: {{ positioning.promise }}
== proof
{{ claims.wait.full }}{% if news.new is defined %} {{ news.new }}{% endif %}
"""
CONCEPT = """== tagline
{{ upstream.house.roof }}
== mood
Calm for {{ positioning.for_whom }}{% for slug, audience in audiences.items() %}, {{ audience.who }}{% endfor %}.
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
From {{ dates.launch }} for {{ audience.who }}.
"""
GERMAN = """== h1
{{ positioning.promise }}
== offer
{{ offers.start.line }}
"""
TEMPLATES: Mapping[str, str] = {"house": HOUSE, "concept": CONCEPT, "page": PAGE, "mail": MAIL, "seite": GERMAN}

TYPES = {
    "house": DeliverableType("house", "Messaging house", "messaging", (FieldSpec("roof"), FieldSpec("proof", "proof"))),
    "concept": DeliverableType("concept", "Concept", "creative", (FieldSpec("tagline"), FieldSpec("mood", "mood"))),
    "page": DeliverableType("page", "Page", "web", (FieldSpec("h1"), FieldSpec("offer", "offer", optional=True), FieldSpec("proof"))),
    "mail": DeliverableType("mail", "Mail", "email", (FieldSpec("subject"), FieldSpec("body"), FieldSpec("date", "date"))),
    "seite": DeliverableType("seite", "Seite", "web", (FieldSpec("h1"), FieldSpec("offer", "offer", optional=True))),
}
HERO = Deliverable(PICTURE, "web", variant="hero", made_by="outside")
"""A picture of no market that every page shows, where the strategy says who makes it. The driver's never does."""
_PROMPTS = {
    "house.main": "{{ positioning.promise }}",
    "house.proof": "{{ claims.wait.full }}{% if news.new is defined %} {{ news.new }}{% endif %}",
    "concept.main": "{{ upstream.house.roof }}",
    "concept.mood": "{{ positioning.for_whom }}{% for slug, audience in audiences.items() %} {{ audience.who }}{% endfor %}",
    "page.main": "{{ upstream.concept.tagline }} {{ upstream.house.proof }}",
    "page.offer": "{{ offers.start.line }}",
    "mail.main": "{{ upstream.page.h1 }} {{ positioning.promise.h30 }}",
    "mail.date": "{{ dates.launch }} {{ audience.who }}",
    "seite.main": "{{ positioning.promise }}",
    "seite.offer": "{{ offers.start.line }}",
}


def _prompt(slug: str) -> str:
    """One prompt template per type, its groups told apart inside, notes of people below."""
    parts = [f'{{% if group == "{key.partition(".")[2]}" %}}{text}{{% endif %}}' for key, text in _PROMPTS.items() if key.startswith(f"{slug}.")]
    return "".join(parts) + "{% for note in notes %} / {{ note }}{% endfor %}"


PROMPTS = {slug: _prompt(slug) for slug in TYPES}
SHAPES = {**TYPES, PICTURE: KINDS[PICTURE]}

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


def expand(facets: Facets) -> dict[str, Deliverable]:
    """House and concept, then a page and a mail per audience and a German page; a picture and days of publication only where they are named."""
    house = Deliverable("house")
    concept = Deliverable("concept", needs={"house": house.id})
    out = [house, concept]
    media = (HERO.id,) if "pictures.hero.who" in facets else ()
    if media:
        out.append(replace(HERO, who=str(facets["pictures.hero.who"])))
    members, day = facets.get("audiences.#keys", ()), str(facets.get("dates.publish", ""))
    for slug in members if isinstance(members, tuple) else ():
        needs, start = {"house": house.id, "concept": concept.id}, len(str(slug)) % 2
        page = Deliverable("page", "web", str(slug), "us", needs=needs, rotation=start, media=media, publish=day)
        out += [page, Deliverable("mail", "email", str(slug), "us", needs={"page": page.id})]
    if "markets.de.language" in facets:
        out.append(Deliverable("seite", "web", "-", "de", language=str(facets["markets.de.language"]), locale="de-DE"))
    return {deliverable.id: deliverable for deliverable in out}


def is_guardrail(path: str) -> bool:
    """Banned words and the last day of an offer or claim are verified, never written from."""
    return path.startswith("brand.words.") or path.endswith(".until")


class Remembered(Generic[K, V]):
    """A function of one object that is never changed, remembered by identity: trees and facets are built once and read thousands of times."""

    def __init__(self, make: Callable[[K], V]) -> None:
        self.make = make
        self.known: dict[int, tuple[K, V]] = {}

    def __call__(self, of: K) -> V:
        """Give what was made of this very object, or make it."""
        found = self.known.get(id(of))
        if found is None or found[0] is not of:
            if len(self.known) > 500:
                self.known.clear()
            found = self.known[id(of)] = (of, self.make(of))
        return found[1]


def _guards(facets: Facets) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str, str], ...], str]:
    """Collect what rules need of a strategy: banned phrases, (path, last day, line) of what ends, and the hash of it all."""
    phrases = tuple((path, str(value)) for path, value in facets.items() if path.startswith("brand.words.never.") and not path.endswith("#keys"))
    ends = tuple(
        (path, str(value), str(facets.get(f"{path[:-6]}.line", facets.get(f"{path[:-6]}.full", ""))))
        for path, value in facets.items()
        if path.endswith(".until")
    )
    return phrases, ends, hash_text(str(sorted((k, v) for k, v in facets.items() if is_guardrail(k))))


def rules(deliverable: Deliverable, words: Mapping[str, str], facets: Facets, today: str) -> tuple[Finding, ...]:
    """Judge words: no banned phrase, nothing stated after its last day."""
    phrases, ends, _hash = GUARDS(facets)
    found: list[Finding] = []
    for path, phrase in phrases:
        found += [_finding("banned-word", f"says “{phrase}”.", path, (deliverable.id, n)) for n, t in words.items() if phrase.lower() in t.lower()]
    for path, day, line in ends:
        if day < today and line:
            found += [_finding("expired", f"states “{line}” after {day}.", path, (deliverable.id, n)) for n, t in words.items() if line in t]
    return tuple(found)


def _finding(rule: str, message: str, ref: str, place: tuple[str, str]) -> Finding:
    return Finding(rule, "release", message, "Say it otherwise.", ref, place[0], place[1], message)


def _says(text: str, facets: Facets) -> Trace:
    return tuple((f"f:{path}", seen) for path, value, seen in STATED(facets) if value in text)


def _sayable(facets: Facets) -> tuple[tuple[str, str, str], ...]:
    lines = sorted((path, value) for path, value in facets.items() if isinstance(value, str) and path.endswith((".full", ".line")))
    return tuple((path, value, hash_at(facets, path)) for path, value in lines)


def _fragments(old: str, new: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    words = old.rstrip(".").split()
    runs = [" ".join(words[at : at + 3]) for at in range(len(words) - 2)]
    return tuple(run for run in runs if run not in new and not any(run in text for text in allowed))


def _carries(text: str, runs: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(run for run in runs if run in text)


def segment(text: str) -> list[str]:
    """Split into sentences, losslessly."""
    parts = text.split(". ")
    return [part + ". " for part in parts[:-1]] + parts[-1:]


FACETS: Remembered[Mapping[str, Any], dict[str, Value]] = Remembered(flatten)
GUARDS = Remembered(_guards)
STATED = Remembered(_sayable)


def _facets(tree: Mapping[str, Any], catalog: Facets) -> Facets:
    return {**FACETS(tree), **catalog} if catalog else FACETS(tree)


ROLES = ("copy", "claims")


def demanded(_deliverable: Deliverable, words: Mapping[str, str], facets: Facets) -> tuple[str, ...]:
    """`copy` for every text; `claims` where there is such a rule and the text states a claim or an offer."""
    states = any(_says(text, facets) for text in words.values())
    return ("copy", "claims") if states and "approvals.claims.who" in facets else ("copy",)


def people(role: str, _deliverable: Deliverable | None, facets: Facets) -> tuple[str, ...]:
    """Name who may sign: the person, then the deputy."""
    rule = "copy" if role == "wordings" else role
    named = (facets.get(f"approvals.{rule}.{part}") for part in ("who", "deputy"))
    return tuple(str(name) for name in named if name)


EXPANDED = Remembered(expand)


def recipe(setting: Setting, deliverable: Deliverable) -> Recipe:
    """Give the configured recipe of a deliverable."""
    if deliverable.type not in TYPES:
        return Recipe("house", "", "", "")
    mode = "model" if deliverable.type in setting.modelled else "house"
    return Recipe(mode, setting.templates[deliverable.type], PROMPTS[deliverable.type], "scripted" if mode == "model" else "")


def kit(setting: Setting = Setting()) -> Kit:
    """Assemble the toy kit."""
    return Kit(
        law=Law(lambda path: path in WORDED, is_guardrail, BASE),
        expand=EXPANDED,
        types=lambda slug: SHAPES[slug],
        recipe=lambda deliverable: recipe(setting, deliverable),
        rules=Rulebook(rules, rules, lambda facets: GUARDS(facets)[2], is_guardrail),
        matching=Matching(_says, _fragments, _carries, segment),
        roles=Roles(demanded, people),
        facets=_facets,
        today=setting.today,
        renames=lambda facets, ids: renames(facets, ids, EXPANDED(facets)),
    )


def at(setting: Setting, today: str) -> Setting:
    """Move the day."""
    return replace(setting, today=today)


Words = Mapping[str, Mapping[str, str]]
"""Asset -> field -> words, as they stand on one line."""


def inputs(asset: str, name: str, facets: Facets, words: Words) -> tuple[object, ...]:
    """Say in plain Python what a field is written from. A model sees what its whole group is written from: see `group_inputs`."""
    kind, _, audience, _, _ = asset.split(".")
    if kind not in TYPES:
        return ()
    house, concept = words.get("house.-.-.-.-", {}), words.get("concept.-.-.-.-", {})
    page = words.get(f"page.web.{audience}.us.-", {})
    german = facets.get("markets.de.language", "de") != BASE
    listed = facets.get("audiences.#keys", ())
    members = listed if isinstance(listed, tuple) else ()
    known: dict[str, tuple[object, ...]] = {
        "house.roof": (facets.get("positioning.promise"),),
        "house.proof": (facets.get("claims.wait.full"), facets.get("news.new")),
        "concept.tagline": (house.get("roof"),),
        "concept.mood": (facets.get("positioning.for-whom"), *(facets.get(f"audiences.{slug}.who") for slug in members)),
        "page.h1": (concept.get("tagline"),),
        "page.offer": (facets.get("offers.start.line"),),
        "page.proof": (house.get("proof"),),
        "mail.subject": (page.get("h1"),),
        "mail.body": (facets.get("positioning.promise@en.h30"),),
        "mail.date": (facets.get("dates.launch"), facets.get(f"audiences.{audience}.who")),
        "seite.h1": (facets.get("positioning.promise@de" if german else "positioning.promise"),),
        "seite.offer": (facets.get("offers.start.line@de" if german else "offers.start.line"),),
    }
    return known[f"{kind}.{name}"]


def group_inputs(asset: str, name: str, facets: Facets, words: Words) -> tuple[object, ...]:
    """Say what a model writing this field is given: the inputs of every field of its group."""
    kind = SHAPES[asset.partition(".")[0]]
    group = kind.field(name).group
    return tuple(value for spec in kind.fields if spec.group == group for value in inputs(asset, spec.name, facets, words))


def plain_house(asset: str, name: str, facets: Facets, words: Words) -> frozenset[str]:
    """Say in plain Python what the house writer may write today, under the upgraded templates too; empty where a fact is missing."""
    given = inputs(asset, name, facets, words)
    place = f"{asset.partition('.')[0]}.{name}"
    if not given:
        return frozenset()
    if place == "house.proof":
        return frozenset({f"{given[0]} {given[1]}" if given[1] else str(given[0])} if given[0] else ())
    if place == "concept.mood":
        return frozenset({f"Calm for {', '.join(str(part) for part in given)}."} if all(given) else ())
    if not all(given):
        return frozenset({""} if place.endswith(".offer") else ())
    if place == "mail.date":
        return frozenset({f"From {given[0]} for {given[1]}."})
    others = {"house.roof": ("We say: ",), "page.h1": ("Now: ", "At last: "), "page.offer": ("Our offer: ", "We offer: ")}.get(place, ())
    return frozenset({f"{start}{given[0]}" for start in ("", *others)})
