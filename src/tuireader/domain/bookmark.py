"""Bookmarks and notes, the citations in them, and how far an article was read."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import takewhile

from tuireader.domain.anchor import Anchor, MatchMethod, Placement
from tuireader.domain.article import Article, Passage
from tuireader.domain.dates import ArticleDate
from tuireader.domain.quotation_text import quotation_text
from tuireader.domain.quote import Polarity, Quote, attributed

BOOK_WITHOUT_FILE = "book:"
"""The prefix of the location of a book whose highlights were imported without its text."""


class Colour(StrEnum):
    """The colours of a bookmark; NONE is "", and the screen shows the others' first letter."""

    NONE = ""
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What names the source of a passage; stored with each bookmark.

    So a bookmark can be cited when the file of its article is gone. What is not known is "" or
    None.
    """

    location: str
    title: str = ""
    outlet: str = ""
    date: ArticleDate | None = None
    author: str = ""
    source: str = ""

    @property
    def is_without_file(self) -> bool:
        """Whether it is the citation of a book whose text was not imported, only its highlights."""
        return self.location.startswith(BOOK_WITHOUT_FILE)


def citation_of(article: Article) -> Citation:
    """Return the citation of an article: its location, title, author, outlet, date and source."""
    return Citation(
        location=article.location,
        title=article.title,
        outlet=article.outlet,
        date=article.date,
        author=article.author,
        source=article.source,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptQuotation:
    """What is kept of a quotation with its bookmark."""

    text: str
    """The quotation as it is written (`quotation_text`)."""
    spans: tuple[Passage, ...]
    """Its pieces, as code points from the start of the bookmark's words; at least one."""
    cue: str = ""
    """The words that attribute it, such as "said"; "" if there are none."""
    polarity: Polarity = Polarity.SAID
    """Whether the article states that the words were said."""


