from collections.abc import Callable
from pathlib import Path

import pytest

from tuireader.domain.errors import SourceError
from tuireader.sources.html.page import NO_ARTICLE, read_page
from tuireader.sources.open import article_locations, open_article, read_list_entry

STORY = (
    "<p>The ferry left the harbour an hour late, and nobody on the quay had been told why.</p>"
    "<p>“We were <a href='/boats'>promised a second boat</a>,” said Marta Lindqvist, who runs the"
    " bakery on the far island. “Now it is autumn and we still have <em>half</em> a boat.”</p>"
    "<h2>No date yet</h2><p>A third inspection is planned for the week after next, and the"
    " timetable stays as it is until then, the company said in a letter to all islanders.</p>"
)
PAGE = (
    "<html lang='en'><head><title>Late ferry</title><meta name='author' content='Ida Strand'>"
    "<meta property='og:site_name' content='Harbour News'>"
    "<meta property='article:published_time' content='2024-09-04T10:00:00Z'></head><body>"
    "<nav><a href='/'>Home</a><a href='/sport'>Sport</a></nav>"
    f"<article><h1>Late ferry</h1>{STORY}</article><footer>Cookies and terms</footer></body></html>"
)
ADDRESS = "https://harbour.example/ferry"


def test_the_article_is_told_from_what_is_around_it() -> None:
    article = read_page(PAGE.encode(), "/a.html", address=ADDRESS)
    assert (article.title, article.author) == ("Late ferry", "Ida Strand")
    assert (article.outlet, str(article.date)) == ("Harbour News", "2024-09-04")
    assert "half a boat" in article.text
    assert "Sport" not in article.text
    assert "Cookies" not in article.text
    (link,) = article.links
    assert link.target == "https://harbour.example/boats"


def test_only_the_web_is_linked_to() -> None:
    page = PAGE.replace("/boats", "javascript:alert(1)")
    assert read_page(page.encode(), "/a.html", address=ADDRESS).links == ()


def test_a_page_without_an_article_says_so_and_is_shown_whole() -> None:
    menu = "<html><body><nav>" + "<a href='x'>menu</a> " * 200 + "</nav></body></html>"
    article = read_page(menu.encode(), "/a.html")
    assert article.text.startswith(NO_ARTICLE)
    assert article.text.count("menu") == 200


@pytest.mark.parametrize("page", ["", "<frameset><frame src='a'></frameset>", "<html></html>"])
def test_a_page_without_words_says_so(page: str) -> None:
    with pytest.raises(SourceError, match="no text"):
        read_page(page.encode(), "/a.html")


def test_a_wrong_charset_does_not_spoil_the_words() -> None:
    page = PAGE.replace("<head>", "<head><meta charset='utf-8'>").encode("cp1252")
    assert "“We were" in read_page(page, "/a.html").text
    assert "“We were" in read_page(page, "/a.html", charset="utf-8").text


def test_the_pages_of_a_web_archive_are_articles(make_warc: Callable[..., Path]) -> None:
    path = make_warc({ADDRESS: PAGE.encode(), "https://harbour.example/2": PAGE.encode()})
    first, second = article_locations(str(path))
    article = open_article(first)
    assert (article.title, article.source, article.location) == ("Late ferry", ADDRESS, first)
    assert read_list_entry(second).outlet == "Harbour News"


def test_a_missing_extra_is_said_with_its_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")
    with pytest.raises(SourceError, match=r"pip install 'tuireader\[web\]'"):
        open_article(str(path))


def test_the_one_day_of_publication_that_a_page_states_is_its_date() -> None:
    stated = '<script type="application/ld+json">{"datePublished": "2024-09-03T10:00"}</script>'
    page = PAGE.replace(
        "<meta property='article:published_time' content='2024-09-04T10:00:00Z'>", ""
    )
    assert (
        str(read_page(page.replace("<head>", f"<head>{stated}").encode(), "/a").date)
        == "2024-09-03"
    )


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://harbour.example/2024/09/05/ferry", "2024-09-05"),
        ("https://harbour.example/2024/09/03/", "2024-09-03"),
        ("https://harbour.example/2021/01/01/ferry", "2024-09-04"),
        ("https://harbour.example/2024/99/05/ferry", "2024-09-04"),
        ("https://harbour.example/ferry", "2024-09-04"),
    ],
)
def test_the_day_in_an_address_is_that_of_the_place_where_it_was_published(
    address: str, day: str
) -> None:
    assert str(read_page(PAGE.encode(), "/a", address=address).date) == day


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ("<p><a href='/x'>the second boat</a> from the harbour</p>", "boat from"),
        ("<p><b>T</b>he ferry is late</p>", "The ferry"),
        ("<p>so the <b>boat</b>man said</p>", "boatman"),
        ("<p><b>Late</b>, they said</p>", "Late, they"),
        ("<p>the harbour<b> </b>master</p>", "harbour master"),
        ("<p>The <a href='/x'>harbour</a> <a href='/y'>master</a> said so.</p>", "harbour master"),
        (
            "<p>a <code>ferry <b>late</b> log</code>, <em>its <a href='/x'>log</a> of</em> it.</p>",
            "a ferry late log, its log of it",
        ),
        (
            "<p>write to <code>&lt;<a href='mailto:a@b.example'>a@b.example</a>&gt;</code></p>",
            "<a@b.example>",
        ),
    ],
)
def test_words_stand_as_in_the_page(found: str, words: str) -> None:
    page = PAGE.replace("<h2>No date yet</h2>", found)
    assert words in read_page(page.encode(), "/a.html").text
