"""Collections: JSON Lines files with one article per line, whose text is kept exactly."""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any, BinaryIO

from tuireader.domain.article import Article
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.sources.own_exports import is_own_record
from tuireader.sources.parsed_files import ParsedFiles
from tuireader.sources.plaintext.headings import OPENING_PIECES, classify_headings_and_captions
from tuireader.sources.plaintext.paragraphs import (
    ParagraphParser,
    TextBlock,
    is_wide,
    line_groups,
    wrap_width,
)
from tuireader.sources.plaintext.title import title_of
from tuireader.text.dates import date_at
from tuireader.text.language import language_of
from tuireader.text.sanitize import replace_unsafe, sanitize_line

MAX_LINE_SIZE = 64 * 1024 * 1024
"""The longest line in bytes; a longer one is reported and skipped."""

_WIDTH_LINES = 2_000
"""The number of lines from which the width is found at which a text was wrapped."""


@dataclass(frozen=True, slots=True)
class InvalidLine:
    """A line of a collection that is not an article: its number from 1, and why, as a clause."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class CollectionRecord:
    """An article of a collection, as its line states it: `number` counts lines from 1.

    Fields that are not stated are empty; `id` is then the number. `language` is ISO 639-1.
    """

    number: int
    offset: int
    """The byte offset of its line in the file."""
    id: str
    text: str
    title: str = ""
    date: dt.date | None = None
    outlet: str = ""
    author: str = ""
    language: str = ""


def read_records(stream: BinaryIO) -> Iterator[CollectionRecord | InvalidLine]:
    """Yield the articles of a collection in order, and the lines that are not articles.

    Blank lines are passed over; an empty file gives nothing. The id of an article that states none
    is its line's number; two may have the same id.
    """
    number, offset = 0, stream.tell() if stream.seekable() else 0
    while line := stream.readline(MAX_LINE_SIZE + 1):
        number += 1
        begun, offset = offset, offset + len(line)
        if len(line) > MAX_LINE_SIZE:
            while not line.endswith(b"\n") and (line := stream.readline(MAX_LINE_SIZE)):
                offset += len(line)
            yield InvalidLine(number, "it is longer than 64 MB")
        elif line.strip() not in {b"", b"\xef\xbb\xbf"}:
            yield _record(number, begun, line)


def article_from_record(record: CollectionRecord, path: str) -> Article:
    """Return the article of a record, with blocks over the text as given.

    Unsafe characters and the line ends within hard-wrapped paragraphs are replaced one for one, so
    that offsets into the given text are valid. `path` is the collection's path.
    """
    text, spans = _unwrapped(replace_unsafe(record.text))
    given = [TextBlock(BlockKind.PARAGRAPH, text[start:end]) for start, end in spans]
    pieces = list(classify_headings_and_captions(given))
    blocks = Blocks(
        Block(piece.kind, start, end, piece.level)
        for piece, (start, end) in zip(pieces, spans, strict=True)
    )
    return Article(
        location=f"{path}#{record.id}",
        text=text,
        blocks=blocks,
        title=title_of(sanitize_line(record.title), pieces[:OPENING_PIECES], record.id),
        date=record.date,
        outlet=sanitize_line(record.outlet),
        author=sanitize_line(record.author),
        language=record.language or language_of(text),
        source=path,
    )


def find_record(stream: BinaryIO, path: str, record_id: str) -> CollectionRecord:
    """Return the record with an id; raise SourceNotFoundError if the collection has none.

    `path` is the path of the open file `stream`. The second of two records with one id is
    `id~LINE`, as `with_unique_record_ids` names it.
    """
    at = _OFFSETS.of(stream, path).get(record_id)
    if at is None:
        reason = "no such article in the collection"
        raise SourceNotFoundError(f"{path}#{record_id}", reason)
    stream.seek(at)
    record = next(read_records(stream))
    assert isinstance(record, CollectionRecord)  # noqa: S101 - its line was read before
    return replace(record, id=record_id)


def _offsets(stream: BinaryIO, _path: str) -> dict[str, int]:
    """Return the byte offset of each record by its unique id; empty if there are none."""
    stream.seek(0)
    found = {}
    for record in with_unique_record_ids(read_records(stream)):
        if isinstance(record, CollectionRecord):
            found[record.id] = record.offset
    return found


_OFFSETS = ParsedFiles(_offsets)


def with_unique_record_ids(
    found: Iterator[CollectionRecord | InvalidLine],
) -> Iterator[CollectionRecord | InvalidLine]:
    """Yield the same records and invalid lines, each record with an id of its own.

    A record whose id an earlier one has is named `id~LINE`, by its line's number.
    """
    used_ids: set[str] = set()
    for record in found:
        if isinstance(record, CollectionRecord):
            name = record.id if record.id not in used_ids else f"{record.id}~{record.number}"
            used_ids.add(name)
            yield record if name == record.id else replace(record, id=name)
        else:
            yield record


def read_record(stream: BinaryIO, path: str, record_id: str) -> Article:
    """Read the article with an id from a collection.

    Arguments and errors are those of `find_record`.
    """
    return article_from_record(find_record(stream, path, record_id), path)


def record_ids(stream: BinaryIO, path: str) -> Iterator[str]:
    """Yield the ids of a collection's articles in order.

    Raises SourceError, which names `path`, at the end of a collection that has none.
    """
    found = False
    for record in with_unique_record_ids(read_records(stream)):
        if isinstance(record, CollectionRecord):
            found = True
            yield record.id
    if not found:
        raise empty_collection_error(path)


def _unwrapped(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text with spaces for the line ends within paragraphs, and each paragraph's span.

    A span is a pair of offsets (start, end); blank lines are in none. A line is a paragraph of its
    own unless the text was hard-wrapped. Line ends stay in scripts without spaces.
    """
    lines = text.split("\n")
    parser = ParagraphParser(wrap_width(lines[:_WIDTH_LINES]))
    ends: list[str] = ["\n"] * len(lines)
    spans: list[tuple[int, int]] = []
    number = at = 0
    for group in line_groups(lines):
        while not lines[number] or lines[number].isspace():
            at, number = at + len(lines[number]) + 1, number + 1
        starts = list(accumulate((len(line) + 1 for line in group.lines), initial=at))
        for first, end in parser.line_runs(group.lines):
            for inside in range(number + first, number + end - 1):
                if not is_wide(lines[inside].rstrip()[-1]):
                    ends[inside] = " "
            last = group.lines[end - 1]
            start = starts[first] + len(group.lines[first]) - len(group.lines[first].lstrip())
            spans.append((start, starts[end - 1] + len(last.rstrip())))
        number, at = number + len(group.lines), starts[-1]
    joined = "".join(f"{line}{end}" for line, end in zip(lines, ends, strict=True))
    return joined[:-1], spans


