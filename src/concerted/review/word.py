"""A reading copy that comes back from Word, LibreOffice or Google Docs: its XML read as it is, tracked changes, comments and ticks included.

A field is what stands between its printed label and the next printed line; bookmarks say which, and where they were lost the label itself.
Whatever is left over is passed on.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree as Xml

from concerted.errors import UserError
from concerted.review.reading_copy import mark
from concerted.review.returned import PARAGRAPH, FieldBack, LooseBack, RemarkBack, Returned, TickBack, joined

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
LARGEST = 64 * 2**20
"""Bytes of one part; a reading copy of 5,000 texts has less than half."""
_NAME = re.compile(r"c(?P<kind>[acfhlsx])_(?P<place>[0-9a-f]{12}|\d+)(?:_(?P<seen>\w+))?")
_LABEL = re.compile(r"(?P<place>[\w-]+(?:\.[\w-]+){4}#\w+) · (?P<seen>[0-9a-f]{12})")
_COPY = re.compile(r"\bcopy ([\w-]+-\d+)")
_TICKED = ("\u2612", "\u2611", "\u2714", "\u2713", "[x]", "[X]")


def read_word(content: bytes) -> Returned:
    """Read a DOCX. Raises UserError where it is none, or holds no reading copy."""
    parts = _parts(content)
    walk = _Walk(_comments(parts.get("word/comments.xml"), _resolved(parts.get("word/commentsExtended.xml"))))
    body = _xml(parts["word/document.xml"])
    for block in body:
        walk.block(block, "")
    header = "".join("".join(_xml(part).itertext()) for path, part in parts.items() if path.startswith("word/header"))
    found = walk.copy or (_COPY.search(header) or ["", ""])[1]
    if not found:
        raise UserError("This document is no reading copy of Concerted.", next="take the one that concerted review out wrote")
    return walk.returned(found)


def _parts(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            wanted = [info for info in archive.infolist() if info.filename.startswith("word/") and info.filename.endswith(".xml")]
            if any(info.file_size > LARGEST for info in wanted):
                raise UserError("The document is too large to be a reading copy.", next="take the one that concerted review out wrote")
            parts = {info.filename: archive.read(info) for info in wanted}
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError) as broken:
        raise UserError("The document cannot be read as DOCX.", next="save it in Word as .docx, without a password") from broken
    if "word/document.xml" not in parts:
        raise UserError("The document cannot be read as DOCX.", next="save it in Word as .docx, without a password")
    return parts


def _xml(part: bytes) -> Xml.Element:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise UserError("The document holds what no word processor writes: a document type.", next="ask for it once more, saved in Word")
    try:
        # No document type, so no entities; the size is bounded.
        return Xml.fromstring(part)
    except Xml.ParseError as broken:
        raise UserError("The document is damaged.", next="open it in Word, save it again") from broken


@dataclass(frozen=True, slots=True)
class _Comment:
    author: str
    text: str
    done: bool = False


def _resolved(part: bytes | None) -> frozenset[str]:
    """Read which comments are resolved, by the id of their paragraph; a reply is where the comment that it answers is."""
    rows = [] if part is None else list(_xml(part).iter(f"{W15}commentEx"))
    done = {row.get(f"{W15}paraId", "") for row in rows if row.get(f"{W15}done") in ("1", "true", "on")}
    return frozenset(done | {row.get(f"{W15}paraId", "") for row in rows if row.get(f"{W15}paraIdParent") in done})


def _comments(part: bytes | None, resolved: frozenset[str]) -> dict[str, _Comment]:
    if part is None:
        return {}
    found: dict[str, _Comment] = {}
    for comment in _xml(part).iter(f"{W}comment"):
        paragraphs = ["".join(piece for piece, _b, after, _t, _a in _Runs().read(p) if after) for p in comment.iter(f"{W}p")]
        done = any(p.get(f"{W14}paraId", "") in resolved for p in comment.iter(f"{W}p"))
        found[comment.get(f"{W}id", "")] = _Comment(comment.get(f"{W}author", ""), joined(PARAGRAPH.join(paragraphs)), done)
    return found


_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_Mark = tuple[bool, bool, bool, str]
_Piece = tuple[str, bool, bool, bool, str]
"""(words, stood before?, stands now?, tracked?, whose change)"""


@dataclass
class _Runs:
    """Reads the runs of one paragraph; `at` is told of every comment mark and bookmark on the way."""

    at: Callable[[str, Xml.Element], None] = lambda _what, _element: None

    def read(self, element: Xml.Element) -> Iterator[_Piece]:
        """Give the pieces of a paragraph in order."""
        yield from self._inside(element, (True, True, False, ""))

    def _inside(self, element: Xml.Element, how: _Mark) -> Iterator[_Piece]:
        for child in element:
            yield from self._child(child, how)

    def _child(self, child: Xml.Element, how: _Mark) -> Iterator[_Piece]:
        tag = child.tag.removeprefix(W)
        before, after, _tracked, _who = how
        match tag:
            case "ins" | "moveTo":
                yield from self._inside(child, (False, after, True, child.get(f"{W}author", "")))
            case "del" | "moveFrom":
                yield from self._inside(child, (before, False, True, child.get(f"{W}author", "")))
            case "t" | "delText" | "sym":
                yield (_symbol(child) if tag == "sym" else child.text or "", *how)
            case _ if tag in _SIGNS:
                yield (_SIGNS[tag], *how)
            case "commentRangeStart" | "commentRangeEnd" | "commentReference" | "bookmarkStart" | "bookmarkEnd" | "sdt":
                self.at(tag, child)
                yield from self._inside(child, how) if tag == "sdt" else ()
            case "pPr" | "rPr" | "sdtPr" | "sdtEndPr" | "instrText" | "delInstrText" | "p":
                pass
            case _ if child.tag == f"{MC}AlternateContent":
                chosen = child.find(f"{MC}Choice")
                yield from self._inside(chosen, how) if chosen is not None else ()
            case _:
                yield from self._inside(child, how)


def _symbol(child: Xml.Element) -> str:
    try:
        return chr(int(child.get(f"{W}char", ""), 16))
    except ValueError:
        return ""


@dataclass
class _Block:
    """A field on its way: pieces, and which of its paragraph marks stand before and after."""

    place: str
    seen: str
    pieces: list[_Piece] = field(default_factory=list[_Piece])
    mark: _Mark | None = None
    """The last paragraph's own mark, put in where another paragraph follows."""

    def add(self, pieces: list[_Piece], mark: _Mark) -> None:
        """Add a paragraph."""
        if self.mark is not None:
            self.pieces.append((PARAGRAPH, *self.mark))
        self.pieces += pieces
        self.mark = mark

    def back(self) -> FieldBack:
        """Give what the reader left of it."""
        after = tuple((words, tracked) for words, _before, stands, tracked, _who in self.pieces if stands and words)
        authors = tuple(dict.fromkeys(who for words, _b, _a, tracked, who in self.pieces if tracked and who and words))
        return FieldBack(self.place, self.seen, after, authors)


