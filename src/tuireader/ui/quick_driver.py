"""A terminal driver that leaves at once and sleeps while nothing happens.

Textual's own looks for input ten times a second and waits up to 0.2 s for its
thread when it leaves. This one waits for input, or for a byte in a pipe that
says it is time to go.
"""

import os
import select
from codecs import getincrementaldecoder
from itertools import chain
from typing import Any, ClassVar

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

ALTERNATE = "\x1b[?1049h"
"""What makes a terminal show its alternate screen, and clear it."""

CHUNK = 4096
"""Bytes read at once."""

UNFINISHED = 0.1
"""Seconds after which an escape that nothing followed is the Esc key."""


class QuickDriver(LinuxDriver):
    """Textual's driver for terminals, but for the way it waits for input."""

    attributes: ClassVar[list[Any] | None] = None
    """The terminal's attributes before the first paint, to be put back at the end."""
    painted: ClassVar[bool] = False
    """Whether the first paint is on the alternate screen, which must not be cleared then."""

    _wake: tuple[int, int] | None = None

    def start_application_mode(self) -> None:
        """Make the pipe, then begin to read keys."""
        self._wake = os.pipe()
        super().start_application_mode()  # type: ignore[no-untyped-call] # Textual's, unannotated
        if self.attributes is not None:
            self.attrs_before = self.attributes

    def write(self, data: str) -> None:
        """Write to the terminal; over the first paint the screen is not entered again."""
        if data == ALTERNATE and QuickDriver.painted:
            QuickDriver.painted = False
            return
        super().write(data)

    def run_input_thread(self) -> None:
        """Read keys until a byte comes through the pipe."""
        wake = self._wake[0] if self._wake else -1
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        while not self.exit_event.is_set():
            unfinished = parser._timeout_time is not None  # noqa: SLF001 - no public way to ask
            data = _read_or_wake(self.fileno, wake, UNFINISHED if unfinished else None)
            if data is None:
                break
            for event in chain(parser.feed(decode(data)) if data else (), parser.tick()):
                self.process_message(event)

    def disable_input(self) -> None:
        """Wake the input thread, so that it ends now."""
        self.exit_event.set()
        if self._wake is not None:
            os.write(self._wake[1], b"q")
            if self._key_thread is not None:
                self._key_thread.join()
            for end in self._wake:
                os.close(end)
            self._wake = None
        self.exit_event.clear()
        super().disable_input()


def _read_or_wake(terminal: int, wake: int, wait: float | None) -> bytes | None:
    """What the terminal sent; nothing after `wait` seconds; None if it is time to go."""
    ready, _, _ = select.select([terminal, wake], [], [], wait)
    if wake in ready:
        return None
    if terminal in ready:
        return os.read(terminal, CHUNK) or None
    return b""
