import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import ReadingProgress
from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal import compaction
from tuireader.notebook.journal.backups import covered_periods, list_backups, state_at
from tuireader.notebook.journal.ids import timestamp
from tuireader.notebook.journal.line_format import RecordEdit, encode_line, scan_lines
from tuireader.notebook.notebook import Notebook

Make = Callable[..., Article]


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def state(notebook: Notebook) -> dict[str, Any]:
    """Return all tables except undo steps, without time stamps."""
    return {
        name: {
            key: {field: what for field, what in record.items() if field != "updated"}
            for key, record in table.items()
        }
        for name, table in notebook.tables().items()
        if name != "history" and table
    }


def go(notebook: Notebook, moment: dt.datetime) -> None:
    restoration = notebook.begin_restore(moment)
    assert restoration is not None
    restoration.make("went back")


acts = st.lists(
    st.tuples(
        st.sampled_from(["keep", "note", "trash", "remove", "read", "add", "undo"]),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=10,
)


def act(notebook: Notebook, article: Article, name: str, number: int) -> None:
    marks = notebook.bookmarks.all()
    if name == "keep":
        notebook.bookmarks.keep(article, Passage(number * 10, number * 10 + 9), note="n")
    elif name == "note" and marks:
        notebook.bookmarks.change(marks[number % len(marks)].id, note=f"note {number}")
    elif name == "trash" and marks:
        notebook.trash.put(marks[number % len(marks)].id)
    elif name == "remove":
        notebook.sources.remove(f"/{number}")
    elif name == "read":
        notebook.progress.save(ReadingProgress(location=f"/{number}", offset=number, length=9))
    elif name == "add":
        notebook.sources.add(f"/{number}")
    elif name == "undo":
        notebook.undo()


@pytest.mark.parametrize("compacted", [False, True])
def test_every_moment_can_be_gone_back_to_and_every_way_back_be_undone(
    tmp_path_factory: pytest.TempPathFactory,
    article: Article,
    monkeypatch: pytest.MonkeyPatch,
    *,
    compacted: bool,
) -> None:
    if compacted:
        monkeypatch.setattr(compaction, "_MIN_WASTE", 0)

    @settings(max_examples=15)
    @given(acts, st.data())
    def check(some: list[tuple[str, int]], data: st.DataObject) -> None:
        folder = tmp_path_factory.mktemp("restore")
        past = []
        for name, number in some:
            with Notebook.open(folder) as notebook:
                act(notebook, article, name, number)
                past.append((now(), state(notebook)))
        for moment, expected in data.draw(st.permutations(past))[:4]:
            with Notebook.open(folder) as notebook:
                if notebook.begin_restore(moment) is None:
                    assert not expected
                    continue
                before = state(notebook)
                go(notebook, moment)
                assert state(notebook) == expected
                go(notebook, moment)
                if before != expected:
                    assert notebook.undo() == "went back"
                    assert state(notebook) == before
                    assert notebook.redo() == "went back"
                assert state(notebook) == expected

    check()


def test_other_windows_see_it_and_can_undo_it(folder: Path, article: Article) -> None:
    with Notebook.open(folder) as one, Notebook.open(folder) as two:
        mark = one.bookmarks.keep(article, Passage(0, 9), note="first")
        moment = now()
        two.bookmarks.change(mark.id, note="second")
        two.bookmarks.keep(article, Passage(10, 19))
        seen = two.revision
        go(one, moment)
        assert two.revision > seen
        assert [kept.note for kept in two.bookmarks.all()] == ["first"]
        assert two.undo() == "went back"
        # Two windows may make ids in the same millisecond, in any order.
        assert sorted(kept.note for kept in one.bookmarks.all()) == ["", "second"]


def test_it_is_one_line_with_a_copy_of_all_before_it(
    folder: Path, journal_file: Path, article: Article
) -> None:
    with Notebook.open(folder) as notebook:
        notebook.sources.add("/a")
        moment = now()
        for number in range(5):
            notebook.bookmarks.keep(article, Passage(number * 10, number * 10 + 9))
        before = journal_file.read_bytes()
        go(notebook, moment)
        after = journal_file.read_bytes()
        assert after.startswith(before)
        assert len(scan_lines(after).lines) == len(scan_lines(before).lines) + 1
        assert list_backups(journal_file)[0].read_bytes() == before


def test_to_look_changes_nothing(folder: Path, journal_file: Path) -> None:
    with Notebook.open(folder) as notebook:
        notebook.sources.add("/a")
        moment = now()
        notebook.sources.add("/b")
        before = journal_file.read_bytes()
        restoration = notebook.begin_restore(moment)
        assert restoration is not None
        assert (restoration.deleted, restoration.is_empty) == ({"sources": 1}, False)
        assert journal_file.read_bytes() == before
        assert not list_backups(journal_file)


def test_a_moment_before_the_first_line_is_not_known(folder: Path) -> None:
    moment = now()
    with Notebook.open(folder) as notebook:
        assert notebook.begin_restore(now()) is None
        notebook.sources.add("/a")
        assert notebook.begin_restore(moment) is None


def test_the_middle_of_a_compaction_is_none_of_the_notebooks_states(
    folder: Path, journal_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compaction, "_MIN_WASTE", 0)
    with Notebook.open(folder) as notebook:
        for _ in range(9):
            notebook.sources.add("/a", "/b", "/c", opened=True)
    lines = scan_lines(journal_file.read_bytes()).lines
    assert len(lines) == 4
    with Notebook.open(folder) as notebook:
        whole = state(notebook)
        for line in lines[1:3]:
            go(notebook, dt.datetime.fromisoformat(line.at))
            assert state(notebook) == whole


def test_a_copy_of_the_file_from_before_does_not_bring_the_future_back(
    folder: Path, journal_file: Path, article: Article
) -> None:
    with Notebook.open(folder) as notebook:
        mark = notebook.bookmarks.keep(article, Passage(0, 9), note="first")
        moment = now()
        notebook.bookmarks.change(mark.id, note="second")
        notebook.bookmarks.keep(article, Passage(10, 19))
        old = journal_file.read_bytes()
        go(notebook, moment)
        journal_file.write_bytes(old)
        assert [kept.note for kept in notebook.bookmarks.all()] == ["first"]


def test_where_no_copy_can_be_kept_nothing_is_changed(
    folder: Path, journal_file: Path, article: Article
) -> None:
    with Notebook.open(folder) as notebook:
        notebook.sources.add("/a")
        moment = now()
        notebook.bookmarks.keep(article, Passage(0, 9))
        (folder / "history").write_text("a file where the folder would be")
        before = journal_file.read_bytes()
        with pytest.raises(NotebookError, match="could not be backed up"):
            go(notebook, moment)
        assert journal_file.read_bytes() == before


def test_a_damaged_copy_is_said_to_be_one_and_a_whole_one_preferred(
    folder: Path, journal_file: Path
) -> None:
    with Notebook.open(folder) as notebook:
        notebook.sources.add("/a", "/b")
        moment = now()
    (copy,) = list_backups(journal_file)
    copy.write_bytes(copy.read_bytes().replace(b"/b", b"/cc"))
    with Notebook.open(folder) as notebook:
        restoration = notebook.begin_restore(moment)
        assert restoration is not None
        assert (restoration.is_intact, restoration.is_empty) == (True, True)
    journal_file.write_bytes(journal_file.read_bytes().replace(b"/b", b"/cc"))
    with Notebook.open(folder) as notebook:
        restoration = notebook.begin_restore(moment)
        assert restoration is not None
        assert not restoration.is_intact


def test_a_stretch_of_time_goes_on_through_compactions(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compaction, "_MIN_WASTE", 0)
    for _ in range(3):
        with Notebook.open(folder) as notebook:
            for _ in range(9):
                notebook.sources.add("/a", opened=True)
    with Notebook.open(folder) as notebook:
        states = notebook.restore_points()
        assert len(states) == 4
        assert len(covered_periods(states)) == 1
        assert [each.records for each in states] == [1, 1, 1, 1]


def test_records_of_any_kind_go_back_with_all_their_fields(folder: Path) -> None:
    record = {"v": 9, "created": "", "updated": "", "new": {"to": ["us"]}}
    with Notebook.open(folder) as notebook:
        number = notebook._database.table("topics").insert(record)
        moment = now()
        notebook._database.table("topics").update({"new": 1}, doc_ids=[number])
        go(notebook, moment)
        kept = json.loads(notebook._database.storage.record("topics", number) or b"")
        assert kept | {"updated": ""} == record


def test_of_two_copies_made_in_one_millisecond_the_later_tells_of_it(tmp_path: Path) -> None:
    made = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)
    number = int(made.timestamp() * 1000) << 80
    lines = [
        encode_line((), timestamp(made), (5,)),
        encode_line([RecordEdit("notes", 1, b'{"note":"first"}')], timestamp(made)),
        encode_line(
            [RecordEdit("notes", 1, b'{"note":"second"}')],
            timestamp(made + dt.timedelta(microseconds=500)),
        ),
    ]
    history = tmp_path / "history"
    history.mkdir()
    # What follows the time in an id is chance, so that it does not say which came first.
    (history / f"notes-{number + 9}.jsonl").write_bytes(b"".join(lines[:2]))
    (history / f"notes-{number + 1}.jsonl").write_bytes(b"".join(lines))
    found = state_at(tmp_path / "notes.jsonl", made + dt.timedelta(microseconds=900), now())
    assert found is not None
    assert found[1].tables["notes"][1] == b'{"note":"second"}'
