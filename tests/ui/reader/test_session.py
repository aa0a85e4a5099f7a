from dataclasses import replace
from typing import Any

from ui.reader.river import TEXT, article_of, quote_of

from tuireader.domain.anchor import MatchMethod, Placement
from tuireader.domain.article import NamedPlace, Passage
from tuireader.domain.bookmark import ReadingProgress
from tuireader.domain.errors import SourceError, TooLongError
from tuireader.ui.reader.session import SessionState, version_message

WATER = quote_of(1, 18, "Lena Holt")


def test_an_article_is_shown_with_what_is_known_about_it(desk: Any) -> None:
    desk.found = (WATER,)
    desk.notebook.bookmarks.keep(article_of(), Passage(42, 66))
    desk.opener.open("river.txt")
    first, *_, last = desk.states
    assert first == SessionState(article=article_of(), searching=True)
    assert [mark.words for mark in last.bookmarks] == ["It rained for nine days."]
    assert [quote.speaker for quote in last.quotes] == ["Lena Holt"]
    assert not last.searching
    assert desk.went == [0]


def test_the_head_is_replaced_by_the_whole_text_and_the_cursor_goes_beyond_the_head(
    desk: Any,
) -> None:
    head = article_of(TEXT[:20], complete=False)
    desk.context.load_head = lambda _: head
    desk.opener.open("river.txt", 50)
    assert [state.article.text for state in desk.states[:2]] == [TEXT[:20], TEXT]
    assert desk.went == [50]


def test_the_place_of_last_time_is_kept_until_the_text_is_known_so_far(desk: Any) -> None:
    head = article_of(TEXT[:20], complete=False)
    desk.context.load_head = lambda _: head

    def load(*_: object) -> Any:
        desk.session.move(0, Passage(0, 10))
        desk.session.move(19, Passage(10, 20))
        assert desk.progress.get("river.txt").offset == 50
        return article_of()

    desk.context.load_article = load
    desk.opener.open("river.txt", 50)
    desk.session.move(42, Passage(42, 66))
    assert desk.progress.get("river.txt").offset == 42


def test_an_article_is_gone_on_with_where_the_notebook_says_if_nothing_else_does(desk: Any) -> None:
    desk.notebook.progress.save(ReadingProgress(location="river.txt", offset=42, length=len(TEXT)))
    desk.opener.open("river.txt")
    assert desk.went == [0, 42]
    desk.states.clear()
    desk.went.clear()
    desk.session.show(article_of(), 0)
    assert desk.went == [0]


def test_the_open_article_is_not_loaded_again(desk: Any) -> None:
    desk.articles["river.txt"] = article_of(places=(NamedPlace("end", 60),))
    desk.opener.open("river.txt")
    states = len(desk.states)
    desk.opener.open("river.txt")
    desk.opener.open("river.txt", place="end")
    desk.opener.open("river.txt", 7)
    assert desk.went == [0, 60, 7]
    assert len(desk.states) == states


def test_what_comes_for_an_article_that_was_left_is_dropped(desk: Any) -> None:
    desk.session.show(article_of())
    other = article_of("Something else.", "other.txt")
    desk.session.show(other)
    before = desk.session.state
    desk.session._show_quotes(article_of(), (WATER,), desk.notebook.corrections.for_article(other))
    assert desk.session.state is before


def test_a_text_that_is_too_long_for_quotations_says_so(desk: Any) -> None:
    def refuse(*_: Any) -> None:
        raise TooLongError("It is too long.")

    desk.context.prepare_quotes = refuse
    desk.opener.open("river.txt")
    assert desk.session.state.refusal == "It is too long."
    assert not desk.session.state.searching


def test_a_file_that_is_gone_is_shown_as_the_notebook_has_it(desk: Any) -> None:
    def fail(location: Any) -> None:
        raise SourceError(location, "no such file")

    desk.context.load_head = fail
    desk.context.stored_text = lambda _: article_of()
    desk.opener.open("river.txt")
    assert desk.session.article.text == TEXT
    assert "The file is gone" in desk.said[0]
    desk.context.stored_text = lambda _: None
    desk.opener.open("none.txt")
    assert desk.session.article.text == TEXT
    assert len(desk.errors) == 1


def test_a_page_is_shown_and_then_its_article_again(desk: Any) -> None:
    page = article_of(f"Tides. {TEXT}")
    desk.context.load_page = lambda _: page
    desk.opener.open("river.txt")
    desk.opener.toggle_page()
    assert desk.session.article is page
    desk.opener.toggle_page()
    assert desk.session.article.text == TEXT


def test_a_changed_text_is_told_with_what_became_of_the_bookmarks(desk: Any) -> None:
    mark = desk.notebook.bookmarks.keep(article_of(), Passage(0, 5))
    lost = replace(mark, orphan=True)
    altered = replace(
        mark, placement=Placement(text_hash="", start=0, end=5, how=MatchMethod.FUZZY)
    )
    assert version_message((mark,), is_changed=False) == ""
    assert version_message((mark,), is_changed=True) == "The text has changed · D shows the changes"
    assert version_message((lost, altered), is_changed=False) == (
        "The text has changed: 1 bookmark altered, 1 bookmark orphaned (O shows)"
        " · D shows the changes"
    )


def test_paragraphs_of_a_page_that_are_left_out_are_counted(desk: Any) -> None:
    desk.session.show(article_of(left_out=2))
    desk.session.show(article_of(left_out=1))
    assert desk.said == [
        "2 paragraphs of the page left out. P shows the whole page.",
        "1 paragraph of the page left out. P shows the whole page.",
    ]
