"""What a writer is told beside the brief, and who looks at what it writes: put together from the line on which the work is wanted."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from concerted.campaign.change import Change
from concerted.campaign.deliverable import Deliverable
from concerted.campaign.facets import MEMBERS, Facets
from concerted.campaign.intervention import Level, Restored
from concerted.campaign.line import State
from concerted.campaign.work import Work
from concerted.conductor.intervening import interventions_of
from concerted.conductor.restoring import Restoring
from concerted.guard.judge import judge
from concerted.guard.looks import Look, look_reason
from concerted.guard.post import Contrast, Post, post_for
from concerted.guard.sense import LANGUAGES, Vectors, sense_of
from concerted.guard.steps import demotions
from concerted.guard.subject import Piece
from concerted.guard.watch import Watcher
from concerted.planning.build import Built
from concerted.planning.render import render_plain
from concerted.planning.site import Task, spell_ref
from concerted.workers.worker import Registry

GUARDRAILS, HISTORY = "guardrails.md.j2", "history.md.j2"
OPENINGS = 6
OPENING_WORDS = 7
NOT_YET = "not-yet"
DOUBTFUL = ("unsupported-claim", "embellishment", "superlative", "comparative", "unknown-name", "puffery", "number", "contact", "exclamation")
"""Findings that send a small model's words back, although none of them would stop a release by itself."""
GRACE: Mapping[Level, float] = {"token": 0.0, "sentence": 5.0, "field": 20.0, "draft": 60.0}
"""Seconds after which a worker that has not checked in is cut off anyway."""


