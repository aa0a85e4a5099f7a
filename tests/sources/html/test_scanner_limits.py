from io import BytesIO

import pytest

from tuireader.domain.errors import SourceError
from tuireader.sources.feeds.parser import MOST_ENTRIES, parse_feed
from tuireader.sources.html.page import TOO_MANY_ELEMENTS, read_page
from tuireader.sources.html.parser import parse_html, parse_xml
from tuireader.sources.html.scanner import (
    MAX_ATTRIBUTES,
    MAX_ELEMENTS,
    MAX_SEARCHED_ELEMENTS,
    check_attributes,
    has_more_elements,
)

PROSE = "<p>The words of an article, which are long enough to be found in the page.</p>" * 12


def test_an_element_with_too_many_attributes_is_refused_before_it_is_parsed() -> None:
    page = "<html><p " + " ".join(f"a{n}='x'" for n in range(300_000)) + ">Words.</p></html>"
    for parse in (read_page, parse_xml, parse_feed):
        with pytest.raises(SourceError, match="more than 500 attributes"):
            parse(page.encode(), "page")
    with pytest.raises(SourceError, match="more than 500 attributes"):
        parse_feed(page.encode("utf-16"), "page")


@pytest.mark.parametrize("attribute", ["a", "a=''", "a = 'b'", 'a="b > c"', "a=b", "a/"])
def test_attributes_are_counted_however_they_are_written(attribute: str) -> None:
    check_attributes(f"<p {f'{attribute} ' * MAX_ATTRIBUTES}>", "page")
    with pytest.raises(SourceError):
        check_attributes(f"<p {f'{attribute} ' * (MAX_ATTRIBUTES + 1)}>", "page")


def test_a_long_value_of_one_attribute_is_no_reason_to_refuse() -> None:
    check_attributes(f"<p data='{'a b=c ' * 10_000}'>", "page")


def test_a_long_comparison_in_a_script_is_no_element() -> None:
    script = f"<script>if (a<b {'c ' * (MAX_ATTRIBUTES + 1)}) d();</script>"
    assert "words of an article" in read_page(f"{script}{PROSE}".encode(), "page").text
    with pytest.raises(SourceError):
        check_attributes(script, "page")


def test_a_page_of_too_many_elements_is_refused() -> None:
    with pytest.raises(SourceError, match="more than 200,000 elements"):
        parse_html("<a>" * (MAX_ELEMENTS + 1), "page")


def test_marks_in_a_script_are_no_elements() -> None:
    assert not has_more_elements(f"<script>{'a<b;' * 1_000}</script>", 10)
    assert has_more_elements("<b>" * 11, 10)


def test_all_of_a_page_is_shown_where_no_article_can_be_looked_for() -> None:
    page = PROSE + "<i>And</i> " * MAX_SEARCHED_ELEMENTS + "these are its last words."
    text = read_page(page.encode(), "page").text
    assert text.startswith(TOO_MANY_ELEMENTS)
    assert text.endswith("these are its last words.")


@pytest.mark.parametrize("depth", [300, 1_500])
def test_nothing_is_left_out_of_a_page_that_is_nested_deep(depth: int) -> None:
    deep = "<div>" * depth + "<p>These words stand deep in the page.</p>" + "</div>" * depth
    page = f"<html><body><article>{PROSE}{deep}</article></body></html>"
    assert "These words stand deep in the page." in read_page(page.encode(), "page").text


def test_a_page_that_is_nested_too_deep_is_refused_and_not_cut_off() -> None:
    page = f"<html><body><article>{PROSE}{'<div>' * 20_000}Words.</article>"
    with pytest.raises(SourceError, match="nested too deep"):
        read_page(page.encode(), "page")


def test_a_feed_of_too_many_entries_is_refused() -> None:
    entries = "<item><title>A</title></item>" * (MOST_ENTRIES + 1)
    feed = f"<rss version='2.0'><channel><title>F</title>{entries}</channel></rss>"
    with pytest.raises(SourceError, match="more than 20,000 entries"):
        parse_feed(BytesIO(feed.encode()).read(), "feed")
