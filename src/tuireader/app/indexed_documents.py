"""Reads articles for the search index, and finds their quotations; runs in worker processes."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuireader.app.library_files import MISSING
from tuireader.domain.article import Article, text_hash
from tuireader.domain.errors import SourceError
from tuireader.domain.quote import NO_CORRECTIONS, Corrections, Polarity
from tuireader.library.search.contents import PreparedDocument, prepare_document
from tuireader.library.search.documents import (
    Document,
    IndexedQuotation,
    ReaderData,
    State,
)
from tuireader.sources.files import is_address, split_location
from tuireader.sources.html.selectors import Sites
from tuireader.sources.open import open_article, open_head, read_list_entry
from tuireader.sources.reading_options import FileEncodings, ReadingOptions
from tuireader.text.messages import counted

if TYPE_CHECKING:
    from tuireader.domain.bookmark import Bookmark, ReadingProgress


LONGEST = 4_000_000
"""The most bytes of a plain text file, and code points of a text, that are indexed.

It bounds the memory that indexing takes; few books are longer.
"""


@dataclass(frozen=True, slots=True)
class LibraryItem:
    """An article to index: its location, its source, and the state of its file.

    `size` is in bytes, `modified` in nanoseconds since 1970. For a file that does not exist they
    are `MISSING` and 0.
    """

    source: str
    location: str
    size: int
    modified: int

    @property
    def is_missing(self) -> bool:
        """Whether the article's file does not exist."""
        return self.size == MISSING


def read_file(sites: Sites, encodings: FileEncodings, item: LibraryItem) -> PreparedDocument:
    """Read an article from its file for the index; never raises SourceError.

    The file is read in the encoding that was chosen for it, else in the detected one. Only the
    beginning of a plain text longer than `LONGEST` is read. If the file cannot be opened, the
    document has the reason and no text.
    """
    options = ReadingOptions(encodings.get(split_location(item.location)[0]))
    try:
        if item.size > LONGEST:
            return prepared(item, open_head(item.location, LONGEST, sites, options))
        return prepared(item, open_article(item.location, sites=sites, options=options))
    except SourceError as error:
        entry = read_list_entry(item.location)
        return unreadable(item, entry.title, error.reason)


def unreadable(item: LibraryItem, title: str, reason: str) -> PreparedDocument:
    """Return the document of an article that cannot be opened: its title, and the reason.

    `reason` is a clause, as SourceError has it.
    """
    return prepare_document(
        Document(
            location=item.location,
            source=item.source,
            size=item.size,
            modified=item.modified,
            title=title,
            problem=reason,
            added=_today(),
        )
    )


def prepared(item: LibraryItem, article: Article) -> PreparedDocument:
    """Return the document that the index stores for an article: its text and metadata.

    `item` gives its location, its source, and the size and time of its file.
    """
    return prepare_document(
        Document(
            location=item.location,
            source=item.source,
            address=article.source if is_address(article.source) else "",
            size=item.size,
            modified=item.modified,
            hash=text_hash(article.text),
            title=article.title,
            author=article.author,
            outlet=article.outlet,
            date=article.date,
            language=article.language,
            text=article.text[:LONGEST],
            words=count_words(article.text),
            added=_today(),
            is_shortened=not article.complete or len(article.text) > LONGEST,
        )
    )


_COUNTED_AT_ONCE = 1 << 16
"""Code points of a text that are split into words at once: a list of all words takes ten times
the memory of a long text.
"""


def count_words(text: str, at_once: int = _COUNTED_AT_ONCE) -> int:
    """Return the number of words in a text, separated by white space.

    `at_once` is how many code points are split at once.
    """
    count = 0
    for start in range(0, len(text), at_once):
        count += len(text[start : start + at_once].split())
        # A word that goes on was counted in the piece before.
        if start and not text[start - 1].isspace() and not text[start].isspace():
            count -= 1
    return count


@dataclass(frozen=True, slots=True)
class UnsearchedText:
    """A text whose quotations are to be found, and the reader's corrections of them."""

    location: str
    text: str
    corrections: Corrections = NO_CORRECTIONS


def find_quotations(item: UnsearchedText) -> tuple[str, tuple[IndexedQuotation, ...]]:
    """Find the quotations of one text, and apply the corrections; for worker processes.

    Returns the location with the attributed quotations: none if the text has too many quotation
    marks. What was not said has no speaker.
    """
    from tuireader.quotes.corrections import apply_corrections, attributed_quotes  # noqa: PLC0415 - as below
    from tuireader.quotes.engine import extract_all  # noqa: PLC0415 - its word lists take time
    from tuireader.quotes.quote_marks import has_too_many_marks  # noqa: PLC0415 - as above

    if has_too_many_marks(item.text):
        return item.location, ()
    quotes = extract_all(Article(location=item.location, text=item.text))
    if item.corrections:
        quotes = apply_corrections(quotes, item.corrections, item.text)
    return item.location, tuple(
        IndexedQuotation(
            speaker=quote.speaker if quote.polarity is Polarity.SAID else "", spans=quote.spans
        )
        for quote in attributed_quotes(quotes)
    )


def reader_data(bookmarks: Iterable["Bookmark"], progress: "ReadingProgress | None") -> ReaderData:
    """Return what the index holds of the user's work on one article.

    `bookmarks` are all bookmarks of the article; `progress` is None if it was never opened. Without
    either, the result equals `ReaderData()`.
    """
    kept = tuple(bookmarks)
    count = sum(not bookmark.only_tags for bookmark in kept)
    notes = tuple(bookmark.note for bookmark in kept if bookmark.note)
    tags = tuple(dict.fromkeys(tag for bookmark in kept for tag in bookmark.tags))
    states = {
        State.READ: progress is not None and progress.finished,
        State.STARRED: progress is not None and progress.starred,
        State.CHANGED: progress is not None and progress.corrected,
        State.KEPT: bool(count),
        State.NOTED: bool(notes),
        State.TAGGED: bool(tags),
        State.ORPHANED: any(bookmark.orphan for bookmark in kept),
    }
    state = State.NONE
    for each, holds in states.items():
        state |= each if holds else State.NONE
    return ReaderData(
        state=state,
        progress=round(100 * progress.progress) if progress else 0,
        opened=local_day(progress.opened) if progress and progress.opened else None,
        notes=notes,
        bookmarks=count,
        tags=tags,
    )


def local_day(moment: str) -> dt.date | None:
    """Return the day of a moment in ISO 8601, in the local time zone; None if it is no moment."""
    try:
        return dt.datetime.fromisoformat(moment).astimezone().date()
    except (ValueError, OverflowError):
        return None


def _today() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).astimezone().date()


def shortened_words(count: int) -> str:
    """Return a sentence that says of how many texts only the beginning is searched."""
    texts = counted(count, "text")
    return (
        f"{texts} in your library {'is' if count == 1 else 'are'} longer than {LONGEST:,}"
        " characters. A search of the library finds only what is before that."
    )
