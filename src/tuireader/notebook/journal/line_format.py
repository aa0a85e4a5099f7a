"""One flipped bit in a line is found from its checksum and put right; nothing else is guessed.

The CRC-32 of a line with one wrong bit differs from the right one by a value that depends
only on how far the bit is from the line's end, and for lines up to `LONGEST` no two bits give
the same value (Koopman, "32-Bit Cyclic Redundancy Codes for Internet Applications", 2002).

One line of the journal, to bytes and back: a line that checks is a whole change.

A line is a JSON object in ASCII whose keys stand in a fixed order, so that a
person can read it with `jq` and this module can slice it without decoding::

    {"crc":"94e43892","at":"2026-11-23T10:00:00.000000Z","sizes":[57],"edits":[
     {"t":"bookmarks","id":"2133…","doc":{…}}]}

`crc` is the CRC-32 of everything that follows it, `sizes` the length of each
edit in bytes. A `doc` of null deletes a record; an `id` of null makes or drops
a whole table. The first line of a file also names its format and, newest first,
the generations that it was made from by compaction.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from zlib import crc32

LONGEST = 64 * 1024
"""Bytes of the longest line that is mended; also a bound for the time that damage can take."""

_OPENING = b'{"crc":"'
_CRC = slice(len(_OPENING), len(_OPENING) + 8)
_CLOSING = b'",'
_CHECKED = _CRC.stop + len(_CLOSING)


def repair_flipped_bit(line: bytes) -> bytes | None:
    """The line, without its line end, with one bit turned so that it checks; None if none does."""
    if not _CHECKED < len(line) <= LONGEST:
        return None
    head, body = line[:_CHECKED], line[_CHECKED:]
    right = b"%b%08x%b" % (_OPENING, crc32(body), _CLOSING)
    wrong = int.from_bytes(head, "big") ^ int.from_bytes(right, "big")
    if wrong.bit_count() == 1:
        return right + body
    if head[: _CRC.start] != _OPENING or head[_CRC.stop :] != _CLOSING:
        return None
    try:
        stored = int(head[_CRC], 16)
    except ValueError:
        return None
    bit = _flipped(crc32(body) ^ stored, len(body))
    if bit is None:
        return None
    place, mask = bit
    return b"%b%b%c%b" % (head, body[:place], body[place] ^ mask, body[place + 1 :])


def _flipped(difference: int, length: int) -> tuple[int, int] | None:
    """The byte and the mask of the one bit that makes the checksum differ so, if one does.

    Each turn takes back what one byte of zeros at the end does to a checksum.
    """
    table = [_checksum_of(byte) for byte in range(256)]
    single = {table[1 << bit]: 1 << bit for bit in range(8)}
    highest = {value >> 24: (byte, value) for byte, value in enumerate(table)}
    for place in range(length - 1, -1, -1):
        if difference in single:
            return place, single[difference]
        byte, value = highest[difference >> 24]
        difference = ((difference ^ value) << 8) | byte
    return None


def _checksum_of(byte: int) -> int:
    """What a byte adds to the checksum of zeros, as CRC-32 is linear."""
    return crc32(bytes((byte,))) ^ crc32(b"\0")


FORMAT = 1
"""The newest layout of a line that this program writes."""

CHECKED = len(b'{"crc":"00000000",')
"""Where in a line that begins of which its checksum is made."""

_ATTEMPTS = 1000
_START = re.compile(rb'\{"crc":"')
_HEAD = re.compile(
    rb'\{"crc":"([0-9a-f]{8})","at":"([0-9TZ:.+-]{0,40})",'
    rb'(?:"format":(\d{1,6}),"generations":\[(\d{1,40}(?:,\d{1,40}){0,63})\],)?'
    rb'"sizes":\[((?:\d{1,10}(?:,\d{1,10})*)?)\],"edits":\['
)
_EDIT = re.compile(
    rb'\{"t":("[^"\\]*(?:\\.[^"\\]*)*"),"id":(?:"(-?\d{1,60})"|null),"doc":', re.DOTALL
)
_FORMAT = re.compile(rb'\{"crc":"[^"]*",[^{]{0,100}?"format":(\d{1,6}),')

OPENING = b'{"crc":"'
"""What every line begins with, and so the file."""


class RecordEdit(NamedTuple):
    """What one change does to one record: its new JSON, or None to delete it.

    Without an id it is about the whole table: made if there is a document, else dropped.
    """

    table: str
    id: int | None
    doc: bytes | None


class JournalLine(NamedTuple):
    """One line that checks: its edits, its end, and the generations that a first line names."""

    edits: Sequence[RecordEdit]
    end: int
    generations: tuple[int, ...] = ()
    at: str = ""
    """When it was written: RFC 3339 in UTC, which sorts as text."""


@dataclass(frozen=True, slots=True)
class ScanResult:
    """What was found in a stretch of the file: good lines, and stretches that are none."""

    lines: tuple[JournalLine, ...]
    damaged: tuple[tuple[int, int], ...]
    end: int
    """Where the next line is to begin; what follows it has no line end yet."""
    mended: int = 0
    """How many of the lines had one flipped bit, which was put right."""


def to_json(value: Any) -> bytes:
    """The value as compact JSON in ASCII; ValueError for what JSON cannot say."""
    return json.dumps(value, allow_nan=False, separators=(",", ":")).encode("ascii")


def encode_line(edits: Sequence[RecordEdit], at: str, generations: Sequence[int] = ()) -> bytes:
    """The line that makes the edits, with its line end; the first of a file names generations."""
    parts = [
        b'{"t":%b,"id":%b,"doc":%b}'
        % (
            _quoted(edit.table),
            b"null" if edit.id is None else b'"%d"' % edit.id,
            b"null" if edit.doc is None else edit.doc,
        )
        for edit in edits
    ]
    first = b""
    if generations:
        first = b'"format":%d,"generations":%b,' % (FORMAT, to_json(generations))
    sizes = b",".join(b"%d" % len(part) for part in parts)
    body = b'"at":"%b",%b"sizes":[%b],"edits":[%b]}' % (
        at.encode("ascii"),
        first,
        sizes,
        b",".join(parts),
    )
    return b'{"crc":"%08x",%b\n' % (crc32(body), body)


def decode_line(data: bytes, start: int, stop: int) -> JournalLine | None:
    """The line that begins there, if it is whole before the stop and its checksum agrees."""
    head = _HEAD.match(data, start)
    if head is None:
        return None
    crc, written, _, earlier, lengths = head.groups()
    at = head.end()
    sizes = [int(size) for size in lengths.split(b",")] if lengths else []
    end = at + sum(sizes) + max(0, len(sizes) - 1) + 2
    if end > stop or crc32(data[start + CHECKED : end]) != int(crc, 16):
        return None
    edits = []
    for size in sizes:
        match = _EDIT.match(data, at)
        if match is None:
            return None
        table, number = match.groups()
        doc = data[match.end() : at + size - 1]
        edits.append(
            RecordEdit(
                _unquoted(table),
                None if number is None else int(number),
                None if doc == b"null" else doc,
            )
        )
        at += size + 1
    generations = tuple(map(int, earlier.split(b","))) if earlier else ()
    return JournalLine(edits, end, generations, written.decode("ascii"))


def scan_lines(data: bytes, start: int = 0) -> ScanResult:
    """The lines from there on; what is no line costs at most itself."""
    lines: list[JournalLine] = []
    damaged: list[tuple[int, int]] = []
    repaired = 0
    at = start
    while (stop := data.find(b"\n", at)) >= 0:
        line = decode_line(data, at, stop)
        if line is not None and line.end == stop:
            lines.append(line)
        elif (line := _repaired(data, at, stop)) is not None:
            lines.append(line)
            repaired += 1
            stop = line.end
        else:
            _salvage(data, at, stop, lines, damaged)
        at = stop + 1
    last = decode_line(data, at, len(data))
    if last is not None:
        lines.append(last)
        at = last.end
    return ScanResult(tuple(lines), tuple(damaged), at, repaired)


def all_lines_valid(data: bytes) -> bool:
    """Whether there is a line in it, and each checks; told faster than what they say."""
    at, view = 0, memoryview(data)
    while at < len(data):
        stop = data.find(b"\n", at)
        stop = len(data) if stop < 0 else stop
        head = OPENING + b'%08x",' % crc32(view[at + len(OPENING) + 10 : stop])
        if not data.startswith(head + b'"at":"', at):
            return False
        at = stop + 1
    return bool(data)


def format_version(data: bytes) -> int:
    """The format that the first line names, even if its layout is not known here; else 0."""
    match = _FORMAT.match(data.removeprefix(b"\xef\xbb\xbf"))
    return int(match[1]) if match else 0


def _repaired(data: bytes, start: int, stop: int) -> JournalLine | None:
    """The line there with its one flipped bit put right; the bit may have made a line end."""
    following = data.find(b"\n", stop + 1)
    for end in (stop, following):
        right = repair_flipped_bit(data[start:end]) if 0 <= end - start <= LONGEST else None
        line = decode_line(right, 0, len(right)) if right is not None else None
        if line is not None and right is not None and line.end == len(right):
            return line._replace(end=end)
    return None


def _salvage(
    data: bytes, start: int, stop: int, lines: list[JournalLine], damaged: list[tuple[int, int]]
) -> None:
    """Take the whole lines out of a stretch that is not exactly one; the rest is damage."""
    at = start
    for begin in _beginnings(data, start, stop):
        if begin < at:
            continue
        line = decode_line(data, begin, stop)
        if line is not None:
            lines.append(line)
            _note(data, at, begin, damaged)
            at = line.end
    _note(data, at, stop, damaged)


def _beginnings(data: bytes, start: int, stop: int) -> Iterator[int]:
    """Where a line may begin; a bounded number, so that no file can make this slow."""
    for number, match in enumerate(_START.finditer(data, start, stop)):
        if number == _ATTEMPTS:
            return
        yield match.start()


def _note(data: bytes, start: int, stop: int, damaged: list[tuple[int, int]]) -> None:
    if data[start:stop].strip(b"\r\n\t \xef\xbb\xbf"):
        damaged.append((start, stop))


@lru_cache(maxsize=64)
def _quoted(table: str) -> bytes:
    return to_json(table)


@lru_cache(maxsize=64)
def _unquoted(table: bytes) -> str:
    return str(json.loads(table))
