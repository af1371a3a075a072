"""How the model inside Concerted does on a campaign: what of its words is taken, how long it takes, and the words themselves.

python -m bench.local                         # the small example, the workers whose texts are prose
python -m bench.local examples/small-hours email social
"""

import json
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from concerted.bootstrap import DATA, STORE, StoreKeeper, open_session
from concerted.campaign.call import Call
from concerted.campaign.line import State
from concerted.conductor.changing import run

USUAL = ("email", "social", "mobile", "web")
HOUSE, LOCAL = "house", "local"


def main(arguments: list[str]) -> None:
    """Run a copy of a campaign with some of its workers on the local model, and print what came of it as Markdown."""
    source = Path(arguments[0] if arguments else "examples/small-hours")
    workers = arguments[1:] or USUAL
    with tempfile.TemporaryDirectory() as at:
        folder = Path(at) / source.name
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns(DATA))
        (folder / "concerted.toml").write_text("[workers]\n" + "".join(f'{slug} = "{LOCAL}"\n' for slug in workers), encoding="utf-8")
        begun = time.monotonic()
        run(open_session(folder, by="bench"))
        report(StoreKeeper.open(folder / DATA / STORE), time.monotonic() - begun)


def report(keeper: StoreKeeper, seconds: float) -> None:
    """Print the tables and the words."""
    state, calls = keeper.load(), [call for call in keeper.calls() if call.purpose != "test"]
    tries = Counter(call.task for call in calls)
    print(f"{len(calls)} calls, {seconds:.0f} s\n\n| Worker | Field | Who wrote it | Calls of its group | Words |\n|---|---|---|--:|---|")
    for task, result in state.results.items():
        for name, words in result.fields.items():
            author = result.authors.get(name, result.author)
            print(f"| {task[:6]} | {name} | {author} | {tries[task]} | {json.dumps(words, ensure_ascii=False)} |")
    _totals(state, calls, tries)


def _totals(state: State, calls: list[Call], tries: Counter[str]) -> None:
    by = Counter[str]()
    for task, result in state.results.items():
        for name in result.fields:
            author = result.authors.get(name, result.author)
            by["house" if author == HOUSE else "at once" if tries[task] == 1 else "after repair"] += 1
    print(f"\n{dict(by)}")
    ended = dict(Counter(call.ended for call in calls))
    print(f"tokens in {sum(call.tokens_in for call in calls)}, out {sum(call.tokens_out for call in calls)}, ended {ended}")


if __name__ == "__main__":
    main(sys.argv[1:])
