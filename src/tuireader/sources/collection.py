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
from tuireader.domain.cleaning import clean_line, replaced
from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.domain.language import language_of
from tuireader.sources.dates import date_at
from tuireader.sources.own_exports import is_own_record
from tuireader.sources.setting import OPENING_PIECES, told
from tuireader.sources.stanzas import Piece
from tuireader.sources.text import title_of

LONGEST_LINE = 64 * 1024 * 1024
"""Bytes of one line; a longer one is reported and skipped."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of a collection that holds no article: its number from 1, and why not, as a clause."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
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


def records(stream: BinaryIO) -> Iterator[Record | BadLine]:
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
            yield BadLine(number, "it is longer than 64 MB")
        elif line.strip() not in {b"", b"\xef\xbb\xbf"}:
            yield _record(number, begun, line)


def article_of(record: Record, path: str) -> Article:
    """The article of a record; its blocks are marks over the text as given.

    What must not be shown is replaced one for one, so every offset into the
    given text is one into the article's.
    """
    text = replaced(record.text)
    located = list(_paragraphs(text))
    pieces = list(told(piece for piece, _ in located))
    blocks = Blocks(
        Block(piece.kind, start, start + len(piece.text), piece.level)
        for piece, (_, start) in zip(pieces, located, strict=True)
    )
    return Article(
        location=f"{path}#{record.id}",
        text=text,
        blocks=blocks,
        title=title_of(clean_line(record.title), pieces[:OPENING_PIECES], record.id),
        date=record.date,
        outlet=clean_line(record.outlet),
        author=clean_line(record.author),
        language=record.language or language_of(text),
        source=path,
    )


def find(stream: BinaryIO, path: str, record_id: str) -> Record:
    """The record with the id; raises SourceNotFoundError if the collection has none.

    Of two records with one id the second is meant by `id~LINE`, as `unique` names it.
    """
    status = os.fstat(stream.fileno())
    at = _offsets(path, status.st_mtime_ns, status.st_size).get(record_id)
    if at is None:
        reason = "there is no such article in the collection"
        raise SourceNotFoundError(f"{path}#{record_id}", reason)
    stream.seek(at)
    record = next(records(stream))
    assert isinstance(record, Record)  # noqa: S101 - its line was read before
    return replace(record, id=record_id)


@lru_cache(maxsize=4)
def _offsets(path: str, _changed: int, _size: int) -> dict[str, int]:
    """Where each record's line begins, in bytes; kept, for a list asks for one after the other."""
    with open(path, "rb") as stream:  # noqa: PTH123 - a location may hold bytes that are not UTF-8
        found = {}
        for record in unique(records(stream)):
            if isinstance(record, Record):
                found[record.id] = record.offset
        return found


def unique(found: Iterator[Record | BadLine]) -> Iterator[Record | BadLine]:
    """The same records, a second one of an id named `id~LINE` so that both can be told."""
    seen: set[str] = set()
    for record in found:
        if isinstance(record, Record):
            name = record.id if record.id not in seen else f"{record.id}~{record.number}"
            seen.add(name)
            yield record if name == record.id else replace(record, id=name)
        else:
            yield record


def ids(stream: BinaryIO, path: str) -> Iterator[str]:
    """The ids of the articles in order; raises SourceError if no line holds one."""
    found = False
    for record in unique(records(stream)):
        if isinstance(record, Record):
            found = True
            yield record.id
    if not found:
        raise refuse_empty(path)


def _paragraphs(text: str) -> Iterator[tuple[Piece, int]]:
    at = 0
    for line in text.split("\n"):
        words = line.strip()
        if words:
            start = at + line.index(words[0])
            yield Piece(BlockKind.PARAGRAPH, words), start
        at += len(line) + 1


def _record(number: int, offset: int, line: bytes) -> Record | BadLine:
    try:
        given = _decoded(line.removeprefix(b"\xef\xbb\xbf"))
    except UnicodeDecodeError:
        return BadLine(number, "it is not UTF-8")
    except RecursionError:
        return BadLine(number, "it is nested too deep")
    except ValueError:
        return BadLine(number, "it is not JSON")
    if reason := _flaw_of(given):
        return BadLine(number, reason)
    name = given.get("id")
    stated = isinstance(name, str | int) and not isinstance(name, bool) and str(name) != ""
    return Record(
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


def refuse_empty(path: str) -> SourceError:
    """The error for a collection without a single article."""
    reason = "no line of it holds an article"
    if path.lower().endswith(".json"):
        reason += "; what another service has exported comes in with tuireader import"
    return SourceError(path, reason)
