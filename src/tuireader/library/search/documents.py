"""What the search index holds of an article, as frozen values."""

import datetime as dt
from dataclasses import dataclass
from enum import IntFlag

from tuireader.domain.article import Passage
from tuireader.domain.dates import ArticleDate


class State(IntFlag):
    """The states of an article that the index stores as bits."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedQuotation:
    """A quotation: the passages of the text that it consists of, and its speaker or ""."""

    spans: tuple[Passage, ...]
    speaker: str = ""

    def words(self, text: str) -> str:
        """Return the quoted words."""
        return " ".join(span.of(text) for span in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as the index takes it: what its source says."""

    location: str
    source: str = ""
    """The source of the library that contains it."""
    address: str = ""
    """The address that it states as its own."""
    size: int = 0
    """The size of its file in bytes."""
    modified: int = 0
    """When its file was changed, in nanoseconds."""
    hash: str = ""
    """The SHA-256 of its text."""
    title: str = ""
    author: str = ""
    outlet: str = ""
    date: ArticleDate | None = None
    language: str = ""
    text: str = ""
    words: int = 0
    added: dt.date | None = None
    problem: str = ""
    """Why it cannot be opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderData:
    """What the reader made of an article: states, notes and tags."""

    state: State = State.NONE
    progress: int = 0
    """How far it was read, in percent."""
    opened: dt.date | None = None
    notes: tuple[str, ...] = ()
    bookmarks: int = 0
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
    """Why it cannot be opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedEntry:
    """What the index holds of an article for a list, and the state of its file."""

    location: str
    size: int
    modified: int
    hash: bytes
    words: int
    title: str
    outlet: str
    date: ArticleDate | None
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """What the index holds of an article that was found: what a query is matched against."""

    text: str = ""
    notes: tuple[str, ...] = ()
    quotations: tuple[IndexedQuotation, ...] = ()
