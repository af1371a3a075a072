"""The ways in which the engine is broken on purpose, each a sentence of what then goes wrong in the world."""

from typing import NamedTuple


class Mutant(NamedTuple):
    """One place of the engine put otherwise."""

    name: str
    """What goes wrong for people."""
    module: str
    old: str
    """Stands exactly once in the module."""
    new: str
    seed: int
    """A schedule of the driver that shows it."""
    killed_by: str
    """The invariant that breaks there."""


BUILD = "concerted.planning.build"
FIELDS = "concerted.planning.fields"
IMPACT = "concerted.planning.impact"
LIFECYCLE = "concerted.planning.lifecycle"
MODELLED = "concerted.planning.modelled"
OWNED = "concerted.planning.owned"
PEOPLE = "concerted.planning.people"
RELEASE = "concerted.planning.release"
RENDER = "concerted.planning.render"
REUSE = "concerted.planning.reuse"
STATIONS = "concerted.planning.stations"
TRACE = "concerted.planning.trace"
WAVE = "concerted.planning.wave"
CHANGE = "concerted.campaign.change"
EVENT = "concerted.campaign.event"

MUTANTS = (
    Mutant(
        "an answer holds although the proposal is another by now",
        OWNED,
        "(answer.main, answer.proposal) != (item.main, item.proposal)",
        "answer.main != item.main",
        46,
        "I1",
    ),
    Mutant(
        "nobody asks whether a wording still says what its sentence says",
        BUILD,
        "if source_hash in of.get(place, ()):",
        "if True:",
        0,
        "I13",
    ),
    Mutant(
        "building a Change again pins a wording to whatever its sentence says by then",
        BUILD,
        "of |= _right_for(of, ref, value, edit.of)",
        "of |= _right_for(of, ref, value, hash_at(kit.facets(tree, {}), ref.partition('@')[0]))",
        14,
        "I1",
    ),
    Mutant(
        "an edit overwrites what others changed meanwhile",
        BUILD,
        "if now != edit.old and now != edit.new:",
        "if False:",
        5,
        "I11",
    ),
    Mutant(
        "who edits an older strategy is taken to have seen today's",
        LIFECYCLE,
        "(main if base is None else base).get(ref)",
        "main.get(ref)",
        10,
        "I11",
    ),
    Mutant(
        "a Change lands as it was built before the campaign moved",
        LIFECYCLE,
        "if built.state is not state or built.change is not change:",
        "if built is None:",
        2,
        "I12",
    ),
    Mutant(
        "a landing does not look whether main is still what it was built on",
        LIFECYCLE,
        "tuple(puts), change.id, state.head)",
        "tuple(puts), change.id)",
        2,
        "I11",
    ),
    Mutant(
        "main's head is not counted on",
        EVENT,
        "head=event.head + 1",
        "head=event.head",
        2,
        "I11",
    ),
    Mutant(
        "a Change lands while questions are open",
        BUILD,
        "    if items:\n        reasons",
        "    if not site and items:\n        reasons",
        0,
        "I2",
    ),
    Mutant(
        "drafts of empty slots are put over texts that stand",
        LIFECYCLE,
        "if asset not in main and asset not in skip",
        "if asset not in skip",
        0,
        "I9",
    ),
    Mutant(
        "a text that is left comes half way",
        WAVE,
        "    slot.texts = dict(slot.before.fields) if slot.before else {}\n",
        "",
        2,
        "I9",
    ),
    Mutant(
        "a landing drops what people typed and nobody used",
        LIFECYCLE,
        ", None), *_offered_puts(built.site.state, _unused_texts(built))]",
        ", None)]",
        1,
        "I15",
    ),
    Mutant(
        "a Change that is given up takes people's words with it",
        LIFECYCLE,
        ", None), *_offered_puts(state, change.typed())]",
        ", None)]",
        2,
        "I15",
    ),
    Mutant(
        "a second answer wipes out the words of the first",
        CHANGE,
        "answers={**self.answers, **answers}, earlier=self._kept(gone))",
        "answers={**self.answers, **answers})",
        2,
        "I15",
    ),
    Mutant(
        "what was taken back stays in the record",
        EVENT,
        "puts += [Put(name, key, None) for key in before if key not in after]",
        "pass",
        0,
        "I13",
    ),
    Mutant(
        "who loops over audiences is not told of a new one",
        TRACE,
        'self.keys[f"f:{key}"] = None',
        'self.keys.pop(f"f:{key}", None)',
        3,
        "I3",
    ),
    Mutant(
        "who looked for a line that was not there is not told when it comes",
        TRACE,
        'self.keys[f"f:{path}"] = None',
        'self.keys |= {f"f:{path}": None} if path in self.reading.facets else {}',
        6,
        "I3",
    ),
    Mutant(
        "who reads a text above is not told when it changes",
        TRACE,
        'self._tracker.note(f"u:{self._place}")',
        "pass",
        0,
        "I13",
    ),
    Mutant(
        "a note to the writer is read by nobody",
        RENDER,
        'tracker.note("n:notes")',
        "pass",
        0,
        "I3",
    ),
    Mutant(
        "a changed line makes no text out of date",
        FIELDS,
        "if stale or broken or outdated:",
        "if broken or outdated:",
        0,
        "I3",
    ),
    Mutant(
        "the index keeps readers that read no more",
        IMPACT,
        "places.discard(here)",
        "places.add(here)",
        1,
        "I8",
    ),
    Mutant(
        "a writer that was given up replaces what came back first",
        LIFECYCLE,
        "if known is not None and (not known.error or result.error):",
        "if known is not None and result.error:",
        0,
        "I11",
    ),
    Mutant(
        "a writer that fails late wipes out what came back first",
        LIFECYCLE,
        "if known is not None and (not known.error or result.error):",
        "if known is not None and not result.error:",
        0,
        "I11",
    ),
    Mutant(
        "a stored text comes back although it breaks a rule",
        REUSE,
        "return not site.violations(slot.deliverable, name, text.value)",
        "return True",
        14,
        "I9",
    ),
    Mutant(
        "a stored text comes back whatever it was written from",
        REUSE,
        "if site.fits(text, reading)), None)",
        "if text.record.recipe == slot.recipe.hash), None)",
        0,
        "I9",
    ),
    Mutant(
        "a result counts for another brief",
        MODELLED,
        "slot.recipe.hash, call.rendering.hash, previous, sorted(moved), attempt])",
        "slot.recipe.hash, previous, sorted(moved), attempt])",
        0,
        "I1",
    ),
    Mutant(
        "the same work is done once for every Change",
        LIFECYCLE,
        "return tuple({task.id: task for task in wanted}.values())",
        "return tuple(wanted)",
        0,
        "I4",
    ),
    Mutant(
        "the house writer writes over people's words",
        FIELDS,
        "owned = before is not None and site.owner_of(slot.id, spec.name)\n",
        "owned = False\n",
        3,
        "I2",
    ),
    Mutant(
        "a model writes over people's words",
        FIELDS,
        "owned = before is not None and site.owner_of(slot.id, name)\n    if outcome",
        "owned = False\n    if outcome",
        0,
        "I2",
    ),
    Mutant(
        "a claim in a person's words is not traced",
        PEOPLE,
        "base=base, says=tuple(sorted(says)))",
        "base=base, says=())",
        15,
        "I10",
    ),
    Mutant(
        "a signature covers words that were never signed",
        STATIONS,
        "return same and all(",
        "return all(",
        1,
        "I1",
    ),
    Mutant(
        "approved texts change without asking who approved",
        STATIONS,
        "if slot.before is None or slot.left or slot.pending:",
        "if slot.id:",
        5,
        "I1",
    ),
    Mutant(
        "whoever takes a text signs it for everybody",
        STATIONS,
        "if not slot.takers.get(name, set()).isdisjoint(people):",
        "if slot.takers.get(name):",
        1,
        "I1",
    ),
    Mutant(
        "everybody may sign",
        PEOPLE,
        "mine = [role for role in demanded if by in roles.people(role, slot.deliverable, facets)]",
        "mine = [*demanded]",
        3,
        "I1",
    ),
    Mutant(
        "a release leaves out what has no text and says nothing",
        RELEASE,
        '"concerted run", asset, "R4"))',
        '"concerted run", asset, "R4")) if slot is None else None',
        3,
        "I1",
    ),
    Mutant(
        "what was left out once is left out for good",
        LIFECYCLE,
        '*(Put("excluded", asset, None) for asset in excluded))',
        ")",
        0,
        "I1",
    ),
    Mutant("a rule turned on makes no text out of date", FIELDS, "if stale or broken or outdated:", "if stale or outdated:", 1, "I3"),
    Mutant("a writer may break a rule", MODELLED, "broken = () if owned else", "broken = () if name else", 60, "I9"),
    Mutant(
        "what time made out of date is never taken up",
        LIFECYCLE,
        "return stale or bool(built.older) or any(",
        "return bool(built.older) or any(",
        58,
        "I9",
    ),
    Mutant("a release needs nobody's signature", RELEASE, 'if f"R9:{asset}" in waived else', "if asset else", 6, "I1"),
)
