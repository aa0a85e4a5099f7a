"""Ways to break a notebook, each of which returns the acknowledged changes that were lost.

A sound program loses nothing to any of them; a bug that is planted in it is found by one.
"""

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from tuireader import paths
from tuireader.notebook.journal import line_format, state
from tuireader.notebook.journal.journal import Journal
from tuireader.notebook.journal.line_format import RecordEdit, to_json
from tuireader.notebook.journal.log_file import LogFile
from tuireader.notebook.journal.recovery import open_journal

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at open files in /proc")

WRITER = """
import sys
from pathlib import Path
{planted}
from tuireader.notebook.journal.tinydb_storage import JournalDB

path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
with JournalDB(path) as database:
    print("ready", flush=True)
    sys.stdin.readline()
    table = database.table("notes")
    for number in range(count):
        table.insert({{"key": f"{{name}}-{{number}}", "text": name * (number % 50 * 20)}})
        print(f"{{name}}-{{number}}", flush=True)
"""


def start(program: str, *arguments: object) -> "subprocess.Popen[str]":
    """Start a program that prints that it is ready, and waits."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def go(process: "subprocess.Popen[str]") -> Iterator[str]:
    """Let the program continue; yield the lines that it prints."""
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline()
    process.stdin.write("go\n")
    process.stdin.flush()
    return (line.strip() for line in process.stdout)


def put(path: Path, notes: Iterable[tuple[int, str]]) -> Iterator[int]:
    """Save notes one after the other; yield each number as soon as it is acknowledged."""
    journal = open_journal(path)
    for number, text in notes:
        journal.append([RecordEdit("notes", number, to_json({"text": text}))])
        yield number
    journal.close()


def found(path: Path) -> dict[int, str]:
    """Return the notes in the file."""
    journal = open_journal(path)
    journal.close()
    notes = journal.state.tables.get("notes", {})
    return {number: json.loads(doc)["text"] for number, doc in notes.items()}


class Disk:
    """What a power cut would leave of a folder: flushed content under flushed names."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._contents: dict[int, bytes] = {}
        self._names: dict[Path, dict[str, int]] = {}
        for name in ("fdatasync", "fsync"):
            real = getattr(os, name)
            monkeypatch.setattr(
                os, name, lambda descriptor, real=real: self._sync(descriptor, real)
            )

    def _sync(self, descriptor: int, real: object) -> None:
        assert callable(real)
        real(descriptor)
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        if path.is_dir():
            self._names[path] = {entry.name: entry.inode() for entry in os.scandir(path)}
        else:
            size = os.fstat(descriptor).st_size
            with path.open("rb") as file:
                self._contents[os.fstat(descriptor).st_ino] = file.read(size)

    def after_power_cut(self, place: Path) -> Path:
        """Write what is left to another folder; files that were not flushed are empty."""
        for folder, names in self._names.items():
            there = place / folder.relative_to(self._folder)
            there.mkdir(parents=True, exist_ok=True)
            for name, inode in names.items():
                if not (folder / name).is_dir():
                    (there / name).write_bytes(self._contents.get(inode, b""))
        return place


def lost_to_power_cuts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """Return the notes that are lost if the power fails just after one was acknowledged."""
    lost: set[int] = set()
    folder = tmp_path / "desk"
    folder.mkdir()
    with monkeypatch.context() as patch:
        disk, acknowledged = Disk(tmp_path, patch), {}
        for number in put(folder / "notes.jsonl", ((n, f"note {n}") for n in range(8))):
            acknowledged[number] = f"note {number}"
            left = disk.after_power_cut(tmp_path / f"left {number}") / "desk" / "notes.jsonl"
            lost |= {key for key, text in acknowledged.items() if found(left).get(key) != text}
    return lost


def lost_among_windows(path: Path, planted: str = "", count: int = 40) -> set[str]:
    """Return the notes that are missing after four windows have written at once."""
    program = WRITER.format(planted=planted)
    processes = [start(program, path, name, count) for name in "abcd"]
    outputs = [go(process) for process in processes]
    acknowledged = {line for output in outputs for line in output}
    for process in processes:
        process.communicate()
    journal = open_journal(path)
    journal.close()
    notes = journal.state.tables.get("notes", {}).values()
    return acknowledged - {json.loads(doc)["key"] for doc in notes}


def wrong_after_flips(path: Path) -> set[int]:
    """Return the positions of flipped bits after which a note has a text that was never saved."""
    assert list(put(path, ((number, f"note {number}") for number in range(3)))) == [0, 1, 2]
    data = path.read_bytes()
    written = {number: f"note {number}" for number in range(3)}
    wrong = set()
    for at in range(data.rindex(b'{"crc"'), len(data)):
        damaged = bytearray(data)
        damaged[at] ^= 1 << at % 7
        path.write_bytes(damaged)
        try:
            right = found(path).items() <= written.items()
        except (ValueError, KeyError, TypeError):
            right = False
        if not right:
            wrong.add(at)
    return wrong


NO_LOCK = """
import contextlib
from tuireader.notebook.journal.lock import WriteLock
WriteLock.held = lambda self, timeout=0: contextlib.nullcontext()
"""


def test_a_power_cut_takes_nothing_that_was_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not lost_to_power_cuts(tmp_path, monkeypatch)


def test_a_change_that_is_not_flushed_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "flush_file", lambda _: None)
    assert lost_to_power_cuts(tmp_path, monkeypatch)


def test_a_name_that_is_not_flushed_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "flush_folder", lambda _: None)
    assert lost_to_power_cuts(tmp_path, monkeypatch)


def test_a_change_that_is_acknowledged_before_it_is_written_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late: list[Sequence[RecordEdit]] = []
    append = Journal.append

    def early(journal: Journal, edits: Sequence[RecordEdit]) -> None:
        late.append(edits)
        if len(late) > 1:
            append(journal, late.pop(0))

    monkeypatch.setattr(Journal, "append", early)
    assert lost_to_power_cuts(tmp_path, monkeypatch)


def test_a_flush_that_comes_one_change_late_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush, turns = LogFile._flush, itertools.cycle((False, True))
    monkeypatch.setattr(LogFile, "_flush", lambda file: flush(file) if next(turns) else None)
    assert lost_to_power_cuts(tmp_path, monkeypatch)


def test_four_windows_lose_nothing_to_one_another(tmp_path: Path) -> None:
    assert not lost_among_windows(tmp_path / "desk" / "notes.jsonl")


def test_windows_that_do_not_take_turns_are_caught(tmp_path: Path) -> None:
    rounds = (tmp_path / str(number) / "notes.jsonl" for number in range(5))
    assert any(lost_among_windows(path, NO_LOCK) for path in rounds)


def test_no_flipped_bit_makes_a_note_wrong(tmp_path: Path) -> None:
    assert not wrong_after_flips(tmp_path / "notes.jsonl")


def test_a_checksum_that_is_not_looked_at_is_caught(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (line_format, state):
        monkeypatch.setattr(module, "crc32", lambda _: 0)
    assert wrong_after_flips(tmp_path / "notes.jsonl")
