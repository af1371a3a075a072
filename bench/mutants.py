"""`python -m bench.mutants [N]`: breaks the engine in each way that the suite knows and counts the driver's schedules until something says so.

What no schedule notices has a scenario in the suite; the driver never has files, days of publication, or anything above the core.
"""

import subprocess
import sys

from tests.planning.mutants import MUTANTS

SCHEDULES = 200


def main() -> None:
    """Print a table: what goes wrong, after how many of N schedules it was noticed, by which invariant."""
    schedules = sys.argv[1] if len(sys.argv) > 1 else str(SCHEDULES)
    caught = 0
    for mutant in MUTANTS:
        ran = subprocess.run([sys.executable, "-m", "tests.planning.mutants", mutant.name, schedules], capture_output=True, text=True, check=False)
        if ran.returncode not in (0, 1):
            raise SystemExit(ran.stderr)
        said, _, broke = ran.stdout.partition(": ")
        caught += ran.returncode == 0
        after = said.rpartition(" ")[2].strip() if broke else "survived"
        print(f"{mutant.name:<90} {after:>9}  {broke.partition(':')[0]}", flush=True)
    print(f"{caught} of {len(MUTANTS)} caught within {schedules} schedules each")


if __name__ == "__main__":
    main()
