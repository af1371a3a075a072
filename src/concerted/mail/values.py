"""Putting new words where old ones stood: in a sentence, as a price in the market's own way of writing, as a date that keeps its time."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from concerted.mail.words import DELAY, EARLIER, LATER_DAY, NUMBERS, ONE, WEEKDAYS
from concerted.rules.figures import Figure, figures
from concerted.rules.reading import content_stems, normalise, words_of

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_UNIT = r"(?:days?|weeks?|tage?n?|wochen?)\b"
_SPAN = (
    rf"(?<![\w./,½-])(?P<number>\d{{1,2}}|[a-zäöüß]+) (?P<unit>days?|weeks?|tage?n?|wochen?)\b(?! (?:and|und) (?:a half|half|eine halbe|\w+ {_UNIT}))"
)
_MOVES = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_SPAN} (?:{EARLIER}|{LATER_DAY})\b(?! (?:than|als) (?!planned|now|it is|before|geplant|bisher|jetzt))",
        rf"\b(?:{EARLIER}|{LATER_DAY}|{DELAY})\b[^.,;]{{0,40}}? (?:by|um) {_SPAN}\b",
        rf"\b{DELAY}\b[^.,;]{{0,40}}? {_SPAN}$",
    )
)
_MORE_BEFORE = re.compile(rf"(?:{_UNIT} (?:and|und)|\b(?:half|halbe[nr]?|and|und)) $", re.IGNORECASE)
"""Before a span it makes a longer one: `one week and | three days later`, `half | a week later`."""
_WHOLE = 5
"""So many words are a sentence of their own rather than a replacement."""


def exchanged(old: str, start: int, end: int, new: str) -> str:
    """Put new words in the place of old ones. A whole sentence that says most of the old line again replaces the line."""
    rest = content_stems(words_of(old[:start] + " " + old[end:]))
    said = content_stems(words_of(new))
    if len(words_of(new)) >= _WHOLE and rest and len(rest & said) * 2 >= len(rest):
        return as_line(new, old)
    head, tail = old[:start], old[end:]
    if not head.strip() and new[:1].islower() and old[:1].isupper():
        new = new[0].upper() + new[1:]
    if tail[:1] in (".", "!", "?"):
        new = new.rstrip(".!?")
    told, following = words_of(new), words_of(tail)
    if len(told) > 1 and following and told[-1] == following[0]:
        new = new.rsplit(None, 1)[0]
    return f"{head}{new}{tail}"


def as_line(new: str, old: str) -> str:
    """Write words as a line like the old one: a capital first and a full stop at the end where the old one has them."""
    new = new.strip()
    if old[:1].isupper() and new[:1].islower():
        new = new[0].upper() + new[1:]
    if old[-1:] in (".", "!", "?"):
        return new if new[-1:] in (".", "!", "?", "”") else f"{new}."
    return new.rstrip(".") if old and not old.endswith(".") else new


def repriced(old: str, price: Figure) -> str | None:
    """Exchange the price in a line, written as it is written there: $1,700, 1.600 € zzgl. USt. None where the currency is another."""
    currency, _, amount = price.value.partition(" ")
    for known in figures(old):
        if known.kind == "price" and known.value.partition(" ")[0] == currency:
            return old[: known.start] + _amount_like(known.text, amount) + old[known.end :]
    return None


def _amount_like(text: str, amount: str) -> str:
    """Write an amount as the old one was written: currency sign on its side, thousands marked in its way."""
    german = bool(re.search(r"\d\.\d{3}|\d,\d{2}(?!\d)|\d\s?€", text))
    whole, _, cents = amount.partition(".")
    grouped = f"{int(whole):,}" if len(whole) > 3 else whole
    number = f"{grouped}.{cents:0<2}" if cents else grouped
    number = number.translate(str.maketrans(",.", ".,")) if german else number
    hit = re.search(r"\d[\d.,'’\s]*\d|\d", text)
    return text[: hit.start()] + number + text[hit.end() :] if hit else text


def redated(old: str, day: str) -> str | None:
    """Exchange the day in a line and keep its time and zone."""
    return _DATE.sub(day, old, count=1) if _DATE.search(old) else None


def days_said(text: str, old: str, today: date) -> Iterable[str]:
    """List the days that a sentence names, as ISO dates. Without a year, or by its weekday, it is the one nearest to the old day."""
    known = _DATE.search(old)
    for figure in figures(text):
        if figure.kind == "date" and len(figure.value) == 10 and not figure.value.startswith("--"):
            yield figure.value
        elif figure.kind == "date" and figure.value.startswith("--"):
            yield _year_near(figure.value[2:], date.fromisoformat(known[0]) if known else today)
    for word in words_of(text):
        if word in WEEKDAYS and known:
            yield _weekday_near(date.fromisoformat(known[0]), WEEKDAYS[word], today).isoformat()


def days_moved(text: str, old: str) -> Iterable[str]:
    """Give the day that a sentence moves an old one to: `one week later`, `push it by ten days`. `Two weeks before the launch` moves nothing."""
    known = _DATE.search(old)
    if not known:
        return
    said = text.strip().rstrip(".!?")
    for hit in (hit for form in _MOVES for hit in form.finditer(said)):
        if _is_longer(said[: hit.start("number")]):
            continue
        number = int(hit["number"]) if hit["number"].isdigit() else NUMBERS.get(normalise(hit["number"]), 0)
        days = number * (1 if hit["unit"][0].lower() in "dt" else 7)
        way = -1 if re.search(rf"\b{EARLIER}\b", hit[0], re.IGNORECASE) else 1
        if days:
            yield (date.fromisoformat(known[0]) + way * timedelta(days=days)).isoformat()
            return


def is_span(text: str) -> bool:
    """Tell whether words hold a span of days: `one day later than the freeze`."""
    return re.search(_SPAN, text, re.IGNORECASE) is not None


def _is_longer(before: str) -> bool:
    """Tell whether words in front of a span belong to its number: `twenty one days` is not one day."""
    last = words_of(before)[-1:]
    return bool(_MORE_BEFORE.search(before)) or bool(last and last[0] in NUMBERS and last[0] not in ONE)


def _year_near(day: str, old: date) -> str:
    """Give a day without a year the year that brings it nearest to the old day."""
    found: list[date] = []
    for year in (old.year - 1, old.year, old.year + 1):
        try:
            found.append(date.fromisoformat(f"{year}-{day}"))
        except ValueError:
            continue
    return min(found, key=lambda one: abs(one - old)).isoformat() if found else f"{old.year}-{day}"


def _weekday_near(old: date, weekday: int, today: date) -> date:
    """Give the day of that name in the week around the old day, but none that is over."""
    ahead = (weekday - old.weekday()) % 7
    found = old + timedelta(days=ahead if ahead <= 3 else ahead - 7)
    return found if found > today else found + timedelta(days=7)
