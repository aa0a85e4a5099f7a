import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.article import Article, Passage
from tuireader.notebook.journal.backups import list_backups
from tuireader.notebook.journal.line_format import scan_lines
from tuireader.notebook.journal.tinydb_storage import JournalDB
from tuireader.notebook.notebook import Notebook
from tuireader.notebook.schema import migrate_notebook, migrate_record

Fields = dict[str, Any]


def renamed(before: str, after: str) -> Callable[[Fields], Fields]:
    def step(fields: Fields) -> Fields:
        return {after if name == before else name: what for name, what in fields.items()}

    return step


def loud(fields: Fields) -> Fields:
    return fields | ({"remark": fields["remark"].upper()} if "remark" in fields else {})


STEPS = ({"bookmarks": renamed("note", "remark")}, {"bookmarks": loud})

values = st.none() | st.integers() | st.text(max_size=5)
fields = st.dictionaries(st.sampled_from(["tags", "article", "x", "y"]), values, max_size=4)
notes = st.fixed_dictionaries({}, optional={"note": st.text(max_size=5)})
records = st.builds(
    lambda version, some, note: {"v": version, **some, **note}, st.integers(-1, 5), fields, notes
)


@given(records, st.sampled_from(["bookmarks", "readings"]))
def test_a_record_goes_each_step_once_and_loses_nothing(record: Fields, table: str) -> None:
    before = copy.deepcopy(record)
    after = migrate_record(table, record, STEPS)
    assert record == before
    if not 1 <= record["v"] <= 2:
        assert after is record
        return
    assert after["v"] == 3
    assert migrate_record(table, after, STEPS) is after
    expected = dict(record) | {"v": 3}
    if table == "bookmarks" and record["v"] == 1 and "note" in record:
        expected["remark"] = expected.pop("note").upper()
    assert after == expected


@given(fields, notes)
def test_to_go_one_step_and_then_the_other_is_to_go_both(some: Fields, note: Fields) -> None:
    record = {"v": 1, **some, **note}
    once = migrate_record("bookmarks", record, STEPS[:1])
    assert migrate_record("bookmarks", once, STEPS) == migrate_record("bookmarks", record, STEPS)


@pytest.mark.parametrize(
    "record", [{}, {"v": "1"}, {"v": True}, {"v": 1, "remark": 7}, {"v": 2, "remark": None}]
)
def test_what_never_was_a_record_of_its_schema_stays_as_it_is(record: Fields) -> None:
    assert migrate_record("bookmarks", record, STEPS) is record


def test_without_a_step_a_notebook_is_opened_as_it_is(
    folder: Path, journal_file: Path, article: Article
) -> None:
    with Notebook.open(folder) as notebook:
        notebook.bookmarks.keep(article, None, note="x")
    before = journal_file.read_bytes()
    with Notebook.open(folder) as notebook:
        assert not notebook.notices
    assert journal_file.read_bytes() == before


@pytest.fixture
def older(folder: Path, journal_file: Path, article: Article) -> Path:
    """A notebook of schema 1, with undo steps of every kind and a record of schema 9."""
    with Notebook.open(folder) as notebook:
        mark = notebook.bookmarks.keep(article, Passage(0, 9), note="first")
        notebook.bookmarks.change(mark.id, note="second")
        notebook.sources.add("/a", opened=True)
        notebook.sources.remove("/a")
        newer = {"v": 9, "note": "of a newer program"}
        notebook._database.table("bookmarks").insert(newer)
    for copy_of in list_backups(journal_file):
        copy_of.unlink()
    return journal_file


def opened(path: Path) -> JournalDB:
    database = JournalDB(path)
    migrate_notebook(database.storage, STEPS)
    return database


def test_opening_brings_all_up_to_date_in_one_line_after_a_copy(older: Path) -> None:
    before = older.read_bytes()
    with opened(older) as database:
        documents = [dict(each) for each in database.table("bookmarks").all()]
        assert (documents[0]["v"], documents[0]["remark"]) == (3, "SECOND")
        assert documents[1] == {"v": 9, "note": "of a newer program"}
        (notice,) = database.storage.journal.notices
        assert "a backup of the old one is in the folder" in notice
    (copy_of,) = list_backups(older)
    assert copy_of.read_bytes() == before
    after = older.read_bytes()
    assert after.startswith(before)
    assert len(scan_lines(after).lines) == len(scan_lines(before).lines) + 1
    with opened(older) as database:
        assert not database.storage.journal.notices
    assert older.read_bytes() == after


def test_steps_of_undo_are_brought_up_to_date_too(older: Path) -> None:
    from tuireader.notebook.undo import UndoLog

    with opened(older) as database:
        history = UndoLog(database)
        assert history.undo() == "removed “/a” from the list"
        (source,) = database.table("sources").all()
        assert (source["location"], source["v"]) == ("/a", 3)
        history.undo()
        first = database.table("bookmarks").all()[0]
        assert (first["remark"], "note" in first) == ("FIRST", False)
        history.undo()
        assert len(database.table("bookmarks")) == 1
        for _ in range(3):
            history.redo()
        assert database.table("bookmarks").all()[-1]["remark"] == "SECOND"
        assert not database.table("sources").all()


def test_where_nothing_can_be_saved_it_is_brought_up_to_date_for_the_window(older: Path) -> None:
    before = older.read_bytes()
    (older.parent / "history").rmdir()
    (older.parent / "history").write_text("a file where the folder would be")
    database = opened(older)
    assert database.table("bookmarks").all()[0]["remark"] == "SECOND"
    (notice,) = database.storage.journal.notices
    assert "for this window only" in notice
    assert older.read_bytes() == before
    database.close()


def test_a_window_that_is_open_sees_what_another_brought_up_to_date(older: Path) -> None:
    with JournalDB(older) as window, opened(older):
        assert window.table("bookmarks").all()[0]["v"] == 3


def test_the_older_file_put_back_is_brought_up_to_date_again(older: Path) -> None:
    before = older.read_bytes()
    with opened(older) as database:
        older.write_bytes(before)
        assert database.table("bookmarks").all()[0]["v"] == 3
    with opened(older) as database:
        doc = next(iter(database.storage.records("bookmarks").values()))
        assert json.loads(doc)["remark"] == "SECOND"
