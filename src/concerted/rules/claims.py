"""Rule kinds about what may be said: claims and their validity, qualifiers, what a market leaves out, what is confidential."""

from collections.abc import Iterable
from functools import lru_cache

from concerted.campaign.finding import Finding
from concerted.rules.case import Case, advise, rule, stop, under
from concerted.rules.facts import Says
from concerted.rules.figures import figures
from concerted.rules.lexicon import Claim
from concerted.rules.reading import content_stems, find_run, read, words_of
from concerted.rules.segment import sentences


def _stated_claims(case: Case) -> Iterable[tuple[Claim, str, Says]]:
    """List each claim that a field states, once a field."""
    seen: set[tuple[str, str]] = set()
    for name, says in case.certain:
        if says.path.startswith("claims."):
            claim = case.lexicon.claims.get(says.path.split(".")[1])
            if claim and (claim.slug, name) not in seen:
                seen.add((claim.slug, name))
                yield claim, name, says


def _weigh(case: Case, finding: Finding) -> Finding:
    """Make it advice where only staff read it: they may know what customers must not be told."""
    if case.outside:
        return finding
    return advise(finding.message, finding.remedy, ref=finding.ref, field=finding.field, evidence=finding.evidence)


@rule("claim-not-yet", guardrail=True)
def claim_not_yet(case: Case) -> Iterable[Finding]:
    """Make no claim before it is proven.

    What: a text for people outside states a claim of the kind not-yet, or comes close to it (advice).
    Why: nobody can prove it yet.
    Example: "Detention fees fall." while the finance data is still missing.
    """
    if not case.outside:
        return
    waiting = [claim for claim in case.lexicon.claims.values() if claim.kind == "not-yet"]
    if not waiting:
        return
    stated = {(claim.slug, name): says for claim, name, says in _stated_claims(case) if claim.kind == "not-yet"}
    for claim in waiting:
        reason = f" It waits for {claim.waiting_for}." if claim.waiting_for else ""
        for name, text in case.subject.texts.items():
            says = stated.get((claim.slug, name))
            if says:
                message = f"Nobody may say this yet.{reason}"
                yield stop(message, "Take the sentence out until the claim is proven.", ref=claim.ref, field=name, evidence=says.evidence)
            elif near := _near(text, claim):
                message = f'This comes close to a claim that nobody may make yet: "{claim.full[0]}"{reason}'
                yield advise(message, "Make sure that it does not promise this.", ref=claim.ref, field=name, evidence=near, sure="hint")


_NEAR = 2 / 3


def _near(text: str, claim: Claim) -> str:
    """Find a sentence with most of the words that carry a claim's meaning."""
    for full in claim.full:
        wanted = content_stems(words_of(full))
        if len(wanted) < 2 or wanted.isdisjoint(content_stems(words_of(text))):
            continue
        for sentence in sentences(text):
            if len(wanted & content_stems(words_of(sentence))) >= max(2, _NEAR * len(wanted)):
                return sentence.strip()
    return ""


@rule("claim-date", guardrail=True)
def claim_date(case: Case) -> Iterable[Finding]:
    """Make a claim only while it holds.

    What: a claim is stated before it holds, after it ended, or (advice) after the day on which it was to be looked at again.
    Why: a figure that was true last year is a false statement this year.
    Example: a figure that held until 31 August, in an email of 2 September.
    """
    for claim, name, says in _stated_claims(case):
        if claim.valid_from and case.day < claim.valid_from:
            message = f"This holds only from {claim.valid_from}; the text is read on {case.day}."
            yield _weigh(case, stop(message, "Publish later, or leave the claim out.", ref=claim.ref, field=name, evidence=says.evidence))
        elif claim.valid_until and case.day > claim.valid_until:
            message = f"This held until {claim.valid_until}; the text is read on {case.day}."
            yield _weigh(case, stop(message, "Leave the claim out, or renew it.", ref=claim.ref, field=name, evidence=says.evidence))
        elif claim.recheck and case.day > claim.recheck:
            message = f"This was to be looked at again by {claim.recheck}; the text is read on {case.day}."
            yield advise(message, "Check the evidence and set a new recheck date.", ref=claim.ref, field=name, evidence=says.evidence)


@rule("offer-date")
def offer_date(case: Case) -> Iterable[Finding]:
    """Make no offer that is over.

    What: a text states an offer after its last day.
    Why: the reader takes it, and somebody has to say no.
    Example: "60 days free" in a post of 1 June when the offer ends on 31 May.
    """
    for name, says in case.certain:
        if says.path.startswith("offers."):
            ref = ".".join(says.path.split(".")[:2])
            until = case.lexicon.text(f"{ref}.until")[:10]
            if until and case.day > until:
                message = f"This offer ended on {until}; the text is read on {case.day}."
                yield _weigh(case, stop(message, "Take the offer out, or prolong it.", ref=f"{ref}.until", field=name, evidence=says.evidence))


