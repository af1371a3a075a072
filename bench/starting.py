"""How long a command takes from the shell: processor time of a new process, beside one that only starts Python and reads the campaign file.

python -m bench.starting [TIMES]

Modules are compiled once, before the clock runs, as they are for whoever has installed the program. The least of several runs is what the work
itself takes: on a busy machine the others wait for memory.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

EXAMPLES = ("small-hours", "listening-post")
DAY = ("--today", "2027-03-21", "--by", "bench")
ASKED = "A repaired bike for 12 dollars by tomorrow, guaranteed."
VERBS = (("--help",), ("judge-text", ASKED), ("status",), ("status", "--json"), ("why",), ("show",), ("plan",), ("history",), ("check",))
OF_ONE_ASSET = ("why", "show")
TIMES = 7


def main(times: int = TIMES) -> None:
    """Print a table for each example, drafted once by the house writer."""
    with tempfile.TemporaryDirectory() as at:
        for name in EXAMPLES:
            folder = Path(at) / name
            shutil.copytree(Path("examples") / name, folder, ignore=shutil.ignore_patterns(".concerted"))
            _seconds(folder, _concerted("run"), 1)
            asset = _an_asset(folder)
            bare = _seconds(folder, (sys.executable, "-c", "open('campaign.yaml').read()"), times)
            print(f"\n{name}: Python itself and reading the file {1000 * bare:.0f} ms CPU, least of {times}\n")
            print("| Command | CPU | Times Python itself |\n|---|--:|--:|")
            for words in VERBS:
                took = _seconds(folder, _concerted(*words, *((asset,) if words[0] in OF_ONE_ASSET else ())), times)
                said = " ".join("'...'" if word == ASKED else word for word in (*words, *(("ID",) if words[0] in OF_ONE_ASSET else ())))
                print(f"| `concerted {said}` | {took:.2f} s | {took / bare:.0f} |")


def _an_asset(folder: Path) -> str:
    said = subprocess.run(_concerted("status", "--json"), cwd=folder, env=_environment(folder), capture_output=True, check=True).stdout
    return json.loads(said)["assets"][0]["id"]


def _environment(folder: Path) -> dict[str, str]:
    """Give an environment in which Python keeps what it has compiled, beside the copies of the examples."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder.parent / "compiled")}


def _concerted(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "concerted", *(() if words == ("--help",) else DAY), *words)


def _seconds(folder: Path, command: Sequence[str], times: int) -> float:
    """Give the least processor time of new processes, in seconds; a first one compiles."""
    took: list[float] = []
    for _ in range(times + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=folder, env=_environment(folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(took[1:])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES)
