"""Text that is not YAML: what the person meant, in one sentence, and how the line would have to read.

A line that can be repaired is read on in its repaired form, so that one run shows the mistakes behind it too.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import yaml
from yaml.reader import ReaderError

from concerted.folder.nodes import Node, compose
from concerted.folder.page import Page, Slip

MAX_REPAIRS = 40
_LINE = re.compile(r"(?P<before>\s*(?:- +)?(?:[^\s'\"#\[{][^:#]*?|'[^']*'|\"[^\"]*\"):[ \t]+|\s*- +)(?P<rest>\S.*)")
_BREAKS = "\x85\u2028\u2029"
_INVISIBLE = re.compile(rf"[{_BREAKS}]|(?m:^[ \xa0]*\xa0[ \xa0]*)")
_CHECK = "check the quotes, colons and indents of this line and the one above"


@dataclass(frozen=True, slots=True)
class Repair:
    """What was wrong, and the text of the page as it was probably meant; None where nobody can tell."""

    slip: Slip
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What PyYAML said, and where."""

    page: Page
    said: str
    offset: int
    opened: int
    """Where the construct began that went wrong."""


def read(page: Page) -> tuple[Node | None, Page, list[Slip]]:
    """Read a page as nodes, repairing what is not YAML line by line. Gives the page that the nodes belong to, and all slips."""
    root, repaired, slips = _read(page)
    return root, repaired, list(slips)


@lru_cache(maxsize=32)
def _read(page: Page) -> tuple[Node | None, Page, list[Slip]]:
    """Read a page once: a verb looks at the same bytes several times, and the pure parser takes its time."""
    page, slips = _without_invisible(page)
    repaired: set[int] = set()
    while len(repaired) < MAX_REPAIRS:
        try:
            root, refused = compose(page)
        except yaml.YAMLError as error:
            repair = _explain(page, error)
            line, _ = page.place(repair.slip.offset)
            if line in repaired:
                break
            slips.append(repair.slip)
            if repair.text is None or repair.text == page.text:
                break
            repaired.add(line)
            page = replace(page, text=repair.text)
        else:
            return root, page, [*slips, *refused]
    return None, page, slips


def _without_invisible(page: Page) -> tuple[Page, list[Slip]]:
    """Read on without characters that look like spaces and line breaks and are none to YAML, or the other way round."""
    slips: list[Slip] = []
    for found in _INVISIBLE.finditer(page.text):
        if found[0] in _BREAKS:
            said, remedy = f"there is an invisible line break here (U+{ord(found[0]):04X})", "delete it and type a space"
        else:
            said, remedy = "this line begins with spaces that are none (non-breaking spaces)", "delete them and type spaces"
        slips.append(Slip(found.start(), said, remedy))
    text = _INVISIBLE.sub(lambda found: " " * len(found[0]), page.text)
    return (replace(page, text=text) if slips else page), slips


