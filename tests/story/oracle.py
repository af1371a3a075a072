"""What must be true of a campaign after a change, looked up in its texts and by rendering again; the engine's own flags are not asked."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from concerted.campaign.draft import Draft, Text
from concerted.campaign.facets import hash_value
from concerted.conductor.session import Session
from concerted.planning.render import parse_house, render_variants
from concerted.planning.trace import Reading
from tests.story.stage import Stage, close

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
AMOUNT = re.compile(r"\$\d+(?:[.,]\d+)*|\d+(?:[.,]\d+)* ?€")
SETTLED = ("held", "blocked", "retired", "missing")
"""Standings that say of themselves that they are not what the strategy says now."""


@lru_cache(maxsize=4096)
def runs(text: str) -> frozenset[tuple[str, ...]]:
    """Every three words in a row."""
    words = [word.casefold() for word in WORD.findall(text)]
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def betrays(text: str, old: str, today: Iterable[str]) -> list[str]:
    """Name what a text still says of an old value that nothing of today explains."""
    today = list(today)
    explained = frozenset[tuple[str, ...]]().union(*(runs(value) for value in today))
    amounts = {amount for value in today for amount in AMOUNT.findall(value)}
    said = [" ".join(run) for run in sorted((runs(old) - explained) & runs(text))]
    return said + [amount for amount in AMOUNT.findall(old) if amount not in amounts and amount in AMOUNT.findall(text)]


def leftovers(stage: Stage, old: Mapping[str, str]) -> list[str]:
    """List current texts that still stand on an old value: by their trace, by their words, or because they would be written otherwise today."""
    standings = {asset: row["standing"] for asset, row in stage.status().items()}
    session = stage.sit()
    try:
        current = {asset: draft for asset, draft in session.load().main.texts.items() if standings.get(asset, "retired") not in SETTLED}
        found = [line for asset, draft in current.items() for line in _old_traces(asset, draft, old)]
        found += [line for asset, draft in current.items() for line in _old_words(session, asset, draft, old)]
        return found + [line for asset in current for line in differently_rendered(session, asset)]
    finally:
        close(session)


def _old_traces(asset: str, draft: Draft, old: Mapping[str, str]) -> list[str]:
    hashes = {(f"f:{ref}", hash_value(value)) for ref, value in old.items()}
    return [f"{asset}#{name} read the old {key}" for name, text in draft.fields.items() for key, seen in text.reads() if (key, seen) in hashes]


def _old_words(session: Session, asset: str, draft: Draft, old: Mapping[str, str]) -> list[str]:
    facets = session.facets(session.load())
    today = [str(part) for value in facets.values() for part in (value if isinstance(value, tuple) else (value,))]
    return [
        f"{asset}#{name} still says {said!r}"
        for name, text in draft.fields.items()
        for value in old.values()
        for said in betrays(text.value, value, today)
    ]


def differently_rendered(session: Session, asset: str) -> list[str]:
    """Render every house-written field of an asset again, with today's strategy and the texts that stand on main."""
    state = session.load()
    built = session.build(state)
    deliverable = built.deliverables[asset]
    words = {other: draft.values for other, draft in state.main.texts.items()}
    reading = Reading(deliverable, built.facets, words, state.main.notes.get(asset, ()), {}, {})
    recipes = session.keeper.recipes()
    law = session.kit(state.main.tree).law

    def stands(name: str, text: Text) -> bool:
        sources = parse_house(recipes[text.record.recipe].house).variants.get(name)
        if sources is None:
            return not text.value
        rendering = render_variants(sources, reading, law)
        return rendering.trace == text.record.trace and (text.value in rendering.texts or text.value == "")

    fields = state.main.texts[asset].fields
    return [f"{asset}#{name} would be written otherwise today" for name, text in fields.items() if text.origin == "house" and not stands(name, text)]
