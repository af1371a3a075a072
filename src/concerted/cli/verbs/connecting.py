"""Assistants and their proposals: the MCP server, and what a person makes of what was proposed."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from concerted.cli.caller import Caller
from concerted.cli.verb import verb
from concerted.errors import UserError

if TYPE_CHECKING:
    from concerted.conductor.session import Session


@verb("concerted mcp --tools", "concerted mcp --tools --json")
@click.option("--tools", is_flag=True, help="List the tools and leave.")
def mcp(caller: Caller, tools: bool) -> None:
    """Serve the campaign to an assistant over MCP, on stdio.

    It can read, plan, explain, judge and propose; nothing is approved, decided, landed or released by it. A client starts it as
    `concerted -C FOLDER mcp`; docs/mcp.md has the settings.
    """
    from concerted.bootstrap import open_session
    from concerted.cli.pages.connecting import tools_page

    try:
        from concerted.mcp.server import make_server, tool_rows
    except ImportError as missing:
        raise UserError("The MCP server is not part of this installation.", next="pip install 'concerted[mcp]'") from missing

    @contextmanager
    def sitting() -> Generator[Session]:
        session = open_session(caller.folder, today=caller.today, by=caller.by)
        try:
            yield session
        finally:
            getattr(session.keeper, "close", lambda: None)()

    with sitting():
        server = make_server(sitting)
    if tools:
        import asyncio

        rows = asyncio.run(tool_rows(server))
        caller.answer({"tools": rows}, tools_page)
        return
    server.run("stdio")


@verb("concerted proposals", "concerted proposals --json", asks=True)
@click.option("--take", "taken", metavar="P", default="", help="Make this proposal your own edit: the plan is shown, then the usual way.")
@click.option("--decline", "declined", metavar="P", default="", help="Put this proposal aside.")
def proposals(caller: Caller, taken: str, declined: str) -> None:
    """List what assistants proposed; take it up or decline it.

    A proposal changes nothing until you take it up; its words then are yours.
    """
    from concerted.cli.pages.connecting import proposals_page, taken_page
    from concerted.conductor import proposals as held

    if taken and declined:
        raise click.UsageError("Either --take or --decline, not both.")
    with caller.session("drafting" if taken else "") as session:
        answer = held.decline(session, declined) if declined else held.list_proposals(session)
        report = held.take(session, taken, caller.confirm) if taken else answer
    caller.answer(report, taken_page if taken else proposals_page)
