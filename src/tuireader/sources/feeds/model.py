"""What a feed contains: its title, and its entries as articles."""

from dataclasses import dataclass

from tuireader.domain.import_item import ImportItem


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """A feed entry: its id within the feed, and as much of its article as the feed contains."""

    id: str
    item: ImportItem
    whole: bool
    """Whether the feed contains the article's full text rather than a teaser."""
    shares_address: bool = False
    """Whether other entries have the same address, so that the address does not name this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A parsed feed: its title and its entries in order.

    `warning` tells, as a clause, what is wrong with an ill-formed feed; empty if it is well-formed.
    """

    title: str
    items: tuple[FeedItem, ...]
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEntry:
    """An entry as its feed states it, before ids and addresses are made unique.

    Fields that are not stated are empty.
    """

    title: str = ""
    """Plain text in one line; empty if there is none."""
    id: str = ""
    permalink: str = ""
    """The id as an address, if the feed says that it is one; else empty."""
    link: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    """The date as written."""
    language: str = ""
    summary: str = ""
    """HTML."""
    contents: tuple[str, ...] = ()
    """HTML, one string for each content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFeed:
    """A feed as its file states it, whatever its format; fields that are not stated are empty."""

    title: str = ""
    link: str = ""
    """The address of the site that the feed belongs to."""
    language: str = ""
    entries: tuple[RawEntry, ...] = ()
    warning: str = ""
