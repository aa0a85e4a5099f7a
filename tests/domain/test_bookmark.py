"""Bookmarks by article."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.anchor import Anchor
from tuireader.domain.bookmark import Bookmark, Citation, by_article

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
