"""A place mark is a letter for a place, and is found again."""

from collections.abc import Callable
from pathlib import Path

from tuireader.domain.article import Article, Passage
from tuireader.notebook.notebook import Notebook


def place(article: Article, words: str) -> Passage:
    start = article.text.index(words)
    return Passage(start, start + len(words))


def test_a_mark_outlives_the_program(folder: Path, article: Article) -> None:
    with Notebook.open(folder) as notebook:
        notebook.place_marks.set("a", article, place(article, "Nobody on the quay"))
    with Notebook.open(folder) as notebook:
        mark = notebook.place_marks.get("a")
        assert mark is not None
        assert mark.article.location == article.location
        assert notebook.place_marks.offset(mark, article) == article.text.index("Nobody")
        assert notebook.place_marks.get("b") is None


def test_a_mark_follows_its_words_when_the_text_changes(
    notebook: Notebook, article: Article, make_article: Callable[..., Article]
) -> None:
    notebook.place_marks.set("a", article, place(article, "Nobody on the quay had been told"))
    changed = make_article("A new beginning.\n\n" + article.text.replace("hour late", "day late"))
    mark = notebook.place_marks.get("a")
    assert mark is not None
    assert notebook.place_marks.offset(mark, changed) == changed.text.index("Nobody")


def test_setting_a_mark_anew_is_undone(notebook: Notebook, article: Article) -> None:
    for words in ("Nobody on the quay", "The company says"):
        notebook.place_marks.set("a", article, place(article, words))
    assert notebook.undo() == "set mark a"
    mark = notebook.place_marks.get("a")
    assert mark is not None
    assert mark.anchor.exact == "Nobody on the quay"
    assert notebook.undo() == "set mark a"
    assert notebook.place_marks.get("a") is None
    notebook.redo()
    assert [mark.letter for mark in notebook.place_marks.all()] == ["a"]
