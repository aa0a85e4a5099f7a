from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import Bookmark, Colour
from tuireader.domain.errors import NotebookError
from tuireader.notebook import undo
from tuireader.notebook.notebook import Notebook

Find = Callable[..., Passage]
WORDS = "Nobody on the quay"


def shown(notebook: Notebook) -> list[tuple[int, str, tuple[str, ...], str]]:
    return [(mark.id, mark.note, mark.tags, mark.colour) for mark in notebook.bookmarks.all()]


def test_each_change_is_undone_and_redone_over_restarts(
    folder: Path, article: Article, passage: Find
) -> None:
    states: list[list[tuple[int, str, tuple[str, ...], str]]] = [[]]
    with Notebook.open(folder) as notebook:
        kept = notebook.bookmarks.keep(article, passage(WORDS), note="one")
        states.append(shown(notebook))
        notebook.bookmarks.change(kept.id, note="two")
        states.append(shown(notebook))
        notebook.bookmarks.change(kept.id, colour=Colour.RED)
        states.append(shown(notebook))
        notebook.trash.put(kept.id)
        states.append(shown(notebook))
    labels = [
        f"bookmarked “{WORDS}”",
        f"changed the note on “{WORDS}”",
        f"changed the colour of “{WORDS}”",
        f"moved “{WORDS}” to the trash",
    ]
    for number in reversed(range(4)):
        with Notebook.open(folder) as notebook:
            assert notebook.undo() == labels[number]
            assert shown(notebook) == states[number]
    with Notebook.open(folder) as notebook:
        assert notebook.undo() is None
    for number in range(4):
        with Notebook.open(folder) as notebook:
            assert notebook.redo() == labels[number]
            assert shown(notebook) == states[number + 1]
    with Notebook.open(folder) as notebook:
        assert notebook.redo() is None


def test_a_new_change_ends_what_could_be_redone(
    notebook: Notebook, article: Article, passage: Find
) -> None:
    kept = notebook.bookmarks.keep(article, passage(WORDS))
    notebook.bookmarks.change(kept.id, note="one")
    notebook.undo()
    notebook.bookmarks.change(kept.id, note="two")
    assert notebook.redo() is None
    notebook.undo()
    assert notebook.bookmarks.all()[0].note == ""


def test_a_change_to_many_is_one_step(notebook: Notebook, article: Article) -> None:
    marks = [notebook.bookmarks.keep(article, Passage(at, at + 4)) for at in (0, 4, 8)]
    notebook.trash.put(*(mark.id for mark in marks))
    assert notebook.undo() == "moved 3 bookmarks to the trash"
    assert len(notebook.bookmarks.all()) == 3


def test_what_another_window_changed_since_is_not_overwritten(
    notebook: Notebook, article: Article, passage: Find
) -> None:
    kept = notebook.bookmarks.keep(article, passage(WORDS))
    notebook.bookmarks.change(kept.id, note="mine")
    notebook._database.table("bookmarks").update({"note": "theirs"}, doc_ids=[kept.id])
    with pytest.raises(NotebookError, match="has been changed since"):
        notebook.undo()
    assert notebook.bookmarks.all()[0].note == "theirs"
    notebook._database.table("bookmarks").update({"note": ""}, doc_ids=[kept.id])
    assert notebook.undo() == f"bookmarked “{WORDS}”"


def test_both_windows_have_the_same_history(folder: Path, article: Article, passage: Find) -> None:
    with Notebook.open(folder) as one, Notebook.open(folder) as two:
        kept = one.bookmarks.keep(article, passage(WORDS))
        two.bookmarks.change(kept.id, note="from the other window")
        assert one.undo() == f"changed the note on “{WORDS}”"
        assert two.bookmarks.all()[0].note == ""
        assert two.redo() == f"changed the note on “{WORDS}”"
        assert one.bookmarks.all()[0].note == "from the other window"


def test_a_change_and_its_way_back_are_one_line(
    notebook: Notebook, journal_file: Path, article: Article, passage: Find
) -> None:
    notebook.bookmarks.keep(article, passage(WORDS))
    lines = journal_file.read_bytes().count(b"\n")
    for act in (notebook.undo, notebook.redo):
        act()
        lines += 1
        assert journal_file.read_bytes().count(b"\n") == lines


def test_only_so_many_steps_are_kept(
    notebook: Notebook, article: Article, passage: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo, "STEPS", 5)
    kept = notebook.bookmarks.keep(article, passage(WORDS))
    for number in range(9):
        notebook.bookmarks.change(kept.id, note=str(number))
    undone = [notebook.undo() for _ in range(6)]
    assert undone.count(None) == 1
    assert notebook.bookmarks.all()[0].note == "3"


acts = st.lists(
    st.tuples(
        st.sampled_from(["keep", "note", "tags", "trash", "restore", "undo", "redo"]),
        st.integers(0, 3),
    ),
    max_size=25,
)


def act(notebook: Notebook, article: Article, name: str, number: int) -> None:
    marks: list[Bookmark] = sorted(
        (*notebook.bookmarks.all(), *notebook.trash.all()), key=lambda mark: mark.id
    )
    chosen = marks[number % len(marks)].id if marks else 0
    if name == "keep":
        notebook.bookmarks.keep(article, Passage(number * 10, number * 10 + 9), note="n")
    elif name in {"undo", "redo"}:
        getattr(notebook, name)()
    elif name in {"trash", "restore"}:
        getattr(notebook.trash, {"trash": "put"}.get(name, name))(chosen)
    elif marks:
        value = f"{name} {number}"
        changes: dict[str, Any] = {name: [value] if name == "tags" else value}
        notebook.bookmarks.change(chosen, **changes)


def state(notebook: Notebook) -> object:
    return shown(notebook), sorted(mark.id for mark in notebook.trash.all())


def test_a_history_of_any_kind_leads_back_and_forth(
    tmp_path_factory: pytest.TempPathFactory, article: Article
) -> None:
    @settings(max_examples=25)
    @given(acts)
    def check(some: list[tuple[str, int]]) -> None:
        with Notebook.open(tmp_path_factory.mktemp("history")) as notebook:
            for name, number in some:
                act(notebook, article, name, number)
            while notebook.redo():
                pass
            states = [state(notebook)]
            while notebook.undo():
                states.append(state(notebook))
            assert states[-1] == ([], [])
            for expected in reversed(states[:-1]):
                assert notebook.redo()
                assert state(notebook) == expected
            assert notebook.redo() is None

    check()
