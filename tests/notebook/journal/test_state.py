from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.notebook.journal import state
from tuireader.notebook.journal.line_format import RecordEdit, encode_line, scan_lines, to_json
from tuireader.notebook.journal.log_file import LogFile
from tuireader.notebook.journal.state import JournalState

AT = "2026-11-23T10:00:00.000000Z"
edits = st.builds(
    RecordEdit,
    st.sampled_from(["notes", "history", "ñ", 'a "table"', ""]),
    st.none() | st.integers(min_value=-9, max_value=9) | st.just(2**127),
    st.none() | st.dictionaries(st.text(max_size=5), st.integers(), max_size=3).map(to_json),
)


def loaded(path: Path, data: bytes) -> state.LoadResult:
    path.write_bytes(data)
    file = LogFile(path)
    try:
        found = state.load_journal(file)
        assert file.is_unchanged()
        assert file.torn_line() == found.rest[found.found.end :]
    finally:
        file.close()
    return found


@given(st.lists(st.lists(edits, max_size=3), max_size=6), st.data())
def test_it_reads_what_looking_at_each_line_reads_also_from_a_harmed_file(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[RecordEdit]], data: st.DataObject
) -> None:
    first = encode_line((), AT, (7, 5))
    file = first + b"".join(encode_line(some, AT) for some in lines)
    start = data.draw(st.integers(0, len(file)))
    file = file[:start] + data.draw(st.binary(max_size=3)) + file[start:]
    slowly = scan_lines(file)
    expected = JournalState.of(slowly.lines)
    found = loaded(tmp_path_factory.mktemp("file") / "notes.jsonl", file)
    assert found.state.tables == expected.tables
    assert list(map(list, found.state.tables.values())) == list(map(list, expected.tables.values()))
    assert found.state.gone == expected.gone
    assert found.lines == len(slowly.lines)
    assert found.generations == next(
        (line.generations for line in slowly.lines if line.generations), ()
    )
    assert found.found.mended == slowly.mended
    damaged = [found.rest[start:stop] for start, stop in found.found.damaged]
    assert damaged == [file[start:stop] for start, stop in slowly.damaged]


def test_a_line_that_is_unusual_at_its_end_is_made_once(tmp_path: Path) -> None:
    edits = [
        RecordEdit("notes", 1, None),
        RecordEdit("notes", 1, b"{}"),
        RecordEdit("history", None, None),
    ]
    found = loaded(tmp_path / "notes.jsonl", encode_line(edits, AT))
    assert found.state.gone == {"history": set()}


def test_a_line_may_be_longer_than_the_pieces_that_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(state, "_PIECE", 100)
    lines = [
        encode_line([RecordEdit("notes", number, to_json("x" * number * 90))], AT)
        for number in range(9)
    ]
    found = loaded(tmp_path / "notes.jsonl", b"".join(lines) + b'{"crc":"torn')
    assert found.state.tables["notes"].keys() == set(range(9))
    assert found.rest == b'{"crc":"torn'


def test_a_blank_file_is_told_from_one_without_a_line(tmp_path: Path) -> None:
    assert loaded(tmp_path / "blank", b" \n\n").is_blank
    assert not loaded(tmp_path / "other", b"text\n").is_blank
    assert not loaded(tmp_path / "other", b"text\n").lines
