"""The formats of notes, and notes written to files."""

import datetime as dt
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from tuireader.domain.bookmark import Bookmark, Citation
from tuireader.domain.errors import TuiReaderError
from tuireader.exporters.note_formats import NOTE_FORMATS, NoteFormat, save_notes
from tuireader.sources.own_exports import NOTE_RECORDS, NOTES, own_export

NOW = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
NOTE = Bookmark(
    id=1,
    article=Citation(location="/a", title="The ferry"),
    anchor=None,
    note="Read “it” again.",
    created=NOW,
    updated=NOW,
)
BY_NAME = {note_format.name: note_format for note_format in NOTE_FORMATS}


def test_each_format_has_a_name_an_extension_and_a_title_of_its_own() -> None:
    for field in ("name", "extension", "title"):
        assert len({getattr(each, field) for each in NOTE_FORMATS}) == len(NOTE_FORMATS)


@pytest.mark.parametrize("kind", NOTE_FORMATS, ids=BY_NAME)
def test_an_export_in_any_format_is_recognised(kind: NoteFormat) -> None:
    document = "".join(kind.document([NOTE])).encode()
    assert own_export(document) == (NOTES if kind.comment else NOTE_RECORDS)


@pytest.mark.parametrize("kind", NOTE_FORMATS, ids=BY_NAME)
def test_no_control_character_is_exported(kind: NoteFormat) -> None:
    strange = replace(NOTE, article=Citation(location="/a\x1b[2J\u202e"))
    document = "".join(kind.document([strange]))
    assert not {"\x1b", "\u202e"} & set(document)


@pytest.mark.parametrize("kind", NOTE_FORMATS, ids=BY_NAME)
def test_the_bookmarks_are_written_whatever_they_come_in(kind: NoteFormat) -> None:
    assert list(kind.document(iter([NOTE]))) == list(kind.document([NOTE]))
    assert "".join(kind.document([])) in {"", "[]\n"}


@pytest.mark.parametrize("kind", NOTE_FORMATS, ids=BY_NAME)
def test_a_file_is_replaced_by_the_newer_export(kind: NoteFormat, tmp_path: Path) -> None:
    path = tmp_path / f"notes.{kind.extension}"
    save_notes([NOTE], path, kind)
    first = path.read_bytes()
    save_notes([NOTE, NOTE], path, kind)
    assert path.read_bytes() != first
    save_notes([NOTE], path, kind)
    assert path.read_bytes() == first
    assert list(tmp_path.iterdir()) == [path]


def test_markdown_holds_the_note(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    save_notes([NOTE], path, BY_NAME["markdown"])
    assert "Read “it” again." in path.read_text(encoding="utf-8")


def test_records_are_one_a_line(tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    save_notes([NOTE, NOTE], path, BY_NAME["jsonl"])
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["note"] for line in lines] == [NOTE.note] * 2


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deep" / "notes.md"
    save_notes([NOTE], path, BY_NAME["markdown"])
    assert path.exists()


def test_a_file_that_cannot_be_written_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(TuiReaderError, match="safe in the notebook"):
        save_notes([NOTE], tmp_path / "file" / "notes.md", BY_NAME["markdown"])
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("kind", NOTE_FORMATS, ids=BY_NAME)
def test_an_export_on_a_full_disk_leaves_no_file(
    kind: NoteFormat, tmp_path: Path, full_disk: Callable[[int], AbstractContextManager[None]]
) -> None:
    with full_disk(3), pytest.raises(TuiReaderError, match="safe in the notebook"):
        save_notes([NOTE], tmp_path / "notes", kind)
    assert list(tmp_path.iterdir()) == []
