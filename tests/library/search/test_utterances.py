from collections.abc import Iterator
from pathlib import Path

import pytest

from tuireader.domain.article import Passage
from tuireader.library.query.parser import parse_query
from tuireader.library.search.documents import Document, IndexedQuotation
from tuireader.library.search.index import SearchIndex
from tuireader.library.search.utterances import sentence_numbers

from .test_index import TODAY

WHOLE = "We shall build the longest bridge of all. And it will be free."
CUT = "We shall build the longest\nBridge of all"
OTHER = "Nobody has ever asked us about that bridge."
SHORT = "We will see."


def quoted(text: str) -> tuple[IndexedQuotation, ...]:
    return (IndexedQuotation(spans=(Passage(0, len(text)),)),)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SearchIndex]:
    texts = {"a": WHOLE, "b": CUT, "c": OTHER, "d": SHORT, "e": SHORT}
    with SearchIndex(tmp_path / "index.sqlite") as opened:
        for name, text in texts.items():
            opened.put([Document(location=f"/{name}", text=text)])
            opened.set_quotations(f"/{name}", quoted(text))
        yield opened


def found(index: SearchIndex, query: str) -> list[str]:
    return sorted(hit.location[1:] for hit in index.search(parse_query(query, TODAY), TODAY))


def test_a_sentence_is_the_same_whatever_its_case_and_line_breaks() -> None:
    assert sentence_numbers(quoted(WHOLE), WHOLE) & sentence_numbers(quoted(CUT), CUT)
    assert not sentence_numbers(quoted(WHOLE), WHOLE) & sentence_numbers(quoted(OTHER), OTHER)


def test_articles_with_the_same_utterance_are_found(index: SearchIndex) -> None:
    assert found(index, "same:2") == ["a", "b"]
    assert found(index, "said:* same:3") == []
    assert found(index, "same:..1") == ["c"]
    assert index.count(parse_query("same:2", TODAY), TODAY) == 2


def test_a_removed_article_has_nothing_in_common_any_more(index: SearchIndex) -> None:
    index.remove(["/b"])
    assert found(index, "same:2") == []
    index.set_quotations("/c", quoted(WHOLE[:20]))
    assert found(index, "same:1") == ["a"]
