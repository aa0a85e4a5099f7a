"""Ends the program within a second of a signal, even if the terminal or the screen hangs.

The signals that end a program, and the end of the terminal's input, wake a thread. It asks the
screen to save and exit. If the screen does not do so in time, the thread saves, closes the
notebook, restores the terminal and ends the process.
"""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Lock, Thread, Timer
from time import monotonic
from types import FrameType

ENDING_SIGNALS = tuple(
    number
    for name in ("SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM")
    if (number := getattr(signal, name, None)) is not None
)
"""The signals that end the program after everything is saved."""

SAVE_TIMEOUT = 0.4
"""Seconds that the screen has to save, before the thread saves in its place."""

EXIT_TIMEOUT = 0.7
"""Seconds that the process has to end by itself, before the thread ends it."""

HARD_TIMEOUT = 5.0
"""Seconds after which the process is ended even if saving has not finished."""

_NO_SIGNAL = b"\0"
"""The byte that wakes the thread without a signal; no signal has the number 0."""


def _nothing() -> None:
    """Do nothing, while there is no terminal to restore."""
    return


@dataclass(frozen=True, kw_only=True)
class Watched:
    """The functions of a running screen that the watchdog calls."""

    leave: Callable[[], None]
    """Asks the screen to save and exit. Called from another thread; returns at once."""
    save: Callable[[], None]
    """Saves the reading position and the drafts. Called from another thread if the screen hangs."""


class Watchdog:
    """Waits in a thread for a signal that ends the program, and makes sure that it ends."""

    def __init__(self, close: Callable[[], None]) -> None:
        """Create a watchdog, which does nothing before `start`.

        `close` closes the notebook; it is called once, before the process ends.
        """
        self.saved = Event()
        """Set by the screen once everything is saved."""
        self.leaving = Event()
        """Set when the program is about to end, so that it does not set up the terminal again."""
        self.put_back: Callable[[], None] = _nothing
        """Restores the terminal in bounded time; called from another thread."""
        self._close = close
        self._closing = Lock()
        self._is_closed = False
        self._screen: Watched | None = None
        self._status = 0
        self._pipe: tuple[int, int] | None = None

    def start(self) -> None:
        """Start the thread that waits for signals which end the program.

        A signal is a request to exit: the screen saves and exits in time, or the thread does it.
        Must be called in the main thread.
        """
        if sys.platform == "win32":
            return
        self._pipe = os.pipe()
        os.set_blocking(self._pipe[1], False)
        # The number of a signal is written by Python's C handler, also while the main
        # thread is in a long call and runs no handler of its own.
        signal.set_wakeup_fd(self._pipe[1], warn_on_full_buffer=False)
        for number in ENDING_SIGNALS:
            if signal.getsignal(number) is not signal.SIG_IGN:  # as `nohup` has it
                signal.signal(number, self._note)
        Thread(target=self._watch, args=(self._pipe[0],), name="watchdog", daemon=True).start()

    def attach(self, screen: Watched) -> None:
        """Set the screen that is asked to save and exit."""
        self._screen = screen

    def end(self) -> None:
        """End the program as a signal would, because the terminal is gone or the user quits."""
        self.leaving.set()
        if self._pipe is not None:
            with suppress(BlockingIOError):  # full of signals, which do the same
                os.write(self._pipe[1], _NO_SIGNAL)

    def close(self) -> None:
        """Close the notebook, once."""
        with self._closing:
            if not self._is_closed:
                self._is_closed = True
                self._close()

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        """Handle a signal: remember that the program is about to end.

        The thread reads the signal's number from the pipe. Both arguments are Python's.
        """
        self.leaving.set()

    def _watch(self, pipe: int) -> None:
        """Thread body: wait for the first signal that ends the program, and end it.

        `pipe` is the file descriptor from which the numbers of the signals are read.
        """
        came = b""
        while not (ending := [number for number in came if not number or number in ENDING_SIGNALS]):
            came = os.read(pipe, 512)
        self.leaving.set()
        begun = monotonic()
        guard = Timer(HARD_TIMEOUT, os._exit, (1,))
        guard.daemon = True
        guard.start()
        try:
            if self._screen is None:
                self._status = 128 + ending[0]
            else:
                self._leave_screen(self._screen, begun)
            self.close()
        finally:
            self.put_back()
            os._exit(self._status)

    def _leave_screen(self, screen: Watched, begun: float) -> None:
        """Let the screen save and exit; save in its place if it does not in time.

        `begun` is when the signal came, on the monotonic clock in seconds.
        """
        if not self.saved.is_set():
            screen.leave()
            if not self.saved.wait(SAVE_TIMEOUT):
                screen.save()
        # The process is expected to end during this wait.
        Event().wait(max(0.0, begun + EXIT_TIMEOUT - monotonic()))
