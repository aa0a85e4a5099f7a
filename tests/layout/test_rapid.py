from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tuireader.layout.rapid import next_word, pause_after, pivot_of, previous_word, word_at

if TYPE_CHECKING:
    from tuireader.domain.article import Passage

TEXT = "The boat left, at dawn.\n\nNobody saw it."


def test_words_come_one_after_another_over_paragraphs() -> None:
    words: list[str] = []
    word: Passage | None = word_at(TEXT, 0)
    while word is not None:
        words.append(word.of(TEXT))
        word = next_word(TEXT, word)
    assert words == TEXT.split()


def test_the_way_back_has_the_same_words() -> None:
    word: Passage | None = word_at(TEXT, len(TEXT) - 2)
    found: list[str] = []
    while word is not None:
        found.append(word.of(TEXT))
        word = previous_word(TEXT, word)
    assert found[::-1] == TEXT.split()


@given(st.text(st.sampled_from("ab .\n"), max_size=30), st.integers(0, 40))
def test_a_word_is_found_from_any_offset(text: str, offset: int) -> None:
    word = word_at(text, offset)
    assert 0 <= word.start <= word.end <= len(text)
    assert not any(character.isspace() for character in word.of(text))


def test_the_end_of_a_sentence_and_a_long_word_are_shown_longer() -> None:
    assert pause_after("boat") < pause_after("left,") < pause_after("dawn.”")
    assert pause_after("boat") < pause_after("extraordinary")


def test_the_pivot_is_a_little_before_the_middle() -> None:
    assert [pivot_of(word) for word in ("a", "at", "boat", "harbour", "extraordinary")] == [
        0,
        1,
        1,
        2,
        3,
    ]
