"""Runs another program in the terminal, such as an editor, while the screen is suspended."""

import contextlib
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from types import FrameType
from typing import Any

from textual.app import App

PATIENCE = 0.3
"""Seconds that the other program has to end when this one is told to."""

FORWARDED = (signal.SIGTERM, signal.SIGHUP)
"""Signals that end both programs."""

IGNORED = (signal.SIGINT, signal.SIGQUIT)
"""Signals that the terminal sends to both programs, and that are meant for the other one."""


class TerminatedError(Exception):
    """This program was told to end while the other one was running."""


def run_in_foreground(app: App[Any], command: Sequence[str]) -> int:
    """Run the command with the terminal to itself, and return its exit status.

    Raises OSError if it cannot be started, SuspendNotSupported if the terminal cannot be given
    away, and TerminatedError if a signal told this program to end; it then ends by that signal's
    handler as soon as the event loop runs.
    """
    status: int | OSError
    with app.suspend():
        # An exception in here would keep Textual from taking the terminal back, which is right
        # only when the program ends: then the terminal may be gone, or the other program's.
        try:
            status = _run(command)
        except OSError as error:
            status = error
    if isinstance(status, OSError):
        raise status
    return status


def _run(command: Sequence[str]) -> int:
    received: list[int] = []
    waiting = False

    def receive(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        if waiting and len(received) == 1:
            raise TerminatedError

    with _handlers(receive):
        process = subprocess.Popen(command)
        try:
            waiting = True
            if not received:
                process.wait()
            waiting = False
        except TerminatedError:
            waiting = False
        if received and process.returncode is None:
            process.send_signal(received[0])
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE)
    if received:
        signal.raise_signal(received[0])
        raise TerminatedError
    return process.returncode


@contextlib.contextmanager
def _handlers(receive: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Have the signals that end the program received here for a while.

    The event loop is told of none: it would act on them when the other program has ended.
    """

    def ignore(_number: int, _frame: FrameType | None) -> None:
        """Do nothing; with SIG_IGN the other program would ignore the signal too."""

    wakeup = signal.set_wakeup_fd(-1)
    handlers = dict.fromkeys(FORWARDED, receive) | dict.fromkeys(IGNORED, ignore)
    before = {
        number: signal.signal(number, handler)
        for number, handler in handlers.items()
        if signal.getsignal(number) is not signal.SIG_IGN  # as `nohup` has it
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(wakeup, warn_on_full_buffer=False)
