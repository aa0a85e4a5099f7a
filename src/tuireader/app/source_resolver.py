"""Resolves the sources on a command line to articles, and subscribes to OPML lists."""

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
from tuireader.sources.filetype import SEVERAL, FileType, filetype_of_file, filetype_of_name
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
from tuireader.sources.reading_options import DETECTED, FileEncodings, ReadingOptions

Report = Callable[[SourceError], None]
"""A function that is called with the error of a source, while the others are processed."""


def resolve_locations(
    sources: tuple[str, ...],
    report: Report,
    left_out: ReportLeftOut = ignore_left_out,
    is_known: Callable[[str], bool] = lambda _path: False,
) -> Iterator[str]:
    """Yield the locations of the articles in local sources, in their order.

    `report` is called with the error of each source or record that cannot be read. `left_out` is
    called for the files in folders that are left out because tuireader wrote them. Files for which
    `is_known` returns true are skipped without being opened.
    """
    for path in _paths(sources, report, left_out):
        if is_known(path):
            continue
        try:
            if _is_collection(path):
                yield from (f"{path}#{record.id}" for record in _records(path, report))
            else:
                yield from article_locations(path)
                _report_bad_records(path, report)
        except SourceError as error:
            report(error)


def resolve_articles(
    sources: tuple[str, ...],
    report: Report,
    folders: AppPaths | None = None,
    options: ReadingOptions = DETECTED,
) -> Iterator[Article]:
    """Yield the articles in the sources, `-` for standard input included, in their order.

    Args:
        sources: Files, folders, addresses or `-`.
        report: Called with the error of each source or article that cannot be opened.
        folders: Where fetched pages are stored, and settings and encodings are found; without
        them, addresses are not fetched.
        options: The password, and the encoding of the files; the one that was chosen for a file
        before is used if it names none.
    """
    encodings = FileEncodings(folders.encodings) if folders else None
    for path in _paths(sources, report):
        try:
            if path == "-":
                yield from _articles_from_stdin(report, options)
            elif folders and is_address(path):
                yield from _fetched_articles(path, folders, report)
            elif _is_collection(path):
                yield from (article_from_record(record, path) for record in _records(path, report))
            else:
                sites = site_selectors(folders) if folders else ()
                encoding = options.encoding or (encodings.get(path) if encodings else "")
                chosen = replace(options, encoding=encoding)
                yield from _opened_articles(path, report, sites, chosen)
        except SourceError as error:
            report(error)


def article_count(sources: tuple[str, ...]) -> int | None:
    """Return how many articles are in files and folders, without opening them.

    None if a source is an address or standard input, or if a file may hold several articles.
    """
    if any(source == "-" or is_address(source) for source in sources):
        return None
    count = 0
    for path in _paths(sources, lambda _error: None):
        if filetype_of_name(path) in SEVERAL:
            return None
        count += 1
    return count


def _paths(
    sources: tuple[str, ...], report: Report, left_out: ReportLeftOut = ignore_left_out
) -> Iterator[str]:
    """Yield the sources, and in place of a folder its files.

    The path of a collection is made absolute, because its records are named by it.
    """
    for source in sources:
        if not Path(source).is_dir():
            yield str(Path(source).absolute()) if _is_collection(source) else source
            continue
        try:
            yield from article_files(source, left_out)
        except SourceError as error:
            report(error)


def _report_bad_records(path: str, report: Report) -> None:
    """Report each record of a web archive (WARC) that cannot be read while others can."""
    if filetype_of_name(path) is not FileType.WEB_ARCHIVE:
        return
    from tuireader.sources import warc  # noqa: PLC0415 - only for web archives

    with Path(path).open("rb") as file:
        for bad in warc.broken_archive_records(file):
            report(SourceError(path, f"at byte {bad.offset}: {bad.reason}"))


def _is_collection(path: str) -> bool:
    """Return whether a path is a collection; a JSON Feed, whose name may end alike, is none."""
    if filetype_of_name(path) is not FileType.COLLECTION or not Path(path).is_file():
        return False
    with suppress(SourceError), open_file(path, path) as file:
        return filetype_of_file(path, file) is FileType.COLLECTION
    return True


