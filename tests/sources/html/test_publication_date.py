import datetime as dt

import pytest

from tuireader.sources.html.parser import parse_html
from tuireader.sources.html.publication_date import parse_stated, publication_date

TODAY = dt.date(2024, 10, 1)
PROSE = "<p>The harbour froze twice that winter, and nobody on the quay had counted the boats.</p>"


def date_of(head: str = "", body: str = "", address: str = "") -> str:
    page = f"<html><head>{head}</head><body><h1>Late ferry</h1>{body}{PROSE}</body></html>"
    return str(publication_date(parse_html(page, "a"), page, address, TODAY) or "")


@pytest.mark.parametrize(
    "body",
    [
        "<p>In 2019 the harbour froze again.</p>",
        "<p>On 3 May 2019 the harbour froze again, as it had in 1987, said the harbour master.</p>",
        "<table><tr><td>Ferry</td><td>1991</td></tr><tr><td>3 May 2019</td></tr></table>",
        "<footer>© 2021 Harbour News</footer>",
        "<p class='copyright date'>Copyright 2021 Harbour News</p>",
        "<div class='footer-date'>12 March 2021</div>",
        "<ul class='related'><li><time datetime='2020-01-02'>2 January</time></li></ul>",
        "<section class='comments'><time datetime='2020-01-02'>2 January</time></section>",
        "<p>Founded 1890. Rebuilt 2003-05-07 after the storm, and once more ten years later.</p>",
        "<p class='update'>The candidates met in 2019.</p>",
    ],
)
def test_a_year_in_prose_a_table_or_a_footer_dates_nothing(body: str) -> None:
    assert date_of(body=body) == ""


@pytest.mark.parametrize(
    ("head", "date"),
    [
        (
            "<meta property='article:published_time' content='2024-09-04T23:30:00-05:00'>",
            "2024-09-04",
        ),
        ("<meta name='citation_publication_date' content='2019/05'>", "2019-05"),
        ("<meta name='DC.date' content='2019'>", "2019"),
        ("<meta name='date' content='Tue, 03 Sep 2024 10:00:00 GMT'>", "2024-09-03"),
        (
            '<script type="application/ld+json">{"datePublished": "2024-09-03"}</script>',
            "2024-09-03",
        ),
        ("<meta property='article:published_time' content='2031-01-01'>", ""),
        ("<meta name='date' content='soon'>", ""),
    ],
)
def test_the_metadata_of_a_page_dates_it(head: str, date: str) -> None:
    assert date_of(head) == date


@pytest.mark.parametrize(
    ("body", "date"),
    [
        ("<time datetime='2024-05-03T08:00Z'>today</time>", "2024-05-03"),
        ("<time>3 May 2024</time>", "2024-05-03"),
        ("<abbr class='published' title='2024-05-03'>May</abbr>", "2024-05-03"),
        ("<p class='byline'>By Ida Strand, May 3, 2024</p>", "2024-05-03"),
        ("<p class='entryDate'>Published in May 2019</p>", ""),
        ("<p class='entryDate'>Published: May 2019</p>", "2019-05"),
        ("<span class='post-date'>2019</span>", "2019"),
        ("<p>By Ida Strand, 3 May 2024</p>", "2024-05-03"),
        ("<div class='pubdate'>2024年5月3日</div>", "2024-05-03"),
        (
            "<time class='updated'>4 June 2024</time><time class='published'>3 May 2024</time>",
            "2024-05-03",
        ),
    ],
)
def test_a_time_element_or_a_by_line_dates_a_page(body: str, date: str) -> None:
    assert date_of(body=body) == date


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("/2024/05/03/ferry", "2024-05-03"),
        ("/news/ferry-20240503", "2024-05-03"),
        ("/2024/may/03/ferry", "2024-05-03"),
        ("/2024/05/ferry", "2024-05"),
        ("/2024/ferry", ""),
        ("/2024/13/41/ferry", ""),
        ("/id/20249912345", ""),
    ],
)
def test_a_url_with_a_day_or_a_month_dates_a_page(path: str, date: str) -> None:
    assert date_of(address=f"https://harbour.example{path}") == date


def test_what_a_page_states_counts_before_its_last_change() -> None:
    changed = "<meta property='article:modified_time' content='2024-08-08'>"
    assert date_of(changed) == "2024-08-08"
    assert date_of(changed, "<time datetime='2024-05-03'>3 May</time>") == "2024-05-03"


@pytest.mark.parametrize("value", ["", "2019-02-30", "99", "20191341", "Spring 2019", "x" * 10_000])
def test_what_is_no_date_is_none(value: str) -> None:
    assert parse_stated(value) is None
