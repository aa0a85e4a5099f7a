"""The versions of an article: which text it had when.

A stretch of an article's text.

An article: one immutable text and the marks over it.
"""

import datetime as dt
from dataclasses import dataclass, field

from tuireader.domain.blocks import Blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One text that an article had."""

    location: str
    text_hash: str
    seen: dt.datetime
    """When it was first seen."""


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """The half-open stretch [start, end) of a text, in code points."""

    start: int
    end: int

    def __len__(self) -> int:
        """How many code points it holds."""
        return self.end - self.start

    def __contains__(self, offset: int) -> bool:
        """Whether the code point at the offset is in it."""
        return self.start <= offset < self.end

    def overlaps(self, other: "Passage") -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """Its words in the text."""
        return text[self.start : self.end]

    def trimmed(self, text: str) -> "Passage":
        """Without the white space at either end; empty at its start if there is nothing else."""
        words = self.of(text)
        start = self.start + len(words) - len(words.lstrip())
        return Passage(start, max(start, self.start + len(words.rstrip())))


@dataclass(frozen=True, slots=True)
class Link:
    """A passage of the text that leads somewhere else."""

    passage: Passage
    target: str
    """An address, or the location of another article; empty for a place in the same one."""
    place: str = ""
    """The named place in that article."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place in the text that links lead to: its name, and its offset in code points."""

    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class Emphasis:
    """A passage that the author set apart: `em`, `strong` or `code`."""

    passage: Passage
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What is read: the text, what is known about it, and the marks over it.

    Every offset in the program is a code point offset into `text`, which is
    already free of control characters and bidi overrides.
    """

    location: str
    """Where it came from: an absolute path, or `path#id` in a collection."""
    text: str
    blocks: Blocks = field(default_factory=Blocks)
    title: str = ""
    date: dt.date | None = None
    outlet: str = ""
    author: str = ""
    language: str = ""
    """ISO 639-1, empty if not known."""
    source: str = ""
    """What a citation names: an address or a path; the location if empty."""
    also_at: tuple[str, ...] = ()
    """Other addresses at which the same text was found."""
    links: tuple[Link, ...] = ()
    emphases: tuple[Emphasis, ...] = ()
    places: tuple[NamedPlace, ...] = ()
    """The places that links lead to, in the order of the text."""
    complete: bool = True
    """False for the head of a long text, whose rest is still being read."""

    def offset_of(self, place: str) -> int | None:
        """Where a named place is, in code points; None if the article has none of that name."""
        return next((known.offset for known in self.places if known.name == place), None)


CONTENTS = "contents"
"""The id of the article that is a book's table of contents."""


def contents_of(article: Article) -> str:
    """The location of the contents of the file that an article is a part of; empty if of none."""
    file, mark, _ = article.location.rpartition("#")
    return f"{file}#{CONTENTS}" if mark else ""


def is_beside(article: Article, target: str, place: str) -> bool:
    """Whether a link leads to a place in the article, or to another one of the same file."""
    if not target:
        return bool(place)
    file, mark, _ = article.location.rpartition("#")
    inside = bool(mark) and target.rpartition("#")[:2] == (file, mark)
    return inside and (bool(place) or target != article.location)


def text_hash(text: str) -> str:
    """The SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
    import hashlib  # noqa: PLC0415 - 3 ms, and the first paint needs no hash

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
