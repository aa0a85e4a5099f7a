"""Opens web addresses: from what was stored before, else fetched from their sites."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

from tuireader.domain.article import Article
from tuireader.domain.article_list import ListEntry
from tuireader.domain.errors import SourceError
from tuireader.paths import AppPaths
from tuireader.sources.files import os_error_reason
from tuireader.sources.filetype import FileType
from tuireader.sources.html.selectors import Sites
from tuireader.sources.web.fetch import FetchResult, fetch, filetype_of_response
from tuireader.sources.web.file_store import FileStore
from tuireader.sources.web.page_store import OriginalPage, PageStore
from tuireader.sources.web.resolver import is_inner_host
from tuireader.sources.web.subscriptions import Subscription, Subscriptions
from tuireader.sources.web.url import canonical_url, parse_url

if TYPE_CHECKING:
    from tuireader.sources.web.feed_sync import FeedSync, FeedSyncResult

TEASER = "Only the teaser from the feed is available"
_FILES = frozenset(
    {
        FileType.TEXT,
        FileType.MARKDOWN,
        FileType.PDF,
        FileType.BOOK,
        FileType.WEB_ARCHIVE,
        FileType.COLLECTION,
        FileType.MAIL,
        FileType.SAVED_PAGE,
        FileType.ZIPPED,
        FileType.TRANSCRIPT,
    }
)


class WebClient:
    """Fetches pages, files and feeds, and stores them for reading offline."""

    def __init__(self, folders: AppPaths, sites: Sites = ()) -> None:
        """Take the folders to store in, and the sites with a selector of the article."""
        self._pages = PageStore(folders.pages, sites)
        self._files = FileStore(folders.pages / "files")
        self._feeds = Subscriptions(folders.feeds)

    def fetch_locations(self, address: str) -> tuple[str, ...]:
        """Return the article locations at a URL that the reader typed; fetch it unless stored.

        A page gives one location; a file or feed gives those of its articles, or the URL itself for
        a feed without entries. Raises SourceError if it cannot be fetched, read or stored.
        """
        canonical = canonical_url(address)
        subscription = self._feeds.get(canonical)
        if subscription is not None and (subscription.entries or not subscription.public):
            return subscription.entries or (canonical,)
        place, part = self._pages.resolved(canonical), _member_fragment(address)
        if self._files.holds(place):
            return tuple(self._files.locations(place + part))
        if self._pages.teaser_of(place) == "":
            return (place,)
        return self._fetch_and_store(canonical, part)

    def _fetch_and_store(self, canonical: str, part: str) -> tuple[str, ...]:
        """Fetch and store a URL; return its article locations, as `fetch_locations` does.

        `part` is the fragment (`#id`) that names one article of a file, whose location is then the
        only one; empty for all. Raises SourceError.
        """
        found = fetch(canonical, typed=canonical)
        kind = filetype_of_response(found)
        if kind is FileType.FEED:
            known = self._feeds.get(canonical) or Subscription(address=canonical)
            feed = replace(known, public=not found.inner)
            return self._feed_sync().take(feed, found).feed.entries or (canonical,)
        place = canonical_url(found.address)
        if kind is FileType.PAGE:
            self._store_page(place, found)
        else:
            self._store_file(place, found.data, kind)
        self._pages.lead(canonical, place)
        return tuple(self._files.locations(place + part)) if kind is not FileType.PAGE else (place,)

    def article(self, address: str) -> Article:
        """Return the article at a URL, stored or fetched.

        If the page of a feed's teaser cannot be fetched, return the teaser below a caption that
        gives the reason. Raises SourceError if there is no article, or it cannot be fetched.
        """
        if self._files.holds(address):
            return self._files.article(address)
        feed = self._pages.teaser_of(self._pages.resolved(address))
        if feed is None and self._feeds.get(address) is None:
            # It came from an import; the reader did not type it.
            return self._store_response(address, fetch(address))
        if feed:
            try:
                return self._store_response(address, fetch(address, typed=self._typed(feed)))
            except SourceError as error:
                return self._pages.article(address, f"{TEASER} ({error.reason}).")
        return self._pages.article(address)

    def must_fetch(self, address: str) -> bool:
        """Return whether `article` would fetch a URL: nothing, or only a teaser of it is stored."""
        if self._files.holds(address):
            return False
        feed = self._pages.teaser_of(self._pages.resolved(address))
        return bool(feed) or (feed is None and self._feeds.get(address) is None)

    def describe(self, address: str) -> ListEntry:
        """Return the list entry of a page or file, or of a feed without entries.

        Its `problem` tells why it cannot be opened, for example because it is not stored; nothing
        is fetched.
        """
        feed = self._feeds.get(address)
        if feed is None and self._files.holds(address):
            return self._files.describe(address)
        if feed is None:
            return self._pages.describe(address)
        problem = "not fetched yet; press R to refresh"
        return ListEntry(location=address, title=feed.shown_title, problem=problem)

    def stored_article(self, address: str) -> Article:
        """Return the stored article at a URL, which may be a feed's teaser; never fetch.

        Raises SourceError if none is stored, or it cannot be read.
        """
        if self._files.holds(address):
            return self._files.article(address)
        return self._pages.article(address)

    def stamp(self, address: str) -> tuple[int, int]:
        """Return a pair that changes when something else is stored for a URL.

        The pair is a size (bytes) and a time (ns); zeros if nothing is stored.
        """
        stored = self._files.stamp(address)
        return stored if any(stored) else self._pages.stamp(address)

    def files_of(self, address: str) -> tuple[str, ...]:
        """Return the paths of the files that say what is stored for a URL; not all need exist.

        The original of a page is named by its content, and is not one of them.
        """
        names = (address, self._pages.resolved(address))
        paths = (self._files.record_path(address), *map(self._pages.record_path, names))
        return tuple(dict.fromkeys(map(str, paths)))

    def whole_page(self, address: str) -> Article:
        """Return all text of a stored page, with what is around its article; never fetch.

        Raises SourceError if nothing or only the article is stored.
        """
        return self._pages.whole_page(address)

    def feed_linked_by(self, address: str) -> str:
        """Return the URL of the feed that a stored page links to.

        Empty if the page is not stored or links to none, if the feed is followed already, or if it
        is in the local network and the page is not of the same site.
        """
        feed = self._pages.feed_named(address)
        if not feed or self._feeds.get(canonical_url(feed)) is not None:
            return ""
        try:
            found, page = parse_url(feed), parse_url(address)
        except SourceError:
            return ""
        # A page must not lead the reader into the local network.
        return "" if is_inner_host(found) and found.site != page.site else feed

    def follow(self, feed: Subscription) -> None:
        """Follow a feed; its entries are fetched at the next refresh.

        Nothing is done if it is followed already. Raises OSError if it cannot be stored.
        """
        if self._feeds.get(feed.address) is None:
            self._feeds.put(feed)

    def subscriptions(self, addresses: Iterable[str]) -> list[Subscription]:
        """Return the subscriptions to those of the URLs that are followed feeds, in their order."""
        return [feed for feed in map(self._feeds.get, addresses) if feed]

    def refresh(self, addresses: Iterable[str], stop: Event) -> Iterator["FeedSyncResult"]:
        """Refresh those of the URLs that are followed feeds.

        Yields each result as it comes, until `stop` is set; nothing if none is a feed.
        """
        feeds = [feed.address for feed in self.subscriptions(addresses)]
        return self._feed_sync().all(feeds, stop)

    def _feed_sync(self) -> "FeedSync":
        """Return what refreshes the feeds."""
        from tuireader.sources.web.feed_sync import FeedSync  # noqa: PLC0415 - 30 ms

        return FeedSync(self._feeds, self._pages)

    def stored_locations(self, address: str) -> tuple[str, ...]:
        """Return the article locations of a stored feed or file; never fetch.

        For a page, a feed without entries, or a URL of which nothing is stored, the URL itself.
        """
        feed = self._feeds.get(address)
        if feed is None and self._files.holds(self._pages.resolved(address)):
            return tuple(self._files.locations(self._pages.resolved(address)))
        return feed.entries or (address,) if feed else (address,)

    def _typed(self, feed: str) -> str:
        """Return the feed's URL if its site may be in the reader's own network, else ""."""
        subscription = self._feeds.get(feed)
        return feed if subscription is not None and not subscription.public else ""

    def _store_response(self, address: str, found: FetchResult) -> Article:
        """Store a response under the requested URL; return its article, or its first one.

        Raises SourceError if it cannot be read or stored.
        """
        kind = filetype_of_response(found)
        if kind is FileType.PAGE:
            return self._store_page(address, found)
        self._store_file(address, found.data, kind)
        return self._files.article(address)

    def _store_file(self, address: str, data: bytes, kind: FileType) -> None:
        """Store a file under its URL; raise SourceError if it cannot be read or written."""
        if kind not in _FILES:
            raise SourceError(address, f"this file type ({kind}) cannot be read from the web")
        try:
            self._files.keep(address, data, kind)
        except OSError as error:
            raise SourceError(address, f"it cannot be stored: {os_error_reason(error)}") from error

    def _store_page(self, address: str, found: FetchResult) -> Article:
        """Store a page under its URL; raise SourceError if it has no text or cannot be written."""
        original = OriginalPage(data=found.data, charset=found.charset)
        try:
            return self._pages.keep_original(address, original)
        except OSError as error:
            raise SourceError(address, f"it cannot be stored: {os_error_reason(error)}") from error


def _member_fragment(address: str) -> str:
    """Return the fragment, with its "#", that names one article of a file at a URL.

    Empty if there is none, or if it belongs to the page's own address ("#!…", "#/…").
    """
    _, mark, name = address.partition("#")
    return f"{mark}{name}" if name and not name.startswith(("!", "/")) else ""
