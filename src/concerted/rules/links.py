"""Finding links and mail addresses in a text, with or without "https://", and bringing them into one form for comparing."""

import re
from functools import lru_cache

_LISTED = (
    "com org net edu gov int info biz io ai co app dev eu de at ch fr it es nl be pl se no dk fi uk us ca au nz ie in jp cn br mx me tv "
    "ly shop store online site tech cloud blog news agency software example test"
)
_ENDINGS = frozenset(_LISTED.split())
_ANCHOR = re.compile(r"://|\.([a-z]+)(?![\w@-])")
"""What every link holds; searching for it first keeps the scan cheap. Small letters only: "done.It" is a missing space."""
_BARE_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+$", re.IGNORECASE)
_SCHEME = re.compile(r"https?$", re.IGNORECASE)
_REST = re.compile(r"[^\s<>\"“”„«»]*")
_PATH = re.compile(r"(?:\.[a-z0-9-]+)*(?::\d+)?(?:[/?#][^\s<>\"“”„«»]*)?", re.IGNORECASE)
_TRAILING = ".,;:!?'’…)]}*_"
_LONGEST_HOST = 80


@lru_cache(maxsize=8192)
def link_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Give the places of links, in order and apart from each other. A mail address is not a link."""
    spans: list[tuple[int, int]] = []
    place = 0
    while hit := _anchor(text, place):
        span = _whole(text, hit, place)
        if span:
            spans.append(span)
            place = max(span[1], hit.end())
        else:
            place = hit.end()
    return tuple(spans)


def _anchor(text: str, place: int) -> re.Match[str] | None:
    """Find the next "://", or a dot with the ending of a host."""
    hit = _ANCHOR.search(text, place)
    while hit and hit[1] is not None and hit[1] not in _ENDINGS:
        hit = _ANCHOR.search(text, hit.end())
    return hit


def _whole(text: str, hit: re.Match[str], floor: int) -> tuple[int, int] | None:
    """Widen an anchor to the whole link, leaving the punctuation of the sentence outside."""
    left = max(floor, hit.start() - _LONGEST_HOST)
    if hit[0] == "://":
        scheme = _SCHEME.search(text[left : hit.start()])
        if not scheme:
            return None
        start, end = left + scheme.start(), _match_end(_REST, text, hit.end())
    else:
        host = _BARE_HOST.search(text[left : hit.start() + 1])
        if not host:
            return None
        start, end = left + host.start(), _match_end(_PATH, text, hit.end())
        if start and text[start - 1] in "@/":
            return None
    return start, _without_punctuation(text, start, end)


def _match_end(pattern: re.Pattern[str], text: str, place: int) -> int:
    hit = pattern.match(text, place)
    return hit.end() if hit else place


def _without_punctuation(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in _TRAILING:
        if text[end - 1] == ")" and "(" in text[start:end]:
            break
        end -= 1
    return end


def plain_link(link: str) -> str:
    """Bring a link into one form: no scheme, no "www.", no query, fragment or closing slash, host in small letters."""
    bare = re.sub(r"^https?://", "", link.strip(), flags=re.IGNORECASE)
    bare = re.split(r"[?#]", bare, maxsplit=1)[0].rstrip("/")
    host, slash, path = bare.partition("/")
    return host.lower().removeprefix("www.") + slash + path


def host_of(link: str) -> str:
    """Give the host of a link in small letters, without "www."."""
    return plain_link(link).partition("/")[0]


_MAIL = re.compile(r"[\w.+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)


def mail_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Give the places of mail addresses."""
    return tuple(hit.span() for hit in _MAIL.finditer(text)) if "@" in text else ()
