"""Tells whether the search index agrees with the library, and which process may change it."""

import fcntl
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from tuireader.app.library_files import LibraryFiles, files_state
from tuireader.library.search.errors import IndexUnavailableError
from tuireader.library.search.index import SearchIndex
from tuireader.paths import AppPaths, make_private_folder
from tuireader.sources.files import path_stamp, split_location

SHARE = 50
"""The files are looked at again after this many times as long as it took the last time."""


def is_current(folders: AppPaths, index: SearchIndex, *, quotations: bool) -> bool:
    """Return whether the index agrees with the notebook and the sources.

    With `quotations`, the quotations of all articles must be indexed, too. False for a library
    without sources. Raises IndexUnavailableError if the index cannot be read.
    """
    state = index.folders.state
    if (
        state is None
        or not state.sources
        or state.notebook != path_stamp(folders.notebook)
        or (quotations and index.count_without_quotations())
        or files_state((str(folders.pages), str(folders.feeds))) != state.web
    ):
        return False
    files = LibraryFiles(index.folders)
    if not files.is_unchanged():
        return False
    now, started = time.time(), time.monotonic()
    if 0 <= now - state.checked < SHARE * state.took:
        return True
    if files.scan(state.sources):
        return False
    took = time.monotonic() - started
    with indexing_lock(folders) as is_mine:
        if is_mine:
            index.folders.set_state(replace(state, checked=now, took=took))
    return True


def is_indexed(folders: AppPaths) -> bool:
    """Return whether the texts of the library were indexed completely, maybe some time ago."""
    if not folders.search_index.exists():
        return False
    try:
        with SearchIndex(folders.search_index) as index:
            return index.folders.state is not None
    except IndexUnavailableError:
        return False


@dataclass(frozen=True, slots=True)
class IndexedFile:
    """A file of the library as it was indexed.

    `size` is in bytes, `modified` in nanoseconds since 1970; `members` are the ids of the articles
    in a container, None for a single article.
    """

    source: str
    size: int
    modified: int
    members: tuple[str, ...] | None


def indexed_files(folders: AppPaths, sources: Iterable[str]) -> dict[str, IndexedFile]:
    """Return the files of some sources that were indexed and could be read, by their paths.

    `sources` are canonical. Empty if the library is not indexed.
    """
    if not folders.search_index.exists():
        return {}
    try:
        with SearchIndex(folders.search_index) as index:
            if index.folders.state is None:
                return {}
            files = LibraryFiles(index.folders)
            found = {
                file.path: IndexedFile(source, now.size, now.modified, now.members)
                for source in sources
                for file in files.files(source)
                if (now := file.now) is not None
            }
            for location in index.problems():
                found.pop(split_location(location)[0], None)
                found.pop(location, None)
    except IndexUnavailableError:
        return {}
    return found


@contextmanager
def indexing_lock(folders: AppPaths) -> Iterator[bool]:
    """Hold the lock of the indexing process, without waiting.

    A context manager that yields true, or false if another process has the lock. Raises OSError if
    the lock file cannot be opened.
    """
    make_private_folder(folders.cache)
    descriptor = os.open(folders.cache / "search.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with suppress(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield True
            return
        yield False
    finally:
        os.close(descriptor)
