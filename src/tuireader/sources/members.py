"""Files that hold several articles: which there are, each one's article and line in a list."""

from collections.abc import Iterator
from typing import BinaryIO

from tuireader.domain.article import Article
from tuireader.domain.shelf import Entry
from tuireader.sources import collection
from tuireader.sources.extras import needed
from tuireader.sources.kinds import Kind
from tuireader.sources.text import name_of


def members(stream: BinaryIO, path: str, kind: Kind) -> Iterator[str]:
    """The ids of a file's articles in order; raises SourceError if there is none."""
    match kind:
        case Kind.BOOK:
            from tuireader.sources import epub  # noqa: PLC0415 - only for books

            yield from epub.read_book(stream, path).ids
        case Kind.WEB_ARCHIVE:
            from tuireader.sources import pages  # noqa: PLC0415 - only for web archives

            with needed("warc", path):
                yield from pages.ids(stream, path)
        case Kind.FEED:
            from tuireader.sources import feeds  # noqa: PLC0415 - only for feeds

            yield from feeds.feed_ids(stream, path)
        case _:
            yield from collection.ids(stream, path)


def read_member(stream: BinaryIO, path: str, kind: Kind, name: str) -> Article:
    """One article of a file; raises SourceNotFoundError or SourceError."""
    match kind:
        case Kind.BOOK:
            from tuireader.sources import epub  # noqa: PLC0415 - only for books

            return epub.read_chapter(stream, path, name)
        case Kind.WEB_ARCHIVE:
            from tuireader.sources import pages  # noqa: PLC0415 - only for web archives

            with needed("warc", path):
                return pages.read_page(stream, path, name)
        case Kind.FEED:
            from tuireader.sources import feeds  # noqa: PLC0415 - only for feeds

            return feeds.read_entry(stream, path, name)
        case _:
            return collection.article_of(collection.find(stream, path, name), path)


def describe_member(stream: BinaryIO, path: str, kind: Kind, name: str) -> Entry:
    """One article's line in a list; errors as above."""
    if kind is Kind.BOOK:
        from tuireader.sources import epub  # noqa: PLC0415 - only for books

        return epub.describe_chapter(stream, path, name)
    if kind is Kind.FEED:
        from tuireader.sources import feeds  # noqa: PLC0415 - only for feeds

        return feeds.describe_entry(stream, path, name)
    article = read_member(stream, path, kind, name)
    outlet = article.outlet or name_of(path)
    location = article.location
    return Entry(location=location, title=article.title, outlet=outlet, date=article.date)