def _record(number: int, offset: int, line: bytes) -> CollectionRecord | InvalidLine:
    """Parse one line into a record, or into the reason why it is not an article.

    `number` is the line's number from 1, `offset` its byte offset in the file.
    """
    try:
        given = _decoded(line.removeprefix(b"\xef\xbb\xbf"))
    except UnicodeDecodeError:
        return InvalidLine(number, "not UTF-8")
    except RecursionError:
        return InvalidLine(number, "nested too deeply")
    except ValueError:
        return InvalidLine(number, "not JSON")
    if reason := _invalid_reason(given):
        return InvalidLine(number, reason)
    name = given.get("id")
    stated = isinstance(name, str | int) and not isinstance(name, bool) and str(name) != ""
    return CollectionRecord(
        number=number,
        offset=offset,
        id=str(name) if stated else str(number),
        text=given["text"],
        title=_string(given, "title"),
        date=date_at(_string(given, "date"))[0],
        outlet=_string(given, "outlet"),
        author=_string(given, "author"),
        language=_string(given, "language")[:2],
    )


def _invalid_reason(given: Any) -> str:
    """Return why the value of a line is not an article, as a clause; empty if it is one."""
    if not isinstance(given, dict):
        return "not a JSON object"
    if is_own_record(given):
        return "it is an export of tuireader, not an article"
    return "" if isinstance(given.get("text"), str) else "it has no text"


def _decoded(line: bytes) -> Any:
    """Return the JSON value of a line; lone surrogates are accepted.

    Raises UnicodeDecodeError, RecursionError or ValueError if the line is not valid.
    """
    import msgspec  # noqa: PLC0415 - 20 ms, and only for collections

    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return json.loads(line.decode("utf-8"))


def _string(given: dict[str, object], name: str) -> str:
    """Return a field of a record if it is a string; "" if it is missing or of another type."""
    value = given.get(name)
    return value if isinstance(value, str) else ""


def empty_collection_error(path: str) -> SourceError:
    """Return the error for a collection without articles; it names `path`.

    For a `.json` file, the reason mentions `tuireader import`.
    """
    reason = "it contains no articles"
    if path.lower().endswith(".json"):
        reason += "; use tuireader import for an export of another service"
    return SourceError(path, reason)
