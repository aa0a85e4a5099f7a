import re

from hypothesis import given
from hypothesis import strategies as st

from tuireader.text.lazy_pattern import lazy_pattern

WORDS = lazy_pattern(r"(?P<first>[a-c])(\d*)", re.IGNORECASE)
SAME = re.compile(r"(?P<first>[a-c])(\d*)", re.IGNORECASE)


def test_an_expression_is_not_compiled_before_it_is_used() -> None:
    lazy_pattern("(")  # compiling it would raise an error


@given(st.text("aBc1 x", max_size=20))
def test_every_method_returns_what_the_compiled_pattern_does(text: str) -> None:
    assert [found.span() for found in WORDS.finditer(text)] == [
        found.span() for found in SAME.finditer(text)
    ]
    for method in ("match", "fullmatch", "search"):
        found, expected = getattr(WORDS, method)(text), getattr(SAME, method)(text)
        assert bool(found) == bool(expected)
        assert not found or found.groupdict() == expected.groupdict()
    assert WORDS.findall(text) == SAME.findall(text)
    assert WORDS.split(text) == SAME.split(text)
    assert WORDS.sub("-", text) == SAME.sub("-", text)
    assert WORDS.subn("-", text) == SAME.subn("-", text)


def test_the_attributes_are_those_of_the_compiled_pattern() -> None:
    assert (WORDS.pattern, WORDS.flags, WORDS.groups) == (SAME.pattern, SAME.flags, SAME.groups)


def test_the_pattern_of_bytes_finds_bytes() -> None:
    found = lazy_pattern(rb"\d+").search(b"a 12")
    assert found is not None
    assert found.group() == b"12"
