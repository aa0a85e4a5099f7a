import pytest

from tuireader.sources.html.metadata import page_title

ADDRESS = "https://www.harbour-news.example/ferry"


@pytest.mark.parametrize(
    "stated",
    [
        *("Late ferry again | Harbour News", "Late ferry again - Harbour News"),
        *("Late ferry again – Local | Harbour-News.example", "Late ferry again：Harbour News"),
    ],
)
def test_the_name_of_the_site_is_cut_off(stated: str) -> None:
    page = "<h1 class='x'><span>Late ferry again</span></h1>" if "Local" in stated else ""
    assert page_title(stated, page, "Harbour News", ADDRESS) == "Late ferry again"


@pytest.mark.parametrize(
    "title", ["Late ferry - and nobody knew", "Port | starboard", "Harbour News"]
)
def test_a_title_that_names_no_site_stays_whole(title: str) -> None:
    assert page_title(title, "", "Harbour News", ADDRESS) == title


def test_a_page_called_by_its_site_is_called_by_its_headline() -> None:
    page = "<h1>Late <b>ferry</b> &amp; fog</h1><h1>More</h1>"
    assert page_title("Harbour News", page, "Harbour News", ADDRESS) == "Late ferry & fog"


def test_a_headline_with_other_dashes_than_the_title_is_still_its_beginning() -> None:
    page = "<h1>Energy Rising – 33 Days</h1>"
    assert page_title("Energy Rising - 33 Days - Mady", page, "", "") == "Energy Rising – 33 Days"
    stated = "Energy - for all - Mady"
    assert page_title(stated, "<h1>Energy for</h1>", "", "") == stated
