"""Somebody at the terminal of a campaign folder: what they type, and what they are told."""

import json
import shlex
import shutil
from contextlib import chdir
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from concerted.cli.door import door

EXAMPLE = Path(__file__).parents[2] / "examples" / "small-hours"
TODAY = "2026-12-01"
PRIYA, DANA, JO, NOOR = "Priya Raman", "Dana Marsh", "Jo Adeyemi", "Noor Haddad"
"""Who signs for copy, who for claims and prices, the founder, and a copywriter who signs for nothing."""

HOUSE, SHOPS, HAMBURG = "messaging-house.-.-.-.-", "landing-page.web.shops.us.-", "landing-page.web.hamburg.de.-"
REMINDER, X, PRESS = "launch-email.email.shops.us.reminder", "x-post.x.-.us.-", "press-release.press.-.us.-"
PROMISE = "positioning.promise=Hand in your delivery bike tonight and it is earning again tomorrow morning."
PRICE = "offers.first.price.us=$25"


@dataclass(frozen=True)
class Told:
    """What a command left on the screen, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The one document on stdout."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Terminal:
    """One folder, one day, one person."""

    folder: Path
    today: str = TODAY
    by: str = PRIYA

    def type(self, *words: str, by: str = "", typed_in: str | None = None) -> Told:
        """Run one command line here, standing in the folder, or beside it where it is still to be made. Nobody can be asked."""
        there = self.folder.is_dir()
        line = [*(() if there else ("-C", str(self.folder))), "--today", self.today, "--by", by or self.by, *words]
        with chdir(self.folder if there else self.folder.parent):
            found = CliRunner().invoke(door, line, input=typed_in, env={"COLUMNS": "80", "CONCERTED_DEBUG": ""})
        return Told(found.exit_code, found.stdout, found.stderr)

    def shell(self, line: str) -> Told:
        """Run an example as it stands in the help: `concerted ...`, at most with a `printf` piped into it, or a file."""
        text, _, command = line.rpartition(" | ")
        words = shlex.split(command)
        assert words[0] == "concerted"
        typed_in = shlex.split(text)[1] if text else None
        if "<" in words:
            typed_in = (self.folder / words.pop()).read_text()
            words.pop()
        return self.type(*words[1:], typed_in=typed_in)

    def report(self, *words: str, by: str = "") -> dict[str, Any]:
        """Run a command with --json; give its document."""
        told = self.type(*words, "--json", by=by)
        assert told.out.startswith("{"), told.err
        return told.json

    def copy(self, to: Path) -> "Terminal":
        """Go on in a copy of the folder."""
        shutil.copytree(self.folder, to)
        return replace(self, folder=to)

    def key(self, kind: str = "", who: str = "") -> str:
        """Give the key of the first open decision of a kind, or of a person."""
        rows = self.report("decide")["decisions"]
        return next(row["key"] for row in rows if kind in ("", row["kind"]) and who in ("", row["who"]))

    @property
    def file(self) -> Path:
        """The campaign file."""
        return self.folder / "campaign.yaml"
