"""Writes to a terminal without making the program wait for it.

A terminal may be closed, stopped, or so slow that it reads nothing for minutes. Whoever
writes to it here never waits, so that a signal is acted on whatever the terminal does.
"""

import os
import select
from collections import deque
from collections.abc import Callable
from threading import Condition, Thread

MOST = 1_000_000
"""Bytes that wait for a terminal; if it reads none of them, they are out of date and dropped."""

CHUNK = 65_536
"""Bytes that are handed to the terminal at once."""


def _nothing() -> None:
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
        """Begin to write. `failed` and `dropped` are called in the writing thread.

        `failed` is called once the terminal takes no more for ever, `dropped` when it reads
        again after text was dropped, so that the screen must be drawn anew.
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
        """Queue the text; it never waits, and does nothing once the output is closed."""
        data = text.encode(self._encoding, "replace")
        with self._changed:
            if self._closed:
                return
            if self._size > MOST:
                self._waiting.clear()
                self._size = 0
                self._has_dropped = True
            self._waiting.append(data)
            self._size += len(data)
            self._changed.notify()

    def close(self, wait: float) -> bool:
        """Take no more text; whether all of it was written within `wait` seconds."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join(wait)
        return not self._thread.is_alive()

    def _run(self) -> None:
        """Write what is queued until the output is closed or the terminal is gone."""
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
        """All that is queued, once there is something; nothing if the output is closed."""
        with self._changed:
            while not self._waiting and not self._closed:
                self._changed.wait()
            data = b"".join(self._waiting)
            self._waiting.clear()
            self._size = 0
            return data

    def _tell_dropped(self) -> None:
        with self._changed:
            tell, self._has_dropped = self._has_dropped and not self._closed, False
        if tell:
            self._dropped()


def _write_all(descriptor: int, data: bytes) -> None:
    """Write the bytes; raises OSError if the terminal is gone."""
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[os.write(descriptor, rest) :]
        except BlockingIOError:  # another program has set the terminal to non-blocking
            select.select([], [descriptor], [])
