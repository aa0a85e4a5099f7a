import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuireader.domain.article import Passage
from tuireader.library.query.conditions import (
    And,
    Condition,
    Not,
    Or,
    TextCondition,
    TextMatch,
    ValueCondition,
)
from tuireader.library.query.parser import parse_query
from tuireader.library.search.documents import Document, IndexedQuotation, ReaderData, State
from tuireader.library.search.index import SearchIndex

TODAY = dt.date(2026, 11, 29)

FERRY = Document(
    location="/a/ferry.txt",
    title="The ferry is late",
    author="Ida Strand",
    outlet="Harbour Post",
    date=dt.date(2026, 11, 20),
    language="en",
    text="The ferry left the quay at noon. “We wait,” said Ada Moor.",
    words=12,
    hash="01",
)
RIVER = Document(
    location="/a/river.txt",
    title="The river came back",
    date=dt.date(2026, 11, 29),
    language="en",
    text="It rained for nine days, and the harbour was closed.",
    words=10,
    hash="02",
)
AT_ONCE = IndexedQuotation(spans=(Passage(34, 42),), speaker="Ada Moor")
QUAY = Document(location="/b/kai.txt", title="Der Kai", language="de", text="Ohne Datum.", words=2)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SearchIndex]:
    with SearchIndex(tmp_path / "index.sqlite") as opened:
        opened.put([FERRY, RIVER, QUAY])
        opened.set_quotations(FERRY.location, [AT_ONCE])
        opened.set_reader_data(
            {
                FERRY.location: ReaderData(
                    state=State.READ | State.KEPT | State.NOTED | State.TAGGED,
                    progress=100,
                    notes=("Check the timetable.",),
                    bookmarks=1,
                    tags=("Boats",),
                )
            }
        )
        yield opened


def found(index: SearchIndex, query: str) -> list[str]:
    return [hit.location[3:-4] for hit in index.search(parse_query(query, TODAY), TODAY)]


@pytest.mark.parametrize(
    ("query", "results"),
    [
        ("", ["river", "ferry", "kai"]),
        ("ferry", ["ferry"]),
        ("harbour", ["river", "ferry"]),
        ("text:harbour", ["river"]),
        ("outlet:harbour", ["ferry"]),
        ("harbour -ferry", ["river"]),
        ("-harbour", ["kai"]),
        ('"nine days"', ["river"]),
        ('"days nine"', []),
        ("harb*", ["river", "ferry"]),
        ("*arbou*", ["river", "ferry"]),
        ("*nothing*", []),
        ("timetable", ["ferry"]),
        ("note:timetable", ["ferry"]),
        ("said:wait", ["ferry"]),
        ("said:noon", []),
        ('speaker:"ada moor"', ["ferry"]),
        ("speaker:moor", ["ferry"]),
        ("#boats", ["ferry"]),
        ("tag:boat", []),
        ("is:read", ["ferry"]),
        ("is:unread", ["river", "kai"]),
        ("is:today", ["river"]),
        ("is:(kept or today)", ["river", "ferry"]),
        ("has:note", ["ferry"]),
        ("has:quote", ["ferry"]),
        ("-has:date", ["kai"]),
        ("lang:de", ["kai"]),
        ("date:2026-11", ["river", "ferry"]),
        ("before:2026-11-29", ["ferry"]),
        ("words:>10", ["ferry"]),
        ("quotes:1", ["ferry"]),
        ("progress:100%", ["ferry"]),
        ("file:kai", ["kai"]),
        ("(ferry or kai) sort:title", ["kai", "ferry"]),
        ("sort:-date", ["kai", "ferry", "river"]),
        ("harbour sort:relevance", ["ferry", "river"]),
        ("ferry or is:today", ["river", "ferry"]),
        ("ferry (is:unread or lang:de)", []),
        ("speaker:moor said:wait", ["ferry"]),
        ("speaker:moor said:noon", []),
    ],
)
def test_a_query_finds(index: SearchIndex, query: str, results: list[str]) -> None:
    assert found(index, query) == results
    assert index.count(parse_query(query, TODAY), TODAY) == len(results)


def test_a_changed_article_is_found_by_its_new_words_and_keeps_what_the_reader_made(
    index: SearchIndex,
) -> None:
    index.put([Document(location=FERRY.location, title="Storm", text="All boats stay.")])
    assert found(index, "ferry") == []
    assert found(index, "noon") == []
    assert found(index, "storm #boats is:read timetable") == ["ferry"]
    assert index.without_quotations(9) == (RIVER.location, FERRY.location, QUAY.location)


def test_a_removed_article_is_gone(index: SearchIndex) -> None:
    index.remove([FERRY.location, "/never/there.txt"])
    assert found(index, "timetable") == []
    assert found(index, "speaker:moor") == []
    assert len(index) == 2
    assert index.known_values("tag") == ()


