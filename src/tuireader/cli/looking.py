"""Looks into the files that are to be added: which articles there are, and which can be read."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice

from tuireader.cli.articles import Report, locations_of
from tuireader.cli.many import each
from tuireader.domain.errors import SourceError
from tuireader.library.index import Known, known_of, stamp_of
from tuireader.sources.files import open_file, split
from tuireader.sources.kinds import Kind, kind_named
from tuireader.sources.opening import describe, open_article
from tuireader.sources.selectors import Sites

FEW = 24
"""Articles that are sooner read than other processes are started."""
_READ_LIGHTLY = frozenset({Kind.TEXT, Kind.MARKDOWN, None})
_BYTES_A_POINT = 10
"""Bytes of a file that are read in the time that a code point of an article takes."""


@dataclass(frozen=True, slots=True)
class Place:
    """An article to be looked at, the source that it is of, and the state of its file."""

    source: str
    location: str
    size: int
    changed: int


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of an article: what is known of it now, or why it cannot be read."""

    place: Place
    known: Known | None = None
    """None also for what need not be remembered."""
    problem: str = ""


def places(sources: tuple[str, ...], report: Report, note: Report) -> Iterator[Place]:
    """The articles of the sources; a source without any is reported.

    What is amiss with a feed that can be read all the same is noted, and so is each
    file of a folder that is left out because tuireader itself wrote it.
    """
    for source in sources:
        reported, feed = False, ""

        def told(error: SourceError) -> None:
            nonlocal reported
            reported = True
            report(error)

        found = False
        for location in locations_of((source,), told, note):
            found = True
            file = location.rpartition("#")[0]
            if kind_named(file) is Kind.FEED and file != feed:
                feed = file
                _note_warning(file, note)
            yield Place(source, location, *(stamp_of(location) or (0, 0)))
        if not found and not reported:
            report(SourceError(source, "there is no article in it"))


def _note_warning(path: str, note: Report) -> None:
    from tuireader.sources.feeds import feed_warning  # noqa: PLC0415 - only for feeds

    with suppress(SourceError), open_file(path, path) as file:
        if warning := feed_warning(file, path):
            note(SourceError(path, warning))


def looks(wanted: Iterator[Place], sites: Sites) -> Iterator[Look]:
    """What is seen of each, in order; many are looked at by several processes."""
    look = partial(_look, sites)
    first = list(islice(wanted, FEW))
    if len(first) < FEW:
        yield from map(look, first)
    else:
        yield from each(look, chain(first, wanted), here=0, size=_weight)


def is_read_through(location: str) -> bool:
    """Whether an article is read to its end to know whether it can be read."""
    named = kind_named(location)
    return named not in _READ_LIGHTLY and kind_named(split(location)[0]) is not Kind.COLLECTION


def _weight(place: Place) -> int:
    return place.size // _BYTES_A_POINT if is_read_through(place.location) else 0


def _look(sites: Sites, place: Place) -> Look:
    if kind_named(place.location) in _READ_LIGHTLY:
        return Look(place, problem=describe(place.location).problem)
    if not is_read_through(place.location):
        return Look(place)
    try:
        article = open_article(place.location, sites=sites)
    except SourceError as error:
        return Look(place, problem=error.reason)
    return Look(place, known_of(article, (place.size, place.changed)))
