import copy
import inspect
import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb.middlewares import CachingMiddleware
from tinydb.operations import delete, increment
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from tuireader.notebook.journal.tinydb_storage import (
    TINYDB_PRIVATE_NAMES,
    TINYDB_VERSION,
    JournalDB,
    JournalStorage,
)

values = st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3)
fields = st.dictionaries(st.sampled_from("abc"), values | st.lists(values, max_size=2), max_size=3)
numbers = st.integers(0, 9)
conditions = st.builds(lambda name, value: where(name) == value, st.sampled_from("abc"), values)


class BrokenUpdateError(Exception):
    pass


class CopyingStorage(MemoryStorage):
    """TinyDB's memory storage, but it returns copies of documents, as a file storage does."""

    def read(self) -> Any:
        return copy.deepcopy(super().read())


def broken(document: Any) -> None:
    document["a"] = "half done"
    raise BrokenUpdateError


steps = st.one_of(
    st.tuples(st.just("insert"), fields),
    st.tuples(st.just("insert_multiple"), st.lists(fields, max_size=3)),
    st.tuples(st.just("upsert"), fields, conditions),
    st.tuples(st.just("update"), fields, conditions),
    st.tuples(st.just("update_all"), fields),
    st.tuples(st.just("update_ids"), fields, st.lists(numbers, max_size=3)),
    st.tuples(st.just("remove"), conditions),
    st.tuples(st.just("remove_ids"), st.lists(numbers, max_size=3)),
    st.tuples(st.just("delete_field"), st.sampled_from("abc"), conditions),
    st.tuples(st.just("increment"), numbers),
    st.tuples(st.just("broken"), conditions),
    st.tuples(st.just("truncate")),
    st.tuples(st.just("reopen")),
    st.tuples(st.just("search"), conditions),
    st.tuples(st.just("drop")),
)


