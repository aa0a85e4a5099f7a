"""The file that an export is written to: the proposed path, and the checks of a typed one."""

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
    """What the user must confirm before a file is written; the value says it as a clause.

    FILE: the file exists and would be replaced. NO_FOLDER: its folder would be created.
    """

    FILE = "the file exists"
    NO_FOLDER = "the folder does not exist"


def proposed_folder(last: str, sources: Iterable[str]) -> Path:
    """Return the folder that is proposed for an export.

    It is that of the last export, else the current folder, else the home folder. The current folder
    is not proposed if it is part of the library, because its files are articles, and no folder is
    that is not writable or whose name cannot be shown.

    Args:
        last: The folder of the last export; "" if there was none.
        sources: The sources of the library.
    """
    if last and _is_writable(last):
        return Path(last)
    try:
        current = os.path.realpath(Path.cwd())
    except OSError:
        return Path.home()
    named = (os.path.realpath(source) for source in sources if not is_address(source))
    in_library = any(Path(current).is_relative_to(source) for source in named)
    return Path(current) if _is_writable(current) and not in_library else Path.home()


def unused_path(folder: Path, note_format: NoteFormat, today: dt.date) -> Path:
    """Return a path in a folder at which there is no file, named for the day and the format.

    Such as `tuireader-notes-2026-11-20.md`, with `-2` and so on after the day if that is taken.
    `today` is the day.
    """
    for number in count(1):
        again = f"-{number}" if number > 1 else ""
        name = f"tuireader-notes-{today.isoformat()}{again}.{note_format.extension}"
        path = folder / name
        if not os.path.lexists(path):
            return path
    raise AssertionError("counting does not end")


def export_path(typed: str) -> Path:
    """Return the absolute path that the user typed; `~` and `~user` are expanded.

    Raises TuiReaderError if no export can be written there: nothing was typed, or it is a folder, a
    device or a notebook. Whether the file or its folder exists is told by `obstacle_at`.
    """
    name = os.path.expanduser(typed)  # noqa: PTH111 - expanduser of Path raises for an unknown user, who is reported below
    if not name:
        raise TuiReaderError("Type the path of a file.")
    if name.startswith("~"):
        raise TuiReaderError(f"There is no home folder {name.partition('/')[0]}.")
    path = Path(os.path.abspath(name))  # noqa: PTH100 - resolve() would follow a link
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


def obstacle_at(path: Path) -> Obstacle | None:
    """Return what the user must confirm before a file is written; None if there is nothing."""
    if os.path.lexists(path):
        return Obstacle.FILE
    return None if path.parent.is_dir() else Obstacle.NO_FOLDER


def complete_path(typed: str) -> tuple[str, tuple[str, ...]]:
    """Complete a path that was typed in part.

    Returns the path, completed as far as all matching names agree, and these names, sorted, with a
    slash after folders. If nothing matches or the folder cannot be read, they are the typed path
    and (). Hidden names match only if a first letter was typed.
    """
    folder, _, begun = typed.rpartition("/")
    search_folder = os.path.expanduser(f"{folder}/" if "/" in typed else ".")  # noqa: PTH111 - as above
    names = []
    try:
        with os.scandir(search_folder) as entries:
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


def _is_writable(folder: str) -> bool:
    """Return whether a folder exists, is writable, and has a name that can be shown."""
    is_clean = sanitize(folder) == folder
    return is_clean and Path(folder).is_dir() and os.access(folder, os.W_OK | os.X_OK)
