import pytest

from tuireader.layout.motions import next_word, word_end, word_start


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("one two", [0, 4]),
        ("don’t, he", [0, 5, 7]),
        ("a (b) c", [0, 2, 3, 4, 6]),
        ("東京へ行く", [0, 2, 3, 4]),
        ("हिन्दी भाषा", [0, 7]),
        ("cafe\u0301 x", [0, 6]),
    ],
)
def test_words_are_found_on_and_back(text: str, starts: list[int]) -> None:
    onward = [0]
    while (start := next_word(text, onward[-1])) < len(text):
        onward.append(start)
    assert onward == starts
    back = [len(text)]
    while back[-1] > 0:
        back.append(word_start(text, back[-1]))
    assert back[1:] == starts[::-1]


def test_the_end_of_a_word_is_its_last_grapheme() -> None:
    assert word_end("cafe\u0301 one", 0) == 3
    assert word_end("cafe\u0301 one", 3) == 8


def test_a_very_long_word_is_taken_in_steps() -> None:
    text = "a" * 100_000
    assert next_word(text, 10) == 10 + 4096
    assert word_start(text, 50_000) == 50_000 - 4096
