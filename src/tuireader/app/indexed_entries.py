"""List entries from the search index, for articles that have not changed since."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, lru_cache
from sys import intern
from typing import TYPE_CHECKING

from tuireader.app.article_loader import ArticleLoader
from tuireader.domain.article_list import ListEntry
from tuireader.domain.dates import parse_date
from tuireader.library.article_index import file_stamp
from tuireader.library.search.errors import IndexUnavailableError
from tuireader.library.search.index import FEWEST_WORDS, SearchIndex
from tuireader.paths import AppPaths
from tuireader.sources.files import is_address, split_location
from tuireader.sources.open import folder_name
from tuireader.sources.plaintext.title import name_of

if TYPE_CHECKING:
    from tuireader.domain.dates import ArticleDate
    from tuireader.library.search.documents import IndexedEntry

PAGE = 500
"""Entries that are read from the index at once."""


class IndexedEntries:
    """Describes articles from the search index, and reads those that it does not know."""

    def __init__(self, folders: AppPaths, loader: ArticleLoader, *, is_current: bool) -> None:
        """Load the entries of the search index; none if it does not exist or cannot be used.

        `loader` reads the articles that the index does not know. `is_current` says that the index
        has just been brought up to date, so that no file has to be checked for changes.
        """
        self._loader = loader
        self._is_current = is_current
        self._has_article_index = loader.has_index
        self._entries: dict[str, IndexedEntry] = {}
        self._same: defaultdict[bytes, list[str]] = defaultdict(list)
        if not folders.search_index.exists():
            return
        try:
            with SearchIndex(folders.search_index) as index:
                self._entries = {entry.location: entry for entry in index.entries()}
                if repeated := index.repeated_hashes():
                    for entry in self._entries.values():
                        if entry.hash in repeated and entry.words >= FEWEST_WORDS:
                            self._same[entry.hash].append(entry.location)
        except IndexUnavailableError:
            return

    def describe(self, location: str) -> ListEntry:
        """Return the list entry of an article; one that cannot be opened has a `problem`.

        Articles that are unknown or have changed are read by the loader.
        """
        known = self._entries.get(location)
        if known is None or known.problem:
            return self._loader.describe(location)
        is_web = location[0] != "/" and is_address(location)
        if not self._is_current and (
            is_web or file_stamp(location) != (known.size, known.modified)
        ):
            return self._loader.describe(location)
        if is_web:
            date = _date(known.date)
            return ListEntry(
                location=location, title=known.title, outlet=intern(known.outlet), date=date
            )
        return _list_entry(known)

    def other_locations(self, location: str) -> tuple[str, ...]:
        """Return the other known locations of the same article; () if there are none.

        Articles are the same if their texts are equal and have at least `FEWEST_WORDS` words.
        """
        if not self._same and not self._has_article_index:
            return ()
        known = self._entries.get(location)
        is_long = known is not None and known.words >= FEWEST_WORDS
        same = self._same.get(known.hash, []) if known is not None and is_long else []
        if len(same) < 2 and not self._has_article_index:
            return ()
        found = dict.fromkeys(same)
        if self._has_article_index:
            indexed = self._loader.indexed(location)
            others = self._loader.index.other_locations(indexed) if indexed else ()
            found |= dict.fromkeys(others)
        found.pop(location, None)
        return tuple(found)


def stored_entries(folders: AppPaths) -> Iterator[ListEntry]:
    """Yield the list entries of the indexed articles whose files have not changed since.

    Those of web addresses and of articles that cannot be opened are left out. Nothing if there is
    no index, or it cannot be used.
    """
    if not folders.search_index.exists():
        return
    with suppress(IndexUnavailableError), SearchIndex(folders.search_index) as index:
        last = 0
        while page := index.entries_after(last, PAGE):
            last = page[-1][0]
            for _, known in page:
                if known.problem or is_address(known.location):
                    continue
                if file_stamp(known.location) == (known.size, known.modified):
                    yield _list_entry(known)


def _list_entry(known: "IndexedEntry") -> ListEntry:
    """Return the list entry of an indexed article that is in a file."""
    return ListEntry(
        location=known.location,
        title=known.title,
        outlet=intern(known.outlet) or _usual_outlet(known.location),
        date=_date(known.date),
    )


@lru_cache(maxsize=8192)
def _date(stored: str) -> "ArticleDate | None":
    """Return the date that the index has of an article; None for ""."""
    return parse_date(stored) if stored else None


def _usual_outlet(location: str) -> str:
    """Return the outlet of an article that names none: the name of its container or folder."""
    path, member = split_location(location) if "#" in location else (location, "")
    return name_of(path) if member else _folder_name(path.rpartition("/")[0])


@cache
def _folder_name(folder: str) -> str:
    """Return the name of a folder, as `folder_name` gives it for a file in it."""
    return folder_name(f"{folder}/.")
