import itertools

from hypothesis import given
from hypothesis import strategies as st

from tuireader.layout.wrap import wrap_rows

JAPANESE = "今日は、「港」へ行った。ちょっとまって！（はい）キャッチ・ボール…ー々￥100％"
NOT_FIRST = "、。」）！・…ー々ょっャッ％"
NOT_LAST = "「（￥"


def rows(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap_rows(text, 0, len(text), width)]


@given(st.text(st.sampled_from(JAPANESE), max_size=80), st.integers(12, 40))
def test_a_row_of_japanese_neither_begins_nor_ends_with_a_mark_that_must_not(
    text: str, width: int
) -> None:
    found = rows(text, width)
    for above, row in itertools.pairwise(found):
        tied = sum(character in NOT_FIRST + NOT_LAST for character in above[1:] + row[:1])
        if tied < width // 2 - 2:  # else no break is allowed in the whole row
            assert row[0] not in NOT_FIRST
            assert above[-1] not in NOT_LAST


def test_closing_marks_stay_with_the_character_before_them() -> None:
    assert rows("港から船が出た。「さようなら」", 14) == ["港から船が出", "た。「さような", "ら」"]
    assert rows("きょうはちょっと", 12) == ["きょうは", "ちょっと"]


def test_korean_is_broken_at_spaces() -> None:
    assert rows("항구에서 배가 떠났다", 10) == ["항구에서", "배가", "떠났다"]
    assert rows("《항구》에서 떠났다", 12) == ["《항구》에서", "떠났다"]
    assert rows("대한민국임시정부", 10) == ["대한민국임", "시정부"], "wider than a row"


def test_no_break_at_a_no_break_space_or_a_word_joiner() -> None:
    assert rows("日本\xa0語日本", 6)[0] == "日"
    assert rows("日本\u2060語日本", 4)[0] == "日"


THAI = "ภาษาไทยเขียนติดกันโดยไม่มีช่องว่างระหว่างคำทำให้การตัดบรรทัดเป็นเรื่องยากสำหรับโปรแกรม"


@given(st.integers(6, 60))
def test_thai_letters_keep_their_marks_and_vowels(width: int) -> None:
    found = rows(THAI, width)

    assert "".join(found) == THAI
    for above, row in itertools.pairwise(found):
        assert above[-1] not in "เแโใไ"
        assert row[0] not in "ะาๅๆฯำิีึืุูัี่้๊๋็์"


def test_thai_is_broken_where_a_syllable_surely_begins() -> None:
    assert rows("ภาษาไทยเขียนติดกัน", 10) == ["ภาษาไทย", "เขียนติดกัน"]
