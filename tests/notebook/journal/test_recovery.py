import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuireader.__main__ import main
from tuireader.domain.article import Article, Passage
from tuireader.domain.errors import NotebookError
from tuireader.notebook.journal.backups import create_backup, list_backups
from tuireader.notebook.journal.journal import Journal
from tuireader.notebook.journal.line_format import RecordEdit, to_json
from tuireader.notebook.journal.recovery import open_journal
from tuireader.notebook.notebook import Notebook

GARBAGE = bytes(range(256)) * 4000


def notes(notebook: Notebook) -> set[str]:
    return {mark.note for mark in notebook.bookmarks.all()}


def keep_notes(notebook: Notebook, article: Article, count: int) -> None:
    for number in range(count):
        notebook.bookmarks.keep(article, Passage(number * 10, number * 10 + 9), note=f"{number}")


def overwrite(path: Path, start: float, stop: float) -> None:
    data = path.read_bytes()
    begin, end = int(len(data) * start), int(len(data) * stop)
    path.write_bytes(data[:begin] + GARBAGE[: end - begin] + data[end:])


@pytest.mark.parametrize(
    ("start", "stop"), [(0, 0.5), (0.5, 1), (0.25, 0.75), (0, 1), (0.01, 0.99)]
)
def test_a_file_half_of_garbage_costs_nothing_that_a_copy_holds(
    folder: Path, journal_file: Path, article: Article, start: float, stop: float
) -> None:
    with Notebook.open(folder) as notebook:
        keep_notes(notebook, article, 18)
    overwrite(journal_file, start, stop)
    with Notebook.open(folder) as notebook:
        assert notes(notebook) == {str(number) for number in range(18)}
        assert any("backup" in notice for notice in notebook.notices)
    with Notebook.open(folder) as notebook:
        assert notes(notebook) == {str(number) for number in range(18)}
        assert not any("came back" in notice for notice in notebook.notices)


def test_a_file_that_was_cut_short_costs_nothing_that_a_copy_holds(
    folder: Path, journal_file: Path, article: Article
) -> None:
    with Notebook.open(folder) as notebook:
        keep_notes(notebook, article, 18)
    journal_file.write_bytes(journal_file.read_bytes()[:5000])
    with Notebook.open(folder) as notebook:
        assert len(notes(notebook)) == 18


def test_what_was_deleted_after_the_copy_stays_deleted(
    folder: Path, journal_file: Path, article: Article
) -> None:
    with Notebook.open(folder) as notebook:
        keep_notes(notebook, article, 9)
        notebook.sources.add("/a", "/b")
    with Notebook.open(folder) as notebook:
        notebook.sources.remove("/a")
        notebook.trash.put(*(mark.id for mark in notebook.bookmarks.all()[:2]))
    (copy,) = list_backups(journal_file)
    overwrite(journal_file, 0, 0.9 * copy.stat().st_size / journal_file.stat().st_size)
    with Notebook.open(folder) as notebook:
        assert notebook.sources.all() == ("/b",)
        assert len(notebook.bookmarks.all()) == 7
        assert len(notebook.trash.all()) == 2


def test_what_came_back_can_be_deleted_for_good(
    folder: Path, journal_file: Path, article: Article
) -> None:
    with Notebook.open(folder) as notebook:
        keep_notes(notebook, article, 3)
        notebook.sources.add("/a")
    overwrite(journal_file, 0.05, 0.95)
    with Notebook.open(folder) as notebook:
        assert notebook.sources.all() == ("/a",)
        notebook.sources.remove("/a")
    for _ in range(2):
        with Notebook.open(folder) as notebook:
            assert notebook.sources.all() == ()
    main(["--data-dir", str(folder), "doctor", "--repair"])
    with Notebook.open(folder) as notebook:
        assert notebook.sources.all() == ()
        assert len(notebook.bookmarks.all()) == 3


