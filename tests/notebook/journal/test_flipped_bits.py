from hypothesis import given
from hypothesis import strategies as st

from tuireader.notebook.journal.line_format import (
    LONGEST,
    RecordEdit,
    encode_line,
    repair_flipped_bit,
    scan_lines,
    to_json,
)

AT = "2026-11-23T10:00:00.000000Z"


def line(text: str) -> bytes:
    return encode_line([RecordEdit("notes", 7, to_json({"text": text}))], AT)


def flipped(data: bytes, bit: int) -> bytes:
    damaged = bytearray(data)
    damaged[bit // 8] ^= 1 << bit % 8
    return bytes(damaged)


def test_a_flipped_bit_anywhere_in_a_line_costs_nothing() -> None:
    before, hit, after = line("before"), line("JOIN * the ferry"), line("after")
    whole = [one.edits for one in scan_lines(before + hit + after).lines]
    for bit in range((len(hit) - 1) * 8):
        found = scan_lines(before + flipped(hit, bit) + after)
        assert [one.edits for one in found.lines] == whole, bit
        assert found.mended == 1
        assert not found.damaged


def test_a_flipped_line_end_costs_no_line() -> None:
    first, second = line("first"), line("second")
    for bit in range(8):
        found = scan_lines(flipped(first, (len(first) - 1) * 8 + bit) + second)
        assert len(found.lines) == 2


@given(st.text(max_size=400), st.data())
def test_the_line_comes_back_byte_for_byte(text: str, data: st.DataObject) -> None:
    whole = line(text)[:-1]
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    assert repair_flipped_bit(flipped(whole, bit)) == whole


@given(st.text(max_size=400), st.data())
def test_two_flipped_bits_are_never_taken_for_one(text: str, data: st.DataObject) -> None:
    whole = line(text)[:-1]
    bits = st.integers(18 * 8, len(whole) * 8 - 1)
    first, second = data.draw(st.lists(bits, min_size=2, max_size=2, unique=True))
    assert repair_flipped_bit(flipped(flipped(whole, first), second)) is None


def test_a_line_beyond_the_bound_is_left_as_it_is() -> None:
    assert repair_flipped_bit(flipped(line("x" * LONGEST)[:-1], 4000)) is None
