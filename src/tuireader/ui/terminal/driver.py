"""A terminal driver that leaves at once, survives any input, and never waits for output.

Textual's own looks for input ten times a second, waits up to 0.2 s for its thread when it
leaves, and waits for ever for a terminal that is closed or reads nothing. This one waits
for input, or for a byte in a pipe that says it is time to go.
"""

import os
import select
import signal
import sys
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App

from tuireader.ui.terminal.input import TerminalInput
from tuireader.ui.terminal.output import TerminalOutput
from tuireader.ui.terminal.state import IN_TIME, in_foreground, put_attributes_back
from tuireader.ui.terminal.watchdog import Watchdog
from tuireader.ui.textual_compat import PrivateDriver, missing_names

if TYPE_CHECKING:
    from textual.driver import Driver


def driver_class(
    attributes: list[Any] | None = None, watchdog: "Watchdog | None" = None
) -> "type[Driver] | None":
    """The driver that leaves at once; None where Textual's own must be used.

    `attributes` are the terminal's before the first paint; None if there was none.
    Textual's own is used where its internals are not what is expected.
    """
    if sys.platform == "win32" or missing_names():
        return None

    FastExitDriver.attributes = attributes
    FastExitDriver.painted = attributes is not None
    FastExitDriver.watchdog = watchdog
    return FastExitDriver


ALTERNATE = "\x1b[?1049h"
"""What makes a terminal show its alternate screen, and clear it."""

RESTORE = (
    "\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"
    "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""What Textual writes when it leaves the terminal, in one piece."""

CHUNK = 4096
"""Bytes read at once."""

DRAINED = 0.3
"""Seconds that the terminal has to read the last output when it is left."""


BOTH = 0.05
"""Seconds after which a signal that ends the program is known, if it came with SIGCONT."""


class FastExitDriver(PrivateDriver):
    """Textual's driver for terminals, but for the way it reads, writes and leaves."""

    attributes: ClassVar[list[Any] | None] = None
    """The terminal's attributes before the first paint, to be put back at the end."""
    painted: ClassVar[bool] = False
    """Whether the first paint is on the alternate screen, which must not be cleared then."""
    watchdog: ClassVar[Watchdog | None] = None
    """Ends the program when the terminal is gone."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        """Take what Textual hands to a driver."""
        super().__init__(app, **options)
        self._output: TerminalOutput | None = None
        self._given_back = False
        self._wake: tuple[int, int] | None = None

    def start_application_mode(self) -> None:
        """Take the terminal, and begin to read keys."""
        while not self._is_leaving() and not in_foreground(self.fileno):
            os.kill(os.getpid(), signal.SIGSTOP)  # continued in the background
        if self._is_leaving() or self._output is not None:
            return
        self._wake = os.pipe()
        self._given_back = False
        self._output = TerminalOutput(
            self.stream.fileno(), self.stream.encoding, failed=self._end, dropped=self.draw_anew
        )
        super().start_application_mode()  # type: ignore[no-untyped-call] # Textual's, unannotated
        if self.attributes is not None:
            self.attrs_before = self.attributes
        if self.watchdog is not None:
            self.watchdog.put_back = self.abandon

    def stop_application_mode(self) -> None:
        """Give the terminal back, unless it is not ours now."""
        if self._output is not None:
            super().stop_application_mode()
            self._given_back = True

    def close(self) -> None:
        """Let the terminal read the last output, but do not wait for one that reads nothing."""
        super().close()
        self.has_no_writer()
        output, self._output = self._output, None
        if output is not None:
            output.close(DRAINED)

    def abandon(self) -> None:
        """Give the terminal back in bounded time, from a thread that ends the process then."""
        output, self._output = self._output, None
        if output is None:
            return
        if not self._given_back:
            if self.attrs_before is not None:
                put_attributes_back(self.fileno, self.attrs_before)
            output.write(RESTORE)
        output.close(IN_TIME)

    def write(self, data: str) -> None:
        """Write to the terminal; over the first paint the screen is not entered again."""
        if data == ALTERNATE and FastExitDriver.painted:
            FastExitDriver.painted = False
        elif self._output is not None:
            self._output.write(data)

    def run_input_thread(self) -> None:
        """Read keys until a byte comes through the pipe, or the terminal is gone."""
        wake = self._wake[0] if self._wake else -1
        keys = TerminalInput()
        while not self.exit_event.is_set():
            ready, _, _ = select.select([self.fileno, wake], [], [], keys.patience)
            if wake in ready:
                return
            if not ready:
                found = keys.end_unfinished()
            elif data := _read(self.fileno):
                found = keys.feed(data)
            else:
                self._end()
                return
            for event in found:
                self.process_message(event)

    def disable_input(self) -> None:
        """Wake the input thread, so that it ends now."""
        if self._wake is None:
            return
        self.exit_event.set()
        os.write(self._wake[1], b"q")
        self.join_input_thread()
        for end in self._wake:
            os.close(end)
        self._wake = None
        self.exit_event.clear()
        super().disable_input()

    def may_continue(self) -> bool:
        """Return whether the program goes on when it is continued."""
        # Of two signals that came while the process slept, either may be told of first.
        return self.watchdog is None or not self.watchdog.leaving.wait(BOTH)

    def _is_leaving(self) -> bool:
        return self.watchdog is not None and self.watchdog.leaving.is_set()

    def _end(self) -> None:
        """The terminal is gone: leave as after a signal."""
        if self.watchdog is not None:
            self.watchdog.end()


def _read(terminal: int) -> bytes:
    """What the terminal sent; nothing if it is gone."""
    try:
        return os.read(terminal, CHUNK)
    except OSError:
        return b""
