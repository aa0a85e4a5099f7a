"""The format of the journal: one line is one transaction, with a checksum.

A line is a JSON object in ASCII whose keys have a fixed order, so that `jq` can read it, and this
module can take it apart without decoding the records::

    {"crc":"94e43892","at":"2026-11-23T10:00:00.000000Z","sizes":[57],"edits":[
     {"t":"bookmarks","id":"2133…","doc":{…}}]}

`crc` is the CRC-32 of everything that follows it, `sizes` the length of each edit in bytes. A `doc`
of null deletes a record; an `id` of null creates or deletes a whole table. The first line of a file
also names its format and its generations: the ids of the compactions that it results from, newest
first.

One flipped bit in a line is found from its checksum and corrected. The CRC-32 of a line with one
wrong bit differs from the right one by a value that depends only on the bit's distance from the end
of the line, and in lines up to `LONGEST` no two bits give the same value (Koopman, "32-Bit Cyclic
Redundancy Codes for Internet Applications", 2002).
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from zlib import crc32

LONGEST = 64 * 1024
"""The longest line in which a flipped bit is corrected, in bytes; this limits the time it takes."""

_OPENING = b'{"crc":"'
_CRC = slice(len(_OPENING), len(_OPENING) + 8)
_CLOSING = b'",'
_CHECKED = _CRC.stop + len(_CLOSING)


def repair_flipped_bit(line: bytes) -> bytes | None:
    """Return a line with one bit flipped so that its checksum is valid; None if no bit does that.

    The line is given and returned without its newline.
    """
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
    bit = _locate_flipped_bit(crc32(body) ^ stored, len(body))
    if bit is None:
        return None
    place, mask = bit
    return b"%b%b%c%b" % (head, body[:place], body[place] ^ mask, body[place + 1 :])


def _locate_flipped_bit(difference: int, length: int) -> tuple[int, int] | None:
    """Return the byte and bit mask that cause a difference of checksums; None if no bit does.

    `length` is how many bytes the checksum covers. Each iteration reverses the effect of one zero
    byte at the end on a checksum.
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
    """Return what a byte adds to the checksum of zeros; CRC-32 is linear."""
    return crc32(bytes((byte,))) ^ crc32(b"\0")


FORMAT = 1
"""The newest version of the format, which this program writes."""

CHECKED = len(b'{"crc":"00000000",')
"""The position in a line after its checksum, from which on the checksum is computed."""

_MAX_LINE_STARTS = 1000
"""How many possible line starts are tried in a damaged stretch, so that no file makes this slow."""
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
"""What every line, and therefore every journal, begins with."""


class RecordEdit(NamedTuple):
    """One change of one record: its new JSON, or None to delete it.

    Without an id it is about the whole table: create it if there is a document, else delete it.
    """

    table: str
    id: int | None
    doc: bytes | None


class JournalLine(NamedTuple):
    """A valid line of a journal: its edits and its time.

    `end` is the offset after it, without the newline. `generations` are the ids of this file and of
    those that it was compacted from, newest first; only the first line of a file names them.
    """

    edits: Sequence[RecordEdit]
    end: int
    generations: tuple[int, ...] = ()
    at: str = ""
    """When it was written, as a time stamp."""


@dataclass(frozen=True, slots=True)
class ScanResult:
    """The valid lines in a part of a journal, and its damaged stretches as start and end."""

    lines: tuple[JournalLine, ...]
    damaged: tuple[tuple[int, int], ...]
    end: int
    """Where the next line begins; bytes after this have no newline yet."""
    mended: int = 0
    """The number of lines in which a flipped bit was corrected."""


def to_json(value: Any) -> bytes:
    """Return a value as compact JSON in ASCII.

    Raises ValueError for a value that JSON cannot represent.
    """
    return json.dumps(value, allow_nan=False, separators=(",", ":")).encode("ascii")


def encode_line(edits: Sequence[RecordEdit], at: str, generations: Sequence[int] = ()) -> bytes:
    """Return the line of a transaction with these edits, with its newline.

    `at` is its time stamp. `generations` are only given for the first line of a file, which also
    names the format.
    """
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
    """Return the line at `start`; None unless it is complete before `stop` and valid.

    A line is valid if its checksum is.
    """
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
    """Find the valid lines and the damaged stretches in the data, from `start` on.

    Damage costs only the lines that it is in; a single flipped bit in a line is corrected.
    """
    lines: list[JournalLine] = []
    damaged: list[tuple[int, int]] = []
    repaired = 0
    at = start
    while (stop := data.find(b"\n", at)) >= 0:
        line = decode_line(data, at, stop)
        if line is not None and line.end == stop:
            lines.append(line)
        elif (line := _decode_repaired(data, at, stop)) is not None:
            lines.append(line)
            repaired += 1
            stop = line.end
        else:
            _salvage_lines(data, at, stop, lines, damaged)
        at = stop + 1
    last = decode_line(data, at, len(data))
    if last is not None:
        lines.append(last)
        at = last.end
    return ScanResult(tuple(lines), tuple(damaged), at, repaired)


def all_lines_valid(data: bytes) -> bool:
    """Return whether the data has lines and all their checksums are valid; False for b"".

    This is faster than decoding them.
    """
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
    """Return the format version that the first line of a file names; 0 if it names none.

    `data` is the start of the file. This works for newer formats too.
    """
    match = _FORMAT.match(data.removeprefix(b"\xef\xbb\xbf"))
    return int(match[1]) if match else 0


def _decode_repaired(data: bytes, start: int, stop: int) -> JournalLine | None:
    """Return the line at `start` after correcting a flipped bit; None if that is not possible.

    The wrong bit may have created a newline, so the next line is tried as part of this one.
    """
    following = data.find(b"\n", stop + 1)
    for end in (stop, following):
        right = repair_flipped_bit(data[start:end]) if 0 <= end - start <= LONGEST else None
        line = decode_line(right, 0, len(right)) if right is not None else None
        if line is not None and right is not None and line.end == len(right):
            return line._replace(end=end)
    return None


def _salvage_lines(
    data: bytes, start: int, stop: int, lines: list[JournalLine], damaged: list[tuple[int, int]]
) -> None:
    """Add complete lines in a stretch that is not exactly one line; the rest is damaged.

    `lines` and `damaged` are extended.
    """
    at = start
    for begin in _line_starts(data, start, stop):
        if begin < at:
            continue
        line = decode_line(data, begin, stop)
        if line is not None:
            lines.append(line)
            _note(data, at, begin, damaged)
            at = line.end
    _note(data, at, stop, damaged)


def _line_starts(data: bytes, start: int, stop: int) -> Iterator[int]:
    """Yield the positions where a line may begin, at most `_MAX_LINE_STARTS` of them."""
    for number, match in enumerate(_START.finditer(data, start, stop)):
        if number == _MAX_LINE_STARTS:
            return
        yield match.start()


def _note(data: bytes, start: int, stop: int, damaged: list[tuple[int, int]]) -> None:
    """Add a stretch to the damaged ones unless it is blank."""
    if data[start:stop].strip(b"\r\n\t \xef\xbb\xbf"):
        damaged.append((start, stop))


@lru_cache(maxsize=64)
def _quoted(table: str) -> bytes:
    """Return a table name as a JSON string."""
    return to_json(table)


@lru_cache(maxsize=64)
def _unquoted(table: bytes) -> str:
    """Return the table name in a JSON string."""
    return str(json.loads(table))
