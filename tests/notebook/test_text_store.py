import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tuireader.domain.article import Article, Emphasis, Link, Passage, text_hash
from tuireader.notebook.notebook import Notebook
from tuireader.notebook.text_store import TextStore


def test_a_text_comes_back_with_all_its_marks(tmp_path: Path, article: Article) -> None:
    full = replace(
        article,
        date=dt.date(2026, 3, 1),
        outlet="The Harbour Post",
        author="J. Holm",
        language="en",
        source="https://example.org/ferry",
        links=(Link(Passage(4, 9), "https://example.org"),),
        emphases=(Emphasis(Passage(0, 3), "em"),),
    )
    texts = TextStore(tmp_path / "texts")
    name = texts.save(full)
    assert name == text_hash(full.text)
    assert (tmp_path / "texts" / name[:2] / f"{name}.json").is_file()
    assert TextStore(tmp_path / "texts").load(name) == full


def test_a_text_is_written_once(tmp_path: Path, make_article: Callable[..., Article]) -> None:
    texts = TextStore(tmp_path)
    name = texts.save(make_article(title="first"))
    texts.save(make_article(title="second"))
    first = texts.load(name)
    assert first is not None
    assert first.title == "first"


def test_a_text_that_is_not_whole_is_none(tmp_path: Path, article: Article) -> None:
    texts = TextStore(tmp_path)
    name = texts.save(article)
    path = tmp_path / name[:2] / f"{name}.json"
    for damaged in (
        b"",
        b"{}",
        path.read_bytes()[:-9],
        path.read_bytes().replace(b"ferry", b"boats"),
    ):
        path.write_bytes(damaged)
        assert texts.load(name) is None
    assert texts.load("0" * 64) is None
    assert texts.load("../../etc/passwd") is None


def test_keeping_a_passage_keeps_the_text_it_is_from(
    notebook: Notebook, article: Article, passage: Callable[..., Passage]
) -> None:
    kept = notebook.bookmarks.keep(article, passage("half a boat"))
    assert kept.anchor is not None
    assert notebook.texts.load(kept.anchor.text_hash) == article
