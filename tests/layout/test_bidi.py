from hypothesis import given
from hypothesis import strategies as st

from tuireader.layout.bidi import is_right_to_left, mirrored, visual_order

rows = st.text(st.sampled_from("abc אבג يبن 12 ,.:%()-/"), max_size=20)


def order(row: str, *, right_to_left: bool) -> str:
    return "".join(
        mirrored(row[start:end]) if mirror else row[start:end]
        for start, end, mirror in visual_order(row, right_to_left=right_to_left)
    )


@given(rows, st.booleans())
def test_each_character_is_shown_once(row: str, backwards: bool) -> None:
    pieces = visual_order(row, right_to_left=backwards)
    assert sorted(index for start, end, _ in pieces for index in range(start, end)) == list(
        range(len(row))
    )


@given(st.text(st.sampled_from("abc 12 .,()"), max_size=20))
def test_left_to_right_text_stays_as_it_is(row: str) -> None:
    assert order(row, right_to_left=False) == row


def test_numbers_run_from_left_to_right_in_right_to_left_text() -> None:
    assert order("אבג 123 דה", right_to_left=True) == "הד 123 גבא"
    assert order("אבג 10:30", right_to_left=True) == "10:30 גבא"
    assert order("אבג 25% ד", right_to_left=True) == "ד 25% גבא"


def test_words_of_the_other_direction_keep_their_order() -> None:
    assert order("he said אבג דה today", right_to_left=False) == "he said הד גבא today"
    assert order("אבג New York דה", right_to_left=True) == "הד New York גבא"


def test_marks_stay_with_their_letters() -> None:
    assert order("אָב", right_to_left=True) == "באָ"


def test_the_first_letter_decides_the_direction_of_a_paragraph() -> None:
    assert is_right_to_left("“12 שלום world", 0, 14)
    assert not is_right_to_left("12 world שלום", 0, 13)
    assert not is_right_to_left("12 …", 0, 4)
