"""Import of articles and highlights from other services.

One undo step, no duplicates, no overwriting.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tuireader.domain.anchor import Anchor, anchor_of
from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import Bookmark, Citation
from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.domain.tags import unique_tags
from tuireader.notebook import serialization
from tuireader.notebook.anchoring.search import AnchorSearch
from tuireader.notebook.bookmarks import TABLE as BOOKMARKS
from tuireader.notebook.bookmarks import Bookmarks
from tuireader.notebook.progress import TABLE as READINGS
from tuireader.notebook.progress import ProgressTable
from tuireader.notebook.source_list import TABLE as SOURCES
from tuireader.notebook.source_list import SourceList, source_record
from tuireader.notebook.text_store import TextStore, hash_of
from tuireader.notebook.undo import UndoLog, UndoStep


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedArticle:
    """An imported article, the location it is opened from, and its available texts."""

    item: ImportItem
    location: str
    listed: bool = True
    """Whether it can be opened, and therefore belongs in the list of sources."""
    texts: Callable[[], Iterable[Article]] = tuple
    """Returns the texts that its highlights may be in: one article, or a book's chapters."""

    @property
    def citation(self) -> Citation:
        """Its citation, used as long as its text is not available."""
        item = self.item
        return Citation(
            location=self.location,
            title=item.title,
            outlet=item.outlet,
            date=item.date,
            author=item.author,
            source=item.address or item.title,
        )