@dataclass
class _Walk:
    """Goes through the document once."""

    comments: dict[str, _Comment]
    copy: str = ""
    blocks: dict[str, _Block] = field(default_factory=dict[str, _Block])
    remarks: dict[str, RemarkBack] = field(default_factory=dict[str, RemarkBack])
    ticks: list[TickBack] = field(default_factory=list[TickBack])
    loose: list[LooseBack] = field(default_factory=list[LooseBack])
    asset: str = ""
    label: tuple[str, str] = ("", "")
    """The label that was read last: place and words."""
    near: str = ""
    bookmark: tuple[str, str] = ("", "")
    """The field's bookmark that is open, and its number."""
    passages: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Comments whose range is open -> the words in it."""
    closed: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def block(self, element: Xml.Element, control: str) -> None:
        """Read a paragraph, or whatever holds paragraphs. `control` is the tag of the content control round it."""
        if element.tag == f"{W}p":
            self._paragraph(element, control)
            return
        if element.tag == f"{W}sdt":
            tag = element.find(f"{W}sdtPr/{W}tag")
            control = (tag.get(f"{W}val", "") if tag is not None else "") or control
        if element.tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}commentRangeStart", f"{W}commentRangeEnd"):
            self._mark(element.tag.removeprefix(W), element, [])
        for child in element:
            self.block(child, control)

    def _paragraph(self, element: Xml.Element, control: str) -> None:
        names: list[str] = [control] if control else []
        names += [self.bookmark[0]] if self.bookmark[0] else []
        checked: list[bool] = []
        pieces: list[_Piece] = []
        asked: list[str] = []

        def at(what: str, mark_: Xml.Element) -> None:
            if what == "sdt":
                tag, box = mark_.find(f"{W}sdtPr/{W}tag"), mark_.find(f"{W}sdtPr/{W14}checkbox/{W14}checked")
                names.extend([tag.get(f"{W}val", "")] if tag is not None else [])
                checked.extend([box.get(f"{W14}val", "0") in ("1", "true")] if box is not None else [])
            elif what == "bookmarkStart":
                names.append(mark_.get(f"{W}name", ""))
                self._mark(what, mark_, asked)
            else:
                self._mark(what, mark_, asked)

        for piece in _Runs(at).read(element):
            pieces.append(piece)
            for passage in self.passages.values() if piece[2] else ():
                passage.append(piece[0])
        for nested in element.iter(f"{W}txbxContent"):
            self.block(nested, "")
        place = self._put(
            [found for name in names if (found := _NAME.fullmatch(name))], pieces, _own_mark(element), ticked=any(checked), controls=bool(control)
        )
        for comment in asked:
            self._remark(comment, place)
        for passage in self.passages.values():
            passage.append(PARAGRAPH)

    def _mark(self, what: str, element: Xml.Element, asked: list[str]) -> None:
        number = element.get(f"{W}id", "")
        match what:
            case "bookmarkStart":
                name = element.get(f"{W}name", "")
                self.bookmark = (name, number) if name.startswith("cf_") else self.bookmark
            case "bookmarkEnd":
                self.bookmark = ("", "") if number == self.bookmark[1] else self.bookmark
            case "commentRangeStart":
                self.passages[number] = []
                asked.append(number)
            case "commentRangeEnd":
                passage = self.passages.pop(number, None)
                if passage is not None and number in self.remarks:
                    self.remarks[number] = replace(self.remarks[number], on=joined(passage))
                elif passage is not None:
                    self.closed[number] = passage
            case "commentReference":
                asked.append(number)
            case _:
                pass

    def _remark(self, number: str, place: str) -> None:
        comment = self.comments.get(number)
        if comment is None or not comment.text or number in self.remarks:
            return
        closed = self.closed.pop(number, None)
        self.remarks[number] = RemarkBack(place, comment.text, comment.author, joined(closed) if closed else "", comment.done)

    def _put(self, names: list[re.Match[str]], pieces: list[_Piece], own: _Mark, *, ticked: bool, controls: int) -> str:
        """Add a paragraph to where it belongs; gives the place that comments on it are about."""
        now = "".join(words for words, _b, after, _t, _w in pieces if after)
        by_kind = {name["kind"]: name for name in reversed(names)}
        label = _LABEL.search(now) if "f" not in by_kind else None
        if (by_kind.keys() - {"f"} or label) and not any(name["kind"] == "f" for name in names[:controls]):
            # What is printed ends a field, even where the end of its bookmark was lost.
            self.bookmark = ("", "")
            return self._printed(by_kind, label, pieces, (now, ticked))
        if (held := by_kind.get("f")) is not None:
            place, seen = held["place"], held["seen"]
            self.label = self.label if self.label[0] else (place, seen)
        elif not self.copy and (found := _COPY.search(now)) is not None:
            self.copy = found[1]
            return ""
        else:
            place, seen = self.label
        if not place:
            self._typed(pieces, now)
            return self.near or self.asset
        self.blocks.setdefault(place, _Block(place, seen)).add(pieces, own)
        self.near = place
        return place

    def _printed(self, names: dict[str, re.Match[str]], label: re.Match[str] | None, pieces: list[_Piece], read: tuple[str, bool]) -> str:
        """Take a printed line: it says what follows; what somebody typed into it is passed on."""
        now, ticked = read
        if (box := names.get("a") or names.get("x")) is not None:
            if ticked or now.lstrip().startswith(_TICKED):
                self.ticks.append(TickBack(box["place"], box["seen"]))
            self.label = ("", "")
            self._typed(pieces)
            return box["place"]
        if (head := names.get("h")) is not None:
            self.asset, self.near, self.label = head["place"], head["place"], ("", "")
        elif (named := names.get("l")) is not None:
            self.near, self.label = named["place"], (named["place"], named["seen"])
        elif label is not None:
            self.near, self.label = mark(label["place"]), (mark(label["place"]), label["seen"])
        elif "c" in names or not self.copy:
            self.copy = self.copy or (_COPY.search(now) or ["", ""])[1]
        still = names.get("s")
        self._typed(pieces, now if still is not None and still["place"] != mark(" ".join(now.split())) else "")
        return self.near or self.asset

    def _typed(self, pieces: list[_Piece], whole: str = "") -> None:
        """Pass on what was typed where no field is."""
        text = whole or "".join(words for words, _b, after, tracked, _w in pieces if after and tracked)
        who = next((who for _words, _b, _a, tracked, who in pieces if tracked and who), "")
        if text.strip():
            self.loose.append(LooseBack(text.strip(), self.near or self.asset, who))

    def returned(self, copy: str) -> Returned:
        """Give all that was found."""
        for number in self.comments:
            self._remark(number, "")
        fields = tuple(block.back() for block in self.blocks.values())
        return Returned(copy, "", fields, tuple(self.remarks.values()), tuple(self.ticks), tuple(self.loose))


def _own_mark(element: Xml.Element) -> _Mark:
    """Tell whether a paragraph's end stood before and stands now, and whose change that is."""
    for name, how in (("ins", (False, True)), ("moveTo", (False, True)), ("del", (True, False)), ("moveFrom", (True, False))):
        change = element.find(f"{W}pPr/{W}rPr/{W}{name}")
        if change is not None:
            return (*how, True, change.get(f"{W}author", ""))
    return (True, True, False, "")
