"""Tells whether files in folders have come, changed or gone, by the state of each file."""

import os
import time
from collections.abc import Iterator

from tuireader.sources.files import is_address

MIN_INTERVAL = 1.0
"""The least number of seconds between two checks of the folders."""

SHARE = 50
"""The pause after a check is this many times as long as the check took."""


class FolderPoller:
    """Checks now and then whether files in folders have changed, with 2 % of a core at most."""

    def __init__(self) -> None:
        self._sources: tuple[str, ...] = ()
        self._state = 0
        self._due = 0.0
        self._is_changed = False

    def watch(self, sources: tuple[str, ...]) -> None:
        """Set the paths that are checked: files and folders; addresses are ignored."""
        paths = tuple(source for source in sources if not is_address(source))
        if paths != self._sources:
            self._sources, self._due = paths, 0.0

    def has_changed(self) -> bool:
        """Return whether a file has appeared, changed or gone since `mark_seen`.

        Checks only if the last check was long enough ago (`MIN_INTERVAL`, `SHARE`); else the last
        result is returned. Once true, it stays true until `mark_seen`.
        """
        begun = time.monotonic()
        if not self._is_changed and begun >= self._due:
            state = files_state(self._sources)
            self._is_changed = state != self._state
            self._state = state
            self._due = begun + max(MIN_INTERVAL, SHARE * (time.monotonic() - begun))
        return self._is_changed

    def mark_seen(self) -> None:
        """Record the present state of the files, with which later ones are compared."""
        self._state = files_state(self._sources)
        self._is_changed = False


def files_state(paths: tuple[str, ...]) -> int:
    """Return a hash of the paths, sizes and times of all files below some paths.

    It differs, in all likelihood, when a file has appeared, changed or gone. Paths that cannot be
    read are ignored; 0 if there is no file. Comparable only within one process.
    """
    state = 0
    for path, status in _files(paths):
        state ^= hash((path, status.st_mtime_ns, status.st_size))
    return state


def _files(paths: tuple[str, ...]) -> Iterator[tuple[str, os.stat_result]]:
    """Yield each file at or below the paths with its status.

    Hidden files and folders, and what cannot be read, are left out; links to folders are not
    followed.
    """
    waiting = list(paths)
    for path in paths:
        try:
            yield path, os.stat(path)  # noqa: PTH116 - quick
        except OSError:
            continue
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        yield entry.path, entry.stat(follow_symlinks=False)
        except OSError:
            continue
