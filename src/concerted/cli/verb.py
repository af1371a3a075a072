"""What every verb has in common: flags that may stand before or after it, help with examples, and the caller who typed it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import click

from concerted.cli.caller import Caller
from concerted.cli.failing import Stand
from concerted.cli.pasting import HERE
from concerted.cli.text import count

Body: TypeAlias = Callable[..., None]
Wrapped = TypeVar("Wrapped", bound=Callable[..., Any])
EVERYWHERE = ("folder", "as_json", "today", "by", "yes")


def everywhere(*, asks: bool) -> list[click.Parameter]:
    """Make the flags that every verb takes, on either side of it; `--yes` only where something is asked."""
    folder = click.Path(path_type=Path)
    flags: list[click.Parameter] = [
        click.Option(["-C", "folder"], type=folder, metavar="DIR", help="The campaign's folder; here if not given."),
        click.Option(["--json", "as_json"], is_flag=True, help="Print one JSON document on stdout."),
        click.Option(["--today"], metavar="DATE", help="Act as on this day, such as 2027-03-09."),
        click.Option(["--by"], metavar="NAME", help="Who acts; git's user.name if not given. Stated, not verified."),
    ]
    if asks:
        flags.append(click.Option(["--yes"], is_flag=True, help="Do what the plan shows without asking; questions take their safe default."))
    return flags


class Verb(click.Command):
    """One verb: its own options first in the help, then the ones it shares, then examples that run as they stand."""

    def __init__(self, *, examples: tuple[str, ...] = (), asks: bool = False, **settings: Any) -> None:
        super().__init__(**settings)
        self.examples = examples
        self.shared = everywhere(asks=asks)
        self.params.extend(self.shared)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the verb's own options, then the shared ones."""
        for heading, params in (("Options", [p for p in self.get_params(ctx) if p not in self.shared]), ("Everywhere", self.shared)):
            options = [param for param in params if isinstance(param, click.Option)]
            records = [record for param in options if (record := param.get_help_record(ctx)) is not None]
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's signature
        """Write the examples, unwrapped, so that they can be copied."""
        if self.examples:
            formatter.write("\nExamples:\n" + "".join(f"  {line}\n" for line in self.examples))

    def invoke(self, ctx: click.Context) -> Any:
        """Hand the verb its caller in place of the shared flags; a reader that stops listening is no mistake."""
        own = {name: ctx.params.pop(name, None) for name in EVERYWHERE}
        outer = ctx.find_root().params
        given = {name: own[name] or outer.get(name) for name in EVERYWHERE}
        folder = Path(given["folder"] or HERE)
        if isinstance(ctx.obj, Stand):
            ctx.obj.folder = folder
        ctx.params["caller"] = Caller(
            folder, bool(given["as_json"]), str(given["today"] or ""), str(given["by"] or ""), bool(given["yes"])
        )  # fmt: skip
        try:
            answer = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        return answer


def verb(*examples: str, asks: bool = False) -> Callable[[Body], Verb]:
    """Make a function a verb. Its name is the verb's, its docstring the help; it is given the caller and its own options."""

    def make(body: Body) -> Verb:
        return click.command(body.__name__.replace("_", "-"), cls=Verb, examples=examples, asks=asks)(body)

    return make


def on_change(body: Wrapped) -> Wrapped:
    """Add `--change C`: look at an open Change instead of the campaign as it stands."""
    return click.option("--change", "on", metavar="C", default="", help="Look at this open Change instead of the campaign as it stands.")(body)


def seen_draft(body: Wrapped) -> Wrapped:
    """Add `--seen DRAFT`: the draft that was read before acting."""
    return click.option("--seen", metavar="DRAFT", default="", help="The draft that you read: what has moved since is not overlooked.")(body)


def assets(minimum: int = 1) -> Callable[[Wrapped], Wrapped]:
    """Add the asset ids that a verb is about."""
    return click.argument("assets", nargs=-1, required=minimum > 0, metavar="ID...")


def not_empty(values: tuple[str, ...], flag: str) -> tuple[str, ...]:
    """Refuse an empty value of a repeated flag. Raises UsageError."""
    if any(not value.strip() for value in values):
        raise click.UsageError(f"{flag} is given {count(sum(not value.strip() for value in values), 'time')} without a value.")
    return values
