"""Where does this come from? Every sentence of a text traced to the facts of the strategy, or shown as free, or as unsupported.

Figures, phrases and sentences are read by `rules`; what is added here is what a text claims without any figure (`boasts`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal, TypeAlias

from concerted.campaign.deliverable import Deliverable, DeliverableType
from concerted.campaign.facets import Facets
from concerted.campaign.finding import Finding
from concerted.guard.boasts import Sentence, boasts
from concerted.guard.subject import subject_of, with_texts
from concerted.rules.case import RULES, Case, Subject, advise
from concerted.rules.facts import Says, Scope, known_as, stated
from concerted.rules.figures import Figure, figures
from concerted.rules.lexicon import Lexicon, as_text, prepare
from concerted.rules.reading import find_run, words_of
from concerted.rules.segment import sentences

RowKind: TypeAlias = Literal["fact", "cleared", "free", "unsupported"]
FACT_RULES = ("price", "date", "link", "number", "claim-not-yet", "claim-date", "claim-market", "left-out", "confidential")
"""The rules that look for what the strategy does not hold, or not here and today."""
_UNTRACED = ("number", "comparative", "embellishment", "unsupported-claim", "unknown-name", "contact")
"""Advice of these rules means, too, that nothing stands behind the sentence."""
_FEW = 4
"""A figure that stands in more lines than this is not traced to any by itself."""


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence and where it comes from.

    fact: states lines of the strategy; cleared: word for word what was cleared; free: states nothing that could be checked;
    unsupported: states something that the strategy does not hold, as `findings` say.
    """

    field: str
    sentence: str
    kind: RowKind
    refs: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def ledger(
    texts: Mapping[str, str], facets: Facets | Lexicon, deliverable: Deliverable, today: date, kind: DeliverableType | None = None
) -> tuple[Row, ...]:
    """Trace every sentence of the texts of one asset, in order."""
    return trace(subject_of(deliverable, kind, texts, today), prepare(facets), today)


def trace(subject: Subject, lexicon: Lexicon, today: date) -> tuple[Row, ...]:
    """Trace every sentence of a subject."""
    return tuple(row(subject, name, sentence, lexicon, today) for name, text in subject.texts.items() for sentence in sentences(text))


def row(subject: Subject, name: str, text: str, lexicon: Lexicon, today: date) -> Row:
    """Trace one sentence that stands in a field."""
    says = tuple(one for one in stated(text, lexicon, subject.market, subject.language) if one.certain)
    case = Case(with_texts(subject, {name: text}), lexicon, today)
    found = [finding for rule in FACT_RULES for finding in RULES[rule].run(case)]
    words = words_of(text)
    sentence = Sentence(text, words, _covered(words, says), frozenset(one.path for one in says), case.german)
    found += [*_contacts(text, lexicon), *boasts(sentence, lexicon, case.market)]
    signed = tuple(replace(finding, asset=subject.asset, field=name) for finding in found)
    refs = tuple(dict.fromkeys((*(one.path for one in says), *_figure_refs(text, lexicon, Scope(subject.market, subject.language)))))
    return Row(name, text.strip(), _kind(signed, words, refs, (lexicon, subject.market)), refs, signed)


def _kind(findings: tuple[Finding, ...], words: tuple[str, ...], refs: tuple[str, ...], where: tuple[Lexicon, str]) -> RowKind:
    if any(finding.severity != "advice" or finding.rule in _UNTRACED for finding in findings):
        return "unsupported"
    if words in _cleared(*where):
        return "cleared"
    return "fact" if refs else "free"


@lru_cache(maxsize=128)
def _cleared(lexicon: Lexicon, market: str) -> frozenset[tuple[str, ...]]:
    """Give the sentences that somebody has cleared for a market, as words: claims and people's quotes."""
    claims = (claim for claim in lexicon.claims.values() if claim.kind != "not-yet" and (market in claim.cleared if market else claim.cleared))
    texts = [text for claim in claims for text in (*claim.full, *claim.short)]
    quotes = (path for path in lexicon.facets if path.startswith("people.") and path.partition("@")[0].endswith(".quote"))
    texts += [as_text(lexicon.facets[path]) for path in quotes if lexicon.text(f"{'.'.join(path.split('.')[:2])}.cleared")]
    return frozenset(words_of(part) for text in texts for part in (text, *sentences(text)))


def _covered(words: tuple[str, ...], says: Iterable[Says]) -> frozenset[int]:
    """Name the words of a sentence that state facts, by place."""
    covered: set[int] = set()
    for one in says:
        run = words_of(one.evidence)
        place = find_run(words, run)
        if place >= 0:
            covered.update(range(place, place + len(run)))
    return frozenset(covered)


def _figure_refs(text: str, lexicon: Lexicon, scope: Scope) -> Iterable[str]:
    """Name the lines that hold the figures of a sentence, where only few do."""
    for figure in figures(text):
        if figure.kind in ("year", "time") or (figure.kind == "number" and figure.spelled):
            continue
        known = known_as(figure, lexicon, scope)
        same = [item for item in known if item.figure.units & figure.units] if figure.kind == "number" else known
        paths = dict.fromkeys(lexicon.facts[item.fact].path for item in same)
        if len(paths) <= _FEW:
            yield from paths


def _contacts(text: str, lexicon: Lexicon) -> Iterable[Finding]:
    for figure in figures(text):
        if figure.kind in ("mail", "phone") and not _is_known(figure, lexicon):
            message = f"{figure.text} is no address or number of this strategy."
            remedy = "Give the contact of the strategy, or add this one to it."
            yield replace(advise(message, remedy, ref="contact", evidence=figure.text), rule="contact")


def _is_known(figure: Figure, lexicon: Lexicon) -> bool:
    return (figure.kind, figure.value) in lexicon.figures
