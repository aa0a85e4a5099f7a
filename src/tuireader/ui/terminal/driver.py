"""A terminal driver that exits without delay, accepts any input, and never waits for output.

Textual's own driver polls for input ten times a second, waits up to 0.2 s for its thread at exit,
and blocks for ever on a terminal that is closed or reads nothing. This driver blocks in `select`
until there is input, or a byte in a pipe that tells it to exit.
"""

import os
import select
import signal
import sys
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App

from tuireader.ui.floods import is_outdated
from tuireader.ui.terminal.ground import GroundProbe
from tuireader.ui.terminal.input import TerminalInput
from tuireader.ui.terminal.output import TerminalOutput
from tuireader.ui.terminal.state import (
    BIDI_EXPLICIT,
    BIDI_IMPLICIT,
    GRAPHEMES_OFF,
    GRAPHEMES_ON,
    in_foreground,
    put_attributes_back,
)
from tuireader.ui.terminal.watchdog import Watchdog
from tuireader.ui.terminal.width_probe import SYNC_END, SYNC_START, WidthProbe
from tuireader.ui.textual_compat import PrivateDriver, missing_names

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.message import Message


def driver_class(
    attributes: list[Any] | None = None, watchdog: "Watchdog | None" = None
) -> "type[Driver] | None":
    """Return the class of the terminal driver for this platform; None for Textual's own.

    `attributes` are the terminal's attributes before the first paint, as `termios.tcgetattr`
    returns them, and None without a first paint. `watchdog` ends the program when the terminal is
    gone; None if nothing does. Textual's own driver is used on Windows, and where Textual's
    internals have changed.
    """
    if sys.platform == "win32" or missing_names():
        return None

    FastExitDriver.attributes = attributes
    FastExitDriver.painted = attributes is not None
    FastExitDriver.watchdog = watchdog
    return FastExitDriver


ALTERNATE = "\x1b[?1049h"
"""The control sequence that switches to the alternate screen and clears it."""

ALTERNATE_KEYS = "\x1b[=4;2u"
"""The control sequence that also asks for the keys of a Latin keyboard (kitty's protocol)."""

QUERY_SYNC = "\x1b[?2026$p"
"""The question of Textual whether the terminal can show output at once."""

