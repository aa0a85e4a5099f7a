"""Keys in a real terminal that arrive in one write."""

import random
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from pty_terminal import Terminal, plain

from tuireader.notebook.notebook import Notebook

TEXT = """The harbour stays open

Ada Voss said the harbour would stay open. Nobody doubted it.

A second paragraph follows.

“We stay,” said Ada Voss.
"""
ESC = "\x1b[27u"
"""The Esc key in the form that needs no wait for what may follow it."""
LEAVE = ESC * 4 + "\x1b2"
KEYS = {
    "\x1b2": [*"abctxyFfoOvQu.nDBSPT?qJKR/", "\r", "\t", "\x12", "\x10", "\x0f"],
    "\x1b1": [*"IxsRu?/", "\r", "\x12", "\x10"],
    "\x1b3": [*"sUbaQ&exu/", "\r", "\x12", "\x10"],
    "B": [*"actxyYXBu?/q", "\r", "\x12", "\x10"],
}
QUITS = "qq"
"""From the text, the first goes to the articles, where the second quits."""
SAMPLE = 3
"""How many pairs of different keys each pane gets, besides each key twice."""


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    monkeypatch.setenv("EDITOR", "sh -c 'echo edited'")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.chdir(tmp_path)
    article = tmp_path / "harbour.txt"
    article.write_text(TEXT, encoding="utf-8")
    started = Terminal("--data-dir", str(tmp_path / "data"), str(article))
    started.until("Next page")
    yield started
    started.kill()
    started.hang_up()


def test_a_note_typed_in_one_write_is_saved_on_one_passage(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.type("jahello\x13")
    terminal.until("Note saved: ")
    terminal.type("\x11")
    assert terminal.ended() == 0
    with Notebook.open(tmp_path / "data") as notebook:
        assert [mark.note for mark in notebook.bookmarks.all()] == ["hello"]


def test_every_key_twice_and_pairs_of_keys_leave_a_program_that_answers(
    terminal: Terminal, tmp_path: Path
) -> None:
    chance = random.Random(10)  # noqa: S311 - the same pairs each time
    terminal.type("jb")
    for pane, keys in KEYS.items():
        every = [first + second for first, second in product(keys, keys)]
        pairs = {*(key * 2 for key in keys), *chance.sample(every, SAMPLE)} - {QUITS}
        word = f"zz{pane[-1].lower()}"
        terminal.type("".join(pane + pair + LEAVE for pair in sorted(pairs)) + f"/{word}")
        terminal.until(f"Find “{word}”: not found")
        terminal.type(ESC)
    terminal.type("\x11")
    assert terminal.ended() == 0
    assert "Traceback" not in plain(terminal.output)
    with Notebook.open(tmp_path / "data") as notebook:
        while notebook.undo():
            pass
        assert not notebook.bookmarks.all()


def test_keys_typed_before_the_editor_has_the_terminal_are_not_taken_for_commands(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.type("jb")
    terminal.until("Bookmarked: ")
    terminal.type("exxx")
    terminal.until("edited")
    terminal.until("The editor saved nothing.")
    terminal.type("\x11")
    assert terminal.ended() == 0
    with Notebook.open(tmp_path / "data") as notebook:
        assert len(notebook.bookmarks.all()) == 1


def test_the_key_that_quits_twice_in_one_write_quits(terminal: Terminal) -> None:
    terminal.type("jb\x11\x11")
    assert terminal.ended() == 0
    assert "Traceback" not in plain(terminal.output)
