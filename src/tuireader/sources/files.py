"""Files on the disk, opened safely: nothing is waited for, and what is no file is refused."""

import os
from stat import S_ISDIR, S_ISREG
from typing import BinaryIO

from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.sources.kinds import SEVERAL, kind_named

LARGEST_FILE = 200_000_000
"""Bytes; a larger file is refused, unless it is read piece by piece."""
SMALL = 8_192
"""Bytes; a smaller file is read without a buffer."""

NOT_READ_YET = "this kind of file cannot be read yet"
_DOCUMENTS = ".mobi .azw3 .docx .doc .odt .rtf"
_TABLES = ".csv", ".tsv"
_OTHERS = ".zip .gz .png .jpg .jpeg .gif .webp .mp3 .mp4"
_OTHER_KINDS = frozenset(f"{_DOCUMENTS} {_OTHERS}".split())


def open_file(path: str, location: str, *, any_kind: bool = False) -> BinaryIO:
    """The file, opened without waiting; raises SourceError if it is none.

    So it does for a kind of file that is not read as an article, unless any will do.
    """
    try:
        # A pipe without a writer must not be waited for.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise SourceNotFoundError(location, "nothing is there") from error
    except OSError as error:
        raise SourceError(location, reason_of(error)) from error
    status = os.fstat(descriptor)
    reason = _refusal(status, path, any_kind=any_kind)
    if reason:
        os.close(descriptor)
        raise SourceError(location, reason)
    return os.fdopen(descriptor, "rb", buffering=0 if status.st_size < SMALL else -1)


def is_address(location: str) -> bool:
    """Whether a location is an address of the web and no path."""
    return location[:8].lower().startswith(("http://", "https://"))


def mode_of(path: str) -> int | None:
    """The mode of what is at a path, links followed; None if nothing is there."""
    try:
        return os.stat(path).st_mode  # noqa: PTH116 - quick
    except (OSError, ValueError):
        return None


def split(location: str) -> tuple[str, str]:
    """The path, and the id of the article in that file; the id is empty for a whole file.

    A file whose name has a `#` in it is found before an article of that id.
    """
    at = location.find("#")
    if at < 0 or mode_of(location) is not None:
        return location, ""
    while at >= 0:
        mode = mode_of(location[:at])
        if mode is not None and S_ISREG(mode):
            return location[:at], location[at + 1 :]
        if mode is None and kind_named(location[:at]) in SEVERAL:
            return location[:at], location[at + 1 :]
        at = location.find("#", at + 1)
    return location, ""


def reason_of(error: OSError) -> str:
    """Why the system refused, as a clause."""
    return (error.strerror or "it cannot be read").lower()


def _refusal(status: os.stat_result, path: str, *, any_kind: bool) -> str:
    if S_ISDIR(status.st_mode):
        return "it is a folder"
    if not S_ISREG(status.st_mode):
        return "it is not a file"
    return "" if any_kind else _refused_kind(status, path)


def _refused_kind(status: os.stat_result, path: str) -> str:
    """Why a file is not read as an article, by its name and size; empty if it is."""
    kind = kind_named(path)
    if path.lower().endswith(_TABLES):
        return "it is a table; what another service has exported comes in with tuireader import"
    if kind is None and os.path.splitext(path)[1].lower() in _OTHER_KINDS:  # noqa: PTH122 - quick
        return NOT_READ_YET
    if status.st_size > LARGEST_FILE and kind not in SEVERAL:
        size, most = status.st_size // 1_000_000, LARGEST_FILE // 1_000_000
        return f"it is too large to open ({size} MB; the most is {most} MB)"
    return ""
