"""The journal is compacted and backed up while windows use it."""

import datetime as dt
import itertools
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tuireader.notebook.journal import backups
from tuireader.notebook.journal.compaction import back_up, compact_journal, maintain
from tuireader.notebook.journal.journal import Journal
from tuireader.notebook.journal.line_format import RecordEdit, to_json
from tuireader.notebook.journal.lock import WriteLock
from tuireader.notebook.journal.recovery import open_journal


class EnoughError(Exception):
    """The exception that a pause raises to cancel the work."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk" / "notes.jsonl"


@pytest.fixture
def journal(path: Path) -> Journal:
    """Return a journal of more than 4 MB that is mostly overwritten records."""
    journal = open_journal(path)
    for number in range(120):
        put(journal, number, "small")
    for _ in range(12):
        put(journal, 1, "x" * 400_000)
    put(journal, 1, "small again")
    return journal


def put(journal: Journal, number: int, text: str) -> None:
    journal.append([RecordEdit("notes", number, to_json({"text": text}))])


def texts(journal: Journal) -> dict[int, str]:
    journal.refresh()
    return {
        number: json.loads(doc)["text"] for number, doc in journal.state.tables["notes"].items()
    }


def drafts_in(folder: Path) -> list[Path]:
    return [left for left in folder.iterdir() if left.name.startswith(".")]


def after(count: int, action: Callable[[], object]) -> Callable[[], None]:
    """A pause that runs an action at its n-th call."""
    times = itertools.count()

    def pause() -> None:
        if next(times) == count:
            action()

    return pause


def test_what_all_windows_write_meanwhile_is_in_the_smaller_file(
    journal: Journal, path: Path
) -> None:
    other, numbers = open_journal(path), itertools.count(1000)
    before, expected = path.stat().st_size, texts(journal)

    def write() -> None:
        for window in (journal, other):
            put(window, number := next(numbers), f"meanwhile {number}")
            expected[number] = f"meanwhile {number}"
        journal.append([RecordEdit("notes", number - 900, None)])
        expected.pop(number - 900, None)

    compact_journal(journal, write)
    assert path.stat().st_size < before // 8
    assert len(expected) > 120
    assert texts(journal) == texts(other) == texts(open_journal(path)) == expected
    assert not journal.notices
    assert not other.notices
    put(other, 1, "goes on")
    put(journal, 2, "goes on")
    assert texts(open_journal(path)) == {**expected, 1: "goes on", 2: "goes on"}


@pytest.mark.parametrize("count", [0, 10, 20])
def test_it_can_be_ended_at_any_pause_and_all_is_as_it_was(
    journal: Journal, path: Path, count: int
) -> None:
    def enough() -> None:
        raise EnoughError

    before, expected = path.read_bytes(), texts(journal)
    with pytest.raises(EnoughError):
        compact_journal(journal, after(count, enough))
    assert path.read_bytes() == before
    assert not drafts_in(path.parent)
    put(journal, 500, "goes on")
    assert texts(open_journal(path)) == {**expected, 500: "goes on"}


def test_it_is_not_begun_while_another_window_writes(journal: Journal, path: Path) -> None:
    before = path.read_bytes()
    with WriteLock(path.with_name("notes.jsonl.lock")).held():
        compact_journal(journal)
    assert path.read_bytes() == before
    assert not (path.parent / "history").exists()


def test_a_window_that_begins_to_write_in_the_middle_is_not_waited_for(
    journal: Journal, path: Path
) -> None:
    before, lock = path.read_bytes(), WriteLock(path.with_name("notes.jsonl.lock"))
    held = lock.held()
    compact_journal(journal, after(3, held.__enter__))
    assert path.read_bytes() == before
    assert not drafts_in(path.parent)
    held.__exit__(None, None, None)
    compact_journal(journal)
    assert path.stat().st_size < len(before)


def test_of_two_windows_that_do_it_at_once_one_gives_way(journal: Journal, path: Path) -> None:
    other, expected = open_journal(path), texts(journal)
    compact_journal(journal, after(3, lambda: compact_journal(other)))
    assert texts(journal) == texts(other) == texts(open_journal(path)) == expected
    assert not drafts_in(path.parent)
    assert not journal.notices


def test_an_old_file_put_back_in_the_middle_costs_nothing(journal: Journal, path: Path) -> None:
    old = path.read_bytes()
    put(journal, 3, "newer")

    def put_back() -> None:
        path.with_name("sync").write_bytes(old)
        path.with_name("sync").rename(path)

    compact_journal(journal, after(3, put_back))
    assert texts(journal)[3] == "newer"
    put(journal, 4, "goes on")
    assert texts(open_journal(path)) == texts(journal)


def test_a_second_copy_is_kept_once_a_day_while_others_write(path: Path) -> None:
    journal, other = open_journal(path), open_journal(path)
    put(journal, 1, "first")
    before = path.read_bytes()
    back_up(journal, after(0, lambda: put(other, 2, "second")))
    (copy,) = backups.list_backups(path)
    assert copy.read_bytes() == before
    back_up(journal)
    assert backups.list_backups(path) == (copy,)
    earlier = dt.datetime.now(dt.UTC) - dt.timedelta(days=2)
    number = int(earlier.timestamp() * 1000) << 80
    copy.rename(copy.with_name(f"notes-{number}.jsonl"))
    maintain(journal)
    newest, _ = backups.list_backups(path)
    assert newest.read_bytes() == path.read_bytes()


def test_what_a_killed_window_left_of_a_file_is_removed_after_a_day(path: Path) -> None:
    journal = open_journal(path)
    put(journal, 1, "first")
    old, new = path.with_name(".notes.jsonl.00ff"), path.with_name(".notes.jsonl.11ff")
    for draft in (old, new):
        draft.write_bytes(b"half a file")
    os.utime(old, (0, 0))
    maintain(journal)
    assert drafts_in(path.parent) == [new]
    assert texts(journal) == {1: "first"}
