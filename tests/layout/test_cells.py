import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from tuireader.layout.cells import (
    SIMPLE,
    cell_width,
    column_to_index,
    cut_cells,
    fit_cells,
    joins_previous,
    next_grapheme,
    previous_grapheme,
)

PIECES = [
    "a",
    "é",
    "e\u0301",
    "日",
    "、",
    "한",
    "\u1112\u1161\u11ab",
    "👩\u200d👩\u200d👧",
    "🇩🇪",
    "☺️",
]
PIECES += [
    "1\ufe0f\u20e3",
    "👍🏽",
    " ",
    "\t",
    "“",
    "—",
    "\u200b",
    "ก\u0e33",
    "\u200d",
    "\ufe0f",
    "क\u094dष",
]
mixed = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=12)


def measured(text: str) -> int:
    """Measure as Rich does, without soft hyphens, which are not drawn."""
    return cell_len(text.replace("\t", " ").replace("\xad", ""))


def test_every_simple_character_takes_one_cell_and_stands_alone() -> None:
    for character in map(chr, range(0x110000)):
        if SIMPLE.fullmatch(character):
            assert get_character_cell_size(character) == 1
            assert unicodedata.category(character)[0] != "M"
            assert character == " " or not character.isspace() or character in "\xa0\u202f"
            assert not joins_previous("a" + character, 1)


@given(mixed)
def test_width_is_what_rich_measures(text: str) -> None:
    assert cell_width(text) == measured(text)


@given(mixed, st.integers(0, 12))
def test_a_cut_is_the_longest_beginning_of_whole_graphemes(text: str, cells: int) -> None:
    shown = cut_cells(text, cells)
    assert text.startswith(shown)
    assert measured(shown) <= cells
    assert len(shown) in {0, len(text)} or not joins_previous(text, len(shown))
    if len(shown) < len(text):
        assert measured(text[: next_grapheme(text, len(shown))]) > cells or cells == 0


@given(mixed, st.integers(0, 12))
def test_a_fitted_text_takes_exactly_its_cells(text: str, cells: int) -> None:
    assert measured(fit_cells(text, cells)) == cells


def test_what_is_too_long_ends_in_an_ellipsis() -> None:
    assert fit_cells("one two", 5) == "one… "
    assert fit_cells("one two", 7) == "one two"
    assert fit_cells("日本語", 4) == "日… "
    assert fit_cells("one", 5) == "one  "
    assert fit_cells("one two", 5, ellipsis="") == "one t"


@given(mixed)
def test_the_column_of_a_grapheme_leads_back_to_it(text: str) -> None:
    index = 0
    while index < len(text):
        following = next_grapheme(text, index)
        column = cell_width(text[:index])
        if cell_width(text[:following]) > column:
            assert column_to_index(text, column) == index
            assert column_to_index(text, cell_width(text[:following]) - 1) == index
        index = following
    assert column_to_index(text, cell_width(text)) == len(text)


@pytest.mark.parametrize(
    "grapheme",
    [
        "e\u0301\u0323",
        "👩\u200d👩\u200d👧",
        "👍🏽",
        "🇩🇪",
        "1\ufe0f\u20e3",
        "\u1112\u1161\u11ab",
        "한\u11a8",
        "\r\n",
        "❤️\u200d🔥",
        "ก\u0e33",
        "🏴\U000e0067\U000e0062\U000e007f",
    ],
)
def test_what_reads_as_one_character_is_one_grapheme(grapheme: str) -> None:
    text = "a" + grapheme + "b"
    assert next_grapheme(text, 1) == 1 + len(grapheme)
    assert previous_grapheme(text, 1 + len(grapheme)) == 1


@pytest.mark.parametrize(
    ("text", "ends"), [("🇩🇪🇫🇷🇮", [2, 4, 5]), ("\n\u0301a", [1, 2, 3]), ("日本", [1, 2])]
)
def test_neighbours_that_do_not_join_are_apart(text: str, ends: list[int]) -> None:
    found, index = [], 0
    while index < len(text):
        index = next_grapheme(text, index)
        found.append(index)
    assert found == ends


@given(mixed)
def test_stepping_back_visits_what_stepping_on_visited(text: str) -> None:
    onward = [0]
    while onward[-1] < len(text):
        onward.append(next_grapheme(text, onward[-1]))
    back = [len(text)]
    while back[-1] > 0:
        back.append(previous_grapheme(text, back[-1]))
    assert onward == back[::-1]


def test_endless_marks_are_taken_in_bounded_steps() -> None:
    text = "e" + "\u0301" * 1_000_000
    assert next_grapheme(text, 0) == 256
    assert 0 < previous_grapheme(text, 500_000) < 500_000
