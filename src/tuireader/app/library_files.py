"""Finds which files of the library's sources have come, changed or gone since they were indexed.

A folder is read again only if its time of change is another one than in its stored listing, and a
file is opened only if its size or time has changed.
"""

import os
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from stat import S_ISDIR

from tuireader.domain.errors import SourceError
from tuireader.library.search.folder_listings import (
    FOLDER,
    FolderListing,
    FolderListings,
    ListedFile,
)
from tuireader.sources.files import folder_entries, is_address, split_location

MISSING = -1
"""The size, in bytes, that stands for a file that does not exist."""

SETTLED = 2_000_000_000
"""Nanoseconds after which the time of change of a folder tells a later change of it.

File systems round times, at most to two seconds (FAT).
"""

Key = tuple[str, str]
"""The source and the path of a folder."""


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file with its state as it was indexed and as it is now; None if it is not there."""

    source: str
    path: str
    before: ListedFile | None
    now: ListedFile | None


@dataclass(slots=True)
class FileChanges:
    """The files that have changed since they were indexed, and the listings to store for them."""

    files: list[ChangedFile] = field(default_factory=list)
    listings: list[FolderListing] = field(default_factory=list)
    removed: list[Key] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Return whether a file has come, changed or gone."""
        return bool(self.files)


class LibraryFiles:
    """The article files of the library's sources, as they were when they were indexed."""

    def __init__(self, stored: FolderListings) -> None:
        """Take the stored listings; they are read with the first scan."""
        self._stored = stored
        self._listings: dict[Key, FolderListing] | None = None

    def is_unchanged(self) -> bool:
        """Return whether no folder has changed, by their times; files are not looked at."""
        return all(
            modified and _time_of(path) == modified for path, modified in self._stored.times()
        )

    def scan(self, sources: Iterable[str], *, anew: bool = False) -> FileChanges:
        """Return which files differ from those that were indexed.

        `sources` are those of the library; the samples are scanned if there are none. With `anew`
        every folder is read, whatever its time of change.
        """
        known = self._known
        changes = FileChanges()
        seen: set[Key] = set()
        for source, path in _roots(tuple(sources)):
            self._scan_source(source, path, changes, seen, anew=anew)
        for key in known.keys() - seen:
            gone = known[key]
            changes.removed.append(key)
            changes.files += [
                ChangedFile(gone.source, _path(gone.path, each.name), each, None)
                for each in gone.entries
                if not each.is_folder
            ]
        return changes

    def commit(self, changes: FileChanges) -> None:
        """Record that the changes were indexed, and store the listings."""
        if changes.listings or changes.removed:
            self._stored.write(changes.listings, changes.removed)
        known = self._known
        for key in changes.removed:
            known.pop(key, None)
        for listing in changes.listings:
            known[listing.source, listing.path] = listing

    def files(self, source: str) -> Iterator[ChangedFile]:
        """Yield the files of a source in the order of the library, as they were indexed.

        `source` is "" for the samples.
        """
        for root, path in _roots((source,) if source else ()):
            yield from self._files_below(root, path)

    @property
    def _known(self) -> dict[Key, FolderListing]:
        if self._listings is None:
            self._listings = self._stored.all()
        return self._listings

    def _files_below(self, source: str, path: str) -> Iterator[ChangedFile]:
        listing = self._known.get((source, path))
        stack = [(path, iter(listing.entries if listing else ()))]
        while stack:
            folder, entries = stack[-1]
            entry = next(entries, None)
            if entry is None:
                stack.pop()
                continue
            below = _path(folder, entry.name)
            if entry.is_folder:
                listing = self._known.get((source, below))
                stack.append((below, iter(listing.entries if listing else ())))
            else:
                yield ChangedFile(source, below, entry, entry)

    def _scan_source(
        self, source: str, top: str, changes: FileChanges, seen: set[Key], *, anew: bool
    ) -> None:
        """Compare a source with its listings, and add what differs to `changes`."""
        waiting = [top]
        root = ""
        while waiting:
            path = waiting.pop()
            key = source, path
            if key in seen:
                continue
            seen.add(key)
            before = self._known.get(key)
            modified = _time_of(path)
            if anew or before is None or not modified or before.modified != modified:
                root = root or os.path.realpath(top)
                names = _names(path, root)
            else:
                names = [(each.name, each.is_folder) for each in before.entries]
            now = _listing(source, path, modified, names, before)
            if before is None or now != before:
                changes.listings.append(now)
                changes.files += _differences(now, before)
            waiting += [_path(path, each.name) for each in now.entries if each.is_folder]