def kept_quotation(quote: Quote, text: str, start: int | None = None) -> KeptQuotation:
    """Return what is kept of a quotation of an article with this text.

    `start` is where its bookmark begins, None for the first word of the quotation.
    """
    start = quote.start if start is None else start
    return KeptQuotation(
        text=quotation_text(quote.spans, text),
        spans=tuple(Passage(span.start - start, span.end - start) for span in quote.spans),
        cue=" ".join(quote.cue.of(text).split()) if quote.cue else "",
        polarity=quote.polarity,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """A passage that the reader kept, with note, tags and colour; or a note on an article."""

    id: int
    """The number of its record in the notebook."""
    article: Citation
    """The citation of the article that it belongs to."""
    anchor: Anchor | None
    """The passage as it was kept; None for a note on a whole article."""
    note: str = ""
    """The reader's words on it; "" if there are none."""
    tags: tuple[str, ...] = ()
    colour: Colour = Colour.NONE
    speaker: str = ""
    """Who is quoted in the passage; else "". Exports show `attribution` instead."""
    quotation: KeptQuotation | None = None
    """What is kept of the quotation, if a quotation was bookmarked and not a passage."""
    position: str = ""
    """Its position in the program that it was imported from, like "page 12"; else ""."""
    placement: Placement | None = None
    """Its place in the newest text of the article; None if that is the text it was kept from."""
    orphan: bool = False
    """Whether its words were not found in the newest text of the article."""
    created: dt.datetime
    updated: dt.datetime

    @property
    def words(self) -> str:
        """The words of the passage as they were kept; "" for a note on a whole article."""
        return self.anchor.exact if self.anchor else ""

    @property
    def only_tags(self) -> bool:
        """Whether it only holds the tags of an article, and does not count as a bookmark."""
        return self.anchor is None and bool(self.tags) and not self.note

    @property
    def written(self) -> str:
        """What is shown and exported: the words, of a quotation as it is written."""
        return self.quotation.text if self.quotation else self.words

    @property
    def attribution(self) -> str:
        """Who said the words: "Ada Moor", or "not said by Ada Moor" if the article denies it.

        "" if nobody is known.
        """
        if self.quotation is None or not self.speaker:
            return self.speaker
        return attributed(self.speaker, self.quotation.polarity)

    @property
    def altered(self) -> bool:
        """Whether its words were found again in the newest text, but not unchanged."""
        if self.placement is None or self.orphan:
            return False
        return self.placement.how is MatchMethod.FUZZY or bool(self.placement.words)

    @property
    def orphan_reason(self) -> str:
        """Why it has no place in the newest text, as a sentence; "" if it has one."""
        if not self.orphan:
            return ""
        if self.anchor and not self.anchor.text_hash:
            return "These words were imported; they have not been found in a text yet."
        return "These words are no longer in the article as it was last read."

    @property
    def change_notice(self) -> str:
        """How its words have changed in the newest text, as a sentence; "" if they have not.

        For an orphan, it is the reason (`orphan_reason`).
        """
        if self.altered and self.placement and self.placement.words:
            return f"The article now says: “{self.placement.words}”"
        return self.orphan_reason

    @property
    def start(self) -> int:
        """Its start in the newest text, in code points; 0 for a note on a whole article.

        That of an orphan is the start in the text from which it was kept.
        """
        place = self.placement or self.anchor
        return place.start if place else 0

    @property
    def end(self) -> int:
        """Its end in the newest text, in code points; 0 for a note on a whole article.

        That of an orphan is the end in the text from which it was kept.
        """
        place = self.placement or self.anchor
        return place.end if place else 0


def by_article(bookmarks: Iterable[Bookmark]) -> Iterator[list[Bookmark]]:
    """Yield the bookmarks of each article, as a list of at least one bookmark.

    Articles are in the order in which they first occur. Within an article, notes on the whole of it
    come first, then its passages in the order of its text. Nothing for no bookmarks.
    """
    articles: dict[str, list[Bookmark]] = {}
    for bookmark in bookmarks:
        articles.setdefault(bookmark.article.location, []).append(bookmark)
    for kept in articles.values():
        yield sorted(kept, key=reading_order)


_POSITION_NOUNS = ("location ", "page ", "order ")


def position_number(position: str) -> int:
    """Return the number by which positions in one source are ordered; -1 if there is none.

    `position` is text such as "page 12, location 180-182". The number is that of the location, else
    of the page, else of the order.

    >>> position_number("page 12, location 180-182")
    180
    """
    for noun in _POSITION_NOUNS:
        digits = "".join(takewhile(str.isdecimal, position.rpartition(noun)[2][:9]))
        if noun in position and digits:
            return int(digits)
    return -1


def reading_order(bookmark: Bookmark) -> tuple[int, int, int, int]:
    """Return the sort key of a bookmark among those of the same article.

    Notes on the whole article come first, then passages in the order of the text. Imported passages
    that have no place in a text are last, in the order of their positions.
    """
    anchor = bookmark.anchor
    if bookmark.orphan and anchor and not anchor.text_hash:
        return 2, position_number(bookmark.position), 0, -bookmark.id
    return int(anchor is not None), bookmark.start, bookmark.end, bookmark.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingProgress:
    """How far an article was read, and the states that the user gave it.

    Offsets and lengths are in code points. The defaults are those of an article that was never
    opened.
    """

    location: str
    offset: int = 0
    """The position of the cursor when the article was last open."""
    furthest: int = 0
    """The end of the text that was on the screen without a gap from its start."""
    length: int = 0
    """The length of the text when it was last open."""
    kept: int = 0
    """The number of the article's bookmarks."""
    noted: int = 0
    """The number of the article's bookmarks that have a note."""
    tags: tuple[str, ...] = ()
    """The tags of the article as a whole."""
    done: bool = False
    """Whether it was read: found by `domain.reading.is_read`, marked by the user, or imported."""
    starred: bool = False
    """Whether the user gave the article a star."""
    corrected: bool = False
    """Whether its feed has sent a changed text since the article was last open."""
    hidden: bool = False
    """Whether the user removed it from the list, although its source still contains it."""
    opened: str = field(default="", compare=False)
    """When it was last opened, in ISO 8601; "" if it never was."""

    @property
    def progress(self) -> float:
        """The fraction of the text that was read, from 0 to 1.

        1 if the article counts as read; 0 if the length of its text is not known.
        """
        if self.done:
            return 1.0
        return min(1.0, self.furthest / self.length) if self.length else 0.0

    @property
    def finished(self) -> bool:
        """Whether the article counts as read, as `done`."""
        return self.done
