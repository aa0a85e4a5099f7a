"""The reader's notes written into a file that was not there before."""

import datetime as dt
import json
from collections.abc import Iterable
from enum import StrEnum
from itertools import count
from pathlib import Path

from tuireader.domain.errors import TuiReaderError
from tuireader.domain.reading import Bookmark
from tuireader.exports.markdown import notes_markdown
from tuireader.exports.records import bookmark_record
from tuireader.folders import create_file, replace_file


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


def write_notes(
    bookmarks: Iterable[Bookmark], folder: Path, kind: FileKind, today: dt.date
) -> Path:
    """Write the notes into a new file in the folder; nothing that is there is overwritten.

    Raises TuiReaderError if the folder takes no file.
    """
    text = _text_of(bookmarks, kind)
    for number in count(1):
        again = f"-{number}" if number > 1 else ""
        path = folder / f"tuireader-notes-{today.isoformat()}{again}.{kind}"
        try:
            create_file(path, text.encode("utf-8", "backslashreplace"))
        except FileExistsError:
            continue
        except OSError as error:
            raise TuiReaderError(
                f"The notes could not be written to {path} ({error.strerror}); "
                "they are safe in the notebook."
            ) from error
        return path
    raise AssertionError("counting does not end")