def files_state(paths: Iterable[str]) -> int:
    """Return a checksum of the paths, sizes and times of all files below some paths.

    It differs, in all likelihood, when a file has appeared, changed or gone. Paths that cannot be
    read are ignored; 0 if there is no file.
    """
    state = 0
    waiting = list(paths)
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                        continue
                    status = entry.stat(follow_symlinks=False)
                    facts = f"{entry.path} {status.st_mtime_ns} {status.st_size}"
                    state ^= zlib.crc32(facts.encode("utf-8", "surrogatepass"))
        except OSError:
            continue
    return state


def _roots(sources: tuple[str, ...]) -> list[Key]:
    """Return the sources that are files or folders, each with its path; the samples for none."""
    if not sources:
        from tuireader.samples import paths  # noqa: PLC0415 - only for an empty library

        return [("", str(path)) for path in paths()]
    return [(source, source) for source in sources if not is_address(source)]


def _time_of(path: str) -> int:
    """Return when a folder or file was changed, in nanoseconds; `MISSING` if there is none.

    0 if that is so short a time ago that a later change could have the same time.
    """
    try:
        modified = os.stat(split_location(path)[0]).st_mtime_ns  # noqa: PTH116 - quick
    except (OSError, ValueError):
        return MISSING
    return modified if time.time_ns() - modified > SETTLED else 0


def _names(path: str, root: str) -> list[tuple[str, bool]]:
    """Return the names of the files and folders in a folder, each with whether it is a folder.

    A file has one name, "". Empty for a folder that cannot be read.
    """
    try:
        if not S_ISDIR(os.stat(path).st_mode):  # noqa: PTH116 - quick
            return [("", False)]
        return folder_entries(path, root)
    except (OSError, ValueError):
        return [] if os.path.isdir(path) else [("", False)]  # noqa: PTH112 - quick


def _listing(
    source: str,
    path: str,
    modified: int,
    names: list[tuple[str, bool]],
    before: FolderListing | None,
) -> FolderListing:
    """Return the present listing of a folder; files are opened only if they have changed."""
    known = {each.name: each for each in before.entries} if before else {}
    entries = []
    for name, is_folder in names:
        if is_folder:
            entries.append(known.get(name) or ListedFile(name, FOLDER, 0))
            continue
        file = _path(path, name)
        was = known.get(name)
        try:
            status = os.stat(split_location(file)[0] if not name else file)  # noqa: PTH116 - quick
            size, time_of_change = status.st_size, status.st_mtime_ns
        except (OSError, ValueError):
            size, time_of_change = MISSING, 0
        if was is not None and was.size == size and was.modified == time_of_change:
            entries.append(was)
        elif name or size != MISSING or was is None:
            entries.append(ListedFile(name, size, time_of_change, _members(file)))
    return FolderListing(source, path, modified, tuple(entries))


def _members(path: str) -> tuple[str, ...] | None:
    """Return the ids of the articles in a container; None for a single article, or no file."""
    from tuireader.sources.open import article_locations  # noqa: PLC0415 - not to check an index

    try:
        found = tuple(article_locations(path))
    except SourceError:
        return None
    if found == (path,):
        return None
    return tuple(location[len(path) + 1 :] for location in found)


def _differences(now: FolderListing, before: FolderListing | None) -> Iterator[ChangedFile]:
    """Yield the files of a folder that have come, changed or gone."""
    was = {each.name: each for each in before.entries if not each.is_folder} if before else {}
    for each in now.entries:
        if not each.is_folder:
            earlier = was.pop(each.name, None)
            if earlier != each:
                yield ChangedFile(now.source, _path(now.path, each.name), earlier, each)
    for name, gone in was.items():
        yield ChangedFile(now.source, _path(now.path, name), gone, None)


def _path(folder: str, name: str) -> str:
    if not name:
        return folder
    return f"{folder.rstrip('/')}/{name}"