@rule("claim-market", guardrail=True)
def claim_market(case: Case) -> Iterable[Finding]:
    """Make a claim only where it is cleared.

    What: a claim is stated in a market for which nobody has cleared it, although others are cleared.
    Why: what may be said is a question of each country's law.
    Example: a saving cleared for the US in a German email.
    """
    for claim, name, says in _stated_claims(case):
        if claim.cleared and case.market and case.market not in claim.cleared:
            message = f"This claim is cleared for {', '.join(sorted(claim.cleared))}, not for {case.market}."
            remedy = f"Have it cleared for {case.market}, or leave it out there."
            yield _weigh(case, stop(message, remedy, ref=f"{claim.ref}.cleared", field=name, evidence=says.evidence))


@rule("claim-channel", guardrail=True)
def claim_channel(case: Case) -> Iterable[Finding]:
    """Keep short forms out of channels without room for the qualifier.

    What: the short form of a claim stands in a channel in which it must not.
    Why: there is no room for the qualifier that makes it true.
    Example: "38 minutes instead of 71" in a search ad.
    """
    for claim in case.lexicon.claims.values():
        if case.subject.channel in claim.never_in:
            for name, text in case.subject.texts.items():
                if short := _short_at(text, claim):
                    message = f"The short form of this claim must not run in {case.subject.channel}."
                    remedy = "Say something else here, or the full claim where there is room."
                    yield stop(message, remedy, ref=f"{claim.ref}.short_never_in", field=name, evidence=short[1])


@rule("qualifier")
def qualifier(case: Case) -> Iterable[Finding]:
    """Put the qualifier beside the number.

    What: the short form of a claim stands without the words it needs in the same field or in the sentence beside it.
    Why: a number without its source is a promise, and an unlawful one in most markets.
    Example: "38 minutes instead of 71" without "Median, 14 pilot warehouses, autumn 2026".
    """
    fields = list(case.subject.texts.items())
    for claim in case.lexicon.claims.values():
        if not claim.needs:
            continue
        for place, (name, text) in enumerate(fields):
            short = _short_at(text, claim)
            if short and not _qualified(claim, _neighbourhood(fields, place, short[0])):
                remedy = f'Put "{_for_language(case, claim)}" right beside it.'
                message = "This number needs its qualifier beside it."
                yield _weigh(case, stop(message, remedy, ref=f"{claim.ref}.short_needs", field=name, evidence=short[1]))


_FAR = 2
"""So many sentences may stand between a number and its qualifier."""


@rule("qualifier-far", sure="likely")
def qualifier_far(case: Case) -> Iterable[Finding]:
    """Keep the qualifier within sight of its number.

    What: the qualifier of a short claim stands in the same field, and more than two sentences lie between them.
    Why: nobody who reads the number reads the line that makes it true.
    Example: "38 minutes instead of 71" in the first sentence of a post, "Median, 14 pilot warehouses" in its last.
    """
    fields = list(case.subject.texts.items())
    for claim in case.lexicon.claims.values():
        for place, (name, text) in enumerate(fields) if claim.needs else ():
            short = _short_at(text, claim)
            if not short or not _qualified(claim, _neighbourhood(fields, place, short[0])):
                continue
            parts = sentences(text)
            near = "".join(parts[max(0, short[0] - _FAR) : short[0] + _FAR + 1])
            touching = _neighbourhood([("", ""), ("", text), ("", "")], 1, short[0]) != _neighbourhood(fields, place, short[0])
            if not touching and len(parts) > _FAR + 1 and not _qualified(claim, near):
                remedy = f'Move "{_for_language(case, claim)}" beside it.'
                yield advise("The qualifier is too far from this number.", remedy, ref=f"{claim.ref}.short_needs", field=name, evidence=short[1])


def _for_language(case: Case, claim: Claim) -> str:
    language = case.subject.language.partition("-")[0]
    return case.lexicon.text(f"{claim.ref}.short_needs@{language}") or claim.needs[0]


def _short_at(text: str, claim: Claim) -> tuple[int, str] | None:
    """Find a claim's short form: the number of its sentence, and its words.

    Its words in a row count, and so do all its figures in one sentence; the full claim is not its short form.
    """
    shorts = [short for short in claim.short if _holds_short(text, short)]
    for number, sentence in enumerate(sentences(text) if shorts else ()):
        words = words_of(sentence)
        if any(find_run(words, words_of(full)) >= 0 for full in claim.full):
            continue
        for short in shorts:
            place = find_run(words, words_of(short))
            if place >= 0:
                return number, read(sentence).passage(place, place + len(words_of(short)))
        if any(_holds_short(sentence, short) for short in shorts):
            return number, sentence.strip()
    return None


