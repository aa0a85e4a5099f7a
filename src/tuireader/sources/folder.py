"""The readable files of a folder and all below it."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from stat import S_ISREG

from tuireader.domain.errors import SourceError
from tuireader.sources.files import reason_of
from tuireader.sources.kinds import ENDINGS
from tuireader.sources.own_exports import DATA_FOLDER, own_entries, own_file

# Of these in a folder most are no articles; one is read where it is named.
_ONLY_NAMED = frozenset({".json", ".xml", ".rdf", ".opml"})
_ENDINGS = tuple(ending for ending in ENDINGS if ending not in _ONLY_NAMED)
# Notes are exported under these; a folder of texts and pages is listed without opening any.
_EXPORT_ENDINGS = (".md", ".markdown", ".jsonl")

LeftOut = Callable[[SourceError], None]

_NUMBER = re.compile(r"(\d+)")


def ignore(_error: SourceError) -> None:
    """Tell nobody of a file that is left out."""


def walk(folder: str, left_out: LeftOut = ignore) -> Iterator[str]:
    """The absolute paths of a folder's article files, in the natural order of their names.

    Goes down into folders, but not through links out of the folder or back up;
    leaves out hidden names, whatever is not a file, and what tuireader itself
    wrote, of which `left_out` is told. A file that cannot be read is given too,
    so that it can be listed. Raises SourceError if the folder itself cannot be read.
    """
    top = os.path.abspath(folder)  # noqa: PTH100 - resolve() would follow the links it is made of
    try:
        entries = _sorted(top, left_out)
    except OSError as error:
        raise SourceError(top, reason_of(error)) from error
    root = os.path.realpath(top)
    # An own stack, for a tree may be deeper than Python's.
    stack = [iter(entries)]
    while stack:
        for entry in stack[-1]:
            if _is_folder(entry):
                try:
                    stack.append(iter(_sorted(entry.path, left_out)))
                except OSError:
                    continue
                break
            if _is_article(entry, root):
                if reason := _own_file(entry):
                    left_out(SourceError(entry.path, reason))
                else:
                    yield entry.path
        else:
            stack.pop()


def natural_key(name: str) -> list[str | int]:
    """What names are sorted by so that "chapter 10" stands behind "chapter 9"."""
    key: list[str | int] = list(_NUMBER.split(name.casefold()))
    key[1::2] = [int(digits[:18]) for digits in key[1::2] if isinstance(digits, str)]
    return key


def _sorted(folder: str, left_out: LeftOut) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        seen = [entry for entry in entries if entry.name[0] != "."]
    if own := own_entries(folder, [entry.name for entry in seen]):
        left_out(SourceError(folder, DATA_FOLDER))
        seen = [entry for entry in seen if entry.name not in own]
    seen.sort(key=lambda entry: natural_key(entry.name))
    return seen


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_article(entry: os.DirEntry[str], root: str) -> bool:
    name = entry.name
    if not name.lower().endswith(_ENDINGS) and ("." in name or not _is_text(entry)):
        return False
    try:
        if entry.is_symlink():
            return _is_inside(entry.path, root) and entry.is_file()
        return entry.is_file(follow_symlinks=False)
    except OSError:
        return False


def _own_file(entry: os.DirEntry[str]) -> str:
    """Why a file that tuireader exported is no article, as a clause; empty for all others."""
    name = entry.name.lower()
    return own_file(entry.path) if name.endswith(_EXPORT_ENDINGS) or "." not in name else ""


def _is_inside(link: str, root: str) -> bool:
    """Whether a link leads to a file in the folder; a link to nothing or to itself does not."""
    try:
        target = Path(link).resolve(strict=True)
    except (OSError, RuntimeError):
        return False
    return target.is_relative_to(root)


def _is_text(entry: os.DirEntry[str]) -> bool:
    """Whether a file without an ending looks like text by its first bytes."""
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