class Pair:
    """Stock TinyDB and the journal's, with the same operations and their own ids."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.stock, self.ours = TinyDB(storage=CopyingStorage), JournalDB(path)
        self.ids: dict[int, int] = {}

    def do(self, name: str, *arguments: Any) -> None:
        if name == "reopen":
            self.ours.close()
            self.ours = JournalDB(self.path)
        elif name == "drop":
            self.stock.drop_table("t")
            self.ours.drop_table("t")
        else:
            theirs = outcome(lambda: ACTS[name](self.stock.table("t"), list, *arguments))
            mine = outcome(lambda: ACTS[name](self.ours.table("t"), self.mine, *arguments))
            if is_ids(theirs):
                self.ids.update(zip(theirs, mine, strict=True))
            else:
                assert theirs == mine

    def mine(self, numbers: list[int]) -> list[int]:
        return [self.ids.get(number, 0) for number in numbers]

    def check(self) -> None:
        theirs = [(self.ids[doc.doc_id], dict(doc)) for doc in self.stock.table("t")]
        mine = [(doc.doc_id, dict(doc)) for doc in self.ours.table("t")]
        assert mine == theirs
        assert self.ours.tables() == self.stock.tables()
        assert len(self.ours.table("t")) == len(theirs)
        assert all(self.ours.table("t").get(doc_id=number) == doc for number, doc in theirs)


def outcome(act: Callable[[], Any]) -> Any:
    try:
        result = act()
    except (BrokenUpdateError, KeyError, TypeError) as error:
        return type(error)
    return [result] if isinstance(result, int) else result


def is_ids(result: Any) -> bool:
    return isinstance(result, list) and all(isinstance(number, int) for number in result)


ACTS: dict[str, Callable[..., Any]] = {
    "insert": lambda table, _ids, what: table.insert(what),
    "insert_multiple": lambda table, _ids, what: table.insert_multiple(what),
    "upsert": lambda table, _ids, what, cond: table.upsert(what, cond),
    "update": lambda table, _ids, what, cond: table.update(what, cond),
    "update_all": lambda table, _ids, what: table.update(what),
    "update_ids": lambda table, ids, what, some: table.update(what, doc_ids=ids(some)),
    "remove": lambda table, _ids, cond: table.remove(cond),
    "remove_ids": lambda table, ids, some: table.remove(doc_ids=ids(some)),
    "delete_field": lambda table, _ids, name, cond: table.update(delete(name), cond),
    "increment": lambda table, ids, one: table.update(increment("a"), doc_ids=ids([one])),
    "broken": lambda table, _ids, cond: table.update(broken, cond),
    "truncate": lambda table, _ids: table.truncate(),
    "search": lambda table, _ids, cond: [dict(doc) for doc in table.search(cond)],
}


@settings(max_examples=80)
@given(st.lists(steps, max_size=14))
def test_it_does_what_stock_tinydb_does(some: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        pair = Pair(Path(folder) / "notes.jsonl")
        for name, *arguments in some:
            pair.do(name, *arguments)
            pair.check()
        pair.ours.close()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[JournalDB]:
    with JournalDB(tmp_path / "notes.jsonl") as opened:
        yield opened


def test_a_document_that_was_read_is_the_readers_own(database: JournalDB) -> None:
    number = database.table("t").insert({"tags": ["a"]})
    read = database.table("t").get(doc_id=number)
    assert isinstance(read, Document)
    read["tags"].append("b")
    database.table("t").search(where("tags").any(["a"]))[0]["tags"].append("c")
    assert database.table("t").get(doc_id=number) == {"tags": ["a"]}


def test_an_id_is_never_given_twice(database: JournalDB) -> None:
    first = database.table("t").insert({})
    database.table("t").remove(doc_ids=[first])
    assert database.table("t").insert({}) > first


def test_a_document_keeps_the_id_it_comes_with(database: JournalDB) -> None:
    database.table("t").insert(Document({"a": 1}, doc_id=5))
    assert database.table("t").get(doc_id=5) == {"a": 1}
    with pytest.raises(ValueError, match="already exists"):
        database.table("t").insert(Document({"a": 2}, doc_id=5))


def test_a_change_is_one_line_and_no_change_is_none(database: JournalDB) -> None:
    table, path = database.table("t"), database.storage.journal.path
    table.insert_multiple([{"a": number} for number in range(50)])
    lines = path.read_bytes().count(b"\n")
    table.update({"a": 7}, where("a") < 20)
    assert path.read_bytes().count(b"\n") == lines + 1
    table.update({"a": 7}, where("a") == 7)
    table.remove(where("a") == 99)
    assert path.read_bytes().count(b"\n") == lines + 1


def test_what_json_cannot_say_is_refused_and_leaves_no_trace(database: JournalDB) -> None:
    table = database.table("t")
    table.insert({"a": 1})
    for strange in (float("nan"), {1, 2}, b"bytes"):
        with pytest.raises((ValueError, TypeError)):
            table.insert({"a": strange})
    assert table.all() == [{"a": 1}]


def test_a_stock_table_over_the_journal_keeps_what_other_windows_saved(tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    with TinyDB(path, storage=JournalStorage) as stock, JournalDB(path) as ours:
        stock.insert({"from": "stock"})
        handed_out = stock.storage.read()
        ours.table("_default").insert({"from": "ours"})
        handed_out["_default"]["1"]["from"] = "stock again"
        stock.storage.write(handed_out)
        assert sorted(doc["from"] for doc in ours.table("_default")) == ["ours", "stock again"]


def test_middleware_works_over_the_journal(tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    middleware: Any = CachingMiddleware
    with TinyDB(path, storage=middleware(JournalStorage)) as cached:
        cached.insert_multiple({"n": number} for number in range(3))
        cached.update({"n": 9}, where("n") == 1)
    with TinyDB(path, storage=JournalStorage) as again:
        assert [doc["n"] for doc in again] == [0, 9, 2]
        again.drop_tables()
        assert again.tables() == set()


def test_several_tables_change_together_or_not_at_all(database: JournalDB) -> None:
    one, two = database.table("one"), database.table("two")
    with database.storage.transaction():
        number = one.insert({"a": 1})
        two.insert({"of": number})
        assert one.get(doc_id=number) == {"a": 1}
        assert len(two) == 1
    lines = database.storage.journal.path.read_bytes().count(b"\n")

    def half() -> None:
        with database.storage.transaction():
            one.update({"a": 2})
            two.truncate()
            raise BrokenUpdateError

    with pytest.raises(BrokenUpdateError):
        half()
    assert one.all() == [{"a": 1}]
    assert two.all() == [{"of": number}]
    assert database.storage.journal.path.read_bytes().count(b"\n") == lines


@pytest.mark.parametrize("name", TINYDB_PRIVATE_NAMES)
def test_tinydb_has_the_private_methods_that_the_journal_table_overrides(name: str) -> None:
    method = getattr(Table, name, None)
    advice = (
        f"TinyDB {version('tinydb')} has changed Table.{name}, which JournalTable in "
        f"notebook/journal/tinydb_storage.py overrides (checked against {TINYDB_VERSION})."
    )
    assert method is not None, advice
    assert tuple(inspect.signature(method).parameters) == TINYDB_PRIVATE_NAMES[name], advice


def test_a_database_uses_the_journal_through_tinydbs_private_attributes() -> None:
    with tempfile.TemporaryDirectory() as folder, JournalDB(Path(folder) / "a.jsonl") as database:
        advice = f"TinyDB {version('tinydb')} no longer keeps its storage in `_storage`."
        assert isinstance(getattr(database, "_storage", None), JournalStorage), advice
        assert isinstance(getattr(database.table("a"), "_storage", None), JournalStorage), advice