def quoted(text: str) -> str:
    """Write a text in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def _explain(page: Page, error: yaml.YAMLError) -> Repair:
    if isinstance(error, ReaderError):
        said = f"there is an invisible control character here (U+{ord(page.text[error.position]):04X})"
        text = f"{page.text[: error.position]} {page.text[error.position + 1 :]}"
        return Repair(Slip(error.position, said, "delete it; texts pasted from other programs bring such characters along"), text)
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Repair(Slip(0, "this is not YAML", _CHECK))
    offset = error.problem_mark.index
    opened = error.context_mark.index if error.context_mark else offset
    context = f"{error.context or ''}: {error.problem or ''}"
    fault = Fault(page, context, offset, opened)
    for pattern, explain in _KNOWN:
        if re.search(pattern, context):
            found = explain(fault)
            if found is not None:
                return found
    return Repair(Slip(offset, f"YAML cannot read this line: {error.problem}", _CHECK))


def _unquoted(fault: Fault, message: str, remedy: str = "put the text in quotes") -> Repair | None:
    """Explain a text that needs quotes, showing the line as it should read."""
    page = fault.page
    offset = min(fault.offset, len(page.text.rstrip()))
    found = _LINE.fullmatch(page.line_of(offset))
    if found is None:
        return None
    rest = _meant(found["rest"].rstrip())
    start = page.line_start(offset)
    line = f"{found['before']}{quoted(rest)}"
    text = page.text[:start] + line + page.text[page.line_end(offset) :]
    return Repair(Slip(start + found.start("rest"), message, f"{remedy}: {line.strip()}"), text)


def _meant(rest: str) -> str:
    """Take off quotes that close too early, so that the whole text can be quoted anew, with curly quotes inside."""
    sign = rest[0]
    if sign not in "'\"":
        return rest
    inner = rest[1:-1] if rest.endswith(sign) and len(rest) > 1 else rest
    return re.sub(r"(^|[\s(])\"", r"\1“", inner).replace('"', "”")


def _colon(fault: Fault) -> Repair | None:
    """Explain `a: b: c`, or a line that is indented below a finished value."""
    page = fault.page
    tight = _no_space(fault)
    if tight is not None:
        return tight
    found = _LINE.fullmatch(page.line_of(fault.offset))
    if found and found["rest"][0] not in "'\"[{|>" and re.search(r":(\s|$)", found["rest"]):
        return _unquoted(fault, 'this text contains ": " and stands without quotes')
    start = page.line_start(fault.offset)
    above = page.text[:start].rstrip()
    if not above:
        return None
    indent = re.match(r"[ ]*", page.line_of(len(above) - 1))
    said = "this line is indented below one that already has a value"
    line = (indent[0] if indent else "") + page.line_of(fault.offset).strip()
    return Repair(Slip(start, said, "begin it where the line above begins, or put a text of several lines in quotes"), _with_line(page, start, line))


def _no_space(fault: Fault) -> Repair | None:
    """Explain `name:text`, which is no pair but one word, on this line or the one above."""
    page = fault.page
    above = page.text[: page.line_start(fault.offset)].rstrip()
    for offset in (page.line_start(fault.opened), max(len(above) - 1, 0)):
        found = re.fullmatch(r"(\s*[\w-]+):([^\s/:].*)", page.line_of(offset))
        if found:
            line = f"{found[1]}: {found[2]}"
            start = page.line_start(offset)
            said = "a space is missing after the colon"
            return Repair(Slip(start + found.end(1), said, f"write {line.strip()}"), _with_line(page, start, line))
    return None


def _tab(fault: Fault) -> Repair:
    page = fault.page
    start = page.line_start(fault.offset)
    fixed = page.line_of(fault.offset).replace("\t", "  ")
    said = "there is a tab here, and YAML allows only spaces outside of quotes"
    return Repair(Slip(fault.offset, said, "replace the tab by two spaces"), _with_line(page, start, fixed))


def _with_line(page: Page, start: int, line: str) -> str:
    return page.text[:start] + line + page.text[page.line_end(start) :]


def _first_sign(fault: Fault) -> Repair | None:
    sign = fault.page.text[fault.offset : fault.offset + 1]
    return _unquoted(fault, f"a text cannot begin with {sign} unless it stands in quotes")


def _dash(fault: Fault) -> Repair | None:
    following = fault.page.text[fault.page.next_line(fault.offset) :].lstrip(" ")
    if following.startswith("- "):
        said = "a list cannot begin on the line of its name"
        return Repair(Slip(fault.offset, said, "put each item on a line of its own below, with its dash"))
    return _first_sign(fault)


def _star(fault: Fault) -> Repair | None:
    sign = fault.page.text[fault.opened : fault.opened + 1]
    return _unquoted(replace(fault, offset=fault.opened), f"a text cannot begin with {sign} unless it stands in quotes")


def _after_quote(fault: Fault) -> Repair | None:
    stray = _stray_quote(fault)
    found = _LINE.fullmatch(fault.page.line_of(fault.offset))
    if stray is not None or found is None or found["rest"][0] not in "'\"*&!{[":
        return stray
    if found["rest"][0] in "*&!{[":
        return _unquoted(fault, f"a text cannot begin with {found['rest'][0]} unless it stands in quotes")
    return _unquoted(fault, "there is more text after the closing quote", "put the whole text in quotes, with curly quotes inside")


def _stray_quote(fault: Fault) -> Repair | None:
    """Find the quote that was never closed where YAML took the next one, lines below, for its end."""
    page = fault.page
    here = page.place(fault.offset)[0]
    for line in reversed(page.text[: page.line_start(fault.offset)].splitlines(keepends=True)):
        found = _LINE.fullmatch(line.rstrip())
        if found is None or found["rest"][0] not in "'\"" or found["rest"][0] in found["rest"][1:]:
            continue
        start = page.text.rfind(line, 0, fault.offset) + found.start("rest")
        if page.place(page.text.find(found["rest"][0], start + 1))[0] == here:
            said = f"the quote that opens here is closed only in line {here}"
            return Repair(Slip(start, said, "close it at the end of the text"))
    return None


def _indent(fault: Fault) -> Repair:
    said = "the indent of this line fits no line above it"
    return Repair(Slip(fault.offset, said, "begin it exactly where its neighbours begin; a list item needs its dash"))


def _open_bracket(fault: Fault) -> Repair:
    page = fault.page
    sign = page.text[fault.opened : fault.opened + 1]
    line, column = page.place(fault.opened)
    if page.text[fault.offset : fault.offset + 1] == ":" and page.place(fault.offset)[0] == line:
        said = f'a text inside {sign} {"}" if sign == "{" else "]"} contains ": " and stands without quotes'
        return Repair(Slip(fault.offset, said, "put that text in quotes"))
    said = f"the {sign} of line {line}, column {column} is not closed, or a comma or a quote is missing before this place"
    return Repair(Slip(min(fault.offset, max(len(page.text.rstrip()) - 1, 0)), said, "close it, or put texts with commas and colons in quotes"))


def _open_quote(fault: Fault) -> Repair:
    return Repair(Slip(fault.opened, "the quote that opens here is never closed", "close it at the end of the text"))


def _no_colon(fault: Fault) -> Repair:
    tight = _no_space(fault)
    if tight is not None:
        return tight
    line = fault.page.line_of(fault.opened).strip()
    said = f'"{line[:60]}" is neither a name with a colon nor the rest of a text'
    return Repair(Slip(fault.opened, said, "write name: text, or indent it below the text that it continues"))


def _backslash(fault: Fault) -> Repair:
    page = fault.page
    at = page.text.rfind("\\", 0, fault.offset + 1)
    said = "a backslash inside double quotes needs another one"
    return Repair(Slip(at, said, "write \\\\, or use single quotes"), f"{page.text[:at]}\\{page.text[at:]}")


def _bar(fault: Fault) -> Repair | None:
    sign = fault.page.text[fault.opened : fault.opened + 1]
    return _unquoted(replace(fault, offset=fault.opened), f"a text cannot begin with {sign} unless it stands in quotes")


_KNOWN: tuple[tuple[str, Callable[[Fault], Repair | None]], ...] = (
    (r"mapping values are not allowed", _colon),
    (r"found character '\\t'", _tab),
    (r"found character '.' that cannot start", _first_sign),
    (r"scanning an? (alias|anchor)|undefined tag handle|scanning a tag|expected URI", _star),
    (r"expected <block end>, but found '(<scalar>|,|]|}|<alias>|<anchor>|<tag>)'", _after_quote),
    (r"expected <block end>", _indent),
    (r"unindent|inconsistent", _indent),
    (r"parsing a flow", _open_bracket),
    (r"quoted scalar: found unexpected (end of stream|document separator)", _open_quote),
    (r"could not find expected ':'", _no_colon),
    (r"unknown escape character|expected escape sequence", _backslash),
    (r"scanning a block scalar", _bar),
    (r"sequence entries are not allowed", _dash),
    (r"expected the node content", _first_sign),
)
