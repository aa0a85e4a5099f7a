"""Tests for the quotations that are remembered from one reading to the next."""

from dataclasses import replace
from pathlib import Path

import pytest

from tuireader.app import quote_cache
from tuireader.app.quote_cache import KnownQuotes, QuoteCache
from tuireader.domain.article import Article
from tuireader.quotes.engine import extract_all

ARTICLE = Article(
    location="ferry.txt",
    text="“The ferry is late,” said Ada Voss, the pilot.\n\n“It always is,” she added.",
    language="en",
)


def test_the_quotations_of_an_article_are_remembered_as_they_were(tmp_path: Path) -> None:
    known = KnownQuotes(tuple(extract_all(ARTICLE)), has_corrections=True)
    assert known.found
    QuoteCache(tmp_path / "quotes").put(ARTICLE, known)
    assert QuoteCache(tmp_path / "quotes").get(ARTICLE) == known


def test_an_article_is_recognized_by_its_content_and_not_by_its_place(tmp_path: Path) -> None:
    cache = QuoteCache(tmp_path)
    cache.put(ARTICLE, KnownQuotes((), has_corrections=False))
    assert cache.get(replace(ARTICLE, location="elsewhere.txt")) is not None
    assert cache.get(replace(ARTICLE, text=ARTICLE.text + " More.")) is None
    assert cache.get(replace(ARTICLE, author="Ada Voss")) is None


@pytest.mark.parametrize("damage", [b"", b"nothing", b"\x78\x01\x03\x00\x00\x00\x00\x01"])
def test_damaged_quotations_are_unknown(tmp_path: Path, damage: bytes) -> None:
    cache = QuoteCache(tmp_path)
    cache.put(ARTICLE, KnownQuotes((), has_corrections=False))
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage)
    assert cache.get(ARTICLE) is None


def test_only_the_newest_articles_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quote_cache, "MAX_ARTICLES", 20)
    cache = QuoteCache(tmp_path)
    for number in range(60):
        article = replace(ARTICLE, text=f"Number {number}")
        cache.put(article, KnownQuotes((), has_corrections=False))
    assert 18 <= len(list(tmp_path.iterdir())) <= 20
    assert cache.get(article) is not None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "quotes").write_text("a file")
    cache = QuoteCache(tmp_path / "quotes")
    cache.put(ARTICLE, KnownQuotes((), has_corrections=False))
    assert cache.get(ARTICLE) is None
