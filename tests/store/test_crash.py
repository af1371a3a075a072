"""A process that dies around a commit leaves all of an event or nothing of it; of two that decide at once, one loses and knows."""

import subprocess
import sys
from pathlib import Path

import pytest

from concerted.campaign.change import Change
from concerted.planning import lifecycle
from concerted.store.store import Store

NOW = "2027-03-01T09:00:00"

DIE = """
import os, sys
from pathlib import Path
from sqlalchemy import Engine, event
from concerted.campaign.change import Change
from concerted.planning import lifecycle
from concerted.store.store import Store

store = Store.open(Path(sys.argv[1]))
if sys.argv[2] == "before":
    event.listen(Engine, "commit", lambda _connection: os._exit(9))
store.append(lifecycle.open_change(Change("C2", "two", "Mara", "2027-03-01T09:00:01")))
os._exit(9)
"""

RACE = """
import sys
from pathlib import Path
from concerted.campaign.event import Event, Put
from concerted.store.moved import Moved
from concerted.store.store import Store

store = Store.open(Path(sys.argv[1]))
won = 0
for step in range(40):
    state = store.load()
    puts = (Put("owned", f"a#h{state.head}", sys.argv[2]), Put("excluded", "a", sys.argv[2]))
    try:
        store.append(Event("owned", "now", sys.argv[2], "", puts, head=state.head))
        won += 1
    except Moved:
        pass
print(won)
"""


@pytest.mark.parametrize(("moment", "changes"), [("before", ["C1"]), ("after", ["C1", "C2"])])
def test_a_process_that_dies_around_the_commit_leaves_all_or_nothing(tmp_path: Path, moment: str, changes: list[str]) -> None:
    file = tmp_path / "store.db"
    with Store.open(file) as store:
        store.append(lifecycle.open_change(Change("C1", "one", "Mara", NOW)))
        died = subprocess.run([sys.executable, "-c", DIE, str(file), moment], capture_output=True, text=True, check=False)
        assert (died.returncode, died.stderr) == (9, "")
        assert list(store.load().changes) == changes
        assert store.load() == store.rebuild()


def test_two_processes_never_both_win_one_head(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    with Store.open(file) as store:
        command = [sys.executable, "-c", RACE, str(file)]
        racers = [subprocess.Popen([*command, name], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for name in ("Mara", "Ben")]
        ended = [racer.communicate() for racer in racers]
        assert [err for _, err in ended] == ["", ""]
        won = sum(int(out) for out, _ in ended)
        state = store.load()
        assert won == state.head == len(state.main.owned) == store.seq()
        assert state == store.rebuild()