def test_a_tag_is_found_without_its_accents_and_with_them(index: SearchIndex) -> None:
    index.set_reader_data({RIVER.location: ReaderData(state=State.TAGGED, tags=("Café",))})
    assert found(index, "#cafe") == found(index, "#café") == found(index, "tag:CAFÉ") == ["river"]


def test_another_process_sees_what_was_written(index: SearchIndex, tmp_path: Path) -> None:
    with SearchIndex(tmp_path / "index.sqlite") as other:
        other.remove([RIVER.location])
    assert found(index, "river") == []


def test_a_damaged_index_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "index.sqlite").write_bytes(b"no database" * 100)
    with SearchIndex(tmp_path / "index.sqlite") as index:
        assert len(index) == 0


LANGUAGES = [
    ("北京的制裁", "制裁"),
    ("北京的制裁", "北京"),
    ("東京で会談した", "会談"),
    ("カタカナの新聞", "カタカナ"),
    ("ｶﾀｶﾅの新聞", "カタカナ"),
    ("ประเทศไทยวันนี้", "ไทย"),
    ("서울에서 만났다", "서울"),
    ("정부는 발표했다", "정부"),
    ("Café au lait", "cafe"),
    ("cafe au lait", "café"),
    ("Die Straße ist leer", "strasse"),
    ("STRASSE", "straße"),
    ("Göthe schrieb", "goethe"),
    ("Müller sagt", "mueller"),
    ("Der Bundesverkehrsminister", "*minister*"),
    ("Datenschutzgrundverordnung", "*grundverordnung*"),
    ("قال الرئيس اليوم", "رئيس"),
    ("قال رئيس اليوم", "الرئيس"),
    ("مُحَمَّد", "محمد"),
    ("An email came", "email"),
    ("e-mail", "e-mail"),
    ("Ελλάδα", "ελλαδα"),
    ("Łódź", "lodz"),
    ("Ørsted", "orsted"),
    ("Æther", "aether"),
    ("İstanbul", "istanbul"),
    ("Ёлка", "елка"),
    ("ﬁnance", "finance"),
    ("it’s low water", "it's"),
    ("१२३ दिल्ली में", "दिल्ली"),
    ("naïve co\u00adoperation", "cooperation"),
]


@pytest.mark.parametrize(("text", "query"), LANGUAGES)
def test_words_are_found_in_every_language(tmp_path: Path, text: str, query: str) -> None:
    with SearchIndex(tmp_path / "index.sqlite") as index:
        index.put([Document(location="/a/x.txt", text=f"Before {text} after.")])
        assert found(index, query) == ["x"]


WORDS = ("ferry", "quay", "tide", "noon")
texts = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)
conditions: st.SearchStrategy[Condition] = st.recursive(
    st.sampled_from(WORDS).map(lambda word: TextCondition("text", TextMatch.WORD, word))
    | st.just(ValueCondition("is", "read")),
    lambda inner: (
        inner.map(Not)
        | st.lists(inner, min_size=1, max_size=3).map(lambda some: And(tuple(some)))
        | st.lists(inner, min_size=1, max_size=3).map(lambda some: Or(tuple(some)))
    ),
    max_leaves=6,
)


def holds(condition: Condition, text: str, *, is_read: bool) -> bool:
    match condition:
        case TextCondition():
            return condition.text in text.split()
        case ValueCondition():
            return is_read
        case Not():
            return not holds(condition.condition, text, is_read=is_read)
        case And():
            return all(holds(each, text, is_read=is_read) for each in condition.conditions)
        case Or():
            return any(holds(each, text, is_read=is_read) for each in condition.conditions)
        case _:
            raise AssertionError(condition)


@settings(max_examples=25)
@given(st.lists(st.tuples(texts, st.booleans()), max_size=5), conditions)
def test_any_condition_selects_the_articles_for_which_it_holds(
    tmp_path_factory: pytest.TempPathFactory,
    articles: list[tuple[str, bool]],
    condition: Condition,
) -> None:
    from tuireader.library.query.conditions import Query

    with SearchIndex(tmp_path_factory.mktemp("index") / "index.sqlite") as index:
        index.put(
            Document(location=f"/{number}", text=text) for number, (text, _) in enumerate(articles)
        )
        index.set_reader_data(
            {
                f"/{number}": ReaderData(state=State.READ if is_read else State.NONE)
                for number, (_, is_read) in enumerate(articles)
            }
        )
        expected = {
            f"/{number}"
            for number, (text, is_read) in enumerate(articles)
            if holds(condition, text, is_read=is_read)
        }
        assert {hit.location for hit in index.search(Query(condition), TODAY)} == expected
        assert set(index.locations(Query(condition), TODAY)) == expected
