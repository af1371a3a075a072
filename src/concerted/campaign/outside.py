"""What people and agencies make: the kinds of slot that a file fills, and what is known of a file. No byte of a file is read here."""

from dataclasses import dataclass

from concerted.campaign.deliverable import DeliverableType, FieldSpec

WORDS, ALT = "words", "alt"
"""The fields of such a slot: the words that are in it, and what stands for it where it cannot be seen."""
PICTURE = "picture"
KIND_TITLES = {
    PICTURE: "Picture",
    "video": "Video",
    "audio": "Sound",
    "deck": "Slide deck",
    "booth": "Booth",
    "print": "Printed piece",
    "agency-work": "Agency work",
}

KIND_WORDS = {
    PICTURE: ("picture", "pictured", "photo", "photos", "photograph", "image", "bild", "foto", "abgebildet", "abbildung"),
    "video": ("video", "film", "clip", "watch"),
    "audio": ("listen", "recording", "episode", "podcast", "hören", "aufnahme", "folge"),
    "deck": ("slide", "slides", "deck", "folie", "folien"),
    "booth": ("booth", "stand", "messestand"),
    "print": ("leaflet", "poster", "brochure", "flyer", "plakat", "broschüre", "faltblatt"),
}
"""What a text calls a piece that it shows, in English and German."""
POINTING = frozenset(
    ("the", "this", "that", "our", "these", "das", "dieses", "diesem", "dieser", "diese", "die", "der", "dem", "im", "unser", "unserem")
)
"""Words right before it by which a sentence points at it."""
POINTING_ANYWHERE = frozenset(("above", "below", "beside", "see", "look", "shows", "shown", "oben", "unten", "sehen", "zeigt"))
"""Words anywhere in the sentence by which it does."""
POINTING_BESIDE = frozenset(("left", "right", "here", "links", "rechts", "hier"))
"""Words right after it by which it does: “pictured here”. Elsewhere they say something else: “the right deck”, “here in Portland”."""
OFTEN_ELSE = frozenset(("stand", "watch", "listen", "hören"))
"""Words of `KIND_WORDS` that are verbs more often: only a pointing word right before makes a piece of them, and none that can open a clause."""
OPENS_CLAUSE = frozenset(("that", "these", "die", "das"))


def _kind(slug: str, title: str) -> DeliverableType:
    fields = (FieldSpec(WORDS, optional=True), FieldSpec(ALT, optional=True, slot="alt_text"))
    return DeliverableType(slug, title, "", fields, made_by="outside")


KINDS = {slug: _kind(slug, title) for slug, title in KIND_TITLES.items()}
"""Every kind of piece that no worker drafts."""


@dataclass(frozen=True, slots=True)
class HandedFile:
    """A file that somebody handed in for a slot. The bytes stay where they are; the hash tells whether they are still the same."""

    name: str
    path: str
    """Where it lies: inside the campaign's folder relative to it, elsewhere absolute."""
    sha256: str
    size: int
    kind: str
    """What the first bytes say it is, such as `image/png`; `application/octet-stream` where they say nothing."""
    width: int | None = None
    height: int | None = None
    """In pixels, for pictures."""
    rights: str = ""
    """Who holds the rights."""
    expires: str = ""
    """The last day on which it may be used, in ISO 8601; empty where there is no end."""
    shows: tuple[str, ...] = ()
    """The lines of the strategy that a person said it shows."""
    by: str = ""
    at: str = ""

    def told(self) -> tuple[tuple[str, str], ...]:
        """Pair what people ask of a file with the answer; what is not known is left out."""
        pixels = f", {self.width} × {self.height} pixels" if self.width else ""
        rights = self.rights + (f", until {self.expires}" if self.expires else "")
        listed = (
            ("File", f"{self.name} ({self.kind}{pixels}, {self.size:,} bytes)"),
            ("Sha256", self.sha256),
            ("Rights", rights.removeprefix(", ")),
            ("Shows", ", ".join(self.shows)),
            ("Handed in", f"{self.at[:10]} by {self.by}"),
        )
        return tuple((name, said) for name, said in listed if said)

    def __str__(self) -> str:
        return f"{self.name} (sha256 {self.sha256[:12]})"

    def is_ticked(self, key: str) -> bool:
        """Tell whether a person said that it shows the line of a trace key."""
        path = key.removeprefix("f:")
        return any(path == ref or path.startswith(f"{ref}.") for ref in self.shows)

    def content(self) -> list[object]:
        """Give what makes it this file and no other: not who handed it in, and not when."""
        return [self.name, self.sha256, self.rights, self.expires, list(self.shows)]