@dataclass
class Desk:
    """Knows for each wanted task the line on which it is wanted. One a run; what another process was asked it does not know."""

    registry: Registry
    line: Callable[[State, Change], Built]
    """Builds a line."""
    today: str
    meaning: Callable[[], Vectors | None] = lambda: None
    """Loads what turns sentences into vectors."""
    _lines: dict[str, Built] = field(default_factory=dict[str, Built])
    """Each line as it was built last, by its Change; main's under the empty name."""
    _posts: dict[str, Post] = field(default_factory=dict[str, Post])

    def build(self, state: State, change: Change) -> Built:
        """Build a line and remember what is wanted on it."""
        built = self.line(state, change)
        open_lines = {name: known for name, known in self._lines.items() if name in state.changes or not name}
        self._lines = {**open_lines, change.id: built}
        return built

    def _known(self, task: str) -> tuple[Task, Built] | None:
        return next(((one, built) for built in self._lines.values() for one in built.wanted if one.id == task), None)

    def work(self, task: Task) -> Work:
        """Spell a task out for whoever writes."""
        known = self._known(task.id)
        kind = self.registry.type(task.type)
        return Work(
            task=task.id, asset=task.asset, type=task.type, group=task.group, fields=task.fields, brief=task.brief,
            guardrails=self._guardrails(task, known[1]) if known else "", history=self._history(task),
            previous=task.previous, fallback=task.fallback, attempt=task.attempt, worker=kind.worker, locale=task.locale,
            optional=tuple(spec.name for spec in kind.fields if spec.optional and spec.name in task.fields),
            shared=tuple(spec.name for spec in kind.fields if spec.shared and spec.name in task.fields),
        )  # fmt: skip

    def watch(self, work: Work, accepted: Mapping[str, str]) -> Watcher | None:
        """Put somebody at the stream of a call: with the rules, and with what the strategy said before; None where the line is not known."""
        known = self._known(work.task)
        if known is None:
            return None
        if work.task not in self._posts:
            self._posts[work.task] = self._post(*known)
        return Watcher(self._posts[work.task], lambda: self.unwanted(work), accepted)

    def unwanted(self, work: Work) -> str:
        """Say why a piece of work is no longer wanted: its brief is another one now, or nothing is. Empty while it is wanted."""
        main = self._lines.get("")
        if main is not None and main.site.state.paused:
            return f"{main.site.state.paused['']} paused the campaign"
        return "" if self._known(work.task) else "its brief has changed"

    def patience(self, work: Work) -> float:
        """Say how many seconds unwanted work may take to its next check-in; none while it is wanted, for then somebody wants to stop altogether."""
        if not self.unwanted(work) or work.task not in self._posts:
            return 0.0
        return GRACE[self._posts[work.task].protocol.check_in]

    def inspect(self, work: Work, words: Mapping[str, str]) -> dict[str, str]:
        """Say what would stop the release of finished fields: field -> one sentence for the writer."""
        known = self._known(work.task)
        if known is None:
            return {}
        _task, built = known
        found = built.site.kit.rules.check(built.deliverables[work.asset], words, built.facets, self.today)
        return {one.field: f"{one.message} {one.remedy}".strip() for one in reversed(found) if one.severity == "release" and one.field in words}

    def doubt(self, work: Work, words: Mapping[str, str]) -> dict[str, str]:
        """Say what a careful reader would ask about a small model's words: what no line stands behind, praise, names nobody knows."""
        known = self._known(work.task)
        if known is None:
            return {}
        _task, built = known
        piece = Piece(built.deliverables[work.asset], self.registry.type(work.type), words)
        found = judge(piece, built.facets, date.fromisoformat(self.today)).findings
        return {one.field: f"{one.message} {one.remedy}".strip() for one in reversed(found) if one.rule in DOUBTFUL and one.field in words}

    def restore(self, work: Work, words: Mapping[str, str]) -> dict[str, Restored]:
        """Say which sentences of revised fields are put back as they stood; none where the line is not known."""
        known = self._known(work.task)
        return Restoring(known[1], self._lines.get(""), work.asset, self.today).restored(words) if known else {}

    def looks(self, work: Work, words: Mapping[str, str], flagged: bool) -> Look | None:
        """Say whether finished words are judged by a model, why, and whether it may ask for a revision: the campaign's protocol."""
        known = self._known(work.task)
        if known is None:
            return None
        task, built = known
        wanted, may = built.facets.get("protocol.judge", "sampled"), built.facets.get("protocol.judge_may", "revise")
        soft = flagged or (wanted in ("flagged", "sampled") and self._is_soft(task, built, words))
        reason = look_reason(str(wanted), soft, task.id)
        return Look(reason, may == "revise") if reason else None

    def _is_soft(self, task: Task, built: Built, words: Mapping[str, str]) -> bool:
        piece = Piece(built.deliverables[task.asset], self.registry.type(task.type), words)
        return bool(judge(piece, built.facets, date.fromisoformat(self.today)).findings)

    def _post(self, task: Task, built: Built) -> Post:
        old = {**built.site.base_facets, **{key[2:]: was for key, was, _now in task.changed if key.startswith("f:")}}
        moved = old != dict(built.facets)
        demoted = [one.key for one in demotions(interventions_of(built.site.state))]
        deliverable = built.deliverables[task.asset]
        on = post_for(built.facets, old if moved else None, deliverable, self.registry.type(task.type), date.fromisoformat(self.today), demoted)
        language = deliverable.language.partition("-")[0]
        return replace(on, contrast=self._contrast(on, old, language)) if moved and language in LANGUAGES else on

    def _contrast(self, on: Post, old: Facets, language: str) -> Contrast | None:
        """Have meaning looked at beside words, where it can be: whichever hears the old line more."""
        vectors = self.meaning()
        if vectors is None:
            return on.contrast
        earlier = {ref: was for ref, was in old.items() if isinstance(was, str) and on.lexicon.facets.get(ref) != was}
        held, by_words = sense_of(vectors, on.lexicon, earlier, language), on.contrast

        def nearer(sentence: str) -> float:
            return 1.0 if held.carries_old(sentence) else by_words(sentence) if by_words else 0.0

        return nearer

    def _guardrails(self, task: Task, built: Built) -> str:
        deliverable = built.deliverables[task.asset]
        specs = [spec for spec in self.registry.type(task.type).fields if spec.name in task.fields]
        limits = {spec.name: said for spec in specs if (said := _limit(built.facets, f"channel.{deliverable.channel}.{spec.slot}"))}
        return render_plain(
            self.registry.shared(GUARDRAILS), {"limits": limits, "openings": _openings(deliverable, built), **_rules(deliverable, built.facets)}
        )

    def _history(self, task: Task) -> str:
        changed = [{"ref": spelled(key), "old": was, "new": now} for key, was, now in task.changed]
        sent_back = [part.removeprefix("keep: ") for part in task.attempt.split("; ") if part.startswith("keep: ")]
        return render_plain(self.registry.shared(HISTORY), {"previous": task.previous, "changed": changed, "sent_back": sent_back})


