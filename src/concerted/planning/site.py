"""The line while it is computed: what stands where, what is still unsettled, what each asset came to. One site per `build`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from concerted.campaign.change import NO_CHANGE, Answer, Change
from concerted.campaign.decision import Item
from concerted.campaign.deliverable import Deliverable, DeliverableType
from concerted.campaign.draft import Draft, Text, Trace, hash_text
from concerted.campaign.facets import MEMBERS, Facets, Value, hash_at, hash_value
from concerted.campaign.finding import Finding
from concerted.campaign.line import Left, Line, State
from concerted.campaign.outside import HandedFile
from concerted.planning.kit import Kit, Recipe
from concerted.planning.residual import old_runs
from concerted.planning.trace import Reading


@dataclass(frozen=True, slots=True)
class Task:
    """One call that is wanted from a writer. The id names the work, not the Change: the same work on two Changes is done once."""

    id: str
    asset: str
    type: str
    group: str
    fields: tuple[str, ...]
    brief: str
    trace: Trace
    previous: Mapping[str, str]
    fallback: Mapping[str, str]
    changed: tuple[tuple[str, str, str], ...]
    """(ref, old value, new value) of what the previous fields read."""
    guardrails: str
    attempt: str
    locale: str = "en-US"


@dataclass
class Slot:
    """What one asset came to on this line."""

    deliverable: Deliverable
    type: DeliverableType
    recipe: Recipe
    before: Draft | None
    """Main's draft."""
    earlier: Draft | None = None
    """Where main has none: the draft that stood here before the asset was retired."""
    texts: dict[str, Text] = field(default_factory=dict[str, Text])
    file: HandedFile | None = None
    """What was handed in, where no worker makes it."""
    draft: Draft | None = None
    causes: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict[str, dict[str, tuple[str, ...]]])
    """Field -> root cause -> the path that leads to it, for `why`."""
    stale: set[str] = field(default_factory=set[str])
    """Fields whose reads differ or that break a guardrail, or that are missing."""
    suspect: set[str] = field(default_factory=set[str])
    """Fields that read something unsettled."""
    pending: set[str] = field(default_factory=set[str])
    """Fields that wait for a writer or for an upstream text."""
    reused: set[str] = field(default_factory=set[str])
    made: set[str] = field(default_factory=set[str])
    """Fields that the house writer wrote while this line was built."""
    proposed: set[str] = field(default_factory=set[str])
    items: list[Item] = field(default_factory=list[Item])
    tasks: list[Task] = field(default_factory=list[Task])
    blocked: str = ""
    lacks: set[str] = field(default_factory=set[str])
    """Lines of the strategy that are not filled in and keep the slot empty."""
    shorten: dict[str, int] = field(default_factory=dict[str, int])
    """Lines of the strategy, or wordings, that would fit with so many characters."""
    left: Left | None = None
    """For whom it waits and why, where the asset stays out of this landing."""
    stays: bool = False
    """True where it was left by an earlier landing and nothing about that has changed."""
    held_back: set[str] = field(default_factory=set[str])
    """Fields that would have changed, had the asset not been left: their readers stay out with it."""
    takers: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    """Field -> people who took or wrote the words that it has on this line."""
    reads: set[str] = field(default_factory=set[str])
    """What fields read that are still being written."""
    failed: str = ""
    findings: list[Finding] = field(default_factory=list[Finding])

    @property
    def id(self) -> str:
        """The asset id."""
        return self.deliverable.id

    @property
    def way_out(self) -> str:
        """The command that goes on where the slot is blocked: hand in the file, answer what lacks, shorten what is too long, else leave it out."""
        if self.type.made_by != "worker":
            return f"concerted slot {self.id} FILE"
        answers = " ".join(f'--set {ref}="..."' for ref in sorted({*self.lacks, *self.shorten}))
        lengths = ", ".join(f"{ref} in at most {most} characters" for ref, most in sorted(self.shorten.items()))
        return f"concerted change {answers}{f'  # {lengths}' if lengths else ''}" if answers else f"concerted exclude {self.id}"

    @property
    def roots(self) -> dict[str, tuple[str, ...]]:
        """Root cause -> the path that leads here, over all fields."""
        return {root: path for found in self.causes.values() for root, path in found.items()}

    @property
    def start(self) -> Draft | None:
        """The draft that this line starts from: main's, else the one that was retired."""
        return self.before or self.earlier

    def caused(self, name: str, root: str, path: tuple[str, ...]) -> None:
        """Note a root cause of one field."""
        self.causes.setdefault(name, {}).setdefault(root, path)

    def causes_of(self, name: str) -> tuple[str, ...]:
        """List the root causes of one field; those of the asset where the field has none of its own. A wording counts as its leaf."""
        return tuple(sorted({root.partition("@")[0] for root in self.causes.get(name) or self.roots}))

    def leave(self, who: str, why: str, on: str = "") -> None:
        """Keep the asset out of this landing; `on` names the left asset or wording that it reads."""
        self.left = Left(who, why, "", on)

    @property
    def unsettled(self) -> set[str]:
        """Fields whose words may still change on this line."""
        return self.pending | self.suspect


