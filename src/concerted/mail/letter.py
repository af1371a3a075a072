"""A mail as it came: what its writer says, sentence by sentence, and what is set aside (headers, greeting, signature, quoted replies)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from concerted.mail import words
from concerted.rules.segment import sentences

_HEADER = re.compile(rf"^{words.HEADER}\s*:\s*\S", re.IGNORECASE)
_GREETING = re.compile(rf"^{words.GREETING}\b[^.!?:,–—]{{0,40}}(?:[,!:–—.-]+\s*|$)", re.IGNORECASE)
_CLOSING = re.compile(rf"^{words.CLOSING}[,.!]?(?:\s+[A-ZÄÖÜ]\w*){{0,3}}[.!,]*$", re.IGNORECASE)
_NAMES = r"[A-ZÄÖÜ][\w'’-]*\.?(?:\s+[A-ZÄÖÜ][\w'’-]*\.?){0,2}"
_PARTING = re.compile(rf"^(?i:{words.CLOSING})(?:[,.!]*$|(?:[,!–—-]+\s*|(?<!(?i:best))(?<!(?i:love))\s+){_NAMES}[.!,]*$)")
"""A closing at the end of a paragraph. "Best price" is none."""
_SENT_FROM = re.compile(rf"^{words.SENT_FROM}", re.IGNORECASE)
_WROTE = re.compile(rf"^{words.WROTE}", re.IGNORECASE)
_ORIGINAL = re.compile(rf"^{words.ORIGINAL}", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+")
_NAME = re.compile(rf"^{_NAMES}$")
_FINISHED = (".", "!", "?", ".”", "!”", "?”", '."', '!"', '?"', ".“")
_SMALL_START = re.compile(r"(?<=[a-zäöüß]{3})[.!?]+[\"”“]?\s+(?=[a-zäöü])")
_LAST_LINES = 6


@dataclass(frozen=True, slots=True)
class SetAside:
    """Lines that say nothing about the strategy, and what they are."""

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail, taken apart."""

    statements: tuple[str, ...]
    set_aside: tuple[SetAside, ...]


def open_letter(text: str) -> Letter:
    """Take a plain-text mail apart. Every line ends up in a statement or is set aside; none is dropped."""
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    aside: list[SetAside] = []
    lines = _without_headers(lines, aside)
    lines = _without_history(lines, aside)
    lines = _without_signature(lines, aside)
    lines = _without_greeting(lines, aside)
    found = [part for block in _blocks(lines) for part in _without_parting(_whole(_cut(block)), aside)]
    if len(found) > 1 and _NAME.match(found[-1]) and len(found[-1]) <= 40:
        aside.append(SetAside("signature", found.pop()))
    return Letter(tuple(found), tuple(aside))


def _without_headers(lines: list[str], aside: list[SetAside]) -> list[str]:
    first = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    last = first
    while last < len(lines) and _HEADER.match(lines[last]):
        last += 1
    aside += [SetAside("header", line.strip()) for line in lines[first:last]]
    return lines[last:]


def _without_history(lines: list[str], aside: list[SetAside]) -> list[str]:
    """Set aside what the mail only quotes: lines that begin with >, the line above them, and all below a forwarded message's rule."""
    kept: list[str] = []
    for number, line in enumerate(lines):
        if _ORIGINAL.match(line.strip()):
            aside += [SetAside("quoted", rest.strip()) for rest in lines[number:] if rest.strip()]
            break
        following = next((rest for rest in lines[number + 1 :] if rest.strip()), "")
        if line.lstrip().startswith(">") or (_WROTE.match(line.strip()) and following.lstrip().startswith(">")):
            aside.append(SetAside("quoted", line.strip()))
        else:
            kept.append(line)
    return kept


def _without_signature(lines: list[str], aside: list[SetAside]) -> list[str]:
    """Set aside what stands below "-- ", or below a closing near the end."""
    rule = next((number for number, line in enumerate(lines) if line.rstrip() in ("--", "—", "__")), len(lines))
    written = [number for number, line in enumerate(lines[:rule]) if line.strip()]
    cut = rule
    for number in written[-_LAST_LINES:]:
        line = lines[number].strip()
        below = [lines[later] for later in written if later > number]
        if (_CLOSING.match(line) and all(len(rest.split()) <= 8 for rest in below)) or _SENT_FROM.match(line):
            cut = number
            break
    tail = lines[written[-1]].strip() if written else ""
    if cut == rule and len(written) > 1 and _NAME.match(tail) and not tail.endswith("."):
        cut = written[-1]
    aside += [SetAside("signature", line.strip()) for line in lines[cut:] if line.strip()]
    return lines[:cut]


def _without_greeting(lines: list[str], aside: list[SetAside]) -> list[str]:
    for number, line in enumerate(lines):
        if line.strip():
            hit = _GREETING.match(line.strip())
            if hit:
                aside.append(SetAside("greeting", hit[0].strip()))
                return [line.strip()[hit.end() :], *lines[number + 1 :]]
            break
    return lines


def _without_parting(parts: list[str], aside: list[SetAside]) -> list[str]:
    """Set a closing aside that ends a paragraph, with the name behind it: `all fine. Best, Tom`, `all fine. Thanks! Tom`."""
    for size in (1, 2):
        closing, name = parts[-size:][:1], parts[-size:][1:]
        if len(parts) > size and _PARTING.match(closing[0]) and all(_NAME.match(part) for part in name):
            aside += [SetAside("signature", part) for part in (*closing, *name)]
            return parts[:-size]
    return parts


def _blocks(lines: Iterable[str]) -> list[str]:
    """Join lines that were only wrapped; an empty line, a bullet and a line behind a finished sentence begin a new block."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if not line.strip():
            blocks.append([])
        elif hit := _BULLET.match(line):
            blocks.append([line[hit.end() :].strip()])
        elif blocks[-1] and blocks[-1][-1].endswith(_FINISHED):
            blocks.append([line.strip()])
        else:
            blocks[-1].append(line.strip())
    return [" ".join(block) for block in blocks if block]


def _cut(block: str) -> Iterable[str]:
    """Cut a block into sentences; in mails they may begin in small letters."""
    for part in sentences(block):
        start = 0
        for hit in _SMALL_START.finditer(part):
            yield part[start : hit.start()] + hit[0]
            start = hit.end()
        yield part[start:]


def _whole(parts: Iterable[str]) -> list[str]:
    """Put sentences together again that were cut inside a quotation."""
    found: list[str] = []
    for part in parts:
        if found and _is_open(found[-1]):
            found[-1] += part
        else:
            found.append(part)
    return [part.strip() for part in found if part.strip()]


def _is_open(text: str) -> bool:
    german = text.count("„")
    unclosed = text.count("“") < german if german else text.count("“") > text.count("”")
    return bool(text.count('"') % 2) or unclosed
