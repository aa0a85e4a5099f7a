"""Notes written into files."""

import datetime as dt
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tuireader.domain.bookmark import Bookmark, Citation
from tuireader.domain.errors import TuiReaderError
from tuireader.exporters.markdown import ExportKind, save_notes

NOW = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
NOTE = Bookmark(
    id=1,
    article=Citation(location="/a", title="The ferry"),
    anchor=None,
    note="Read “it” again.",
    created=NOW,
    updated=NOW,
)


@pytest.mark.parametrize("kind", ExportKind)
def test_a_file_is_replaced_by_the_newer_export(kind: ExportKind, tmp_path: Path) -> None:
    path = tmp_path / f"notes.{kind}"
    save_notes([NOTE], path, kind)
    first = path.read_bytes()
    save_notes([NOTE, NOTE], path, kind)
    assert path.read_bytes() != first
    save_notes([NOTE], path, kind)
    assert path.read_bytes() == first
    assert list(tmp_path.iterdir()) == [path]


def test_markdown_holds_the_note(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    save_notes([NOTE], path, ExportKind.MARKDOWN)
    assert "Read “it” again." in path.read_text(encoding="utf-8")


def test_records_are_one_a_line(tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    save_notes([NOTE, NOTE], path, ExportKind.JSONL)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["note"] for line in lines] == [NOTE.note] * 2


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "new" / "deep" / "notes.md"
    save_notes([NOTE], path, ExportKind.MARKDOWN)
    assert path.exists()


def test_a_file_that_cannot_be_written_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(TuiReaderError, match="safe in the notebook"):
        save_notes([NOTE], tmp_path / "file" / "notes.md", ExportKind.MARKDOWN)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("kind", ExportKind)
def test_an_export_on_a_full_disk_leaves_no_file(
    kind: ExportKind, tmp_path: Path, full_disk: Callable[[int], AbstractContextManager[None]]
) -> None:
    with full_disk(3), pytest.raises(TuiReaderError, match="safe in the notebook"):
        save_notes([NOTE], tmp_path / "notes", kind)
    assert list(tmp_path.iterdir()) == []
