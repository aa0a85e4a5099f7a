"""Writes to a terminal from a thread, so that the program never waits for the terminal.

A terminal may be closed, stopped, or so slow that it reads nothing for minutes. The program can
still react to a signal at once.
"""

import os
import select
from collections import deque
from collections.abc import Callable
from threading import Condition, Thread

MAX_QUEUED_BYTES = 1_000_000
"""Bytes in the queue; when there are more, the terminal reads too slowly, and all are dropped."""

CHUNK = 65_536
"""Bytes that are written at once."""


def _nothing() -> None:
    """Do nothing; the default of the callbacks."""
    return


class TerminalOutput:
    """A queue of text for a terminal, and the thread that writes it."""

    def __init__(
        self,
        descriptor: int,
        encoding: str = "utf-8",
        *,
        failed: Callable[[], None] = _nothing,
        dropped: Callable[[], None] = _nothing,
    ) -> None:
        """Start the thread that writes to a file descriptor.

        Args:
            descriptor: The file descriptor of the terminal.
            encoding: The encoding of the terminal.
            failed: Called in that thread if the terminal cannot be written to any more.
            dropped: Called in that thread when the terminal reads again after text was dropped,
                so that the screen can be redrawn.
        """
        self._descriptor = descriptor
        self._encoding = encoding
        self._failed = failed
        self._dropped = dropped
        self._waiting: deque[bytes] = deque()
        self._size = 0
        self._has_dropped = False
        self._closed = False
        self._changed = Condition()
        self._thread = Thread(target=self._run, name="terminal-output", daemon=True)
        self._thread.start()

    def write(self, text: str) -> None:
        """Queue text without waiting; do nothing once the output is closed."""
        data = text.encode(self._encoding, "replace")
        with self._changed:
            if self._closed:
                return
            if self._size > MAX_QUEUED_BYTES:
                self._waiting.clear()
                self._size = 0
                self._has_dropped = True
            self._waiting.append(data)
            self._size += len(data)
            self._changed.notify()

    def close(self, wait: float) -> bool:
        """Accept no more text, and wait at most `wait` seconds until it is written.

        Returns whether all of the queued text was written.
        """
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join(wait)
        return not self._thread.is_alive()

    def _run(self) -> None:
        """Thread body: write the queued text until the output is closed or the terminal is gone."""
        try:
            while data := self._next():
                for start in range(0, len(data), CHUNK):
                    _write_all(self._descriptor, data[start : start + CHUNK])
                self._tell_dropped()
        except OSError:
            with self._changed:
                self._closed = True
            self._failed()

    def _next(self) -> bytes:
        """Wait for queued text and return all of it, encoded; b"" once the output is closed."""
        with self._changed:
            while not self._waiting and not self._closed:
                self._changed.wait()
            data = b"".join(self._waiting)
            self._waiting.clear()
            self._size = 0
            return data

    def _tell_dropped(self) -> None:
        """Call `dropped` if text was dropped since the last call."""
        with self._changed:
            tell, self._has_dropped = self._has_dropped and not self._closed, False
        if tell:
            self._dropped()


def _write_all(descriptor: int, data: bytes) -> None:
    """Write all bytes to a file descriptor; raise OSError if the terminal is gone."""
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[os.write(descriptor, rest) :]
        except BlockingIOError:  # another program has set the terminal to non-blocking
            select.select([], [descriptor], [])
