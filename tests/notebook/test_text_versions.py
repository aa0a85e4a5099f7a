"""Each version of an article's text is stored."""

from collections.abc import Callable

from tuireader.domain.article import Article, Passage
from tuireader.notebook.notebook import Notebook
from tuireader.notebook.text_store import LONGEST, hash_of


def test_a_text_that_changed_is_a_new_version_and_both_are_kept(
    notebook: Notebook, make_article: Callable[..., Article]
) -> None:
    first, second = make_article("One text.\n\nIt is short."), make_article("Another text.")
    for article in (first, first, second):
        notebook.versions.record(article)
    versions = notebook.versions.for_location(first.location)
    assert [version.text_hash for version in versions] == [
        hash_of(first.text),
        hash_of(second.text),
    ]
    for article in (first, second):
        kept = notebook.texts.load(hash_of(article.text))
        assert kept is not None
        assert kept.text == article.text


def test_a_text_that_comes_back_is_a_version_again(
    notebook: Notebook, make_article: Callable[..., Article]
) -> None:
    for text in ("one", "two", "one"):
        notebook.versions.record(make_article(text))
    assert len(notebook.versions.for_location(make_article("one").location)) == 3


def test_texts_that_passages_were_kept_of_are_versions_too(
    notebook: Notebook, make_article: Callable[..., Article]
) -> None:
    first, second = make_article("The first text of all."), make_article("The second text.")
    mark = notebook.bookmarks.keep(first, Passage(0, 9))
    notebook.versions.record(second)
    versions = notebook.versions.for_location(first.location, [mark])
    assert [version.text_hash for version in versions] == [
        hash_of(first.text),
        hash_of(second.text),
    ]


def test_noting_a_version_is_no_step_of_undo(notebook: Notebook, article: Article) -> None:
    notebook.versions.record(article)
    assert notebook.undo() is None


def test_a_very_long_text_is_kept_only_for_what_is_kept_of_it(
    notebook: Notebook, make_article: Callable[..., Article]
) -> None:
    long = make_article("word " * (LONGEST // 5 + 1))
    notebook.versions.record(long)
    assert notebook.versions.for_location(long.location) == ()
    assert notebook.texts.load(hash_of(long.text)) is None
