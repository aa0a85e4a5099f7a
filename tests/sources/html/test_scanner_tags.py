import re

from hypothesis import given
from hypothesis import strategies as st

from tuireader.sources.html.scanner import parts_of, without_elements, without_tags

PIECES = [
    "<",
    ">",
    "<b>",
    "</b>",
    "a ",
    "é",
    "<script",
    "</SCRIPT >",
    "<!--",
    "-->",
    "<svg>",
    "</svg>",
]
html = st.lists(st.sampled_from(PIECES)).map("".join)


@given(html)
def test_tags_are_taken_out_as_a_pattern_takes_them_out(text: str) -> None:
    assert without_tags(text, "_") == re.sub(r"<[^>]*>", "_", text)


@given(html)
def test_elements_are_taken_out_as_a_pattern_takes_them_out(text: str) -> None:
    pattern = re.compile(r"<(script|svg)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
    assert without_elements(text, ("script", "svg")) == pattern.sub("", text)


@given(html)
def test_the_parts_together_are_the_whole(text: str) -> None:
    assert "".join(words + tag for words, tag in parts_of(text)) == text


def test_tags_that_are_never_closed_take_no_longer_than_closed_ones() -> None:
    text = "<a" * 500_000 + "<script <!--" * 100_000
    assert without_tags(text, "") == text
    assert without_elements(text, ("script",)) == text
