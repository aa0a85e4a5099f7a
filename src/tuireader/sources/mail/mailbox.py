"""Reads mail files: letters (`.eml`, `.emlx`) and mailboxes (`.mbox`), each letter an article.

The attachments of a letter that can be read are articles beside it.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from tuireader.domain.article import Article
from tuireader.domain.article_list import ListEntry
from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.sources.embedded import is_readable, read_embedded
from tuireader.sources.feeds.dates import DayParser
from tuireader.sources.files import NOT_READ_YET
from tuireader.sources.mail.letter import (
    LARGEST_LETTER,
    Letter,
    letter_article,
    parse_letter,
    sender_of,
)
from tuireader.sources.mail.mime import LARGEST_HEADERS, parse_message
from tuireader.sources.parsed_files import ParsedFiles
from tuireader.sources.plaintext.title import name_of

MOST_LETTERS = 200_000
LARGEST_MAILBOX = 4_000_000_000
"""The largest mailbox that is read, in bytes."""
LETTER = "letter"
"""The id of the letter in a file of one letter."""
_PIECE = 1 << 20
_LINE = 1_000
_START = re.compile(rb"From [^\r\n]{0,200}\r?\n")
_QUOTED_START = re.compile(rb"^>(>{0,100}From )", re.MULTILINE)
_BYTE_COUNT = re.compile(rb"\s{0,20}(\d{1,9})\s{0,20}\n")
_MESSAGE_ID = re.compile(rb"^Message-ID:\s{0,5}(<[^>\r\n]{1,500}>)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a letter is in a file: the offsets of its first byte and of the byte behind it."""

    start: int
    end: int


def letter_ids(stream: BinaryIO, path: str) -> Iterator[str]:
    """Yield the ids of a file's letters and of their attachments that can be read, in order.

    Args:
        stream: The open file: one letter or a mailbox.
        path: Its path.

    Raises SourceError if the file is too large or cannot be read.
    """
    for name in _PLACES.of(stream, path):
        yield name
        try:
            letter = _letter(stream, path, name)
        except SourceError:
            continue
        for number, part in enumerate(letter.attachments, 1):
            if is_readable(part.filename, part.kind):
                yield f"{name}/{number}"


def read_letter(stream: BinaryIO, path: str, name: str, *, whole: bool = False) -> Article:
    """Return the article of a letter, or of an attachment (`id/number`), by its id.

    Args:
        stream: The open file.
        path: Its path.
        name: The id, as `letter_ids` yields it; attachments are numbered from 1.
        whole: Whether all of a newsletter is shown, with what is around the article.

    Raises SourceNotFoundError for an unknown id, SourceError if it cannot be read.
    """
    location = f"{path}#{name}"
    first, _, number = name.partition("/")
    letter = _letter(stream, path, first)
    if not number:
        return letter_article(letter, location, whole=whole)
    if not number.isdecimal() or not 0 < int(number[:9]) <= len(letter.attachments):
        raise SourceNotFoundError(location, "no such attachment")
    part = letter.attachments[int(number) - 1]
    if not is_readable(part.filename, part.kind):
        raise SourceError(location, NOT_READ_YET)
    if part.kind == "message/rfc822":
        inner = parse_letter(part.content(), location)
        return letter_article(inner, location)
    found = read_embedded(part.content(), part.filename, location, kind=part.kind)
    date = found.date or DayParser().parse(letter.date)
    return replace(found, outlet=found.outlet or letter.sender, date=date)


def describe_letter(stream: BinaryIO, path: str, name: str) -> ListEntry:
    """Return the list entry of a letter or attachment; of a letter, only headers are read.

    The arguments and errors are those of `read_letter`.
    """
    if "/" in name:
        article = read_letter(stream, path, name)
        title, outlet, date = article.title, article.outlet, article.date
    else:
        message = parse_message(_bytes(stream, path, name, LARGEST_HEADERS))
        title = message.header("Subject") or name_of(path)
        outlet, date = sender_of(message), DayParser().parse(message.header("Date"))
    return ListEntry(location=f"{path}#{name}", title=title, outlet=outlet, date=date)


def _letter(stream: BinaryIO, path: str, name: str) -> Letter:
    """Return the letter with an id.

    Raises SourceNotFoundError if there is none, SourceError if it cannot be read.
    """
    return parse_letter(_bytes(stream, path, name, LARGEST_LETTER + 1), f"{path}#{name}")


def _bytes(stream: BinaryIO, path: str, name: str, most: int) -> bytes:
    """Return the first `most` bytes of a letter, without what a mailbox has added.

    Raises SourceNotFoundError for an unknown id.
    """
    place = _PLACES.of(stream, path).get(name)
    if place is None:
        raise SourceNotFoundError(f"{path}#{name}", "no such letter")
    stream.seek(place.start)
    data = stream.read(min(most, place.end - place.start))
    if name == LETTER:
        return data
    return _QUOTED_START.sub(rb"\1", data)


def _places(stream: BinaryIO, path: str) -> dict[str, _Place]:
    """Return where the letters of a file are, by their ids, in order.

    A file that is not a mailbox is one letter, with the id LETTER. `path` is the file's path.
    """
    stream.seek(0)
    first = stream.read(_LINE)
    if not _START.match(first):
        count = _BYTE_COUNT.match(first)
        start = count.end() if count and path.lower().endswith(".emlx") else 0
        size = int(count[1]) if count and start else _size(stream)
        return {LETTER: _Place(start, start + size)}
    found: dict[str, _Place] = {}
    seen = Counter[str]()
    starts = list(_starts(stream, path))
    ends = [*(at for at, _ in starts[1:]), _size(stream)]
    for (begin, head), end in zip(starts, ends, strict=True):
        line_end = head.find(b"\n") + 1
        stated = _MESSAGE_ID.search(head)
        seed = stated[1] if stated else head[line_end:]
        base = hashlib.sha256(seed).hexdigest()[:12]
        seen[base] += 1
        name = base if seen[base] == 1 else f"{base}-{seen[base]}"
        found[name] = _Place(begin + line_end, end)
    return found


def _starts(stream: BinaryIO, path: str) -> Iterator[tuple[int, bytes]]:
    """Yield the offset of each letter's "From " line in a mailbox, and the letter's first bytes.

    The line is at the start or behind a blank line, and a header follows it. Raises SourceError,
    which names `path`, if there are too many letters.
    """
    offset, blank, count = 0, True, 0
    stream.seek(0)
    while line := stream.readline(_PIECE):
        if blank and line.startswith(b"From ") and _START.match(line):
            at = stream.tell()
            head = line + stream.read(2 * _LINE)
            stream.seek(at)
            if re.match(rb"[!-9;-~]{1,80}:", head[len(line) :]):
                count += 1
                if count > MOST_LETTERS or offset > LARGEST_MAILBOX:
                    raise SourceError(path, f"it has more than {MOST_LETTERS:,} letters")
                yield offset, head
        blank = not line.strip()
        offset += len(line)


def _size(stream: BinaryIO) -> int:
    """Return the size of a stream in bytes; its position is then at its end."""
    return stream.seek(0, 2)


_PLACES: ParsedFiles[dict[str, _Place]] = ParsedFiles(_places)