def test_a_damaged_copy_is_added_to_from_the_one_before_it(
    folder: Path, journal_file: Path, article: Article
) -> None:
    with Notebook.open(folder) as notebook:
        keep_notes(notebook, article, 9)
    (older,) = list_backups(journal_file)
    with Notebook.open(folder) as notebook:
        notebook.bookmarks.keep(article, Passage(90, 99), note="9")
        create_backup(journal_file, notebook._journal.ids, journal_file.read_bytes())
    newer = next(copy for copy in list_backups(journal_file) if copy != older)
    overwrite(newer, 0.3, 0.6)
    journal_file.unlink()
    with Notebook.open(folder) as notebook:
        assert notes(notebook) == {str(number) for number in range(10)}


def test_a_sound_file_is_left_as_it_is_whatever_the_copies_hold(
    folder: Path, journal_file: Path, article: Article
) -> None:
    with Notebook.open(folder) as notebook:
        keep_notes(notebook, article, 2)
    (copy,) = list_backups(journal_file)
    whole = copy.read_bytes()
    journal_file.write_bytes(whole[: whole.rindex(b"\n", 0, -1) + 1])
    with Notebook.open(folder) as notebook:
        assert notes(notebook) == {"0"}


def test_where_nothing_can_be_saved_what_is_good_is_read(
    folder: Path, journal_file: Path, article: Article
) -> None:
    with Notebook.open(folder) as notebook:
        keep_notes(notebook, article, 9)
    overwrite(journal_file, 0.3, 0.6)
    (folder / "notebook.jsonl.lock").unlink()
    (folder / "notebook.jsonl.lock").mkdir()
    before = journal_file.read_bytes()
    with Notebook.open(folder) as notebook:
        assert notes(notebook)
        with pytest.raises(NotebookError):
            notebook.sources.add("/a")
    assert journal_file.read_bytes() == before


changes = st.lists(st.tuples(st.integers(1, 4), st.sampled_from("abcd-")), min_size=1, max_size=12)


def state(journal: Journal) -> dict[int, str]:
    docs = journal.state.tables.get("notes", {})
    return {number: json.loads(doc)["text"] for number, doc in docs.items()}


@settings(max_examples=60)
@given(changes, changes, st.data())
def test_no_damage_costs_a_state_that_a_copy_holds_or_brings_back_one_that_never_was(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[int, str]],
    after: list[tuple[int, str]],
    data: st.DataObject,
) -> None:
    path = tmp_path_factory.mktemp("recovery") / "notes.jsonl"
    journal = open_journal(path)
    states: dict[int, list[Any]] = {number: [None] for number in range(1, 5)}
    ends: list[int] = []
    copied: dict[int, int] = {}
    for step, (number, text) in enumerate([*before, *after]):
        stamp = f"2026-11-23T10:00:{step:02}Z"
        doc = None if text == "-" else to_json({"text": f"{text}{step}", "updated": stamp})
        journal.append([RecordEdit("notes", number, doc)])
        states[number].append(None if doc is None else f"{text}{step}")
        ends.append(path.stat().st_size)
        if step == len(before) - 1:
            create_backup(path, journal.ids, path.read_bytes())
            copied = {each: len(known) - 1 for each, known in states.items()}
    last = state(journal)
    journal.close()
    whole = path.read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    stop = data.draw(st.integers(start, len(whole)))
    path.write_bytes(whole[:start] + b"\0" * (stop - start) + whole[stop:])
    journal = open_journal(path)
    found = state(journal)
    for number, known in states.items():
        # Each is in a state that it once was in, and in none before the copy unless deleted then.
        possible = known[copied[number] :]
        assert found.get(number) in possible, (known, found)
        good_end = stop <= start or not whole[start:stop].strip()
        if good_end:
            assert found.get(number) == last.get(number)
    journal.close()
    again = open_journal(path)
    assert state(again) == found
    again.close()


def test_a_file_that_makes_no_sense_is_set_aside_for_its_newest_copy_in_one_sentence(
    folder: Path, journal_file: Path, article: Article
) -> None:
    with Notebook.open(folder) as notebook:
        kept = notebook.bookmarks.keep(article, Passage(0, 9))
    journal_file.write_bytes(b"\xff\x00" * 900)
    with Notebook.open(folder) as notebook:
        assert [mark.id for mark in notebook.bookmarks.all()] == [kept.id]
        [sentence] = notebook.notices
        assert "is kept as “damaged/" in sentence
        assert sentence.endswith("its newest backup was restored.")
