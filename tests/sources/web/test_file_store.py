"""Files of the web that are no pages: opened at their addresses as those on the disk are."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from http_site import Site

from tuireader.__main__ import main
from tuireader.domain.errors import SourceError
from tuireader.paths import AppPaths
from tuireader.sources.web.client import WebClient

STORY = "<h1>{}</h1><p>The lamp was lit at dusk, and the keeper went down to the boats.</p>"
LINES = [{"id": "a", "text": "One line of words."}, {"id": "b", "text": "Another line."}]


@pytest.fixture
def visitor(tmp_path: Path) -> WebClient:
    return WebClient(AppPaths.find(str(tmp_path / "data"), {}))


@pytest.fixture
def book(make_epub: Callable[..., Path]) -> bytes:
    link = "<p>See <a href='two.xhtml#here'>the second part</a> of it.</p>"
    chapters = {"one.xhtml": STORY.format("One") + link, "two.xhtml": STORY.format("Two")}
    return make_epub(chapters, {"One": "one.xhtml", "Two": "two.xhtml"}).read_bytes()


def test_a_pdf_is_an_article_under_its_address(
    site: Site, visitor: WebClient, make_pdf: Callable[..., Path]
) -> None:
    data = make_pdf([[(72, 700, 12, "The boat leaves at noon and is late.")]]).read_bytes()
    address = site.gives("/files/Late%20ferry.pdf", data, "application/octet-stream")
    assert visitor.fetch_locations(address) == (address,)
    site.answers.clear()
    assert visitor.fetch_locations(address) == (address,)
    article = visitor.stored_article(address)
    assert "The boat leaves at noon" in article.text
    assert (article.location, article.source, article.outlet) == (address, address, "127.0.0.1")
    assert visitor.describe(address).outlet == "127.0.0.1"
    assert visitor.describe(address).title == article.title


def test_a_book_has_its_chapters_under_its_address(
    site: Site, visitor: WebClient, book: bytes
) -> None:
    address = site.gives("/book", book, "application/epub+zip")
    chapters = visitor.fetch_locations(address)
    assert all(chapter.startswith(f"{address}#") for chapter in chapters)
    assert visitor.stored_locations(address) == chapters
    texts = {
        visitor.describe(chapter).title: visitor.stored_article(chapter) for chapter in chapters
    }
    (link,) = texts["One"].links
    assert link.target == texts["Two"].location
    assert visitor.fetch_locations(texts["Two"].location) == (texts["Two"].location,)


def test_a_book_without_a_type_is_told_by_its_bytes(
    site: Site, visitor: WebClient, book: bytes
) -> None:
    assert len(visitor.fetch_locations(site.gives("/download?id=7", book, "text/html"))) > 1


def test_a_file_behind_a_redirect_is_kept_where_it_was_found(
    site: Site, visitor: WebClient, book: bytes
) -> None:
    site.gives("/new.epub", book)
    old = site.gives("/old", b"", status=301, Location="/new.epub")
    chapters = visitor.fetch_locations(old)
    assert chapters[0].startswith(f"{site.base}/new.epub#")
    site.answers.clear()
    assert visitor.fetch_locations(old) == visitor.stored_locations(old) == chapters


def test_a_web_archive_has_its_pages_under_its_address(
    site: Site, visitor: WebClient, make_warc: Callable[..., Path]
) -> None:
    page = (
        b"<html><body>" + b"<p>The ferry left an hour late, they said.</p>" * 9 + b"</body></html>"
    )
    archive = make_warc({"https://harbour.example/1": page}).read_bytes()
    (location,) = visitor.fetch_locations(site.gives("/crawl.warc.gz", archive, "application/gzip"))
    article = visitor.stored_article(location)
    assert "an hour late" in article.text
    assert article.source == "https://harbour.example/1"


@pytest.mark.parametrize("kind", ["application/x-ndjson", "text/plain"])
def test_a_collection_has_its_articles_under_its_address(
    site: Site, visitor: WebClient, kind: str
) -> None:
    data = "\n".join(map(json.dumps, LINES)).encode()
    address = site.gives("/wire.jsonl", data, kind)
    assert visitor.fetch_locations(address) == (f"{address}#a", f"{address}#b")
    assert visitor.stored_article(f"{address}#b").text == "Another line."


def test_plain_text_keeps_its_paragraphs(site: Site, visitor: WebClient) -> None:
    text = b"The ferry\n\nIt is late today.\n\nNobody knows why.\n"
    address = site.gives("/ferry.txt", text, "text/plain; charset=utf-8")
    (location,) = visitor.fetch_locations(address)
    assert len(visitor.stored_article(location).blocks) == 3


def test_a_file_that_cannot_be_read_is_not_kept(
    site: Site, visitor: WebClient, tmp_path: Path
) -> None:
    address = site.gives("/paper.pdf", b"%PDF-1.7\n1 0 obj", "application/pdf")
    with pytest.raises(SourceError, match="damaged, or not a PDF") as refused:
        visitor.fetch_locations(address)
    assert refused.value.location == address
    assert not list(tmp_path.rglob("*.pdf"))


def test_a_file_that_has_gone_says_so(
    site: Site, visitor: WebClient, tmp_path: Path, book: bytes
) -> None:
    chapters = visitor.fetch_locations(site.gives("/a.epub", book))
    next(tmp_path.rglob("data/**/*.epub")).unlink()
    assert visitor.describe(chapters[0]).problem == "No such file or folder"


def test_a_feeds_entry_may_be_a_file(
    site: Site, visitor: WebClient, make_pdf: Callable[..., Path]
) -> None:
    data = make_pdf([[(72, 700, 12, "The boat leaves at noon and is late.")]]).read_bytes()
    site.gives("/paper.pdf", data, "application/pdf")
    feed = (
        '<rss version="2.0"><channel><title>Papers</title><item><guid>1</guid>'
        "<title>A paper</title><link>/paper.pdf</link></item></channel></rss>"
    )
    (entry,) = visitor.fetch_locations(site.gives("/feed", feed.encode()))
    assert "The boat leaves at noon" in visitor.article(entry).text
    site.answers.clear()
    assert "The boat leaves at noon" in visitor.stored_article(entry).text


def test_the_program_adds_lists_and_shows_a_book_at_an_address(
    site: Site,
    book: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TUIREADER_DATA_DIR", str(tmp_path / "data"))
    address = site.gives("/book.epub", book, "application/epub+zip")
    assert main(["add", address]) == 0
    assert "from 1 source" in capsys.readouterr().out
    main(["list", "--json"])
    listed = {entry["title"]: entry for entry in json.loads(capsys.readouterr().out)}
    assert (listed["One"]["problem"], listed["One"]["outlet"]) == (None, "The Lamp")
    assert main(["show", listed["Two"]["location"]]) == 0
    assert "The lamp was lit" in capsys.readouterr().out
