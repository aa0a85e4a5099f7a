"""Opens addresses of the web: what is kept of them, else what their sites give."""

from collections.abc import Iterable, Iterator
from threading import Event

from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError
from tuireader.domain.shelf import Entry
from tuireader.folders import Folders
from tuireader.sources.canonical import canonical
from tuireader.sources.files import reason_of
from tuireader.sources.kept_pages import KeptPages, Original
from tuireader.sources.kinds import HEAD, Kind, kind_of_stream
from tuireader.sources.selectors import Sites
from tuireader.sources.web.fetching import Fetched, fetch
from tuireader.sources.web.refreshing import Refreshed, Refresher
from tuireader.sources.web.subscriptions import Subscription, Subscriptions

TEASER = "Only what the feed says of this article is here"
_AS_PAGE = frozenset({Kind.PAGE, Kind.TEXT, Kind.MARKDOWN})


class Visitor:
    """Keeps what it fetches, so that it is read again without the network."""

    def __init__(self, folders: Folders, sites: Sites = ()) -> None:
        """Takes the folders to keep it in, and where on some sites' pages the article is."""
        self._pages = KeptPages(folders.pages, sites)
        self._feeds = Subscriptions(folders.feeds)

    def take(self, address: str) -> tuple[str, ...]:
        """The articles at an address that the reader typed, fetched unless they are kept.

        Raises SourceError with the reason.
        """
        own = canonical(address)
        known = self._feeds.get(own)
        if known is not None:
            return known.entries or (own,)
        if self._pages.teaser_of(self._pages.resolved(own)) == "":
            return (self._pages.resolved(own),)
        found = fetch(own, typed=own)
        if kind_of_stream(found.data[:HEAD]) is Kind.FEED:
            refresher = Refresher(self._feeds, self._pages)
            feed = Subscription(address=own)
            return refresher.take(feed, found.data, found.headers).feed.entries or (own,)
        article = self._keep(canonical(found.address), found)
        self._pages.lead(own, article.location)
        return (article.location,)

    def article(self, address: str) -> Article:
        """The article at an address: as it is kept, else fetched.

        A feed's teaser whose page cannot be fetched is what there is. Raises SourceError.
        """
        feed = self._pages.teaser_of(self._pages.resolved(address))
        if feed is None and self._feeds.get(address) is None:
            # It came from an export: the reader never typed it.
            return self._keep(address, fetch(address))
        if feed:
            try:
                return self._keep(address, fetch(address, typed=feed))
            except SourceError as error:
                return self._pages.article(address, f"{TEASER} ({error.reason}).")
        return self._pages.article(address)

    def describe(self, address: str) -> Entry:
        """A page's line in a list, or that of a feed nothing has come with yet."""
        feed = self._feeds.get(address)
        if feed is None:
            return self._pages.describe(address)
        problem = "nothing has come with this feed yet; R asks it"
        return Entry(location=address, title=feed.title or address, problem=problem)

    def kept(self, address: str) -> Article:
        """The article as it is kept, perhaps a feed's teaser of it; nothing is fetched."""
        return self._pages.article(address)

    def whole_page(self, address: str) -> Article:
        """All of a page that was fetched; SourceError if only its article is here."""
        return self._pages.whole_page(address)

    def follow(self, feed: Subscription) -> None:
        """Follow a feed that is asked for its articles later."""
        if self._feeds.get(feed.address) is None:
            self._feeds.put(feed)

    def followed(self, addresses: Iterable[str]) -> list[Subscription]:
        """The feeds among the addresses."""
        return [feed for feed in map(self._feeds.get, addresses) if feed]

    def refresh(self, addresses: Iterable[str], stop: Event) -> Iterator[Refreshed]:
        """Ask the feeds among the addresses for what is new; ends soon after `stop` is set."""
        feeds = [feed.address for feed in self.followed(addresses)]
        return Refresher(self._feeds, self._pages).all(feeds, stop)

    def listed(self, address: str) -> tuple[str, ...]:
        """The articles that came with a feed, or the address itself; nothing is fetched."""
        feed = self._feeds.get(address)
        return feed.entries or (address,) if feed else (address,)

    def _keep(self, address: str, found: Fetched) -> Article:
        """Keep a page under its address; SourceError if it is none."""
        kind = kind_of_stream(found.data[:HEAD])
        if kind not in _AS_PAGE:
            reason = f"it is of another kind ({kind}); save it, and open the file"
            raise SourceError(address, reason)
        original = Original(data=found.data, charset=found.charset)
        try:
            return self._pages.keep_original(address, original)
        except OSError as error:
            raise SourceError(address, f"it cannot be kept: {reason_of(error)}") from error
