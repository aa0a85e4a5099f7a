"""Checks files before they are added: which articles they contain, and which can be read."""

from collections.abc import Callable, Iterator
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

LOCAL_ITEMS = 24
"""Articles that are read faster than other processes are started."""
_NOT_PARSED = frozenset({FileType.TEXT, FileType.MARKDOWN, None})
_BYTES_PER_CODE_POINT = 10
"""Bytes of a file that take as long to parse as one code point of text takes to search."""


@dataclass(frozen=True, slots=True)
class CheckItem:
    """An article to check: its location, its source, and the state of its file.

    `size` is in bytes, `modified` in nanoseconds since 1970; both are 0 if the file is missing.
    """

    source: str
    location: str
    size: int
    modified: int


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """The result of a check: the index record of the article, or why it cannot be read."""

    item: CheckItem
    indexed: IndexedArticle | None = None
    """The record for the article index; None if it has a problem or its kind is not indexed."""
    problem: str = ""
    """Why the article cannot be read, as a clause; "" if it can."""


def check_items(
    sources: tuple[str, ...],
    report: Report,
    note: Report,
    is_known: Callable[[str], bool] = lambda _path: False,
) -> Iterator[CheckItem]:
    """Yield the articles of the sources as items to check, in their order.

    `report` is called with the error of each source that cannot be read or has no articles. `note`
    is called with warnings: about feeds that are damaged but can be read, and about files in
    folders that are left out because tuireader wrote them. Files for which `is_known` returns true
    are skipped.
    """
    for source in sources:
        reported, feed, found = False, "", False

        def report_once(error: SourceError) -> None:
            nonlocal reported
            reported = True
            report(error)

        def is_found(path: str) -> bool:
            nonlocal found
            known = is_known(path)
            found = found or known
            return known

        for location in resolve_locations((source,), report_once, note, is_found):
            found = True
            file = location.rpartition("#")[0]
            if filetype_of_name(file) is FileType.FEED and file != feed:
                feed = file
                _note_warning(file, note)
            yield CheckItem(source, location, *(file_stamp(location) or (0, 0)))
        if not found and not reported:
            report(SourceError(source, "it contains no articles"))


def _note_warning(path: str, note: Report) -> None:
    """Call `note` if the feed at a path is damaged but can be read."""
    from tuireader.sources.feeds.files import feed_warning  # noqa: PLC0415 - only for feeds

    with suppress(SourceError), open_file(path, path) as file:
        if warning := feed_warning(file, path):
            note(SourceError(path, warning))


def check_all(wanted: Iterator[CheckItem], sites: Sites) -> Iterator[CheckOutcome]:
    """Check each article, and yield the outcomes in order; many use several processes.

    `sites` are the selectors of sites, as pairs of host name and selector.
    """
    check = partial(_check, sites)
    first = list(islice(wanted, LOCAL_ITEMS))
    if len(first) < LOCAL_ITEMS:
        yield from map(check, first)
    else:
        yield from map_in_processes(check, chain(first, wanted), local_items=0, size=_cost)


def must_be_parsed(location: str) -> bool:
    """Return whether an article must be parsed to know whether it can be read.

    False for plain text, Markdown, unknown kinds and the articles of collections.
    """
    named = filetype_of_name(location)
    return (
        named not in _NOT_PARSED
        and filetype_of_name(split_location(location)[0]) is not FileType.COLLECTION
    )


def _cost(item: CheckItem) -> int:
    """Return the cost of checking an item, for batches of equal cost.

    The unit is the work of searching one code point for quotations; 0 if the item need not be
    parsed.
    """
    return item.size // _BYTES_PER_CODE_POINT if must_be_parsed(item.location) else 0


def _check(sites: Sites, item: CheckItem) -> CheckOutcome:
    """Return whether one article can be opened, and its index record if its kind is indexed.

    Files that need not be parsed (`must_be_parsed`) are only read as far as a list entry needs.
    """
    if filetype_of_name(item.location) in _NOT_PARSED:
        return CheckOutcome(item, problem=read_list_entry(item.location).problem)
    if not must_be_parsed(item.location):
        return CheckOutcome(item)
    try:
        article = open_article(item.location, sites=sites)
    except SourceError as error:
        return CheckOutcome(item, problem=error.reason)
    return CheckOutcome(item, indexed_article(article, (item.size, item.modified)))
