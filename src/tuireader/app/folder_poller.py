"""Decides when the library's folders are checked for changes."""

import time
from collections.abc import Callable

MIN_INTERVAL = 1.0
"""The least number of seconds between two checks of the folders."""

SHARE = 50
"""The pause after a check is this many times as long as the check took."""


class FolderPoller:
    """Checks now and then whether files have changed, with 2 % of a core at most."""

    def __init__(self, check: Callable[[], bool]) -> None:
        """Take the check, which returns whether a file has come, changed or gone."""
        self._check = check
        self._due = 0.0
        self._is_changed = False

    def has_changed(self) -> bool:
        """Return whether the check has found a change since `mark_seen`.

        Checks only if the last check was long enough ago (`MIN_INTERVAL`, `SHARE`); else the last
        result is returned. Once true, it stays true until `mark_seen`.
        """
        begun = time.monotonic()
        if not self._is_changed and begun >= self._due:
            self._is_changed = self._check()
            self._due = begun + max(MIN_INTERVAL, SHARE * (time.monotonic() - begun))
        return self._is_changed

    def mark_seen(self) -> None:
        """Record that the changes were indexed."""
        self._is_changed = False
