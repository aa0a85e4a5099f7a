import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.library.query.conditions import (
    And,
    Condition,
    DateCondition,
    Not,
    NumberCondition,
    Or,
    QueryError,
    SortKey,
    TextCondition,
    TextMatch,
    ValueCondition,
)
from tuireader.library.query.fields import field_names
from tuireader.library.query.parser import MAX_DEPTH, MAX_LENGTH, parse_query

TODAY = dt.date(2026, 11, 29)


def parsed(query: str) -> Condition:
    return parse_query(query, TODAY).condition


def word(text: str, field: str = "any", match: TextMatch = TextMatch.WORD) -> TextCondition:
    return TextCondition(field, match, text)


def value(field: str, text: str) -> ValueCondition:
    return ValueCondition(field, text)


def days(first: str, last: str, field: str = "date") -> DateCondition:
    return DateCondition(
        field,
        dt.date.fromisoformat(first) if first else None,
        dt.date.fromisoformat(last) if last else None,
    )


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ("", And(())),
        ("   ", And(())),
        ("ferry", word("ferry")),
        ("ferry quay", And((word("ferry"), word("quay")))),
        ("ferry and quay", And((word("ferry"), word("quay")))),
        ("ferry OR quay", Or((word("ferry"), word("quay")))),
        ("a b or c", Or((And((word("a"), word("b"))), word("c")))),
        ("a (b or c)", And((word("a"), Or((word("b"), word("c")))))),
        ("ferry -quay", And((word("ferry"), Not(word("quay"))))),
        ("not not ferry", Not(Not(word("ferry")))),
        ("- ferry", And((word("-"), word("ferry")))),
        ("e-mail", word("e-mail")),
        ("“low water” tide", And((word("low water", match=TextMatch.PHRASE), word("tide")))),
        ("«low water»", word("low water", match=TextMatch.PHRASE)),
        ("„low water“", word("low water", match=TextMatch.PHRASE)),
        ("harb*", word("harb", match=TextMatch.PREFIX)),
        ("*arbou*", word("arbou", match=TextMatch.INSIDE)),
        ("title:ferry", word("ferry", "title")),
        ('title:"the ferry"', word("the ferry", "title", TextMatch.PHRASE)),
        ("title:(ferry or quay)", Or((word("ferry", "title"), word("quay", "title")))),
        ("by:moor,voss", Or((word("moor", "author"), word("voss", "author")))),
        ("is:unread", value("is", "unread")),
        ("is:(read or kept)", Or((value("is", "read"), value("is", "kept")))),
        ("IS:Unread", value("is", "unread")),
        ("#harbour", value("tag", "harbour")),
        ('#"high tide"', value("tag", "high tide")),
        ('-#"high tide" ferry', And((Not(value("tag", "high tide")), word("ferry")))),
        ("(#“high tide”)", value("tag", "high tide")),
        ('tag:"high tide",sea', Or((value("tag", "high tide"), value("tag", "sea")))),
        ('tag:sea,"high tide"', Or((value("tag", "sea"), value("tag", "high tide")))),
        ('tag:"a b","c d" e', And((Or((value("tag", "a b"), value("tag", "c d"))), word("e")))),
        ('(tag:"a b", sea)', And((value("tag", "a b"), word("sea")))),
        (
            'title:"a b",quay*',
            Or((word("a b", "title", TextMatch.PHRASE), word("quay", "title", TextMatch.PREFIX))),
        ),
        ('speaker:"Ada Moor"', value("speaker", "Ada Moor")),
        ("said:*", value("has", "quote")),
        ("words:>2000", NumberCondition("words", 2001, None)),
        ("words:500..1500", NumberCondition("words", 500, 1500)),
        ("progress:<50%", NumberCondition("progress", None, 49)),
        ("notes:2", NumberCondition("notes", 2, 2)),
        ("same:3", NumberCondition("same", 3, None)),
        ("ratio 3:1", And((word("ratio"), word("3:1")))),
        ("http://a.example/1", word("http://a.example/1", "source", TextMatch.PHRASE)),
    ],
)
def test_a_query_means(query: str, condition: Condition) -> None:
    assert parsed(query) == condition


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ("date:2024", days("2024-01-01", "2024-12-31")),
        ("date:2024-02", days("2024-02-01", "2024-02-29")),
        ("date:2024-9-4", days("2024-09-04", "2024-09-04")),
        ("date:2024-09..", days("2024-09-01", "")),
        ("date:..2019", days("", "2019-12-31")),
        ("date:2023..2024-06", days("2023-01-01", "2024-06-30")),
        ("date:>2024-02", days("2024-03-01", "")),
        ("date:<=2024-02", days("", "2024-02-29")),
        ("date:yesterday", days("2026-11-28", "2026-11-28")),
        ("after:2024-01", days("2024-01-01", "")),
        ("before:2024-06", days("", "2024-05-31")),
        ("added:<2w", days("2026-11-15", "", "added")),
        ("added:>1y", days("", "2025-11-28", "added")),
        ("newer:1m", days("2026-10-29", "")),
        ("older:1m", days("", "2026-10-28")),
    ],
)
def test_a_date_means_days(query: str, condition: Condition) -> None:
    assert parsed(query) == condition


