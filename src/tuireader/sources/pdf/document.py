"""Reads PDF files: the text of their pages as an article, and their metadata."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, BinaryIO, Self

from tuireader.domain.article import Article, Link, NamedPlace, Passage
from tuireader.domain.article_list import ListEntry
from tuireader.domain.blocks import BlockKind
from tuireader.domain.errors import SourceError, WrongPasswordError
from tuireader.sources.pdf.page_lines import page_lines
from tuireader.sources.pdf.paragraphs import pdf_blocks
from tuireader.sources.pdf.running_lines import Page, PdfLine, without_running_lines
from tuireader.sources.plaintext.headings import TextBuilder
from tuireader.sources.plaintext.reader import Pause
from tuireader.sources.plaintext.title import title_of
from tuireader.text.language import language_of
from tuireader.text.messages import counted
from tuireader.text.sanitize import sanitize_line

MOST_PAGES = 20_000
_DESCRIBED_PAGES = 2
_PASSWORD, _SECURITY = 4, 5
_NO_TITLE = re.compile(r"untitled|.*\.(?:docx?|pdf|tex|indd|qxd|rtf|odt)", re.IGNORECASE)


def read_pdf(
    stream: BinaryIO, location: str, pause: Pause, *, password: str = "", whole: bool = False
) -> Article:
    """Read the article of a PDF file.

    Args:
        stream: The file.
        location: The path that errors name.
        pause: Called after each page; it may raise an exception to cancel.
        password: What the file is protected by; empty if nothing.
        whole: Whether running headers, footers and page numbers are kept.

    Raises SourceError if the file is damaged, needs another password, or has no text.
    """
    with PdfFile(stream, location, password) as document:
        pages = []
        for page in document.pages():
            pages.append(page)
            pause()
        stated = document.stated_labels(len(pages))
        built = _build(pages, stated, whole=whole)
        text = built.text_builder.text()
        if not text:
            raise SourceError(location, "it has no text, only images of pages")
        starts = built.starts.items()
        return Article(
            location=location,
            text=text,
            blocks=built.text_builder.blocks(),
            title=document.title or _title(built.text_builder, location),
            author=document.author,
            language=language_of(text),
            links=tuple(built.links),
            places=tuple(NamedPlace(page_place(number), offset) for number, offset in starts),
            pages=tuple(NamedPlace(stated[number] or str(number + 1), at) for number, at in starts),
            notices=_left_out_notice(built.left_out),
        )


def _left_out_notice(count: int) -> tuple[str, ...]:
    """Return what the reader is told about `count` running lines that were left out.

    Nothing for 0.
    """
    if not count:
        return ()
    lines = counted(count, "line")
    return (f"Page headers, footers and numbers are left out ({lines}). P shows them.",)


def describe_pdf(stream: BinaryIO, location: str) -> ListEntry:
    """Return a PDF's list entry, from its metadata and its first pages.

    Raises SourceError if it is damaged or needs a password.
    """
    with PdfFile(stream, location) as document:
        title = document.title
        if not title:
            pages = [
                page for _, page in zip(range(_DESCRIBED_PAGES), document.pages(), strict=False)
            ]
            title = _title(_build(pages).text_builder, location)
        return ListEntry(location=location, title=title)


def page_place(number: int) -> str:
    """Return the name of the place where a page begins ("page-1"), by its number from 0."""
    return f"page-{number + 1}"


@dataclass(slots=True)
class _BuiltText:
    """The text of some pages, with its links.

    `left_out` counts the running lines that are not in the text.
    """

    text_builder: TextBuilder = field(default_factory=TextBuilder)
    links: list[Link] = field(default_factory=list)
    starts: dict[int, int] = field(default_factory=dict)
    """The offset at which each page begins, by its number from 0."""
    left_out: int = 0


def _build(pages: list[Page], labels: Sequence[str] = (), *, whole: bool = False) -> _BuiltText:
    """Return the text of pages, with consecutive list items separated by one newline.

    Args:
        pages: The lines of each page.
        labels: The pages' numbers as printed; empty where none is stated.
        whole: Whether running headers, footers and page numbers are kept.
    """
    built = _BuiltText()
    kept = pages if whole else without_running_lines(pages, labels)
    built.left_out = sum(map(len, pages)) - sum(map(len, kept))
    for piece, lines in pdf_blocks(kept):
        tight = piece.kind is BlockKind.LIST_ITEM and (built.text_builder.last_kind() is piece.kind)
        built.text_builder.add(piece._replace(tight=tight))
        start = built.text_builder.length - len(piece.text)
        for line, offset in lines:
            built.starts.setdefault(line.page, start + offset)
            built.links += _links(line, start + offset, built.text_builder.length)
    built.starts = dict(sorted(built.starts.items(), key=itemgetter(1)))
    return built


def _links(line: PdfLine, offset: int, end: int) -> Iterator[Link]:
    """Yield the links of a line.

    `offset` is the line's offset in the text; `end` is the end of its block, at which links are
    cut.
    """
    for link in line.links:
        passage = Passage(min(offset + link.start, end), min(offset + link.end, end))
        if len(passage):
            place = "" if link.page < 0 else page_place(link.page)
            yield Link(passage, link.target, place)


def _title(text_builder: TextBuilder, location: str) -> str:
    """Return the largest of the first headings; without one, a plain text's title.

    `location` names an empty text.
    """
    headings = [piece for piece in text_builder.first if piece.kind is BlockKind.HEADING]
    if headings:
        return sanitize_line(min(headings, key=lambda piece: piece.level).text)
    return title_of("", text_builder.first, location)


class PdfFile:
    """An open PDF document, used as a context manager."""

    def __init__(self, stream: BinaryIO, location: str, password: str = "") -> None:
        """Open a file; raise SourceError if it is damaged, too long, or needs another password."""
        from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415 - an extra, and 35 ms

        try:
            self._pdf: PdfDocument = PdfDocument(stream.read(), password=password or None)
        except PdfiumError as error:
            raise _error_of(error, location, password) from error
        self._metadata: dict[str, str] = self._pdf.get_metadata_dict()
        if len(self._pdf) > MOST_PAGES:
            self._pdf.close()
            raise SourceError(location, f"it has more than {MOST_PAGES} pages")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()

    @property
    def title(self) -> str:
        """The title in the metadata; empty if it is only a file name."""
        title = sanitize_line(self._metadata.get("Title", ""))
        return "" if _NO_TITLE.fullmatch(title.rpartition(" - ")[2]) else title

    @property
    def author(self) -> str:
        """The author in the metadata; empty if none is stated."""
        return sanitize_line(self._metadata.get("Author", ""))

    def stated_labels(self, count: int) -> list[str]:
        """Return the numbers of the first `count` pages as printed.

        "" for a page whose number is not stated.
        """
        return [sanitize_line(self._pdf.get_page_label(number) or "") for number in range(count)]

    def pages(self) -> Iterator[Page]:
        """Yield the lines of each page; none for a damaged one or one without text.

        One page is in memory at a time.
        """
        from pypdfium2 import PdfiumError  # noqa: PLC0415 - an extra, and 35 ms

        for number in range(len(self._pdf)):
            try:
                page = self._pdf[number]
                text = page.get_textpage()
            except PdfiumError:
                yield ()  # a damaged page
                continue
            yield page_lines(self._pdf, page, text, number)
            text.close()
            page.close()


def _error_of(error: Any, location: str, password: str) -> SourceError:
    """Return the error for a PDF that cannot be opened.

    `error` is the library's; `password` is what was tried, empty for none.
    """
    if error.err_code == _PASSWORD:
        return WrongPasswordError(location, given=bool(password))
    if error.err_code == _SECURITY:
        return SourceError(location, "it is protected in an unsupported way")
    return SourceError(location, "it is damaged, or not a PDF")
