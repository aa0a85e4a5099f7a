import contextlib
import errno
import fcntl
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal.compaction import compact_journal
from tuireader.notebook.journal.journal import Journal
from tuireader.notebook.journal.line_format import RecordEdit, to_json
from tuireader.notebook.journal.recovery import open_journal

Full = Callable[[int], contextlib.AbstractContextManager[None]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk" / "notes.jsonl"


def put(journal: Journal, number: int, text: str) -> None:
    doc = to_json({"text": text, "updated": f"2026-11-23T10:00:{journal.revision:02}Z"})
    journal.append([RecordEdit("notes", number, doc)])


def texts(journal: Journal) -> dict[int, str]:
    journal.refresh()
    notes = journal.state.tables.get("notes", {})
    return {number: json.loads(doc)["text"] for number, doc in notes.items()}


def written(path: Path, count: int = 3) -> tuple[dict[int, str], int]:
    """Return a journal with some notes, and the position of its last line."""
    journal = open_journal(path)
    for number in range(1, count):
        put(journal, number, f"note {number}")
    last = path.stat().st_size
    put(journal, count, "the last note")
    journal.close()
    return texts(reopened(path)), last


def reopened(path: Path) -> Journal:
    journal = open_journal(path)
    journal.close()
    return journal


def test_what_was_saved_is_there_after_opening_again(path: Path) -> None:
    assert written(path)[0] == {1: "note 1", 2: "note 2", 3: "the last note"}
    assert not open_journal(path).notices


def test_the_folder_is_for_its_owner_only(path: Path) -> None:
    written(path)
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_is_written_before_there_is_something_to_save(path: Path) -> None:
    assert texts(reopened(path)) == {}
    assert not path.exists()


def test_a_file_cut_at_any_byte_of_its_last_line_keeps_all_earlier_notes(path: Path) -> None:
    expected, last = written(path)
    data = path.read_bytes()
    for end in range(last, len(data)):
        path.write_bytes(data[:end])
        journal = open_journal(path)
        found = texts(journal)
        assert found == (expected if end == len(data) - 1 else {1: "note 1", 2: "note 2"})
        put(journal, 9, "after the cut")
        journal.close()
        assert texts(reopened(path)) == {**found, 9: "after the cut"}


def test_what_was_cut_is_kept_aside_and_told_once(path: Path) -> None:
    _, last = written(path)
    data = path.read_bytes()
    path.write_bytes(data[:-10])
    (notice,) = reopened(path).notices
    assert "while it was saving" in notice
    assert [kept.read_bytes() for kept in (path.parent / "damaged").iterdir()] == [data[last:-10]]
    assert not reopened(path).notices


def test_a_flipped_bit_in_any_byte_costs_nothing(path: Path) -> None:
    expected, _ = written(path)
    data = path.read_bytes()
    for at in range(len(data)):
        damaged = bytearray(data)
        damaged[at] ^= 1 << at % 8
        path.write_bytes(damaged)
        assert texts(reopened(path)) == expected, at
        shutil.rmtree(path.parent / "damaged", ignore_errors=True)


def test_a_flipped_bit_that_was_put_right_is_told(path: Path) -> None:
    written(path)
    path.write_bytes(path.read_bytes().replace(b"note 2", b"nope 2"))
    (notice,) = reopened(path).notices
    assert "corrected from its checksum" in notice


def test_a_damaged_line_is_kept_aside_and_told_in_one_sentence(path: Path) -> None:
    written(path)
    path.write_bytes(path.read_bytes().replace(b"note 2", b"lost 2"))
    (notice,) = reopened(path).notices
    assert notice.startswith("One line of the notebook was damaged")
    (kept,) = (path.parent / "damaged").iterdir()
    assert b"lost 2" in kept.read_bytes()
    assert b"lost 2" in path.read_bytes()


@pytest.mark.parametrize(
    "tail", [b"\0" * 4096, b"\x93\x01junk", b'{"half": ', b"\n\n", b"text of another program\n"]
)
def test_garbage_at_the_end_costs_nothing(path: Path, tail: bytes) -> None:
    expected, _ = written(path)
    with path.open("ab") as file:
        file.write(tail)
    journal = open_journal(path)
    assert texts(journal) == expected
    put(journal, 9, "after the garbage")
    assert texts(reopened(path)) == {**expected, 9: "after the garbage"}


@settings(max_examples=60)
@given(st.lists(st.binary(max_size=40), max_size=3), st.data())
def test_no_harm_to_a_file_makes_a_note_wrong(
    tmp_path_factory: pytest.TempPathFactory, junk: list[bytes], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("harm") / "notes.jsonl"
    expected, _ = written(path)
    damaged = path.read_bytes()
    for piece in junk:
        start = data.draw(st.integers(0, len(damaged)))
        stop = data.draw(st.integers(start, min(len(damaged), start + 60)))
        damaged = damaged[:start] + piece + damaged[stop:]
    path.write_bytes(damaged)
    journal = open_journal(path)
    assert texts(journal).items() <= expected.items()
    put(journal, 9, "still works")
    assert texts(reopened(path))[9] == "still works"


@pytest.mark.parametrize("content", [b"not a journal at all", b"\0" * 900, b"{}\n[]\n"])
def test_a_file_without_one_line_is_set_aside_and_a_new_one_begun(
    path: Path, content: bytes
) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    journal = open_journal(path)
    assert len(journal.notices) == 1
    put(journal, 1, "a new beginning")
    (kept,) = (path.parent / "damaged").iterdir()
    assert kept.read_bytes() == content
    assert texts(reopened(path)) == {1: "a new beginning"}


def test_a_folder_in_the_files_place_is_set_aside_too(path: Path) -> None:
    path.mkdir(parents=True)
    (path / "precious.txt").write_text("keep me")
    journal = open_journal(path)
    put(journal, 1, "saved")
    (kept,) = (path.parent / "damaged").iterdir()
    assert (kept / "precious.txt").read_text() == "keep me"
    assert texts(reopened(path)) == {1: "saved"}


def test_what_can_be_neither_read_nor_set_aside_is_left_as_it_is(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a journal")
    (path.parent / "damaged").write_text("a file where the folder would be")
    journal = open_journal(path)
    assert journal.readonly_reason
    with pytest.raises(NotebookError, match="cannot be read"):
        put(journal, 1, "no")
    assert path.read_bytes() == b"not a journal"


def test_an_empty_file_is_a_new_notebook(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    journal = open_journal(path)
    assert not journal.notices
    put(journal, 1, "first")
    assert texts(reopened(path)) == {1: "first"}


@pytest.mark.parametrize("how", ["emptied", "removed"])
def test_an_empty_file_with_a_copy_beside_it_is_restored_from_that(path: Path, how: str) -> None:
    expected, _ = written(path)
    (path.parent / "history").mkdir()
    (path.parent / "history" / "notes-1.jsonl").write_bytes(b"older")
    shutil.copy(path, path.parent / "history" / "notes-2.jsonl")
    path.unlink() if how == "removed" else path.write_bytes(b"")
    journal = open_journal(path)
    assert texts(journal) == expected
    assert len(journal.notices) == 1


def test_a_file_of_a_newer_format_is_read_and_not_written(path: Path) -> None:
    written(path)
    newer = b'{"crc":"0","at":"","format":2,"unheard-of":{}}\n' + path.read_bytes()
    path.write_bytes(newer)
    journal = open_journal(path)
    assert texts(journal)[1] == "note 1"
    with pytest.raises(NotebookError, match="newer version"):
        put(journal, 4, "no")
    assert path.read_bytes() == newer


def test_a_newer_version_that_takes_the_file_over_is_not_written_into(path: Path) -> None:
    journal = open_journal(path)
    put(journal, 1, "first")
    newer = b'{"crc":"0","at":"","format":2,"unheard-of":{}}\n' + path.read_bytes()
    path.write_bytes(newer)
    with pytest.raises(NotebookError, match="newer version"):
        put(journal, 2, "no")
    assert path.read_bytes() == newer
    assert texts(journal) == {1: "first"}


def test_windows_see_what_the_others_save(path: Path) -> None:
    one, two = open_journal(path), open_journal(path)
    for number in range(20):
        before = two.revision, one.revision
        put(one if number % 2 else two, number, f"note {number}")
        assert texts(one) == texts(two)
        assert two.revision > before[0]
        assert one.revision > before[1]
    assert len(texts(one)) == 20


def test_a_full_disk_is_told_and_changes_nothing(path: Path, full_disk: Full) -> None:
    journal = open_journal(path)
    put(journal, 1, "saved")
    before, revision = path.read_bytes(), journal.revision
    for room in (0, 40):
        with full_disk(len(before) + room), pytest.raises(NotebookError, match="not saved"):
            put(journal, 2, "x" * 400)
        assert path.read_bytes() == before
        assert texts(journal) == {1: "saved"}
        assert journal.revision == revision
    put(journal, 2, "there is room again")
    assert texts(reopened(path)) == {1: "saved", 2: "there is room again"}


def test_a_change_is_flushed_before_it_is_acknowledged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = open_journal(path)
    put(journal, 1, "first")
    flushed: list[bytes] = []
    monkeypatch.setattr(os, "fdatasync", lambda _: flushed.append(path.read_bytes()))
    monkeypatch.delattr(fcntl, "F_FULLFSYNC", raising=False)
    put(journal, 2, "second")
    assert flushed == [path.read_bytes()]


def test_a_flush_that_fails_is_not_tried_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    journal = open_journal(path)
    put(journal, 1, "first")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fdatasync", broken)
        patch.delattr(fcntl, "F_FULLFSYNC", raising=False)
        with pytest.raises(NotebookError, match="the disk reports an error"):
            put(journal, 2, "second")
    with pytest.raises(NotebookError, match="the disk reports an error"):
        put(journal, 2, "second")
    assert texts(journal) == texts(reopened(path)) == {1: "first"}


def test_a_place_that_cannot_be_written_can_be_read(path: Path) -> None:
    expected, _ = written(path)
    lock = path.with_name("notes.jsonl.lock")
    lock.unlink()
    lock.mkdir()
    journal = open_journal(path)
    assert texts(journal) == expected
    assert journal.readonly_reason
    (notice,) = journal.notices
    assert "nothing can be saved" in notice
    with pytest.raises(NotebookError, match="not saved"):
        put(journal, 4, "no")
    assert texts(journal) == expected
    lock.rmdir()
    put(journal, 4, "now it can")
    assert not journal.readonly_reason


def test_saving_after_closing_is_refused_and_reading_goes_on(path: Path) -> None:
    journal = open_journal(path)
    put(journal, 1, "saved")
    journal.close()
    with pytest.raises(NotebookError, match="closed"):
        put(journal, 2, "no")
    assert texts(journal) == {1: "saved"}


@pytest.mark.parametrize("how", ["replaced", "overwritten"])
def test_an_old_file_put_back_while_open_costs_nothing(path: Path, how: str) -> None:
    one, two = open_journal(path), open_journal(path)
    put(one, 1, "first")
    put(one, 2, "to be deleted")
    old = path.read_bytes()
    put(one, 1, "first, changed")
    one.append([RecordEdit("notes", 2, None)])
    put(two, 3, "third")
    if how == "replaced":
        path.with_name("sync").write_bytes(old)
        path.with_name("sync").rename(path)
    else:
        path.write_bytes(old)
    put(one, 4, "fourth")
    expected = {1: "first, changed", 3: "third", 4: "fourth"}
    assert texts(two) == texts(one) == texts(reopened(path)) == expected
    assert any("replaced the notebook's file" in notice for notice in one.notices)


def test_a_file_removed_while_open_is_written_again(path: Path) -> None:
    journal = open_journal(path)
    put(journal, 1, "first")
    path.unlink()
    put(journal, 2, "second")
    assert texts(reopened(path)) == {1: "first", 2: "second"}


def grown(path: Path) -> Journal:
    """Return a journal of more than 4 MB that is mostly overwritten records."""
    journal = open_journal(path)
    for _ in range(12):
        put(journal, 1, "x" * 400_000)
    put(journal, 2, "small")
    return journal


def test_compaction_keeps_all_and_the_old_file_in_history(path: Path) -> None:
    journal, other = grown(path), open_journal(path)
    expected, old = texts(journal), path.read_bytes()
    compact_journal(journal)
    assert path.stat().st_size < len(old) // 8
    (kept,) = (path.parent / "history").iterdir()
    assert kept.read_bytes() == old
    assert texts(journal) == texts(other) == texts(reopened(path)) == expected
    assert not other.notices
    put(other, 3, "after it")
    put(journal, 4, "and once more")
    assert texts(reopened(path)) == {**expected, 3: "after it", 4: "and once more"}


def test_a_window_that_slept_through_a_deletion_and_a_compaction_does_not_undo_them(
    path: Path,
) -> None:
    journal, sleeper = grown(path), open_journal(path)
    assert 2 in texts(sleeper)
    journal.append([RecordEdit("notes", 2, None)])
    compact_journal(journal)
    assert 2 not in texts(sleeper)
    put(sleeper, 3, "awake")
    assert texts(reopened(path)).keys() == {1, 3}


def test_a_small_file_or_one_that_is_mostly_in_use_is_left_alone(path: Path) -> None:
    journal = open_journal(path)
    for number in range(12):
        put(journal, number, "x" * 400_000)
    before = path.stat().st_ino
    compact_journal(journal)
    assert path.stat().st_ino == before
    assert not (path.parent / "history").exists()


def test_a_compaction_that_fails_leaves_all_as_it_was(path: Path, full_disk: Full) -> None:
    journal = grown(path)
    expected, old = texts(journal), path.read_bytes()
    with full_disk(100_000):
        compact_journal(journal)
    assert path.read_bytes() == old
    put(journal, 3, "goes on")
    assert texts(reopened(path)) == {**expected, 3: "goes on"}
    assert not [left for left in path.parent.iterdir() if left.name.startswith(".")]
