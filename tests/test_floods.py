"""Masses of input in a real terminal: the key that comes after them works, and nothing is lost."""

import fcntl
import os
import re
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from pty_terminal import Terminal, plain

TEXT = "The harbour stays open\n\nAda Voss said the harbour would stay open.\n"

HELP = "Half a page down"


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    path = tmp_path / "harbour.txt"
    path.write_text(TEXT, encoding="utf-8")
    started = Terminal("--data-dir", str(tmp_path / "data"), str(path))
    started.until("Next page")
    started.type("jb")
    started.until("Bookmarked: “Ada Voss")
    yield started
    started.kill()
    started.hang_up()


def send(terminal: Terminal, data: bytes, until: str) -> None:
    """Send bytes as fast as they are read, while what the program writes is read, too."""

    def write() -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(terminal.ours, rest[:4096]) :]

    terminal.output = ""
    sender = Thread(target=write)
    sender.start()
    terminal.until(until)
    sender.join()


def mouse(number: int) -> bytes:
    button = (0, 32, 35, 64, 65)[number % 5]
    end = b"m" if number % 10 == 0 else b"M"
    return b"\x1b[<%d;%d;%d" % (button, number % 80 + 1, number % 24 + 1) + end


@pytest.mark.parametrize(
    "flood",
    [
        b"".join(mouse(number) for number in range(2000)),
        b"\x1b[O\x1b[I" * 1000,
        b"\x1b[200~" + b"pasted words " * 400_000 + b"\x1b[201~",
    ],
    ids=["mouse", "focus", "paste"],
)
def test_a_key_after_a_flood_works(terminal: Terminal, flood: bytes, tmp_path: Path) -> None:
    send(terminal, flood + b"?", HELP)
    terminal.type("\x1b\x11")
    assert terminal.ended() == 0
    assert "Ada Voss said" in "".join(
        path.read_text(encoding="utf-8") for path in (tmp_path / "data").glob("notebook*.json*")
    )


def test_a_paste_into_the_text_is_ignored_and_that_is_told(terminal: Terminal) -> None:
    send(terminal, b"\x1b[200~jjbq" + b"words " * 800_000 + b"\x1b[201~", "was ignored")
    assert terminal.process.poll() is None


def test_a_paste_into_a_note_is_cut_to_a_size_and_that_is_told(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.type("a")
    terminal.until("Ctrl+S saves")
    pasted = b"\x1b[200~" + b"pasted words " * 400_000 + b"\x1b[201~"
    send(terminal, pasted, "Only the first 100,000")
    terminal.type("\x13")
    terminal.until("Note saved")
    terminal.kill()
    again = subprocess.run(
        [sys.executable, "-m", "tuireader", "--data-dir", str(tmp_path / "data"), "notes"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(re.findall("pasted\\s+words", again.stdout)) == 100_000 // len("pasted words ")


def test_200_changes_of_size_leave_the_last(terminal: Terminal) -> None:
    for number in range(200):
        rows, columns = (24, 80) if number == 199 else (15 + number % 20, 60 + number % 90)
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(terminal.ours, termios.TIOCSWINSZ, size)
        terminal.process.send_signal(signal.SIGWINCH)
    send(terminal, b"?", HELP)
    assert "Traceback" not in plain(terminal.output)
    terminal.type("\x1b\x11")
    assert terminal.ended() == 0
