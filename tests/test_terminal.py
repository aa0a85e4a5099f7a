"""The program in a real terminal: a pseudo-terminal whose output is read, and keys typed."""

import fcntl
import json
import os
import pty
import random
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

    def __init__(self, *words: str, stdin: int | None = None, stderr: int | None = None) -> None:
        self.ours, theirs = pty.openpty()
        self.is_open = True
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(theirs)
        self.theirs = theirs
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tuireader", *words],
            stdin=theirs if stdin is None else stdin,
            stdout=theirs,
            stderr=theirs if stderr is None else stderr,
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

    def stopped(self) -> None:
        """Wait until the program has stopped itself, and forget what it wrote before."""
        os.waitid(os.P_PID, self.process.pid, os.WSTOPPED | os.WNOWAIT)
        self.read()
        self.output = ""

    def hang_up(self) -> None:
        """Close the terminal, as a window is closed."""
        os.close(self.ours)
        os.close(self.theirs)
        self.is_open = False

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
    if started.is_open:
        started.hang_up()


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
    terminal.until("Bookmarked: “Ada Voss said")
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


SCREENS = {
    "reader": [],
    "find": [("/", "Find…")],
    "note editor": [("a", "Ctrl+S saves"), ("words", "words")],
    "help": [("?", "table of contents")],
    "palette": [("\x10", "Search for commands")],
    "notes": [("B", "X Trash")],
    "trash": [("B", "X Trash"), ("X", "E Empty")],
    "speakers": [("S", "Enter Open")],
}


@pytest.mark.parametrize("screen", SCREENS)
def test_a_closed_terminal_ends_the_program_and_keeps_place_and_draft(
    terminal: Terminal, tmp_path: Path, screen: str
) -> None:
    terminal.until("Next page")
    for keys, words in [("jb", "Bookmarked: “Ada"), *SCREENS[screen]]:
        terminal.type(keys)
        terminal.until(words)
    terminal.hang_up()
    assert terminal.process.wait(PATIENCE) == 0
    places = json.loads((tmp_path / "data" / "state" / "resume.json").read_text())["places"]
    assert list(places.values()) == [TEXT.index("Ada")]
    drafts = [json.loads(path.read_text()) for path in (tmp_path / "data").glob("drafts/*.json")]
    assert [draft["text"] for draft in drafts] == (["words"] if screen == "note editor" else [])


@pytest.mark.parametrize(
    ("shown", "keys"),
    [
        ("", ""),
        ("A second paragraph follows.", ""),
        ("Next page", ""),
        ("Next page", "jk" * 200),
        ("Next page", "\x11"),
    ],
    ids=["before the first paint", "after it", "idle", "among keys", "after a quit"],
)
def test_a_terminal_may_be_closed_at_any_moment(terminal: Terminal, shown: str, keys: str) -> None:
    terminal.until(shown)
    terminal.type(keys)
    terminal.hang_up()
    terminal.process.wait(PATIENCE)


def test_a_terminal_that_reports_its_size_by_itself_may_be_closed(terminal: Terminal) -> None:
    terminal.until("Next page")
    terminal.type("\x1b[?2048;1$y\x1b[48;24;80;480;800tv")
    terminal.until("SELECT")
    terminal.hang_up()
    assert terminal.process.wait(PATIENCE) == 0


@pytest.mark.parametrize("signal_number", [None, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT])
def test_a_terminal_that_reads_nothing_keeps_nobody(
    terminal: Terminal, signal_number: signal.Signals | None
) -> None:
    terminal.until("Next page")
    termios.tcflow(terminal.theirs, termios.TCOOFF)
    terminal.type("?")
    if signal_number is None:
        terminal.type("\x11")
    else:
        terminal.process.send_signal(signal_number)
    assert terminal.process.wait(PATIENCE) == 0


def test_a_suspended_program_that_is_told_to_end_does_not_take_the_terminal_again(
    terminal: Terminal,
) -> None:
    terminal.until("Next page")
    terminal.type("\x1a")
    terminal.stopped()
    terminal.process.send_signal(signal.SIGTERM)
    terminal.process.send_signal(signal.SIGCONT)
    assert terminal.ended() == 0
    assert "\x1b[?1049h" not in terminal.output


def test_a_suspended_program_comes_back(terminal: Terminal) -> None:
    terminal.until("Next page")
    terminal.type("\x1a")
    terminal.stopped()
    terminal.process.send_signal(signal.SIGCONT)
    terminal.until("Next page")
    terminal.type("\x11")
    assert terminal.ended() == 0
    assert termios.tcgetattr(terminal.theirs) == terminal.before


def test_odd_bytes_do_not_end_the_program(terminal: Terminal) -> None:
    terminal.until("Next page")
    chance = random.Random(10)  # noqa: S311 - made-up input needs no secrets
    for _ in range(50):
        fields = ";".join(chance.choice(["", "0", "1:3", "27", "1114112"]) for _ in range(3))
        terminal.type(f"\x1b[{chance.choice('<?M')}{fields}{chance.choice('u~AMmtyR')}")
        terminal.type("\x1b[27;1:1u\x1b[6;1:3~\x1b[99999999999u")
    terminal.type("\x1b[201~")
    terminal.type("?")
    terminal.until("table of contents")
    terminal.type("\x11")
    assert terminal.ended() == 0


@pytest.mark.parametrize("source", ["harbour.txt", "-"])
def test_without_keys_it_is_said_and_the_status_is_2(
    article: Path, tmp_path: Path, source: str
) -> None:
    named = source if source == "-" else str(article)
    with article.open("rb") as file:
        without = Terminal("--data-dir", str(tmp_path / "data"), named, stdin=file.fileno())
    assert without.ended() == 2
    assert plain(without.output).strip() == (
        "tuireader: there is no terminal to take keys from; `tuireader show FILE` prints the text"
    )
    assert "\x1b[?1049h" not in without.output
    without.hang_up()


def test_standard_error_may_be_a_file(article: Path, tmp_path: Path) -> None:
    with (tmp_path / "log").open("wb") as log:
        terminal = Terminal("--data-dir", str(tmp_path / "data"), str(article), stderr=log.fileno())
    terminal.until("Next page")
    terminal.type("\x11")
    assert terminal.ended() == 0
    terminal.hang_up()
    assert not (tmp_path / "log").read_bytes()


def test_a_wrong_path_is_one_line_and_status_1(tmp_path: Path) -> None:
    missing = Terminal("--data-dir", str(tmp_path / "data"), "nowhere.txt")
    assert missing.ended() == 1
    assert plain(missing.output).strip() == "tuireader: nowhere.txt: No such file or folder"
    assert "\x1b[?1049h" not in missing.output
