"""Looks into the files that are to be added: which articles there are, and which can be read."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice

from tuireader.app.process_pool import map_in_processes
from tuireader.app.source_resolver import Report, resolve_locations
from tuireader.domain.errors import SourceError
from tuireader.library.article_index import IndexedArticle, file_stamp, indexed_article
from tuireader.sources.files import open_file, split_location
from tuireader.sources.filetype import FileType, filetype_of_name
from tuireader.sources.html.selectors import Sites
from tuireader.sources.open import open_article, read_list_entry

FEW = 24
"""Articles that are sooner read than other processes are started."""
_READ_LIGHTLY = frozenset({FileType.TEXT, FileType.MARKDOWN, None})
_BYTES_A_POINT = 10
"""Bytes of a file that are read in the time that a code point of an article takes."""


@dataclass(frozen=True, slots=True)
class CheckItem:
    """An article to be looked at, the source that it is of, and the state of its file."""

    source: str
    location: str
    size: int
    changed: int


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What was seen of an article: what is known of it now, or why it cannot be read."""

    place: CheckItem
    known: IndexedArticle | None = None
    """None also for what need not be remembered."""
    problem: str = ""


def check_items(sources: tuple[str, ...], report: Report, note: Report) -> Iterator[CheckItem]:
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
        for location in resolve_locations((source,), told, note):
            found = True
            file = location.rpartition("#")[0]
            if filetype_of_name(file) is FileType.FEED and file != feed:
                feed = file
                _note_warning(file, note)
            yield CheckItem(source, location, *(file_stamp(location) or (0, 0)))
        if not found and not reported:
            report(SourceError(source, "it contains no articles"))


def _note_warning(path: str, note: Report) -> None:
    from tuireader.sources.feeds import feed_warning  # noqa: PLC0415 - only for feeds

    with suppress(SourceError), open_file(path, path) as file:
        if warning := feed_warning(file, path):
            note(SourceError(path, warning))


def check_all(wanted: Iterator[CheckItem], sites: Sites) -> Iterator[CheckOutcome]:
    """What is seen of each, in order; many are looked at by several processes."""
    look = partial(_look, sites)
    first = list(islice(wanted, FEW))
    if len(first) < FEW:
        yield from map(look, first)
    else:
        yield from map_in_processes(look, chain(first, wanted), here=0, size=_weight)


def must_be_parsed(location: str) -> bool:
    """Whether an article is read to its end to know whether it can be read."""
    named = filetype_of_name(location)
    return (
        named not in _READ_LIGHTLY
        and filetype_of_name(split_location(location)[0]) is not FileType.COLLECTION
    )


def _weight(place: CheckItem) -> int:
    return place.size // _BYTES_A_POINT if must_be_parsed(place.location) else 0


def _look(sites: Sites, place: CheckItem) -> CheckOutcome:
    if filetype_of_name(place.location) in _READ_LIGHTLY:
        return CheckOutcome(place, problem=read_list_entry(place.location).problem)
    if not must_be_parsed(place.location):
        return CheckOutcome(place)
    try:
        article = open_article(place.location, sites=sites)
    except SourceError as error:
        return CheckOutcome(place, problem=error.reason)
    return CheckOutcome(place, indexed_article(article, (place.size, place.changed)))
