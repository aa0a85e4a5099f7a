"""The program in a real terminal: a pseudo-terminal whose output is read, and keys typed."""

import fcntl
import json
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
from collections.abc import Iterator
from pathlib import Path

import pytest

TEXT = """The harbour stays open

Ada Voss said the harbour would stay open. Nobody doubted it.

A second paragraph follows.
"""
PATIENCE = 30.0
"""Seconds after which something that was waited for will not come."""


class Terminal:
    """A pseudo-terminal with the program in it."""

    def __init__(self, *words: str, stdin: int | None = None) -> None:
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(theirs)
        self.theirs = theirs
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tuireader", *words],
            stdin=theirs if stdin is None else stdin,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            start_new_session=True,
        )
        self.output = ""

    def read(self, wait: float = 0.05) -> str:
        """What came since it was read last."""
        came = b""
        while select.select([self.ours], [], [], wait)[0]:
            try:
                came += os.read(self.ours, 65536)
            except OSError:
                break
        text = came.decode("utf-8", "replace")
        self.output += text
        return text

    def until(self, words: str) -> None:
        """Wait until the words, styled or not, have been written."""
        end = time.monotonic() + PATIENCE
        while words not in plain(self.output):
            assert time.monotonic() < end, plain(self.output)[-2000:]
            self.read()

    def type(self, keys: str) -> None:
        """Type keys."""
        self.output = ""
        os.write(self.ours, keys.encode())

    def ended(self) -> int:
        """The exit status, once the program has ended."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < end
            self.read()
        self.read()
        return self.process.returncode


def plain(output: str) -> str:
    """The output without escape sequences."""
    return re.sub(r"\x1b(\[[0-9;?<>=]*\$?[a-zA-Z]|\].*?(\x07|\x1b\\)|.)", "", output)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def terminal(article: Path, tmp_path: Path) -> Iterator[Terminal]:
    started = Terminal("--data-dir", str(tmp_path / "data"), str(article))
    yield started
    if started.process.poll() is None:
        started.process.kill()
        started.process.wait()
    os.close(started.ours)
    os.close(started.theirs)


def test_the_text_is_painted_once_and_the_terminal_is_as_before_at_the_end(
    terminal: Terminal,
) -> None:
    terminal.until("A second paragraph follows.")
    terminal.until("Next page")
    assert terminal.output.count("\x1b[?1049h") == 1
    terminal.type("\x11")
    assert terminal.ended() == 0
    assert terminal.output.count("\x1b[?1049l") == 1
    assert termios.tcgetattr(terminal.theirs) == terminal.before


def test_keys_typed_before_the_program_is_ready_are_not_lost(
    terminal: Terminal, article: Path, tmp_path: Path
) -> None:
    terminal.until("A second paragraph follows.")
    terminal.type("jb")
    terminal.until("Kept: “Ada Voss said")
    terminal.process.send_signal(signal.SIGKILL)
    terminal.process.wait()
    again = subprocess.run(
        [sys.executable, "-m", "tuireader", "--data-dir", str(tmp_path / "data"), "notes"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Ada Voss said the harbour would stay open." in again.stdout
    assert str(article) in again.stdout


def test_a_note_that_is_being_typed_survives_a_kill_to_within_two_seconds(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.until("Next page")
    terminal.type("a")
    terminal.until("Ctrl+S saves")
    seen: list[tuple[float, str]] = []
    begun, word = time.monotonic(), 0
    while time.monotonic() - begun < 4.0:
        word += 1
        terminal.type(f"{word} ")
        terminal.until(str(word))
        seen.append((time.monotonic(), f"{word} "))
    terminal.process.send_signal(signal.SIGKILL)
    killed = time.monotonic()
    terminal.process.wait()
    (draft,) = (tmp_path / "data" / "drafts").glob("*.json")
    kept = json.loads(draft.read_text())["text"]
    typed = "".join(text for _, text in seen)
    assert typed.startswith(kept)
    assert len(kept) >= len("".join(text for at, text in seen if killed - at > 2.0).strip())
    second = Terminal("--data-dir", str(tmp_path / "data"), str(tmp_path / "harbour.txt"))
    try:
        second.until("Next page")
        second.type("a")
        second.until(kept.split()[-1])
    finally:
        second.process.kill()
        second.process.wait()


def test_a_wrong_path_is_one_line_and_status_1(tmp_path: Path) -> None:
    missing = Terminal("--data-dir", str(tmp_path / "data"), "nowhere.txt")
    assert missing.ended() == 1
    assert plain(missing.output).strip() == "tuireader: nowhere.txt: nothing is there"
    assert "\x1b[?1049h" not in missing.output