def _holds_short(text: str, short: str) -> bool:
    if find_run(words_of(text), words_of(short)) >= 0:
        return True
    values = _numbers(short)
    return len(values) > 1 and values <= _numbers(text)


@lru_cache(maxsize=8192)
def _numbers(text: str) -> frozenset[tuple[str, str]]:
    """Give the figures that a claim can be recognised by."""
    return frozenset((figure.kind, figure.value) for figure in figures(text) if figure.kind in ("number", "percent", "price") and not figure.spelled)


def _neighbourhood(fields: list[tuple[str, str]], place: int, sentence: int) -> str:
    """Give the field, and from the fields beside it the sentence that touches when ours is the first or last."""
    own = sentences(fields[place][1])
    before = sentences(fields[place - 1][1])[-1:] if place and sentence == 0 else ()
    after = sentences(fields[place + 1][1])[:1] if place + 1 < len(fields) and sentence == len(own) - 1 else ()
    return "\n".join((*before, *own, *after))


_ENOUGH = 0.75


def _qualified(claim: Claim, text: str) -> bool:
    """Tell whether a qualifier is there: its words, or all its numbers with most of its words, or the full claim itself."""
    words = words_of(text)
    stems, numbers = content_stems(words), _numbers(text)
    for needed in claim.needs:
        wanted = content_stems(words_of(needed))
        if wanted and _numbers(needed) <= numbers and len(wanted & stems) >= _ENOUGH * len(wanted):
            return True
    return any(find_run(words, words_of(full)) >= 0 for full in claim.full)


@rule("left-out", guardrail=True)
def left_out(case: Case) -> Iterable[Finding]:
    """Leave out what a market leaves out.

    What: a text states something that its market leaves out.
    Why: a permission or a law does not reach there.
    Example: a customer's quote cleared for the US on the German page.
    """
    reasons = case.lexicon.left_out.get(case.market, {})
    for name, says in case.certain if reasons else ():
        if ref := under(says.path, reasons):
            message = f"{case.market} leaves this out: {reasons[ref]}."
            where = f"markets.{case.market}.leave_out.{ref}"
            yield stop(message, "Take it out of this text.", ref=where, field=name, evidence=says.evidence)


@rule("confidential", guardrail=True)
def confidential(case: Case) -> Iterable[Finding]:
    """Keep secrets.

    What: a text for people outside states something that must never leave the house, or not before launch.
    Why: competitors and journalists read it too.
    Example: a target of the campaign in a customer email; the offer in a post of the day before launch.
    """
    if not case.outside:
        return
    launch = _launch(case)
    never, until = _refs(case, "never_outside"), _refs(case, "until_launch") if launch and case.day < launch else ()
    if not never and not until:
        return
    for name, says in case.certain:
        if ref := under(says.path, never):
            if not _said_elsewhere(case, name, says, never):
                remedy = "Take it out, or let only staff see this asset."
                yield stop("This must never leave the house.", remedy, ref=ref, field=name, evidence=says.evidence)
        elif (ref := under(says.path, until)) and not _said_elsewhere(case, name, says, until):
            message = f"This is confidential until launch on {launch}; the text is read on {case.day}."
            yield stop(message, "Take it out, or publish on launch day or later.", ref=ref, field=name, evidence=says.evidence)


def _refs(case: Case, which: str) -> tuple[str, ...]:
    value = case.lexicon.facets.get(f"confidential.{which}")
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),) if value else ()


def _launch(case: Case) -> str:
    """Give the day from which it may be known here: the market's launch, the first of all for a text without a market."""
    known = [day for day in case.lexicon.launches.values() if day]
    return case.lexicon.launches.get(case.market, "") if case.market else min(known, default="")


def _said_elsewhere(case: Case, name: str, says: Says, refs: tuple[str, ...]) -> bool:
    """Tell whether the same words also come from something that is free to say."""
    return any(other.evidence == says.evidence and not under(other.path, refs) for other in case.says[name] if other.certain)


@rule("competitor-name", guardrail=True)
def competitor_name(case: Case) -> Iterable[Finding]:
    """Name no rival where the strategy says never.

    What: a text for people outside names a competitor whose in_copy says never.
    Why: it advertises them, and comparing by name has rules in every market.
    Example: "Unlike Slotbase, ..." when competitors.slotbase.in_copy is "never by name".
    """
    if not case.outside:
        return
    for name, says in case.certain:
        if says.how == "name" and says.path.startswith("competitors."):
            ref = ".".join(says.path.split(".")[:2])
            if "never" in words_of(case.lexicon.text(f"{ref}.in_copy")):
                yield stop(
                    "This rival is never named in copy.",
                    "Say what others do without the name.",
                    ref=f"{ref}.in_copy",
                    field=name,
                    evidence=says.evidence,
                )
