from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import ReadingProgress
from tuireader.notebook.notebook import Notebook

HALF = ReadingProgress(location="/news/ferry.txt", offset=100, furthest=220, length=500)


def test_a_reading_is_there_after_a_restart(folder: Path) -> None:
    with Notebook.open(folder) as notebook:
        assert notebook.progress.get(HALF.location) is None
        notebook.progress.save(HALF)
        notebook.progress.save(replace(HALF, offset=120))
    with Notebook.open(folder) as notebook:
        assert notebook.progress.get(HALF.location) == replace(HALF, offset=120)
        assert notebook.progress.all() == {HALF.location: replace(HALF, offset=120)}
        assert notebook.undo() is None


def test_a_reading_says_how_many_passages_are_kept(
    notebook: Notebook, article: Article, passage: Callable[..., Passage]
) -> None:
    notebook.progress.save(replace(HALF, kept=99))
    notebook.bookmarks.keep(article, passage("half a boat"))
    assert notebook.progress.get(article.location) == replace(HALF, kept=1)
    assert notebook.progress.all()[article.location].kept == 1


def test_saving_what_is_known_writes_nothing(notebook: Notebook, journal_file: Path) -> None:
    notebook.progress.save(HALF)
    before = journal_file.read_bytes()
    notebook.progress.save(HALF)
    assert journal_file.read_bytes() == before


def test_two_windows_save_one_reading(folder: Path) -> None:
    with Notebook.open(folder) as one, Notebook.open(folder) as two:
        one.progress.save(HALF)
        two.progress.save(replace(HALF, offset=7))
        assert one.progress.get(HALF.location) == replace(HALF, offset=7)
        assert len(one._database.table("readings")) == 1
