"""Feeds: a list of them taken over, and what is new asked for."""

from collections.abc import Iterator
from contextlib import suppress

from tuireader.cli.articles import Report
from tuireader.cli.opener import visitor
from tuireader.domain.errors import SourceError
from tuireader.folders import Folders
from tuireader.sources.files import is_address, open_file
from tuireader.sources.kinds import HEAD, Kind, kind_named, kind_of

_MAY_LIST_FEEDS = frozenset({Kind.SUBSCRIPTIONS, Kind.FEED})


def lists_feeds(source: str) -> bool:
    """Whether a source is a file that names feeds (OPML)."""
    if is_address(source) or kind_named(source) not in _MAY_LIST_FEEDS:
        return False
    with suppress(SourceError), open_file(source, source) as file:
        return kind_of(source, file.read(HEAD)) is Kind.SUBSCRIPTIONS
    return False


def follow_all(path: str, folders: Folders, report: Report) -> Iterator[str]:
    """Follow the feeds of a list, and give their addresses; what is no feed is reported."""
    from tuireader.sources.canonical import canonical  # noqa: PLC0415 - only for feeds
    from tuireader.sources.opml import read_opml  # noqa: PLC0415 - the same
    from tuireader.sources.web.subscriptions import Subscription  # noqa: PLC0415 - the same

    web = visitor(folders)
    try:
        with open_file(path, path) as file:
            for feed in read_opml(file, path):
                if isinstance(feed, SourceError):
                    report(feed)
                    continue
                address = canonical(feed.address)
                # The reader did not type what stands in the list.
                web.follow(Subscription(address=address, title=feed.title, public=True))
                yield address
    except SourceError as error:
        report(error)
