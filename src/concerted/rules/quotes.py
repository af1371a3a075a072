"""Rule kinds about people: only what somebody has said and cleared may be quoted, and only where they allow it."""

import re
from collections.abc import Iterable

from concerted.campaign.finding import Finding
from concerted.rules.case import Case, rule, stop
from concerted.rules.facts import holds
from concerted.rules.lexicon import Lexicon, as_items, family_of
from concerted.rules.reading import SHORTEST_RUN, find_run, read, words_of

_QUOTATION = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|»([^«»]+)«|\"([^\"]+)\"")
_SAYING = (
    r"(?i:\b(?:says?|said|adds?|added|explains?|explained|commented|noted|recalls?|recalled|told|according\s+to|"
    r"sagte?|erklärte?|betonte?|meinte?|ergänzte?|erzählte?|berichtete?|laut)\b)|,\s+so\s+(?:der|die|[A-ZÄÖÜ])"
)
_SAID_AFTER = re.compile(rf"[^.!?\n]{{0,30}}?(?:{_SAYING})")
_SAID_BEFORE = re.compile(rf"(?:{_SAYING})[^.!?\n]{{0,30}}$")
_SIGNED = re.compile(r"\s*(?:[—–]|--?\s)\s*[^\W\d_a-zäöü]")
_REACH = 60
_NOT_A_QUOTE = ("by", "name", "title", "attribution", "source", "role", "speaker")


@rule("invented-quote", sure="likely")
def invented_quote(case: Case) -> Iterable[Finding]:
    """Quote only what somebody said.

    What: words are quoted as somebody's, and no person of the strategy has said them.
    Why: a quote that nobody gave ends careers.
    Example: "We love it," says a site manager who is not in people.
    """
    for name, text in case.subject.texts.items():
        for quote, after in _attributed(name, text, case.lexicon):
            speakers = _speakers(quote, case.lexicon)
            if not speakers:
                remedy = "Quote a person's cleared words exactly, or write it without quotation marks."
                yield stop("Nobody in the strategy has said this.", remedy, ref="people", field=name, evidence=quote)
            elif wrong := _wrong_speaker(speakers, after, case.lexicon):
                message = f"These are the words of {case.lexicon.text(f'{speakers[0]}.name')}, not of {wrong}."
                yield stop(message, "Name the person who said it.", ref=speakers[0], field=name, evidence=quote)


def _wrong_speaker(speakers: tuple[str, ...], after: str, lexicon: Lexicon) -> str:
    """Name the person to whom a quote is given right behind it, when others have said it."""
    near = re.split(r"[.!?]\s", after, maxsplit=1)[0]
    named = [ref for ref in (f"people.{slug}" for slug in lexicon.members("people")) if holds(near, lexicon.text(f"{ref}.name"))]
    return lexicon.text(f"{named[0]}.name") if named and not set(named) & set(speakers) else ""


@rule("quote-permission", guardrail=True)
def quote_permission(case: Case) -> Iterable[Finding]:
    """Quote people only where they allow it.

    What: a person's quote runs before it is cleared, after the permission ended, or in a market or channel that it does not cover.
    Why: people lend their name for one use, not for all.
    Example: a quote that a US customer gave for web and press, in a German email.
    """
    if not case.outside:
        return
    for name, says in case.certain:
        if says.path.startswith("people.") and ".quote" in says.path:
            ref = ".".join(says.path.split(".")[:2])
            for reason in _objections(case, ref):
                yield stop(reason, "Leave the quote out here, or ask for a wider permission.", ref=ref, field=name, evidence=says.evidence)


def _objections(case: Case, ref: str) -> Iterable[str]:
    lexicon = case.lexicon
    cleared, until = lexicon.text(f"{ref}.cleared")[:10], lexicon.text(f"{ref}.permission.until")[:10]
    markets, uses = as_items(lexicon.facets.get(f"{ref}.permission.markets")), as_items(lexicon.facets.get(f"{ref}.permission.use"))
    who = lexicon.text(f"{ref}.name")
    if cleared and case.day < cleared:
        yield f"{who}'s quote is cleared from {cleared}; the text is read on {case.day}."
    if until and case.day > until:
        yield f"{who}'s permission ended on {until}; the text is read on {case.day}."
    if markets and case.market and case.market not in markets:
        yield f"{who}'s permission covers {', '.join(markets)}, not {case.market}."
    if uses and case.subject.channel not in ("-", *uses):
        yield f"{who}'s permission covers {', '.join(uses)}, not {case.subject.channel}."


def _attributed(name: str, text: str, lexicon: Lexicon) -> Iterable[tuple[str, str]]:
    """Find quotations that are given to somebody, each with what follows it; a field that is called a quote is one, marks or not."""
    parts = name.split("_")
    is_quote = "quote" in parts and not any(part in _NOT_A_QUOTE for part in parts)
    hits = [hit for hit in _QUOTATION.finditer(text) if len(words_of(_inner(hit))) >= SHORTEST_RUN]
    if is_quote and not hits and text.strip():
        yield text.strip(), ""
    for hit in hits:
        before, after = text[max(0, hit.start() - _REACH) : hit.start()], text[hit.end() : hit.end() + _REACH]
        if is_quote or _is_given(before, after, lexicon):
            yield _inner(hit), after


def _inner(hit: re.Match[str]) -> str:
    return next(group for group in hit.groups() if group is not None)


def _is_given(before: str, after: str, lexicon: Lexicon) -> bool:
    if _SAID_AFTER.match(after) or _SIGNED.match(after) or _SAID_BEFORE.search(before):
        return True
    near, lead = re.split(r"[.!?]\s", after, maxsplit=1)[0], re.split(r"[!?\n]", before)[-1]
    names = (lexicon.text(path) for path in lexicon.facets if path.startswith("people.") and path.endswith(".name"))
    return any(holds(part, name) for name in names for part in (near, lead))


def _speakers(quote: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Name the people (`people.ceo`) whose cleared words hold this quote, word by word."""
    words = read(quote).words
    paths = (path for path in lexicon.facets if path.startswith("people.") and ".quote" in path)
    return tuple(family_of(path) for path in paths if find_run(words_of(lexicon.text(path)), words) >= 0)
