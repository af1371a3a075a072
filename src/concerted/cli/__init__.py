"""The terminal door: arguments in, results on stdout, talk on stderr. Logic of the product must never live here."""

from __future__ import annotations

from concerted.cli.door import door


def main() -> None:
    """Run the command line and leave with its exit code."""
    door()
