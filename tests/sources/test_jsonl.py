import datetime as dt
import json
import textwrap
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.blocks import BlockKind
from tuireader.domain.errors import SourceNotFoundError
from tuireader.quotes.engine import extract
from tuireader.sources.jsonl import (
    CollectionRecord,
    InvalidLine,
    article_from_record,
    find_record,
    read_records,
    with_unique_record_ids,
)


def record(text: str) -> CollectionRecord:
    return CollectionRecord(number=1, offset=0, id="a", text=text)


@given(st.text(st.characters(), max_size=300))
def test_the_text_keeps_its_length_and_its_blocks_are_marks_over_it(text: str) -> None:
    article = article_from_record(record(text), "/shelf/a.jsonl")
    assert len(article.text) == len(text)
    end = 0
    for block in article.blocks:
        assert end <= block.start < block.end <= len(text)
        end = block.end


def test_the_text_is_exactly_as_given_but_for_what_must_not_be_shown() -> None:
    article = article_from_record(
        record("  One\x1b.  \n\nThe old pier - HBN/EPA\r\n"), "/shelf/a.jsonl"
    )
    assert article.text == "  One\ufffd.  \n\nThe old pier - HBN/EPA \n"
    assert [block.kind for block in article.blocks] == [BlockKind.PARAGRAPH, BlockKind.CAPTION]
    assert article.location == "/shelf/a.jsonl#a"


WRAPPED = """\
The harbour master had counted boats for thirty years, and in all
of that time nobody had asked him. “He kept it in a green
book,” she said.
"""


def test_wrapped_lines_are_one_paragraph_at_the_offsets_of_the_text_as_given() -> None:
    given = f"A Headline\n\n{WRAPPED}\nShort verse,\nAnd another.\n"
    article = article_from_record(record(given), "/shelf/a.jsonl")
    assert len(article.text) == len(given)
    assert article.text == given.replace("all\nof", "all of").replace("green\nbook", "green book")
    assert [given[block.start : block.end] for block in article.blocks] == [
        "A Headline",
        WRAPPED.strip(),
        "Short verse,",
        "And another.",
    ]


def test_a_quotation_goes_on_over_the_lines_of_a_wrapped_record() -> None:
    article = article_from_record(record(WRAPPED), "/shelf/a.jsonl")
    (quote,) = extract(article)
    assert WRAPPED[quote.start : quote.end] == "He kept it in a green\nbook,"
    assert quote.spans[0].of(article.text) == "He kept it in a green book,"


@pytest.mark.parametrize("width", [48, 60, 72, 90])
@pytest.mark.parametrize("paragraphs", [1, 3, 40])
def test_a_record_of_any_length_is_unwrapped(width: int, paragraphs: int) -> None:
    prose = (
        " ".join(WRAPPED.split())
        + " The boats lay there, and no one came to see them go, not even in May."
    )
    given = "\n\n".join([textwrap.fill(prose, width)] * paragraphs)
    article = article_from_record(record(given), "/shelf/a.jsonl")
    assert article.text == "\n\n".join([prose] * paragraphs)
    assert len(article.blocks) == paragraphs


def test_lines_of_dialogue_and_of_lists_stay_apart_in_wrapped_text() -> None:
    spoken = "— Who goes there in the cold, at this hour of the night?\n— I.\n"
    given = f"{WRAPPED * 3}{spoken}"
    article = article_from_record(record(given), "/shelf/a.jsonl")
    assert [given[block.start : block.end] for block in article.blocks][-2:] == [
        "— Who goes there in the cold, at this hour of the night?",
        "— I.",
    ]


def test_bad_lines_are_told_by_number_and_passed_over() -> None:
    lines = [
        b'{"id": "a", "text": "one", "title": "T", "date": "2024-09-04"}',
        b'{"id": "b"',
        b"",
        b'{"id": "c"}',
        b"[]",
        b"[" * 5_000,
        b'\xff{"text": "x"}',
        b'{"text": "two"}',
    ]
    found = list(read_records(BytesIO(b"\n".join(lines))))
    good = [record for record in found if isinstance(record, CollectionRecord)]
    assert [(record.id, record.text, record.date) for record in good] == [
        ("a", "one", dt.date(2024, 9, 4)),
        ("8", "two", None),
    ]
    bad = [line.number for line in found if isinstance(line, InvalidLine)]
    assert bad == [2, 4, 5, 6, 7]


def test_a_second_article_of_one_id_has_a_name_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        "".join(json.dumps({"id": "x", "text": text}) + "\n" for text in ("one", "two")),
        encoding="utf-8",
    )
    with path.open("rb") as stream:
        names = [
            record.id
            for record in with_unique_record_ids(read_records(stream))
            if isinstance(record, CollectionRecord)
        ]
        assert names == ["x", "x~2"]
        assert find_record(stream, str(path), "x~2").text == "two"
        with pytest.raises(SourceNotFoundError):
            find_record(stream, str(path), "y")
