import datetime as dt
from array import array
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.article_list import ListEntry, SortOrder
from tuireader.domain.bookmark import ReadingProgress
from tuireader.library.article_order import STEP, Arrangement, ArticleOrder
from tuireader.library.catalogue import Catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence

MANY = 3 * STEP
WORDS = st.sampled_from(["harbour", "straße", "STRASSE", "café", "ﬁne", "e", "2024", "holm"])


def titled(*titles: str) -> Catalogue:
    """Return a catalogue of articles with these titles, at the locations "0", "1" and so on."""
    made = Catalogue(lambda place: ListEntry(location=place, title=titles[int(place)]))
    made.extend(map(str, range(len(titles))))
    made.read_all(lambda: None)
    return made


def last(catalogue: Catalogue, wanted: Arrangement) -> list[int]:
    *_, numbers = ArticleOrder(catalogue).steps(wanted)
    return list(numbers)


@given(st.lists(st.lists(WORDS, max_size=4).map(" ".join), max_size=20), st.lists(WORDS))
def test_a_filter_finds_what_each_of_its_words_finds(titles: list[str], words: list[str]) -> None:
    made = titled(*titles)
    each = [set(last(made, Arrangement(query=word))) for word in words]
    both = last(made, Arrangement(query=" ".join(words)))
    assert both == [
        number for number in range(len(titles)) if all(number in found for found in each)
    ]


@pytest.mark.parametrize(
    ("query", "found"), [("strasse", [0, 1]), ("straß", [0, 1]), ("CAFE", [2]), ("fin", [3])]
)
def test_case_accents_and_forms_do_not_matter(query: str, found: list[int]) -> None:
    assert last(titled("Straße", "STRASSE", "Café", "ﬁne"), Arrangement(query=query)) == found


def test_the_list_so_far_is_a_beginning_of_the_whole() -> None:
    made = titled(*(f"{'even' if number % 2 == 0 else 'odd'} {number}" for number in range(MANY)))
    parts: list[Sequence[int]] = list(ArticleOrder(made).steps(Arrangement(query="even")))
    assert len(parts) > MANY // STEP
    assert list(parts[-1]) == list(range(0, MANY, 2))
    assert all(list(part) == list(parts[-1])[: len(part)] for part in parts)
    assert list(parts[0]) == list(range(0, STEP, 2))


@given(st.lists(st.text("aB", max_size=2), max_size=30))
def test_sorting_is_stable_and_ignores_case(titles: list[str]) -> None:
    numbers = last(titled(*titles), Arrangement(order=SortOrder.TITLE))
    assert numbers == sorted(range(len(titles)), key=lambda number: titles[number].casefold())


def test_many_articles_are_sorted_as_few_are() -> None:
    titles = [f"{number * 7919 % MANY:05}" for number in range(MANY)]
    numbers = last(titled(*titles), Arrangement(order=SortOrder.TITLE))
    assert [titles[number] for number in numbers] == sorted(titles)


@pytest.mark.parametrize("wanted", [Arrangement(query="0"), Arrangement(order=SortOrder.TITLE)])
def test_what_is_listed_takes_eight_bytes_an_article(wanted: Arrangement) -> None:
    *_, numbers = ArticleOrder(titled(*map(str, range(MANY)))).steps(wanted)
    assert isinstance(numbers, array)
    assert numbers.itemsize == 8


def test_what_the_index_has_found_follows_the_titles_unless_the_list_is_sorted() -> None:
    made = titled("b sea", "c", "a sea", "d")
    wanted = Arrangement(query="sea", found=("3", "2", "unknown", "1"))
    assert last(made, wanted) == [0, 2, 3, 1]
    wanted = Arrangement(query="sea", found=("3", "2", "1"), order=SortOrder.TITLE)
    assert last(made, wanted) == [2, 0, 1, 3]


def test_a_query_is_answered_by_the_index_alone() -> None:
    made = titled("sea", "b", "a")
    for query, numbers in (("is:unread", [1, 2]), ("is:unread sort:title", [2, 1])):
        wanted = Arrangement(query=query, is_plain=False, found=("2", "1"))
        assert last(made, wanted) == numbers


def test_articles_are_sorted_by_date_outlet_and_progress() -> None:
    entries = [
        ListEntry(location="0", title="x", outlet="B", date=dt.date(2024, 1, 2)),
        ListEntry(location="1", title="x", outlet="A"),
        ListEntry(location="2", title="x", outlet="a", date=dt.date(2025, 1, 2)),
    ]
    made = Catalogue(lambda place: entries[int(place)])
    made.extend("012")
    made.read_all(lambda: None)
    readings = {"1": ReadingProgress(location="1", furthest=50, length=100, kept=3)}
    orders = {
        SortOrder.NEWEST: [2, 0, 1],
        SortOrder.OUTLET: [1, 2, 0],
        SortOrder.UNREAD: [0, 2, 1],
        SortOrder.KEPT: [1, 0, 2],
    }
    for order, numbers in orders.items():
        assert last(made, Arrangement(order=order, readings=readings)) == numbers


def test_what_is_learnt_of_an_article_is_found_at_once() -> None:
    made = titled("sea", "river")
    order = ArticleOrder(made)
    *_, before = order.steps(Arrangement(query="lake"))
    made.update(ListEntry(location="1", title="lake"))
    *_, after = order.steps(Arrangement(query="lake"))
    assert (list(before), list(after)) == ([], [1])


def test_an_unread_article_is_found_by_its_file_name() -> None:
    made = Catalogue(lambda place: ListEntry(location=place, title="Storm"))
    made.extend(["/news/harbour.txt"])
    assert last(made, Arrangement(query="harb")) == [0]
    assert last(made, Arrangement(query="storm")) == []
