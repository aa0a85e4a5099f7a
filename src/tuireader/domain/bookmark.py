"""What one reader has made of the articles: passages kept, notes, how far it was read."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from tuireader.domain.anchor import Anchor, MatchMethod, Placement
from tuireader.domain.article import Article

ELSEWHERE = "book:"
"""What the location of a book begins with whose highlights were imported without its text."""


class Colour(StrEnum):
    """The colours a kept passage can have; each has a letter beside it on the screen."""

    NONE = ""
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What a citation of an article says, kept with each passage so that it outlives the file."""

    location: str
    title: str = ""
    outlet: str = ""
    date: dt.date | None = None
    author: str = ""
    source: str = ""

    @property
    def is_elsewhere(self) -> bool:
        """Whether it names a book of which no file is known here."""
        return self.location.startswith(ELSEWHERE)


def citation_of(article: Article) -> Citation:
    """Return the citation of an article, from its own title, author, outlet, date and source."""
    return Citation(
        location=article.location,
        title=article.title,
        outlet=article.outlet,
        date=article.date,
        author=article.author,
        source=article.source,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """One kept passage and what was added to it; a note on a whole article has no anchor."""

    id: int
    article: Citation
    anchor: Anchor | None
    note: str = ""
    tags: tuple[str, ...] = ()
    colour: Colour = Colour.NONE
    speaker: str = ""
    """Who said it, if the passage is a quotation."""
    placement: Placement | None = None
    """Where it stands in the newest version of the text that was seen."""
    orphan: bool = False
    """Whether its words were not found in that version."""
    created: dt.datetime
    updated: dt.datetime

    @property
    def words(self) -> str:
        """The passage's words as they were kept; empty for a note on the article."""
        return self.anchor.exact if self.anchor else ""

    @property
    def altered(self) -> bool:
        """Whether it stands in the newest text with other words."""
        if self.placement is None or self.orphan:
            return False
        return self.placement.how is MatchMethod.FUZZY or bool(self.placement.words)

    @property
    def missing(self) -> str:
        """Why its words have no place, in a sentence; empty if they have one."""
        if not self.orphan:
            return ""
        if self.anchor and not self.anchor.text_hash:
            return "These words were imported; they have not been found in a text yet."
        return "These words are no longer in the article as it was last read."

    @property
    def fate(self) -> str:
        """What became of its words in the article, in a sentence; empty if they are the same."""
        if self.altered and self.placement and self.placement.words:
            return f"The article now says: “{self.placement.words}”"
        return self.missing

    @property
    def start(self) -> int:
        """Where it stands now, in code points."""
        stands = self.placement or self.anchor
        return stands.start if stands else 0

    @property
    def end(self) -> int:
        """Where it ends now, in code points."""
        stands = self.placement or self.anchor
        return stands.end if stands else 0


def by_article(bookmarks: Iterable[Bookmark]) -> Iterator[list[Bookmark]]:
    """Return the bookmarks of each article, as a list that has at least one.

    Articles are in the order in which they first occur. Within an article, notes on the whole
    of it come first, then its passages in the order of its text.
    """
    articles: dict[str, list[Bookmark]] = {}
    for bookmark in bookmarks:
        articles.setdefault(bookmark.article.location, []).append(bookmark)
    for kept in articles.values():
        yield sorted(kept, key=lambda mark: (mark.anchor is not None, mark.start, mark.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingProgress:
    """How far one article was read."""

    location: str
    offset: int = 0
    """Where the reading cursor stands, in code points."""
    furthest: int = 0
    """The furthest place that was on the screen, in code points."""
    length: int = 0
    """The text's length when it was last open, in code points."""
    kept: int = 0
    """How many passages of it are kept."""
    done: bool = False
    """Whether it was read in another program, from which it was imported."""

    @property
    def progress(self) -> float:
        """How much of it was seen, from 0 to 1."""
        if self.done:
            return 1.0
        return min(1.0, self.furthest / self.length) if self.length else 0.0

    @property
    def finished(self) -> bool:
        """Whether its end was seen."""
        return self.done or (self.length > 0 and self.furthest >= self.length)