def test_the_order_is_no_condition() -> None:
    query = parse_query("ferry sort:-date", TODAY)
    assert (query.condition, query.sort, query.is_reversed) == (word("ferry"), SortKey.DATE, True)
    assert parse_query("sort:title", TODAY).is_empty


@pytest.mark.parametrize(
    ("query", "start", "end", "words"),
    [
        ("is:unred", 3, 8, "did you mean “unread”?"),
        ("a tite:foo", 2, 6, "did you mean “title:”?"),
        ("(a or b", 0, 1, "is not closed"),
        ("a or", 2, 4, "needs something after it"),
        ("or a", 0, 2, "needs something before it"),
        ("a not", 2, 5, "needs something after it"),
        ('"open', 0, 5, "is not closed"),
        ("date:31.12.2024", 5, 15, "year-month-day"),
        ("date:2024-13", 5, 12, "there is no day"),
        ("date:2025..2024", 5, 15, "turn them round"),
        ("words:many", 6, 10, "is no number"),
        ("words:9..2", 6, 10, "turn them round"),
        ("title: ferry", 0, 6, "needs a value"),
        ("()", 1, 2, "an empty group"),
        ("a)", 1, 2, "closes nothing"),
        ("*ab", 0, 3, "three letters"),
        ("sort:up", 5, 7, "it can be relevance"),
        ("nothinglikethis:a", 0, 15, "the fields are title"),
    ],
)
def test_a_wrong_query_is_answered_with_its_place(
    query: str, start: int, end: int, words: str
) -> None:
    with pytest.raises(QueryError) as raised:
        parse_query(query, TODAY)
    assert (raised.value.start, raised.value.end) == (start, end)
    assert words in str(raised.value)


PIECES = st.sampled_from(
    [
        *field_names(),
        *" ()-:*#,.<>\"“”„«'",
        "or",
        "and",
        "not",
        "ferry",
        "2024",
        "2w",
        "..",
        "is:",
        "0000",
        "9999y",
        "制裁",
        "\u202e",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=40))
def test_any_text_is_a_query_or_is_answered_with_a_place_in_it(query: str) -> None:
    found = None
    try:
        parse_query(query, TODAY)
    except QueryError as error:
        found = error
    assert found is None or (0 <= found.start <= found.end <= len(query) and str(found))


@pytest.mark.parametrize("query", ["(" * MAX_LENGTH, "-" * MAX_LENGTH, "not " * (MAX_DEPTH + 1)])
def test_deep_queries_are_refused(query: str) -> None:
    with pytest.raises(QueryError):
        parse_query(f"{query[: MAX_LENGTH - 1]}a", TODAY)


def test_a_query_that_is_too_long_is_refused() -> None:
    with pytest.raises(QueryError):
        parse_query("a " * MAX_LENGTH, TODAY)
