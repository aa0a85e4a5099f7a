"""Tells whether files in folders have come, changed or gone, by the state of each file."""

import os
import time
from collections.abc import Iterator

from tuireader.sources.files import is_address

MIN_INTERVAL = 1.0
"""Seconds between two looks at the folders at least."""

SHARE = 50
"""How many times longer than a look takes the next one is waited for."""


class FolderPoller:
    """Looks at the files of folders now and then, at the cost of 2 % of a core at most."""

    def __init__(self) -> None:
        self._sources: tuple[str, ...] = ()
        self._state = 0
        self._due = 0.0
        self._is_changed = False

    def watch(self, sources: tuple[str, ...]) -> None:
        """Take the sources whose files are looked at; addresses are not."""
        paths = tuple(source for source in sources if not is_address(source))
        if paths != self._sources:
            self._sources, self._due = paths, 0.0

    def has_changed(self) -> bool:
        """Return whether a file has come, changed or gone since `mark_seen`; looks if it is due."""
        begun = time.monotonic()
        if not self._is_changed and begun >= self._due:
            state = files_state(self._sources)
            self._is_changed = state != self._state
            self._state = state
            self._due = begun + max(MIN_INTERVAL, SHARE * (time.monotonic() - begun))
        return self._is_changed

    def mark_seen(self) -> None:
        """Take the present state of the files as the one from which changes are told."""
        self._state = files_state(self._sources)
        self._is_changed = False


def files_state(paths: tuple[str, ...]) -> int:
    """Return a number that differs, in all likelihood, when a file in the paths has changed."""
    state = 0
    for path, status in _files(paths):
        state ^= hash((path, status.st_mtime_ns, status.st_size))
    return state


def _files(paths: tuple[str, ...]) -> Iterator[tuple[str, os.stat_result]]:
    """Yield each file below the paths with its state; links are not followed."""
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
