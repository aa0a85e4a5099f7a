"""Tests for loading the next article while the reader reads."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from ui.reader.river import article_of, quote_of

from tuireader.domain.errors import SourceError
from tuireader.ui.reader.read_ahead import ReadAhead


def loaded(desk: Any) -> list[str]:
    """Return the locations of the articles that are loaded when they are opened from now on."""
    asked: list[str] = []

    def load(location: str) -> Any:
        asked.append(location)
        return desk.articles[location]

    desk.context.load_head = load
    return asked


def with_next(desk: Any) -> None:
    """Open the first of two articles."""
    desk.articles["sea.txt"] = replace(article_of(), location="sea.txt")
    desk.next_location = "sea.txt"
    desk.opener.open("river.txt")


def test_the_next_article_opens_without_being_loaded_again(desk: Any) -> None:
    with_next(desk)
    asked = loaded(desk)
    desk.opener.open("sea.txt")
    assert desk.session.article.location == "sea.txt"
    assert asked == []


def test_an_article_whose_file_has_changed_is_loaded_again(desk: Any) -> None:
    with_next(desk)
    desk.context.article_stamp = lambda location: f"{location} changed"
    asked = loaded(desk)
    desk.opener.open("sea.txt")
    assert desk.session.article.location == "sea.txt"
    assert asked == ["sea.txt"]


def test_another_article_is_loaded_when_it_is_opened(desk: Any) -> None:
    with_next(desk)
    desk.articles["hill.txt"] = replace(article_of(), location="hill.txt")
    asked = loaded(desk)
    desk.opener.open("hill.txt")
    assert asked == ["hill.txt"]


def test_an_article_that_cannot_be_read_ahead_tells_its_error_when_it_is_opened(desk: Any) -> None:
    def fail(location: str) -> Any:
        raise SourceError(location, "no such file")

    desk.context.load_ahead = fail
    with_next(desk)
    assert desk.errors == []
    desk.context.load_head = fail
    desk.context.stored_text = lambda _: None
    desk.opener.open("sea.txt")
    assert any("no such file" in error for error in desk.errors)


def test_nothing_is_loaded_behind_the_last_article(desk: Any) -> None:
    asked: list[str] = []
    desk.context.load_ahead = asked.append
    desk.opener.open("river.txt")
    assert asked == []


def test_an_article_is_handed_out_once(desk: Any) -> None:
    ahead = ReadAhead(desk.context, lambda: "river.txt")
    ahead.prepare(ahead.next_location, lambda: None)
    assert ahead.take("river.txt") == desk.articles["river.txt"]
    assert ahead.take("river.txt") is None


def test_the_quotations_that_were_found_ahead_are_shown_with_the_article_at_once(
    desk: Any,
) -> None:
    desk.found = (quote_of(1, 17, "Ada Voss"),)
    with_next(desk)
    looked_up: list[Any] = []
    desk.context.quote_cache = SimpleNamespace(get=looked_up.append)
    before = len(desk.states)
    desk.opener.open("sea.txt")
    first = desk.states[before]
    assert first.article.location == "sea.txt"
    assert not first.searching
    assert [quote.speaker for quote in first.quotes] == ["Ada Voss"]
    assert looked_up == []
