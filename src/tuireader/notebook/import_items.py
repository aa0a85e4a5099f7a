"""Import of articles and highlights from other services.

One undo step, no duplicates, no overwriting.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tuireader.domain.article import Article
from tuireader.domain.bookmark import Bookmark, Citation
from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.notebook import serialization
from tuireader.notebook.bookmarks import TABLE as BOOKMARKS
from tuireader.notebook.bookmarks import Bookmarks
from tuireader.notebook.imported_article import (
    Found,
    ImportedArticle,
    anchor_for_highlight,
    locate_highlights,
)
from tuireader.notebook.imported_bookmark import (
    ImportedBookmark,
    added_fields,
    created_field,
    insertion_order,
    note_digest,
    position_field,
)
from tuireader.notebook.progress import TABLE as READINGS
from tuireader.notebook.progress import ProgressTable
from tuireader.notebook.serialization import StoredBookmark
from tuireader.notebook.source_list import TABLE as SOURCES
from tuireader.notebook.source_list import SourceList, source_record
from tuireader.notebook.text_store import TextStore
from tuireader.notebook.undo import UndoLog, UndoStep


@dataclass(slots=True)
class ImportSummary:
    """What an import would add, or has added, counted."""

    articles: int = 0
    known: int = 0
    """Articles that were in the library before the import."""
    read: int = 0
    """Articles that are newly marked as read."""
    starred: int = 0
    """Articles that are newly starred."""
    placed: int = 0
    """Highlights whose words were found in a text."""
    waiting: int = 0
    """Highlights whose text is not available, or does not contain their words."""
    noted: int = 0
    """Notes and tags on whole articles, and notes without words."""
    changed: int = 0
    """Highlights and notes that were imported before, and have been extended since."""
    again: int = 0
    """Highlights and notes that were imported before, and are unchanged."""

    @property
    def is_empty(self) -> bool:
        """Whether the import would change nothing."""
        states = self.read or self.starred
        added = self.articles or states or self.placed or self.waiting or self.noted
        return not (added or self.changed)


@dataclass(frozen=True, slots=True)
class _Known:
    """The content of the notebook when an import begins, by the keys that an import needs."""

    sources: frozenset[str]
    origins: dict[str, StoredBookmark]
    """What was imported before, by its id in the other program."""
    by_words: dict[tuple[str, str], Bookmark]
    """The reader's own bookmarks by location and words."""
    by_place: dict[tuple[str, int, int], Bookmark]
    """The reader's own bookmarks by location, start and end."""


