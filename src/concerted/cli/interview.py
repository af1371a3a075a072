"""Asking the twelve questions on a terminal. Each answer is kept at once, so that stopping loses nothing; what cannot stand is asked again."""

from __future__ import annotations

from pathlib import Path

import click

from concerted.cli.failing import INTERRUPTED, leave, warn
from concerted.cli.sheet import Sheet, console
from concerted.cli.text import clean, count
from concerted.conductor.questions import Blank, Question, settled
from concerted.errors import UserError
from concerted.folder.answers import KEPT, Answers, keep_answers, kept_answers

CLEAR = "-"


def ask_all(folder: Path, questions: tuple[Question, ...], today: str) -> Answers:
    """Ask question by question, what was answered before as the default. Gives all answers."""
    sheet = Sheet(console(talk=True))
    given = dict(kept_answers(folder))
    sheet.say("Twelve questions to first drafts. Answer in the words that readers shall read, and in whole sentences where the example is one.")
    sheet.say(
        f"Enter leaves a question open{f', or keeps the answer in brackets; {CLEAR} takes it out' if given else ''}. Ctrl-C stops; answers are kept."
    )
    try:
        _walk(sheet, folder, (questions, today), given)
    except (click.Abort, KeyboardInterrupt):
        warn(f"Stopped. Your answers are kept in {folder / KEPT}; the same command offers them again.")
        leave(INTERRUPTED)
    left = sum(not given[blank.name] for question in questions for blank in question.blanks)
    sheet.gap()
    sheet.say(f"Thank you. {count(left, 'answer')} left open." if left else "Thank you. Nothing was left open.")
    return Answers(given)


def _walk(sheet: Sheet, folder: Path, asked: tuple[tuple[Question, ...], str], given: dict[str, str]) -> None:
    questions, today = asked
    for question in questions:
        sheet.head(f"{question.number} of {len(questions)}  {question.about}")
        for blank in question.blanks:
            given[blank.name] = _ask(sheet, blank, given.get(blank.name, ""), today)
            keep_answers(folder, given)


def _ask(sheet: Sheet, blank: Blank, before: str, today: str) -> str:
    """Ask for one answer until it can stand or is left open."""
    leaf = blank.leaf
    sheet.say(leaf.question, indent=2)
    sheet.mute(leaf.why, indent=2)
    sheet.mute(f"For example: {leaf.good}" + (f"   Usually known by: {leaf.who_knows}" if leaf.who_knows else ""), indent=2)
    while True:
        typed = str(click.prompt(f"  {f'[{clean(before)}] ' if before else ''}", default=before, show_default=False, prompt_suffix="> ", err=True))
        try:
            return settled(blank, "" if typed.strip() == CLEAR else typed, today)
        except UserError as wrong:
            for problem in wrong.problems:
                warn(f"  {problem.message}: {problem.remedy}" if problem.remedy else f"  {problem.message}")
            before = "" if typed == before else before
