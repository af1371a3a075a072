"""What has been found in a brief so far, and how a passage becomes a line."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from concerted.brief.passages import Passage, Words
from concerted.campaign.facets import Value
from concerted.campaign.proposed_edit import ProposedEdit
from concerted.campaign.scalars import slug_from
from concerted.campaign.soundness.forms import well_formed
from concerted.campaign.strategy import leaf_at, typed
from concerted.rules.languages import STOP_WORDS
from concerted.rules.reading import words_of
from concerted.rules.segment import sentences


@dataclass(frozen=True)
class Known:
    """What names can be looked up: channels by slug with all that they are called, playbooks by slug with their title."""

    words: Words
    channels: Mapping[str, tuple[str, ...]]
    playbooks: Mapping[str, str]


@dataclass
class Notes:
    """What has been found so far, each ref once: the first word counts."""

    known: Known
    edits: dict[str, ProposedEdit] = field(default_factory=dict[str, ProposedEdit])
    wanted: list[Passage] = field(default_factory=list[Passage])
    audience: str = ""
    offer: str = ""
    channels: Passage | None = None
    launch: Passage | None = None

    def put(self, ref: str, text: str, passage: Passage | None, *flags: str) -> None:
        """Propose a line, if the schema takes it."""
        if ref in self.edits or not text.strip():
            return
        value = line_value(ref, text)
        if value is None:
            return
        quote, place = (passage.quote, passage.place) if passage else ("", "")
        self.edits[ref] = ProposedEdit(ref, None, value, quote, "exact" if passage else "nearest", flags, source=place)

    def slugs(self, part: str) -> list[str]:
        """List the entries of a map so far."""
        return list(dict.fromkeys(ref.split(".")[1] for ref in self.edits if ref.startswith(f"{part}.")))


def line_value(ref: str, words: str) -> Value | None:
    """Make a line's value of words from a running text; None where the line cannot hold them. A sentence gets its capital and its full stop."""
    leaf = leaf_at(ref)
    if not leaf:
        return None
    said = " ".join(words.split()).strip('“”"')
    if leaf.form == "sentence" and said.partition(" ")[0].islower():
        said = said[0].upper() + said[1:]
    return typed(ref, well_formed(said, leaf.form))


def first_sentence(passage: Passage) -> Passage:
    """Narrow a passage and its quote to the first sentence: what follows explains, and is not taken."""
    said = sentences(passage.text)[0].strip()
    place = passage.quote.find(said)
    return replace(passage, text=said, quote=passage.quote[: place + len(said)] if place >= 0 else passage.quote)


def slug_of(text: str, taken: list[str], most: int = 3) -> str:
    """Make a short name of the first words that say something."""
    said = [word for word in words_of(text) if word not in STOP_WORDS and word.isalpha()]
    base = slug_from(" ".join(said[:most])) or slug_from(text)[:30] or "one"
    return base if base not in taken else next(f"{base}-{number}" for number in range(2, len(taken) + 3) if f"{base}-{number}" not in taken)


def market_named(notes: Notes, slug: str, passage: Passage) -> None:
    """Propose a market that a passage names, with its language and currency."""
    country = notes.known.words.countries[slug]
    notes.put(f"markets.{slug}.language", country.language, passage)
    notes.put(f"markets.{slug}.currency", country.currency, passage)