class ImportTransaction:
    """An import from another service; the notebook is unchanged until `take` is called.

    `summary` counts what was collected so far.
    """

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
        """Begin an import.

        Args:
            service: The name of the service.
            undo_log: The undo steps of the notebook, like all further parts.
            bookmarks: The bookmarks.
            readings: The progress of articles.
            sources: The list of sources.
            texts: The stored texts.
        """
        self.summary = ImportSummary()
        self._service = service
        self._undo_log = undo_log
        self._bookmarks = bookmarks
        self._readings = readings
        self._sources = sources
        self._texts = texts
        self._known = self._read_known()
        self._marks: dict[str, ImportedBookmark] = {}
        """The new bookmarks by their origins."""
        self._merged: dict[int, tuple[Bookmark, dict[str, Any]]] = {}
        """The reader's own bookmarks that something is added to, and their new fields."""
        self._listed: dict[str, tuple[Citation, dt.datetime | None]] = {}
        """The articles that are new, and when they were added in the other program."""
        self._states: dict[str, dict[str, bool]] = {}
        """The new states of articles by location, named as in the records of progress."""
        self._again: set[str] = set()
        """The origins of what was imported before."""
        self._variants: dict[str, set[str]] = {}
        """The highlights that have the same words, by their first origin."""

    def add(self, arrival: ImportedArticle) -> None:
        """Collect what is new in an article, and find the places of its highlights.

        An article may be added in several parts, which are joined. Nothing is saved yet.
        """
        item, citation = arrival.item, arrival.citation
        location = citation.location
        if arrival.listed and location in self._known.sources:
            self.summary.known += 1
        elif arrival.listed and location not in self._listed:
            self._listed[location] = citation, item.added
            self.summary.articles += 1
        if arrival.listed:
            self._set_states(location, item)
        if item.note or item.tags:
            self._note_article(item, citation)
        for highlight in item.highlights:
            if not highlight.words and (highlight.note or highlight.tags):
                self._note_place(item, citation, highlight)
        self._highlight(arrival)

    def take(self) -> None:
        """Save everything that was collected, as one undo step; nothing if it is empty.

        What another window has imported in the meantime is left out. Raises NotebookError if it
        cannot be saved; then nothing is.
        """
        if self.summary.is_empty:
            return
        for text in {
            id(mark.text): mark.text for mark in self._marks.values() if mark.text
        }.values():
            self._texts.save(text)
        with self._undo_log.step(f"imported from {self._service}") as step:
            now = self._read_known()
            # Before anything is changed: to ask between two changes takes quadratic time.
            states = sorted(self._states.items())
            records = [self._readings.record_id_of(place) for place, _ in states]
            listed = [each for place, each in self._listed.items() if place not in now.sources]
            # The first one given becomes the first in the list.
            for citation, added in reversed(listed):
                step.insert(SOURCES, {**source_record(citation), **created_field(added)})
            for (location, new), record_id in zip(states, records, strict=True):
                _save_states(step, location, record_id, new)
            for number, (_, fields) in self._merged.items():
                stored = now.origins.get(fields["origin"])
                if stored is None or stored.imported != fields["imported"]:
                    step.update(BOOKMARKS, number, fields)
            marks = [mark for origin, mark in self._marks.items() if origin not in now.origins]
            for mark in insertion_order(marks):
                step.insert(BOOKMARKS, mark.record)

    def _read_known(self) -> _Known:
        """Read what the notebook has now."""
        origins: dict[str, StoredBookmark] = {}
        by_words: dict[tuple[str, str], Bookmark] = {}
        by_place: dict[tuple[str, int, int], Bookmark] = {}
        for kept in self._bookmarks.all_stored().values():
            if kept.origin:
                origins[kept.origin] = kept
            mark = kept.bookmark
            if not kept.trashed and not kept.origin:
                by_words[mark.article.location, mark.words] = mark
                by_place[mark.article.location, mark.start, mark.end] = mark
        return _Known(frozenset(self._sources.all()), origins, by_words, by_place)

    def _set_states(self, location: str, item: ImportItem) -> None:
        """Collect that an article was read or starred, unless the notebook knows that already."""
        reading = self._readings.get(location)
        states = self._states.setdefault(location, {})
        if item.read and not (reading and reading.finished) and "done" not in states:
            states["done"] = True
            self.summary.read += 1
        if item.starred and not (reading and reading.starred) and "starred" not in states:
            states["starred"] = True
            self.summary.starred += 1
        if not states:
            del self._states[location]

    def _note_article(self, item: ImportItem, citation: Citation) -> None:
        """Collect the note and tags of a whole article, unless they were imported before.

        Those of several parts of the article are joined.
        """
        origin = self._origin(item, "")
        given = serialization.edited_fields(note=item.note, tags=item.tags)
        begun = self._marks.get(origin)
        if begun is not None:
            note, tags = begun.record["note"], begun.record["tags"]
            if item.note not in note:
                item = replace(item, note="\n\n".join(filter(None, (note, item.note))))
            else:
                item = replace(item, note=note)
            seen = f"{begun.record['imported']} {note_digest(given)}"
            given = serialization.edited_fields(note=item.note, tags=[*tags, *item.tags])
            begun.record.update({**given, "imported": seen})
            return
        if not self._is_new(origin, given):
            return
        self.summary.noted += 1
        known = self._known.by_words.get((citation.location, ""))
        if known is not None:
            self._merge(known, {**given, "origin": origin})
        else:
            record = serialization.new_bookmark_record(citation, None)
            self._keep({**record, **given, "origin": origin}, item.added)

    def _note_place(self, item: ImportItem, citation: Citation, note: Highlight) -> None:
        """Collect a note that has no words, unless it was imported before.

        `item` is the imported article, `citation` its citation in the notebook.
        """
        origin = self._origin(item, f"\x00\x00\x00{note.position}\x00{note.note}")
        given = serialization.edited_fields(note=note.note, tags=note.tags, colour=note.colour)
        if not self._is_new(origin, given):
            return
        self.summary.noted += 1
        record = serialization.new_bookmark_record(citation, None)
        self._keep({**record, **given, "origin": origin, **position_field(note)}, note.created)

    def _highlight(self, arrival: ImportedArticle) -> None:
        """Collect the highlights of an article that were not imported before."""
        new: list[tuple[Highlight, dict[str, Any]]] = []
        for highlight in arrival.item.highlights:
            origin = self._highlight_origin(arrival.item, highlight) if highlight.words else ""
            given = serialization.edited_fields(
                note=highlight.note, tags=highlight.tags, colour=highlight.colour
            )
            if origin and self._is_new(origin, given):
                new.append((highlight, {**given, "origin": origin, **position_field(highlight)}))
        found = locate_highlights([one for one, _ in new], arrival.texts()) if new else []
        for (highlight, given), place in zip(new, found, strict=True):
            self._add_placed(arrival.citation, highlight, place, given)

    def _highlight_origin(self, item: ImportItem, highlight: Highlight) -> str:
        """Return the id of a highlight; "" if it was already given in this import.

        The first highlight of some words has an id of these words. Another one of the same words
        has an id that also depends on its position and time.
        """
        told = (highlight.prefix, highlight.words, highlight.suffix)
        origin = self._origin(item, "\0".join(told))
        created = highlight.created.isoformat() if highlight.created else ""
        details = f"{highlight.position}\0{created}"
        variants = self._variants.get(origin)
        if variants is None:
            self._variants[origin] = {details, f"{details}\0{highlight.note}"}
            return origin
        if details in variants:
            details = f"{details}\0{highlight.note}"
            if details in variants or not highlight.note:
                return ""
        variants |= {details, f"{details}\0{highlight.note}"}
        return self._origin(item, "\0".join((*told, details)))

    def _add_placed(
        self, citation: Citation, highlight: Highlight, place: Found | None, given: dict[str, Any]
    ) -> None:
        """Collect a highlight with its place, or as an orphan if `place` is None.

        If the user has bookmarked the passage, it is merged with that bookmark. `given` has the
        record fields of the highlight.
        """
        if place is None:
            self.summary.waiting += 1
            known = self._known.by_words.pop((citation.location, highlight.words), None)
            if known is not None:
                self._merge(known, given)
                return
            record = serialization.new_bookmark_record(citation, anchor_for_highlight(highlight))
            self._keep({**record, **given, "orphan": True}, highlight.created)
            return
        article, anchor = place
        self.summary.placed += 1
        known = self._known.by_place.get((article.location, anchor.start, anchor.end))
        if known is not None:
            self._merge(known, given)
            return
        record = serialization.new_bookmark_record(article, anchor)
        self._keep({**record, **given}, highlight.created, article)

    def _keep(
        self, record: dict[str, Any], moment: dt.datetime | None, text: Article | None = None
    ) -> None:
        """Collect a new bookmark record.

        `moment` is when it was made in the other program, None if unknown; `text` is the text that
        its anchor belongs to, None if unknown.
        """
        made = created_field(moment)
        record.update(made, imported=note_digest(record))
        stamp = made.get("created", "")
        self._marks[record["origin"]] = ImportedBookmark(record=record, moment=stamp, text=text)

    def _is_new(self, origin: str, given: Mapping[str, Any]) -> bool:
        """Return whether a highlight or note was never imported before.

        If it was, what the other program has added since is collected; if nothing was, it is
        counted once.

        Args:
            origin: Its id in the other service.
            given: Its record fields.
        """
        stored = self._known.origins.get(origin)
        if stored is None:
            return origin not in self._marks
        if not self._update(stored, given) and origin not in self._again:
            self._again.add(origin)
            self.summary.again += 1
        return False

    def _update(self, stored: StoredBookmark, given: Mapping[str, Any]) -> bool:
        """Collect what the other program has added to a bookmark imported from it.

        Returns whether there was anything to add. What the user has changed stays.
        """
        digest = note_digest(given)
        if stored.trashed or not stored.imported or digest in stored.imported.split():
            return False
        known, before = self._merged.get(stored.bookmark.id, (stored.bookmark, {}))
        fields = added_fields(known, given)
        if not fields:
            return False
        seen = f"{before.get('imported', stored.imported)} {digest}"
        self._add_merged(known, {**before, **fields, "origin": stored.origin, "imported": seen})
        self.summary.changed += 1
        return True

    def _merge(self, known: Bookmark, given: dict[str, Any]) -> None:
        """Collect that an imported note, tags and colour are added to the user's bookmark."""
        known, before = self._merged.get(known.id, (known, {}))
        told = {"origin": given["origin"], "imported": note_digest(given)}
        self._add_merged(known, {**before, **added_fields(known, given), **told})

    def _add_merged(self, known: Bookmark, fields: dict[str, Any]) -> None:
        """Collect new fields for a bookmark that is in the notebook."""
        note, tags = fields.get("note", known.note), fields.get("tags", known.tags)
        self._merged[known.id] = replace(known, note=note, tags=tuple(tags)), fields

    def _origin(self, item: ImportItem, words: str) -> str:
        """Return an id for the highlight with these words, the same in each import.

        `words` is "" for the note on the whole article.
        """
        told = "\0".join((item.address or f"{item.title}\0{item.author}", words))
        digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
        return f"{self._service}:{digest[:32]}"


def _save_states(
    step: UndoStep, location: str, record_id: int | None, states: dict[str, bool]
) -> None:
    """Save the states of an article in an undo step.

    `record_id` is that of its progress, None if it was never opened.
    """
    if record_id is None:
        # Two edits, so that a later reading position is kept when the import is undone.
        empty = {"location": location, "offset": 0, "furthest": 0, "length": 0}
        record_id = step.insert(READINGS, empty)
    step.update(READINGS, record_id, states)
