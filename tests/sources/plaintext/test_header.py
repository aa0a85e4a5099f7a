import datetime as dt

import pytest

from tuireader.sources.plaintext.header import read_header

DAY = dt.date(2024, 9, 4)


@pytest.mark.parametrize(
    "line",
    [
        " date 2024-09-04",
        "Date: 4 September 2024",
        "Published: September 4, 2024 10:30 GMT",
        "2024-09-04",
        "Wednesday, 4 September 2024",
        "Veröffentlicht am 4. September 2024",
    ],
)
def test_a_date_line_is_read_and_taken_out(line: str) -> None:
    header, lines = read_header([line, "", "The pier"])
    assert header.date == DAY
    assert [line for line in lines if line] == ["The pier"]


def test_what_stands_behind_the_date_stays() -> None:
    assert read_header([" date 2024-09-04 The pier at dusk"])[1] == ["The pier at dusk"]


def test_of_two_dates_the_first_wins_and_both_go() -> None:
    header, lines = read_header([" date 2024-09-04 date 1999-01-01 The pier"])
    assert (header.date, lines) == (DAY, ["The pier"])


def test_an_impossible_date_leaves_the_rest() -> None:
    header, lines = read_header(["date 2024-13-45 The pier"])
    assert (header.date, lines) == (None, ["The pier"])


def test_a_word_that_is_no_label_stays() -> None:
    assert read_header(["Date palms are back", "Posted men"])[1] == [
        "Date palms are back",
        "Posted men",
    ]


@pytest.mark.parametrize(
    ("line", "author", "outlet"),
    [
        ("By Ida Brand", "Ida Brand", ""),
        ("Von Ida Brand", "Ida Brand", ""),
        ("Par Ida de Brand", "Ida de Brand", ""),
        ("By Ida Brand and Jo Lund", "Ida Brand and Jo Lund", ""),
        ("By Ida Brand, The Harbour News", "Ida Brand", "The Harbour News"),
        ("Author: Ida Brand", "Ida Brand", ""),
        ("Source: Harbour News", "", "Harbour News"),
    ],
)
def test_a_byline_says_who_wrote_it(line: str, author: str, outlet: str) -> None:
    header, lines = read_header(["The pier", line, "", "Text."])
    assert (header.author, header.outlet) == (author, outlet)
    assert line not in lines


def test_running_text_ends_the_header() -> None:
    lines = ["One.", "Two.", "Three.", "Four.", "date 2024-09-04"]
    assert read_header(lines)[1] == lines
