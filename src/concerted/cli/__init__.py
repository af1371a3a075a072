"""The terminal door: arguments in, results on stdout, talk on stderr. Logic of the product must never live here."""

from __future__ import annotations

import click

from concerted import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="concerted")
def door() -> None:
    """Every asset, one strategy."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    door()
