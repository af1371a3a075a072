"""Every asset, one strategy: the conductor for a marketing team's AI workers. From Python: `concerted.judge_text`.

Importing the package must stay free of side effects and of every other import.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from os import PathLike
    from typing import Any

__version__ = "0.1.0"


def judge_text(
    text: str, folder: str | PathLike[str] = ".", *, channel: str = "", market: str = "", audience: str = "", field: str = ""
) -> dict[str, Any]:
    """Hold any text against the strategy of the campaign in `folder`; gives what `concerted judge-text --json` prints. Writes nothing.

    `ok` is false where a finding would stop a release. `channel`, `market`, `audience` and `field` say where the text would run.
    Raises concerted.errors.NotFound for a place or folder that is not there, UserError for a campaign file that cannot be read.
    """
    from pathlib import Path

    from concerted.bootstrap import open_session
    from concerted.conductor.judging import judge_text as judge

    session = open_session(Path(folder))
    try:
        return judge(session, text, channel, market, audience, field)
    finally:
        getattr(session.keeper, "close", lambda: None)()
