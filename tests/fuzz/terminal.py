"""Inputs typed into the program in a pseudo-terminal, as a reader would."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

from fuzz.inputs import Input, Replay, text_of, writes
from fuzz.library import make_library
from fuzz.oracle import FaultError, check_afterwards, check_said
from fuzz.outcome import Outcome
from tuireader.notebook.notebook import FILE

ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P].*?(?:\x07|\x1b\\)|.)", re.DOTALL)
SAID = re.compile(r"(?:Kept|Noted): “[^”]*”\.|Mark . is here\.")
"""Acknowledgements that are known in what is painted."""

ERROR = re.compile(r"^(\w+(?:Error|Exception|Matches))\b", re.MULTILINE)
"""How the last line of a traceback begins."""

PATIENCE = 30.0
"""Seconds in which the program must have started, and must have ended."""

SILENCE = 0.02
"""Seconds of silence after which a write has been dealt with, or is being."""

WAIT = 0.4
"""Seconds that the input "wait" takes."""

EDITOR = """#!/bin/sh
echo "from the editor" >> "$1"
"""


class Terminal:
    """A pseudo-terminal with the program in it."""

    def __init__(self, replay: Replay, folder: Path) -> None:
        editor = folder / "editor"
        editor.write_text(EDITOR)
        editor.chmod(0o700)
        self.acknowledged = 0
        self._output = ""
        self._journal = folder / "data" / FILE
        self._ours, theirs = pty.openpty()
        self._resize(*replay.size)
        words = ("--data-dir", str(folder / "data"), str(make_library(folder)))
        self._process = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "-m", "tuireader", *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=folder,
            env=os.environ
            | {"TERM": "xterm-256color", "EDITOR": str(editor), "VISUAL": "", "BROWSER": "true"},
            start_new_session=True,
        )
        os.close(theirs)

    def close(self) -> None:
        """End the program if it still runs."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        os.close(self._ours)

    @property
    def has_ended(self) -> bool:
        """Whether the program was left."""
        return self._process.poll() is not None

    def start(self) -> None:
        """Wait until something is painted."""
        end = time.monotonic() + PATIENCE
        while not self._read(0.2) and time.monotonic() < end and not self.has_ended:
            pass

    def send(self, write: Sequence[Input]) -> None:
        """Send inputs in one write, and read what comes of it."""
        if size := write[0].size:
            self._resize(*size)
        elif not write[0].is_wait:
            self._write("".join(text_of(one.name) for one in write))
        came = self._read(WAIT if write[0].is_wait else SILENCE)
        if any(one.name == "ctrl+z" for one in write) and not self.has_ended:
            self._process.send_signal(signal.SIGCONT)
        plain = ESCAPES.sub("", came)
        for said in SAID.findall(plain):
            self.acknowledged += check_said(said, self._journal, alone=False)
        if self.has_ended:
            self._check_end()

    def leave(self) -> None:
        """Press Ctrl+Q; the program must end, and well."""
        self._write(text_of("ctrl+q"))
        end = time.monotonic() + PATIENCE
        while not self.has_ended and time.monotonic() < end:
            self._read(SILENCE)
        if not self.has_ended:
            self._process.send_signal(signal.SIGABRT)
            time.sleep(1)
            self._read(SILENCE)
            raise FaultError("Ctrl+Q does not leave", self._tail())
        self._read(SILENCE)
        self._check_end()

    def _check_end(self) -> None:
        self._read(SILENCE)
        status = self._process.returncode
        if status:
            said = ERROR.findall(self._tail())
            last = said[-1] if said else "no traceback"
            raise FaultError(f"the program ended with status {status}: {last}", self._tail())
        if "Traceback" in self._tail():
            raise FaultError("the program printed a traceback", self._tail())

    def _tail(self) -> str:
        return ESCAPES.sub("", self._output)[-6000:].replace("\r", "")

    def _resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._ours, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _write(self, text: str) -> None:
        data, end = text.encode(), time.monotonic() + PATIENCE
        while data and not self.has_ended:
            if time.monotonic() > end:
                raise FaultError("the program reads no more input", self._tail())
            # The program may be writing, and then wait for its output to be read.
            if select.select([], [self._ours], [], 1.0)[1]:
                data = data[os.write(self._ours, data[:512]) :]
            self._read(0)

    def _read(self, silence: float) -> str:
        came = b""
        while select.select([self._ours], [], [], silence)[0]:
            try:
                new = os.read(self._ours, 1 << 16)
            except OSError:
                break
            if not new:
                break
            came += new
        text = came.decode("utf-8", "replace")
        self._output = (self._output + text)[-200_000:]
        return text


def play(replay: Replay, folder: Path, outcome: Outcome) -> None:
    """Type the inputs into a new program whose files are in the folder."""
    terminal = Terminal(replay, folder)
    try:
        terminal.start()
        for write in writes(replay.inputs):
            outcome.count(len(write))
            terminal.send(write)
            outcome.acknowledged = terminal.acknowledged
            if terminal.has_ended:
                break
        else:
            terminal.leave()
        check_afterwards(folder / "data")
    except FaultError as fault:
        outcome.fail(fault.kind, fault.details)
    except OSError as error:
        outcome.fail_with(error)
    finally:
        terminal.close()
