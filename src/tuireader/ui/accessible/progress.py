"""What a screen reader says of work in the background: seldom, and when it has ended."""

PAUSE = 10.0
"""Seconds between two messages, and before the first: what is quicker is not told."""


class SpokenProgress:
    """Turns a count that changes often into few messages."""

    def __init__(self) -> None:
        """Begin without work."""
        self._work = ""
        self._last = 0.0
        self._is_told = False

    def words(self, progress: str, now: float) -> str:
        """Return what to say of a progress; "" for nothing.

        Args:
            progress: A line such as "Indexing texts: 2 of 9 · 3 a second"; "" after the end.
            now: The time on the monotonic clock, in seconds.
        """
        count = progress.partition(" · ")[0]
        work = count.partition(":")[0]
        if not work:
            ended, self._work = self._work, ""
            told, self._is_told = self._is_told, False
            return f"{ended}: done" if told else ""
        if not self._work:
            self._last = now
        self._work = work
        if now - self._last < PAUSE:
            return ""
        self._last, self._is_told = now, True
        return count
