from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import ReadingProgress
from tuireader.notebook.notebook import Notebook

HALF = ReadingProgress(location="/news/ferry.txt", offset=100, furthest=220, length=500)


def test_a_reading_is_there_after_a_restart(folder: Path) -> None:
    with Notebook.open(folder) as notebook:
        assert notebook.readings.get(HALF.location) is None
        notebook.readings.save(HALF)
        notebook.readings.save(replace(HALF, offset=120))
    with Notebook.open(folder) as notebook:
        assert notebook.readings.get(HALF.location) == replace(HALF, offset=120)
        assert notebook.readings.all() == {HALF.location: replace(HALF, offset=120)}
        assert notebook.undo() is None


def test_a_reading_says_how_many_passages_are_kept(
    notebook: Notebook, article: Article, passage: Callable[..., Passage]
) -> None:
    notebook.readings.save(replace(HALF, kept=99))
    notebook.bookmarks.keep(article, passage("half a boat"))
    assert notebook.readings.get(article.location) == replace(HALF, kept=1)
    assert notebook.readings.all()[article.location].kept == 1


def test_saving_what_is_known_writes_nothing(notebook: Notebook, journal_file: Path) -> None:
    notebook.readings.save(HALF)
    before = journal_file.read_bytes()
    notebook.readings.save(HALF)
    assert journal_file.read_bytes() == before


def test_two_windows_save_one_reading(folder: Path) -> None:
    with Notebook.open(folder) as one, Notebook.open(folder) as two:
        one.readings.save(HALF)
        two.readings.save(replace(HALF, offset=7))
        assert one.readings.get(HALF.location) == replace(HALF, offset=7)
        assert len(one._database.table("readings")) == 1
