"""Reads zip archives in memory, with limits on the number and size of members."""

import zlib
from collections.abc import Iterator
from posixpath import normpath
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from tuireader.domain.errors import SourceError

MAX_MEMBER_SIZE = 50_000_000
"""The largest member in bytes, after decompression."""
MAX_MEMBERS = 50_000

_BROKEN = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


class ZipArchive:
    """The members of a zip file by their paths inside it; folders are no members."""

    def __init__(self, stream: BinaryIO, location: str) -> None:
        """Read the list of members; raise SourceError, which names `location`, if that fails.

        It fails for a stream that is no zip file, and for too many members.
        """
        self._location = location
        try:
            self._zip = ZipFile(stream)
        except _BROKEN as error:
            raise SourceError(location, "it is damaged, or not a zip archive") from error
        found = self._zip.infolist()
        if len(found) > MAX_MEMBERS:
            raise SourceError(location, f"it holds more than {MAX_MEMBERS} files")
        self._members = {info.filename: info for info in found if not info.is_dir()}

    def __contains__(self, name: str) -> bool:
        """Return whether there is a member with a path, in the same or another case."""
        return self._member(name) is not None

    def __iter__(self) -> Iterator[str]:
        """Return the paths of all members."""
        return iter(self._members)

    def size(self, name: str) -> int:
        """Return the size that the archive states for a member, in bytes.

        0 if there is no such member.
        """
        info = self._member(name)
        return info.file_size if info else 0

    def read(self, name: str) -> bytes:
        """Return a member's bytes.

        Raise SourceError if it is missing, damaged, encrypted or too large.
        """
        info = self._member(name)
        if info is None:
            raise SourceError(self._location, f"“{name}” is missing")
        if info.flag_bits & 1:
            raise SourceError(self._location, "it is protected by a password")
        try:
            with self._zip.open(info) as member:
                # The stated size may be wrong on purpose.
                data = member.read(MAX_MEMBER_SIZE + 1)
        except _BROKEN as error:
            raise SourceError(self._location, f"“{name}” is damaged") from error
        if len(data) > MAX_MEMBER_SIZE:
            most = MAX_MEMBER_SIZE // 1_000_000
            reason = f"“{name}” is larger than {most} MB"
            raise SourceError(self._location, reason)
        return data

    def _member(self, name: str) -> ZipInfo | None:
        """Return the member with a path, else with the path in another case.

        None if there is none.
        """
        found = self._members.get(name)
        if found is None and name:
            folded = name.casefold()
            found = next((m for n, m in self._members.items() if n.casefold() == folded), None)
        return found


def member_path(base: str, href: str) -> str:
    """Return the path of the member that a reference in another member leads to.

    Args:
        base: The path of the member that holds the reference.
        href: The reference, relative to it, percent-encoded; its fragment is ignored.

    Empty if the reference leads out of the archive.
    """
    from urllib.parse import unquote  # noqa: PLC0415 - 3 ms, and only for archives

    path = unquote(href.partition("#")[0].partition("?")[0])
    folder = base.rpartition("/")[0]
    joined = normpath(f"{folder}/{path}" if path and not path.startswith("/") else path or base)
    joined = joined.lstrip("/")
    return "" if joined.startswith("..") or joined == "." else joined