def _records(path: str, report: Report) -> Iterator[CollectionRecord]:
    """Yield the valid records of a collection; `report` each invalid line.

    Raises SourceError if the file cannot be read or has no record at all.
    """
    empty = True
    try:
        with open_file(path, path) as file:
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


def _opened_articles(
    source: str, report: Report, sites: Sites, options: ReadingOptions
) -> Iterator[Article]:
    """Yield the articles of a local source; report those that cannot be opened.

    Raises SourceError if the source itself cannot be read.
    """
    for location in article_locations(source):
        try:
            article = open_article(location, sites=sites, options=options)
        except SourceError as error:
            report(error)
        else:
            yield article


def _fetched_articles(address: str, folders: AppPaths, report: Report) -> Iterator[Article]:
    """Yield the articles at an address, which is fetched if it is not stored.

    Articles that cannot be read are reported. Raises SourceError if the address cannot be fetched.
    """
    web = web_client(folders)
    for location in web.fetch_locations(address):
        try:
            yield web.stored_article(location)
        except SourceError as error:
            report(error)


def _articles_from_stdin(report: Report, options: ReadingOptions) -> Iterator[Article]:
    """Yield the articles on standard input; their location and source begin with `-`.

    Raises SourceError if standard input is empty or too long.
    """
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - slow, and this module is at the start

    with TemporaryDirectory(prefix="tuireader-") as folder:
        path = str(store_stdin(sys.stdin.buffer, Path(folder), today()))
        for article in resolve_articles((path,), report, options=options):
            location = article.location.replace(path, "-", 1)
            source = article.source if article.source.startswith("http") else "-"
            yield replace(article, location=location, source=source)


def library_locations(
    sources: tuple[str, ...], list_source: Callable[[str], Iterable[str]]
) -> Iterator[str]:
    """Yield the articles of the library's sources; the samples if there are no sources.

    `list_source` returns the locations of one source. A source that it cannot read (SourceError) is
    yielded itself, so that the list can show it as missing.
    """
    if not sources:
        from tuireader.samples import paths  # noqa: PLC0415 - only for an empty library

        yield from map(str, paths())
    for source in sources:
        try:
            yield from list_source(source)
        except SourceError:
            yield source


_MAY_LIST_FEEDS = frozenset({FileType.SUBSCRIPTIONS, FileType.FEED, None})


def is_feed_list(source: str) -> bool:
    """Return whether a source is a readable file that lists feeds: OPML, or newsboat's `urls`."""
    if is_address(source) or filetype_of_name(source) not in _MAY_LIST_FEEDS:
        return False
    with suppress(SourceError), open_file(source, source) as file:
        return filetype_of_file(source, file) is FileType.SUBSCRIPTIONS
    return False


def subscribe_all(
    path: str, folders: AppPaths, report: Report, left_out: Report = ignore_left_out
) -> Iterator[str]:
    """Follow the feeds of a list, and yield their canonical addresses; nothing is fetched.

    `report` is called with a list that cannot be read and with entries that are no feeds,
    `left_out` with entries that only the program that wrote the list can follow.
    """
    from tuireader.sources.feeds.feed_list import read_feed_list  # noqa: PLC0415 - only for feeds
    from tuireader.sources.feeds.list_entry import LeftOutError  # noqa: PLC0415 - the same
    from tuireader.sources.web.url import canonical_url  # noqa: PLC0415 - the same

    web = web_client(folders)
    try:
        with open_file(path, path) as file:
            for feed in read_feed_list(file, path):
                if isinstance(feed, SourceError):
                    (left_out if isinstance(feed, LeftOutError) else report)(feed)
                    continue
                address = canonical_url(feed.address)
                # The user did not type these addresses.
                web.follow(replace(feed, address=address, public=True))
                yield address
    except SourceError as error:
        report(error)
