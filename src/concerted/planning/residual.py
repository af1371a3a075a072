"""The residual scan: where words of an earlier strategy still stand, whatever the traces say. It finds what was never read, too."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from concerted.campaign.draft import Draft
from concerted.campaign.facets import Facets
from concerted.campaign.line import State
from concerted.planning.kit import Kit


@dataclass(frozen=True, slots=True)
class Residue:
    """One piece of an old value in a text of today."""

    asset: str
    field: str
    ref: str
    fragment: str
    text_hash: str


def residues(state: State, facets: Facets, kit: Kit, texts: Mapping[str, Draft], literals: str = "") -> tuple[Residue, ...]:
    """Scan texts for fragments of every value that an earlier version held and today's strategy does not.

    What stands in any line of today, or in the templates' own words (`literals`), is no residue; nor is what a person confirmed, there or in
    the text above it that it was written from.
    """
    runs = old_runs(state, facets, kit, literals)
    languages = {asset: deliverable.language for asset, deliverable in kit.expand(facets).items()}
    found: list[Residue] = []
    for asset, draft in texts.items():
        spoken = {ref: fragments for ref, fragments in runs.items() if _is_spoken(ref, languages.get(asset, ""))}
        for name, text in draft.fields.items():
            found += _in_text(asset, name, (text.value, text.hash), spoken, kit)
    confirmed: dict[str, list[str]] = {}
    for text_hash, run in state.main.settled:
        confirmed.setdefault(text_hash, []).append(run)
    known = _Confirmed(state.main.texts, confirmed, kit)
    return tuple(residue for residue in found if not known.covers(residue.asset, residue.field, residue.fragment))


def old_runs(state: State, facets: Facets, kit: Kit, literals: str = "", base: Facets | None = None) -> dict[str, tuple[str, ...]]:
    """Give by ref the pieces that only values of earlier versions said. `base` is main's strategy where `facets` is that of a Change."""
    today = (*(str(value) for value in facets.values() if isinstance(value, str)), literals)
    old = _outlived(state, facets, base or {})
    return {ref: kit.matching.fragments(" ".join(values), str(facets.get(ref, "")), today) for ref, values in old.items()}


@dataclass(frozen=True)
class _Confirmed:
    """What people confirmed: pieces of old values by the hash of the words that say them."""

    texts: Mapping[str, Draft]
    runs: Mapping[str, list[str]]
    kit: Kit

    def covers(self, asset: str, name: str, fragment: str) -> bool:
        """Tell whether a person confirmed this piece, alone or in a longer passage, in this text or in one above it that it was written from."""
        draft = self.texts.get(asset)
        text = draft.fields.get(name) if draft else None
        if text is None or not self.kit.matching.carries(text.value, (fragment,)):
            return False
        if any(fragment in run for run in self.runs.get(text.hash, ())):
            return True
        above = (key[2:].partition("#") for key, _seen in text.reads() if key.startswith("u:"))
        return any(self.covers(upper, field, fragment) for upper, _mark, field in above)


def _is_spoken(ref: str, language: str) -> bool:
    """Look for a wording in texts of its own language only: a name in passing makes three words of another one the same."""
    _leaf, at, tail = ref.partition("@")
    return not at or tail.partition(".")[0] == language


def _outlived(state: State, facets: Facets, base: Facets) -> dict[str, tuple[str, ...]]:
    """Collect the values that a message line held before and no longer holds."""
    old: dict[str, dict[str, None]] = {}
    rows = ((ref, was) for version in state.versions for ref, was, _now in version.edits)
    for ref, was in (*rows, *base.items()):
        if isinstance(was, str) and facets.get(ref) != was and not _unsaid(ref):
            old.setdefault(ref, {})[was] = None
    return {ref: tuple(values) for ref, values in old.items()}


def _unsaid(ref: str) -> bool:
    """Leave out lines that are never said to anybody."""
    return ref.startswith(("campaign.", "approvals.", "confidential.", "brand.words.", "brand.samples.", "deliverables.", "budget.", "objectives."))


def _in_text(asset: str, name: str, text: tuple[str, str], runs: Mapping[str, tuple[str, ...]], kit: Kit) -> Iterable[Residue]:
    words, text_hash = text
    for ref, fragments in runs.items():
        if fragments and words:
            for fragment in kit.matching.carries(words, fragments):
                yield Residue(asset, name, ref, fragment, text_hash)
