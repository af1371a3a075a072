"""The door itself: flags on both sides of a verb, exit codes, what goes where, and that it opens quickly."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from concerted.cli.door import door
from concerted.cli.verbs import VERBS
from tests.cli.terminal import EXAMPLE, SHOPS, Terminal, X

CONCERTED = [sys.executable, "-m", "concerted"]


def _program(*words: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    return subprocess.run(
        [*CONCERTED, *words], cwd=cwd, capture_output=True, text=True, check=False, env={**environment, **more}, stdin=subprocess.DEVNULL
    )


def test_concerted_alone_shows_where_to_begin() -> None:
    told = CliRunner().invoke(door, [])
    assert told.exit_code == 0
    assert "concerted init my-campaign --playbook product-launch" in told.stdout
    assert len(told.stdout.splitlines()) < 15


def test_help_lists_every_verb_with_one_line() -> None:
    told = CliRunner().invoke(door, ["--help"], env={"COLUMNS": "80"})
    lines = [line.strip() for line in told.stdout.splitlines()]
    for verb in VERBS:
        (line,) = [line for line in lines if line.startswith(f"{verb} ")]
        assert line.endswith("."), line


def test_a_mistyped_verb_is_exit_2_with_what_was_meant() -> None:
    told = CliRunner().invoke(door, ["aprove"])
    assert told.exit_code == 2
    assert "approve" in told.stderr


def test_global_flags_stand_before_or_after_the_verb(drafted: Terminal) -> None:
    before = CliRunner().invoke(door, ["-C", str(drafted.folder), "--json", "--today", drafted.today, "status"])
    after = CliRunner().invoke(door, ["status", "-C", str(drafted.folder), "--today", drafted.today, "--json"])
    assert before.exit_code == after.exit_code == 0
    assert json.loads(before.stdout) == json.loads(after.stdout)


def test_a_day_that_is_none_is_exit_2(fresh: Terminal) -> None:
    told = fresh.type("--today", "tomorrow", "plan")
    assert told.code == 2
    assert "2027-03-09" in told.err


@pytest.mark.parametrize("words", [("status", "--json"), ("--json", "status")])
def test_an_error_with_json_is_one_document_with_what_to_do_next(fresh: Terminal, words: tuple[str, ...]) -> None:
    told = fresh.type(*words)
    assert told.code == 5
    assert set(told.json["error"]) == {"message", "problems", "reasons", "next"}
    assert told.json["error"]["next"] == "concerted run"


def test_a_usage_mistake_with_json_is_a_document_too(fresh: Terminal) -> None:
    told = fresh.type("edit", "--json")
    assert told.code == 2
    assert "ID" in told.json["error"]["message"]
    assert told.json["error"]["next"] == "concerted edit --help"


def test_a_folder_without_a_campaign_is_exit_5_and_stays_empty(tmp_path: Path) -> None:
    told = Terminal(tmp_path).type("run")
    assert told.code == 5
    assert "concerted init" in told.err
    assert list(tmp_path.iterdir()) == []


def test_without_a_name_nobody_acts(drafted: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(_folder: str) -> str:
        return ""

    monkeypatch.setattr("concerted.bootstrap.git_name", nobody)
    told = CliRunner().invoke(door, ["-C", str(drafted.folder), "--today", drafted.today, "approve", "--all"])
    assert told.exit_code == 2
    assert "--by" in told.stderr


def test_a_mistake_of_ours_is_exit_3_with_a_report_and_no_traceback(drafted: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_args: object) -> None:
        raise RuntimeError("the floor gave way")

    monkeypatch.setattr("concerted.conductor.reading.status", fall)
    told = drafted.type("status", "--json")
    assert told.code == 3
    assert "Traceback" not in told.err
    report = told.json["error"]["report"]
    assert "verb status" in report[0]
    assert "RuntimeError: the floor gave way" in report[1]
    assert str(drafted.folder) not in told.err


def test_debugging_shows_the_traceback(drafted: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_args: object) -> None:
        raise RuntimeError("the floor gave way")

    monkeypatch.setattr("concerted.conductor.reading.status", fall)
    line = ["-C", str(drafted.folder), "--today", drafted.today, "status"]
    assert "Traceback" in CliRunner().invoke(door, line, env={"CONCERTED_DEBUG": "1"}).stderr


def test_a_system_that_refuses_is_exit_6(drafted: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device", "/somewhere")

    monkeypatch.setattr("concerted.conductor.reading.status", full)
    told = drafted.type("status")
    assert told.code == 6
    assert "No space left" in told.err


def test_the_door_wakes_neither_engine_nor_database_nor_models() -> None:
    program = "import sys, concerted.cli; print(*sys.modules)"
    woken = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert [name for name in woken if name.partition(".")[0] in ("dbos", "alembic", "sqlalchemy", "rich", "pydantic", "yaml", "jinja2")] == []


def _woken_by(*lines: list[str]) -> list[str]:
    """Run command lines in one new process; name the modules that are loaded afterwards."""
    program = (
        "import sys\nfrom concerted.cli import main\n"
        f"for line in {list(lines)!r}:\n    sys.argv = ['concerted', *line]\n    try:\n        main()\n    except SystemExit as left:\n"
        "        assert left.code == 0, line\nprint('MODULES', *sys.modules)"
    )
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.partition("MODULES")[2].split()


def test_what_a_command_has_loaded_goes_with_its_process_instead_of_being_searched_for_garbage() -> None:
    """Searching took a fifth of a short look; what is frozen is left out of the search at the end."""
    program = (
        "import gc, sys\nfrom concerted.cli import main\nsys.argv = ['concerted', '--version']\ntry:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(gc.get_freeze_count() > 10_000, gc.isenabled())"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.splitlines()
    assert told[-1] == "True True"


def test_help_wakes_nothing_heavy() -> None:
    woken = _woken_by(["--version"], ["--help"], *([verb, "--help"] for verb in VERBS))
    heavy = ("dbos", "alembic", "sqlalchemy", "rich", "pydantic", "yaml", "jinja2", "babel")
    assert [name for name in woken if name.partition(".")[0] in heavy] == []


NEVER = ("dbos", "sqlalchemy", "alembic", "openpyxl", "docx", "pypdf", "icalendar", "httpx2", "genai_prices", "pydantic_ai")
"""Libraries that no verb that only looks has work for."""
ROOMS = ("concerted.durable", "concerted.llm", "concerted.exporters", "concerted.review", "concerted.brief", "concerted.mail")
PLANS = ("concerted.planning.build", "concerted.conductor.changing", "concerted.conductor.assembly", "concerted.workers", "concerted.catalog")
FILES = ("concerted.folder", "holidays", "jinja2", "babel", "asyncio")
LOOKS = (
    "concerted.folder",
    "concerted.conductor.changing",
    "concerted.conductor.viewing",
    "concerted.guard.judge",
    "holidays.countries",
    "jinja2",
    "babel",
    "asyncio",
)
"""What a look at how texts stand that are up to date has no work for."""
ASLEEP = {
    "judge-text": (*NEVER, *ROOMS, *PLANS, *FILES, "concerted.store.writing"),
    "status": (*NEVER, *ROOMS, *LOOKS, "concerted.store.writing"),
}
"""Verb -> what it must not load: in what a verb imports, and nowhere else, it becomes slow again."""


def _among(woken: list[str], names: tuple[str, ...]) -> list[str]:
    return [name for name in woken if any(name == asleep or name.startswith(f"{asleep}.") for asleep in names)]


@pytest.mark.parametrize(("verb", "text"), [("judge-text", ["Everybody is ready at six for $12, guaranteed."]), ("status", [])], ids=ASLEEP)
def test_a_verb_that_is_asked_in_between_loads_only_what_it_needs(drafted: Terminal, verb: str, text: list[str]) -> None:
    line = ["-C", str(drafted.folder), "--today", drafted.today, verb, *text]
    woken = _woken_by(line, [*line, "--json"])
    assert "concerted.store.reading" in woken
    assert _among(woken, ASLEEP[verb]) == []


def test_verbs_that_read_wake_neither_engine_nor_models_nor_exporters_nor_what_writes(drafted: Terminal) -> None:
    reading = (["status"], ["history"], ["show", SHOPS], ["why", X], ["diff", X], ["changes"], ["decide"], ["check"], ["plan"])
    woken = _woken_by(*(["-C", str(drafted.folder), "--today", drafted.today, *words] for words in reading))
    heavy = ("dbos", "alembic", "sqlalchemy", "concerted.durable", "concerted.llm", "concerted.exporters", "concerted.store.writing")
    assert _among(woken, heavy) == []


def test_the_installed_program_answers_in_a_pipe_without_colours(drafted: Terminal) -> None:
    told = _program("--today", drafted.today, "status", cwd=drafted.folder)
    assert told.returncode == 0
    assert "\x1b" not in told.stdout
    assert all(line == line.rstrip() for line in told.stdout.splitlines())


def test_ids_and_commands_are_never_cut_at_80_columns(changed: Terminal) -> None:
    ids = [row["id"] for row in changed.report("status")["assets"]]
    status = changed.type("status").out
    assert [asset for asset in ids if asset not in status] == []
    told = changed.type("decide").out
    commands = [line.strip() for line in told.splitlines() if line.strip().startswith("concerted decide")]
    assert commands
    assert all("=" in line and "--by" in line for line in commands)
    assert max(len(line) for line in told.splitlines() if "concerted" not in line) <= 80


def test_a_reader_who_stops_listening_is_no_mistake(drafted: Terminal) -> None:
    line = [*CONCERTED, "--today", drafted.today, "--json", "history"]
    program = subprocess.Popen(line, cwd=drafted.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert program.stdout
    assert program.stderr
    program.stdout.close()
    said = program.stderr.read().decode()
    program.stderr.close()
    assert program.wait(30) == 0
    assert said == ""


def test_ctrl_c_is_exit_130_and_says_that_nothing_is_lost(tmp_path: Path) -> None:
    at = Terminal(EXAMPLE).copy(tmp_path / "small-hours")
    shutil.rmtree(at.folder / ".concerted", ignore_errors=True)  # somebody may have looked at the example where it lies
    line = [*CONCERTED, "--today", at.today, "--by", at.by, "run"]
    program = subprocess.Popen(line, cwd=at.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=_hears_ctrl_c)
    _wait_for(at.folder / ".concerted")
    program.send_signal(signal.SIGINT)
    _out, said = program.communicate(timeout=60)
    assert program.returncode == 130
    assert "Traceback" not in said
    assert at.type("run").code == 0


def _hears_ctrl_c() -> None:
    """A shell starts what it runs in the background deaf to Ctrl-C; so would be the program under test."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _wait_for(path: Path) -> None:
    for _ in range(600):
        if path.exists():
            return
        time.sleep(0.05)
    raise AssertionError(f"{path} never came")


def test_bytes_that_are_no_text_are_exit_2(drafted: Terminal) -> None:
    told = drafted.type("edit", X, "--field", "text", "--text", "caf\udce9")
    assert told.code == 2
    assert "UTF-8" in told.err
