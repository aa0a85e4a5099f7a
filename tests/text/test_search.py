import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from regex_steps import Matcher, Use

from tuireader.domain.article import Passage
from tuireader.text.search import (
    find_all,
    needle_of,
    search_next,
    search_pattern,
    search_previous,
)

SAME = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "⁄": "/"}
SAME |= {"æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe"}
UNSEEN = "\xad\u200b\u200c\u200d\u2060\ufeff"
ALPHABET = "aeEéèfﬁﬀﬃiIsſSßæÆœoø'’\"“”-–—.…1½⁄/2²Ｋk \n\u0301\u0308\u0323\xad\u200b\u2060"


def folded(text: str) -> str:
    plain = "".join(SAME.get(letter, letter) for letter in unicodedata.normalize("NFKD", text))
    cased = unicodedata.normalize("NFKD", plain.casefold())
    plain = "".join(SAME.get(letter, letter) for letter in cased).replace("ø", "o")
    return "".join(c for c in plain if not unicodedata.combining(c) and c not in UNSEEN)


def match_end(text: str, start: int, query: str) -> int:
    """Where a match of the folded query from `start` ends, or -1."""
    place, at = start, 0
    while at < len(query):
        if place >= len(text):
            return -1
        if query[at] == " ":
            while place < len(text) and not text[place].isspace() and not folded(text[place]):
                place += 1  # an accent belongs to the letter before it
            if place >= len(text) or not text[place].isspace():
                return -1
            while place < len(text) and (text[place].isspace() or not folded(text[place])):
                place += 1
            at += 1
            continue
        letters = folded(text[place])
        if not query.startswith(letters, at) or (not letters and place == start):
            return -1
        at += len(letters)
        place += 1
    while place < len(text) and not folded(text[place]) and not text[place].isspace():
        place += 1
    return place


def slowly(text: str, query: str) -> list[Passage]:
    query = " ".join(word for word in map(folded, query.split()) if word)
    found, start = [], 0
    while query and start < len(text):
        end = match_end(text, start, query)
        if end > start:
            found.append(Passage(start, end))
        start = max(start + 1, end)
    return found


@given(st.text(ALPHABET, max_size=40), st.text(ALPHABET, max_size=5))
def test_it_finds_what_folding_the_whole_text_would_find(text: str, query: str) -> None:
    query_pattern = search_pattern(query)
    found = list(find_all(text, query_pattern)) if query_pattern else []
    assert found == slowly(text, query)


@pytest.mark.parametrize(
    ("query", "text", "words"),
    [
        ("cafe", "Un CAFÉ, un cafe\u0301.", ["CAFÉ", "cafe\u0301"]),
        ("café", "cafe", ["cafe"]),
        ("strasse", "Die Straße", ["Straße"]),
        ("Straße", "STRASSE", ["STRASSE"]),
        ("office", "oﬃce oﬀice ofﬁce", ["oﬃce", "oﬀice", "ofﬁce"]),
        ("sss", "ß ßs sß", ["ßs", "sß"]),
        ("ΟΔΟΣ", "οδός", ["οδός"]),
        ("don't “go”", 'Don’t  "go"', ['Don’t  "go"']),
        ("well-known", "a well—known fact", ["well—known"]),
        ("one two", "one\n\ntwo, one \u200b two", ["one\n\ntwo", "one \u200b two"]),
        ("cooperate", "co\xadop\u200berate", ["co\xadop\u200berate"]),
        ("Ｔｅｘｔ", "text 𝐭𝐞𝐱𝐭", ["text", "𝐭𝐞𝐱𝐭"]),
        (
            "한국",
            unicodedata.normalize("NFD", "한국") + " 한국",
            [unicodedata.normalize("NFD", "한국"), "한국"],
        ),
        ("が", "か が", ["が"]),
        ("ё", "е Ё", ["е", "Ё"]),
        ("[a](b.c", "[a](b.c [a](b-c", ["[a](b.c"]),
    ],
)
def test_case_accents_and_forms_make_no_difference(query: str, text: str, words: list[str]) -> None:
    query_pattern = search_pattern(query)
    assert query_pattern is not None
    assert [passage.of(text) for passage in find_all(text, query_pattern)] == words


@pytest.mark.parametrize("query", ["", "  \n ", "\u0301", "\u200b \xad"])
def test_a_blank_query_has_no_pattern(query: str) -> None:
    assert search_pattern(query) is None


