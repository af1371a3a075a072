"""From a draft back to the strategy: a sentence that states a fact better, or differently, becomes the strategy's own line by the usual Change."""

from concerted.campaign.facets import Facets
from concerted.campaign.line import State
from concerted.campaign.spelling import did_you_mean
from concerted.conductor.changing import Confirm, change_strategy
from concerted.conductor.report import Report
from concerted.conductor.session import Session
from concerted.errors import NotFound, Reason, Refused
from concerted.planning.build import Built

FORMS = ("full", "pillar", "claim", "quote", "value", "line")
"""Which line of an entry is meant where only the entry is named, in this order."""
FACTS = ("claims.", "messages.", "positioning.", "offers.", "news.", "brand.boilerplate", "people.")
ALIKE = 1 / 3
"""Share of words that a sentence has in common with a line, so that it is taken to be meant."""
WORTH = 2
"""Assets that read a line before changing it is worth more than another edit."""


def promote(session: Session, place: str, to: str, sentence: str, confirm: Confirm) -> Report:
    """Make a sentence of a draft the strategy's line `to`. Raises NotFound, Refused where it is not clear which sentence is meant."""
    session.person()
    state = session.state()
    asset, _, name = place.partition("#")
    draft = state.main.texts.get(asset)
    if draft is None or name not in draft.fields:
        known = draft.fields if draft else state.main.texts
        raise NotFound(f"There is no {place}.", next=did_you_mean(name if draft else asset, known) or "concerted status")
    facets = session.facets(state)
    ref = line_of(facets, to)
    words = _meant(session, state, (place, draft.fields[name].value), ref, sentence)
    if words == facets.get(ref):
        raise Refused(f"{ref} says this already.", next=f"concerted why {asset}")
    readers = readers_of(session.build(state), ref)
    report = change_strategy(session, {ref: words}, confirm)
    return {**report, "promoted": ref, "sentence": words, "from": place, "used_in": readers}


def line_of(facets: Facets, to: str) -> str:
    """Find the line that is meant: a leaf as it is, or the main line of an entry such as `claims.wait`. Raises NotFound."""
    if isinstance(facets.get(to), str):
        return to
    found = next((f"{to}.{form}" for form in FORMS if isinstance(facets.get(f"{to}.{form}"), str)), "")
    if not found:
        lines = [path for path, value in facets.items() if isinstance(value, str) and path.startswith(FACTS) and "@" not in path]
        raise NotFound(f"The strategy has no line {to}.", next=did_you_mean(to, lines) or f"such as {', '.join(lines[:3])}")
    return found


def _meant(session: Session, state: State, where: tuple[str, str], ref: str, sentence: str) -> str:
    """Give the sentence that is meant: the typed one, the only one, or the one most like what the line says today."""
    place, text = where
    parts = [part.strip() for part in session.kit(state.main.tree).matching.segment(text) if part.strip()]
    ways = [Reason("one of its sentences", f'concerted promote {place} --to {ref} --sentence "{part}"', place) for part in parts]
    if sentence:
        typed = sentence.strip()
        runs = (" ".join(parts[start:end]) for start in range(len(parts)) for end in range(start + 1, len(parts) + 1))
        found = next((run for run in runs if _same(run, typed)), None)
        if found is None and typed in text:
            raise Refused(f"“{typed}” is no whole sentence of {place}; half of one is no line of a strategy.", reasons=ways)
        if found is None:
            raise NotFound(f"{place} does not say “{typed}”.", next=f"concerted show {place.partition('#')[0]}")
        return found
    if len(parts) == 1:
        return parts[0]
    now = set(str(session.facets(state).get(ref) or "").lower().split())
    likeness = [(len(now & set(part.lower().split())) / max(1, len(now | set(part.lower().split()))), part) for part in parts]
    best = sorted(likeness, reverse=True)
    if len(best) > 1 and best[0][0] > ALIKE and best[0][0] - best[1][0] > ALIKE / 2:
        return best[0][1]
    raise Refused(f"{place} has {len(parts)} sentences; say which one.", reasons=ways)


def readers_of(built: Built, ref: str) -> list[str]:
    """Name the assets whose texts read or state a line, or a wording of it."""
    keys = {f"f:{ref}"} | {f"f:{path}" for path in built.facets if path.startswith(f"{ref}@")}
    return [asset for asset, slot in built.slots.items() if any(key in keys for text in slot.texts.values() for key, _seen in text.reads())]


def hints(session: Session, state: State, place: str, old: str, new: str) -> list[Report]:
    """Name the lines of the strategy that an edit rewords in one text only, where other texts go on saying them as they were."""
    segment = session.kit(state.main.tree).matching.segment
    before = [part.strip() for part in segment(old)]
    after = {part.strip() for part in segment(new)}
    gone = [part for part in before if part and part not in after]
    added = [part for part in (part.strip() for part in segment(new)) if part and part not in before]
    if not gone or not added:
        return []
    built = session.build(state)
    found: list[Report] = []
    for ref, value in built.facets.items():
        if not ref.startswith(FACTS) or "@" in ref or not isinstance(value, str):
            continue
        if any(_same(part, value) for part in gone) and (readers := readers_of(built, ref)) and len(readers) >= WORTH:
            found.append({"ref": ref, "assets": readers, "command": f"concerted promote {place} --to {ref}"})
    return found


def _same(sentence: str, value: str) -> bool:
    """Tell whether a sentence is what a line says, give or take its closing mark."""
    return sentence.rstrip(".!? ").casefold() == value.rstrip(".!? ").casefold()
