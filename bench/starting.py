"""How long a command takes from the shell: processor time of a new process, beside one that only starts Python and reads the campaign file.

python -m bench.starting [TIMES]
"""

import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

EXAMPLES = ("small-hours", "listening-post")
DAY = ("--today", "2027-03-21", "--by", "bench")
ASKED = "A repaired bike for 12 dollars by tomorrow, guaranteed."
VERBS = (("--help",), ("judge-text", ASKED), ("status",), ("status", "--json"), ("history",), ("check",))
TIMES = 7


def main(times: int = TIMES) -> None:
    """Print a table for each example, drafted once by the house writer."""
    with tempfile.TemporaryDirectory() as at:
        for name in EXAMPLES:
            folder = Path(at) / name
            shutil.copytree(Path("examples") / name, folder, ignore=shutil.ignore_patterns(".concerted"))
            _seconds(folder, _concerted("run"), 1)
            bare = _seconds(folder, (sys.executable, "-c", "open('campaign.yaml').read()"), times)
            print(f"\n{name}: Python itself and reading the file {1000 * bare:.0f} ms CPU, median of {times}\n")
            print("| Command | CPU | Times Python itself |\n|---|--:|--:|")
            for words in VERBS:
                took = _seconds(folder, _concerted(*words), times)
                said = " ".join("'...'" if word == ASKED else word for word in words)
                print(f"| `concerted {said}` | {took:.2f} s | {took / bare:.0f} |")


def _concerted(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "concerted", *(() if words == ("--help",) else DAY), *words)


def _seconds(folder: Path, command: Sequence[str], times: int) -> float:
    """Give the median processor time of new processes, in seconds."""
    took: list[float] = []
    for _ in range(times):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return median(took)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES)
