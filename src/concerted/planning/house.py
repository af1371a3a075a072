"""The house writer inside the core: it states only what the strategy states, so it is computed, not executed. One field is one unit."""

from dataclasses import dataclass, replace
from itertools import product

from concerted.campaign.deliverable import FieldSpec
from concerted.campaign.draft import Record, Text, hash_text
from concerted.campaign.facets import ABSENT, MEMBERS
from concerted.campaign.leaf import LIMITS
from concerted.campaign.strategy import first_line, leaf_at
from concerted.planning.render import Rendering, parse_house, render_variants
from concerted.planning.reuse import stored_text
from concerted.planning.site import Site, Slot

NO_TEMPLATE = "the house writer has no template for it in this language; a model or a person can write it"


@dataclass(frozen=True, slots=True)
class Picked:
    """What the house writer came to for one field: a text, or why there is none, or that it must wait for an upstream text."""

    record: Record
    """What it was given today, whether or not a text came of it."""
    text: Text | None = None
    why: str = ""
    lacks: tuple[str, ...] = ()
    """Lines of the strategy that are not filled in and without which there is no text."""
    shorten: tuple[str, int] | None = None
    """The line of the strategy, or the wording, that would fit with so many characters."""
    waits: bool = False
    reused: bool = False
    """True where the words are a stored draft's."""
    raw: str | None = None
    """Where no variant may be used: what the first of them says, which a person's words are still to be compared with."""


def render_field(site: Site, slot: Slot, name: str) -> Rendering | None:
    """Render the house variants of a field on this line; None where the template has no such field."""
    if not slot.recipe.house:
        return None
    sources = parse_house(slot.recipe.house).variants.get(name)
    return render_variants(sources, site.reading(slot.deliverable), site.kit.law) if sources else None


def write_field(site: Site, slot: Slot, spec: FieldSpec, before: Text | None, *, reuse: bool = True) -> Picked:
    """Write one field: a stored text that fits, else the earlier one while it is among today's renderings, else the next variant that passes."""
    rendering = render_field(site, slot, spec.name)
    if rendering is None:
        record = Record(slot.recipe.hash, (), "")
        return Picked(record, Text("", "house", record)) if spec.optional else Picked(record, why=NO_TEMPLATE)
    record = Record(slot.recipe.hash, rendering.trace, rendering.hash, site.kit.rules.guardrail_hash(site.facets), "house")
    if site.waits_for(rendering.trace):
        return Picked(record, waits=True)
    if reuse and (known := stored_text(site, slot, spec.name, rendering)):
        return Picked(record, known, reused=True)
    chosen = _pick(site, slot, spec.name, rendering, before)
    if chosen is not None:
        return Picked(record, Text(chosen, "house", record))
    if not rendering.texts and spec.optional:
        return Picked(record, Text("", "house", record))
    raw = rendering.texts[slot.deliverable.rotation % len(rendering.texts)] if rendering.texts else None
    lacks = answers_lacking(rendering)
    shorter = None if lacks else _shorter(site, slot, spec.name, rendering)
    fits = f" {shorter[0]} in at most {shorter[1]} characters would fit." if shorter else ""
    return Picked(record, why=f"{_explain(site, slot, spec.name, rendering)}{fits}", lacks=lacks, shorten=shorter, raw=raw)


def _shorter(site: Site, slot: Slot, name: str, rendering: Rendering) -> tuple[str, int] | None:
    """Find the line that is too long in every variant, and how long it may be: its shorter wording where the template looked for one."""
    sought = [key.removeprefix("f:") for key, seen in rendering.trace if seen == ABSENT]
    refs = [ref for key, _seen in rendering.trace if key.startswith("f:") and _is_worded(ref := key.removeprefix("f:"))]
    for most in sorted(LIMITS.values(), reverse=True):
        for text, ref in product(rendering.texts, refs):
            words = str(site.facets.get(ref) or "").strip().rstrip(".")
            at = text.casefold().find(words.casefold()) if len(words) > most else -1
            if at >= 0 and not site.violations(slot.deliverable, name, f"{text[:at]}{words[: most - 1].strip()}{text[at + len(words) :]}"):
                return next((known for known in sought if known.startswith((f"{ref}@", f"{ref}.")) and known.endswith(f".h{most}")), ref), most
    return None


def _is_worded(ref: str) -> bool:
    leaf = leaf_at(ref)
    return leaf is not None and leaf.worded


def answers_lacking(rendering: Rendering) -> tuple[str, ...]:
    """List the lines of the strategy that somebody has to fill in before there is a text: those a template missed, else an entry of what is empty."""
    if rendering.texts:
        return ()
    if rendering.missing:
        # The words of another asset are nobody's to fill in: they come once that one is written.
        return tuple(ref for ref in rendering.missing if not ref.startswith("asset:"))
    empty = [key for key, seen in rendering.trace if key.startswith("f:") and key.endswith(f".{MEMBERS}") and seen == ABSENT]
    return tuple(ref for key in empty if (ref := first_line(key.removeprefix("f:").removesuffix(f".{MEMBERS}"))))


def house_words(site: Site, slot: Slot, spec: FieldSpec, before: Text | None) -> Picked:
    """Give the house writer's side of a field that a person owns: the variant that they edited, while it is still among today's."""
    seen = replace(before, value=before.record.base) if before is not None and before.record.base is not None else None
    return write_field(site, slot, spec, seen, reuse=False)


def _pick(site: Site, slot: Slot, name: str, rendering: Rendering, before: Text | None) -> str | None:
    """Choose among the renderings, a pure function of place, renderings, rules and refusals; None where none passes."""
    texts = rendering.texts
    if not texts:
        return None
    start = slot.deliverable.rotation % len(texts)
    order = [*texts[start:], *texts[:start]]
    if before is not None and before.value in order:
        order.remove(before.value)
        order.insert(0, before.value)
    refused = site.refused(slot.id, name)
    standing = [text for text in order if hash_text(text) not in refused and not site.violations(slot.deliverable, name, text)]
    return next((text for text in standing if not _stops_release(site, slot, name, text)), standing[0] if standing else None)


def _stops_release(site: Site, slot: Slot, name: str, text: str) -> bool:
    found = site.kit.rules.check(slot.deliverable, {name: text}, site.facets, site.day(slot.deliverable))
    return any(finding.severity == "release" for finding in found)


def _explain(site: Site, slot: Slot, name: str, rendering: Rendering) -> str:
    if rendering.missing and not rendering.texts:
        return needing(name, rendering.missing)
    if lacking := answers_lacking(rendering):
        return needing(name, lacking)
    found = [finding for text in rendering.texts for finding in site.violations(slot.deliverable, name, text)]
    if found:
        return f"{name}: {found[0].message}"
    return f"{name}: every variant of the house writer was sent back"


def needing(name: str, refs: tuple[str, ...]) -> str:
    """Say that a field needs lines that are not filled in."""
    return f"{name} needs {', '.join(refs)}, which {'is' if len(refs) == 1 else 'are'} not filled in"
