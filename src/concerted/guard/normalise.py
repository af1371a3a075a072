"""Reading a text that comes in pieces: small plain letters, one space between words, and for each of them its place in the original.

What a reader takes for the same reads the same, however a writer cuts it into tokens. What is looked for is read by the same means.
"""

import unicodedata
from bisect import bisect_right

from concerted.guard.confusables import FOLDED, GAP, HYPHEN, LEET, MARK, NOTHING, WORD


class Normaliser:
    """Reads one field. `push` gives the characters that are new; a gap comes once, when the word before it is known to be over."""

    __slots__ = ("_count", "_dash", "_froms", "_gap", "_half", "_held", "_last", "_offset", "_offsets", "_pieces", "_size", "letters")

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._size = 0
        self._count = 0
        self._offset = 0
        """How far ahead of the normalised text the original is, at the end of both."""
        self._froms: list[int] = [0]
        self._offsets: list[int] = [0]
        """From which normalised character on the original is how far ahead."""
        self._last = " "
        """The last normalised character; the text begins after a gap."""
        self._gap = -1
        """Where the last gap stands in the normalised text."""
        self._held: tuple[str, int] | None = None
        """A character whose reading depends on the next one, and its place."""
        self._dash = ""
        """A hyphen behind a letter: `-`, then with the line break that follows it."""
        self._half = ""
        """The first half of a character that was cut in two."""
        self.letters: list[int] = []
        """The single letters in a row that were read last, by place in the normalised text: `f r e e`."""

    @property
    def count(self) -> int:
        """How many normalised characters there are."""
        return self._count

    def ends_in_a_word_from(self, first: int) -> bool:
        """Tell whether the text ends in a word that began at the normalised character `first` or later."""
        return self._held is None and not self._dash and self._last.isalpha() and self._gap >= first - 1

    @property
    def size(self) -> int:
        """How many characters were pushed."""
        return self._size

    @property
    def text(self) -> str:
        """All that was pushed."""
        if len(self._pieces) > 1:
            self._pieces = ["".join(self._pieces)]
        return self._pieces[0] if self._pieces else ""

    def push(self, piece: str) -> str:
        """Take the next piece; gives the normalised characters that it settles."""
        if self._half or not piece.isascii():
            piece = self._whole(piece)
        begin = self._size
        self._pieces.append(piece)
        self._size = end = begin + len(piece)
        if self._held is None and not self._dash and piece.isascii():
            # The shape of most tokens: a space and letters, or letters alone.
            space = piece[:1] == " " and self._last != " "
            if piece[space:].isalpha():
                if begin - self._count != self._offset:
                    self._move(begin)
                if space:
                    self._note_gap()
                self._count += end - begin
                new = piece.lower()
                self._last = new[-1]
                return new
        return self._slowly(piece, begin)

    def _move(self, place: int) -> None:
        """Note that the next normalised character comes from another place than the next one in the row."""
        self._offset = place - self._count
        self._froms.append(self._count)
        self._offsets.append(self._offset)

    def _note_gap(self) -> None:
        here = self._count
        if here - self._gap == 2:
            self.letters.append(here - 1)
        elif self.letters:
            self.letters = []
        self._gap = here

    def _whole(self, piece: str) -> str:
        """Join a character whose halves came in two pieces."""
        piece = self._half + piece
        self._half = ""
        if piece and "\ud800" <= piece[-1] <= "\udbff":
            piece, self._half = piece[:-1], piece[-1]
        return piece.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _slowly(self, piece: str, begin: int) -> str:
        out: list[str] = []
        for place, character in enumerate(piece, begin):
            kind, read = FOLDED[character]
            if kind == NOTHING:
                if self._held is None and self._last.isdigit() and character in "'’":
                    self._held = ("'", place)
                continue
            if self._held is not None:
                self._settle(kind, read, out)
            if self._dash and not self._joins(character, kind, out):
                continue
            self._take(kind, read, place, out)
        return "".join(out)

    def _take(self, kind: int, read: str, place: int, out: list[str]) -> None:
        """Read one character."""
        if kind == WORD:
            if read in LEET and (self._last.isalpha() or read == "$"):
                self._held = (read, place)
            else:
                self._put(read, place, out)
        elif kind == MARK and self._last.isdigit():
            self._held = (read, place)
        elif kind == HYPHEN and self._last.isalpha():
            self._dash = "-"
            self._held = (" ", place)
        elif self._last != " ":
            self._put_gap(place, out)

    def _settle(self, kind: int, read: str, out: list[str]) -> None:
        """Decide about the character that was held, now that the next one is known."""
        if self._dash or self._held is None:
            return
        held, place = self._held
        self._held = None
        if held in LEET:
            self._put(LEET[held] if kind == WORD and read[:1].isalpha() else held, place, out)
        elif kind == WORD and read[:1].isdigit():
            self._put(held, place, out)
        elif held != "'":
            self._put_gap(place, out)

    def _joins(self, character: str, kind: int, out: list[str]) -> bool:
        """Deal with a hyphen behind a letter: at the end of a line it cut the word in two; tell whether the character is still to be read."""
        if character in "\r\n" or (self._dash == "-\n" and character.isspace()):
            self._dash = "-\n"
            return False
        held, joined = self._held, self._dash == "-\n" and kind == WORD and character.islower()
        self._dash, self._held = "", None
        if not joined and held is not None:
            self._put_gap(held[1], out)
        return not (kind in (GAP, HYPHEN) and not joined)

    def _put(self, read: str, place: int, out: list[str]) -> None:
        out.append(read)
        for _ in read:
            if place - self._count != self._offset:
                self._move(place)
            self._count += 1
        self._last = read[-1]

    def _put_gap(self, place: int, out: list[str]) -> None:
        self._note_gap()
        self._put(" ", place, out)

    def finish(self) -> str:
        """Say that nothing more comes; gives what was held back, and a last gap."""
        out: list[str] = []
        if self._half:
            self._half = ""
            self._size += 1
            self._pieces.append("\ufffd")
        self._dash = ""
        self._settle(GAP, " ", out)
        if self._last != " ":
            self._put_gap(self._size, out)
        return "".join(out)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Give where the normalised characters from `first` up to, not including, `last` stand in the original."""
        text, start, end = self.text, self._place(first), self._place(last - 1) + 1
        while end < len(text) and unicodedata.category(text[end]) in ("Mn", "Me", "Cf"):
            end += 1
        return start, end

    def _place(self, number: int) -> int:
        return number + self._offsets[bisect_right(self._froms, number) - 1]


def normalise(text: str) -> str:
    """Read a whole text: words of small plain letters with one space between them, none around."""
    reader = Normaliser()
    return (reader.push(text) + reader.finish()).strip()
