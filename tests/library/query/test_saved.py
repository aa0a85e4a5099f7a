import datetime as dt

import pytest

from tuireader.library.query.conditions import QueryError
from tuireader.library.query.parser import parse_query
from tuireader.library.query.saved import parse_with_lists, with_list_renamed

TODAY = dt.date(2026, 11, 29)
LISTS = {"Boats": "ferry or boat", "Late boats": "list:boats late", "A": "in:B", "B": "list:(A)"}
LISTS["Wrong"] = "tite:x"


def test_a_list_stands_for_its_query() -> None:
    expected = parse_query("is:unread ((ferry or boat) late)", TODAY)
    assert parse_with_lists('is:unread list:"late boats"', TODAY, LISTS) == expected


@pytest.mark.parametrize(
    ("query", "place", "message"),
    [
        ("x list:boat", (7, 11), "there is no list “boat”; did you mean “Boats”?"),
        ("list:A", (5, 6), "the list “A” contains itself: A → B → A"),
        ("list:wrong", (5, 10), "in the list “Wrong”: there is no field “tite”"),
    ],
)
def test_a_list_that_cannot_be_used_is_told_at_its_name(
    query: str, place: tuple[int, int], message: str
) -> None:
    with pytest.raises(QueryError) as raised:
        parse_with_lists(query, TODAY, LISTS)
    assert (raised.value.start, raised.value.end) == place
    assert str(raised.value).startswith(message[:20])


@pytest.mark.parametrize(
    ("query", "renamed"),
    [
        ("list:boats", "list:Ships"),
        ('x list:" boats " or in:Boats,Rivers', "x list:Ships or in:Ships,Rivers"),
        ("-(list:“Boats” list:boat) boats", "-(list:Ships list:boat) boats"),
        ("title:list:boats", "title:list:boats"),
        ("list:boats (", "list:boats ("),
    ],
)
def test_a_query_names_a_list_by_its_new_name(query: str, renamed: str) -> None:
    assert with_list_renamed(query, "Boats", "Ships") == renamed


def test_a_new_name_of_several_words_is_a_phrase() -> None:
    assert with_list_renamed("list:a x", "A", "All ships") == 'list:"All ships" x'
