"""Edits of the strategy as somebody types them: `--set`, `--unset`, another file. Pure; what they would do is not decided here."""

from collections.abc import Mapping
from typing import cast

from concerted.campaign.facets import MEMBERS, Facets, Value
from concerted.campaign.leaf import Form
from concerted.campaign.mistakes import unknown_place
from concerted.campaign.shape import below
from concerted.campaign.soundness.forms import well_formed
from concerted.campaign.strategy import coerce, keys_of, leaf_at, shape
from concerted.campaign.written_days import stored_day
from concerted.errors import NotFound, Problem, UserError

LONGEST = 20_000
"""Characters of one field: more is a pasted file, not a text of a campaign."""


def check_length(text: str) -> None:
    """Raise UserError where somebody's words are longer than any field of a campaign."""
    if len(text) > LONGEST:
        raise UserError(f"This text has {len(text):,} characters; one field takes {LONGEST:,} at most.", next="was a whole file pasted in?")


def parse_rows(sets: tuple[str, ...], unsets: tuple[str, ...], today: str = "") -> dict[str, Value]:
    """Type `REF=VALUE` by the schema; `--unset REF` gives None. Raises UserError with every mistake at once.

    A day may be written as people write it; one without its year is read from `today`.
    """
    rows: dict[str, Value] = {}
    wrong: list[Problem] = []
    for text in sets:
        ref, equals, value = (part.strip() for part in text.partition("="))
        if not equals:
            wrong.append(Problem(f"--set needs REF=VALUE, and “{text}” has no “=”", f'--set {ref}="new text"', ref))
        elif ref in rows:
            wrong.append(Problem(f"{ref} is set twice", "keep one of the two", ref))
        elif not value:
            wrong.append(Problem(f"{ref} is set to nothing", f"to take it out: --unset {ref}", ref))
        else:
            found = _typed(ref, value, today)
            rows |= {ref: found} if not isinstance(found, list) else {}
            wrong += found if isinstance(found, list) else []
    gone = [ref.strip() for ref in unsets]
    for ref in gone:
        if ref in rows:
            wrong.append(Problem(f"{ref} is set and taken out at once", "keep one of the two", ref))
        elif below(shape(), keys_of(ref)) is None:
            wrong.append(unknown_place(shape(), keys_of(ref), ref))
    if wrong:
        raise UserError("These edits cannot be made.", problems=wrong)
    return {**rows, **dict.fromkeys(gone)}


def _typed(ref: str, value: str, today: str) -> Value | list[Problem]:
    """Type one value: what it is, or what is wrong with it.

    A sentence gets its full stop, a day is written as it is stored. A list of texts becomes a tuple, so that only problems are a list.
    """
    try:
        check_length(value)
        leaf = leaf_at(ref)
        typed = coerce(ref, _as_meant(ref, value, leaf.form if leaf else "none", today))
    except UserError as error:
        return [*error.problems] or [Problem(error.message, error.next, ref)]
    return tuple(cast(list[str], typed)) if isinstance(typed, list) else typed


def _as_meant(ref: str, value: str, form: Form, today: str) -> str:
    if form == "date":
        return stored_day(ref, value, today)
    return well_formed(value, "sentence") if form == "sentence" and "@" not in ref else value


def spread(rows: Mapping[str, Value], lines: Facets) -> dict[str, Value]:
    """Take a whole entry out by all of its lines, a line with its wordings. Raises NotFound where there is nothing to take out."""
    found: dict[str, Value] = {}
    for ref, value in rows.items():
        if value is not None:
            found[ref] = value
            continue
        inside = [path for path in lines if path.startswith((f"{ref}.", f"{ref}@")) and not path.endswith(MEMBERS)]
        gone = [ref, *inside] if leaf_at(ref) is not None and ref in lines else inside
        if not gone:
            raise NotFound(f"There is no {ref} to take out.", next="--unset takes the address of a line or of a whole entry that is there")
        found |= dict.fromkeys(gone)
    return found


def differing(old: Facets, new: Facets) -> dict[str, Value]:
    """List the lines in which two strategies differ, with the new value; None where the new one has none."""
    lines = [path for path in dict.fromkeys((*new, *old)) if not path.endswith(MEMBERS)]
    return {path: new.get(path) for path in lines if new.get(path) != old.get(path)}
