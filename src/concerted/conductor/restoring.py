"""Which changes make a rewording needless, and whether a text may have its sentences back: the line's facts for `guard.rewording`.

A changed fact (price, date, name, link, number, a claim withdrawn, a word forbidden) is no reason to say anything else anew. A changed
line of the message is one, unless neither the house's words for the field nor the model's take anything of it up. How somebody is spoken to
(voice, audience) shows in every word: whoever changes that gets the model's words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from concerted.campaign.draft import Text
from concerted.campaign.facets import MEMBERS
from concerted.campaign.intervention import Restored
from concerted.campaign.strategy import leaf_at
from concerted.guard.ledger import ledger
from concerted.guard.rewording import PutBack, Shift, put_back
from concerted.planning.build import Built
from concerted.planning.house import render_field
from concerted.planning.render import as_read
from concerted.planning.revise import substitute
from concerted.planning.site import Slot, spell_ref
from concerted.rules.figures import figures
from concerted.rules.reading import read

FACTS = ("name", "number", "date", "url")
STATED = ("positioning.", "messages.", "news.", "claims.", "offers.", "ctas.", "people.")
"""Lines that copy states. What stands under others says how and to whom, and shows in words that state nothing of it."""
Moved = tuple[str, str, str]
"""(trace key, what stood there, what stands there now)."""


@dataclass(frozen=True)
class Restoring:
    """One asset on the line on which it is rewritten. `main` is what it was written for."""

    built: Built
    main: Built | None
    asset: str
    today: str

    @property
    def slot(self) -> Slot:
        """The asset on its line; what is asked for still holds the words that stood."""
        return self.built.slots[self.asset]

    def restored(self, words: Mapping[str, str]) -> dict[str, Restored]:
        """Say what of revised fields is put back."""
        found: dict[str, Restored] = {}
        for name, new in words.items():
            text = self.slot.texts.get(name)
            if text is None or not text.value or name not in self.slot.pending:
                continue
            shift, refs = self._shift(name, text)
            back = put_back(text.value, new, shift) if shift else None
            if back is not None and self._passes(name, text, back, words):
                found[name] = Restored(None if back.words == text.value else back.words, back.sentences, refs)
        return found

    def _shift(self, name: str, text: Text) -> tuple[Shift | None, tuple[str, ...]]:
        """Say what changed under a field; no shift where that is a reason to write it anew, or is not known."""
        site, slot = self.built.site, self.slot
        stale = site.stale_keys(text, site.reading(slot.deliverable))
        broken = tuple(finding.evidence for finding in site.violations(slot.deliverable, name, text.value))
        outdated = site.change.recipes and text.record.recipe != slot.recipe.hash
        if outdated or site.refused(slot.id, name) or not all(broken) or not (stale or broken):
            return None, ()
        rows = self._rows(text, stale)
        kinds = {self._kind(row, rows) for row in rows}
        refs = tuple(dict.fromkeys(spell_ref(key.partition(":")[2]) for key, _old, _new in rows))
        strict = "message" in kinds
        if "manner" in kinds or (strict and not self._house_says_the_same(name)):
            return None, ()
        pairs = tuple((old, new) for _key, old, new in rows if not _key.endswith(MEMBERS))
        spoken = tuple(pair for old, new in pairs for pair in as_read(old, new, slot.deliverable.locale))
        runs = tuple(run for old, new in pairs for run in site.kit.matching.fragments(old, new, ()))
        return Shift((*pairs, *spoken), runs, broken, strict), refs

    def _rows(self, text: Text, stale: Iterable[str]) -> tuple[Moved, ...]:
        """List each stale key with both its values, in words; membership as the short names."""
        site, seen = self.built.site, dict(text.reads())
        return tuple((key, site.old_value(key, seen[key]), site.new_value(key)) for key in stale)

    def _kind(self, row: Moved, rows: tuple[Moved, ...]) -> str:
        """Tell what kind of change a stale key is: fact, message, or manner, which also stands for what nobody can tell."""
        key, old, new = row
        kind, _, ref = key.partition(":")
        if kind not in ("f", "u") or not old:
            return "manner"
        if ref.endswith(MEMBERS) or _is_list(ref):
            return "fact" if set(new.split(", ")) <= set(old.split(", ")) or not new else "manner"
        if kind == "f" and ref.startswith("campaign.") and _is_fact(ref, old, new):
            return "fact"
        if kind == "f" and not ref.startswith(STATED):
            return "manner"
        if not new or _is_fact(ref, old, new) or substitute(old, self._spoken(rows)) == new:
            return "fact"
        return "message"

    def _spoken(self, rows: tuple[Moved, ...]) -> list[tuple[str, str]]:
        """Pair the forms in which changed facts stand inside other lines; the campaign's name too, whether the field read it or not."""
        facts = {(old, new) for key, old, new in rows if old and new and _is_fact(key.partition(":")[2], old, new)}
        site = self.built.site
        names = [ref for ref in site.base_facets if _form(ref) == "name"]
        facts |= {
            (str(site.base_facets[ref]), str(site.facets.get(ref, ""))) for ref in names if site.facets.get(ref) not in (None, site.base_facets[ref])
        }
        locale = self.slot.deliverable.locale
        return [*facts, *(pair for old, new in facts for pair in as_read(old, new, locale))]

    def _house_says_the_same(self, name: str) -> bool:
        """Tell whether the house writer's words for a field are on this line what they are on main."""
        slot = self.main.slots.get(self.asset) if self.main else None
        if self.main is None or slot is None:
            return False
        before, now = render_field(self.main.site, slot, name), render_field(self.built.site, self.slot, name)
        return bool(before and now and now.texts and before.texts == now.texts)

    def _passes(self, name: str, text: Text, back: PutBack, words: Mapping[str, str]) -> bool:
        """Tell whether a text with its sentences back passes all that the model's has to pass, and states nothing that no line holds."""
        site, slot = self.built.site, self.slot
        moved = site.moved(text, site.stale_keys(text, site.reading(slot.deliverable)))
        if site.carried(slot, text, moved, back.words) or site.violations(slot.deliverable, name, back.words):
            return False
        beside = {field: one.value for field, one in slot.texts.items() if one.value} | dict(words)
        return self._stops({**beside, name: back.words}) <= self._stops(beside) and not self._unsupported(name, back)

    def _stops(self, words: Mapping[str, str]) -> set[tuple[str, str, str]]:
        site = self.built.site
        found = site.kit.rules.check(self.slot.deliverable, words, site.facets, site.day(self.slot.deliverable))
        return {(finding.rule, finding.field, finding.evidence) for finding in found if finding.severity != "advice"}

    def _unsupported(self, name: str, back: PutBack) -> bool:
        """Tell whether a sentence that would be put back states what the strategy does not hold, today."""
        words = {name: "\n".join(back.sentences)}
        rows = ledger(words, self.built.facets, self.slot.deliverable, date.fromisoformat(self.today), self.slot.type)
        return any(row.kind == "unsupported" for row in rows)


def _form(ref: str) -> str:
    leaf = leaf_at(ref)
    return leaf.form if leaf else ""


def _is_list(ref: str) -> bool:
    return _form(ref) == "list"


def _is_fact(ref: str, old: str, new: str) -> bool:
    """Tell whether a change is one of figures, names or links: by what the line holds, or because its words are the same around its figures."""
    if _form(ref) in FACTS:
        return True
    return bool(figures(old)) and _around(old) == _around(new)


def _around(text: str) -> tuple[str, ...]:
    """Give the words of a text without its figures."""
    reading = read(text)
    spans = [(figure.start, figure.end) for figure in figures(text)]
    inside = [any(start <= begin < end for start, end in spans) for begin in reading.starts]
    return tuple(word for word, is_figure in zip(reading.words, inside, strict=True) if not is_figure)
