"""The ways in which one price, percentage, date or phrase is written, so that each of them is found. English and German."""

import re
from calendar import monthrange
from functools import lru_cache

from concerted.rules.figures import Figure, figures
from concerted.rules.languages import MONTHS, NUMBER_WORDS

_SIGNS = {"USD": ("$", "us$"), "EUR": ("€",), "GBP": ("£",), "JPY": ("¥",)}
_WORDS = {"USD": ("dollars", "dollar"), "EUR": ("euro", "euros"), "GBP": ("pounds",), "CHF": ("franken",)}
_ORDINALS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
_GROUPS = (",", ".", " ", "'")
_NO_LEAP_YEAR = 2027
_PERCENTS = ("%", " %", " percent", " per cent", " prozent", " pct")


@lru_cache(maxsize=4096)
def spellings(text: str) -> tuple[str, ...]:
    """Give other ways of writing a phrase, itself left out."""
    found: set[str] = set()
    figure = whole_figure(text)
    if figure is not None:
        found.update(_of_figure(figure))
    else:
        found.update(text.replace(mark, between) for mark, between in (("/", " "), ("-", "")) if mark in text)
    return tuple(sorted(found - {text}))


_FEWEST_LETTERS = 6


def hyphened(text: str) -> tuple[str, ...]:
    """Give a long single word with a hyphen at each place: nobody writes it so by chance."""
    if not text.isalpha() or len(text) < _FEWEST_LETTERS:
        return ()
    return tuple(f"{text[:place]}-{text[place:]}" for place in range(2, len(text) - 1))


def whole_figure(text: str) -> Figure | None:
    """Give the figure that a text consists of; None where it is anything else."""
    return next((figure for figure in figures(text) if figure.text == text), None)


def _of_figure(figure: Figure) -> set[str]:
    match figure.kind:
        case "price":
            currency, _, amount = figure.value.partition(" ")
            return _prices(currency, amount)
        case "percent":
            return {f"{amount}{sign}" for amount in _amounts(figure.value) for sign in _PERCENTS}
        case "date":
            return {form for value in figure.readings for form in _dates(value)}
        case "number":
            return _amounts(figure.value)
        case _:
            return set()


def _prices(currency: str, amount: str) -> set[str]:
    found: set[str] = set()
    for shown in _amounts(amount):
        found |= {f"{currency} {shown}", f"{shown} {currency}"}
        found |= {form for sign in _SIGNS.get(currency, ()) for form in (f"{sign}{shown}", f"{sign} {shown}", f"{shown}{sign}", f"{shown} {sign}")}
        found |= {f"{shown} {word}" for word in _WORDS.get(currency, ())}
    return found


def _amounts(value: str) -> set[str]:
    """Write an amount with and without marks: 1900 is 1,900 and 1.900, 3.5 is 3,5 and 3.50."""
    whole, _, part = value.partition(".")
    wholes = {whole, *(f"{int(whole):,}".replace(",", mark) for mark in _GROUPS)}
    if not part:
        return wholes
    return {f"{one}{mark}{cents}" for one in wholes for mark in ".," for cents in {part, part.ljust(2, "0")}}


def _dates(value: str) -> set[str]:
    """Write a day with its month's names and in digits; a bare `31.5.` could be a number and stays out."""
    parts = value.removeprefix("--").split("-")
    if len(parts) < (2 if value.startswith("--") else 3):
        return set()
    day, month, year = int(parts[-1]), int(parts[-2]), int(parts[0]) if len(parts) > 2 else 0
    names = [name for name, number in MONTHS.items() if number == month]
    ordinal = f"{day}{_ORDINALS.get(day, 'th')}"
    found = {form for name in names for shown in (str(day), ordinal) for form in (f"{name} {shown}", f"{shown} {name}", f"{shown} of {name}")}
    if year:
        found |= {f"{day}.{month}.{year}", f"{day:02}.{month:02}.{year}", f"{day}.{month}.{year % 100}", f"{year}-{month:02}-{day:02}"}
        found |= {f"{month}/{day}/{year}", f"{month:02}/{day:02}/{year}", f"{day}/{month}/{year}", f"{day:02}/{month:02}/{year}"}
    return found


_SPELLED = {number: tuple(word for word, value in NUMBER_WORDS.items() if value == number) for number in set(NUMBER_WORDS.values())}
_SMALL_NUMBER = re.compile(r"(?<![\w.,])\d{1,2}(?![\w.,]*\d|\w)")


def numbers_in_words(text: str) -> tuple[str, ...]:
    """Give a line with its one small number in words: "30 days free" is "thirty days free"."""
    hits = list(_SMALL_NUMBER.finditer(text))
    if len(hits) != 1:
        return ()
    hit = hits[0]
    return tuple(text[: hit.start()] + word + text[hit.end() :] for word in _SPELLED.get(int(hit[0]), ()))


def end_of_month(text: str) -> tuple[str, ...]:
    """Say a last day of a month as its end, which is how people say it; nothing for any other day."""
    figure = whole_figure(text)
    if figure is None or figure.kind != "date" or len(figure.value) < len("--04-30"):
        return ()
    month, day = (int(part) for part in figure.value.split("-")[-2:])
    if day < monthrange(_NO_LEAP_YEAR, month)[1]:
        return ()
    names = [name for name, number in MONTHS.items() if number == month]
    return tuple(form for name in names for form in (f"end of {name}", f"{name}'s end", f"Ende {name}", f"Ende des {name}s"))