@given(
    st.text(ALPHABET, max_size=40), st.text(ALPHABET, max_size=5), st.sampled_from(["", "x" * 900])
)
def test_what_is_passed_over_has_no_match(text: str, query: str, around: str) -> None:
    pattern, text = search_pattern(query), around + text + around
    if pattern is not None:
        found = list(find_all(text, pattern, needle=needle_of(query)))
        assert found == list(find_all(text, pattern))


@pytest.mark.parametrize("around", ["a plain line\n", "“a typographic line”\n", "обычная строка\n"])
@pytest.mark.parametrize("place", [0, 65_000, 65_536, 70_000, 131_060, 140_000])
@pytest.mark.parametrize("words", ["Needle\nword", "nèedle word", "needle\xad word"])
def test_words_are_found_in_any_window_of_a_long_text(around: str, place: int, words: str) -> None:
    filling = around * (200_000 // len(around))
    text = filling[:place] + words + filling[place:]
    pattern = search_pattern("needle word")
    assert pattern is not None
    found = list(find_all(text, pattern, needle=needle_of("needle word")))
    assert [hit.of(text) for hit in found] == [words]


def test_a_text_without_the_words_needs_no_pattern() -> None:
    text, query = "a plain line\n" * 20_000, "unheard"
    unused: Any = None
    assert list(find_all(text, unused, needle=needle_of(query))) == []


def test_a_match_over_the_border_of_two_windows_is_found_once() -> None:
    border = 1 << 18
    for start in range(border - 7, border + 2):
        text = "." * start + "needle" + "." * 50
        assert list(find_all(text, found_by("needle"))) == [Passage(start, start + 6)]


def test_matches_stay_inside_the_stretch_that_is_searched() -> None:
    text = "abc abc abc"
    assert list(find_all(text, found_by("abc"), 1, 10)) == [Passage(4, 7)]


def test_searching_goes_round_at_either_end() -> None:
    text = "one two one two"
    two = found_by("TWO")
    assert search_next(text, two, 0) == Passage(4, 7)
    assert search_next(text, two, 4) == Passage(4, 7)
    assert search_next(text, two, 5) == Passage(12, 15)
    assert search_next(text, two, 13) == Passage(4, 7)
    assert search_previous(text, two, 12) == Passage(4, 7)
    assert search_previous(text, two, 4) == Passage(12, 15)
    assert search_next(text, found_by("three"), 3) is None
    assert search_previous(text, found_by("three"), 3) is None


def test_the_match_before_is_found_many_windows_back() -> None:
    text = "needle" + "x " * (1 << 19) + "needle"
    needle = found_by("needle")
    assert search_previous(text, needle, len(text) - 6) == Passage(0, 6)
    assert search_previous(text, needle, 0) == Passage(len(text) - 6, len(text))


@pytest.mark.parametrize(
    ("piece", "text"), [("ss", "ß"), ("ß", "s"), ("ff", "ﬀ"), ("e e", "\u0301"), ("a b", " ")]
)
def test_hostile_queries_take_steps_in_proportion_to_query_and_text(piece: str, text: str) -> None:
    def steps(pieces: int, characters: int) -> int:
        query_pattern = found_by(piece * pieces + "x")
        return Matcher(Use(query_pattern)).steps_in(piece[0] + text * characters)

    assert steps(6, 200) <= 2.2 * steps(6, 100)
    assert steps(12, 100) <= 2.2 * steps(6, 100)
    assert search_next(piece[0] + text * 50_000, found_by(piece * 30 + "x"), 0) is None


def test_a_query_of_any_length_has_a_pattern() -> None:
    assert next(find_all("f" * 1000, found_by("f" * 100_000)), None) == Passage(0, 500)


def found_by(query: str) -> re.Pattern[str]:
    query_pattern = search_pattern(query)
    assert query_pattern is not None
    return query_pattern


def test_a_search_ends_between_windows_when_it_is_told_to() -> None:
    text = "no match here " * 20_000
    asked: list[int] = []

    def goes_on() -> bool:
        asked.append(len(asked))
        return len(asked) < 3

    pattern = search_pattern("zebra")
    assert pattern is not None
    assert list(find_all(text, pattern, goes_on=goes_on)) == []
    assert len(asked) == 3
