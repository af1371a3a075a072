"""`python -m concerted` is the same door as the `concerted` command. Nothing else lives here."""

import sys

from concerted.cli import main

if __name__ == "__main__":
    sys.exit(main())
