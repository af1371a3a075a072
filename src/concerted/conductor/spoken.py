"""A language with its country, from how people name it: `de`, `German`, `Deutsch (Österreich)`, `English, United Kingdom`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import cast

from babel import Locale, UnknownLocaleError
from babel.core import get_global

NAMED_IN = ("en", "de", "fr", "es", "it", "nl")
"""The languages in which languages and countries are known by name."""
_CODE = re.compile(r"([A-Za-z]{2,3})(?:[-_ ]([A-Za-z]{2}|\d{3}))?")


def locale_named(text: str) -> str:
    """Give the language with its country; a bare language is that of the country where most people speak it. What is no language stays as it is."""
    said = " ".join(re.split(r"[\s,()/]+", text.strip())).strip()
    if (code := _CODE.fullmatch(said)) and _known(code[1].lower()):
        return _with_country(code[1].lower(), (code[2] or "").upper())
    words = said.lower().split()
    for cut in range(len(words), 0, -1):
        language, country = _languages().get(" ".join(words[:cut])), " ".join(words[cut:])
        if language and not country:
            return _with_country(*language.partition("_")[::2])
        if language and (place := _countries().get(country) or country.upper() * (len(country) == 2)):
            return _with_country(language.partition("_")[0], place)
    return text


def _with_country(language: str, country: str) -> str:
    if language == "gsw":  # what is spoken in Switzerland is written in German
        language, country = "de", "CH"
    likely = str(cast("Mapping[str, str]", get_global("likely_subtags")).get(language, "")).split("_")
    country = country or (likely[-1] if len(likely) > 1 else "")
    return f"{language}-{country}" if country else language


def _known(language: str) -> bool:
    try:
        Locale(language)
    except UnknownLocaleError:
        return False
    return True


@cache
def _languages() -> Mapping[str, str]:
    """Give languages by name, `de_AT` where a name says the country, too."""
    return {name.lower(): code for language in NAMED_IN for code, name in _names(language, "languages") if _plain(code)}


@cache
def _countries() -> Mapping[str, str]:
    return {name.lower(): code for language in NAMED_IN for code, name in _names(language, "territories")} | {"uk": "GB", "usa": "US"}


def _plain(code: str) -> bool:
    language, _, country = code.partition("_")
    return language.isalpha() and (not country or (len(country) == 2 and country.isupper()))


def _names(language: str, kind: str) -> list[tuple[str, str]]:
    return list(cast("Mapping[str, str]", getattr(Locale(language), kind)).items())
