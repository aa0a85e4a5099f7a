"""Records as JSON, JSON Lines and CSV."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.exporters.record_formats import CSV, JSON, JSONL, to_json
from tuireader.text.sanitize import sanitize


def rows(*records: dict[str, object]) -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(CSV.write(records, tuple(records[0]))))))


@given(st.lists(st.dictionaries(st.text(), st.text() | st.none() | st.integers())))
def test_json_and_json_lines_are_read_back(records: list[dict[str, object]]) -> None:
    assert json.loads("".join(JSON.write(records, ()))) == records
    lines = list(JSONL.write(records, ()))
    assert list(map(json.loads, lines)) == records
    assert all(len(line.splitlines()) == 1 for line in lines)


def test_records_are_written_as_they_are_read() -> None:
    read = []

    def record(number: int) -> dict[str, Any]:
        read.append(number)
        return {"n": number}

    parts = JSON.write(map(record, range(3)), ())
    assert next(parts) == '[\n{"n": 0}'
    assert read == [0]


@given(st.text())
def test_json_has_no_character_that_a_terminal_interprets(text: str) -> None:
    assert sanitize(to_json({"text": text})) == to_json({"text": text})


def test_a_row_stands_under_its_heading() -> None:
    assert rows({"speaker": "Ada Moor", "start": 7, "cue": None, "forms": ["Moor", "Ada"]}) == [
        ["speaker", "start", "cue", "forms"],
        ["Ada Moor", "7", "", "Moor; Ada"],
    ]


@given(st.text())
def test_no_cell_begins_like_a_formula_and_its_text_is_whole(text: str) -> None:
    ((_, *rest), (cell, *_)) = rows({"text": text, "more": "x"})
    assert rest == ["more"]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == sanitize(text).removeprefix("'")


@pytest.mark.parametrize("first", list("=+-@＝＋－＠﹦﹢﹣﹫⁺⁼−"))
def test_a_formula_is_guarded_in_every_form_and_behind_what_is_not_shown(first: str) -> None:
    for before in ("", "\ufeff", "\u200b", "\u2060", "\u00ad", "\t", "\r", "\n", " \u200d"):
        text = f"{before}{first}1+1"
        _, (cell, names) = rows({"text": text, "names": [text, "Ada"]})
        assert cell == f"'{sanitize(text)}"
        assert names == f"'{sanitize(text)}; Ada"


@pytest.mark.parametrize(
    "text", ["", "“=1”", "a=1", "\ufeffWords", "– a dash", "§ 5", "1 = 1", "\u200b", "é", "Ⅷ"]
)
def test_other_texts_are_written_as_they_are(text: str) -> None:
    assert rows({"text": text, "more": "x"})[1] == [text, "x"]
