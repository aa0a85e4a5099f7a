"""The articles of the pages in a web archive."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import BinaryIO

from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError
from tuireader.sources import html, warc
from tuireader.sources.text import read_text
from tuireader.sources.warc import BadRecord, WebPage

_PLAIN = "text/plain"


def ids(stream: BinaryIO, path: str) -> Iterator[str]:
    """The ids of the pages in order; raises SourceError if there is none."""
    reason = "there is no page in it"
    found = False
    for page in warc.pages(stream):
        if isinstance(page, WebPage):
            found = True
            yield str(page.offset)
        else:
            reason = page.reason
    if not found:
        raise SourceError(path, reason)


def bad_records(stream: BinaryIO) -> Iterator[BadRecord]:
    """The records of an archive that cannot be read."""
    for page in warc.pages(stream):
        if isinstance(page, BadRecord):
            yield page


def read_page(stream: BinaryIO, path: str, name: str) -> Article:
    """The article of one page; raises SourceNotFoundError or SourceError."""
    location = f"{path}#{name}"
    page = warc.page_at(stream, location, name)
    if page.kind == _PLAIN:
        article = read_text(BytesIO(page.data), location)
        return replace(article, source=page.address, date=article.date or page.date)
    return html.read_page(page.data, location, address=page.address, charset=page.charset)
