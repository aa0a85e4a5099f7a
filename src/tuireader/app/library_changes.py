"""Changes of the library's sources while the reader is open, made here or by other programs."""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tuireader.app.article_loader import ArticleLoader, canonical_source
from tuireader.sources.files import is_address

if TYPE_CHECKING:
    from threading import Event

    from tuireader.library.source_tree import FollowedFeed
    from tuireader.notebook.notebook import Notebook
    from tuireader.sources.web.feed_sync import FeedSyncResult
    from tuireader.sources.web.subscriptions import Subscription


class LibraryChanges:
    """Adds sources, and finds sources that were added or removed since the last check."""

    def __init__(self, loader: ArticleLoader, notebook: "Callable[[], Notebook]") -> None:
        """Take the loader, and a function that opens the notebook or returns the open one."""
        self._loader = loader
        self._notebook = notebook
        self._seen: set[str] = set()

    def mark_seen(self, *sources: str) -> None:
        """Record canonical sources whose articles are already in the list."""
        self._seen.update(sources)

    def add(self, source: str) -> tuple[str, ...]:
        """Add a source to the library, and return the locations of its articles.

        `source` is as typed; `~` at the start of a path is the home folder. An address is fetched.
        Raises SourceError if the source cannot be read; it is then not added.
        """
        source = os.path.expanduser(source)  # noqa: PTH111 - an address is no path
        found = tuple(self._loader.fetch_locations(source))
        self._notebook().sources.add(canonical_source(source))
        self.mark_seen(canonical_source(source))
        return found

    def source_of(self, location: str) -> str:
        """Return the source that contains an article: itself, its folder, file or feed.

        `location` is canonical. "" if it is in no source of the library.
        """
        sources = self._notebook().sources
        if source := sources.source_of(location):
            return source
        if not is_address(location):
            return ""
        feeds = self._loader.web.subscriptions(sources.all())
        return next((feed.address for feed in feeds if location in feed.entries), "")

    def missing_locations(self) -> tuple[str, ...]:
        """Return the articles that the notebook knows and whose files are missing.

        They are in files and folders of the library, and not hidden. Empty if there are none.
        """
        notebook = self._notebook()
        missing = (
            location
            for location, reading in notebook.progress.all().items()
            if not reading.hidden
            and not is_address(location)
            and not os.path.exists(location.partition("#")[0])  # noqa: PTH110 - as locations are named
        )
        return tuple(place for place in missing if notebook.sources.source_of(place))

    def subscriptions(self) -> list["Subscription"]:
        """Return the feeds of the library as subscriptions, with the user's names and folders.

        Empty if no feed is followed.
        """
        from dataclasses import replace  # noqa: PLC0415 - not at the start

        sources = self._notebook().sources
        found = []
        for feed in self._loader.web.subscriptions(sources.all()):
            options = sources.options(feed.address)
            if options.folder is not None:
                folder = (options.folder,) if options.folder else ()
                feed = replace(feed, tags=(*folder, *feed.tags[1:]))  # noqa: PLW2901 - the same feed
            found.append(replace(feed, name=options.name or feed.name))
        return found

    def followed_feeds(self) -> tuple["FollowedFeed", ...]:
        """Return the feeds of the library, with the names and folders that the user gave them.

        A feed's folder is "" if it is in none. Empty if no feed is followed.
        """
        from tuireader.library.source_tree import FollowedFeed  # noqa: PLC0415 - not at the start

        return tuple(
            FollowedFeed(
                address=feed.address,
                title=feed.shown_title,
                folder=next(iter(feed.tags), ""),
                entries=feed.entries,
                is_paused=self._notebook().sources.options(feed.address).paused,
            )
            for feed in self.subscriptions()
        )

    def refresh(self, stop: "Event", only: tuple[str, ...] = ()) -> "Iterator[FeedSyncResult]":
        """Fetch new entries of feeds, and yield the result of each, until `stop` is set.

        `only` are the addresses of the feeds; () for all that are not paused. A feed that fails is
        in the results, with its error.
        """
        sources = self._notebook().sources
        active = (place for place in sources.all() if not sources.options(place).paused)
        return self._loader.web.refresh(only or active, stop)

    def kept_articles(self, source: str) -> tuple[str, ...]:
        """Return the articles of a web source with the user's notes, tags or stars.

        `source` is a canonical address; the result is empty for a file or folder.
        """
        if not is_address(source):
            return ()
        known = self._notebook().progress.all()
        return tuple(
            location
            for location in self._loader.locations(source)
            if location != source
            and (reading := known.get(location))
            and (reading.kept or reading.starred)
        )

    def new_locations(self) -> Iterator[str]:
        """Yield the articles of sources that were added since the last call.

        Sources that `mark_seen` or `add` recorded are not new. Nothing if no source is new.
        """
        now = self._notebook().sources.all()
        new = tuple(source for source in now if source not in self._seen)
        self._seen.update(new)
        return self._locations(new) if new else iter(())

    def removed_locations(self) -> tuple[str, ...]:
        """Return the articles of sources that were removed since the last call.

        An article that another source still contains is left out. Empty if no source was removed.
        """
        now = self._notebook().sources.all()
        removed = self._seen.difference(now)
        if not removed:
            return ()
        self._seen.difference_update(removed)
        remaining = set(self._locations(now))
        return tuple(
            location for location in self._locations(tuple(removed)) if location not in remaining
        )

    def _locations(self, sources: tuple[str, ...]) -> Iterator[str]:
        """Yield the articles of library sources, without using the network."""
        from tuireader.app.source_resolver import library_locations  # noqa: PLC0415 - not at the start

        return library_locations(sources, self._loader.locations)
