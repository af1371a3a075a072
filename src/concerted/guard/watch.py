"""Watching one streaming call: token by token, at the end of each sentence, of each field, and of the whole.

A verdict continues, stops, or cancels; nothing here writes, asks a model, or obeys what a text says.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from concerted.campaign.finding import Finding
from concerted.campaign.intervention import GO_ON, Cancel, Level, Stop, Verdict
from concerted.guard.automaton import Hit, Matcher
from concerted.guard.context import denies, excuse, is_legal
from concerted.guard.disguise import disguised
from concerted.guard.ledger import Row, row
from concerted.guard.phrases import meaning_of, objection, unsayable
from concerted.guard.post import Post
from concerted.guard.subject import with_texts
from concerted.guard.vocabulary import OWN_WORDS
from concerted.rules.case import RULES, Case
from concerted.rules.segment import sentences

CheckIn: TypeAlias = Callable[[], str]
"""Asks whether the work is still wanted: empty to go on, else why not. It can say nothing else to a worker: anything new is a new call."""
FIELD_RULES = (
    "banned-word", "channel-limit", "form-of-address", "claim-not-yet", "claim-date", "offer-date", "claim-market", "claim-channel", "left-out",
    "confidential", "competitor-name", "price", "date", "link", "invented-quote", "quote-permission",
)  # fmt: skip
"""Rules that can be judged on one field, as soon as it is there."""
DRAFT_RULES = ("qualifier", "two-prices")
"""Rules that need the fields around, too."""
VOICES = 2
"""So many of three signs (the words, the facts, the line) stop a sentence."""
_CONTRAST = 0.5
_END = re.compile(r"[.!?…。！？\r\n]")
_WORD_OVER = re.compile(r"\W*\w[\w'’]*[^\w'’]")
_CLAIM_FIELDS = ("claims", "claims_used", "claim_ids")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")


def always() -> str:
    """Check in nowhere: go on."""
    return ""


@dataclass(slots=True)
class _Field:
    name: str
    matcher: Matcher
    limit: int
    legal: bool
    begin: int = 0
    """Where the sentence under way begins."""
    ended: bool = False
    """True where a sentence may have come to its end."""
    over: bool = False
    """True once the field was finished."""
    soft: list[tuple[Hit, str]] = field(default_factory=list[tuple[Hit, str]])

    @property
    def text(self) -> str:
        return self.matcher.reader.text


class Watcher:
    """Watches one call. `accepted` are fields of the same draft that stand already; `noted` are signs that did not suffice for a stop."""

    def __init__(self, post: Post, check_in: CheckIn = always, accepted: Mapping[str, str] | None = None) -> None:
        self.post = post
        self.tokens = 0
        self.texts: dict[str, str] = dict(accepted or {})
        self.noted: list[Stop] = []
        self._let_through: list[Stop] = []
        self._check_in = check_in
        self._level: Level = post.protocol.check_in
        self._each_token = self._level == "token"
        # German makes one word of many: there a word is over when the next one begins.
        self._eager = post.subject.language == "en"
        self._fields: dict[str, _Field] = {}
        self._current: _Field | None = None

    def feed(self, name: str, token: str) -> Verdict:
        """Show the next token of a field. The first one of a field finishes the field before."""
        self.tokens += 1
        known = self._current
        if known is None or known.name != name:
            verdict = self.finish_field(known.name) if known and not known.over else GO_ON
            if verdict is not GO_ON:
                return verdict
            known = self._current = self._fields.get(name) or self._open(name)
        hits = known.matcher.push(token)
        if hits is not None and (stop := self._weigh(known, hits)):
            return stop
        if known.limit and known.matcher.reader.size > known.limit and (stop := self._too_long(known)):
            return stop
        if known.ended or _END.search(token):
            verdict = self._sentences(known)
            if verdict is not GO_ON:
                return verdict
        return self._check("token") if self._each_token else GO_ON

    def finish_field(self, name: str) -> Verdict:
        """Say that a field is over: its last sentence is heard, then its figures, links, claims and limits are checked."""
        known = self._fields.get(name) or self._open(name)
        if known.over:
            return GO_ON
        known.over = True
        if stop := self._weigh(known, known.matcher.finish() or ()):
            return stop
        if stop := self._sentence(known, len(known.text)):
            return stop
        self.texts[name] = known.text
        if stop := self._rules(FIELD_RULES, {name: known.text}, "field") or self._claim_ids(known):
            return stop
        return self._check("field")

    def finish(self) -> Verdict:
        """Say that the call is over: the last field is finished, and what needs more than one field is checked."""
        if self._current and not self._current.over:
            verdict = self.finish_field(self._current.name)
            if verdict is not GO_ON:
                return verdict
        return self._rules(DRAFT_RULES, self.texts, "draft") or self._check("draft")

    def let_through(self) -> tuple[Stop, ...]:
        """List what would have been stopped, had the guard not only watched."""
        return tuple(self._let_through)

    def _open(self, name: str) -> _Field:
        self._fields[name] = _Field(name, Matcher(self.post.automaton, eager=self._eager), self.post.limits.get(name, 0), is_legal(name))
        return self._fields[name]

    def _check(self, level: Level) -> Verdict:
        """Check in, where the protocol asks for it at this level."""
        why = self._check_in() if level == self._level else ""
        return Cancel(why) if why else GO_ON

    # Tokens ----------------------------------------------------------------------------------------------------------

    def _weigh(self, known: _Field, hits: Iterable[Hit]) -> Stop | None:
        """Stop at a hard hit; one that something may excuse waits for the end of its sentence."""
        for hit in hits:
            word = hit.word
            excused = self._excuse(known, hit)
            if not word.hard or excused or not self.post.demoted.isdisjoint((word.rule, word.ref)):
                known.soft.append((hit, excused))
            elif stop := self._stop(_stop_at(known, hit)):
                return stop
        return None

    def _excuse(self, known: _Field, hit: Hit) -> str:
        """Say what may excuse a hit; what excuses the beginning of a line excuses the rest of it."""
        if known.legal:
            return "legal"
        last, excused = known.soft[-1] if known.soft else (hit, "")
        if excused and last.word.ref == hit.word.ref and hit.start < last.end:
            return excused
        return excuse(known.text[: hit.start], hit.word.line, old=hit.word.rule.startswith("old-"))

    def _too_long(self, known: _Field) -> Stop | None:
        limit, known.limit = known.limit, 0
        slot = self.post.subject.slots.get(known.name, "")
        guidance = f"At most {limit} characters go through in {known.name}; write it shorter."
        ref = f"channel.{self.post.subject.channel}.{slot}.max"
        return self._stop(Stop("channel-limit", ref, known.text, known.name, "", guidance))

    # Sentences -------------------------------------------------------------------------------------------------------

    def _sentences(self, known: _Field) -> Verdict:
        """Hear the sentences that have come to their end."""
        text = known.text[known.begin :]
        known.ended = _is_in_doubt(text)
        parts = () if known.ended else sentences(text)
        for part in parts[:-1]:
            if stop := self._sentence(known, known.begin + len(part)):
                return stop
            verdict = self._check("sentence")
            if verdict is not GO_ON:
                return verdict
        return GO_ON

    def _sentence(self, known: _Field, end: int) -> Stop | None:
        """Hear one sentence. What the finished text would be refused for stops it; else two of three signs do.

        The signs: a phrase that nothing excuses, nothing that stands behind it, more of the old line than of the new one.
        """
        begin, known.begin = known.begin, end
        text = known.text[begin:end]
        if not text.strip():
            return None
        soft = [(hit, excused) for hit, excused in known.soft if hit.start < end]
        known.soft = [(hit, excused) for hit, excused in known.soft if hit.start >= end]
        traced = row(self.post.subject, known.name, text, self.post.lexicon, self.post.today)
        kept = known.text[:begin].rstrip()
        if (refused := self._refused(known.name, text, traced, soft)) and (stop := self._stop(_stop_for(refused, kept, "sentence"))):
            return stop
        if stop := self._looked_at_twice(known, (begin, end), kept):
            return stop
        unsupported = [finding for finding in traced.findings if traced.kind == "unsupported"]
        plain = [hit for hit, excused in soft if not excused]
        old_line = self.post.contrast is not None and self.post.contrast(text) >= _CONTRAST
        if bool(plain) + bool(unsupported) + old_line >= VOICES:
            if plain:
                return self._stop(replace(_stop_at(known, plain[0]), kept_prefix=kept, level="sentence", imprecise=True))
            return self._stop(_stop_for(unsupported[0], kept, "sentence", imprecise=True))
        self.noted += [replace(_stop_at(known, hit), imprecise=True, level="sentence") for hit in plain]
        self.noted += [_stop_for(finding, "", "sentence", imprecise=True) for finding in unsupported]
        return None

    def _looked_at_twice(self, known: _Field, place: tuple[int, int], kept: str) -> Stop | None:
        """Stop at what a second look finds: a phrase in disguise, a word mistyped. What would excuse the phrase excuses it here, too.

        A mistyped word that is a word of its own ("trials" for "trails") may well be meant: it is noted.
        """
        begin, end = place
        text = known.text[begin:end]
        for word, words in disguised(text, self.post.automaton, self.post.ordinary):
            before = known.text[: begin + max(0, text.find(words))]
            demoted = not self.post.demoted.isdisjoint((word.rule, word.ref))
            if known.legal or demoted or excuse(before, word.line, old=word.rule.startswith("old-")):
                continue
            guidance = f"Do not write “{words}”, which reads as “{word.text}”. {word.why} ({word.ref})"
            stop = Stop(word.rule, word.ref, words, known.name, kept, guidance, "sentence")
            if words.casefold() in OWN_WORDS:
                self.noted.append(replace(stop, imprecise=True))
            elif stop := self._stop(stop):
                return stop
        return None if known.legal else self._turned_round(known, text, kept)

    def _turned_round(self, known: _Field, text: str, kept: str) -> Stop | None:
        """Stop where a sentence says all that a claim says which may not be made, in another order. A negation anywhere excuses it."""
        for claim in unsayable(self.post.lexicon, self.post.place):
            if claim.meaning <= meaning_of(text) and not denies(text) and self.post.demoted.isdisjoint((claim.rule, claim.ref)):
                words = text.strip()
                guidance = f"Do not say “{claim.text}” in other words, either. {claim.why} ({claim.ref})"
                if stop := self._stop(Stop(claim.rule, claim.ref, words, known.name, kept, guidance, "sentence")):
                    return stop
        return None

    def _refused(self, name: str, text: str, traced: Row, soft: Iterable[tuple[Hit, str]]) -> Finding | None:
        """Give what the finished text would be refused for anyway: then there is no point in going on, whatever excuses it."""
        rules = dict.fromkeys(hit.word.rule for hit, _excused in soft if hit.word.rule in RULES)
        case = Case(with_texts(self.post.subject, {name: text}), self.post.lexicon, self.post.today)
        found = (*traced.findings, *(finding for rule in rules for finding in RULES[rule].run(case)))
        return next((finding for finding in found if finding.rule in RULES and finding.severity == "release"), None)

    # Fields ----------------------------------------------------------------------------------------------------------

    def _rules(self, rules: tuple[str, ...], texts: Mapping[str, str], level: Level) -> Stop | None:
        """Run finished-text rules and stop at the first finding that would stop the release."""
        case = Case(with_texts(self.post.subject, texts), self.post.lexicon, self.post.today)
        for rule in rules:
            for finding in RULES[rule].run(case):
                if finding.severity == "release" and (stop := self._stop(_stop_for(finding, _before(texts, finding), level))):
                    return stop
        return None

    def _claim_ids(self, known: _Field) -> Stop | None:
        """Check a field that names the claims which the draft will use: each has to exist and to hold here and today."""
        if known.name not in _CLAIM_FIELDS:
            return None
        for slug in _SLUG.findall(known.text):
            claim = self.post.lexicon.claims.get(slug)
            rule, why = objection(claim, self.post.place) if claim else ("claim-id", "There is no such claim.")
            if rule and (stop := self._stop(Stop(rule, f"claims.{slug}", slug, known.name, "", f"Do not use the claim {slug}: {why}", "field"))):
                return stop
        return None

    def _stop(self, stop: Stop) -> Stop | None:
        """Give a stop with what had been written by then; in shadow mode it is only kept, the same words once."""
        known = self._fields.get(stop.field)
        told = replace(stop, written=self.tokens, said=known.text if known else self.texts.get(stop.field, ""))
        if not self.post.protocol.shadow:
            return told
        if all((one.field, one.words) != (told.field, told.words) for one in self._let_through):
            self._let_through.append(told)
        return None


def _is_in_doubt(text: str) -> bool:
    """Tell whether a stop may still end a sentence: that is known when the word behind it is there."""
    return not _WORD_OVER.match(_END.split(text)[-1])


def _stop_at(known: _Field, hit: Hit) -> Stop:
    word = hit.word
    kept = sentences(f"{known.text[: hit.start]}X")[:-1]
    return Stop(word.rule, word.ref, hit.words, known.name, "".join(kept).rstrip(), f"Do not write “{hit.words}”. {word.why} ({word.ref})")


def _stop_for(finding: Finding, kept: str, level: Level, *, imprecise: bool = False) -> Stop:
    guidance = f"{finding.message} {finding.remedy}{f' ({finding.ref})' if finding.ref else ''}"
    return Stop(finding.rule, finding.ref, finding.evidence, finding.field, kept, guidance, level, imprecise=imprecise)


def _before(texts: Mapping[str, str], finding: Finding) -> str:
    """Give the sentences of a field before the one that holds the evidence."""
    text = texts.get(finding.field, "")
    place = max(0, text.find(finding.evidence))
    return "".join(sentences(f"{text[:place]}X")[:-1]).rstrip()
