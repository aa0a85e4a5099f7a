"""The articles that the sources on a command line name, one after the other."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from tuireader.cli.stdin import keep, today
from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError
from tuireader.sources.collection import BadLine, Record, article_of, records, refuse_empty, unique
from tuireader.sources.folder import COLLECTION_ENDING, walk
from tuireader.sources.opening import locations, open_article

Report = Callable[[SourceError], None]


def locations_of(sources: tuple[str, ...], report: Report) -> Iterator[str]:
    """The locations that the sources name; a source that names nothing is reported."""
    for source in sources:
        try:
            for path in _files(source):
                if _is_collection(path):
                    yield from (f"{path}#{record.id}" for record in _collected(path, report))
                else:
                    yield from locations(path)
        except SourceError as error:
            report(error)


def articles_of(sources: tuple[str, ...], report: Report) -> Iterator[Article]:
    """The articles that the sources name; what cannot be opened is reported and left out."""
    for source in sources:
        try:
            if source == "-":
                yield _from_standard_input()
                continue
            for path in _files(source):
                if _is_collection(path):
                    yield from (article_of(record, path) for record in _collected(path, report))
                else:
                    yield from _opened(path, report)
        except SourceError as error:
            report(error)


def _files(source: str) -> Iterator[str]:
    """The files of a folder, else the source itself; a collection by its whole path."""
    path = Path(source)
    if path.is_dir():
        yield from walk(source)
    else:
        yield str(path.absolute()) if _is_collection(source) else source


def _is_collection(path: str) -> bool:
    return path.lower().endswith(COLLECTION_ENDING) and Path(path).is_file()


def _collected(path: str, report: Report) -> Iterator[Record]:
    """The articles of a collection, read a line at a time; each bad line is reported."""
    empty = True
    try:
        with Path(path).open("rb") as file:
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


def _opened(source: str, report: Report) -> Iterator[Article]:
    for location in locations(source):
        try:
            article = open_article(location)
        except SourceError as error:
            report(error)
        else:
            yield article


def _from_standard_input() -> Article:
    """The article on standard input; printing it is no reason to keep it."""
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - slow, and this module is at the start

    with TemporaryDirectory(prefix="tuireader-") as folder:
        path = keep(sys.stdin.buffer, Path(folder), today())
        return replace(open_article(str(path)), location="-", source="-")


def library_locations(sources: tuple[str, ...]) -> Iterator[str]:
    """The articles of the library's sources; the samples if there are none.

    A source that has gone is named all the same, so that the list can say so.
    """
    if not sources:
        from tuireader.samples import paths  # noqa: PLC0415 - needed only where nothing is kept

        yield from map(str, paths())
    for source in sources:
        try:
            yield from locations(source)
        except SourceError:
            yield source
