from dataclasses import replace

import pytest

from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import ReadingProgress
from tuireader.domain.reading import EndView, advance, is_read, whole_progress

TEXT = "word " * 2000
LONG = Article(location="long.txt", text=f"{TEXT}\n\n")
SHORT = Article(location="short.txt", text="One two three.  \n\n")
NEW = ReadingProgress(location="long.txt")


def test_the_end_counts_as_seen_with_only_white_space_after_it() -> None:
    read = advance(NEW, SHORT, 4, Passage(0, len("One two three.")))
    assert (read.offset, read.furthest) == (4, len(SHORT.text))
    assert not read.finished


def test_what_was_seen_stays_seen_when_the_user_goes_back() -> None:
    read = advance(NEW, SHORT, 4, Passage(0, 7))
    read = advance(read, SHORT, 0, Passage(0, 3))
    assert (read.offset, read.furthest) == (0, 7)


def test_a_text_that_is_loading_has_no_end_and_keeps_its_known_length() -> None:
    head = replace(SHORT, complete=False)
    read = advance(replace(NEW, length=900), head, 2, Passage(0, len(SHORT.text)))
    assert read.length == 900
    assert read.furthest == len(SHORT.text)


def test_pages_are_read_one_after_the_other() -> None:
    first = advance(NEW, LONG, 0, Passage(0, 1000))
    second = advance(first, LONG, 1000, Passage(950, 1950))
    assert second.furthest == 1950


@pytest.mark.parametrize("start", [1600, 9000])
def test_a_jump_leaves_a_gap_and_counts_for_nothing(start: int) -> None:
    first = advance(NEW, LONG, 0, Passage(0, 1000))
    jumped = advance(first, LONG, start, Passage(start, start + 1000))
    assert (jumped.offset, jumped.furthest) == (start, 1000)


def test_a_paragraph_of_half_a_screen_may_be_skipped_but_not_at_the_start() -> None:
    first = advance(NEW, LONG, 0, Passage(0, 1000))
    assert advance(first, LONG, 1500, Passage(1500, 2500)).furthest == 2500
    assert advance(NEW, LONG, 300, Passage(300, 1300)).furthest == 0


@pytest.mark.parametrize(
    ("seconds", "unseen", "expected"),
    [(1.9, 10, False), (2, 10, True), (9, 1000, False), (10, 1000, True), (30, 90_000, True)],
)
def test_the_time_is_that_of_a_very_fast_reader_and_bounded(
    seconds: float, unseen: int, expected: bool
) -> None:
    assert is_read(seconds, unseen) is expected


def test_a_short_article_is_read_after_the_time_that_its_text_takes() -> None:
    article = Article(location="a", text="x" * 900)
    view = EndView().moved(replace(NEW, location="a"), article, Passage(0, 900))
    assert not view.waited(8).is_read
    assert view.waited(8).waited(1).is_read


def test_the_end_is_read_sooner_when_most_of_the_screen_was_read_before() -> None:
    known = replace(NEW, furthest=9_900)
    view = EndView().moved(known, LONG, Passage(9_000, len(TEXT)))
    assert view.waited(2).is_read


def test_time_counts_only_while_the_end_is_on_the_screen() -> None:
    known, page = replace(NEW, furthest=9_900), Passage(9_000, len(TEXT))
    view = EndView().moved(known, LONG, page).waited(1.5)
    away = view.moved(known, LONG, Passage(0, 1000)).waited(60)
    assert not away.is_read
    assert away.moved(known, LONG, page).waited(0.5).is_read


def test_a_jump_to_the_end_is_not_the_end() -> None:
    view = EndView().moved(NEW, LONG, Passage(9_000, len(TEXT)))
    assert not view.waited(600).is_read


def pages_to_the_end(start: int, seconds: float) -> EndView:
    """The view of LONG read in pages of 1,000 from `start` on, each for so many seconds."""
    view = EndView()
    for page in range(start, len(TEXT), 1000):
        view = view.moved(NEW, LONG, Passage(page, page + 1000)).waited(seconds)
    return view


def test_an_article_that_is_opened_in_the_middle_is_read_when_its_end_was_reached() -> None:
    assert pages_to_the_end(5_000, 1000 / 40).is_read  # 40 code points a second


def test_paging_to_the_end_from_the_middle_is_not_reading() -> None:
    assert not pages_to_the_end(5_000, 1).is_read


def test_reading_only_the_last_page_or_two_is_not_reading_the_article() -> None:
    assert not pages_to_the_end(8_000, 1000 / 40).is_read


def test_a_jump_begins_another_stretch() -> None:
    view = pages_to_the_end(5_000, 60)
    note = view.moved(NEW, LONG, Passage(0, 1000)).moved(NEW, LONG, Passage(9_000, len(LONG.text)))
    assert view.is_read
    assert not note.waited(600).is_read


def test_what_was_read_before_need_not_be_read_again() -> None:
    known = replace(NEW, furthest=7_900)
    view = EndView().moved(known, LONG, Passage(8_500, 9_400)).waited(10)
    assert view.moved(known, LONG, Passage(9_000, len(LONG.text))).waited(15).is_read


def test_a_book_is_read_as_far_as_its_chapters_are() -> None:
    begun = ReadingProgress(location="b#1", furthest=1, length=1000)
    done = {name: ReadingProgress(location=name, done=True) for name in ("b#1", "b#2")}
    chapters = ["b#1", "b#2"]
    assert whole_progress("b", chapters, {}).progress == 0
    assert 0 < whole_progress("b", chapters, {"b#1": begun}).progress < 0.01
    assert whole_progress("b", chapters, {"b#1": done["b#1"]}).progress == 0.5
    assert whole_progress("b", chapters, done).finished
    assert not whole_progress("b", [], {}).finished
