from hypothesis import given
from hypothesis import strategies as st
from work import work

from tuireader.text.sanitize import replace_unsafe, sanitize, sanitize_line

FORBIDDEN = {
    *map(chr, [*range(9), *range(11, 32), *range(0x7F, 0xA0)]),
    *map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x2028, 0x2029]),
}
DIRTY = st.text(
    st.one_of(
        st.sampled_from([*sorted(FORBIDDEN), "\n", "\t", " ", "a", "\ud800", "\u200f", "é"]),
        st.characters(),
    )
)


def is_clean(text: str) -> bool:
    return not any(char in FORBIDDEN or "\ud800" <= char <= "\udfff" for char in text)


@given(DIRTY)
def test_cleaned_text_holds_nothing_forbidden_and_cleans_to_itself(text: str) -> None:
    cleaned = sanitize(text)
    assert is_clean(cleaned)
    assert sanitize(cleaned) is cleaned


@given(DIRTY)
def test_cleaning_keeps_every_other_character_in_order(text: str) -> None:
    def kept(some: str) -> str:
        return "".join(char for char in some if is_clean(char) and char not in "\n\ufffd")

    assert kept(sanitize(text)) == kept(text)


@given(DIRTY)
def test_replaced_text_is_as_long_as_the_given_and_holds_nothing_forbidden(text: str) -> None:
    assert len(replace_unsafe(text)) == len(text)
    assert is_clean(replace_unsafe(text))


@given(DIRTY)
def test_a_clean_line_is_one_row_without_double_blanks(text: str) -> None:
    line = sanitize_line(text)
    assert is_clean(line)
    assert line == " ".join(line.split())


def test_every_kind_of_line_end_becomes_a_newline() -> None:
    assert sanitize("a\r\nb\rc\x85d\x0be\x0cf\u2028g\u2029h") == "a\nb\nc\nd\ne\nf\ng\n\nh"


def test_escape_sequences_lose_their_control_characters() -> None:
    assert sanitize("a\x1b]52;c;eA==\x07b\x9b2J") == "a]52;c;eA==b2J"


def test_bidi_overrides_go_and_direction_marks_stay() -> None:
    assert sanitize("a\u202egnp\u2066b\u200e\u200fc") == "agnpb\u200e\u200fc"


def test_a_lone_surrogate_is_shown_as_a_replacement() -> None:
    assert sanitize("a\ud800b") == "a\ufffdb"
    assert sanitize_line("name-\udcff.txt") == "name-\ufffd.txt"


def test_replacing_keeps_line_ends_as_line_ends() -> None:
    assert replace_unsafe("a\r\nb\rc\x1bd") == "a \nb\nc\ufffdd"


def test_clean_text_is_given_back_at_once() -> None:
    text = "An ordinary sentence, said once more. " * 25_000
    assert sanitize(text) is text
    assert work(sanitize, text) < 4 * len(text)
