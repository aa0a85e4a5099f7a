"""Reads PDF files: the text of their pages as an article, and their metadata."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from tuireader.domain.article import Article
from tuireader.domain.article_list import ListEntry
from tuireader.domain.blocks import BlockKind
from tuireader.domain.errors import SourceError
from tuireader.sources.pdf.paragraphs import pdf_blocks
from tuireader.sources.pdf.running_lines import Page, PdfLine
from tuireader.sources.plaintext.headings import TextBuilder
from tuireader.sources.plaintext.reader import Pause
from tuireader.sources.plaintext.title import title_of
from tuireader.text.language import language_of
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

MOST_PAGES = 20_000
_DESCRIBED_PAGES = 2
_PASSWORD, _SECURITY = 4, 5
_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
_BOLD = 600
_HYPHENS = "\ufffe\x02\xad"
_NO_TITLE = re.compile(r"untitled|.*\.(?:docx?|pdf|tex|indd|qxd|rtf|odt)", re.IGNORECASE)


def read_pdf(stream: BinaryIO, location: str, pause: Pause) -> Article:
    """Read the article of a PDF file; `pause` is called after each page and may raise to cancel.

    Raises SourceError if the file is damaged, encrypted, or has no text.
    """
    with _Document(stream, location) as document:
        pages = []
        for page in document.pages():
            pages.append(page)
            pause()
        text_builder = _build(pages)
        text = text_builder.text()
        if not text:
            raise SourceError(location, "it has no text, only images of pages")
        return Article(
            location=location,
            text=text,
            blocks=text_builder.blocks(),
            title=document.title or _title(text_builder, location),
            date=document.date,
            author=document.author,
            language=language_of(text),
        )


def describe_pdf(stream: BinaryIO, location: str) -> ListEntry:
    """Return a PDF's list entry, from its metadata and its first pages."""
    with _Document(stream, location) as document:
        title = document.title
        if not title:
            pages = [
                page for _, page in zip(range(_DESCRIBED_PAGES), document.pages(), strict=False)
            ]
            title = _title(_build(pages), location)
        return ListEntry(location=location, title=title, date=document.date)


def _build(pages: list[Page]) -> TextBuilder:
    """Build the text of the pages; consecutive list items are separated by one newline."""
    text_builder = TextBuilder()
    for piece in pdf_blocks(pages):
        tight = piece.kind is BlockKind.LIST_ITEM and text_builder.last_kind() is piece.kind
        text_builder.add(piece._replace(tight=tight))
    return text_builder


def _title(text_builder: TextBuilder, location: str) -> str:
    """Return the largest of the first headings, else the title that a plain text would get."""
    headings = [piece for piece in text_builder.first if piece.kind is BlockKind.HEADING]
    if headings:
        return sanitize_line(min(headings, key=lambda piece: piece.level).text)
    return title_of("", text_builder.first, location)


class _Document:
    """An open PDF document, used as a context manager."""

    def __init__(self, stream: BinaryIO, location: str) -> None:
        from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415 - an extra, and 35 ms

        try:
            self._pdf: PdfDocument = PdfDocument(stream.read())
        except PdfiumError as error:
            raise SourceError(location, _reason_of(error)) from error
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
        """The author in the metadata."""
        return sanitize_line(self._metadata.get("Author", ""))

    @property
    def date(self) -> dt.date | None:
        """The creation date in the metadata; None if there is none."""
        found = _DATE.match(self._metadata.get("CreationDate", ""))
        if not found:
            return None
        try:
            return dt.date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
        except ValueError:
            return None

    def pages(self) -> Iterator[Page]:
        """Return the lines of each page, with one page in memory at a time."""
        from pypdfium2 import PdfiumError  # noqa: PLC0415 - an extra, and 35 ms

        for number in range(len(self._pdf)):
            try:
                page = self._pdf[number]
            except PdfiumError:
                continue  # skip a damaged page
            text = page.get_textpage()
            yield tuple(_lines(text))
            text.close()
            page.close()


def _reason_of(error: Any) -> str:
    """Return why a PDF cannot be opened, as a clause."""
    if error.err_code == _PASSWORD:
        return "it is protected by a password"
    if error.err_code == _SECURITY:
        return "it is protected in an unsupported way"
    return "it is damaged, or not a PDF"


def _lines(page: "PdfTextPage") -> Iterator[PdfLine]:
    """Return the lines of a page; a line whose last word is hyphenated is marked as such."""
    from pypdfium2 import raw  # noqa: PLC0415 - an extra, and 35 ms

    chars: list[str] = []
    places: list[int] = []
    for number in range(page.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(page, number))
        ends = char in "\r\n"
        if not ends and char not in _HYPHENS:
            chars.append(char)
            places.append(number)
            continue
        if line := _line(page, chars, places, hyphen=char in _HYPHENS):
            yield line
        chars, places = [], []
    if line := _line(page, chars, places, hyphen=False):
        yield line


def _line(
    page: "PdfTextPage", chars: list[str], places: list[int], *, hyphen: bool
) -> PdfLine | None:
    """Return the line of some characters, with position and font; None if it is blank."""
    text = sanitize_line("".join(chars))
    inked = [place for char, place in zip(chars, places, strict=True) if not char.isspace()]
    if not text or not inked:
        return None
    from pypdfium2 import raw  # noqa: PLC0415 - an extra, and 35 ms

    first, last = page.get_charbox(inked[0], loose=True), page.get_charbox(inked[-1], loose=True)
    middle = page.get_charbox(inked[len(inked) // 2], loose=True)
    if not hyphen and len(text) > 2 and text[-1] in "-\u2010" and text[-2].isalpha():
        text, hyphen = text[:-1], True
    return PdfLine(
        text=text,
        left=first[0],
        right=last[2],
        base=first[1],
        size=middle[3] - middle[1],
        bold=raw.FPDFText_GetFontWeight(page, inked[len(inked) // 2]) >= _BOLD,
        hyphen=hyphen,
    )
