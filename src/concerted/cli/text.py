"""Small pieces of English: counted nouns, lists, ids and addresses as a marketer reads them. Nothing is printed here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f]")
NONE = "-"
MEMBERS = ".(members)"
"""How a trace spells the list of short names in a map."""


def clean(text: str) -> str:
    """Take out what would steer a terminal; line breaks and tabs stay."""
    return _CONTROL.sub("\ufffd", text.replace("\r\n", "\n"))


def count(number: int, one: str, many: str = "") -> str:
    """Count things: 1 text, 2 texts."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(items: Iterable[str], most: int = 0) -> str:
    """List things in a sentence, the first `most` of them (0 = all)."""
    names = list(items)
    if most and len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def lowered(title: str) -> str:
    """Begin a title in lower case inside a sentence; names such as LinkedIn, X or SMS stay as they are."""
    first = title.split(" ", 1)[0]
    return title if len(first) < 2 or not first[1:].islower() else title[0].lower() + title[1:]


@dataclass(frozen=True, slots=True)
class Names:
    """How assets are called: the titles of their types, by slug."""

    titles: Callable[[], Mapping[str, str]] = dict[str, str]
    """Looked up when the first asset is named: a page that names none wakes no worker."""

    def kind(self, asset: str) -> str:
        """Give the title of an asset's type."""
        slug = asset.partition(".")[0]
        return self.titles().get(slug) or slug.replace("-", " ").capitalize()

    def dimensions(self, asset: str) -> str:
        """Say what tells an asset from others of its type: variant, audience, market."""
        parts = [*asset.split("."), *[NONE] * 5][:5]
        return ", ".join(part for part in (parts[4], parts[2], parts[3]) if part != NONE)

    def asset(self, asset: str) -> str:
        """Give an asset's friendly title: Landing page (shops, us)."""
        what = self.dimensions(asset)
        return f"{self.kind(asset)} ({what})" if what else self.kind(asset)

    def inside(self, asset: str) -> str:
        """Give the friendly title as it stands inside a sentence."""
        return lowered(self.asset(asset))

    def place(self, asset: str, name: str) -> str:
        """Name a field of an asset: landing page (shops, us): h1."""
        return f"{self.inside(asset)}: {name}" if name else self.inside(asset)

    def node(self, node: str) -> str:
        """Name one link of a why-chain: a line of the strategy, a field of an asset, a rule, or somebody's request."""
        if node.startswith("rule:"):
            return f"the rule {node.removeprefix('rule:')}"
        if node == "request":
            return "somebody's request"
        if node.endswith(MEMBERS):
            return f"the list of {node.removesuffix(MEMBERS)}"
        asset, mark, name = node.removeprefix("asset:").partition("#")
        return self.place(asset, name) if mark and not name.startswith("keys") else node

    def chain(self, path: Iterable[str], asset: str, fields: Iterable[str] = ()) -> str:
        """Spell a why-chain from the changed line down to an asset."""
        links = ["somebody's words" if link.startswith(f"asset:{asset}#") else self.node(link) for link in path]
        end = self.place(asset, ", ".join(fields))
        return " → ".join([*links, end])


_BULK = ("concerted approve", "concerted exclude")


def together(command: str, ids: Iterable[str]) -> str:
    """Give the one command that does for several assets what this one does for the first."""
    listed_ids = list(ids)
    if len(listed_ids) < 2 or not command.startswith(_BULK):
        return command
    return command.replace(listed_ids[0], " ".join(listed_ids), 1)
