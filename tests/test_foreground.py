"""An editor or a text browser in the program's terminal, and the signals that reach both."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pty_terminal import Terminal

TEXT = """# The harbour stays open

Ada Voss said the [harbour](https://harbour.example/) would stay open. Nobody doubted it.
"""

Start = Callable[..., Terminal]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts the program with a script as editor or browser; "$1" is what it is to open."""
    (tmp_path / "harbour.md").write_text(TEXT, encoding="utf-8")
    started = []

    def begin(script: str = "exit 0") -> Terminal:
        path = tmp_path / "other"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        words = ("--data-dir", str(tmp_path / "data"), str(tmp_path / "harbour.md"))
        environment = {"VISUAL": "", "EDITOR": str(path), "BROWSER": str(path)}
        terminal = Terminal(*words, environment=environment, controls=True)
        started.append(terminal)
        terminal.until("Next page")
        return terminal

    yield begin
    for terminal in started:
        terminal.kill()
        terminal.hang_up()


def written(folder: Path) -> list[str]:
    """The words in the files for the editor."""
    return [path.read_text() for path in (folder / "data" / "drafts").glob("*.md")]


def test_words_saved_in_an_editor_outlive_a_kill_of_the_program(
    start: Start, tmp_path: Path
) -> None:
    first = start('echo "Saved outside." > "$1"; echo OPEN; read _')
    first.type("je")
    first.until("OPEN")
    first.kill()
    first.hang_up()
    assert written(tmp_path) == ["Saved outside.\n"]
    again = start()
    again.type("B")
    again.until("DRAFT, not saved")
    again.until("Saved outside.")
    again.type("a")
    again.until("Unsaved draft")
    again.type("\x13")
    again.until("Note saved")
    assert written(tmp_path) == []
    again.type("\x11")
    assert again.ended() == 0
    shown = subprocess.run(
        [sys.executable, "-m", "tuireader", "--data-dir", str(tmp_path / "data"), "notes"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Saved outside." in shown.stdout


def test_words_saved_in_an_editor_outlive_their_terminal(start: Start, tmp_path: Path) -> None:
    terminal = start('echo "Saved outside." > "$1"; echo OPEN; read _')
    terminal.type("je")
    terminal.until("OPEN")
    terminal.hang_up()
    terminal.ended()
    assert written(tmp_path) == ["Saved outside.\n"]


def test_the_program_ends_when_it_is_told_to_though_the_editor_does_not(
    start: Start, tmp_path: Path
) -> None:
    ignoring = 'trap \'\' TERM HUP; echo "Saved outside." > "$1"; echo OPEN; read _'
    terminal = start(ignoring)
    terminal.type("je")
    terminal.until("OPEN")
    terminal.process.send_signal(signal.SIGTERM)
    assert terminal.ended() == 0
    assert written(tmp_path) == ["Saved outside.\n"]


def test_a_hang_up_that_is_ignored_ends_neither_the_editor_nor_the_program(start: Start) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as `nohup` has it
    try:
        terminal = start('echo OPEN; read _; echo "Written." > "$1"')
    finally:
        signal.signal(signal.SIGHUP, before)
    terminal.type("je")
    terminal.until("OPEN")
    terminal.process.send_signal(signal.SIGHUP)
    terminal.type("\r")
    terminal.until("Note saved")
    terminal.type("\x11")
    assert terminal.ended() == 0


def test_ctrl_c_in_an_editor_is_for_the_editor_alone(start: Start) -> None:
    terminal = start('trap \'echo "Broken off." > "$1"; exit 0\' INT; echo OPEN; read _')
    terminal.type("je")
    terminal.until("OPEN")
    terminal.type("\x03")
    terminal.until("Note saved")
    terminal.type("B")
    terminal.until("Broken off.")
    terminal.type("\x11")
    assert terminal.ended() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT])
def test_a_signal_to_end_loses_no_word_that_is_being_typed(
    start: Start, tmp_path: Path, number: signal.Signals
) -> None:
    terminal = start()
    terminal.type("ja")
    terminal.until("Ctrl+S saves")
    terminal.type("the last half second")
    terminal.until("second")
    terminal.process.send_signal(number)
    assert terminal.ended() == 0
    (draft,) = (tmp_path / "data" / "drafts").glob("*.json")
    assert '"the last half second"' in draft.read_text()


def test_a_text_browser_has_the_terminal_until_it_ends(start: Start) -> None:
    terminal = start('echo "Showing $1"; read answer; echo "Heard $answer"; exit 0')
    terminal.type("F")
    terminal.until("Enter follows the link")
    terminal.type("1\r")
    terminal.until("Showing https://harbour.example/")
    assert "\x1b[?1049l" in terminal.output
    terminal.type("quit\r")
    terminal.until("Heard quit")
    terminal.until("Opened https://harbour.example/")
    terminal.type("\x11")
    assert terminal.ended() == 0
