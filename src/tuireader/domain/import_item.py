"""What is imported from other services: articles and their highlights."""

import datetime as dt
from dataclasses import dataclass

from tuireader.domain.bookmark import Colour
from tuireader.domain.dates import ArticleDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """A passage that was highlighted in another program, with what was added to it.

    What the service does not state is "", (), None or `Colour.NONE`.
    """

    words: str
    """The words; "" for a note on a position that has no words."""
    note: str = ""
    """The reader's note on it; "" if there is none."""
    tags: tuple[str, ...] = ()
    colour: Colour = Colour.NONE
    prefix: str = ""
    """The text before it, as far as the service exports it."""
    suffix: str = ""
    """The text after it."""
    created: dt.datetime | None = None
    """When it was made; None if the service does not say."""
    position: str = ""
    """Its position in its source, as the service states it, like "page 12, location 180-182"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportItem:
    """An article or a book in the export of a service, with its highlights.

    What the service does not state is "", () or None.
    """

    title: str
    """The title; the address or file name if the export has none."""
    address: str = ""
    """Its web address; "" for a book or a local file."""
    file: str = ""
    """The path of the local file that was annotated; "" for anything else."""
    author: str = ""
    outlet: str = ""
    date: ArticleDate | None = None
    language: str = ""
    read: bool = False
    """Whether it was marked as read or archived."""
    starred: bool = False
    """Whether it was starred or a favourite."""
    tags: tuple[str, ...] = ()
    note: str = ""
    """The note on the whole article; "" if there is none."""
    added: dt.datetime | None = None
    """When it was added to the service; None if the service does not say."""
    html: str = ""
    """The content as HTML; "" if the export has none."""
    highlights: tuple[Highlight, ...] = ()
