"""Terminals with few signs: no screen and no dialog writes another."""

import re
from pathlib import Path

import pytest
from pty_terminal import Terminal, plain

TEXT = """The harbour stays open

Ada Voss said the harbour would stay open. Nobody doubted it.

"We will not close it," said Karl Holm. See https://example.org/ for more.
"""

CONSOLE = "“”‘’…·¶"
"""The punctuation that the program uses and the Linux console has."""

STEPS = [
    ("jb", "Bookmarked"),
    ("a", "Ctrl+S saves"),
    ("words\x13", "Note saved"),
    ("v", "SELECT"),
    ("\x1b[27u/harbour\r", "Find"),
    ("?", "Half a page down"),
    ("\x1b[27u\x10", "Search for"),
    ("\x1b[27uB", "Trash"),
    ("X", "Empty"),
    ("\x1b[27u\x1b[27uS", "Open"),
    ("\x1b[27u\t", "Holm"),
    ("\t", "Sources"),
    ("?", "to search the keys"),
]
"""Keys that open a screen, a dialog or a pane, and words that are on it."""


@pytest.mark.parametrize(
    ("environment", "others"),
    [
        ({"TERM": "vt100", "LC_ALL": ""}, ""),
        ({"TERM": "xterm-256color", "LC_ALL": "C"}, ""),
        ({"TERM": "linux", "LC_ALL": "C.UTF-8"}, CONSOLE),
    ],
    ids=["vt100", "locale C", "linux"],
)
def test_no_screen_writes_a_sign_that_the_terminal_does_not_have(
    tmp_path: Path, environment: dict[str, str], others: str
) -> None:
    path = tmp_path / "harbour.txt"
    path.write_text(TEXT, encoding="utf-8")
    terminal = Terminal("--data-dir", str(tmp_path / "data"), str(path), environment=environment)
    try:
        terminal.until("Next page")
        written = ""
        for keys, words in STEPS:
            written += terminal.output
            terminal.type(keys)
            terminal.until(words)
        written += terminal.output
    finally:
        terminal.kill()
        terminal.hang_up()
    assert set(re.findall(r"[^\x00-\x7f]", plain(written))) <= set(others)
