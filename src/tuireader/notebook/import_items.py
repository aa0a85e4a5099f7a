"""An article that is imported: its place in the library, and its highlights' places in its text.

What another program kept, taken over: one step of undo, nothing twice, nothing overwritten.
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
    """An imported article, where it is opened from, and its texts that are at hand."""

    item: ImportItem
    location: str
    listed: bool = True
    """Whether it can be opened, and so belongs into the library's list."""
    texts: Callable[[], Iterable[Article]] = tuple
    """The texts in which its highlights may stand: one article, or a book's chapters."""

    @property
    def citation(self) -> Citation:
        """What a citation of it says as long as its text is not here."""
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
    """What an import brings, counted."""

    articles: int = 0
    known: int = 0
    """Articles that are in the library already."""
    read: int = 0
    """Articles that are marked as read now."""
    placed: int = 0
    """Highlights whose words were found in a text."""
    waiting: int = 0
    """Highlights whose text is not here yet, or does not have their words."""
    noted: int = 0
    """Notes and tags on whole articles."""
    again: int = 0
    """Highlights and notes that were taken over before."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.articles or self.read or self.placed or self.waiting or self.noted)


Found = tuple[Article, Anchor]
"""The text that a highlight stands in, and its anchor there."""


def locate_highlights(
    highlights: Sequence[Highlight], texts: Iterable[Article]
) -> list[Found | None]:
    """Where the highlights stand in the texts, each in the first that has it; None if in none."""
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
    """An anchor for words whose text is not known; it has no hash."""
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
class _Mark:
    """A highlight, or a note on a whole article, ready to be kept."""

    record: dict[str, Any]
    moment: str = ""
    """When it was made in the other program, as records write it; empty if unknown."""
    text: Article | None = None
    """The text that its anchor is of."""


class ImportTransaction:
    """Gathers what an import brings; nothing is changed before it is taken."""

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
        self.tally = ImportSummary()
        self._service = service
        self._undo_log = undo_log
        self._readings = readings
        self._texts = texts
        self._marks: list[_Mark] = []
        self._merged: dict[int, dict[str, Any]] = {}
        self._listed: list[Citation] = []
        self._done: dict[str, int | None] = {}
        """What was read, and its record if it was open here before."""
        self._sources = set(sources.all())
        self._origins: set[str] = set()
        self._by_words: dict[tuple[str, str], Bookmark] = {}
        self._by_place: dict[tuple[str, int, int], Bookmark] = {}
        for kept in bookmarks.everything().values():
            self._origins.add(kept.origin)
            mark = kept.bookmark
            if not kept.trashed and not kept.origin:
                self._by_words[mark.article.location, mark.words] = mark
                self._by_place[mark.article.location, mark.start, mark.end] = mark

    def add(self, arrival: ImportedArticle) -> None:
        """Look what an article brings that is not here yet, and find its highlights' places."""
        item, citation = arrival.item, arrival.citation
        if arrival.listed and citation.location in self._sources:
            self.tally.known += 1
        elif arrival.listed:
            self._sources.add(citation.location)
            self._listed.append(citation)
            self.tally.articles += 1
        if item.read and arrival.listed:
            self._mark_read(citation.location)
        if item.note or item.tags:
            self._note(item, citation)
        self._highlight(arrival)

    def take(self) -> None:
        """Keep all that was gathered; one step of undo, on the disk when it returns.

        Raises NotebookError if it cannot be saved; then nothing of it is.
        """
        if self.tally.is_empty:
            return
        for text in {id(mark.text): mark.text for mark in self._marks if mark.text}.values():
            self._texts.save(text)
        with self._undo_log.step(f"imported from {self._service}") as step:
            # The first that was named is to be the first in the list.
            for citation in reversed(self._listed):
                step.insert(SOURCES, source_record(citation))
            for location, number in self._done.items():
                self._set_done(step, location, number)
            for number, fields in self._merged.items():
                step.update(BOOKMARKS, number, fields)
            # Ids grow with time, and lists show the newest first.
            for mark in sorted(self._marks, key=lambda mark: mark.moment):
                step.insert(BOOKMARKS, mark.record)

    def _mark_read(self, location: str) -> None:
        reading = self._readings.get(location)
        if not (reading and reading.finished) and location not in self._done:
            self._done[location] = self._readings.number_of(location)
            self.tally.read += 1

    @staticmethod
    def _set_done(step: UndoStep, location: str, number: int | None) -> None:
        if number is None:
            # Two edits: the place that is reached later stays when the import is undone.
            empty = {"location": location, "offset": 0, "furthest": 0, "length": 0}
            number = step.insert(READINGS, empty)
        step.update(READINGS, number, {"done": True})

    def _note(self, item: ImportItem, citation: Citation) -> None:
        given = serialization.edited_fields(note=item.note, tags=item.tags)
        origin = self._origin(item, "")
        if not self._is_new(origin):
            return
        self.tally.noted += 1
        known = self._by_words.get((citation.location, ""))
        if known is not None:
            self._merge(known, {**given, "origin": origin})
        else:
            record = serialization.new_bookmark_record(citation, None)
            self._keep({**record, **given, "origin": origin}, item.added)

    def _highlight(self, arrival: ImportedArticle) -> None:
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
        if place is None:
            self.tally.waiting += 1
            known = self._by_words.get((citation.location, highlight.words))
            if known is not None:
                self._merge(known, given)
                return
            record = serialization.new_bookmark_record(citation, anchor_for_highlight(highlight))
            self._keep({**record, **given, "orphan": True}, highlight.created)
            return
        article, anchor = place
        self.tally.placed += 1
        known = self._by_place.get((article.location, anchor.start, anchor.end))
        if known is not None:
            self._merge(known, given)
            return
        record = serialization.new_bookmark_record(article, anchor)
        self._keep({**record, **given}, highlight.created, article)

    def _keep(
        self, record: dict[str, Any], moment: dt.datetime | None, text: Article | None = None
    ) -> None:
        stamp = ""
        if moment is not None:
            utc = moment.astimezone(dt.UTC).isoformat(timespec="microseconds")
            stamp = utc.replace("+00:00", "Z")
            record["created"] = stamp
        self._marks.append(_Mark(record=record, moment=stamp, text=text))

    def _is_new(self, origin: str) -> bool:
        """Whether it was not taken over before."""
        if origin in self._origins:
            self.tally.again += 1
            return False
        self._origins.add(origin)
        return True

    def _merge(self, known: Bookmark, given: dict[str, Any]) -> None:
        """Add what the reader's own passage does not have."""
        note, tags = given.get("note", ""), given.get("tags", ())
        fields: dict[str, Any] = {"origin": given["origin"]}
        if note and note not in known.note:
            fields["note"] = "\n\n".join(filter(None, [known.note, note]))
        if set(tags) - set(known.tags):
            fields["tags"] = list(dict.fromkeys([*known.tags, *tags]))
        if given.get("colour") and not known.colour:
            fields["colour"] = given["colour"]
        self._merged[known.id] = fields

    def _origin(self, item: ImportItem, words: str) -> str:
        """What tells a highlight apart from all others, the same each time it is imported."""
        told = "\0".join((item.address or f"{item.title}\0{item.author}", words))
        digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
        return f"{self._service}:{digest[:32]}"
