"""Bookmarks by article."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.anchor import Anchor
from tuireader.domain.bookmark import (
    Bookmark,
    Citation,
    by_article,
    position_number,
    reading_order,
)

NOW = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
PLACES = st.lists(st.tuples(st.sampled_from("abc"), st.none() | st.integers(0, 9)))


def kept(number: int, article: str, start: int | None) -> Bookmark:
    anchor = None
    if start is not None:
        anchor = Anchor(text_hash="0", start=start, end=start + 1, exact="x")
    citation = Citation(location=article)
    return Bookmark(id=number, article=citation, anchor=anchor, created=NOW, updated=NOW)


@given(PLACES)
def test_bookmarks_are_grouped_by_article_in_the_order_of_its_text(
    places: list[tuple[str, int | None]],
) -> None:
    marks = [kept(number, *place) for number, place in enumerate(places)]
    groups = list(by_article(iter(marks)))
    assert sorted(mark.id for group in groups for mark in group) == list(range(len(marks)))
    first_seen = list(dict.fromkeys(article for article, _ in places))
    assert [group[0].article.location for group in groups] == first_seen
    for group in groups:
        assert len({mark.article.location for mark in group}) == 1
        starts = [-1 if mark.anchor is None else mark.start for mark in group]
        assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("position", "number"),
    [
        ("page 12, location 180-182", 180),
        ("Chapter 4, page 12", 12),
        ("order 3", 3),
        ("page xii", -1),
        ("Chapter 4", -1),
        ("", -1),
    ],
)
def test_the_number_of_a_position_is_its_location_or_its_page(position: str, number: int) -> None:
    assert position_number(position) == number


def test_passages_that_wait_for_their_text_are_last_and_in_the_order_of_their_source() -> None:
    placed, note = kept(1, "a", 5), kept(2, "a", None)
    waiting = [
        replace(
            kept(number, "a", 0),
            anchor=Anchor(text_hash="", start=0, end=1, exact="x"),
            orphan=True,
            position=f"page {page}",
        )
        for number, page in ((3, 9), (4, 10), (5, 1))
    ]
    ordered = sorted([*waiting, placed, note], key=reading_order)
    assert [mark.id for mark in ordered] == [2, 1, 5, 3, 4]
