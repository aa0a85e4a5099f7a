"""What another program knew of articles, as an import takes it over."""

import datetime as dt
from dataclasses import dataclass

from tuireader.domain.bookmark import Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A passage that was highlighted: its words, and what was added to it."""

    words: str
    note: str = ""
    tags: tuple[str, ...] = ()
    colour: Colour = Colour.NONE
    prefix: str = ""
    suffix: str = ""
    created: dt.datetime | None = None
    where: str = ""
    """Where it stands as the service says it, such as "page 12"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportItem:
    """An article, or a book, as a service knew it."""

    title: str
    address: str = ""
    """Its address on the web; empty for a book."""
    author: str = ""
    outlet: str = ""
    date: dt.date | None = None
    language: str = ""
    read: bool = False
    """Whether it was read, or put into the archive."""
    tags: tuple[str, ...] = ()
    note: str = ""
    added: dt.datetime | None = None
    html: str = ""
    """The article as the service had it; empty if the export has none."""
    highlights: tuple[Highlight, ...] = ()
