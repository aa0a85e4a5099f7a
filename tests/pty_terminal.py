"""The program in a real terminal: a pseudo-terminal whose output is read, and keys typed."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping

PATIENCE = 60.0
"""Seconds after which something that was waited for will not come."""


class Terminal:
    """A pseudo-terminal with the program in it.

    Args:
        words: The program's arguments.
        environment: What differs from the test's own environment.
        controls: Whether the terminal controls the program, so that closing it hangs the program
            up. Else the program only reads and writes it.
        stdin: Another file for the standard input.
        stderr: Another file for the standard error.
    """

    def __init__(
        self,
        *words: str,
        environment: Mapping[str, str] | None = None,
        controls: bool = False,
        stdin: int | None = None,
        stderr: int | None = None,
    ) -> None:
        self.ours, self.theirs = pty.openpty()
        self.is_open = True
        fcntl.ioctl(self.theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(self.theirs)
        kind = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tuireader", *words],
            stdin=self.theirs if stdin is None else stdin,
            stdout=self.theirs,
            stderr=self.theirs if stderr is None else stderr,
            env={**os.environ, **kind, **(environment or {})},
            start_new_session=True,
            preexec_fn=_take_terminal if controls else None,  # noqa: PLW1509 - no thread runs here
        )
        if controls:
            os.close(self.theirs)
            self.theirs = -1
        self.output = ""

    def read(self, wait: float = 0.02) -> str:
        """What came since it was read last."""
        came = b""
        while self.is_open and select.select([self.ours], [], [], wait)[0]:
            try:
                came += os.read(self.ours, 65536)
            except OSError:  # the program has ended
                break
        text = came.decode("utf-8", "replace")
        self.output += text
        return text

    def until(self, words: str) -> None:
        """Wait until the words, styled or not, have been written."""
        self.until_so(lambda: words in plain(self.output))

    def until_so(self, condition: Callable[[], object]) -> None:
        """Wait until a condition holds."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, plain(self.output)[-2000:]
            self.read()
            if not self.is_open:
                time.sleep(0.005)

    def type(self, keys: str) -> None:
        """Type keys."""
        self.output = ""
        os.write(self.ours, keys.encode())

    def stopped(self) -> None:
        """Wait until the program has stopped itself, and forget what it wrote before."""
        os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOWAIT)
        self.read()
        self.output = ""

    def hang_up(self) -> None:
        """Close the terminal, as a window is closed."""
        if self.is_open:
            self.is_open = False
            os.close(self.ours)
            if self.theirs >= 0:
                os.close(self.theirs)

    def kill(self) -> None:
        """Kill the program, if it still runs."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def ended(self) -> int:
        """The exit status, once the program has ended."""
        self.until_so(lambda: self.process.poll() is not None)
        self.read()
        return self.process.returncode


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def plain(output: str) -> str:
    """The output without escape sequences."""
    return re.sub(r"\x1b(\[[0-9;?<>=]*\$?[a-zA-Z]|\].*?(\x07|\x1b\\)|.)", "", output)
