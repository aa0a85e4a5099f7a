"""Reads plain text files as articles, whole or only the start."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import chain, islice
from typing import BinaryIO

from tuireader.domain.article import Article
from tuireader.sources.plaintext.encoding import WINDOW, Decoder, guess_notice
from tuireader.sources.plaintext.header import LINES as HEADER_LINES
from tuireader.sources.plaintext.header import Header, read_header
from tuireader.sources.plaintext.headings import (
    OPENING_PIECES,
    TextBuilder,
    classify_headings_and_captions,
)
from tuireader.sources.plaintext.paragraphs import (
    LARGEST,
    ParagraphParser,
    TextBlock,
    line_groups,
    wrap_width,
)
from tuireader.sources.plaintext.title import title_of
from tuireader.text.language import language_of
from tuireader.text.sanitize import sanitize

Pause = Callable[[], None]
"""Called between chunks of work; it may raise an exception to cancel."""

_STYLE_SIZE = 16_000
_LONG_HEAD = 1_000_000
"""Bytes of a beginning that is more than a first screen: it has all its lines."""
_HEAD_LINES = 2_500


def no_pause() -> None:
    """Do nothing; never cancel."""


class TextSource:
    """The sanitized lines of a text stream, which can be read once.

    `complete` tells, after that, whether the stream was read to its end.
    """

    def __init__(self, stream: BinaryIO, location: str, limit: int = 0, encoding: str = "") -> None:
        """Read at most `limit` bytes, rounded to whole windows; 0 means no limit.

        `encoding` is the one that the reader chose; empty to detect it.
        """
        self._stream = stream
        self._windows = max(1, limit // WINDOW) if limit else 0
        self._first = stream.read(WINDOW)
        self._decoder = Decoder(self._first, location, encoding)
        self.complete = False
        """Whether the end of the stream was reached."""

    @property
    def notices(self) -> tuple[str, ...]:
        """What the reader is told about the encoding, once the lines were read."""
        return guess_notice(self._decoder.encoding if self._decoder.guessed else "")

    def lines(self, pause: Pause) -> Iterator[str]:
        """Yield the lines in order; the last may be cut if there is a limit.

        `pause` is called between windows. An empty file gives one empty line.
        """
        rest: list[str] = []
        for text in self._cleaned(pause):
            head, *others = text.split("\n")
            rest.append(head)
            if others:
                yield "".join(rest)
                yield from others[:-1]
                rest = [others[-1]]
        yield "".join(rest)

    def _cleaned(self, pause: Pause) -> Iterator[str]:
        """Yield the sanitized text, window by window.

        `pause` is that of `lines`.
        """
        held = ""
        for decoded in self._decoded(pause):
            # A CR may be the first half of a CRLF at the border of two windows.
            text = held + decoded
            held = "\r" if text.endswith("\r") else ""
            yield sanitize(text[: len(text) - len(held)])
        yield sanitize(held)

    def _decoded(self, pause: Pause) -> Iterator[str]:
        """Yield the decoded text, window by window.

        `pause` is that of `lines`.
        """
        data, number = self._first, 1
        while True:
            following = self._stream.read(WINDOW)
            at_limit = number == self._windows
            self.complete = not following
            yield self._decoder.feed(data, final=not following)
            if not following or at_limit:
                return
            data, number = following, number + 1
            pause()


def read_text(
    stream: BinaryIO, location: str, pause: Pause = no_pause, encoding: str = ""
) -> Article:
    """Return a whole plain text as an article.

    Args:
        stream: The open file, at its start.
        location: The location of the article.
        pause: Called between chunks; it may raise an exception to cancel.
        encoding: The encoding that the reader chose; empty to detect it.

    Raises SourceError if it is not text, or there is no such encoding.
    """
    source = TextSource(stream, location, encoding=encoding)
    lines = source.lines(pause)
    header, first = _opening_lines(lines)
    parser = ParagraphParser(wrap_width(first))
    groups = map(parser.pieces, line_groups(chain(first, lines)))
    pieces = classify_headings_and_captions(chain.from_iterable(groups))
    article = _article(location, header, pieces, complete=True)
    return replace(article, notices=source.notices)


def read_text_head(stream: BinaryIO, location: str, size: int, encoding: str = "") -> Article:
    """Return about the first `size` bytes of a plain text, up to the end of a paragraph.

    The other arguments and errors are those of `read_text`. The article's text is the beginning of
    the whole one's, because each decision depends on nearby lines or on the first lines of the file
    only; its `complete` tells whether it is all.
    """
    source = TextSource(stream, location, size, encoding)
    lines = source.lines(no_pause)
    header, first = _opening_lines(lines)
    parser = ParagraphParser(wrap_width(first))
    most = _HEAD_LINES if size < _LONG_HEAD else None
    rest = [*first, *islice(lines, most)]
    rest = _without_half_word(rest, cut=not source.complete)
    groups = [parser.pieces(group) for group in line_groups(rest)]
    pieces = classify_headings_and_captions(chain.from_iterable(groups))
    if not source.complete and len(rest[-1]) < LARGEST:
        # The last group is cut, and the kind of the one before it may depend on it.
        kept = sum(map(len, groups[:-2]))
        pieces = islice(pieces, kept or None)
    article = _article(location, header, pieces, complete=source.complete)
    return replace(article, notices=source.notices)


def _without_half_word(lines: list[str], *, cut: bool) -> list[str]:
    """Return the lines; if they were `cut`, a very long last one ends with a whole word."""
    last = lines[-1]
    if not cut or len(last) < LARGEST:
        return lines
    end = last.rfind(" ", len(last) - 1_000)
    return [*lines[:-1], last[:end].rstrip() if end > 0 else last]


def _opening_lines(lines: Iterator[str]) -> tuple[Header, list[str]]:
    """Return the header, and the first lines behind it, enough to detect the wrap width.

    These lines are taken from the iterator.
    """
    first: list[str] = []
    size = 0
    for line in lines:
        first.append(line)
        size += len(line) + 1
        if size >= _STYLE_SIZE:
            break
    header, kept = read_header(first[:HEADER_LINES])
    return header, kept + first[HEADER_LINES:]


def _article(
    location: str, header: Header, pieces: Iterable[TextBlock], *, complete: bool
) -> Article:
    """Return the article of a plain text with a header and blocks.

    `complete` tells whether the blocks are the whole text.
    """
    text_builder = TextBuilder()
    for piece in pieces:
        text_builder.add(piece)
    text = text_builder.text()
    return Article(
        location=location,
        text=text,
        blocks=text_builder.blocks(),
        title=title_of(header.title, text_builder.first, location),
        date=header.date,
        outlet=header.outlet,
        author=header.author,
        language=language_of(text),
        complete=complete,
    )


def text_front(data: bytes, location: str, encoding: str = "") -> tuple[Header, str]:
    """Return the header and the title of a plain text, from its first bytes.

    `location` is the path, which gives the title of an empty text; `encoding` is the one that the
    reader chose, empty to detect it.
    """
    source = TextSource(BytesIO(data), location, encoding=encoding)
    header, first = _opening_lines(source.lines(no_pause))
    parser = ParagraphParser(wrap_width(first))
    groups = map(parser.pieces, line_groups(first))
    opening = islice(classify_headings_and_captions(chain.from_iterable(groups)), OPENING_PIECES)
    return header, title_of(header.title, opening, location)
