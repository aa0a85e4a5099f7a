"""What the search index stores of the library's folders, so that a check reads only what changed.

A stored listing says that every article in it is indexed. A folder whose time of change is that of
its listing has the same files; whether a file has changed, its own size and time say.
"""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from tuireader.library.search.database import (
    IndexDatabase,
    restored_location,
    stored_location,
)

FOLDER = -2
"""The size that stands for a folder in a listing."""

_STATE = "state"
_LEVEL = 1


# A tuple, because a library has a hundred thousand of them.
class ListedFile(NamedTuple):
    """An article file, or a folder, in a listing.

    `size` is in bytes and `modified` in nanoseconds since 1970. `members` are the ids of the
    articles in a container; None for a file that is one article.
    """

    name: str
    size: int
    modified: int
    members: tuple[str, ...] | None = None

    @property
    def is_folder(self) -> bool:
        """Whether this is a folder."""
        return self.size == FOLDER

    def locations(self, path: str) -> Iterable[str]:
        """Return the locations of the articles in this file, whose path is given."""
        if self.members is None:
            return (path,)
        return (f"{path}#{member}" for member in self.members)


@dataclass(frozen=True, slots=True)
class FolderListing:
    """The article files and folders directly in a folder, in their order.

    A source that is a file, or that is missing, has a listing too, with at most one entry, whose
    name is "".
    """

    source: str
    path: str
    modified: int
    """When the folder was changed, in nanoseconds; 0 if that cannot tell a later change."""
    entries: tuple[ListedFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryState:
    """The state of the library that the index agrees with."""

    sources: tuple[str, ...]
    web: int
    """The state of the stored pages and feeds, as `files_state` returns it."""
    notebook: tuple[int, int] = (0, 0)
    """The size of the notebook's file, in bytes, and its time of change, in nanoseconds."""
    checked: float = 0.0
    """When all files were checked, in seconds since 1970."""
    took: float = 0.0
    """How many seconds that took."""


class FolderListings:
    """The stored listings of the library's folders, and the state of the library."""

    def __init__(self, database: IndexDatabase) -> None:
        self._database = database

    def times(self) -> list[tuple[str, int]]:
        """Return the path and the stored time of change of each folder, as in its listing."""
        return [
            (restored_location(path), modified)
            for path, modified in self._database.rows("SELECT path, modified FROM folders")
        ]

    def all(self) -> dict[tuple[str, str], FolderListing]:
        """Return all listings, by source and path."""
        rows = self._database.rows("SELECT source, path, modified, entries FROM folders")
        listings = (
            FolderListing(
                restored_location(source), restored_location(path), modified, _unpacked(data)
            )
            for source, path, modified, data in rows
        )
        return {(each.source, each.path): each for each in listings}

    def write(self, listings: Iterable[FolderListing], removed: Iterable[tuple[str, str]]) -> None:
        """Store listings, replacing earlier ones, and remove others, given by source and path."""
        with self._database.transaction():
            self._database.run_many(
                "INSERT OR REPLACE INTO folders VALUES (?, ?, ?, ?)",
                [
                    (
                        *(stored_location(each.source), stored_location(each.path)),
                        *(each.modified, _packed(each.entries)),
                    )
                    for each in listings
                ],
            )
            self._database.run_many(
                "DELETE FROM folders WHERE source = ? AND path = ?",
                [(stored_location(source), stored_location(path)) for source, path in removed],
            )

    @property
    def state(self) -> LibraryState | None:
        """The state of the library that the index agrees with; None while it is changed."""
        data = self._database.setting(_STATE)
        if not data:
            return None
        sources, web, notebook, checked, took = json.loads(data)
        return LibraryState(
            sources=tuple(sources),
            web=web,
            notebook=(notebook[0], notebook[1]),
            checked=checked,
            took=took,
        )

    def set_state(self, state: LibraryState | None) -> None:
        """Store the state of the library; None before the index is changed.

        If the program is killed before the next call, the next check compares everything.
        """
        data = b""
        if state is not None:
            values = [state.sources, state.web, state.notebook, state.checked, state.took]
            data = json.dumps(values).encode()
        with self._database.transaction():
            self._database.set_setting(_STATE, data)


def _packed(entries: Iterable[ListedFile]) -> bytes:
    return zlib.compress(json.dumps(list(entries), separators=(",", ":")).encode(), _LEVEL)


def _unpacked(data: bytes) -> tuple[ListedFile, ...]:
    return tuple(
        ListedFile(name, size, modified, None if members is None else tuple(members))
        for name, size, modified, members in json.loads(zlib.decompress(data))
    )
