"""The program in a real terminal: a pseudo-terminal whose output is read, and keys typed."""

import json
import random
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest
from pty_terminal import PATIENCE, Terminal, plain

from tuireader.ui.screens.note_editor import DRAFT_INTERVAL

TEXT = """The harbour stays open

Ada Voss said the harbour would stay open. Nobody doubted it.

A second paragraph follows.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def terminal(article: Path, tmp_path: Path) -> Iterator[Terminal]:
    started = Terminal("--data-dir", str(tmp_path / "data"), str(article))
    yield started
    started.kill()
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


def test_the_background_that_the_terminal_told_is_that_of_the_next_first_paint(
    terminal: Terminal, article: Path, tmp_path: Path
) -> None:
    terminal.until_so(lambda: "\x1b]11;?\x1b\\" in terminal.output)
    terminal.type("\x1b]11;rgb:ffff/ffff/ffff\x1b\\")
    terminal.until("Next page")
    terminal.type("\x11")
    assert terminal.ended() == 0
    again = Terminal("--data-dir", str(tmp_path / "data"), str(article))
    again.until("A second paragraph follows.")
    assert "48;2;251;250;247" in again.output
    assert "48;2;20;23;28" not in again.output
    again.kill()
    again.hang_up()


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


def test_a_note_that_is_being_typed_survives_a_kill(terminal: Terminal, tmp_path: Path) -> None:
    drafts = tmp_path / "data" / "drafts"
    terminal.until("Next page")
    terminal.type("a")
    terminal.until("Ctrl+S saves")
    # Saved by itself, without another key.
    terminal.type("words")
    terminal.until_so(lambda: any("words" in path.read_text() for path in drafts.glob("*.json")))
    terminal.kill()
    (draft,) = drafts.glob("*.json")
    assert json.loads(draft.read_text())["text"] == "words"
    second = Terminal("--data-dir", str(tmp_path / "data"), str(tmp_path / "harbour.txt"))
    try:
        second.until("Next page")
        second.type("a")
        second.until("words")
    finally:
        second.kill()
        second.hang_up()


def test_a_draft_is_saved_within_two_seconds() -> None:
    assert DRAFT_INTERVAL < 2


SCREENS = {
    "reader": [],
    "find": [("/", "Find…")],
    "note editor": [("a", "Ctrl+S saves"), ("words", "words")],
    "help": [("?", "Half a page down")],
    "palette": [("\x10", "Search for commands")],
    "notes": [("B", "X Trash")],
    "trash": [("B", "X Trash"), ("X", "gx Empty")],
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
    terminal.until("Half a page down")
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
