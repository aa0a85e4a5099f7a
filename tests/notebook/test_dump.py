"""Tests for writing the notebook as one JSON document."""

import json

from hypothesis import given
from hypothesis import strategies as st

from tuireader.notebook.dump import NotebookDump

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
tables = st.dictionaries(
    st.text(), st.dictionaries(st.integers(min_value=1), st.dictionaries(st.text(), values))
)


@given(tables)
def test_the_document_is_read_back_as_it_was(found: dict[str, dict[int, object]]) -> None:
    stored = {
        name: {number: json.dumps(record).encode("ascii") for number, record in records.items()}
        for name, records in found.items()
    }
    dump = NotebookDump(stored)
    expected = {
        name: {str(number): record for number, record in records.items()}
        for name, records in found.items()
    }
    content = b"".join(dump.pieces()).decode("utf-8", "surrogatepass")
    assert json.loads(content) == expected
    assert dump.count == sum(map(len, found.values()))


def test_a_large_document_comes_in_pieces() -> None:
    record = json.dumps({"text": "x" * 300_000}).encode("ascii")
    pieces = list(NotebookDump({"notes": dict.fromkeys(range(1, 13), record)}).pieces())
    assert 2 < len(pieces) < 6
    assert all(len(piece) < 1_500_000 for piece in pieces)


def test_only_the_records_of_some_articles_are_written() -> None:
    records: dict[str, list[dict[str, object]]] = {
        "bookmarks": [{"article": {"location": "a"}}, {"article": {"location": "b"}}],
        "readings": [{"location": "a"}],
        "lists": [{"name": "x"}],
        "history": [{"location": "a"}],
    }
    stored = {
        name: {number: json.dumps(each).encode("ascii") for number, each in enumerate(given, 1)}
        for name, given in records.items()
    }
    found = json.loads(b"".join(NotebookDump(stored).of({"a"}).pieces()))
    assert found == {
        "bookmarks": {"1": records["bookmarks"][0]},
        "readings": {"1": {"location": "a"}},
    }