def spelled(key: str) -> str:
    """Spell a trace key for a reader: a ref of the strategy, or a field of another text."""
    kind, _, rest = key.partition(":")
    return spell_ref(rest) if kind == "f" else rest


_UNITS = {"characters": "characters", "display-width": "characters", "x-weighted": "characters as X counts them", "words": "words"}
_LETTER = 0.5
"""Width of a usual letter in parts of the font size."""


def _limit(facets: Facets, path: str) -> str:
    """Say how much room a place has, in what a writer can count."""
    most, better = facets.get(f"{path}.max"), facets.get(f"{path}.recommended")
    count = str(facets.get(f"{path}.count", "characters"))
    if count == "sms-segments":
        return f"{most} text messages of 160 plain characters in all" if most else ""
    if count == "pixels":
        font = facets.get(f"{path}.font_px")
        width = most or better
        return f"about {int(float(width) / (font * _LETTER))} characters" if isinstance(width, int) and isinstance(font, int) else ""
    parts = [f"at most {most} {_UNITS[count]}"] if most else []
    if better:
        parts.append(f"better {better}" if most else f"better not beyond {better} {_UNITS[count]}")
    return ", ".join(parts)


def _rules(deliverable: Deliverable, facets: Facets) -> dict[str, Any]:
    """Gather the rules that hold for a deliverable."""
    held: list[str] = []
    for slug in _members(facets, "claims"):
        if facets.get(f"claims.{slug}.kind") == NOT_YET:
            held.append(f"claims.{slug} is not known yet and not said")
        elif deliverable.channel in _listed(facets.get(f"claims.{slug}.short_never_in")):
            held.append(f"the short form of claims.{slug} does not stand in this channel: the whole sentence or nothing")
    return {
        "never": [str(facets[path]) for path in _leaves(facets, "brand.words.never")],
        "prefer": [
            (str(facets.get(f"brand.words.prefer.{slug}.say", "")), str(facets.get(f"brand.words.prefer.{slug}.not", "")))
            for slug in _members(facets, "brand.words.prefer")
        ],
        "samples": [
            tuple(str(facets.get(f"brand.samples.{slug}.{part}", "")) for part in ("say", "not", "why")) for slug in _members(facets, "brand.samples")
        ],
        "names": [(path.rpartition(".")[2], str(facets[path])) for path in _leaves(facets, "brand.names")],
        "rejected": [(path.rpartition(".")[2], str(facets[path])) for path in _leaves(facets, "positioning.rejected")],
        "held": held,
        "rivals": [
            str(facets.get(f"competitors.{slug}.name"))
            for slug in _members(facets, "competitors")
            if "never" in str(facets.get(f"competitors.{slug}.in_copy", "")) and facets.get(f"competitors.{slug}.name")
        ],
    }


def _openings(deliverable: Deliverable, built: Built) -> list[str]:
    """List how other texts in the language begin, so that not all of them begin alike."""
    found: dict[str, None] = {}
    for asset, slot in built.slots.items():
        if asset == deliverable.id or slot.deliverable.language != deliverable.language:
            continue
        for text in slot.texts.values():
            words = text.value.split()
            if len(words) > OPENING_WORDS:
                found[" ".join(words[:OPENING_WORDS])] = None
                break
    return list(found)[:OPENINGS]


def _members(facets: Facets, path: str) -> tuple[str, ...]:
    return tuple(_listed(facets.get(f"{path}.{MEMBERS}")))


def _leaves(facets: Facets, path: str) -> Iterator[str]:
    return (f"{path}.{slug}" for slug in _members(facets, path) if f"{path}.{slug}" in facets)


def _listed(value: object) -> Iterable[str]:
    return (str(one) for one in value) if isinstance(value, tuple) else ()  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # facets hold tuples of scalars
