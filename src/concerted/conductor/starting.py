"""The verbs before a campaign stands: init, check, schema, catalog. They read files and write new ones; the store is not opened."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, cast

from concerted.campaign.strategy import json_schema
from concerted.catalog import Catalog
from concerted.conductor.commenting import ANSWERED, INVENTED, Remarks, is_sentence, opening, unplaced
from concerted.conductor.phrasing import Phrasing
from concerted.conductor.questions import Starter, all_settled, blanks_of, campaign_of, questions_of, remarks_on
from concerted.conductor.report import Report
from concerted.conductor.soundness import catalog_names
from concerted.conductor.spoken import locale_named
from concerted.conductor.unmade import unmade
from concerted.errors import Problem, Refused, UserError
from concerted.folder import ROOT, read_folder
from concerted.folder import check as check_source
from concerted.folder.answers import Answers, forget_answers
from concerted.folder.commented import written
from concerted.folder.problem import by_place
from concerted.folder.working_copy import lay
from concerted.rules.case import RULES
from concerted.rules.check import RULE_MODULES as RULE_MODULES

WEEKS_AHEAD = 16
TUESDAY = 1
SCHEMA_FILE = "campaign.schema.json"
"""Beside the campaign file, for editors: completion, and each question as a tooltip."""
_PLACEHOLDER = re.compile(r"\{(launch|today)([+-]\d+)?\}")


def init(folder: Path, playbook: str, today: str, by: str) -> Report:
    """Write a commented campaign file with invented answers. Raises Refused where one is there already, UserError where nobody is named."""
    catalog = ready_for(folder, playbook, by)
    launch = launch_after(date.fromisoformat(today))
    tree = _filled_in(catalog.starter(), {"by": by, "playbook": playbook}, {"launch": launch, "today": date.fromisoformat(today)})
    text = opening(tree["campaign"]["name"], INVENTED) + written(tree, Remarks(), is_sentence)
    lay(folder, {ROOT: text.encode(), SCHEMA_FILE: schema_file()})
    return {**_begun(folder, playbook, by), "launch": launch.isoformat(), "asked": False, "open": [], "waiting": [], "remarks": []}


def phrasing(catalog: Catalog, locale: str) -> Phrasing:
    """Give the words in which questions are asked where a campaign is written in this language."""
    return Phrasing(*catalog.asking(locale_named(locale).partition("-")[0]))


def init_from_answers(folder: Path, playbook: str, today: str, by: str, given: Answers) -> Report:
    """Write the campaign file that answers make, with what is open as questions. Raises UserError with every answer that cannot stand."""
    catalog = ready_for(folder, playbook, by)
    data, words = catalog.questions(), phrasing(catalog, given.get("language", ""))
    blanks = blanks_of(questions_of(data, words))
    answers, wrong = all_settled(given, blanks, today, words)
    if wrong:
        problems = [given.located(name, problem) for name, error in wrong.items() for problem in error.problems]
        raise UserError(words.line("wrong"), problems=problems, next=f"the answers are called {', '.join(blanks)}")
    tree, waiting = campaign_of(data, answers, Starter(by, today, playbook))
    remarks = Remarks()
    text = opening(answers["name"], ANSWERED) + written(tree, remarks, is_sentence) + unplaced((one.ref, one.text, one.needs) for one in waiting)
    text += remarks.still_open(tree)
    lay(folder, {ROOT: text.encode(), SCHEMA_FILE: schema_file()})
    forget_answers(folder)
    left = [{"name": name, "ref": blank.ref, "question": blank.leaf.question, "who_knows": blank.leaf.who_knows} for name, blank in blanks.items()]
    rows = [row for row in left if row["name"] not in answers]
    return {
        **_begun(folder, playbook, by),
        "launch": answers.get("launch", "")[:10],
        "asked": True,
        "language": answers["language"],
        "open": rows,
        "waiting": [asdict(one) for one in waiting],
        "remarks": [{"name": name, "said": said} for name, said in remarks_on(answers, today, words)],
    }


def ready_for(folder: Path, playbook: str, by: str) -> Catalog:
    """Make sure that a campaign can begin in a folder. Raises Refused, UserError, NotFound; nothing is written."""
    if not by:
        raise UserError("Nobody is named as the one who approves.", next='add --by "Your Name", or set git config user.name')
    catalog = Catalog(folder)
    catalog.playbook(playbook)
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is a file.", next="name a folder")
    if (folder / ROOT).exists():
        raise Refused(f"{folder} holds a campaign already, and init overwrites nothing.", next=f"concerted -C {folder} check")
    return catalog


def _begun(folder: Path, playbook: str, by: str) -> Report:
    return {"files": [str(folder / ROOT), str(folder / SCHEMA_FILE)], "folder": str(folder), "playbook": playbook, "by": by}


def schema_file() -> bytes:
    """Give the schema as a file for editors."""
    return (json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n").encode()


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


def check(folder: Path, today: str) -> Report:
    """Say everything that is wrong with a campaign's file and its own library, without drafting. Raises NotFound where there is none."""
    catalog = Catalog(folder)
    source = read_folder(folder)
    found = check_source(source, date.fromisoformat(today), catalog_names(catalog))
    broken = [_as_json(problem) for problem in _library(catalog)]
    if not broken and all(problem.severity != "file" for problem in found):
        found = by_place([*found, *(source.located(finding) for finding in unmade(source, catalog))], source.pages)
    problems = [problem.as_json() for problem in found] + broken
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
        "file": problem.file, "line": problem.line, "column": problem.column, "cell": problem.cell, "ref": problem.ref,
        "severity": "file", "message": problem.message, "remedy": problem.remedy,
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
