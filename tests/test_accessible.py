"""The program for a screen reader: what is written to the terminal, and where the cursor stands."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from line_terminal import LineTerminal
from pty_terminal import Terminal

TEXT = """The harbour stays open

Ada Voss said the harbour would stay open. Nobody doubted it.

“We will not close it,” said Mr Holm.
"""

DRAWN = re.compile("[\u2500-\u259f▶▷◆◐●○★✎\ue000-\uf8ff\U000f0000-\U0010fffd]")
"""Box drawing, block elements, signs, and characters for private use."""


class Spoken:
    """The program in a terminal, read as a screen reader reads it."""

    def __init__(self, *words: str) -> None:
        self.terminal = Terminal(*words)
        self.lines = LineTerminal(80, 24)
        self.stream = ""

    def until(self, words: str, *, at: int | None = None) -> None:
        """Wait until words are on the screen, in the row `at` if that is given."""
        self.terminal.until_so(lambda: self._has(words, at))

    def _has(self, words: str, at: int | None) -> bool:
        self._take()
        rows = self.lines.rows if at is None else [self.lines.rows[at]]
        return any(words in row for row in rows)

    def _is_at(self, here: str) -> bool:
        self._take()
        return self.lines.here.startswith(here)

    def _take(self) -> None:
        came, self.terminal.output = self.terminal.output, ""
        self.lines.feed(came)
        self.stream += came

    def type(self, keys: str, here: str) -> list[tuple[int, int, str]]:
        """Type keys, wait until the cursor stands before these words; return what was written."""
        self.lines.take_runs()
        self.terminal.type(keys)
        self.terminal.until_so(lambda: self._is_at(here))
        return self.lines.take_runs()

    def said(self, keys: str, words: str) -> list[tuple[int, int, str]]:
        """Type keys, wait until words are in the last row; return what was written."""
        self.lines.take_runs()
        self.terminal.type(keys)
        self.until(words, at=-1)
        return self.lines.take_runs()


@pytest.fixture
def spoken(tmp_path: Path) -> Iterator[Spoken]:
    path = tmp_path / "harbour.txt"
    path.write_text(TEXT, encoding="utf-8")
    started = Spoken("--accessible", "--data-dir", str(tmp_path / "data"), str(path))
    started.until("Mr Holm.")
    # The answer to the first key shows that the program is ready.
    started.said("v", "SELECT")
    started.terminal.type("\x1b")
    started.terminal.until_so(lambda: not started._has("SELECT", -1))
    started.lines.take_runs()
    yield started
    assert not DRAWN.search(started.stream)
    started.terminal.kill()
    started.terminal.hang_up()


def test_the_first_paint_is_what_the_program_then_shows(spoken: Spoken) -> None:
    assert spoken.stream.count("Ada Voss said") == 1
    assert spoken.stream.count("The harbour stays open") == 2  # the heading and the text
    assert spoken.lines.is_shown


def test_a_move_puts_the_cursor_at_the_line_and_writes_nothing(spoken: Spoken) -> None:
    assert spoken.type("j", "Ada Voss said the harbour") == []
    assert spoken.lines.x == 0
    assert spoken.type("k", "The harbour stays open") == []
    assert spoken.type("j", "Ada Voss") == []
    assert spoken.type("w", "Voss said") == []


def test_a_quotation_and_a_bookmark_are_told_when_the_cursor_comes_to_their_row(
    spoken: Spoken,
) -> None:
    spoken.type("j", "Ada Voss")
    spoken.said("b", "Bookmarked")
    spoken.type("\t", "Holm")  # the quotations have been found
    spoken.terminal.type("\t")
    spoken.until("Articles", at=0)
    spoken.type("\t", "Ada Voss")
    assert spoken.said("j", "Quotation") == [(0, 23, "Quotation, Holm")]
    assert spoken.said("k", "Bookmark") == [(0, 23, "Bookmark")]
    spoken.terminal.type("a")
    spoken.until("Ctrl+S saves")
    spoken.said("Ask her.\x13", "Note saved")
    spoken.type("k", "The harbour stays open")
    assert spoken.said("j", "Bookmark") == [(0, 23, "Bookmark, note: Ask her.")]


def test_the_signs_of_other_lists_are_words(spoken: Spoken) -> None:
    spoken.type("j", "Ada Voss")
    spoken.said("b", "Bookmarked")
    spoken.said("c", "Coloured yellow")
    spoken.terminal.type("B")
    spoken.until("yellow · The harbour stays open")
    assert spoken.lines.here.startswith("Ada Voss said")
    spoken.terminal.type("\x1b")
    spoken.until("Text: The harbour stays open", at=0)
    spoken.type("\t", "Holm")


def test_the_tags_are_in_the_masthead(spoken: Spoken) -> None:
    spoken.terminal.type("\t")
    spoken.until("Quotes 1", at=0)
    spoken.type("\t", "The harbour stays open, unread, open")
    spoken.terminal.type("t")
    spoken.until("Tags", at=0)
    spoken.said("sea\r", "sea")
    spoken.terminal.type("\t")
    spoken.until("Tags: sea", at=2)


def test_a_message_is_one_run_in_the_last_row(spoken: Spoken) -> None:
    spoken.type("j", "Ada Voss")
    [(x, y, words)] = spoken.said("b", "Bookmarked")
    assert (x, y) == (0, 23)
    assert words == "Bookmarked: “Ada Voss said the harbour would stay op…”"
    assert spoken.lines.here.startswith("Ada Voss")


def test_a_selection_is_told_in_words(spoken: Spoken) -> None:
    spoken.type("j", "Ada Voss")
    assert spoken.said("v", "SELECT 1 word") == [(0, 23, "SELECT 1 word")]
    assert spoken.said("w", "SELECT 2 words") == [(0, 23, "SELECT 2 words")]


def test_the_panes_are_shown_one_at_a_time(spoken: Spoken) -> None:
    spoken.type("\t", "Holm")
    assert spoken.lines.rows[0] == "Quotes 1 · 1 speaker"
    assert not any("Ada Voss" in row for row in spoken.lines.rows)
    spoken.type("\t", "The harbour stays open, unread, open")
    assert spoken.lines.rows[0].startswith("Articles 1")
    spoken.terminal.type("\t")
    spoken.until("Text: The harbour stays open", at=0)
    assert not any("Articles" in row for row in spoken.lines.rows)


def test_the_cursor_is_in_the_line_that_is_typed(spoken: Spoken) -> None:
    spoken.terminal.type("/")
    spoken.until("Find", at=-2)
    spoken.terminal.type("h")
    spoken.until("Find “h”", at=-1)
    assert (spoken.lines.x, spoken.lines.y) == (1, 22)
    runs = spoken.said("o", "Find “ho”")
    assert (1, 22, "o") in runs
    assert [run for run in runs if run[1] < 22] == []


def test_dialogs_have_the_screen_to_themselves(spoken: Spoken) -> None:
    spoken.type("j", "Ada Voss")
    spoken.terminal.type("a")
    spoken.until("Ctrl+S saves")
    assert not any("Mr Holm" in row for row in spoken.lines.rows)
    spoken.terminal.type("words")
    spoken.until("words")
    spoken.said("\x13", "Note saved")
    assert any("Mr Holm" in row for row in spoken.lines.rows)


def test_the_choice_of_the_palette_is_told_in_the_last_row(spoken: Spoken) -> None:
    spoken.terminal.type("\x10")
    spoken.until("1 of", at=-1)
    spoken.said("\x1b[B", "2 of")


def test_the_terminal_is_asked_nothing_that_an_emulation_would_print(spoken: Spoken) -> None:
    assert not re.search(r"\x1b\[(=|[?\d;]*\$p|6n)", spoken.stream)


def test_the_setting_does_the_same_as_the_option(tmp_path: Path) -> None:
    path = tmp_path / "harbour.txt"
    path.write_text(TEXT, encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.toml").write_text("accessible = true\n", encoding="utf-8")
    spoken = Spoken("--data-dir", str(tmp_path / "data"), str(path))
    try:
        spoken.until("Text: The harbour stays open", at=0)
        assert not DRAWN.search(spoken.stream)
    finally:
        spoken.terminal.kill()
        spoken.terminal.hang_up()
