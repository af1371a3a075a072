"""The comments of a new campaign file, made from the schema's questions and examples: none of them is written a second time by hand."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import yaml

from concerted.campaign.leaf import Leaf
from concerted.campaign.shape import Entries, Fields, Shape
from concerted.campaign.strategy import about, all_leaves, leaf_at, shape
from concerted.folder.commented import written

NOT_OFFERED = ("wordings", "deliverables", "protocol")
"""Parts that a first draft has no question for."""
INVENTED = "ALL ANSWERS BELOW ARE INVENTED, so that you can try it at once. Replace them by yours, line by line; the comments ask what you need."
ANSWERED = "These are your answers. The comments ask what is still open, with an example; the last part of the file too."
_OPENING = """\
# yaml-language-server: $schema=campaign.schema.json
# {name}: a campaign in one file. Every mail, page and ad is written from these lines and from nothing else.
#
# {said}
#   concerted check     says what is missing or does not fit
#   concerted plan      shows which texts an edit would touch, before anything is written
#   concerted run       writes what is missing or out of date
# Drafts, answers and approvals live in the folder .concerted beside this file. It ignores itself in git; keep it, it holds people's work.

"""


def opening(name: str, said: str) -> str:
    """Write the first lines of a campaign file. The very first tells editors where the schema is."""
    return _OPENING.format(name=" ".join(name.split()), said=said)


def unplaced(waiting: Iterable[tuple[str, str, str]]) -> str:
    """Write answers that have no place yet `(ref, text, what it needs)` as comments, so that none is lost."""
    lines = [f"#   {ref}: {text}\n#     waits for {needs}" for ref, text, needs in waiting]
    return "\n".join(["", "# WAITING. You answered these, and each needs another answer before it can stand.", *lines, ""]) if lines else ""


def is_sentence(keys: tuple[str, ...]) -> bool:
    """Tell whether a line is a sentence, which is written in quotes."""
    leaf = leaf_at(".".join(keys)) if keys[0] != "wordings" else None
    return leaf is not None and leaf.form == "sentence"


def _example(place: Shape) -> Any:
    """Fill a part with the schema's own examples, one entry where there may be several."""
    if isinstance(place, Entries):
        return {"short-name": _example(place.of)}
    if isinstance(place, Fields):
        return {name: _example(part) for name, part in place.fields.items() if name != "was"}
    return yaml.safe_load(place.leaf.good) if place.leaf.form == "list" else place.leaf.good


class Remarks:
    """What is said about each entry: what a part is for, each question once, and what else could be answered, with an example."""

    def __init__(self) -> None:
        self._asked: set[str] = set()
        self._leaves = dict(all_leaves())

    def above(self, keys: tuple[str, ...]) -> list[str]:
        """Give the comment lines above the entry at these keys."""
        generic = self._generic(keys)
        if len(keys) == 1:
            return [about(keys[0])]
        leaf = self._leaves.get(generic)
        if leaf is None or generic in self._asked:
            return []
        self._asked.add(generic)
        return [_question(leaf)]

    def below(self, keys: tuple[str, ...], answered: Collection[str]) -> list[str]:
        """Give the comment lines at the end of the part at these keys: what may be answered there and is not."""
        generic = self._generic(keys)
        found: list[str] = []
        for path, leaf in self._leaves.items():
            holder, _, name = path.rpartition(".")
            if holder == generic and name not in (*answered, "*", "was") and leaf.good and path not in self._asked:
                self._asked.add(path)
                found += [_question(leaf), f"{name}: {leaf.good}"]
        return found

    def still_open(self, tree: Mapping[str, Any]) -> str:
        """Write the parts that nobody has answered yet as questions with an example, all in comments."""
        open_parts = [name for name in shape().fields if name not in tree and name not in NOT_OFFERED]
        if not open_parts:
            return ""
        lines = ["", "# STILL OPEN. Take the # off the lines that you answer; what you leave as it is says nothing."]
        for name in open_parts:
            example = written({name: _example(shape().fields[name])}, self, is_sentence)
            lines += ["#", *(f"# {line}".rstrip() for line in example.splitlines() if line.strip())]
        return "\n".join(lines) + "\n"

    def _generic(self, keys: tuple[str, ...]) -> str:
        """Find the schema's own address for keys: short names that people choose become `*`."""
        for path in self._leaves:
            parts = path.split(".")[: len(keys)]
            if len(parts) == len(keys) and all(part in ("*", key) for part, key in zip(parts, keys, strict=True)):
                return ".".join(parts)
        return ".".join(keys)


def _question(leaf: Leaf) -> str:
    known = f" Ask {leaf.who_knows}." if leaf.who_knows else ""
    return f"{leaf.question}{known}{' Needed before a release.' if leaf.needed else ''}"
