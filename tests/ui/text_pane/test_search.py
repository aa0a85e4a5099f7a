from typing import Any

import pytest

from tuireader.domain.article import Passage
from tuireader.ui.text_pane.cursor import TextCursor
from tuireader.ui.text_pane.search import PREVIEW_LENGTH, TextSearch
from tuireader.ui.widgets.styles import NO_SPANS

TEXT = "ice on the harbour, ice on the river, Ice at sea"


class Reader:
    """A pane for a search, which counts at once."""

    def __init__(self) -> None:
        self.cursor = TextCursor()
        self.search = TextSearch(self, self.cursor)
        self.search.show_text(TEXT)

    def go_to(self, offset: Any, *, centre: Any = False) -> None:
        del centre
        self.cursor.offset = offset

    def count_hits(self, pattern: Any, *, at_once: Any) -> None:
        del at_once
        self.search.count(pattern, lambda: False, lambda function, *given: function(*given))

    def search_changed(self, *, hits: Any) -> None:
        pass

    def focus(self) -> None:
        pass


@pytest.fixture
def reader() -> Any:
    return Reader()


def test_typing_goes_to_the_first_match_from_the_cursor(reader: Any) -> None:
    reader.cursor.offset = 5
    reader.search.begin()
    reader.search.query_typed("ice")
    assert reader.cursor.offset == 20
    assert (reader.search.state.number, reader.search.state.count) == (2, 3)


def test_leaving_the_prompt_goes_back_to_where_the_search_began(reader: Any) -> None:
    reader.cursor.offset = 5
    reader.search.begin()
    reader.search.query_typed("river")
    reader.search.query_ended(accepted=False)
    assert reader.cursor.offset == 5
    assert reader.search.query == ""


def test_going_on_wraps_around_both_ends(reader: Any) -> None:
    reader.search.begin()
    reader.search.query_typed("ice")
    reader.search.step(1, 3)
    assert reader.cursor.offset == 0
    reader.search.step(-1, 1)
    assert reader.cursor.offset == TEXT.index("Ice at")


def test_hidden_matches_are_still_found(reader: Any) -> None:
    reader.search.begin()
    reader.search.query_typed("ice")
    assert reader.search.hide()
    assert not reader.search.hide()
    reader.search.step(1, 1)
    assert reader.cursor.offset == 20


def test_matches_of_an_old_search_are_dropped(reader: Any) -> None:
    reader.search.begin()
    reader.search.query_typed("river")
    old = reader.search.pattern
    reader.search.query_typed("sea")
    reader.search.take_hits(old, [Passage(0, 3)], NO_SPANS)
    assert reader.search.shown == [Passage(45, 48)]


def test_the_first_match_far_away_is_gone_to_before_all_are_counted(reader: Any) -> None:
    text = "ice " + "\n" * 2 * PREVIEW_LENGTH + "snow, snow, snow"
    reader.search.show_text(text)
    reader.search.begin()
    went: list[tuple[int, bool]] = []

    def go_to(offset: int, *, centre: bool) -> None:
        assert centre
        went.append((offset, reader.search.state is None))

    reader.go_to = go_to
    reader.search.query_typed("snow")
    assert went == [(0, True), (text.index("snow"), True)]
    assert reader.search.state.count == 3


def test_a_match_before_the_cursor_is_found_after_the_end(reader: Any) -> None:
    text = "ice" + "\n" * 2 * PREVIEW_LENGTH
    reader.search.show_text(text)
    reader.cursor.offset = 10
    reader.search.begin()
    reader.search.query_typed("ice")
    assert reader.cursor.offset == 0
