from dataclasses import replace
from typing import Any

import pytest
from ui.reader.river import article_of

from tuireader.domain.article import Passage
from tuireader.domain.bookmark import Citation, ReadingProgress
from tuireader.domain.errors import NotebookError
from tuireader.ui.reader.progress import merge_progress

ARTICLE = article_of("One two three.  \n\n")


def test_two_windows_progress_is_merged() -> None:
    ours = ReadingProgress(location="a", offset=5, furthest=20, length=100)
    stored = ReadingProgress(location="a", offset=60, furthest=90, length=120, kept=2, done=True)
    merged = merge_progress(ours, stored, 80)
    assert merged == replace(stored, offset=5, furthest=80, length=80)


def test_progress_that_was_only_imported_says_nothing_of_the_furthest_place() -> None:
    ours = ReadingProgress(location="a", furthest=20, length=100)
    stored = ReadingProgress(location="a", furthest=50, done=True)
    assert merge_progress(ours, stored, 100).furthest == 20


def test_the_position_is_saved_when_the_user_rests(desk: Any) -> None:
    desk.progress.open(ARTICLE.location, 0)
    desk.progress.move(ARTICLE, 4, Passage(0, 7))
    desk.progress.move(ARTICLE, 5, Passage(0, 7))
    [settle] = desk.timers
    settle()
    assert desk.resume.offsets == {}
    desk.timers[-1]()
    assert desk.resume.offsets == {ARTICLE.location: 5}
    assert desk.notebook.progress.get(ARTICLE.location).offset == 5
    assert desk.readings[ARTICLE.location].furthest == 7
    assert len(desk.timers) == 2


def test_nothing_is_saved_of_a_text_that_is_loading(desk: Any) -> None:
    desk.progress.open(ARTICLE.location, 0)
    desk.progress.move(replace(ARTICLE, complete=False), 4, Passage(0, 7))
    desk.progress.save()
    assert desk.resume.saves == 0


def test_a_published_view_does_not_change_afterwards(desk: Any) -> None:
    desk.progress.open(ARTICLE.location, 0)
    desk.progress.move(ARTICLE, 4, Passage(0, 7))
    desk.progress.save()
    before = desk.readings
    desk.progress.move(ARTICLE, 9, Passage(0, 12))
    assert before[ARTICLE.location].offset == 4
    assert desk.progress.get(ARTICLE.location).offset == 9


def test_a_bookmark_that_is_made_meanwhile_is_counted_when_the_position_is_saved(desk: Any) -> None:
    desk.session.show(article_of())
    desk.session.move(3, Passage(0, 20))
    desk.progress.save()
    desk.editor.change(
        lambda: desk.notebook.bookmarks.keep(desk.session.article, Passage(0, 5)), "done"
    )
    desk.session.move(9, Passage(0, 30))
    desk.progress.save()
    assert desk.readings["river.txt"].kept == 1


def test_an_error_while_saving_is_told(desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Any) -> None:
        raise NotebookError("The disk is full.")

    monkeypatch.setattr(desk.notebook.progress, "save", fail)
    desk.progress.open(ARTICLE.location, 0)
    desk.progress.move(ARTICLE, 4, Passage(0, 7))
    desk.progress.save()
    assert desk.errors == ["The disk is full."]


@pytest.mark.parametrize("known", [0, 12])
def test_an_article_is_opened_where_it_was_left(desk: Any, known: int) -> None:
    desk.resume.remember("river.txt", known)
    assert desk.progress.get("river.txt").offset == known


WHOLE = Passage(0, len("One two three."))


def test_opening_an_article_that_fits_the_screen_does_not_mark_it_as_read(desk: Any) -> None:
    desk.progress.open(ARTICLE.location, 0)
    desk.progress.move(ARTICLE, 0, WHOLE)
    desk.progress.save()
    assert desk.notebook.progress.get(ARTICLE.location).progress == 0


def test_it_is_read_when_it_was_on_the_screen_for_long_enough(desk: Any) -> None:
    desk.progress.open(ARTICLE.location, 0)
    desk.progress.move(ARTICLE, 0, WHOLE)
    desk.progress.tick(1.5)
    assert desk.notebook.progress.get(ARTICLE.location) is None
    desk.progress.tick(0.5)
    assert desk.notebook.progress.get(ARTICLE.location).finished
    assert desk.readings[ARTICLE.location].finished


def test_a_footnote_that_is_looked_up_does_not_count(desk: Any) -> None:
    desk.progress.open(ARTICLE.location, 8, by_jump=True)
    desk.progress.move(ARTICLE, 0, WHOLE)
    desk.progress.move(ARTICLE, 8, WHOLE)
    desk.progress.tick(60)
    assert desk.progress.get(ARTICLE.location).progress == 0
    desk.progress.move(ARTICLE, 9, WHOLE)
    desk.progress.tick(2)
    assert desk.progress.get(ARTICLE.location).finished


def test_an_article_that_is_marked_as_unread_while_it_is_open_stays_unread(desk: Any) -> None:
    desk.articles[ARTICLE.location] = ARTICLE
    desk.session.show(ARTICLE)
    desk.session.move(0, WHOLE)
    desk.progress.tick(2)
    cited = [Citation(location=ARTICLE.location)]
    desk.editor.change(lambda: desk.notebook.states.mark_read(cited, read=False), "unread")
    desk.progress.tick(60)
    assert not desk.notebook.progress.get(ARTICLE.location).finished
    desk.session.show(ARTICLE)
    desk.session.move(0, WHOLE)
    desk.progress.tick(60)
    assert desk.notebook.progress.get(ARTICLE.location).finished


def test_the_first_screen_counts_when_the_user_goes_on_to_the_second(desk: Any) -> None:
    long = article_of("word " * 400)
    desk.progress.open(long.location, 0)
    desk.progress.move(long, 0, Passage(0, 1000))
    assert desk.progress.get(long.location).furthest == 0
    desk.progress.move(long, 950, Passage(950, 1950))
    assert desk.progress.get(long.location).furthest == 1950
    desk.progress.move(long, 1990, Passage(1000, 2000))
    desk.progress.tick(2)
    assert desk.progress.get(long.location).finished


def test_going_to_the_end_from_the_first_screen_leaves_a_gap(desk: Any) -> None:
    long = article_of("word " * 1000)
    desk.progress.open(long.location, 0)
    desk.progress.move(long, 0, Passage(0, 1000))
    desk.progress.move(long, 4990, Passage(4000, 5000))
    desk.progress.tick(60)
    assert not desk.progress.get(long.location).finished
    assert desk.progress.get(long.location).furthest == 1000


def test_the_position_in_an_article_that_was_left_is_saved_after_the_next_one_is_shown(
    desk: Any,
) -> None:
    desk.progress.open(ARTICLE.location, 0)
    desk.progress.move(ARTICLE, 4, Passage(0, 7))
    desk.progress.open("other.txt", 0)
    assert desk.resume.saves == 0
    desk.progress.load({}, None)  # what is in the notebook is older
    assert desk.readings[ARTICLE.location].offset == 4
    desk.timers[-1]()
    assert desk.notebook.progress.get(ARTICLE.location).offset == 4
    assert desk.resume.offsets == {ARTICLE.location: 4}


def test_the_position_in_an_article_that_was_left_is_saved_on_leaving_the_program(
    desk: Any,
) -> None:
    desk.progress.open(ARTICLE.location, 0)
    desk.progress.move(ARTICLE, 4, Passage(0, 7))
    desk.progress.open("other.txt", 0)
    desk.progress.save()
    assert desk.notebook.progress.get(ARTICLE.location).offset == 4
