"""A reading copy as people have it on their desk, and what Word writes into it: runs, tracked changes, comments, moves. XML as Word saves it."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import escape

from concerted.campaign.draft import hash_text
from concerted.review.document import document
from concerted.review.reading_copy import CopyAsset, CopyField, ReadingCopy, mark
from concerted.review.returned import FieldBack, Returned, words_back
from concerted.review.word import read_word

PAGE = "landing-page.web.shops.us.-"
DRAFT = "0123456789ab"
WHEN = 'w:date="2026-12-02T10:04:00Z"'
NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def reading_copy(texts: Mapping[str, str]) -> ReadingCopy:
    """Make a copy with these fields of one page."""
    fields = tuple(CopyField(f"{PAGE}#{name}", name.capitalize(), text, hash_text(text)) for name, text in texts.items())
    asset = CopyAsset(PAGE, "Landing page (shops, us)", "Web ·", DRAFT, fields, "us.launch", "I approve this text as it stands")
    return ReadingCopy(
        "legal-1", "texts", "Dusk to Dawn", "Small Hours", "legal", "Dana Marsh", "2026-12-01", "strategy version 1", "Round 1.", (asset,)
    )


def run(text: str, *, deleted: bool = False) -> str:
    """Write a run."""
    tag = "w:delText" if deleted else "w:t"
    return f'<w:r w:rsidR="00AB12CD"><w:rPr><w:lang w:val="en-US"/></w:rPr><{tag} xml:space="preserve">{escape(text)}</{tag}></w:r>'


def ins(text: str, who: str = "Dana Marsh", number: int = 901) -> str:
    """Write a tracked insertion."""
    return f'<w:ins w:id="{number}" w:author="{who}" {WHEN}>{run(text)}</w:ins>'


def gone(text: str, who: str = "Dana Marsh", number: int = 902, *, moved: bool = False) -> str:
    """Write a tracked deletion, or the place that something was moved away from."""
    tag = "w:moveFrom" if moved else "w:del"
    return f'<{tag} w:id="{number}" w:author="{who}" {WHEN}>{run(text, deleted=not moved)}</{tag}>'


@dataclass(frozen=True)
class Paper:
    """One document and what it was made from."""

    copy: ReadingCopy
    content: bytes

    @classmethod
    def of(cls, texts: Mapping[str, str]) -> "Paper":
        """Write a copy."""
        made = reading_copy(texts)
        return cls(made, document(made))

    @property
    def parts(self) -> dict[str, str]:
        """Unpack it."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            return {name: archive.read(name).decode() for name in archive.namelist()}

    def with_part(self, name: str, text: str) -> "Paper":
        """Put another part in place."""
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            for path, content in {**self.parts, name: text}.items():
                archive.writestr(path, content)
        return replace(self, content=held.getvalue())

    def edited(self, old: str, new: str) -> "Paper":
        """Replace a passage of the document's XML that stands in it once."""
        text = self.parts["word/document.xml"]
        assert text.count(old) == 1, (text.count(old), old)
        return self.with_part("word/document.xml", text.replace(old, new))

    def rewritten(self, words: str, runs: str) -> "Paper":
        """Put other runs in the place of the one that holds these words."""
        return self.edited(f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>', runs)

    def commented(self, words: str, comments: Mapping[str, str]) -> "Paper":
        """Attach comments, author -> text, to a run."""
        marks = range(len(comments))
        start = "".join(f'<w:commentRangeStart w:id="{n}"/>' for n in marks)
        end = "".join(f'<w:commentRangeEnd w:id="{n}"/><w:r><w:commentReference w:id="{n}"/></w:r>' for n in marks)
        held = "".join(
            f'<w:comment w:id="{n}" w:author="{who}" {WHEN}><w:p><w:r><w:annotationRef/></w:r>{run(said)}</w:p></w:comment>'
            for n, (who, said) in enumerate(comments.items())
        )
        return self.rewritten(words, start + run(words) + end).with_part("word/comments.xml", f"<w:comments {NS}>{held}</w:comments>")

    def resolved(self, *numbers: int, replies: Mapping[int, int] | None = None) -> "Paper":
        """Mark comments as resolved, as Word does: beside the comments, by the id of their paragraph. `replies`: comment -> the one it answers."""
        comments = self.parts["word/comments.xml"].replace(NS, f'{NS} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"')
        count = comments.count("<w:comment ")
        for number in range(count):
            comments = comments.replace("<w:p><w:r><w:annotationRef/>", f'<w:p w14:paraId="0000000{number}"><w:r><w:annotationRef/>', 1)
        above = replies or {}

        def parent(number: int) -> str:
            return f' w15:paraIdParent="0000000{above[number]}"' if number in above else ""

        rows = "".join(f'<w15:commentEx w15:paraId="0000000{n}"{parent(n)} w15:done="{int(n in numbers)}"/>' for n in range(count))
        extended = f'<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">{rows}</w15:commentsEx>'
        return self.with_part("word/comments.xml", comments).with_part("word/commentsExtended.xml", extended)

    def back(self) -> Returned:
        """Read it as it came back."""
        return read_word(self.content)

    def field(self, name: str) -> FieldBack:
        """Give one field as it came back."""
        return next(one for one in self.back().fields if one.place == mark(f"{PAGE}#{name}"))

    def words(self, name: str) -> str:
        """Give the words that were left in a field."""
        base = next(one.text for one in self.copy.fields if one.place == f"{PAGE}#{name}")
        return words_back(base, self.field(name).after)
