"""The articles that the sources on a command line name, one after the other."""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from tuireader.cli.opener import sites_in, visitor
from tuireader.cli.stdin import keep, today
from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError
from tuireader.folders import Folders
from tuireader.sources.collection import BadLine, Record, article_of, records, refuse_empty, unique
from tuireader.sources.files import is_address
from tuireader.sources.folder import LeftOut, ignore, walk
from tuireader.sources.kinds import Kind, kind_named
from tuireader.sources.opening import locations, open_article
from tuireader.sources.own_exports import refuse_own
from tuireader.sources.selectors import Sites

Report = Callable[[SourceError], None]


def locations_of(
    sources: tuple[str, ...], report: Report, left_out: LeftOut = ignore
) -> Iterator[str]:
    """The locations that the sources name; what names nothing is reported.

    `left_out` is told of files in folders that tuireader itself wrote.
    """
    for path in _paths(sources, report, left_out):
        try:
            if _is_collection(path):
                yield from (f"{path}#{record.id}" for record in _collected(path, report))
            else:
                yield from locations(path)
                _tell_bad_records(path, report)
        except SourceError as error:
            report(error)


def articles_of(
    sources: tuple[str, ...], report: Report, folders: Folders | None = None
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
                yield from (article_of(record, path) for record in _collected(path, report))
            else:
                sites = sites_in(folders) if folders else ()
                yield from _opened(path, report, sites)
        except SourceError as error:
            report(error)


def _paths(sources: tuple[str, ...], report: Report, left_out: LeftOut = ignore) -> Iterator[str]:
    """The files of a folder, else the source itself; a collection by its whole path."""
    for source in sources:
        if not Path(source).is_dir():
            yield str(Path(source).absolute()) if _is_collection(source) else source
            continue
        try:
            yield from walk(source, left_out)
        except SourceError as error:
            report(error)


def _tell_bad_records(path: str, report: Report) -> None:
    """Report each record of a web archive that cannot be read while others can."""
    if kind_named(path) is not Kind.WEB_ARCHIVE:
        return
    from tuireader.sources import pages  # noqa: PLC0415 - only for web archives

    with Path(path).open("rb") as file:
        for bad in pages.bad_records(file):
            report(SourceError(path, f"at byte {bad.offset}: {bad.reason}"))


def _is_collection(path: str) -> bool:
    return kind_named(path) is Kind.COLLECTION and Path(path).is_file()


def _collected(path: str, report: Report) -> Iterator[Record]:
    """The articles of a collection, read a line at a time; each bad line is reported."""
    empty = True
    try:
        with Path(path).open("rb") as file:
            refuse_own(file, path)
            for record in unique(records(file)):
                empty = False
                if isinstance(record, BadLine):
                    report(SourceError(path, f"line {record.number}: {record.reason}"))
                else:
                    yield record
    except OSError as error:
        raise SourceError(path, (error.strerror or "it cannot be read").lower()) from error
    if empty:
        raise refuse_empty(path)


def _opened(source: str, report: Report, sites: Sites) -> Iterator[Article]:
    for location in locations(source):
        try:
            article = open_article(location, sites=sites)
        except SourceError as error:
            report(error)
        else:
            yield article


def _of_the_web(address: str, folders: Folders, report: Report) -> Iterator[Article]:
    web = visitor(folders)
    for location in web.take(address):
        try:
            yield web.kept(location)
        except SourceError as error:
            report(error)


def _from_standard_input(report: Report) -> Iterator[Article]:
    """The articles on standard input; printing them is no reason to keep them."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - slow, and this module is at the start

    with TemporaryDirectory(prefix="tuireader-") as folder:
        path = str(keep(sys.stdin.buffer, Path(folder), today()))
        for article in articles_of((path,), report):
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
