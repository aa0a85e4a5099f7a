"""Notes written into files."""

import datetime as dt
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tuireader.domain.errors import TuiReaderError
from tuireader.domain.reading import Bookmark, Citation
from tuireader.exports.files import FileKind, write_notes

NOW = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
NOTE = Bookmark(
    id=1,
    article=Citation(location="/a", title="The ferry"),
    anchor=None,
    note="Read “it” again.",
    created=NOW,
    updated=NOW,
)


@pytest.mark.parametrize("kind", FileKind)
def test_a_file_that_is_there_is_never_overwritten(kind: FileKind, tmp_path: Path) -> None:
    first = write_notes([NOTE], tmp_path, kind, NOW.date())
    before = first.read_bytes()
    second = write_notes([], tmp_path, kind, NOW.date())
    assert first.name == f"tuireader-notes-2026-01-02.{kind}"
    assert second.name == f"tuireader-notes-2026-01-02-2.{kind}"
    assert first.read_bytes() == before
    assert second.read_bytes() == b""


def test_markdown_holds_the_note(tmp_path: Path) -> None:
    path = write_notes([NOTE], tmp_path, FileKind.MARKDOWN, NOW.date())
    assert "Read “it” again." in path.read_text(encoding="utf-8")


def test_records_are_one_a_line(tmp_path: Path) -> None:
    path = write_notes([NOTE, NOTE], tmp_path, FileKind.JSONL, NOW.date())
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["note"] for line in lines] == [NOTE.note] * 2


def test_a_folder_that_takes_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TuiReaderError, match="safe in the notebook"):
        write_notes([NOTE], tmp_path / "nowhere", FileKind.MARKDOWN, NOW.date())


@pytest.mark.parametrize("kind", FileKind)
def test_an_export_on_a_full_disk_leaves_no_file(
    kind: FileKind, tmp_path: Path, full_disk: Callable[[int], AbstractContextManager[None]]
) -> None:
    with full_disk(3), pytest.raises(TuiReaderError, match="safe in the notebook"):
        write_notes([NOTE], tmp_path, kind, NOW.date())
    assert list(tmp_path.iterdir()) == []
