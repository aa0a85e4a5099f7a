from typing import Any

import pytest

from tuireader.domain.article import Article, Passage
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.layout.motions import CursorSurface
from tuireader.ui.text_pane.cursor import Selection, SelectionMode, TextCursor, grow_target
from tuireader.ui.text_pane.viewport import Viewport

TEXT = "The harbour froze. Nobody counted the boats. It thawed in May."


@pytest.fixture
def surface() -> Any:
    view = Viewport(60, 70, 10)
    blocks = Blocks([Block(BlockKind.PARAGRAPH, 0, len(TEXT))])
    view.show(Article(location="a.txt", text=TEXT, blocks=blocks))
    return view.surface()


def words(passage: Any) -> Any:
    return TEXT[passage.start : passage.end]


def test_nothing_is_selected_at_first(surface: CursorSurface) -> None:
    assert not Selection()
    assert Selection().passage(surface, 3) is None


def test_a_selection_by_characters_reaches_to_the_character_under_the_cursor(
    surface: CursorSurface,
) -> None:
    selection = Selection()
    selection.begin(SelectionMode.CHARACTERS, 4)
    assert words(selection.passage(surface, 10)) == "harbour"
    assert words(selection.passage(surface, 0)) == "The h"


def test_a_selection_by_sentences_takes_whole_sentences(surface: CursorSurface) -> None:
    selection = Selection()
    selection.begin(SelectionMode.SENTENCES, 8)
    assert words(selection.passage(surface, 30)) == ("The harbour froze. Nobody counted the boats.")


def test_changing_the_mode_keeps_the_fixed_end() -> None:
    selection = Selection()
    selection.begin(SelectionMode.CHARACTERS, 4)
    selection.begin(SelectionMode.SENTENCES, 40)
    assert selection.fixed == 4


def test_swapping_exchanges_the_ends(surface: CursorSurface) -> None:
    selection = Selection()
    selection.begin(SelectionMode.CHARACTERS, 4)
    assert selection.swap(10) == 4
    assert words(selection.passage(surface, 4)) == "harbour"


def test_growing_by_sentences_ends_with_a_sentence(surface: CursorSurface) -> None:
    once = grow_target(surface, 0, "sentence_next", 1)
    assert TEXT[: once + 1] == "The harbour froze."
    twice = grow_target(surface, 0, "sentence_next", 2)
    assert TEXT[: twice + 1] == "The harbour froze. Nobody counted the boats."
    assert grow_target(surface, 0, "sentence_next", 99) == len(TEXT) - 1


def test_the_cursor_keeps_its_column_over_moves_by_rows() -> None:
    text = "A long first line of text here\nShort\nAnother long line of text"
    view = Viewport(60, 70, 10)
    blocks = Blocks([Block(BlockKind.CODE, 0, len(text))])
    view.show(Article(location="a.txt", text=text, blocks=blocks))
    cursor = TextCursor()
    cursor.place(view.surface(), 20)
    cursor.place(view.surface(), cursor.row_target(view.surface(), 1))
    assert text[cursor.offset] == "t"
    cursor.place(view.surface(), cursor.row_target(view.surface(), 1))
    assert cursor.offset - text.rindex("\n") - 1 == 20
    assert Passage(cursor.offset, cursor.offset + 1) == cursor.caret(text)
