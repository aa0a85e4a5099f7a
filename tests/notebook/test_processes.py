"""Several processes use a notebook at once, and one of them is killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal.line_format import RecordEdit
from tuireader.notebook.journal.lock import WriteLock
from tuireader.notebook.journal.recovery import open_journal
from tuireader.notebook.journal.tinydb_storage import JournalDB

WRITER = """
import sys
from pathlib import Path
from tuireader.notebook.journal.tinydb_storage import JournalDB

path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
with JournalDB(path) as database:
    print("ready", flush=True)
    sys.stdin.readline()
    table = database.table("notes")
    for number in range(count):
        table.insert({"key": f"{name}-{number}", "text": name * (number % 50 * 20)})
        print(f"{name}-{number}", flush=True)
"""

IN_TURN = """
import sys
from pathlib import Path
from tuireader.notebook.journal.tinydb_storage import JournalDB

with JournalDB(Path(sys.argv[1])) as database:
    table = database.table("notes")
    for line in sys.stdin:
        if line.strip():
            table.insert({"key": line.strip()})
        print(*(note["key"] for note in table), flush=True)
"""

HOLDER = """
import sys
from pathlib import Path
from tuireader.notebook.journal.lock import WriteLock

with WriteLock(Path(sys.argv[1])).held():
    print("held", flush=True)
    sys.stdin.readline()
"""


def start(program: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def go(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline()
    process.stdin.write("go\n")
    process.stdin.flush()
    return (line.strip() for line in process.stdout)


def finish(process: subprocess.Popen[str]) -> None:
    process.communicate()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk" / "notes.jsonl"


def test_a_writer_killed_at_any_moment_loses_nothing_it_had_acknowledged(path: Path) -> None:
    acknowledged: set[str] = set()
    for round_number in range(16):
        process = start(WRITER, path, f"r{round_number}", 100_000)
        lines = go(process)
        for _ in range(1 + 3 * round_number):
            acknowledged.add(next(lines))
        os.kill(process.pid, signal.SIGKILL)
        acknowledged.update(line for line in lines if line[-1:].isdigit())
        finish(process)
        with JournalDB(path) as database:
            notes = {note["key"]: note["text"] for note in database.table("notes")}
            database.table("notes").insert({"key": f"after-{round_number}", "text": ""})
        acknowledged.add(f"after-{round_number}")
        missing = acknowledged - notes.keys() - {f"after-{round_number}"}
        assert not missing
        for key, text in notes.items():
            name, number = key.split("-")
            assert text in {"", name * (int(number) % 50 * 20)}


def test_four_processes_that_write_at_once_lose_nothing(path: Path) -> None:
    processes = [start(WRITER, path, name, 40) for name in "abcd"]
    outputs = [go(process) for process in processes]
    acknowledged = {line for output in outputs for line in output}
    for process in processes:
        finish(process)
        assert process.returncode == 0
    with JournalDB(path) as database:
        assert not database.storage.journal.notices
        notes = [note["key"] for note in database.table("notes")]
    assert sorted(notes) == sorted(acknowledged)
    assert len(notes) == 160


def test_two_windows_in_turn_see_each_others_notes_at_once(path: Path) -> None:
    windows = [start(IN_TURN, path) for _ in range(2)]
    expected: list[str] = []
    for number in range(20):
        writer, reader = windows if number % 2 else windows[::-1]
        expected.append(f"note-{number}")
        for window, words in ((writer, expected[-1]), (reader, "")):
            assert window.stdin is not None
            assert window.stdout is not None
            window.stdin.write(f"{words}\n")
            window.stdin.flush()
            assert window.stdout.readline().split() == expected
    for window in windows:
        finish(window)


def test_a_lock_is_waited_for_then_told_with_its_holder_and_dies_with_it(path: Path) -> None:
    journal = open_journal(path)
    journal.append([RecordEdit("t", 1, b"{}")])
    lock = path.with_name("notes.jsonl.lock")
    holder = start(HOLDER, lock)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(NotebookError, match=f"process {holder.pid}"), WriteLock(lock).held(0.05):
        pass
    assert open_journal(path).state.tables["t"].keys() == {1}
    holder.kill()
    finish(holder)
    journal.append([RecordEdit("t", 2, b"{}")])
    assert journal.state.tables["t"].keys() == {1, 2}