@dataclass(slots=True)
class ImportSummary:
    """What an import would add, counted."""

    articles: int = 0
    known: int = 0
    """Articles that are in the library already."""
    read: int = 0
    """Articles that are newly marked as read."""
    placed: int = 0
    """Highlights whose words were found in a text."""
    waiting: int = 0
    """Highlights whose text is not available, or does not contain their words."""
    noted: int = 0
    """Notes and tags on whole articles."""
    again: int = 0
    """Highlights and notes that were imported before."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.articles or self.read or self.placed or self.waiting or self.noted)


Found = tuple[Article, Anchor]
"""The text that contains a highlight, and its anchor there."""


def locate_highlights(
    highlights: Sequence[Highlight], texts: Iterable[Article]
) -> list[Found | None]:
    """Find each highlight in the first text that contains it; None if no text does."""
    found: list[Found | None] = [None] * len(highlights)
    for article in texts:
        missing = [number for number, place in enumerate(found) if place is None]
        if not missing:
            break
        text_hash = hash_of(article.text)
        finder = AnchorSearch(article.text, text_hash, lambda _: None)
        for number in missing:
            place = finder.find(anchor_for_highlight(highlights[number]))
            if place is not None:
                passage = Passage(place.start, place.end).trimmed(article.text)
                found[number] = article, anchor_of(article, passage, text_hash)
    return found


def anchor_for_highlight(highlight: Highlight) -> Anchor:
    """Return an anchor for a highlight whose text is not available; its hash is empty."""
    return Anchor(
        text_hash="",
        start=0,
        end=len(highlight.words),
        exact=highlight.words,
        prefix=highlight.prefix[-64:],
        suffix=highlight.suffix[:64],
        heading=highlight.where,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _NewBookmark:
    """A highlight, or a note on a whole article, ready to be saved."""

    record: dict[str, Any]
    moment: str = ""
    """When it was made in the other program, in the format of records; "" if unknown."""
    text: Article | None = None
    """The text that its anchor belongs to."""


class ImportTransaction:
    """Collects what an import adds; nothing is changed before `take` is called."""

    def __init__(
        self,
        service: str,
        *,
        undo_log: UndoLog,
        bookmarks: Bookmarks,
        readings: ProgressTable,
        sources: SourceList,
        texts: TextStore,
    ) -> None:
        """Begin an import from a service, into the given parts of a notebook."""
        self.summary = ImportSummary()
        self._service = service
        self._undo_log = undo_log
        self._readings = readings
        self._texts = texts
        self._marks: list[_NewBookmark] = []
        self._merged: dict[int, dict[str, Any]] = {}
        self._listed: list[Citation] = []
        self._done: dict[str, int | None] = {}
        """The articles that are marked as read, and the ids of their progress records."""
        self._sources = set(sources.all())
        self._origins: set[str] = set()
        self._by_words: dict[tuple[str, str], Bookmark] = {}
        self._by_place: dict[tuple[str, int, int], Bookmark] = {}
        for kept in bookmarks.all_stored().values():
            self._origins.add(kept.origin)
            mark = kept.bookmark
            if not kept.trashed and not kept.origin:
                self._by_words[mark.article.location, mark.words] = mark
                self._by_place[mark.article.location, mark.start, mark.end] = mark

    def add(self, arrival: ImportedArticle) -> None:
        """Add an article to the import: find its highlights' places and count what is new."""
        item, citation = arrival.item, arrival.citation
        if arrival.listed and citation.location in self._sources:
            self.summary.known += 1
        elif arrival.listed:
            self._sources.add(citation.location)
            self._listed.append(citation)
            self.summary.articles += 1
        if item.read and arrival.listed:
            self._mark_read(citation.location)
        if item.note or item.tags:
            self._note(item, citation)
        self._highlight(arrival)

    def take(self) -> None:
        """Save everything that was collected, as one undo step.

        Raises NotebookError if it cannot be saved; then nothing is.
        """
        if self.summary.is_empty:
            return
        for text in {id(mark.text): mark.text for mark in self._marks if mark.text}.values():
            self._texts.save(text)
        with self._undo_log.step(f"imported from {self._service}") as step:
            # The first one given becomes the first in the list.
            for citation in reversed(self._listed):
                step.insert(SOURCES, source_record(citation))
            for location, number in self._done.items():
                self._mark_done(step, location, number)
            for number, fields in self._merged.items():
                step.update(BOOKMARKS, number, fields)
            # Ids grow with time, and lists show the newest first.
            for mark in sorted(self._marks, key=lambda mark: mark.moment):
                step.insert(BOOKMARKS, mark.record)

    def _mark_read(self, location: str) -> None:
        """Add an article to those that are marked as read, unless it is already."""
        reading = self._readings.get(location)
        if not (reading and reading.finished) and location not in self._done:
            self._done[location] = self._readings.record_id_of(location)
            self.summary.read += 1

    @staticmethod
    def _mark_done(step: UndoStep, location: str, number: int | None) -> None:
        """Mark an article as read in the notebook."""
        if number is None:
            # Two edits, so that a later reading position is kept when the import is undone.
            empty = {"location": location, "offset": 0, "furthest": 0, "length": 0}
            number = step.insert(READINGS, empty)
        step.update(READINGS, number, {"done": True})

    def _note(self, item: ImportItem, citation: Citation) -> None:
        """Add the note and tags of a whole article, unless they were imported before."""
        given = serialization.edited_fields(note=item.note, tags=item.tags)
        origin = self._origin(item, "")
        if not self._is_new(origin):
            return
        self.summary.noted += 1
        known = self._by_words.get((citation.location, ""))
        if known is not None:
            self._merge(known, {**given, "origin": origin})
        else:
            record = serialization.new_bookmark_record(citation, None)
            self._keep({**record, **given, "origin": origin}, item.added)

    def _highlight(self, arrival: ImportedArticle) -> None:
        """Add the highlights of an article that were not imported before."""
        new: list[tuple[Highlight, str]] = []
        for highlight in arrival.item.highlights:
            told = (highlight.prefix, highlight.words, highlight.suffix)
            origin = self._origin(arrival.item, "\0".join(told))
            if self._is_new(origin):
                new.append((highlight, origin))
        found = locate_highlights([one for one, _ in new], arrival.texts()) if new else []
        for (highlight, origin), place in zip(new, found, strict=True):
            added = serialization.edited_fields(
                note=highlight.note, tags=highlight.tags, colour=highlight.colour
            )
            self._add_placed(arrival.citation, highlight, place, {**added, "origin": origin})

    def _add_placed(
        self, citation: Citation, highlight: Highlight, place: Found | None, given: dict[str, Any]
    ) -> None:
        """Add a highlight at its place, or without one if it was not found."""
        if place is None:
            self.summary.waiting += 1
            known = self._by_words.get((citation.location, highlight.words))
            if known is not None:
                self._merge(known, given)
                return
            record = serialization.new_bookmark_record(citation, anchor_for_highlight(highlight))
            self._keep({**record, **given, "orphan": True}, highlight.created)
            return
        article, anchor = place
        self.summary.placed += 1
        known = self._by_place.get((article.location, anchor.start, anchor.end))
        if known is not None:
            self._merge(known, given)
            return
        record = serialization.new_bookmark_record(article, anchor)
        self._keep({**record, **given}, highlight.created, article)

    def _keep(
        self, record: dict[str, Any], moment: dt.datetime | None, text: Article | None = None
    ) -> None:
        """Add a bookmark record; `moment` is when it was made in the other program."""
        stamp = ""
        if moment is not None:
            utc = moment.astimezone(dt.UTC).isoformat(timespec="microseconds")
            stamp = utc.replace("+00:00", "Z")
            record["created"] = stamp
        self._marks.append(_NewBookmark(record=record, moment=stamp, text=text))

    def _is_new(self, origin: str) -> bool:
        """Return whether something was not imported before, and remember it."""
        if origin in self._origins:
            self.summary.again += 1
            return False
        self._origins.add(origin)
        return True

    def _merge(self, known: Bookmark, given: dict[str, Any]) -> None:
        """Add an imported note, tags and colour to a bookmark that the reader made."""
        note, tags = given.get("note", ""), given.get("tags", ())
        fields: dict[str, Any] = {"origin": given["origin"]}
        if note and note not in known.note:
            fields["note"] = "\n\n".join(filter(None, [known.note, note]))
        together = unique_tags((*known.tags, *tags))
        if together != known.tags:
            fields["tags"] = list(together)
        if given.get("colour") and not known.colour:
            fields["colour"] = given["colour"]
        self._merged[known.id] = fields

    def _origin(self, item: ImportItem, words: str) -> str:
        """Return an id for a highlight that is the same each time it is imported."""
        told = "\0".join((item.address or f"{item.title}\0{item.author}", words))
        digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
        return f"{self._service}:{digest[:32]}"
