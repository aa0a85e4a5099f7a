"""Deleted bookmarks are kept until the trash is emptied, which can be undone for 30 days."""

import datetime as dt

import pytest

from tuireader.domain.article import Article, Passage
from tuireader.domain.errors import NotebookError
from tuireader.notebook.notebook import Notebook

NOW = dt.datetime.now(dt.UTC)


def kept(notebook: Notebook, article: Article, count: int) -> list[int]:
    places = range(0, 4 * count, 4)
    return [notebook.bookmarks.keep(article, Passage(at, at + 3), note="n").id for at in places]


def test_emptying_is_one_step_that_comes_back_whole(notebook: Notebook, article: Article) -> None:
    ids = kept(notebook, article, 3)
    notebook.trash.put(*ids[:2])
    before = notebook.tables()["bookmarks"]
    assert notebook.trash.empty() == 2
    assert [mark.id for mark in notebook.bookmarks.all()] == ids[2:]
    assert notebook.trash.all() == ()
    assert notebook.undo() == "emptied the trash of 2 bookmarks"
    after = notebook.tables()["bookmarks"]
    for record in (*before.values(), *after.values()):
        record.pop("updated")
    assert before == after
    assert notebook.redo() == "emptied the trash of 2 bookmarks"
    assert notebook.trash.all() == ()


def test_emptying_can_no_longer_be_undone_after_thirty_days(
    notebook: Notebook, article: Article
) -> None:
    notebook.trash.put(*kept(notebook, article, 1))
    notebook.trash.empty()
    notebook.trash.delete_expired(NOW + dt.timedelta(days=29))
    assert notebook.undo() is not None
    notebook.redo()
    notebook.trash.delete_expired(NOW + dt.timedelta(days=31))
    with pytest.raises(NotebookError, match="has been changed since"):
        notebook.undo()


def test_an_empty_trash_is_emptied_without_a_step(notebook: Notebook) -> None:
    assert notebook.trash.empty() == 0
    assert notebook.undo() is None
