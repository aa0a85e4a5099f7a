"""The articles that the sources on a command line name, one after the other.

Feeds: a list of them taken over, and what is new asked for.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from tuireader.app.article_loader import site_selectors, web_client
from tuireader.app.stdin import store_stdin, today
from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError
from tuireader.paths import AppPaths
from tuireader.sources.files import (
    ReportLeftOut,
    article_files,
    ignore_left_out,
    is_address,
    open_file,
)
from tuireader.sources.filetype import FILETYPE_HEAD_SIZE, FileType, filetype_of, filetype_of_name
from tuireader.sources.html.selectors import Sites
from tuireader.sources.jsonl import (
    CollectionRecord,
    InvalidLine,
    article_from_record,
    empty_collection_error,
    read_records,
    with_unique_record_ids,
)
from tuireader.sources.open import article_locations, open_article
from tuireader.sources.own_exports import refuse_exported_file

Report = Callable[[SourceError], None]


def resolve_locations(
    sources: tuple[str, ...], report: Report, left_out: ReportLeftOut = ignore_left_out
) -> Iterator[str]:
    """The locations that the sources name; what names nothing is reported.

    `left_out` is told of files in folders that tuireader itself wrote.
    """
    for path in _paths(sources, report, left_out):
        try:
            if _is_collection(path):
                yield from (f"{path}#{record.id}" for record in _collected(path, report))
            else:
                yield from article_locations(path)
                _tell_bad_records(path, report)
        except SourceError as error:
            report(error)


def resolve_articles(
    sources: tuple[str, ...], report: Report, folders: AppPaths | None = None
) -> Iterator[Article]:
    """The articles that the sources name; what cannot be opened is reported and left out.

    An address is fetched and kept in the folders, unless it is kept there already.
    """
    for path in _paths(sources, report):
        try:
            if path == "-":
                yield from _from_standard_input(report)
            elif folders and is_address(path):
                yield from _of_the_web(path, folders, report)
            elif _is_collection(path):
                yield from (
                    article_from_record(record, path) for record in _collected(path, report)
                )
            else:
                sites = site_selectors(folders) if folders else ()
                yield from _opened(path, report, sites)
        except SourceError as error:
            report(error)


def _paths(
    sources: tuple[str, ...], report: Report, left_out: ReportLeftOut = ignore_left_out
) -> Iterator[str]:
    """The files of a folder, else the source itself; a collection by its whole path."""
    for source in sources:
        if not Path(source).is_dir():
            yield str(Path(source).absolute()) if _is_collection(source) else source
            continue
        try:
            yield from article_files(source, left_out)
        except SourceError as error:
            report(error)


def _tell_bad_records(path: str, report: Report) -> None:
    """Report each record of a web archive that cannot be read while others can."""
    if filetype_of_name(path) is not FileType.WEB_ARCHIVE:
        return
    from tuireader.sources import warc  # noqa: PLC0415 - only for web archives

    with Path(path).open("rb") as file:
        for bad in warc.broken_archive_records(file):
            report(SourceError(path, f"at byte {bad.offset}: {bad.reason}"))


def _is_collection(path: str) -> bool:
    return filetype_of_name(path) is FileType.COLLECTION and Path(path).is_file()


def _collected(path: str, report: Report) -> Iterator[CollectionRecord]:
    """The articles of a collection, read a line at a time; each bad line is reported."""
    empty = True
    try:
        with Path(path).open("rb") as file:
            refuse_exported_file(file, path)
            for record in with_unique_record_ids(read_records(file)):
                empty = False
                if isinstance(record, InvalidLine):
                    report(SourceError(path, f"line {record.number}: {record.reason}"))
                else:
                    yield record
    except OSError as error:
        raise SourceError(path, (error.strerror or "it cannot be read").lower()) from error
    if empty:
        raise empty_collection_error(path)


def _opened(source: str, report: Report, sites: Sites) -> Iterator[Article]:
    for location in article_locations(source):
        try:
            article = open_article(location, sites=sites)
        except SourceError as error:
            report(error)
        else:
            yield article


def _of_the_web(address: str, folders: AppPaths, report: Report) -> Iterator[Article]:
    web = web_client(folders)
    for location in web.take(address):
        try:
            yield web.kept(location)
        except SourceError as error:
            report(error)


def _from_standard_input(report: Report) -> Iterator[Article]:
    """The articles on standard input; printing them is no reason to keep them."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - slow, and this module is at the start

    with TemporaryDirectory(prefix="tuireader-") as folder:
        path = str(store_stdin(sys.stdin.buffer, Path(folder), today()))
        for article in resolve_articles((path,), report):
            location = article.location.replace(path, "-", 1)
            source = article.source if article.source.startswith("http") else "-"
            yield replace(article, location=location, source=source)


def library_locations(
    sources: tuple[str, ...], listed: Callable[[str], Iterable[str]]
) -> Iterator[str]:
    """The articles of the library's sources, as `listed` gives them; the samples if there are none.

    A source that has gone is named all the same, so that the list can say so.
    """
    if not sources:
        from tuireader.samples import paths  # noqa: PLC0415 - needed only where nothing is kept

        yield from map(str, paths())
    for source in sources:
        try:
            yield from listed(source)
        except SourceError:
            yield source


_MAY_LIST_FEEDS = frozenset({FileType.SUBSCRIPTIONS, FileType.FEED})


def is_feed_list(source: str) -> bool:
    """Whether a source is a file that names feeds (OPML)."""
    if is_address(source) or filetype_of_name(source) not in _MAY_LIST_FEEDS:
        return False
    with suppress(SourceError), open_file(source, source) as file:
        return filetype_of(source, file.read(FILETYPE_HEAD_SIZE)) is FileType.SUBSCRIPTIONS
    return False


def subscribe_all(path: str, folders: AppPaths, report: Report) -> Iterator[str]:
    """Follow the feeds of a list, and give their addresses; what is no feed is reported."""
    from tuireader.sources.opml import read_opml  # noqa: PLC0415 - the same
    from tuireader.sources.web.canonical_url import canonical_url  # noqa: PLC0415 - only for feeds
    from tuireader.sources.web.feed_sync import Subscription  # noqa: PLC0415 - the same

    web = web_client(folders)
    try:
        with open_file(path, path) as file:
            for feed in read_opml(file, path):
                if isinstance(feed, SourceError):
                    report(feed)
                    continue
                address = canonical_url(feed.address)
                # The reader did not type what stands in the list.
                web.follow(Subscription(address=address, title=feed.title, public=True))
                yield address
    except SourceError as error:
        report(error)
