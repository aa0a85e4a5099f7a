import pytest

from tuireader.domain.errors import SourceError
from tuireader.sources.html.parser import parse_html
from tuireader.sources.html.selectors import select_element, selector_for

PAGE = (
    "<div id='a' class='story big'>One</div><section class='story'>Two</section>"
    "<div class='storyline'>Three</div>"
)


@pytest.mark.parametrize(
    ("selector", "words"),
    [
        *(("div.story", "One"), (".story", "OneTwo"), ("#a", "One"), ("section", "Two")),
        *((".story.big", "One"), ("//section", "Two"), (".none", None)),
    ],
)
def test_a_selector_finds_its_part(selector: str, words: str | None) -> None:
    found = select_element(parse_html(PAGE, "a"), selector, "a")
    assert (None if found is None else "".join(found.itertext())) == words


@pytest.mark.parametrize("selector", ["", "div > p", "//[", "a[href]"])
def test_a_selector_that_makes_no_sense_says_so(selector: str) -> None:
    with pytest.raises(SourceError, match="is not valid"):
        select_element(parse_html(PAGE, "a"), selector, "a")


def test_a_site_has_its_own_selector_or_that_of_the_site_above() -> None:
    sites = (("harbour.example", "a"), ("news.harbour.example", "b"))
    assert selector_for(sites, "https://news.harbour.example/1") == "b"
    assert selector_for(sites, "https://www.harbour.example/1") == "a"
    assert selector_for(sites, "https://notharbour.example/1") == ""
