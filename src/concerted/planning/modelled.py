"""Fields that a model writes: the task that is wanted, and what a stored result makes of it. One group is one call."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from concerted.campaign.draft import Record, Text, hash_text
from concerted.campaign.facets import hash_value
from concerted.campaign.line import Result
from concerted.planning.house import Picked, write_field
from concerted.planning.render import Rendering
from concerted.planning.site import Site, Slot, Task

HOUSE = "house"
REFUSALS = 2
"""How often words that still carry the old line, or that were sent back, are refused before a person is asked."""


@dataclass(frozen=True, slots=True)
class Call:
    """What a group's fields are asked with: the brief, the words that stand, and why they are asked again."""

    group: str
    rendering: Rendering
    standing: Mapping[str, Text]
    """The words of the whole group as this line starts from them; shown to the model, and what KEEP keeps."""
    reasons: tuple[str, ...] = ()

    def again(self, reason: str) -> "Call":
        """Return the call with one more reason."""
        return Call(self.group, self.rendering, self.standing, (*self.reasons, reason))

    def count(self, kind: str) -> int:
        """Count the earlier refusals of a kind."""
        return sum(reason.startswith(kind) for reason in self.reasons)


def write_group(site: Site, slot: Slot, names: tuple[str, ...], call: Call) -> dict[str, Text | str]:
    """Settle fields of one group: words where a stored result has them, else why a person is needed.

    A field that is left out is being written; the task for it is then on the slot.
    """
    out: dict[str, Text | str] = {}
    todo = names
    while todo:
        task = _task(site, slot, todo, call)
        result = site.state.results.get(task.id)
        if result is None:
            slot.tasks.append(task)
            slot.pending.update(todo)
            slot.reads.update(key for key, _seen in call.rendering.trace)
            return out
        if result.error:
            slot.failed = result.error
            return out | dict.fromkeys(todo, result.error)
        faults: dict[str, str] = {}
        for name in todo:
            if result.fields.get(name) and _author(result, name) == HOUSE:
                _stood_in(site, slot, name, call, out)
                continue
            text, fault = _judge(site, slot, name, result, call)
            if text is not None:
                out[name] = text
            elif fault.startswith(("keep: ", "guard ")):
                faults[name] = fault
            else:
                out[name] = fault
        todo = tuple(name for name in todo if name in faults)
        call = call.again("; ".join(dict.fromkeys(faults.values())))
    return out


def _task(site: Site, slot: Slot, names: tuple[str, ...], call: Call) -> Task:
    previous = {name: text.value for name, text in call.standing.items()}
    attempt = hash_value([*call.reasons, [sorted(site.refused(slot.id, name)) for name in names]])
    reading = site.reading(slot.deliverable)
    moved = {row for name in names if name in call.standing for row in site.moved(call.standing[name], site.stale_keys(call.standing[name], reading))}
    return Task(
        # What is told as history counts, too: the words that stand may hold what no brief does, and an answer to an older diff is none to this one.
        id=hash_value([slot.id, call.group, names, slot.recipe.hash, call.rendering.hash, previous, sorted(moved), attempt]),
        asset=slot.id,
        type=slot.type.slug,
        group=call.group,
        fields=names,
        brief=call.rendering.texts[0],
        trace=call.rendering.trace,
        previous=previous,
        fallback={name: text.value for name in names if (text := write_field(site, slot, slot.type.field(name), None, reuse=False).text)},
        changed=tuple(sorted(moved)),
        guardrails=site.kit.rules.guardrail_hash(site.facets),
        attempt="; ".join(call.reasons),
        locale=slot.deliverable.locale,
    )


def _judge(site: Site, slot: Slot, name: str, result: Result, call: Call) -> tuple[Text | None, str]:
    """Give the words of one field, or (None, why): `keep: ...` and `guard ...` are asked again, anything else asks a person."""
    guard = site.kit.rules.guardrail_hash(site.facets)
    author = _author(result, name)
    record = Record(slot.recipe.hash, call.rendering.trace, call.rendering.hash, result.guardrails, author)
    stood = call.standing.get(name)
    given = result.fields.get(name)
    keeps = given is None and name in result.fields and stood is not None
    words = stood.value if keeps and stood else given or ""
    if name not in result.fields or (not words and not slot.type.field(name).optional):
        return None, f"the writer gave nothing for {name}"
    owned = bool(site.owner_of(slot.id, name)) and stood is not None
    old = () if owned else _old(site, slot, name, stood, words)
    if old:
        said = f"it still says {', '.join(old)}"
        return None, f"keep: {said}" if call.count("keep: ") < REFUSALS - 1 else f"{name}: written twice although {said}"
    broken = () if owned else site.violations(slot.deliverable, name, words)
    if broken:
        again = result.guardrails != guard and not call.count(f"guard {guard}")
        return None, f"guard {guard}" if again else f"{name}: {broken[0].message}"
    return Text(words, stood.origin if keeps and stood else "model", record), ""


def _author(result: Result, name: str) -> str:
    return result.authors.get(name, result.author)


def _stood_in(site: Site, slot: Slot, name: str, call: Call, out: dict[str, Text | str]) -> None:
    """Settle a field that was left to the house writer; without words it waits for an upstream text."""
    picked = stand_in(site, slot, name, call.standing.get(name), call.rendering)
    if picked.text is not None or not picked.waits:
        out[name] = picked.text or picked.why
    else:
        slot.pending.add(name)
        slot.reads.update(key for key, _seen in picked.record.trace)


def stand_in(site: Site, slot: Slot, name: str, before: Text | None, rendering: Rendering) -> Picked:
    """Write a field in a model's place, with today's words and not those of the day on which the model gave up.

    Its templates may read what the model's brief does not; that is part of what the text depends on.
    """
    picked = write_field(site, slot, slot.type.field(name), before, reuse=False)
    if picked.text is None:
        return picked
    says = tuple(edge for edge in picked.record.trace if edge not in rendering.trace)
    record = Record(slot.recipe.hash, rendering.trace, rendering.hash, site.kit.rules.guardrail_hash(site.facets), HOUSE, says=says)
    return replace(picked, text=Text(picked.text.value, HOUSE, record))


def _old(site: Site, slot: Slot, name: str, stood: Text | None, words: str) -> tuple[str, ...]:
    """List what words still say of what changed under them; KEEP is a claim, and a rewrite may carry it along."""
    if hash_text(words) in site.refused(slot.id, name):
        return ("the text that was sent back",)
    if stood is None:
        return ()
    return site.carried(slot, stood, site.moved(stood, site.stale_keys(stood, site.reading(slot.deliverable))), words)
