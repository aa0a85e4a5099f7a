import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuireader.domain.bookmark import Citation
from tuireader.domain.dates import (
    ArticleDate,
    PartialDate,
    date_order,
    long_date,
    parse_date,
    short_date,
)
from tuireader.exporters.citation import citation_line
from tuireader.notebook.serialization import citation_from_record, citation_record

DATES: st.SearchStrategy[ArticleDate] = st.one_of(
    st.dates(),
    st.builds(PartialDate, st.integers(1, 9999), st.none() | st.integers(1, 12)),
)


@given(DATES)
@settings(max_examples=50)
def test_a_date_is_read_as_it_was_written(date: ArticleDate) -> None:
    assert parse_date(date.isoformat()) == date


@pytest.mark.parametrize("value", ["", "2019-13", "0000", "19", "2019-5", "2019-02-30", "May 2019"])
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_date(value)


@pytest.mark.parametrize(
    ("value", "long", "short"),
    [
        ("2019-05-03", "3 May 2019", "3 May 2019"),
        ("2019-09", "September 2019", "Sep 2019"),
        ("2019", "2019", "2019"),
    ],
)
def test_what_is_not_known_of_a_date_is_not_shown(value: str, long: str, short: str) -> None:
    assert (long_date(parse_date(value)), short_date(parse_date(value))) == (long, short)


def test_a_date_sorts_by_what_is_known_of_it() -> None:
    dates: list[dt.date | PartialDate] = [
        PartialDate(2019),
        PartialDate(2019, 5),
        dt.date(2019, 5, 1),
        PartialDate(2020),
    ]
    assert sorted([dates[n] for n in (2, 0, 3, 1)], key=date_order) == dates


def test_a_citation_keeps_what_is_known_of_its_date() -> None:
    citation = Citation(location="/a", title="Late ferry", date=PartialDate(2019))
    assert citation_from_record(citation_record(citation)) == citation
    assert citation_line(citation) == "Late ferry, 2019, /a"
