import termios
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pty_terminal import Terminal, plain

from tuireader.app.last_frame import decode
from tuireader.ui.last_paint import ENTER, written

Run = Callable[..., Terminal]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Starts the program in a terminal, with a data folder of the test's own."""
    terminals = []

    def begin(*words: str) -> Terminal:
        environment = {"TUIREADER_DATA_DIR": str(tmp_path / "data"), "LC_ALL": "C.UTF-8"}
        terminals.append(Terminal(*words, environment=environment))
        return terminals[-1]

    yield begin
    for terminal in terminals:
        terminal.kill()
        terminal.hang_up()


@pytest.fixture
def read_once(run: Run, tmp_path: Path) -> Path:
    """An article that was read, and the frame of it saved."""
    article = tmp_path / "harbour.txt"
    article.write_text("The harbour\n\nIt freezes.\n\nNobody said why.", encoding="utf-8")
    terminal = run(str(article))
    terminal.until("Keys")
    terminal.type("\x11")
    assert terminal.ended() == 0
    assert (tmp_path / "data" / "state" / "frame").exists()
    return article


def test_the_frame_of_last_time_is_written_first(run: Run, read_once: Path, tmp_path: Path) -> None:
    frame = decode((tmp_path / "data" / "state" / "frame").read_bytes())
    assert frame is not None
    terminal = run(str(read_once))
    terminal.until("Nobody said why.")
    assert terminal.output.startswith(ENTER + written(frame.base, frame.rows))
    terminal.until("Keys")
    assert terminal.output.count(ENTER[:8]) == 1
    terminal.type("\x11")
    assert terminal.ended() == 0
    assert termios.tcgetattr(terminal.theirs) == terminal.before


def test_an_article_that_has_changed_is_painted_as_it_is_now(run: Run, read_once: Path) -> None:
    read_once.write_text("The harbour\n\nIt was dredged.", encoding="utf-8")
    terminal = run(str(read_once))
    terminal.until("It was dredged.")
    assert "It freezes." not in plain(terminal.output)


def test_a_failure_after_the_frame_leaves_the_terminal_as_it_was(
    run: Run, read_once: Path, tmp_path: Path
) -> None:
    frame = tmp_path / "data" / "state" / "frame"
    read_once.unlink()
    lines = frame.read_text().split("\n")
    ours = f"\t{read_once}"
    frame.write_text("\n".join(f"-{ours}" if line.endswith(ours) else line for line in lines))
    terminal = run(str(read_once))
    assert terminal.ended() != 0
    assert "No such file" in plain(terminal.output)
    assert termios.tcgetattr(terminal.theirs) == terminal.before
