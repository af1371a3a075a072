"""Asking the twelve questions on a terminal: forward, back, and all answers at the end. Each is kept at once, so that stopping loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from concerted.cli.failing import INTERRUPTED, leave, warn
from concerted.cli.sheet import Sheet, console
from concerted.cli.text import clean
from concerted.conductor.phrasing import Phrasing
from concerted.conductor.questions import Blank, blanks_of, questions_of, remarks_on, settled
from concerted.errors import UserError
from concerted.folder.answers import KEPT, Answers, keep_answers, kept_answers

CLEAR, AGAIN, SHOW = "-", "1", "="
BACK = frozenset({"<", "back", "zurück"})


def ask_all(folder: Path, data: Mapping[str, Any], spoken: Callable[[str], Phrasing], today: str) -> Answers:
    """Ask question by question, in the language that is chosen first, and show all answers at the end. Gives them."""
    asked = _Interview(folder, data, spoken, today)
    try:
        asked.walk()
        asked.review()
    except (click.Abort, KeyboardInterrupt):
        warn("")
        warn(asked.words.line("stopped", file=folder / KEPT))
        leave(INTERRUPTED)
    return Answers(asked.given)


class _Interview:
    """One go through the questions. Knows what is answered, and where one is."""

    def __init__(self, folder: Path, data: Mapping[str, Any], spoken: Callable[[str], Phrasing], today: str) -> None:
        self._sheet = Sheet(console(talk=True))
        self._folder, self._data, self._spoken, self._today = folder, data, spoken, today
        self.given: dict[str, str] = dict(kept_answers(folder))
        self._told: set[str] = set()
        self._shown = 0
        self._speak()

    def _speak(self) -> None:
        """Take the words of the language that was answered, and ask in them from now on."""
        self.words = self._spoken(self.given.get("language", ""))
        self._questions = questions_of(self._data, self.words)
        self._blanks = tuple(blanks_of(self._questions).values())
        self._of = {blank.name: question for question in self._questions for blank in question.blanks}

    def _opening(self) -> None:
        self._sheet.say(self.words.line("title"))
        self._sheet.say(self.words.line("how"))

    def walk(self) -> None:
        """Ask from where one was until the last question."""
        self._opening()
        at = self._where()
        while at < len(self._blanks):
            answered = self._answer(self._blanks[at])
            if not answered and at == 0:
                self._sheet.mute(self.words.line("first"), indent=2)
            at = max(0, at + (1 if answered else -1))

    def _where(self) -> int:
        """Find the first question that nobody has been asked yet; whoever was here before may say otherwise."""
        at = next((place for place, blank in enumerate(self._blanks) if blank.name not in self.given), len(self._blanks))
        if not self.given or at == len(self._blanks):
            return at
        self._sheet.gap()
        about = self._of[self._blanks[at].name].about
        self._sheet.say(self.words.line("resumed", count=at, total=len(self._blanks), about=about), style="bold")
        typed = self._typed("")
        return 0 if typed == AGAIN else len(self._blanks) if typed == SHOW else at

    def _answer(self, blank: Blank) -> bool:
        """Ask for one answer and keep it. Gives False where somebody wants to go back."""
        question = self._of[blank.name]
        if question.number != self._shown:
            self._shown = question.number
            self._sheet.head(f"{self.words.line('step', number=question.number, total=len(self._questions))}  {question.about}")
        text = self._ask(blank, self.given.get(blank.name, ""))
        if text is None:
            return False
        self.given[blank.name] = text
        keep_answers(self._folder, self.given)
        if blank.name == "language" and self._spoken(text).language != self.words.language:
            self._speak()
            self._sheet.gap()
            self._opening()
        self._remark()
        return True

    def _ask(self, blank: Blank, before: str) -> str | None:
        """Ask for one answer until it can stand or is left open; None where somebody wants to go back."""
        leaf = blank.leaf
        self._sheet.say(leaf.question, indent=2)
        self._sheet.mute(leaf.why, indent=2)
        known = f"   {self.words.line('known', who=leaf.who_knows)}" if leaf.who_knows else ""
        self._sheet.mute(self.words.line("example", good=leaf.good) + known, indent=2)
        while True:
            typed = self._typed(before)
            if typed.lower() in BACK:
                return None
            try:
                return settled(blank, "" if typed == CLEAR else typed, self._today, self.words)
            except UserError as wrong:
                for problem in wrong.problems:
                    warn(f"  {problem.message}: {problem.remedy}" if problem.remedy else f"  {problem.message}")
                before = "" if typed == before else before

    def _typed(self, before: str) -> str:
        shown = f"  [{clean(before)}] " if before else "  "
        return str(click.prompt(shown, default=before, show_default=False, prompt_suffix="> ", err=True)).strip()

    def _remark(self) -> None:
        """Say at once what answers state against each other, each time once."""
        for _name, said in remarks_on(self.given, self._today, self.words):
            if said not in self._told:
                self._told.add(said)
                self._sheet.say(said, indent=2, style="yellow")

    def review(self) -> None:
        """Show all answers until nobody wants to change one."""
        last = len(self._blanks)
        self._show()
        while typed := self._typed(""):
            number = last if typed.lower() in BACK else int(typed) if typed.isdecimal() else 0
            if 1 <= number <= last:
                self._answer(self._blanks[number - 1])
                self._show()
            else:
                warn(f"  {self.words.line('no-number', typed=clean(typed), last=last)}")
        left = sum(not self.given.get(blank.name) for blank in self._blanks)
        self._sheet.gap()
        self._sheet.say(self.words.line("left", count=left) if left else self.words.line("done"))

    def _show(self) -> None:
        self._shown = 0
        self._sheet.head(self.words.line("review"))
        self._sheet.rows((str(number), self.words.label(blank.name), self._said(blank)) for number, blank in enumerate(self._blanks, 1))
        for _name, said in remarks_on(self.given, self._today, self.words):
            self._sheet.say(said, indent=2, style="yellow")
        self._sheet.gap()
        self._sheet.say(self.words.line("end"), indent=2)

    def _said(self, blank: Blank) -> str:
        text = self.given.get(blank.name, "")
        if not text:
            return f"({self.words.line('open')})"
        return f"{self.words.day(text)}, {text[11:]}" if blank.leaf.form == "date" else text
