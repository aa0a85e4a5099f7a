"""Reads files of one article each, by their type."""

from typing import BinaryIO

from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError, missing_extra
from tuireader.sources.files import NOT_READ_YET
from tuireader.sources.filetype import FileType
from tuireader.sources.html.selectors import Sites
from tuireader.sources.plaintext.reader import Pause, no_pause, read_text
from tuireader.sources.reading_options import DETECTED, ReadingOptions

SINGLE = frozenset(
    {
        FileType.TEXT,
        FileType.MARKDOWN,
        FileType.PAGE,
        FileType.SAVED_PAGE,
        FileType.PDF,
        FileType.TRANSCRIPT,
        FileType.DOCUMENT,
    }
)
"""The file types that hold one article, which `read_single` reads."""


def read_single(
    file: BinaryIO,
    location: str,
    kind: FileType,
    pause: Pause = no_pause,
    sites: Sites = (),
    *,
    options: ReadingOptions = DETECTED,
) -> Article:
    """Read the article of a file.

    Args:
        file: The open file.
        location: The location of the article.
        kind: The file's type, one of SINGLE.
        pause: Called between chunks; it may raise an exception to cancel.
        sites: The sites for which the settings say where on a page the article is.
        options: The encoding and the password that the reader chose.

    Raises SourceError if it cannot be read.
    """
    if kind is FileType.PDF:
        from tuireader.sources.pdf.document import read_pdf  # noqa: PLC0415 - only for PDF files

        with missing_extra("pdf", location):
            return read_pdf(file, location, pause, password=options.password)
    if kind in {FileType.PAGE, FileType.SAVED_PAGE}:
        from tuireader.sources.saved_pages import page  # noqa: PLC0415 - only for pages

        if kind is FileType.PAGE:
            return page.read_saved_html(file, location, sites=sites, charset=options.encoding)
        return page.read_saved_page(file, location, sites=sites)
    return _read_text_kind(file, location, kind, pause, options.encoding)


def _read_text_kind(
    file: BinaryIO, location: str, kind: FileType, pause: Pause, encoding: str
) -> Article:
    """Return the article of a text, a Markdown file, a document or a transcript.

    `encoding` is the one that the reader chose; empty to detect it. Raises SourceError if it cannot
    be read.
    """
    if kind is FileType.TEXT:
        return read_text(file, location, pause, encoding)
    if kind is FileType.MARKDOWN:
        from tuireader.sources.markdown.reader import read_markdown  # noqa: PLC0415 - only for Markdown

        return read_markdown(file, location, pause, encoding)
    if kind is FileType.DOCUMENT:
        from tuireader.sources.documents.document import read_document  # noqa: PLC0415 - only for these

        return read_document(file, location, encoding)
    if kind is FileType.TRANSCRIPT:
        from tuireader.sources.transcripts.reader import read_transcript  # noqa: PLC0415 - only for these

        return read_transcript(file, location)
    raise SourceError(location, NOT_READ_YET)
