"""The group of all verbs: finds a verb's module when it is wanted, takes the flags that hold everywhere, leaves with the contract's exit code."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from concerted import __version__
from concerted.campaign.spelling import did_you_mean
from concerted.cli.failing import Stand, guarded
from concerted.cli.verb import everywhere
from concerted.cli.verbs import SECTIONS, VERBS

START = """\
Concerted keeps every text of a campaign true to one strategy.

  concerted demo                                         see it happen, narrated
  concerted init my-campaign --playbook product-launch   a campaign file to begin with
  concerted check                                        is the file complete and sound?
  concerted plan                                         what would be written, before anything is
  concerted run                                          write it
  concerted status                                       how every text stands, and what is next

concerted --help lists all verbs; concerted VERB --help shows examples.
"""


class Door(click.Group):
    """The `concerted` command."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Name all verbs in the order in which they are met."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        """Import the module of one verb."""
        if cmd_name not in VERBS:
            return None
        command: object = getattr(import_module(f"concerted.cli.verbs.{VERBS[cmd_name]}"), cmd_name.replace("-", "_"))
        return command if isinstance(command, click.Command) else None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the verb; a mistyped one is a UsageError with what was probably meant."""
        if args and args[0] not in VERBS:
            raise click.UsageError(f"There is no verb {args[0]}. {did_you_mean(args[0], VERBS).capitalize()}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs under their headings."""
        for heading, verbs in SECTIONS.items():
            found = [(name, command) for name in verbs if (command := self.get_command(ctx, name))]
            with formatter.section(heading):
                formatter.write_dl([(name, command.get_short_help_str(100)) for name, command in found])

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command line and leave with the contract's exit code."""
        given = extra.get("args", args[0] if args else None)
        line = [str(part) for part in (sys.argv[1:] if given is None else given)]
        stand = Stand(line)
        settings = {**extra, "standalone_mode": False, "prog_name": "concerted", "obj": stand}
        sys.exit(guarded(lambda: click.Group.main(self, *args, **settings), stand))


@click.group(cls=Door, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="concerted")
@click.pass_context
def door(ctx: click.Context, **_everywhere: object) -> None:
    """Every asset, one strategy: write, change and release a campaign whose texts all say the same."""
    if ctx.invoked_subcommand is None:
        click.echo(START, nl=False)


door.params.extend(everywhere(asks=True))
