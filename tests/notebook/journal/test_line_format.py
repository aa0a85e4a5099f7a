import json
import zlib

from hypothesis import given
from hypothesis import strategies as st

from tuireader.notebook.journal.line_format import (
    RecordEdit,
    all_lines_valid,
    decode_line,
    encode_line,
    format_version,
    scan_lines,
    to_json,
)

AT = "2026-11-23T10:00:00.000000Z"
documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
edits = st.builds(
    RecordEdit,
    st.text(max_size=12),
    st.integers(min_value=-(2**127), max_value=2**128),
    st.none() | st.dictionaries(st.text(), documents, max_size=4).map(to_json),
)


@given(st.lists(edits, max_size=4))
def test_a_line_comes_back_as_it_was(some: list[RecordEdit]) -> None:
    data = encode_line(some, AT)
    line = decode_line(data, 0, len(data))
    assert line is not None
    assert list(line.edits) == some
    assert data.endswith(b"\n")
    assert data.count(b"\n") == 1


@given(st.lists(edits, min_size=1, max_size=3))
def test_a_line_is_json_that_anyone_can_read(some: list[RecordEdit]) -> None:
    value = json.loads(encode_line(some, AT))
    assert [edit["t"] for edit in value["edits"]] == [edit.table for edit in some]
    assert value["sizes"] == [len(to_json(edit)) for edit in value["edits"]]


def test_the_checksum_is_the_crc_32_of_what_follows_it() -> None:
    line = encode_line([RecordEdit("notes", 7, b"{}")], AT)
    head, body = line[: len(b'{"crc":"00000000",')], line[len(b'{"crc":"00000000",') : -1]
    assert json.loads(head[:-1] + b"}")["crc"] == f"{zlib.crc32(body):08x}"


@given(st.lists(edits, min_size=1, max_size=2), st.data())
def test_no_changed_byte_goes_unnoticed(some: list[RecordEdit], data: st.DataObject) -> None:
    line = bytearray(encode_line(some, AT)[:-1])
    at = data.draw(st.integers(0, len(line) - 1))
    line[at] ^= data.draw(st.integers(1, 255))
    assert decode_line(bytes(line), 0, len(line)) is None


@given(st.lists(edits, min_size=1, max_size=2), st.data())
def test_a_line_that_is_cut_is_no_line(some: list[RecordEdit], data: st.DataObject) -> None:
    line = encode_line(some, AT)[:-1]
    cut = line[: data.draw(st.integers(0, len(line) - 1))]
    assert decode_line(cut, 0, len(cut)) is None


@given(st.binary(max_size=60))
def test_junk_between_lines_costs_neither_of_them(junk: bytes) -> None:
    one, two = (
        encode_line([RecordEdit("t", 1, b"{}")], AT),
        encode_line([RecordEdit("t", 2, b"{}")], AT),
    )
    for data in (one + junk + two, one[:-1] + junk + two, one + junk + b"\n" + two):
        found = scan_lines(data)
        assert [line.edits[0].id for line in found.lines] == [1, 2]
        kept = b"".join(data[start:stop] for start, stop in found.damaged)
        assert b"".join(junk.split()).strip(b"\xef\xbb\xbf") in b"".join(kept.split())


def test_line_ends_and_marks_of_other_programs_are_no_damage() -> None:
    data = encode_line([RecordEdit("t", 1, b"{}")], AT) + encode_line(
        [RecordEdit("t", 2, b"{}")], AT
    )
    for changed in (b"\xef\xbb\xbf" + data, data.replace(b"\n", b"\r\n"), data + b"\n \n"):
        found = scan_lines(changed)
        assert len(found.lines) == 2
        assert not found.damaged


def test_a_last_line_without_its_end_is_taken_and_a_torn_one_waits() -> None:
    line = encode_line([RecordEdit("t", 1, b"{}")], AT)
    assert len(scan_lines(line + line[:-1]).lines) == 2
    torn = scan_lines(line + line[:-2])
    assert len(torn.lines) == 1
    assert torn.end == len(line)
    assert not torn.damaged


def test_many_false_beginnings_take_no_longer_than_a_few() -> None:
    false = b'{"crc":"00000000","at":"","sizes":[1],"edits":[' * 20_000
    found = scan_lines(false + b"\n" + encode_line([RecordEdit("t", 1, b"{}")], AT))
    assert len(found.lines) == 1
    assert len(found.damaged) == 1


def test_the_first_line_names_its_format_and_generations() -> None:
    line = encode_line([], AT, (12, 11))
    parsed = decode_line(line, 0, len(line))
    assert parsed is not None
    assert parsed.generations == (12, 11)
    assert format_version(line) == 1
    assert format_version(b'{"crc":"x","at":"","format":7,"whatever":{}}') == 7
    assert format_version(b"junk") == 0


@given(
    st.lists(st.lists(edits, max_size=2), min_size=1, max_size=3), st.binary(max_size=3), st.data()
)
def test_a_file_is_whole_if_each_line_checks(
    some: list[list[RecordEdit]], junk: bytes, data: st.DataObject
) -> None:
    whole = b"".join(encode_line(each, AT) for each in some)
    assert all_lines_valid(whole)
    assert all_lines_valid(whole[:-1])
    at = data.draw(st.integers(0, len(whole)))
    damaged = whole[:at] + junk + whole[at + data.draw(st.integers(0, 3)) :]
    found = scan_lines(damaged)
    scanned = not (found.mended or found.damaged or damaged[found.end :].strip())
    # Blank lines and the like are no harm to a reader, and yet not as it was written.
    assert all_lines_valid(damaged) <= scanned