@dataclass
class Site:
    """A line under construction: base, facets, and what has been settled so far, upstream first."""

    state: State
    change: Change
    """`NO_CHANGE` for main itself: then texts that stand are only assessed."""
    kit: Kit
    facets: Facets
    base_facets: Facets
    """Main's facets: old values for fragments and substitutions."""
    deliverables: Mapping[str, Deliverable]
    aliases: Mapping[str, str]
    left_wordings: Mapping[str, str] = field(default_factory=dict[str, str])
    """Wording ref -> who it waits for."""
    conflicts: frozenset[str] = frozenset()
    """Refs that moved here and on main, and nobody has said which value holds: their readers wait."""
    slots: dict[str, Slot] = field(default_factory=dict[str, Slot])
    words: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])
    memo: dict[str, str] = field(default_factory=dict[str, str])
    owned: dict[str, str] = field(default_factory=dict[str, str])
    settled: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    past: dict[str, Value] = field(default_factory=dict[str, Value])
    """Trace key and hash -> value, of every strategy line that any version changed; filled on first use."""

    @cached_property
    def outlived(self) -> tuple[str, ...]:
        """Pieces that only earlier strategies said, main's own among them where this line changes it."""
        runs = old_runs(self.state, self.facets, self.kit, base=self.base_facets)
        return tuple(dict.fromkeys(run for found in runs.values() for run in found))

    def confirm(self, words: str, reads: Trace) -> None:
        """Note that a person answers for words as they are, with whatever they say of earlier strategies."""
        self.settled.update((hash_text(words), run) for run in self.confirmed(words, reads))

    def confirmed(self, words: str, reads: Trace) -> tuple[str, ...]:
        """List the pieces of earlier strategies that a person confirms with words. What the texts above say themselves goes with them."""
        above = " ".join(self.new_value(key) for key, _seen in reads if key.startswith("u:"))
        return tuple(run for run in self.kit.matching.carries(words, self.outlived) if not self.kit.matching.carries(above, (run,)))

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        """What people answered by item key: on this Change, and before a landing left the asset; what was sent back since counts no more."""
        kept = {key: answer for left in self.main.left.values() for key, answer in left.answers.items()}
        places = {key: key.rpartition(":")[0].partition("#") for key in kept}
        gone = {key for key, (asset, _, name) in places.items() if hash_text(kept[key].text) in self.refused(asset, name)}
        return {**{key: answer for key, answer in kept.items() if key not in gone}, **self.change.answers}

    @cached_property
    def answers_about(self) -> Mapping[str, Mapping[str, Answer]]:
        """What people answered, by asset."""
        found: dict[str, dict[str, Answer]] = {}
        for key, answer in self.answers.items():
            asset, mark, _rest = key.partition("#")
            if mark:
                found.setdefault(asset, {})[key] = answer
        return found

    @cached_property
    def entered(self) -> frozenset[str]:
        """Assets for which a person brought words, a file or a request to this Change: they are not kept out as an earlier landing left them."""
        written = (place.partition("#")[0] for place in self.change.texts)
        return frozenset((*written, *self.change.files, *self.change.notes))

    @property
    def on_main(self) -> bool:
        """True where main itself is assessed."""
        return self.change is NO_CHANGE

    @property
    def main(self) -> Line:
        """The head that this line is based on."""
        return self.state.main

    def owner_of(self, asset: str, name: str) -> str:
        """Name who owns a field on this line; empty where nobody does."""
        return self.owned.get(f"{asset}#{name}") or self.main.owner_of(asset, name)

    def reading(self, deliverable: Deliverable) -> Reading:
        """All that a deliverable may read on this line."""
        notes = self.main.notes.get(deliverable.id, ()) + self.change.notes.get(deliverable.id, ())
        return Reading(deliverable, self.facets, self.words, notes, self.aliases, self.memo)

    def retired(self, asset: str) -> Draft | None:
        """Give the draft last current of a slot that main has no text for."""
        known = self.state.drafts.get(asset, ())
        return known[-1] if known and asset not in self.main.texts else None

    def stored(self, asset: str) -> Iterable[Draft]:
        """Every stored draft of a slot, the one last current first."""
        return reversed(self.state.drafts.get(asset, ()))

    def refused(self, asset: str, name: str) -> frozenset[str]:
        """Hashes of texts that people sent back for a field."""
        place = f"{asset}#{name}"
        return frozenset((*self.main.refused.get(place, ()), *self.change.refused.get(place, ())))

    def stale_keys(self, text: Text, reading: Reading) -> tuple[str, ...]:
        """List the keys a text read that stand differently on this line."""
        return tuple(key for key, seen in text.reads() if reading.hash_of(key) != seen)

    def fits(self, text: Text, reading: Reading) -> bool:
        """Tell whether a text's whole trace fits on this line."""
        return all(reading.hash_of(key) == seen for key, seen in text.reads())

    def waits_for(self, trace: Trace) -> bool:
        """Tell whether a trace reads an upstream field that is not settled, or a line on which two edits clash."""
        return any(self._unsettled(key) for key, _seen in trace)

    def _unsettled(self, key: str) -> bool:
        if not key.startswith("u:"):
            return key[2:] in self.conflicts
        asset, _, name = key[2:].partition("#")
        slot = self.slots.get(asset)
        return slot is not None and name in slot.unsettled

    def violations(self, deliverable: Deliverable, name: str, words: str) -> tuple[Finding, ...]:
        """Judge one field's words by the guardrails, as of the day on which they will be read."""
        return self.kit.rules.guardrail(deliverable, {name: words}, self.facets, self.day(deliverable)) if words else ()

    def day(self, deliverable: Deliverable) -> str:
        """Give the day on which a text is judged: its publication, or today where that is past or unknown."""
        return max(deliverable.publish, self.kit.today)

    def stops(self, deliverable: Deliverable, name: str, words: str) -> bool:
        """Tell whether one field's words stop a release on this line: then nobody is offered to keep them."""
        return any(finding.severity != "advice" for finding in self.kit.rules.check(deliverable, {name: words}, self.facets, self.day(deliverable)))

    def old_value(self, key: str, seen: str) -> str:
        """Find the words or value that a text read at a key when it was written, as far as it is known; else empty."""
        kind, _, rest = key.partition(":")
        if kind == "f":
            return self._old_line(rest, seen)
        if kind == "u":
            asset, _, name = rest.partition("#")
            for draft in self.stored(asset):
                if name in draft.fields and draft.fields[name].hash == seen:
                    return draft.fields[name].value
        return ""

    def _old_line(self, path: str, seen: str) -> str:
        """Find the value of a strategy line by its hash: on main, else in what any version put in or took out."""
        if path in self.base_facets and hash_at(self.base_facets, path) == seen:
            return _in_words(self.base_facets[path])
        if not self.past:
            rows = ((ref, value) for version in self.state.versions for ref, *values in version.edits for value in values)
            self.past.update({f"{ref}={hash_value(value)}": value for ref, value in rows if value is not None})
        return _in_words(self.past.get(f"{path}={seen}", ""))

    def new_value(self, key: str) -> str:
        """Give what stands at a key on this line; empty where nothing does."""
        kind, _, rest = key.partition(":")
        if kind == "f":
            return _in_words(self.facets.get(rest, ""))
        if kind == "u":
            asset, _, name = rest.partition("#")
            return self.words.get(asset, {}).get(name, "")
        return ""

    def moved(self, text: Text, stale: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
        """(key, old, new) of each stale key whose values are words."""
        seen = dict(text.reads())
        listed = ((key, self.old_value(key, seen[key]), self.new_value(key)) for key in stale if not key.endswith(MEMBERS))
        return tuple((key, old, new) for key, old, new in listed if old and old != new)

    def carried(self, slot: Slot, text: Text, moved: tuple[tuple[str, str, str], ...], words: str) -> tuple[str, ...]:
        """Fragments of old values that words still carry and nobody has confirmed: of what was read directly, and of the root causes above it."""
        pairs = {(old, new) for key, old, new in moved if key.startswith("f:")}
        pairs |= {(_in_words(self.base_facets[ref]), self.new_value(f"f:{ref}")) for ref in slot.roots if ref in self.base_facets}
        seen = dict(text.reads())
        pairs |= {pair for key, _old, _new in moved if key.startswith("u:") for pair in self._beneath(key, seen[key])}
        allowed = tuple(self.new_value(key) for key, _seen in text.record.trace if key[:2] in ("f:", "u:"))
        found: dict[str, None] = {}
        for old, new in sorted(pairs):
            runs = self.kit.matching.fragments(old, new, allowed)
            found.update(dict.fromkeys(self.kit.matching.carries(words, runs)))
        mark = hash_text(words)
        return tuple(run for run in found if (mark, run) not in self.settled)

    def _beneath(self, key: str, seen: str) -> set[tuple[str, str]]:
        """Give (old, new) of the lines under an upstream text as somebody read it: a landing may have left the reader behind while they moved."""
        asset, _, name = key[2:].partition("#")
        text = next((text for draft in self.stored(asset) if (text := draft.fields.get(name)) and text.hash == seen), None)
        pairs: set[tuple[str, str]] = set()
        for read, was in text.reads() if text else ():
            if read.startswith("f:") and not read.endswith(MEMBERS) and hash_at(self.facets, read[2:]) != was:
                pairs.add((self._old_line(read[2:], was), self.new_value(read)))
            elif read.startswith("u:") and hash_text(self.new_value(read)) != was:
                pairs |= self._beneath(read, was)
        return {(old, new) for old, new in pairs if old and old != new}

    def root_causes(self, slot: Slot, name: str, keys: Iterable[str]) -> None:
        """Record the root causes of a field's stale keys, following upstream texts to theirs."""
        for key in keys:
            kind, _, rest = key.partition(":")
            if kind == "u":
                asset, _, upper = rest.partition("#")
                upstream = self.slots.get(asset)
                found = (upstream.causes.get(upper) or upstream.roots) if upstream else {}
                for root, path in found.items():
                    slot.caused(name, root, (*path, rest))
            elif kind == "f":
                slot.caused(name, spell_ref(rest), (spell_ref(rest),))
            else:
                slot.caused(name, "request" if kind == "n" else f"deliverable.{rest}", ())


def _in_words(value: Value) -> str:
    """Say a value as a sentence would have it: a list is its members."""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def spell_ref(path: str) -> str:
    """Spell the public form of a facet path: membership prints as `(members)`."""
    return path[: -len(MEMBERS)] + "(members)" if path.endswith(MEMBERS) else path
