"""Which stretches stand in quotation marks."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.article import Article
from tuireader.quotes.marks import Stretch, stretches_of
from tuireader.quotes.paragraphs import paragraphs_of

MARKS = "“”\"'‘’«»‹›„‚「」『』`-–— .,!?\nabcZ\u00a0<>/s"


def stretches(text: str) -> list[Stretch]:
    return stretches_of(text, list(paragraphs_of(Article(location="", text=text))))


def words(text: str) -> list[str]:
    return [text[stretch.start : stretch.end] for stretch in stretches(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said: “It rains.”", ["It rains."]),
        ('She said: "It rains."', ["It rains."]),
        ("''It rains,'' she said.", ["It rains,"]),
        ("``It rains,'' she said.", ["It rains,"]),
        ("Elle dit : « Il pleut. »", [" Il pleut. "]),
        ("»Es regnet«, sagte sie.", ["Es regnet"]),
        ("„Es regnet“, sagte sie.", ["Es regnet"]),
        ("‚Es regnet‘, sagte sie.", ["Es regnet"]),
        ("‹Il pleut›, dit-elle.", ["Il pleut"]),
        ("彼女は「雨だ」と言った。", ["雨だ"]),
        ("『雨』と言った。", ["雨"]),
        ("‘It rains,’ she said.", ["It rains,"]),
        ("'It rains,' she said.", ["It rains,"]),
    ],
)
def test_the_marks_of_the_world_are_known(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It’s the dog’s bone, isn’t it?", []),
        ("The workers' rights and the farmers' fields.", []),
        ("In the '90s we loved rock 'n' roll.", []),
        ("‘It’s the workers’ rights, isn’t it’, he said.", ["It’s the workers’ rights, isn’t it"]),
        ("He wants ‘the members’ vote’, he said.", ["the members’ vote"]),
    ],
)
def test_an_apostrophe_is_no_mark(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_quotation_inside_a_quotation_is_part_of_it() -> None:
    assert words("“He said ‘no’ to me,” she said. ‘I said “yes” then,’ he said.") == [
        "He said ‘no’ to me,",
        "I said “yes” then,",
    ]


def test_mixed_marks_close_each_other() -> None:
    assert words('"There are two,” he said. “One is here." Then he left.') == [
        "There are two,",
        "One is here.",
    ]


def test_an_unclosed_paragraph_goes_on_in_the_next_that_opens_again() -> None:
    found = stretches("She said: “The first.\n\n“The second.”\n\n“A new one,” he said.")
    assert [stretch.continues for stretch in found] == [False, True, False]
    assert [stretch.closed for stretch in found] == [False, True, True]


def test_the_marks_of_an_attribute_are_none() -> None:
    assert words('<a href="x y">The link</a> says "no".') == ["no"]


@given(st.text(alphabet=MARKS, max_size=300))
def test_stretches_are_in_order_and_inside_their_marks(text: str) -> None:
    last = 0
    for stretch in stretches(text):
        assert last <= stretch.outer_start <= stretch.start <= stretch.end <= stretch.outer_end
        assert stretch.outer_end <= len(text)
        last = stretch.outer_end


@pytest.mark.parametrize("bait", ["“" * 5_000 + "a" + "”" * 5_000, "“a " * 9_000, "'a' " * 9_000])
def test_baits_take_linear_time(bait: str) -> None:
    started = time.perf_counter()
    stretches(bait)
    small = time.perf_counter() - started
    started = time.perf_counter()
    stretches(bait * 4)
    assert time.perf_counter() - started < max(1.0, small * 16)
