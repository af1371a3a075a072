"""Commands as they can be pasted where the person stands: each that is printed names the folder that was named with `-C`.

The one place that does so. Words of a campaign never come here: a “concerted plan” in a text stays what it is.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from concerted.cli.verbs import VERBS

HERE = Path()
OR = "or: "
COMMANDS = frozenset({"next", "command"})
"""The keys of a report that hold commands."""
_COMMAND = re.compile(rf"\bconcerted (?=(?:{'|'.join(sorted(VERBS, key=len, reverse=True))})(?![\w-]))")


def ways(text: str) -> list[str]:
    """Take a command and what else would do apart; a sentence that begins otherwise stays whole."""
    return text.split(", or ") if text.startswith("concerted ") else [text]


def pasteable(text: str, folder: Path) -> str:
    """Name the folder in every command of a sentence; a sentence without a command stays as it is."""
    return text if folder == HERE else _COMMAND.sub(lambda _found: f"concerted -C {shlex.quote(str(folder))} ", text)


def pasteable_report(report: Any, folder: Path) -> Any:
    """Name the folder in every command of a report for `--json`."""
    if folder == HERE:
        return report
    if isinstance(report, Mapping):
        rows = cast("Mapping[str, Any]", report).items()
        return {key: pasteable(row, folder) if key in COMMANDS and isinstance(row, str) else pasteable_report(row, folder) for key, row in rows}
    if isinstance(report, Sequence) and not isinstance(report, str | bytes):
        return [pasteable_report(row, folder) for row in cast("Sequence[Any]", report)]
    return report
