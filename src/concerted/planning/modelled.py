"""Fields that a model writes: the task that is wanted, and what a stored result makes of it. One group is one call."""

from collections.abc import Mapping

from concerted.campaign.draft import Record, Text, hash_text
from concerted.campaign.facets import hash_value
from concerted.campaign.line import Result
from concerted.planning.render import Rendering, render_brief
from concerted.planning.site import Site, Slot, Task

REFUSALS = 2
"""How often a KEEP that still carries the old line is sent back before a person is asked."""


def write_group(site: Site, slot: Slot, group: str, names: tuple[str, ...], fallback: dict[str, str]) -> tuple[dict[str, Text] | None, str]:
    """Settle one group: the stored result's texts, or a wanted task, or waiting.

    Returns (texts by field, "") when a result stands; (None, why) when a person is needed; (None, "") when work or an upstream is pending.
    """
    rendering = render_brief(slot.recipe.prompt, site.reading(slot.deliverable), site.kit.law, group)
    if site.waits_for(rendering.trace):
        slot.pending.update(names)
        return None, ""
    if not rendering.texts:
        return None, f"{group} needs {', '.join(rendering.missing)}, which is not filled in"
    guard = site.kit.rules.guardrail_hash(site.facets)
    reasons: list[str] = []
    while True:
        task = _task(site, slot, group, names, rendering, tuple(reasons), fallback, guard)
        result = site.state.results.get(task.id)
        if result is None:
            slot.tasks.append(task)
            slot.pending.update(names)
            return None, ""
        if result.error:
            slot.failed = result.error
            return None, result.error
        texts = _texts(slot, names, rendering, result)
        refused = _refused_keep(site, slot, names, result)
        broken = [f for name in names for f in site.violations(slot.deliverable, name, texts[name].value)]
        if refused and len([r for r in reasons if r.startswith("keep")]) < REFUSALS - 1:
            reasons.append(f"keep-{len(reasons)}:{'; '.join(refused)}")
        elif refused:
            return None, f"kept twice although it still says: {', '.join(refused)}"
        elif broken and result.guardrails != guard and f"guard-{guard}" not in reasons:
            reasons.append(f"guard-{guard}")
        elif broken:
            return None, broken[0].message
        else:
            return texts, ""


def _task(
    site: Site, slot: Slot, group: str, names: tuple[str, ...], rendering: Rendering, reasons: tuple[str, ...], fallback: dict[str, str], guard: str
) -> Task:  # fmt: skip
    current: Mapping[str, Text] = slot.before.fields if slot.before else {}
    previous = {
        name: slot.texts[name].value if name in slot.texts else current[name].value for name in names if name in slot.texts or name in current
    }
    attempt = hash_value([*reasons, [sorted(site.refused(slot.id, name)) for name in names]])
    identity = [slot.id, group, slot.recipe.hash, rendering.trace, previous, attempt]
    moved = {
        row for name in names if name in current for row in site.moved(current[name], site.stale_keys(current[name], site.reading(slot.deliverable)))
    }
    return Task(
        id=hash_value(identity),
        asset=slot.id,
        type=slot.type.slug,
        group=group,
        fields=names,
        brief=rendering.texts[0],
        trace=rendering.trace,
        previous=previous,
        fallback=fallback,
        changed=tuple(sorted(moved)),
        guardrails=guard,
        attempt="; ".join(reasons),
        locale=slot.deliverable.locale,
    )


def _texts(slot: Slot, names: tuple[str, ...], rendering: Rendering, result: Result) -> dict[str, Text]:
    record = Record(slot.recipe.hash, rendering.trace, rendering.hash, result.guardrails, result.author)
    out: dict[str, Text] = {}
    for name in names:
        words = result.fields.get(name)
        kept = slot.before.fields.get(name) if slot.before else None
        if words is None and kept is not None:
            out[name] = Text(kept.value, kept.origin, record)
        else:
            out[name] = Text(words or "", "model", record)
    return out


def _refused_keep(site: Site, slot: Slot, names: tuple[str, ...], result: Result) -> tuple[str, ...]:
    """KEEP is a claim: it is checked against fragments of what changed."""
    found: dict[str, None] = {}
    for name in names:
        kept = slot.before.fields.get(name) if slot.before and result.fields.get(name) is None else None
        if kept is None or slot.before is None:
            continue
        stale = site.stale_keys(kept, site.reading(slot.deliverable))
        found.update(dict.fromkeys(site.carried(slot, kept, site.moved(kept, stale), kept.value)))
        if hash_text(kept.value) in site.refused(slot.id, name):
            found["the text that was sent back"] = None
    return tuple(found)
