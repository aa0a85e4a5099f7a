"""Opens addresses of the web: what is kept of them, else what their sites give."""

from collections.abc import Iterable, Iterator
from threading import Event

from tuireader.domain.article import Article
from tuireader.domain.article_list import ListEntry
from tuireader.domain.errors import SourceError
from tuireader.paths import AppPaths
from tuireader.sources.files import reason_of
from tuireader.sources.filetype import FileType
from tuireader.sources.html.selectors import Sites
from tuireader.sources.web.canonical_url import canonical_url
from tuireader.sources.web.feed_sync import FeedSync, FeedSyncResult, Subscription, Subscriptions
from tuireader.sources.web.fetch import FetchResult, fetch, filetype_of_response
from tuireader.sources.web.file_store import FileStore
from tuireader.sources.web.page_store import OriginalPage, PageStore
from tuireader.sources.web.public_addresses import is_inner_host
from tuireader.sources.web.url import parse_url

TEASER = "Only what the feed says of this article is here"
_FILES = frozenset(
    {
        FileType.TEXT,
        FileType.MARKDOWN,
        FileType.PDF,
        FileType.BOOK,
        FileType.WEB_ARCHIVE,
        FileType.COLLECTION,
    }
)


class WebClient:
    """Keeps what it fetches, so that it is read again without the network."""

    def __init__(self, folders: AppPaths, sites: Sites = ()) -> None:
        """Takes the folders to keep it in, and where on some sites' pages the article is."""
        self._pages = PageStore(folders.pages, sites)
        self._files = FileStore(folders.pages / "files")
        self._feeds = Subscriptions(folders.feeds)

    def take(self, address: str) -> tuple[str, ...]:
        """The articles at an address that the reader typed, fetched unless they are kept.

        Raises SourceError with the reason.
        """
        own = canonical_url(address)
        known = self._feeds.get(own)
        if known is not None and (known.entries or not known.public):
            return known.entries or (own,)
        place, part = self._pages.resolved(own), _part(address)
        if self._files.holds(place):
            return tuple(self._files.locations(place + part))
        if self._pages.teaser_of(place) == "":
            return (place,)
        return self._fetched(own, part)

    def _fetched(self, own: str, part: str) -> tuple[str, ...]:
        """The articles that a site gives at an address, or only the one of a file that is named."""
        found = fetch(own, typed=own)
        kind = filetype_of_response(found)
        if kind is FileType.FEED:
            refresher = FeedSync(self._feeds, self._pages)
            feed = Subscription(address=own, public=not found.inner)
            return refresher.take(feed, found.data, found.headers).feed.entries or (own,)
        place = canonical_url(found.address)
        if kind is FileType.PAGE:
            self._keep(place, found)
        else:
            self._keep_file(place, found.data, kind)
        self._pages.lead(own, place)
        return tuple(self._files.locations(place + part)) if kind is not FileType.PAGE else (place,)

    def article(self, address: str) -> Article:
        """The article at an address: as it is kept, else fetched.

        A feed's teaser whose page cannot be fetched is what there is. Raises SourceError.
        """
        if self._files.holds(address):
            return self._files.article(address)
        feed = self._pages.teaser_of(self._pages.resolved(address))
        if feed is None and self._feeds.get(address) is None:
            # It came from an export: the reader never typed it.
            return self._taken(address, fetch(address))
        if feed:
            try:
                return self._taken(address, fetch(address, typed=self._typed(feed)))
            except SourceError as error:
                return self._pages.article(address, f"{TEASER} ({error.reason}).")
        return self._pages.article(address)

    def describe(self, address: str) -> ListEntry:
        """A page's line in a list, or that of a feed nothing has come with yet."""
        feed = self._feeds.get(address)
        if feed is None and self._files.holds(address):
            return self._files.describe(address)
        if feed is None:
            return self._pages.describe(address)
        problem = "nothing has come with this feed yet; R asks it"
        return ListEntry(location=address, title=feed.title or address, problem=problem)

    def kept(self, address: str) -> Article:
        """The article as it is kept, perhaps a feed's teaser of it; nothing is fetched."""
        if self._files.holds(address):
            return self._files.article(address)
        return self._pages.article(address)

    def whole_page(self, address: str) -> Article:
        """All of a page that was fetched; SourceError if only its article is here."""
        return self._pages.whole_page(address)

    def feed_named(self, address: str) -> str:
        """The feed that a page names and that is not followed yet; empty if there is none."""
        feed = self._pages.feed_named(address)
        if not feed or self._feeds.get(canonical_url(feed)) is not None:
            return ""
        try:
            found, page = parse_url(feed), parse_url(address)
        except SourceError:
            return ""
        # What a page proposes is not to lead into the reader's network.
        return "" if is_inner_host(found) and found.site != page.site else feed

    def follow(self, feed: Subscription) -> None:
        """Follow a feed that is asked for its articles later."""
        if self._feeds.get(feed.address) is None:
            self._feeds.put(feed)

    def followed(self, addresses: Iterable[str]) -> list[Subscription]:
        """The feeds among the addresses."""
        return [feed for feed in map(self._feeds.get, addresses) if feed]

    def refresh(self, addresses: Iterable[str], stop: Event) -> Iterator[FeedSyncResult]:
        """Ask the feeds among the addresses for what is new; ends soon after `stop` is set."""
        feeds = [feed.address for feed in self.followed(addresses)]
        return FeedSync(self._feeds, self._pages).all(feeds, stop)

    def listed(self, address: str) -> tuple[str, ...]:
        """The articles that came with a feed, or the address itself; nothing is fetched."""
        feed = self._feeds.get(address)
        if feed is None and self._files.holds(self._pages.resolved(address)):
            return tuple(self._files.locations(self._pages.resolved(address)))
        return feed.entries or (address,) if feed else (address,)

    def _typed(self, feed: str) -> str:
        """The feed's address if its site may be in the reader's own network, else nothing."""
        known = self._feeds.get(feed)
        return feed if known is not None and not known.public else ""

    def _taken(self, address: str, found: FetchResult) -> Article:
        """Keep what a site gave, under the address that it was asked for; its first article."""
        kind = filetype_of_response(found)
        if kind is FileType.PAGE:
            return self._keep(address, found)
        self._keep_file(address, found.data, kind)
        return self._files.article(address)

    def _keep_file(self, address: str, data: bytes, kind: FileType) -> None:
        """Keep a file under its address; SourceError if it cannot be read."""
        if kind not in _FILES:
            raise SourceError(address, f"it is of another kind ({kind}) than a page or a book")
        try:
            self._files.keep(address, data, kind)
        except OSError as error:
            raise SourceError(address, f"it cannot be kept: {reason_of(error)}") from error

    def _keep(self, address: str, found: FetchResult) -> Article:
        """Keep a page under its address; SourceError if there is no text in it."""
        original = OriginalPage(data=found.data, charset=found.charset)
        try:
            return self._pages.keep_original(address, original)
        except OSError as error:
            raise SourceError(address, f"it cannot be kept: {reason_of(error)}") from error


def _part(address: str) -> str:
    """The part of an address that names one article of a file, with its mark."""
    _, mark, name = address.partition("#")
    return f"{mark}{name}" if name and not name.startswith(("!", "/")) else ""
