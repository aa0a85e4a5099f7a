"""Files on the disk: opened without blocking, told from web addresses, listed by folder."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, BinaryIO

from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.sources.filetype import (
    ENDINGS,
    FILETYPE_HEAD_SIZE,
    SEVERAL,
    FileType,
    filetype_of_name,
)
from tuireader.sources.own_exports import DATA_FOLDER, exported_file_reason, own_entries
from tuireader.text.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from tuireader.sources.unsupported import SkippedFiles

MAX_FILE_SIZE = 200_000_000
"""The largest file that is opened, in bytes; containers may be larger."""
UNBUFFERED_SIZE = 8_192
"""Bytes below which a file is read without a buffer."""

NOT_READ_YET = "this file type is not supported"
_TABLES = ".csv", ".tsv"
_OTHER_KINDS = frozenset([".png", ".jpg", ".jpeg", ".gif", ".webp", ".mp3", ".mp4"])


def open_file(path: str, location: str, *, any_kind: bool = False) -> BinaryIO:
    """Open a file without blocking, even if it is a pipe; expand it if it is gzip.

    Args:
        path: The file's path.
        location: The location that errors name.
        any_kind: Whether to open file types that are not read as articles, too.

    Raises SourceNotFoundError if there is no such file, SourceError if it cannot be opened.
    """
    try:
        # Opening a pipe that has no writer would block.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise SourceNotFoundError(location, "No such file or folder") from error
    except OSError as error:
        raise SourceError(location, os_error_reason(error)) from error
    status = os.fstat(descriptor)
    reason = _refusal(status, path, any_kind=any_kind)
    if reason:
        os.close(descriptor)
        raise SourceError(location, reason)
    file = os.fdopen(descriptor, "rb", buffering=0 if status.st_size < UNBUFFERED_SIZE else -1)
    if any_kind or not path.lower().endswith(".gz"):
        return file
    return _expanded(file, path, location)


_ADDRESS_STARTS = ("http://", "https://", "feed://", "feed:http://", "feed:https://")


def _expanded(file: BinaryIO, path: str, location: str) -> BinaryIO:
    """Return the expanded content of a gzip file; any other file, and a web archive, as it is.

    `location` is named in the SourceError for a damaged or too large file.
    """
    if filetype_of_name(path) is FileType.WEB_ARCHIVE:
        return file
    from tuireader.sources.gzip_file import expand  # noqa: PLC0415 - only for compressed files

    return expand(file, location)


def is_address(location: str) -> bool:
    """Return whether a location is a web address (http, https or feed) and not a path."""
    return location[:13].lower().startswith(_ADDRESS_STARTS)


def first_bytes(path: str) -> bytes:
    """Return the first bytes of a file, enough to recognise its type.

    A compressed file is not expanded. Empty for an empty file, and for one that is missing or
    cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except (OSError, ValueError):
        return b""
    try:
        return os.read(descriptor, FILETYPE_HEAD_SIZE)
    except OSError:
        return b""
    finally:
        os.close(descriptor)


