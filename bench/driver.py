"""`python -m bench.driver [N [FIRST]]`: ten thousand schedules of the seeded driver on the pure core, 60 operations each; about 80 minutes of CPU.

FIRST is the seed to begin with, so that a long run can be done in parts.
"""

import sys
import time

from tests.planning.schedules import run_driver

SCHEDULES, OPERATIONS, CHUNK = 10_000, 60, 100
FIRST = 100_000
"""Far from the seeds that the tests run."""


def main() -> None:
    """Run N schedules and print how often each thing happened. Stops at the first broken invariant with its seed and trail."""
    schedules = int(sys.argv[1]) if len(sys.argv) > 1 else SCHEDULES
    begin = int(sys.argv[2]) if len(sys.argv) > 2 else FIRST
    counts = run_driver((), OPERATIONS)
    for first in range(0, schedules, CHUNK):
        counts += run_driver(range(begin + first, begin + min(first + CHUNK, schedules)), OPERATIONS)
        print(f"{counts['schedules']} schedules, {counts['operations']} operations, {time.process_time():.0f} s CPU: nothing broke", flush=True)
    for name, count in sorted(counts.items()):
        print(f"{name:<24} {count:>9}")


if __name__ == "__main__":
    main()
