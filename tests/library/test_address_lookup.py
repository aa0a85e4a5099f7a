"""Articles by the addresses that their pages state as their own."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.library.address_lookup import ArticlesByAddress, stated_addresses
from tuireader.sources.web.page_store import OriginalPage, PageStore

PIER = "https://pier.example/sea"
PAGE = (
    f'<html><head><title>Sea</title><link href="{PIER}" rel="canonical"></head><body><article>'
    "<h1>Sea</h1><p>The tide turned at nine, and nobody counted the boats that were gone.</p>"
    "<p>It was the second time in that winter, said Ida Brand, who keeps the lamp.</p></article>"
)


@pytest.mark.parametrize(
    ("page", "addresses"),
    [
        (f"<link rel=canonical href='{PIER}?a=1&amp;b=2'>", (f"{PIER}?a=1&b=2",)),
        (f'<META CONTENT="{PIER}" PROPERTY="og:url">', (PIER,)),
        (f"<!-- saved from url=(0024){PIER} -->", (PIER,)),
        ('<link rel="canonical" href="/sea"><link rel="icon" href="https://x.example/i">', ()),
        ("<p>no address</p>", ()),
    ],
)
def test_the_addresses_that_a_page_states(page: str, addresses: tuple[str, ...]) -> None:
    assert stated_addresses(page) == addresses


@given(st.text(alphabet="<>linkmeta rel=href\"':/canonical", max_size=200))
def test_any_markup_states_web_addresses_or_none(page: str) -> None:
    assert all(address.startswith("http") for address in stated_addresses(page))


def test_pages_in_folders_and_fetched_pages_are_found(tmp_path: Path) -> None:
    saved, pages = tmp_path / "saved", tmp_path / "pages"
    (saved / "more").mkdir(parents=True)
    (saved / "more" / "sea.html").write_text(PAGE, encoding="utf-8")
    fetched = "https://pier.example/amp/sea2"
    two = OriginalPage(data=PAGE.replace("/sea", "/sea2").encode())
    PageStore(pages).keep_original(fetched, two)
    found = ArticlesByAddress([str(saved), fetched, "https://pier.example/gone"], pages)
    assert found.location("http://www.pier.example/sea/") == str(saved / "more" / "sea.html")
    assert found.location(f"{PIER}2") == fetched
    assert found.location("https://pier.example/other") == ""
    (article,) = found.articles(found.location(PIER))
    assert article.title == "Sea"


def test_what_is_in_the_library_under_its_own_address_is_that_article(tmp_path: Path) -> None:
    page = tmp_path / "sea.html"
    page.write_text(PAGE, encoding="utf-8")
    assert ArticlesByAddress([str(page), PIER], tmp_path / "pages").location(PIER) == ""


def test_a_local_file_is_found_if_it_is_there(tmp_path: Path) -> None:
    page = tmp_path / "sea.html"
    page.write_text(PAGE, encoding="utf-8")
    found = ArticlesByAddress(["/gone.pdf"], tmp_path / "pages")
    assert found.file(str(page)) == str(page)
    assert found.file("/gone.pdf") == "/gone.pdf"
    assert found.file(str(tmp_path / "other.pdf")) == ""
    assert list(found.articles(str(tmp_path / "other.html"))) == []
