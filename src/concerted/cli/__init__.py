"""The terminal door: arguments in, results on stdout, talk on stderr. Logic of the product must never live here."""

from __future__ import annotations

import gc

from concerted.cli.door import door

YOUNG = 200_000
"""So many objects are made before Python looks for garbage among them: what a verb imports stays, and most verbs are over sooner."""


def main() -> None:
    """Run the command line and leave with its exit code.

    What is there at the end goes with the process; looking through it for garbage once more would take a fifth of a short look's time.
    """
    gc.set_threshold(YOUNG)
    try:
        door()
    finally:
        gc.freeze()
