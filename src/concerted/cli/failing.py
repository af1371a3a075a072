"""How a command ends: errors to exit codes and sentences, on the screen or as JSON. Bad input never gives a traceback."""

from __future__ import annotations

import os
import platform
import shlex
import sys
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import click

from concerted import __version__
from concerted.cli.pasting import HERE, OR, pasteable, pasteable_report, ways
from concerted.cli.text import clean, together
from concerted.cli.verbs import VERBS
from concerted.errors import ConcertedError, Problem, Reason, Unavailable

Report: TypeAlias = dict[str, Any]
BUG, USAGE, INTERRUPTED, REFUSED = 3, 2, 130, 4
DEBUG = "CONCERTED_DEBUG"


@dataclass
class Stand:
    """One command line, and the folder that it named once it was understood: where those stand who paste what they are told."""

    line: Sequence[str]
    folder: Path = HERE

    @property
    def as_json(self) -> bool:
        """Tell whether a document is wanted."""
        return "--json" in self.line


def guarded(run: Callable[[], Any], stand: Stand) -> int:
    """Run a command line; give its exit code after having told what went wrong."""
    try:
        _readable(stand.line)
        code = run()
    except (click.Abort, KeyboardInterrupt):
        _talk(pasteable("Stopped. What was finished is kept; concerted run goes on from there.", stand.folder))
        return INTERRUPTED
    except click.ClickException as wrong:
        return _tell_usage(wrong, stand)
    except ConcertedError as error:
        return _tell(error, stand)
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        return _tell(Unavailable(f"The system does not let us: {error.strerror or error}{place}."), stand)
    except Exception as bug:  # noqa: BLE001  # the last door: everything unforeseen becomes a report, never a traceback
        return _tell_bug(bug, stand.as_json, stand.line)
    return code if isinstance(code, int) else 0


def _readable(line: Sequence[str]) -> None:
    for part in line:
        try:
            part.encode()
        except UnicodeEncodeError as error:
            raise click.UsageError("The command line holds bytes that are not UTF-8 text.") from error


def _talk(*lines: str) -> None:
    for line in lines:
        click.echo(clean(line), err=True)


def _talk_ways(next: str, lead: str) -> None:
    """Say what to do, and on lines of their own what else would do: each can be copied."""
    first, *others = ways(next)
    _talk(f"{lead}{first}", *(f"{OR:>{len(lead)}}{other}" for other in others))


def _document(document: Report) -> None:
    from concerted.cli.sheet import write_json

    write_json(document)


def _tell_usage(wrong: click.ClickException, stand: Stand) -> int:
    context = wrong.ctx if isinstance(wrong, click.UsageError) else None
    help_line = f"{context.command_path} --help" if context else "concerted --help"
    message = pasteable(wrong.format_message(), stand.folder)
    if stand.as_json:
        _document({"error": as_document(message, next=help_line)})
    _talk(message, f"Next: {help_line}")
    return USAGE


def as_document(message: str, problems: Iterable[Problem] = (), reasons: Iterable[Reason] = (), next: str = "") -> Report:
    """Spell an error for `--json`."""
    return {
        "message": message,
        "problems": [
            {"file": p.file, "line": p.line, "column": p.column, "cell": p.cell, "ref": p.ref, "message": p.message, "remedy": p.remedy}
            for p in problems
        ],
        "reasons": refusals(reasons),
        "next": next,
    }


def refusals(reasons: Iterable[Reason]) -> list[Report]:
    """Spell what stands in the way, item by item."""
    return [{"id": r.id, "rule": r.rule, "why": r.why, "next": r.next} for r in reasons]


def _tell(error: ConcertedError, stand: Stand) -> int:
    shown: Report | None = getattr(error, "report", None)
    confirmable = shown is not None and "--yes" not in stand.line
    next = shlex.join(["concerted", *stand.line, "--yes"]) if confirmable else pasteable(error.next, stand.folder)
    problems = [replace(problem, remedy=pasteable(problem.remedy, stand.folder)) for problem in error.problems]
    if stand.as_json:
        refused = {"refused": refusals(error.reasons)} if error.exit_code == REFUSED else {}
        told = pasteable_report({**(shown or {}), **refused, "error": as_document(error.message, problems, error.reasons)}, stand.folder)
        _document({**told, "error": {**told["error"], "next": next}})
    _talk(error.message)
    for problem in problems:
        _talk(f"  {problem}")
    for group in gathered(error.reasons):
        _tell_reasons(group, stand.folder)
    if next:
        _talk_ways(next, "Next: ")
    return error.exit_code


def gathered(reasons: Iterable[Reason]) -> list[list[Reason]]:
    """Put reasons together that say the same about different assets."""
    groups: dict[tuple[str, str, str], list[Reason]] = {}
    for reason in reasons:
        groups.setdefault((reason.rule, reason.why, reason.next.replace(reason.id or "\0", "")), []).append(reason)
    return list(groups.values())


def _tell_reasons(group: list[Reason], folder: Path) -> None:
    first = group[0]
    rule = f" ({first.rule})" if first.rule else ""
    if len(group) == 1:
        _talk(f"  {first.id}: {first.why}{rule}" if first.id else f"  {first.why}{rule}")
    else:
        _talk(f"  {len(group)} texts: {first.why}{rule}", *(f"    {reason.id}" for reason in group))
    if first.next:
        _talk_ways(pasteable(together(first.next, (reason.id for reason in group)), folder), "    next: ")


def _tell_bug(bug: Exception, as_json: bool, line: Sequence[str]) -> int:
    if os.environ.get(DEBUG):
        traceback.print_exception(bug)
    report = _report_of(bug, line)
    if as_json:
        _document({"error": {**as_document("This is a mistake in Concerted, not in what you typed."), "report": report}})
    _talk("This is a mistake in Concerted, not in what you typed. What was stored before stays as it was.")
    _talk("Please report it with these lines:", *(f"  {row}" for row in report))
    _talk(f"{DEBUG}=1 shows everything.")
    return BUG


def _report_of(bug: Exception, line: Sequence[str]) -> list[str]:
    """Give the lines to paste: versions, verb, error, and where in our own code; no texts of the campaign's files."""
    frames = [frame for frame in traceback.extract_tb(bug.__traceback__) if "concerted" in frame.filename]
    places = [f"{frame.filename.rpartition('concerted' + os.sep)[2]}:{frame.lineno} in {frame.name}" for frame in frames[-4:]]
    verb = next((part for part in line if part in VERBS), "none")
    said = " ".join(str(bug).split())[:200]
    system = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    return [f"concerted {__version__}, {system}, verb {verb}", f"{type(bug).__name__}: {said}", *places]


def leave(code: int) -> None:
    """End the running command with an exit code."""
    click.get_current_context().exit(code)


def warn(text: str) -> None:
    """Say something on stderr."""
    _talk(text)


def stdin_text() -> str:
    """Read a text that is piped in, without the line break at its end. Raises UsageError where it is not UTF-8."""
    try:
        return sys.stdin.read().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise click.UsageError("What comes in on stdin is not UTF-8 text.") from error
