"""The file that an export is written to: which is proposed, and what is in the way of one."""

import datetime as dt
import os
from collections.abc import Iterable
from enum import Enum
from itertools import count
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from tuireader.domain.errors import TuiReaderError
from tuireader.exporters.note_formats import NoteFormat
from tuireader.sources.files import file_mode, is_address
from tuireader.sources.own_exports import JOURNAL, exported_file_reason
from tuireader.text.sanitize import sanitize


class Obstacle(Enum):
    """What the reader has to agree to before a file is written."""

    FILE = "a file is there"
    NO_FOLDER = "its folder is not there"


def proposed_folder(last: str, sources: Iterable[str]) -> Path:
    """The folder of the last export, else the current one, else the reader's home.

    The current folder is not proposed where it is in the library, whose articles are the
    files in it, nor a folder that takes no file or whose name cannot be shown.
    """
    if last and _takes_files(last):
        return Path(last)
    try:
        current = os.path.realpath(Path.cwd())
    except OSError:
        return Path.home()
    named = (os.path.realpath(source) for source in sources if not is_address(source))
    in_library = any(Path(current).is_relative_to(source) for source in named)
    return Path(current) if _takes_files(current) and not in_library else Path.home()


def free_path(folder: Path, note_format: NoteFormat, today: dt.date) -> Path:
    """A path in the folder at which no file is yet."""
    for number in count(1):
        again = f"-{number}" if number > 1 else ""
        name = f"tuireader-notes-{today.isoformat()}{again}.{note_format.extension}"
        path = folder / name
        if not os.path.lexists(path):
            return path
    raise AssertionError("counting does not end")


def path_of(typed: str) -> Path:
    """The whole path that was typed; TuiReaderError if no export can be written there."""
    name = os.path.expanduser(typed)  # noqa: PTH111 - an unknown name is told below
    if not name:
        raise TuiReaderError("Type the path of a file.")
    if name.startswith("~"):
        raise TuiReaderError(f"There is no home folder {name.partition('/')[0]}.")
    path = Path(os.path.abspath(name))  # noqa: PTH100 - a link is called by its own name
    mode = file_mode(str(path))
    if mode is None:
        if name.endswith("/"):
            raise TuiReaderError(f"{name} is a folder; add the name of a file.")
        return path
    if S_ISDIR(mode):
        raise TuiReaderError(f"{path} is a folder; add the name of a file.")
    if not S_ISREG(mode):
        raise TuiReaderError(f"{path} is not a regular file and cannot be replaced.")
    if exported_file_reason(str(path)) == JOURNAL:
        raise TuiReaderError(f"{path} is a notebook of tuireader and is not replaced.")
    return path


def obstacle(path: Path) -> Obstacle | None:
    """What stands in the way of writing the file; None if nothing does."""
    if os.path.lexists(path):
        return Obstacle.FILE
    return None if path.parent.is_dir() else Obstacle.NO_FOLDER


def completed(typed: str) -> tuple[str, tuple[str, ...]]:
    """A path completed as far as only one goes on from what was typed, and the names that do."""
    folder, _, begun = typed.rpartition("/")
    looked_in = os.path.expanduser(f"{folder}/" if "/" in typed else ".")  # noqa: PTH111 - as above
    names = []
    try:
        with os.scandir(looked_in) as entries:
            for entry in entries:
                hidden = entry.name.startswith(".") and not begun
                if (
                    entry.name.startswith(begun)
                    and not hidden
                    and sanitize(entry.name) == entry.name
                ):
                    names.append(f"{entry.name}/" if entry.is_dir() else entry.name)
    except OSError:
        return typed, ()
    common = os.path.commonprefix(names)  # noqa: RUF071 - by characters, as they are typed
    return typed[: len(typed) - len(begun)] + (common or begun), tuple(sorted(names))


def _takes_files(folder: str) -> bool:
    shown = sanitize(folder) == folder
    return shown and Path(folder).is_dir() and os.access(folder, os.W_OK | os.X_OK)