def path_stamp(path: Path) -> tuple[int, int]:
    """Return the size (bytes) and the time of change (ns) of a file; zeros if there is none."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return 0, 0
    return status.st_size, status.st_mtime_ns


def file_mode(path: str) -> int | None:
    """Return the mode of the file or folder at a path, following links; None if there is none."""
    try:
        return os.stat(path).st_mode  # noqa: PTH116 - quick
    except (OSError, ValueError):
        return None


def split_location(location: str) -> tuple[str, str]:
    """Split `path#id` into the path and the id of the article in that file.

    The id is empty if the location is a file itself. If a file of the whole name exists, its "#"
    belongs to the path.
    """
    at = location.find("#")
    if at < 0 or file_mode(location) is not None:
        return location, ""
    while at >= 0:
        mode = file_mode(location[:at])
        if mode is not None and S_ISREG(mode):
            return location[:at], location[at + 1 :]
        if mode is None and filetype_of_name(location[:at]) in SEVERAL:
            return location[:at], location[at + 1 :]
        at = location.find("#", at + 1)
    return location, ""


def os_error_reason(error: OSError) -> str:
    """Return why the system refused an operation, as a clause such as "permission denied"."""
    return (error.strerror or "cannot be read").lower()


def _refusal(status: os.stat_result, path: str, *, any_kind: bool) -> str:
    """Return why a file is not opened, as a clause; empty if it may be.

    `any_kind` is that of `open_file`.
    """
    if S_ISDIR(status.st_mode):
        return "it is a folder"
    if not S_ISREG(status.st_mode):
        return "it is not a file"
    return "" if any_kind else _refused_kind(status, path)


def _refused_kind(status: os.stat_result, path: str) -> str:
    """Return why a file is not read as an article, as a clause, by its name and size.

    Empty if it may be.
    """
    kind = filetype_of_name(path)
    if path.lower().endswith(_TABLES):
        return "it is a table; use tuireader import for an export of another service"
    if kind is None and (reason := _unsupported_reason(path)):
        return reason
    if status.st_size > MAX_FILE_SIZE and kind not in SEVERAL:
        size, most = status.st_size // 1_000_000, MAX_FILE_SIZE // 1_000_000
        return f"it is too large ({size} MB; the limit is {most} MB)"
    return ""


def _unsupported_reason(path: str) -> str:
    """Return why a file of an unsupported kind is refused, as a clause; empty for others."""
    from tuireader.sources.unsupported import advice_for  # noqa: PLC0415 - not on the start path

    if advice := advice_for(path):
        return f"{NOT_READ_YET}; {advice}"
    ending = os.path.splitext(path)[1].lower()  # noqa: PTH122 - quick
    return NOT_READ_YET if ending in _OTHER_KINDS else ""


# Most of these in a folder are not articles; they are read only when named.
_MAN_PAGES = (f".{number}" for number in range(1, 9))
_ONLY_NAMED = frozenset({".json", ".xml", ".rdf", ".opml", ".zip", *_MAN_PAGES})
_ENDINGS = tuple(ending for ending in ENDINGS if ending not in _ONLY_NAMED)
# Notes are exported under these; other files of a folder are listed without opening them.
_EXPORT_ENDINGS = (".md", ".markdown", ".jsonl")

ReportLeftOut = Callable[[SourceError], None]

_NUMBER = lazy_pattern(r"(\d+)")


def ignore_left_out(_error: SourceError) -> None:
    """Do nothing; for callers of `article_files` that do not report files left out."""


def article_files(folder: str, left_out: ReportLeftOut = ignore_left_out) -> Iterator[str]:
    """Return the absolute paths of a folder's article files, recursively, in natural order.

    Links that lead out of the folder, hidden files and files that tuireader wrote are left out, and
    so are folders inside it that cannot be read; a file that cannot be read is included, so that it
    can be listed. `left_out` is called with the reason for each file that tuireader wrote, and at
    the end once with a SkippedFilesError if files of other kinds were skipped. Raises SourceError
    if the folder itself cannot be read.
    """
    top = os.path.abspath(folder)  # noqa: PTH100 - resolve() would follow the links it is made of
    try:
        entries = _sorted(top, left_out)
    except OSError as error:
        raise SourceError(top, os_error_reason(error)) from error
    root = os.path.realpath(top)
    skipped = None if left_out is ignore_left_out else _skipped_files(top)
    # An explicit stack: a tree may be deeper than Python's recursion limit.
    stack = [iter(entries)]
    while stack:
        for entry in stack[-1]:
            if _is_folder(entry):
                try:
                    stack.append(iter(_sorted(entry.path, left_out)))
                except OSError:
                    continue
                break
            if skipped is not None and skipped.is_skipped(entry.name, _is_article(entry, root)):
                continue
            if _is_article(entry, root):
                if reason := _own_file(entry):
                    left_out(SourceError(entry.path, reason))
                else:
                    yield entry.path
        else:
            stack.pop()
    if skipped is not None and (found := skipped.error()):
        left_out(found)


def folder_entries(folder: str, root: str) -> list[tuple[str, bool]]:
    """Return the names of the article files and folders directly in a folder, in natural order.

    Each comes with whether it is a folder. They are those that `article_files` of `root`, a
    resolved path, finds there. Raises OSError if the folder cannot be read.
    """
    found = []
    for entry in _sorted(folder, ignore_left_out):
        if _is_folder(entry):
            found.append((entry.name, True))
        elif _is_article(entry, root) and not _own_file(entry):
            found.append((entry.name, False))
    return found


def _skipped_files(folder: str) -> "SkippedFiles":
    from tuireader.sources.unsupported import SkippedFiles  # noqa: PLC0415 - not on the start path

    return SkippedFiles(folder)


def natural_key(name: str) -> list[str | int]:
    """Return a sort key for natural order, in which "chapter 9" is before "chapter 10".

    Case is ignored.
    """
    key: list[str | int] = list(_NUMBER.split(name.casefold()))
    key[1::2] = [int(digits[:18]) for digits in key[1::2] if isinstance(digits, str)]
    return key


def _sorted(folder: str, left_out: ReportLeftOut) -> list[os.DirEntry[str]]:
    """Return a folder's visible entries in natural order, without tuireader's own data.

    `left_out` is called once if there was any of that data. Raises OSError if the folder cannot be
    read.
    """
    with os.scandir(folder) as entries:
        visible = [entry for entry in entries if entry.name[0] != "."]
    if own := own_entries(folder, [entry.name for entry in visible]):
        left_out(SourceError(folder, DATA_FOLDER))
        visible = [entry for entry in visible if entry.name not in own]
    visible.sort(key=lambda entry: natural_key(entry.name))
    return visible


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Return whether an entry is a folder and not a link to one; False if the system refuses."""
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_article(entry: os.DirEntry[str], root: str) -> bool:
    """Return whether an entry may be an article: a regular file of a known extension, or text.

    `root` is the resolved path of the added folder; a link that leads out of it is no article.
    """
    name = entry.name
    has_ending = name.lower().removesuffix(".gz").endswith(_ENDINGS)
    if not has_ending and ("." in name or not _is_text(entry)):
        return False
    try:
        if entry.is_symlink():
            return _is_inside(entry.path, root) and entry.is_file()
        return entry.is_file(follow_symlinks=False)
    except OSError:
        return False


def _own_file(entry: os.DirEntry[str]) -> str:
    """Return why a file that tuireader exported is not an article, as a clause.

    Empty for other files, and for those that cannot be read.
    """
    name = entry.name.lower()
    return (
        exported_file_reason(entry.path)
        if name.endswith(_EXPORT_ENDINGS) or "." not in name
        else ""
    )


def _is_inside(link: str, root: str) -> bool:
    """Return whether a link leads to a path in the folder `root`.

    False for a broken or circular link.
    """
    try:
        target = Path(link).resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return target.is_relative_to(root)


def _is_text(entry: os.DirEntry[str]) -> bool:
    """Return whether a file without an extension looks like text, by its first 512 bytes.

    False if it is empty, no regular file, or cannot be read.
    """
    try:
        if not entry.is_file(follow_symlinks=False):
            return False
        with open(entry.path, "rb") as file:  # noqa: PTH123 - a DirEntry's path; opened for 512 bytes
            if not S_ISREG(os.fstat(file.fileno()).st_mode):
                return False
            first = file.read(512)
    except OSError:
        return False
    return bool(first) and 0 not in first and sum(byte < 32 for byte in first) * 8 < len(first) + 64
