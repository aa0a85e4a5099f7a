"""Container files, which hold several articles: books, feeds, collections and web archives."""

from collections.abc import Iterator
from typing import BinaryIO, assert_never

from tuireader.domain.article import Article
from tuireader.domain.article_list import ListEntry
from tuireader.domain.errors import SourceError
from tuireader.sources import jsonl
from tuireader.sources.extras import missing_extra
from tuireader.sources.filetype import FileType
from tuireader.sources.plaintext.title import name_of


def member_ids(stream: BinaryIO, path: str, kind: FileType) -> Iterator[str]:
    """Return the ids of a container file's articles in order; raise SourceError if it has none."""
    match kind:
        case FileType.BOOK:
            from tuireader.sources.epub import book  # noqa: PLC0415 - only for books

            yield from book.read_book(stream, path).ids
        case FileType.WEB_ARCHIVE:
            from tuireader.sources import warc  # noqa: PLC0415 - only for web archives

            with missing_extra("warc", path):
                yield from warc.archive_page_ids(stream, path)
        case FileType.FEED:
            from tuireader.sources.feeds import files as feeds  # noqa: PLC0415 - only for feeds

            yield from feeds.feed_ids(stream, path)
        case FileType.COLLECTION:
            yield from jsonl.record_ids(stream, path)
        case (
            FileType.TEXT
            | FileType.MARKDOWN
            | FileType.PDF
            | FileType.PAGE
            | FileType.SUBSCRIPTIONS
        ):
            raise SourceError(path, f"a file of type {kind} holds a single article")
        case _:
            assert_never(kind)


def read_member(stream: BinaryIO, path: str, kind: FileType, name: str) -> Article:
    """Read one article of a container file by its id.

    Raises SourceNotFoundError if there is no such article, SourceError if it cannot be read.
    """
    match kind:
        case FileType.BOOK:
            from tuireader.sources.epub import book  # noqa: PLC0415 - only for books

            return book.read_chapter(stream, path, name)
        case FileType.WEB_ARCHIVE:
            from tuireader.sources import warc  # noqa: PLC0415 - only for web archives

            with missing_extra("warc", path):
                return warc.read_archive_page(stream, path, name)
        case FileType.FEED:
            from tuireader.sources.feeds import files as feeds  # noqa: PLC0415 - only for feeds

            return feeds.read_entry(stream, path, name)
        case FileType.COLLECTION:
            return jsonl.article_from_record(jsonl.find_record(stream, path, name), path)
        case (
            FileType.TEXT
            | FileType.MARKDOWN
            | FileType.PDF
            | FileType.PAGE
            | FileType.SUBSCRIPTIONS
        ):
            raise SourceError(path, f"a file of type {kind} holds a single article")
        case _:
            assert_never(kind)


def describe_member(stream: BinaryIO, path: str, kind: FileType, name: str) -> ListEntry:
    """Return the list entry of one article of a container file, by its id.

    Raises SourceNotFoundError if there is no such article, SourceError if it cannot be read.
    """
    if kind is FileType.BOOK:
        from tuireader.sources.epub import book  # noqa: PLC0415 - only for books

        return book.describe_chapter(stream, path, name)
    if kind is FileType.FEED:
        from tuireader.sources.feeds import files as feeds  # noqa: PLC0415 - only for feeds

        return feeds.describe_entry(stream, path, name)
    article = read_member(stream, path, kind, name)
    outlet = article.outlet or name_of(path)
    location = article.location
    return ListEntry(location=location, title=article.title, outlet=outlet, date=article.date)
