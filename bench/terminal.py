"""A terminal without a screen: starts a program in a PTY, sends keys, and times what comes back."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from pathlib import Path
from typing import Self

ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_=>])")
SYNC_QUERY, SYNC_ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
FRAME_END = b"\x1b[?2026l"
SIZE = (40, 120)
"""Rows and columns."""
LIMIT = 60.0
"""Seconds after which something that did not happen is given up."""


class Terminal:
    """One run of a program. All times are in seconds."""

    def __init__(self, command: list[str], environ: dict[str, str]) -> None:
        self.unread = b""
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if not self.pid:
            os.execvpe(command[0], command, environ)  # noqa: S606 - this is what a PTY is for
        rows, columns = SIZE
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End the program if it still runs."""
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)

    def read(self, wait: float) -> bytes:
        """What the program writes within the time; raises EOFError if it has ended."""
        if not select.select([self.fd], [], [], wait)[0]:
            return b""
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError as error:
            raise EOFError("the program ended; run it by hand to see why") from error
        if SYNC_QUERY in data:
            self.send(SYNC_ANSWER)
        return data

    def send(self, keys: bytes) -> None:
        """Type."""
        os.write(self.fd, keys)

    def until_painted(self, word: str) -> float:
        """The time from the start until the word is on the screen."""
        seen, wanted = b"", word.encode()
        while time.perf_counter() - self.started < LIMIT:
            seen += self.read(LIMIT)
            if wanted in ESCAPES.sub(b"", seen):
                return time.perf_counter() - self.started
        raise TimeoutError(f"{word} was not painted within {LIMIT:.0f} seconds")

    def until_written(self, word: str, sent: float) -> float:
        """The time from a key, sent at a time of `perf_counter`, until a word is written."""
        seen, wanted = self.unread, word.encode()
        self.unread = b""
        while time.perf_counter() - sent < LIMIT:
            if wanted in ESCAPES.sub(b"", seen):
                self.unread = seen
                return time.perf_counter() - sent
            seen += self.read(LIMIT)
        raise TimeoutError(f"{word} was not written within {LIMIT:.0f} seconds")

    def settle(self, silence: float = 0.15) -> float:
        """Wait until the program has been silent so long; when it last wrote, by the clock."""
        self.unread = b""
        last = time.perf_counter()
        while self.read(silence):
            last = time.perf_counter()
        return last

    def key(self, keys: bytes, settle: float = 0.03) -> float:
        """The time from a key to the end of the first frame after it.

        Then wait until the program has been silent for `settle` seconds; 0 does not wait.
        """
        sent = time.perf_counter()
        self.send(keys)
        seen = b""
        while FRAME_END not in seen:
            data = self.read(1.0)
            if not data:
                raise TimeoutError(f"{keys!r} changed nothing on the screen")
            seen += data
        painted = time.perf_counter()
        if settle:
            self.settle(settle)
        return painted - sent

    def flood(self, keys: bytes, rate: int, seconds: float) -> float:
        """Hold a key down; the time from its release until the last frame."""
        released = time.perf_counter()
        for number in range(int(rate * seconds)):
            while time.perf_counter() - released < number / rate:
                self.read(0.001)
            self.send(keys)
        ended = time.perf_counter()
        return max(0.0, self.settle() - ended)

    def cpu(self) -> float:
        """The processor time used so far; Linux only, nothing elsewhere."""
        try:
            stat = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii")
        except OSError:
            return float("nan")
        fields = stat.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def processes(self) -> list[int]:
        """The program and all processes that it started; Linux only."""
        found = [self.pid]
        for pid in found:
            with contextlib.suppress(OSError):
                for task in Path(f"/proc/{pid}/task").iterdir():
                    children = (task / "children").read_text(encoding="ascii")
                    found += [int(child) for child in children.split()]
        return found

    def memory(self) -> float:
        """The memory of all its processes in MB, what they share counted once; Linux only."""
        total = 0
        for pid in self.processes():
            with contextlib.suppress(OSError):
                for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                    if line.startswith("Pss:"):
                        total += int(line.split()[1])
        return total * 1024 / 1e6

    def cpu_of_all(self) -> float:
        """The processor time that all its running processes have used, in seconds; Linux only."""
        total = 0
        for pid in self.processes():
            with contextlib.suppress(OSError):
                stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
                fields = stat.rpartition(")")[2].split()
                total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")

    def until_idle(self) -> None:
        """Wait until the program and all its processes have used no processor time for a second."""
        quiet = 0
        while quiet < 10 and time.perf_counter() - self.started < 4 * LIMIT:
            before = self.cpu_of_all()
            self.settle(0.1)
            quiet = quiet + 1 if self.cpu_of_all() - before < 0.02 else 0

    def idle(self, seconds: float) -> float:
        """The share of a core that the program uses while nothing is typed, from 0 to 1."""
        before = self.cpu()
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self.read(left)
        return (self.cpu() - before) / seconds

    def quit(self, keys: bytes) -> float:
        """The time from the key that quits until the process has ended."""
        sent = time.perf_counter()
        self.send(keys)
        while not os.waitpid(self.pid, os.WNOHANG)[0]:
            with contextlib.suppress(EOFError):
                self.read(0.002)
            if time.perf_counter() - sent > LIMIT:
                raise TimeoutError("the program did not quit")
        return time.perf_counter() - sent
