from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.layout.cells import cell_width
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


UNSPACED = (
    "港は凍った、と彼は言った。「閉じ括弧」は行頭に来ません。",
    "ภาษาไทยเขียนติดกันโดยไม่เว้นวรรคระหว่างคำ ทำให้การตัดคำที่ปลายบรรทัดทำได้ยาก",
)


@pytest.mark.parametrize("text", UNSPACED)
def test_text_without_spaces_is_shown_in_pieces_that_can_be_read(text: str) -> None:
    words = [word_at(text, 0)]
    while following := next_word(text, words[-1]):
        words.append(following)

    assert "".join(word.of(text) for word in words) == text.replace(" ", "")
    assert all(cell_width(word.of(text)) <= 12 for word in words)
    assert not any(word.of(text)[0] in "。、」ะัำ่้" for word in words)
    backwards = [words[-1]]
    while before := previous_word(text, backwards[-1]):
        backwards.append(before)
    assert backwards[::-1] == words
    for word in words:
        assert all(word_at(text, offset) == word for offset in range(word.start, word.end))


def test_a_long_text_without_spaces_is_shown_to_its_end_and_back() -> None:
    text = UNSPACED[0] * 40
    word: Passage | None = word_at(text, 0)
    shown = ""
    while word is not None:
        shown, last = shown + word.of(text), word
        word = next_word(text, word)
    assert shown == text
    while (before := previous_word(text, last)) is not None:
        assert before.start < last.start
        last = before
    assert last.start == 0


def test_the_pivot_is_a_whole_letter() -> None:
    assert pivot_of("है।") == 0
    assert pivot_of("e\u0301\u0301\u0301toile") == 0
