"""Container files, which hold several articles: books, feeds, collections, archives and mail."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from tuireader.domain.article import Article
from tuireader.domain.article_list import ListEntry
from tuireader.domain.errors import SourceError, missing_extra
from tuireader.sources import jsonl
from tuireader.sources.filetype import FileType
from tuireader.sources.plaintext.title import name_of


@dataclass(frozen=True, slots=True)
class _Container:
    """The functions that list and read the articles of one type of container file.

    They raise SourceError if the file cannot be read.
    """

    ids: Callable[[BinaryIO, str], Iterator[str]]
    """Yields the ids of the articles in a file, by its stream and its path."""
    read: Callable[[BinaryIO, str, str], Article]
    """Reads one of them, by its id."""
    describe: Callable[[BinaryIO, str, str], ListEntry] | None = None
    """Reads the list entry of one of them; None if the article itself must be read for it."""
    extra: str = "web"
    """The optional dependencies that reading it may need."""


def member_ids(stream: BinaryIO, path: str, kind: FileType) -> Iterator[str]:
    """Return the ids of a container file's articles in the file's order.

    Args:
        stream: The open file.
        path: The file's path, which errors name.
        kind: The file's type, one of `SEVERAL`.

    Raises SourceError if the file holds no article or cannot be read, if its type is no container,
    or if an optional dependency is missing; all errors come with the first id that is taken.
    """
    container = _container_of(kind, path)
    with missing_extra(container.extra, path):
        yield from container.ids(stream, path)


def read_member(stream: BinaryIO, path: str, kind: FileType, name: str) -> Article:
    """Read one article of a container file.

    Args:
        stream: The open file.
        path: The file's path, which errors name.
        kind: The file's type, one of `SEVERAL`.
        name: The article's id, as `member_ids` returns it.

    Raises SourceNotFoundError if there is no such article, SourceError if it cannot be read.
    """
    container = _container_of(kind, path)
    with missing_extra(container.extra, path):
        return container.read(stream, path, name)


def describe_member(stream: BinaryIO, path: str, kind: FileType, name: str) -> ListEntry:
    """Return the list entry of one article of a container file.

    The arguments and errors are those of `read_member`. The whole article is read only if its type
    has no quicker method.
    """
    container = _container_of(kind, path)
    if container.describe is not None:
        with missing_extra(container.extra, path):
            return container.describe(stream, path, name)
    article = read_member(stream, path, kind, name)
    outlet = article.outlet or name_of(path)
    location = article.location
    return ListEntry(location=location, title=article.title, outlet=outlet, date=article.date)


def _container_of(kind: FileType, path: str) -> _Container:
    """Return the functions for a type of container; raise SourceError for any other type."""
    if kind not in _CONTAINERS:
        raise SourceError(path, f"a file of type {kind} holds a single article")
    return _CONTAINERS[kind]()


def _book() -> _Container:
    from tuireader.sources.epub import book  # noqa: PLC0415 - only for books

    return _Container(book.chapter_ids, book.read_chapter, book.describe_chapter)


def _web_archive() -> _Container:
    from tuireader.sources import warc  # noqa: PLC0415 - only for web archives

    return _Container(warc.archive_page_ids, warc.read_archive_page, extra="warc")


def _feed() -> _Container:
    from tuireader.sources.feeds import files  # noqa: PLC0415 - only for feeds

    return _Container(files.feed_ids, files.read_entry, files.describe_entry)


def _mail() -> _Container:
    from tuireader.sources.mail import mailbox  # noqa: PLC0415 - only for mail

    return _Container(mailbox.letter_ids, mailbox.read_letter, mailbox.describe_letter)


def _zip() -> _Container:
    from tuireader.sources.saved_pages import zipped  # noqa: PLC0415 - only for zip archives

    return _Container(zipped.zipped_ids, zipped.read_zipped)


def _press_export() -> _Container:
    from tuireader.sources.press import export  # noqa: PLC0415 - only for press exports

    return _Container(export.press_ids, export.read_press, export.describe_press)


def _collection() -> _Container:
    return _Container(jsonl.record_ids, jsonl.read_record)


_CONTAINERS: dict[FileType, Callable[[], _Container]] = {
    FileType.BOOK: _book,
    FileType.COLLECTION: _collection,
    FileType.FEED: _feed,
    FileType.MAIL: _mail,
    FileType.PRESS: _press_export,
    FileType.WEB_ARCHIVE: _web_archive,
    FileType.ZIPPED: _zip,
}
