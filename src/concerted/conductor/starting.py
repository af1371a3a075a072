"""The verbs before a campaign stands: init, check, schema, catalog. They read files and write new ones; the store is not opened."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, cast

from concerted.campaign.leaf import Leaf
from concerted.campaign.strategy import about, all_leaves, json_schema, leaf_at
from concerted.catalog import Catalog
from concerted.conductor.report import Report
from concerted.conductor.soundness import catalog_names
from concerted.errors import Problem, Refused, UserError
from concerted.folder import ROOT, read_folder
from concerted.folder import check as check_source
from concerted.folder.commented import written
from concerted.folder.working_copy import lay
from concerted.rules.case import RULES
from concerted.rules.check import RULE_MODULES as RULE_MODULES

WEEKS_AHEAD = 16
TUESDAY = 1
OPENING = """\
# {name}: a campaign in one file. Every mail, page and ad is written from these lines and from nothing else.
#
# ALL ANSWERS BELOW ARE INVENTED, so that you can try it at once. Replace them by yours, line by line; the comments ask what you need.
#   concerted check     says what is missing or does not fit
#   concerted plan      shows which texts an edit would touch, before anything is written
#   concerted run       writes what is missing or out of date
# Drafts, answers and approvals live in the folder .concerted beside this file. It ignores itself in git; keep it, it holds people's work.

"""
_PLACEHOLDER = re.compile(r"\{(launch|today)([+-]\d+)?\}")


def init(folder: Path, playbook: str, today: str, by: str, *, ask: bool = False) -> Report:
    """Write a commented campaign file with invented answers. Raises Refused where one is there already, UserError where nobody is named."""
    if ask:
        raise Refused("init does not ask questions yet; that comes with a later release.", next=f"concerted init {folder} --playbook {playbook}")
    if not by:
        raise UserError("Nobody is named as the one who approves.", next='add --by "Your Name", or set git config user.name')
    Catalog(folder).playbook(playbook)
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is a file.", next="name a folder")
    if (folder / ROOT).exists():
        raise Refused(f"{folder} holds a campaign already, and init overwrites nothing.", next=f"concerted -C {folder} check")
    launch = launch_after(date.fromisoformat(today))
    tree = _filled_in(Catalog(folder).starter(), {"by": by, "playbook": playbook}, {"launch": launch, "today": date.fromisoformat(today)})
    text = OPENING.format(name=tree["campaign"]["name"]) + written(tree, Remarks(), _is_sentence)
    lay(folder, {ROOT: text.encode()})
    return {"files": [str(folder / ROOT)], "folder": str(folder), "playbook": playbook, "launch": launch.isoformat(), "by": by}


def launch_after(today: date) -> date:
    """Find the Tuesday of the week that is sixteen weeks ahead."""
    ahead = today + timedelta(weeks=WEEKS_AHEAD)
    return ahead + timedelta(days=TUESDAY - ahead.weekday())


def _filled_in(part: Any, words: Mapping[str, str], days: Mapping[str, date]) -> Any:
    if isinstance(part, Mapping):
        return {key: _filled_in(value, words, days) for key, value in cast(Mapping[str, Any], part).items()}
    if isinstance(part, list):
        return [_filled_in(value, words, days) for value in cast(list[Any], part)]
    text = _PLACEHOLDER.sub(lambda found: (days[found[1]] + timedelta(days=int(found[2] or 0))).isoformat(), str(part))
    for name, word in words.items():
        text = text.replace(f"{{{name}}}", word)
    return text


def _is_sentence(keys: tuple[str, ...]) -> bool:
    leaf = leaf_at(".".join(keys)) if keys[0] != "wordings" else None
    return leaf is not None and leaf.form == "sentence"


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


def check(folder: Path, today: str) -> Report:
    """Say everything that is wrong with a campaign's file and its own library, without drafting. Raises NotFound where there is none."""
    catalog = Catalog(folder)
    found = check_source(read_folder(folder), date.fromisoformat(today), catalog_names(catalog))
    problems = [problem.as_json() for problem in found] + [_as_json(problem) for problem in _library(catalog)]
    return {"ok": all(row["severity"] != "file" for row in problems), "problems": problems}


def _library(catalog: Catalog) -> Iterable[Problem]:
    """List what is wrong with channels and playbooks, the campaign's own included."""
    for read in (catalog.channels, catalog.playbooks):
        try:
            read()
        except UserError as broken:
            yield from broken.problems


def _as_json(problem: Problem) -> Report:
    return {
        "file": problem.file, "line": problem.line, "column": problem.column, "ref": problem.ref, "severity": "file", "message": problem.message,
        "remedy": problem.remedy,
    }  # fmt: skip


def schema() -> Report:
    """Give the JSON Schema of the campaign file."""
    return json_schema()


def catalog_items(folder: Path) -> Report:
    """List what is at hand, and which file or module each comes from. No outside package is imported for it."""
    catalog = Catalog(folder)
    titles = {slug: channel.name for slug, channel in catalog.channels().items()}
    titles |= {slug: playbook.title for slug, playbook in catalog.playbooks().items()}
    items = [_item(item.kind, item.id, titles[item.id], str(item.file), "", (item.own, item.wins)) for item in catalog.items()]
    items += [_plugged("worker", point) for point in _points("concerted.workers")]
    items += [_item("rule", rule.id, rule.manual.partition(" What:")[0], rule.check.__module__) for rule in RULES.values()]
    items += [_plugged("exporter", point) for point in _points("concerted.exporters")]
    return {"items": items}


def _points(group: str) -> list[EntryPoint]:
    return sorted(entry_points(group=group), key=lambda point: point.name)


def _plugged(kind: str, point: EntryPoint) -> Report:
    return _item(kind, point.name, "", point.value, point.dist.name if point.dist else "")


def _item(kind: str, name: str, title: str, file: str, package: str = "", yours: tuple[bool, bool] = (False, False)) -> Report:
    own, wins = yours
    return {"kind": kind, "id": name, "title": title, "file": file, "package": package or "concerted", "own": own, "wins": wins}
