"""Judging finished texts: the rules, the ledger, the voice, and what only shows across assets. Findings, never a verdict of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from concerted.campaign.facets import Facets
from concerted.campaign.finding import Finding, gravest_first
from concerted.guard.clashes import clashes, nearly_names
from concerted.guard.coverage import Reach, coverage, gaps
from concerted.guard.ledger import Row, trace
from concerted.guard.post import Post
from concerted.guard.subject import Piece, with_texts
from concerted.guard.voice import Voice, measure_voice, remarks
from concerted.guard.watch import DRAFT_RULES, FIELD_RULES
from concerted.rules.across import contradictions
from concerted.rules.case import RULES, Case
from concerted.rules.check import check
from concerted.rules.lexicon import Lexicon, prepare


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to be said about one asset: every finding once, where each sentence comes from, how it sounds."""

    asset: str
    findings: tuple[Finding, ...]
    rows: tuple[Row, ...]
    voice: Voice

    @property
    def ok(self) -> bool:
        """True where nothing would stop a release."""
        return all(finding.severity == "advice" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Review:
    """All assets side by side: each one's judgement, what clashes between them, which message reached whom."""

    judgements: tuple[Judgement, ...]
    between: tuple[Finding, ...]
    reach: tuple[Reach, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, the gravest first."""
        return gravest_first((*(finding for one in self.judgements for finding in one.findings), *self.between))


def judge(piece: Piece, facets: Facets | Lexicon, today: date) -> Judgement:
    """Judge one finished asset on its day of publication, or today if that has passed."""
    lexicon, subject = prepare(facets), piece.subject(today)
    rows = trace(subject, lexicon, today)
    language = piece.deliverable.language
    voice = (replace(finding, asset=piece.id) for finding in remarks(subject.texts, lexicon, language))
    traced = (finding for row in rows for finding in row.findings)
    found = dict.fromkeys((*check(subject, lexicon, today), *traced, *nearly_names(piece, lexicon), *voice))
    return Judgement(piece.id, gravest_first(_once(found)), rows, measure_voice(subject.texts.values(), language))


_LEXICAL = ("banned-word", "rejected-line")


def _once(found: Iterable[Finding]) -> Iterable[Finding]:
    """Leave out praise that a stricter rule objects to as well."""
    listed = tuple(found)
    ruled = {(finding.field, finding.evidence.casefold()) for finding in listed if finding.rule in _LEXICAL}
    return (finding for finding in listed if finding.rule not in ("puffery", "superlative") or (finding.field, finding.evidence) not in ruled)


def review(pieces: Sequence[Piece], facets: Facets | Lexicon, today: date) -> Review:
    """Judge assets one by one and side by side. Fields that many assets rightly share may repeat each other."""
    lexicon = prepare(facets)
    outside = [piece for piece in pieces if piece.subject(today).visibility != "staff"]
    cells = coverage(pieces, lexicon)
    shared = [piece.texts.get(spec.name, "") for piece in pieces if piece.kind for spec in piece.kind.fields if spec.shared]
    between = (*contradictions((piece.subject(today) for piece in pieces), lexicon, shared), *clashes(outside, lexicon), *gaps(cells))
    return Review(tuple(judge(piece, lexicon, today) for piece in pieces), gravest_first(between), cells)


def objections(post: Post, texts: Mapping[str, str]) -> dict[str, str]:
    """Say for finished fields of one call what they would be refused for: field -> remark with remedy and ref. Empty where all is well."""
    case = Case(with_texts(post.subject, texts), post.lexicon, post.today)
    found: dict[str, str] = {}
    for rule in (*FIELD_RULES, *DRAFT_RULES):
        for finding in RULES[rule].run(case):
            if finding.severity == "release":
                found.setdefault(finding.field, f"{finding.message} {finding.remedy}{f' ({finding.ref})' if finding.ref else ''}")
    return found
