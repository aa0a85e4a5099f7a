"""Refreshes feeds, with one request at a time for each site."""

import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from queue import SimpleQueue
from threading import Event

from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError
from tuireader.domain.import_item import ImportItem
from tuireader.sources.feeds.model import Feed, FeedItem
from tuireader.sources.files import os_error_reason
from tuireader.sources.web.fetch import FetchError, FetchResult, fetch
from tuireader.sources.web.page_store import PageStore, host_of
from tuireader.sources.web.subscriptions import Subscription, Subscriptions
from tuireader.sources.web.url import canonical_url
from tuireader.text.messages import counted

SITES = 6
"""The most sites that are contacted at the same time, each with one request."""
_FIRST_PAUSE, _LONGEST_PAUSE = 300.0, 86_400.0
"""Seconds to wait after a failed refresh; they double each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSyncResult:
    """The result of refreshing one feed: `feed` is its new state."""

    feed: Subscription
    new: tuple[str, ...] = ()
    """The URLs of the new articles, newest first."""
    corrected: tuple[Article, ...] = ()
    """The articles whose title or text the feed has corrected, as they were before."""
    problem: str = ""
    """Why it could not be refreshed, as a clause; empty if it was."""
    waits: bool = False
    """Whether no request was made, because it failed lately or its site asked to wait."""


class FeedSync:
    """Refreshes subscriptions, and stores their articles."""

    def __init__(self, feeds: Subscriptions, pages: PageStore) -> None:
        self._feeds = feeds
        self._pages = pages

    def all(self, addresses: Iterable[str], stop: Event) -> Iterator[FeedSyncResult]:
        """Refresh some feeds in threads, one request at a time for each site.

        Args:
            addresses: The URLs of the feeds.
            stop: Ends the refresh when it is set; no more requests are begun then.

        Yields each result as it comes; nothing for no feeds.
        """
        sites: dict[str, list[str]] = {}
        for address in dict.fromkeys(addresses):
            sites.setdefault(host_of(address), []).append(address)
        done: SimpleQueue[FeedSyncResult | None] = SimpleQueue()

        def refresh_site(site: list[str]) -> None:
            """Refresh one site's feeds in turn; None marks the end."""
            try:
                for address in site:
                    if stop.is_set():
                        break
                    done.put(self.one(address))
            finally:
                done.put(None)

        with ThreadPoolExecutor(max_workers=SITES, thread_name_prefix="feeds") as pool:
            asked = [pool.submit(refresh_site, site) for site in sites.values()]
            left = len(asked)
            try:
                while left:
                    found = done.get()
                    if found is None:
                        left -= 1
                    else:
                        yield found
            finally:
                stop.set()
        for each in asked:
            each.result()

    def one(self, address: str) -> FeedSyncResult:
        """Refresh one feed, unless it is not due yet; errors are in the result's `problem`.

        `address` is the URL of the feed; it is followed from then on.
        """
        feed = self._feeds.get(address) or Subscription(address=address)
        if feed.due > time.time():
            minutes = max(1, round((feed.due - time.time()) / 60))
            problem = f"not refreshed for another {counted(minutes, 'minute')}"
            return FeedSyncResult(feed=feed, problem=problem, waits=True)
        headers = {"If-None-Match": feed.etag, "If-Modified-Since": feed.modified}
        try:
            typed = "" if feed.public else address
            response = fetch(address, typed=typed, headers={n: v for n, v in headers.items() if v})
            # A site that was public before must not lead into the reader's network later.
            feed = replace(feed, public=not response.inner)
            if response.status == 304:
                feed = replace(feed, failures=0, due=0.0)
                self._feeds.put(feed)
                return FeedSyncResult(feed=feed)
            return self.take(feed, response)
        except SourceError as error:
            wait = error.wait if isinstance(error, FetchError) else ""
            feed = replace(feed, failures=feed.failures + 1, due=_due(feed.failures, wait))
            with suppress(OSError):
                self._feeds.put(feed)
            return FeedSyncResult(feed=feed, problem=error.reason)

    def take(self, feed: Subscription, response: FetchResult) -> FeedSyncResult:
        """Store the content of a feed that was fetched, and return the result.

        Args:
            feed: The subscription as it was before.
            response: The response to the fetch.

        Raises SourceError if it is not a feed or cannot be written.
        """
        from tuireader.sources.feeds.parser import parse_feed  # noqa: PLC0415 - 35 ms

        found = parse_feed(response.data, feed.address, feed.address, response.charset)
        try:
            return self._store(feed, found, response.headers)
        except OSError as error:
            reason = f"it cannot be stored: {os_error_reason(error)}"
            raise SourceError(feed.address, reason) from error

    def _store(self, feed: Subscription, found: Feed, headers: Mapping[str, str]) -> FeedSyncResult:
        """Store the articles and the new state of a feed, and return the result.

        Args:
            feed: The subscription as it was before.
            found: The feed's content.
            headers: The response headers, for the next conditional request.
        """
        listed, corrected = self._store_pages(found, feed.address)
        known = set(feed.entries)
        new = tuple(address for address in listed if address not in known)
        feed = replace(
            feed,
            title=found.title or feed.title,
            entries=(*new, *feed.entries),
            etag=headers.get("etag", ""),
            modified=headers.get("last-modified", ""),
            failures=0,
            due=0.0,
            warning=found.warning,
        )
        self._feeds.put(feed)
        return FeedSyncResult(feed=feed, new=new, corrected=corrected)

    def _store_pages(self, found: Feed, feed: str) -> tuple[list[str], tuple[Article, ...]]:
        """Store the entries of a feed, whose URL is `feed`, as pages.

        Returns the URLs of all entries, newest first, and the earlier articles of those that were
        corrected.
        """
        entries = tuple(_pages_of(found, feed))
        corrected = self._pages.store_entries(entries, feed)
        return list(dict.fromkeys(item.address for item, _ in entries)), corrected


def _pages_of(found: Feed, feed: str) -> Iterator[tuple[ImportItem, bool]]:
    """Yield the entries of a feed, whose URL is `feed`, as pages at their URLs.

    With each comes whether the page at that URL may be fetched to replace it.
    """
    for entry in found.items:
        address = _address_of(entry, feed)
        # What is at a shared address is not this entry's article.
        whole = entry.whole or not entry.item.address or entry.shares_address
        outlet = entry.item.outlet or host_of(feed)
        yield replace(entry.item, address=address, outlet=outlet), not whole


def _address_of(entry: FeedItem, feed: str) -> str:
    """Return the URL under which an entry is stored.

    It is the entry's own; if other entries share it or there is none, it is made unique from the
    entry's id and the feed's URL.
    """
    own = canonical_url(entry.item.address) if entry.item.address else ""
    if own and not entry.shares_address:
        return own
    return f"{(own or feed).partition('#')[0]}#{entry.id}"


def _due(failures: int, wait: str) -> float:
    """Return when a failed feed may be refreshed again, in seconds since the epoch.

    Args:
        failures: How many times in a row it has failed; the pause doubles with each.
        wait: The site's Retry-After header, seconds or an HTTP date; "" if there is none.
    """
    pause: float = min(_FIRST_PAUSE * 2.0 ** min(failures, 10), _LONGEST_PAUSE)
    asked = 0.0
    if wait.isdigit():
        asked = float(wait)
    elif wait:
        try:
            asked = parsedate_to_datetime(wait).timestamp() - time.time()
        except ValueError:
            asked = 0.0
    # A site may ask for a long pause, but not an unlimited one.
    return time.time() + max(pause, min(asked, 7 * _LONGEST_PAUSE))
