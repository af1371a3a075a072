"""The manual's page on the command line, as Markdown, from the commands themselves. Only `make docs` and its test read this."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable

import click

from concerted.cli.door import door
from concerted.cli.verb import Verb, everywhere
from concerted.cli.verbs import SECTIONS

_PREFACE = """# Commands

Made by `make docs` from the commands themselves; change them, not this page. `concerted VERB --help` says the same at the terminal.

Results go to stdout, talk goes to stderr. With `--json` stdout holds exactly one JSON document.

| Exit code | Means |
|---|---|
| 0 | done; also when something is held, which the result says |
| 1 | `verify` or `check --strict` found something |
| 2 | the input is wrong: every mistake at once, with its line and what to do |
| 3 | a mistake in Concerted, with a report to paste |
| 4 | the rules refuse it, or a question is not answered; nothing was written |
| 5 | not found |
| 6 | a model or a database is away, or a draft failed |
| 130 | interrupted |

Where a verb shows a plan and asks, `--yes` goes on. Without a terminal and without `--yes` it prints the plan, writes nothing and leaves with 4.
With `--json` it never asks.

These options stand before or after every verb:
"""


def commands_page() -> str:
    """Write the page."""
    parts = [_PREFACE + "\n" + _options(everywhere(asks=True))]
    context = click.Context(door, info_name="concerted")
    for heading, verbs in SECTIONS.items():
        parts.append(f"## {heading}\n")
        for name in verbs:
            command = door.get_command(context, name)
            if isinstance(command, Verb):
                parts.append(_verb(command))
    return "\n".join(parts)


def _verb(command: Verb) -> str:
    usage = " ".join((f"concerted {command.name}", *_needed(command)))
    text = inspect.cleandoc(command.help or "")
    own = [param for param in command.params if isinstance(param, click.Option) and param not in command.shared]
    parts = [f"### `{usage}`\n", re.sub(r"(?<!\n)\n(?!\n)", " ", text) + "\n"]
    if any(param.name == "yes" for param in command.shared):
        parts.append("It asks; `--yes` answers.\n")
    if own:
        parts.append(_options(own))
    parts.append("```sh\n" + "\n".join(command.examples) + "\n```\n")
    return "\n".join(parts)


def _needed(command: click.Command) -> Iterable[str]:
    """Spell arguments, and options that a verb cannot do without."""
    for param in command.params:
        if isinstance(param, click.Argument) and param.metavar:
            yield param.metavar if param.required or param.metavar.startswith("[") else f"[{param.metavar}]"
        elif isinstance(param, click.Option) and param.required:
            yield f"{param.opts[0]} {param.metavar}"


def _options(params: Iterable[click.Parameter]) -> str:
    rows = ["| Option | |", "|---|---|"]
    for param in params:
        if isinstance(param, click.Option) and not param.hidden:
            said = f"{', '.join(param.opts)}{' ' + param.metavar if param.metavar and not param.is_flag else ''}"
            rows.append(f"| `{said}` | {(param.help or '').replace('|', chr(92) + '|')} |")
    return "\n".join(rows) + "\n"
