"""What the search index holds of an article, as frozen values."""

import datetime as dt
from dataclasses import dataclass
from enum import IntFlag
from typing import NamedTuple

from tuireader.domain.article import Passage
from tuireader.domain.dates import ArticleDate


class State(IntFlag):
    """The states of an article, stored as bits; NONE has no bit set."""

    NONE = 0
    READ = 1
    STARRED = 2
    KEPT = 4
    NOTED = 8
    TAGGED = 16
    ORPHANED = 32
    CHANGED = 64
    GONE = 128
    PROBLEM = 256
    SHORTENED = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedQuotation:
    """A quotation: its passages in the article's text, and its speaker, "" if unknown."""

    spans: tuple[Passage, ...]
    speaker: str = ""

    def words(self, text: str) -> str:
        """Return the quoted words from the article's `text`, its passages joined by spaces."""
        return " ".join(span.of(text) for span in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as it is added to the index, with what its source says of it."""

    location: str
    source: str = ""
    """The source of the library that contains it."""
    address: str = ""
    """The address that it states as its own."""
    size: int = 0
    """The size of its file in bytes."""
    modified: int = 0
    """When its file was changed, in nanoseconds since the epoch."""
    hash: str = ""
    """The SHA-256 of its text in hexadecimal; "" if it has no text."""
    title: str = ""
    author: str = ""
    outlet: str = ""
    date: ArticleDate | None = None
    language: str = ""
    text: str = ""
    words: int = 0
    added: dt.date | None = None
    problem: str = ""
    """Why it cannot be opened; "" if it can."""
    is_shortened: bool = False
    """Whether `text` is only the beginning of its text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderData:
    """What the notebook has on an article: states, progress, notes and tags."""

    state: State = State.NONE
    progress: int = 0
    """How far it was read, in percent."""
    opened: dt.date | None = None
    notes: tuple[str, ...] = ()
    bookmarks: int = 0
    """The number of bookmarks; tags of the article are none."""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that a query found."""

    id: int
    """The number of the article in the index; newer articles have greater ones."""
    location: str
    title: str
    outlet: str
    author: str
    date: ArticleDate | None
    state: State
    progress: int
    problem: str = ""
    """Why it cannot be opened; "" if it can."""


# A tuple, because a library has a hundred thousand of them.
class IndexedEntry(NamedTuple):
    """An indexed article as lists show it.

    The date is in ISO 8601, "" if unknown. `size` and `modified` are those of its file, in bytes
    and nanoseconds; `hash` is the start of the SHA-256 of its text; `words` counts the text's
    words.
    """

    location: str
    size: int
    modified: int
    hash: bytes
    words: int
    title: str
    outlet: str
    date: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """The searchable content of an indexed article: its text, notes and quotations."""

    text: str = ""
    notes: tuple[str, ...] = ()
    quotations: tuple[IndexedQuotation, ...] = ()