RESTORE = (
    "\x1b[?2004l\x1b[?7h\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l"
    "\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""The control sequences that Textual writes when it leaves the terminal."""

CHUNK = 4096
"""Bytes that are read at once."""

DRAIN_TIMEOUT = 0.3
"""Seconds to wait at exit until the terminal has read the last output."""


SIGNAL_DELAY = 0.05
"""Seconds to wait for an ending signal that may have arrived together with SIGCONT."""


class FastExitDriver(PrivateDriver):
    """Textual's driver for terminals, with its own reading, writing and exit."""

    running: ClassVar["FastExitDriver | None"] = None
    """The driver that has a terminal; None if there is none."""
    graphemes: ClassVar[bool] = False
    """Whether the terminal measures by graphemes because the program switched that on."""
    is_plain: ClassVar[bool] = False
    """Whether to ask the terminal nothing, and to use no extension of its keys.

    Emulations inside screen readers show a part of what they do not know.
    """
    orders_text: ClassVar[bool] = True
    """Whether the terminal may put right-to-left text in visual order."""
    attributes: ClassVar[list[Any] | None] = None
    """The terminal's attributes before the first paint, which are restored at exit."""
    painted: ClassVar[bool] = False
    """Whether the alternate screen has the first paint, which must not be cleared."""
    watchdog: ClassVar[Watchdog | None] = None
    """Ends the program when the terminal is gone."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        """Create the driver with the arguments that Textual passes."""
        super().__init__(app, **options)
        self._output: TerminalOutput | None = None
        self._given_back = False
        self._wake: tuple[int, int] | None = None
        self._probe = WidthProbe()
        self._ground = GroundProbe()
        self._frame: list[str] = []
        """The parts of a frame that is being drawn; empty in between."""

    def start_application_mode(self) -> None:
        """Set up the terminal, and start to read keys.

        In the background, first stop the process until it is continued in the foreground.
        """
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
        FastExitDriver.running = self
        self.write(
            ALTERNATE_KEYS * (not self.is_plain)
            + GRAPHEMES_ON * self.graphemes
            + BIDI_EXPLICIT * (not self.orders_text)
        )
        if self.attributes is not None:
            self.attrs_before = self.attributes
        if self.watchdog is not None:
            self.watchdog.put_back = self.abandon

    def stop_application_mode(self) -> None:
        """Restore the terminal, unless it was not set up."""
        if self._output is not None:
            self.write(self._restored_modes())
            super().stop_application_mode()
            self._given_back = True

    def close(self) -> None:
        """Close the driver, and wait up to DRAIN_TIMEOUT until the terminal has read the output."""
        FastExitDriver.running = None
        super().close()
        self.has_no_writer()
        output, self._output = self._output, None
        if output is not None:
            output.close(DRAIN_TIMEOUT)

    def abandon(self) -> None:
        """Restore the terminal in bounded time.

        The watchdog calls this in its thread, and then ends the process.
        """
        output, self._output = self._output, None
        if output is None:
            return
        if not self._given_back:
            if self.attrs_before is not None:
                put_attributes_back(self.fileno, self.attrs_before)
            output.write(self._restored_modes() + RESTORE)
        output.close(DRAIN_TIMEOUT)

    def write(self, data: str) -> None:
        """Queue text and control sequences for the terminal; never wait for it.

        After the first paint, the switch to the alternate screen is left out once. A frame is
        queued as a whole: the thread that writes it would take turns with the one that draws it.
        """
        if data == ALTERNATE and FastExitDriver.painted:
            FastExitDriver.painted = False
            return
        if self.is_plain and data == QUERY_SYNC:
            return
        if data == SYNC_START:
            self._frame = [data]
            return
        if self._frame:
            self._frame.append(data)
            if data != SYNC_END:
                return
            data = "".join(self._frame)
            self._frame.clear()
        if self._output is not None:
            self._output.write(data)

    def run_input_thread(self) -> None:
        """Thread body: read keys until `disable_input` is called, or the terminal is gone."""
        wake = self._wake[0] if self._wake else -1
        keys = TerminalInput(self._answer)
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
                if not is_outdated(event, self.queued):
                    self.process_message(event)

    def measure_widths(self, row: int) -> bool:
        """Ask the terminal how wide it draws joined characters; return False if it was asked.

        `row` is one on the screen, from 2. The caller then redraws the screen, and calls
        `show_output`. The answer is a `WidthsMeasured`.
        """
        if self._probe.asked or self.is_plain:
            return False
        self.write(self._probe.question(row))
        return True

    def show_output(self) -> None:
        """Let the terminal show what was written since `measure_widths`."""
        self.write(SYNC_END)

    def ask_ground(self) -> None:
        """Ask the terminal for its background; nothing waits for the answer, a `GroundTold`."""
        if question := self._ground.question(os.environ):
            self.write(question)

    def _restored_modes(self) -> str:
        """Return the control sequences that undo the modes of this run."""
        return (GRAPHEMES_OFF * self.graphemes) + (BIDI_IMPLICIT * (not self.orders_text))

    def _answer(self, sequence: str) -> "Message | bool":
        """Return whether a sequence answers a question; the message if the answer is complete."""
        if told := self._ground.answer(sequence):
            return told
        if not self._probe.takes(sequence):
            return False
        answer = self._probe.answer() if self._probe.is_complete else None
        if answer is None:
            return True
        FastExitDriver.graphemes = answer.graphemes = self.graphemes or answer.graphemes
        return answer

    def disable_input(self) -> None:
        """Stop the input thread by a byte in its pipe."""
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
        """Return whether the program runs on after SIGCONT; False if it is about to end."""
        # Of two signals that came while the process slept, either may be told of first.
        return self.watchdog is None or not self.watchdog.leaving.wait(SIGNAL_DELAY)

    def _is_leaving(self) -> bool:
        """Return whether the program is about to end."""
        return self.watchdog is not None and self.watchdog.leaving.is_set()

    def _end(self) -> None:
        """End the program as a signal would, because the terminal is gone."""
        if self.watchdog is not None:
            self.watchdog.end()


def _read(terminal: int) -> bytes:
    """Return up to `CHUNK` bytes that the terminal sent; b"" if it is gone.

    `terminal` is its file descriptor, which must be ready to be read.
    """
    try:
        return os.read(terminal, CHUNK)
    except OSError:
        return b""
