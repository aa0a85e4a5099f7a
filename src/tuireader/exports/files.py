"""The reader's notes written into a file."""

import json
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from tuireader.domain.errors import TuiReaderError
from tuireader.domain.reading import Bookmark
from tuireader.exports.markdown import notes_markdown
from tuireader.exports.records import bookmark_record
from tuireader.folders import replace_file


class FileKind(StrEnum):
    """The kinds of file that notes are written into; the value is the name's ending."""

    MARKDOWN = "md"
    JSONL = "jsonl"


def save_notes(bookmarks: Iterable[Bookmark], path: Path, kind: FileKind) -> None:
    """Write the notes into a file, in the place of one that is there; make its folder if needed.

    Raises TuiReaderError if that cannot be done; then what was there is unharmed.
    """
    data = _text_of(bookmarks, kind).encode("utf-8", "backslashreplace")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, data)
    except OSError as error:
        raise TuiReaderError(
            f"The notes could not be written to {path} ({error.strerror}); "
            "they are safe in the notebook."
        ) from error


def _text_of(bookmarks: Iterable[Bookmark], kind: FileKind) -> str:
    if kind is FileKind.MARKDOWN:
        return notes_markdown(bookmarks)
    return "".join(f"{json.dumps(bookmark_record(mark))}\n" for mark in bookmarks)
