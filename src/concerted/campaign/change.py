"""A Change: an edited strategy beside the campaign. It stores edits, answers and people's texts; everything else is built from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from concerted.campaign.draft import Record, Trace
from concerted.campaign.facets import Value
from concerted.campaign.outside import HandedFile

Origin: TypeAlias = Literal["file", "set", "answer", "rollback"]
AnswerKind: TypeAlias = Literal["take", "keep", "text", "redraft", "leave"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One edited ref. `old` is main's value when the edit was entered; None stands for absent."""

    ref: str
    new: Value
    old: Value
    origin: Origin
    of: str = ""
    """For a wording: hash of the source text that stood on its line when the words were entered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A person's answer to one item. It holds for this pair of texts and for nothing else."""

    kind: AnswerKind
    by: str
    at: str
    main: str
    """Hash of main's text when the answer was given."""
    proposal: str
    """Hash of the proposal that was shown."""
    text: str = ""
    because: str = ""
    says: Trace = ()
    """Facts that the chosen words stated when the answer was given: where one moves, the question is open again."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text that a person entered for one field."""

    value: str
    by: str
    base: str | None = None
    """The machine's rendering that the person saw."""
    record: Record | None = None
    """What the text was written from that the person had before them, and what their words state. None: main's record stands in."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a pull request is to code. `build` computes its line from these parts alone."""

    id: str
    title: str
    by: str
    opened: str
    edits: Mapping[str, Edit] = field(default_factory=dict[str, Edit])
    answers: Mapping[str, Answer] = field(default_factory=dict[str, Answer])
    texts: Mapping[str, Words] = field(default_factory=dict[str, Words])
    """`asset#field` -> a person's words entered on this Change."""
    files: Mapping[str, HandedFile] = field(default_factory=dict[str, HandedFile])
    """Asset -> the file that was handed in for it on this Change; its words are among `texts`."""
    earlier: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """`asset#field` -> words of people that later words on this Change replaced; they stay offered."""
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Asset -> notes of redraft requests made on this Change."""
    refused: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """`asset#field` -> hashes of texts sent back on this Change."""
    revisit: frozenset[str] = frozenset()
    """Assets and wordings whose left question is taken up again here."""
    stays: frozenset[str] = frozenset()
    """Assets that keep their old words in this landing, because whoever opened it decided so; they follow later."""
    recipes: bool = False
    """True where people asked to redraft for a changed recipe."""
    upkeep: bool = False
    """True where it catches up with what time or a rule made out of date, without any edit."""
    hold: bool = False
    rehearsal: bool = False

    def with_answers(self, answers: Mapping[str, Answer]) -> "Change":
        """Return the Change with more answers; words of an answer that is replaced stay known."""
        gone = {key: self.answers[key].text for key, answer in answers.items() if key in self.answers and self.answers[key].text != answer.text}
        return replace(self, answers={**self.answers, **answers}, earlier=self._kept(gone))

    def without_answers(self, keys: Iterable[str]) -> "Change":
        """Return the Change with some questions open again; words of their answers stay known."""
        gone = {key: self.answers[key].text for key in keys if key in self.answers}
        left = {key: answer for key, answer in self.answers.items() if key not in gone}
        return replace(self, answers=left, earlier=self._kept(gone))

    def with_words(self, place: str, words: Words) -> "Change":
        """Return the Change with a person's words for `asset#field`; what they replace stays known."""
        known = self.texts.get(place)
        gone = {f"{place}:": known.value} if known and known.value != words.value else {}
        return replace(self, texts={**self.texts, place: words}, earlier=self._kept(gone))

    def _kept(self, gone: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        earlier = dict(self.earlier)
        for key, text in gone.items():
            place = key.rpartition(":")[0]
            if text and "#" in place:
                earlier[place] = tuple(dict.fromkeys((*earlier.get(place, ()), text)))
        return earlier

    def typed(self) -> dict[str, tuple[str, ...]]:
        """List every text that people typed on this Change by `asset#field`, the newest last."""
        found = {place: list(texts) for place, texts in self.earlier.items()}
        for key, answer in self.answers.items():
            if answer.kind == "text" and "#" in key:
                found.setdefault(key.rpartition(":")[0], []).append(answer.text)
        for place, words in self.texts.items():
            found.setdefault(place, []).append(words.value)
        return {place: tuple(dict.fromkeys(texts)) for place, texts in found.items()}

    def with_edits(self, edits: Mapping[str, Edit]) -> "Change":
        """Return the Change with these edits on top; an edit back to the value it started from drops out."""
        merged = {**self.edits, **edits}
        return replace(self, edits={ref: edit for ref, edit in merged.items() if edit.new != edit.old})

    def is_empty(self) -> bool:
        """Tell whether nothing is left that would alter the campaign."""
        return not (self.edits or self.texts or self.files or self.notes or self.revisit or self.upkeep or self.recipes)


NO_CHANGE = Change("", "", "", "")
"""Stands for main itself where a line is built without a Change."""
