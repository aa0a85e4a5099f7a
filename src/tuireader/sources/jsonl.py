"""Collections: one article a line of a `.jsonl` file, its text exactly as given."""

import datetime as dt
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, BinaryIO

from tuireader.domain.article import Article
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.sources.own_exports import is_own_record
from tuireader.sources.plaintext.header import date_at
from tuireader.sources.plaintext.headings import OPENING_PIECES, classify_headings_and_captions
from tuireader.sources.plaintext.paragraphs import TextBlock
from tuireader.sources.plaintext.title import title_of
from tuireader.text.language import language_of
from tuireader.text.sanitize import replace_unsafe, sanitize_line

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of one line; a longer one is reported and skipped."""


@dataclass(frozen=True, slots=True)
class InvalidLine:
    """A line of a collection that holds no article: its number from 1, and why not, as a clause."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class CollectionRecord:
    """A line of a collection that holds an article."""

    number: int
    offset: int
    """Where its line begins in the file, in bytes."""
    id: str
    text: str
    title: str = ""
    date: dt.date | None = None
    outlet: str = ""
    author: str = ""
    language: str = ""


def read_records(stream: BinaryIO) -> Iterator[CollectionRecord | InvalidLine]:
    """The articles of a collection in order, read a line at a time, and the lines that hold none.

    An article without an id is called by its line's number.
    """
    number, offset = 0, stream.tell() if stream.seekable() else 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        begun, offset = offset, offset + len(line)
        if len(line) > LONGEST_LINE:
            while not line.endswith(b"\n") and (line := stream.readline(LONGEST_LINE)):
                offset += len(line)
            yield InvalidLine(number, "it is longer than 64 MB")
        elif line.strip() not in {b"", b"\xef\xbb\xbf"}:
            yield _record(number, begun, line)


def article_from_record(record: CollectionRecord, path: str) -> Article:
    """The article of a record; its blocks are marks over the text as given.

    What must not be shown is replaced one for one, so every offset into the
    given text is one into the article's.
    """
    text = replace_unsafe(record.text)
    located = list(_paragraphs(text))
    pieces = list(classify_headings_and_captions(piece for piece, _ in located))
    blocks = Blocks(
        Block(piece.kind, start, start + len(piece.text), piece.level)
        for piece, (_, start) in zip(pieces, located, strict=True)
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
    """The record with the id; raises SourceNotFoundError if the collection has none.

    Of two records with one id the second is meant by `id~LINE`, as `with_unique_ids` names it.
    """
    status = os.fstat(stream.fileno())
    at = _offsets(path, status.st_mtime_ns, status.st_size).get(record_id)
    if at is None:
        reason = "there is no such article in the collection"
        raise SourceNotFoundError(f"{path}#{record_id}", reason)
    stream.seek(at)
    record = next(read_records(stream))
    assert isinstance(record, CollectionRecord)  # noqa: S101 - its line was read before
    return replace(record, id=record_id)


@lru_cache(maxsize=4)
def _offsets(path: str, _changed: int, _size: int) -> dict[str, int]:
    """Where each record's line begins, in bytes; kept, for a list asks for one after the other."""
    with open(path, "rb") as stream:  # noqa: PTH123 - a location may hold bytes that are not UTF-8
        found = {}
        for record in with_unique_ids(read_records(stream)):
            if isinstance(record, CollectionRecord):
                found[record.id] = record.offset
        return found


def with_unique_ids(
    found: Iterator[CollectionRecord | InvalidLine],
) -> Iterator[CollectionRecord | InvalidLine]:
    """The same records, a second one of an id named `id~LINE` so that both can be told."""
    seen: set[str] = set()
    for record in found:
        if isinstance(record, CollectionRecord):
            name = record.id if record.id not in seen else f"{record.id}~{record.number}"
            seen.add(name)
            yield record if name == record.id else replace(record, id=name)
        else:
            yield record


def record_ids(stream: BinaryIO, path: str) -> Iterator[str]:
    """The ids of the articles in order; raises SourceError if no line holds one."""
    found = False
    for record in with_unique_ids(read_records(stream)):
        if isinstance(record, CollectionRecord):
            found = True
            yield record.id
    if not found:
        raise empty_collection_error(path)


def _paragraphs(text: str) -> Iterator[tuple[TextBlock, int]]:
    at = 0
    for line in text.split("\n"):
        words = line.strip()
        if words:
            start = at + line.index(words[0])
            yield TextBlock(BlockKind.PARAGRAPH, words), start
        at += len(line) + 1


def _record(number: int, offset: int, line: bytes) -> CollectionRecord | InvalidLine:
    try:
        given = _decoded(line.removeprefix(b"\xef\xbb\xbf"))
    except UnicodeDecodeError:
        return InvalidLine(number, "it is not UTF-8")
    except RecursionError:
        return InvalidLine(number, "it is nested too deep")
    except ValueError:
        return InvalidLine(number, "it is not JSON")
    if reason := _flaw_of(given):
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


def _flaw_of(given: Any) -> str:
    """Why the value of a line is no article, as a clause; empty if it is one."""
    if not isinstance(given, dict):
        return "it is not an object"
    if is_own_record(given):
        return "it is no article, but something that tuireader exported"
    return "" if isinstance(given.get("text"), str) else "it has no text"


def _decoded(line: bytes) -> Any:
    """The value of a line; a lone surrogate, which the quick decoder refuses, is let through."""
    import msgspec  # noqa: PLC0415 - 20 ms, and only for collections

    try:
        return msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return json.loads(line.decode("utf-8"))


def _string(given: dict[str, object], name: str) -> str:
    value = given.get(name)
    return value if isinstance(value, str) else ""


def empty_collection_error(path: str) -> SourceError:
    """The error for a collection without a single article."""
    reason = "no line of it holds an article"
    if path.lower().endswith(".json"):
        reason += "; what another service has exported comes in with tuireader import"
    return SourceError(path, reason)
