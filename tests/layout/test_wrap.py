import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from work import is_linear

from tuireader.layout.cells import grapheme_end, grapheme_start
from tuireader.layout.wrap import wrap_rows

PLAIN = [
    "a",
    "word ",
    "well-known ",
    "— ",
    "word—word",
    " ",
    "  ",
    "\n",
    "either/or ",
    "x" * 30,
    "“Yes”",
    "é",
]
MIXED = [
    *PLAIN,
    "日本語",
    "「引用」",
    "。",
    "👩\u200d👩\u200d👧",
    "🇩🇪",
    "e\u0301",
    " \u0301",
    "\t",
    "\u3000",
]
MIXED += [
    "\u200b",
    "\xa0",
    "1\ufe0f\u20e3",
    "한국어",
    "\u1112\u1161\u11ab",
    "\u200d",
    "ก\u0e33",
    "☺️",
    "क\u094dष",
]
plain = st.lists(st.sampled_from(PLAIN), max_size=30).map("".join)
mixed = st.lists(st.sampled_from(MIXED), max_size=30).map("".join) | st.text(max_size=30)


def rows(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap_rows(text, 0, len(text), width)]


@given(plain | mixed, st.integers(2, 40))
def test_rows_hold_everything_but_blanks_once_and_in_order(text: str, width: int) -> None:
    found = wrap_rows(text, 0, len(text), width)
    assert found == sorted(found)
    seen = 0
    for start, end in found:
        assert seen <= start <= end
        assert not text[seen:start].strip()
        assert "\n" not in text[start:end]
        seen = end
    assert not text[seen:].strip()


@given(plain | mixed, st.integers(2, 40))
def test_no_row_is_wider_than_it_may_be(text: str, width: int) -> None:
    for row in rows(text, width):
        assert cell_len(row.replace("\t", " ")) <= width


@given(mixed, st.integers(2, 40))
def test_no_grapheme_is_cut_that_fits_a_row(text: str, width: int) -> None:
    for start, end in wrap_rows(text, 0, len(text), width):
        for place in (start, end):
            first = grapheme_start(text, place)
            if first != place:
                assert cell_len(text[first : grapheme_end(text, first)]) > width


@given(plain | mixed, st.integers(2, 40))
def test_every_line_has_a_row_and_no_row_ends_in_a_blank(text: str, width: int) -> None:
    found = rows(text, width)
    assert len(found) >= text.count("\n") + 1
    lines = re.sub("[\xa0\u2007\u202f]", "unbroken", text).split("\n")
    assert sum(not row for row in found) == sum(not line.strip() for line in lines)
    assert all(not row.endswith(" ") for row in found)


@given(plain | mixed, st.integers(2, 40))
def test_a_stretch_is_wrapped_as_if_it_stood_alone(text: str, width: int) -> None:
    alone = wrap_rows(text, 0, len(text), width)
    within = wrap_rows(f"日 {text}\u0301 x", 2, 2 + len(text), width)
    assert within == [(start + 2, end + 2) for start, end in alone]


@given(plain, st.integers(2, 40))
def test_plain_text_wraps_as_it_does_character_by_character(text: str, width: int) -> None:
    lines = [line.rstrip(" ") for line in text.split("\n")]
    for line in filter(None, lines):
        # A mark without width at the end makes the line one that is measured.
        measured = line + "\u0301"
        assert rows(line, width) == [row.rstrip("\u0301") for row in rows(measured, width)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, [""]),
        ("   ", 10, [""]),
        ("a\n\nb\n", 10, ["a", "", "b", ""]),
        ("one two three", 7, ["one two", "three"]),
        ("one two  three", 8, ["one two", "three"]),
        ("  let x = 1", 8, ["  let x", "= 1"]),
        ("the well-known", 10, ["the well-", "known"]),
        ("this is well-off", 10, ["this is", "well-off"]),
        ("rain—and snow", 8, ["rain—and", "snow"]),
        ("see 2024-09-04", 11, ["see", "2024-09-04"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("日本語です。", 6, ["日本語", "です。"]),
        ("日本語。です", 6, ["日本", "語。で", "す"]),
        ("見「引用」", 4, ["見", "「引", "用」"]),
        ("abc日本", 5, ["abc日", "本"]),
        ("abc\u200bdef", 4, ["abc\u200b", "def"]),
        ("ab\xa0cd ef", 5, ["ab\xa0cd", "ef"]),
        ("👩\u200d👩\u200d👧👍🏽", 2, ["👩\u200d👩\u200d👧", "👍🏽"]),
        ("日本", 1, ["日", "本"]),
        ("a\tb c", 3, ["a\tb", "c"]),
    ],
)
def test_rows_end_where_a_reader_expects(text: str, width: int, expected: list[str]) -> None:
    assert rows(text, width) == expected


def test_an_address_is_broken_at_its_slashes() -> None:
    assert rows("https://example.org/a/long/path/to-it", 20) == [
        "https://example.org/",
        "a/long/path/to-it",
    ]


@pytest.mark.parametrize("piece", [" ", "a", "\u0301", "日", "a-", "\t", "\u1100", "🇩", "\u200d"])
@pytest.mark.parametrize("width", [2, 72])
def test_hostile_text_is_wrapped_in_linear_time(piece: str, width: int) -> None:
    assert is_linear(
        lambda text: wrap_rows(text, 0, len(text), width), lambda n: f"a{piece * n}b", 1000
    )
