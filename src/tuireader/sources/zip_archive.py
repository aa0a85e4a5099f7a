"""A zip archive read within bounds: nothing is written, and no member expands beyond its limit."""

import zlib
from collections.abc import Iterator
from posixpath import normpath
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from tuireader.domain.errors import SourceError

LARGEST_MEMBER = 50_000_000
"""Bytes that a member may have when it is expanded."""
MOST_MEMBERS = 50_000

_BROKEN = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


class ZipArchive:
    """The members of a zip file by their paths inside it."""

    def __init__(self, stream: BinaryIO, location: str) -> None:
        """Read the list of members; raises SourceError if it is no zip file."""
        self._location = location
        try:
            self._zip = ZipFile(stream)
        except _BROKEN as error:
            raise SourceError(location, "it is damaged, or not a zip archive") from error
        found = self._zip.infolist()
        if len(found) > MOST_MEMBERS:
            raise SourceError(location, f"it holds more than {MOST_MEMBERS} files")
        self._members = {info.filename: info for info in found if not info.is_dir()}

    def __contains__(self, name: str) -> bool:
        """Whether there is a member of that path."""
        return self._member(name) is not None

    def __iter__(self) -> Iterator[str]:
        """The paths of all members."""
        return iter(self._members)

    def size(self, name: str) -> int:
        """How large a member says that it is, in bytes; 0 if it is not there."""
        info = self._member(name)
        return info.file_size if info else 0

    def read(self, name: str) -> bytes:
        """A member's bytes; raises SourceError if it is missing, damaged, locked or too large."""
        info = self._member(name)
        if info is None:
            raise SourceError(self._location, f"“{name}” is missing in it")
        if info.flag_bits & 1:
            raise SourceError(self._location, "it is locked with a password")
        try:
            with self._zip.open(info) as member:
                # What a member says of its size may be a lie.
                data = member.read(LARGEST_MEMBER + 1)
        except _BROKEN as error:
            raise SourceError(self._location, f"“{name}” in it is damaged") from error
        if len(data) > LARGEST_MEMBER:
            most = LARGEST_MEMBER // 1_000_000
            reason = f"“{name}” in it expands to more than {most} MB, which is refused"
            raise SourceError(self._location, reason)
        return data

    def _member(self, name: str) -> ZipInfo | None:
        found = self._members.get(name)
        if found is None and name:
            folded = name.casefold()
            found = next((m for n, m in self._members.items() if n.casefold() == folded), None)
        return found


def member_path(base: str, href: str) -> str:
    """The path of a member that is named beside another; empty if it leads out of the archive."""
    from urllib.parse import unquote  # noqa: PLC0415 - 3 ms, and only for archives

    path = unquote(href.partition("#")[0].partition("?")[0])
    folder = base.rpartition("/")[0]
    joined = normpath(f"{folder}/{path}" if path and not path.startswith("/") else path or base)
    joined = joined.lstrip("/")
    return "" if joined.startswith("..") or joined == "." else joined
