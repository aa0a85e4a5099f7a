"""An entry of a list of feeds: a feed to follow, or why it cannot be followed."""

from collections.abc import Iterable

from tuireader.domain.errors import SourceError
from tuireader.sources.web.subscriptions import Subscription
from tuireader.sources.web.url import http_address, parse_url
from tuireader.text.sanitize import sanitize_line


class LeftOutError(SourceError):
    """An entry of a list that cannot be followed as a feed, though the list has no error."""


FeedListEntry = Subscription | SourceError
"""An entry of a list of feeds, or why it cannot be followed."""


def listed_feed(address: str, title: str, tags: Iterable[str]) -> FeedListEntry:
    """Return a subscription to a feed of a list, or an error if its address is not valid.

    `title` is the name that the list gives it, empty for none; equal and empty tags are left out.
    """
    address = http_address(address)
    try:
        parse_url(address)
    except SourceError as error:
        return error
    title = sanitize_line(title)
    clean = dict.fromkeys(filter(None, map(sanitize_line, tags)))
    return Subscription(address=address, name="" if title == address else title, tags=tuple(clean))
