"""The bookmarks of the notebook, and the trash, which keeps deleted bookmarks until emptied."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any

from tuireader.domain.anchor import MatchMethod, Placement, anchor_of
from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import Bookmark, Colour, KeptQuotation, reading_order
from tuireader.domain.errors import NotebookError
from tuireader.notebook import serialization, undo
from tuireader.notebook.bookmark_index import BookmarkIndex
from tuireader.notebook.journal.ids import now
from tuireader.notebook.journal.tinydb_storage import JournalDB
from tuireader.notebook.reanchor import Reanchorer
from tuireader.notebook.serialization import StoredBookmark, stored_bookmark
from tuireader.notebook.table_cache import LazyTable
from tuireader.notebook.text_store import TextStore, hash_of
from tuireader.notebook.undo import UndoLog

TABLE = "bookmarks"
"""The table of bookmarks."""


class Bookmarks:
    """All bookmarks; each change is on the disk when its method returns."""

    def __init__(self, database: JournalDB, undo_log: UndoLog, texts: TextStore) -> None:
        """Give access to the bookmarks of a database."""
        self._storage = database.storage
        self._undo_log = undo_log
        self._texts = texts
        self._reanchorer = Reanchorer(database, TABLE, texts)
        self._values = LazyTable(
            database.storage,
            TABLE,
            stored_bookmark,
            lambda *change: self._index.replace(*change),  # noqa: PLW0108 - it is made below
        )
        self._index = BookmarkIndex(self._values.decode_record)

    def keep(
        self,
        article: Article,
        passage: Passage | None,
        *,
        note: str = "",
        tags: Iterable[str] = (),
        colour: Colour = Colour.NONE,
        speaker: str = "",
        quotation: KeptQuotation | None = None,
    ) -> Bookmark:
        """Bookmark a passage, or the whole article if `passage` is None; return the bookmark.

        `quotation` is what is kept of the quotation that the passage is; None if it is none. If
        there is a bookmark already, its values are replaced by those given here that are not empty.
        The text of a completely loaded article is stored. Raises NotebookError if it cannot be
        saved.
        """
        given = serialization.edited_fields(note=note, tags=tags, colour=colour, speaker=speaker)
        if quotation is not None:
            given["quotation"] = serialization.quotation_record(quotation)
        anchor = anchor_of(article, passage, hash_of(article.text)) if passage else None
        if article.complete and passage:
            self._save_text(article)
        with self._storage.transaction():
            known = self._find_at(article, passage)
            if known is not None:
                record_id = known.id
                self._set(record_id, {name: what for name, what in given.items() if what})
            else:
                words = quotation.text if quotation else passage.of(article.text) if passage else ""
                called = undo.quoted_words(words) if words else "a note"
                with self._undo_log.step(f"bookmarked {called}") as step:
                    record = serialization.new_bookmark_record(article, anchor)
                    record_id = step.insert(
                        TABLE, {**record, **_position(article, passage), **given}
                    )
        return self._known(record_id).bookmark

    def change(
        self,
        bookmark_id: int,
        *,
        note: str | None = None,
        tags: Iterable[str] | None = None,
        colour: Colour | None = None,
        speaker: str | None = None,
    ) -> Bookmark:
        """Set values of a bookmark and return it; None leaves a value unchanged.

        An empty value removes the note, tags, colour or speaker. Raises NotebookError if the
        bookmark does not exist any more, or cannot be saved.
        """
        given = serialization.edited_fields(note=note, tags=tags, colour=colour, speaker=speaker)
        with self._storage.transaction():
            self._set(bookmark_id, given)
        return self._known(bookmark_id).bookmark

    def get(self, bookmark_id: int) -> Bookmark | None:
        """Return the bookmark with an id; None if there is none, or it is in the trash."""
        stored = self._values.get(bookmark_id)
        return stored.bookmark if stored and not stored.trashed else None

    def stored(self, bookmark_id: int) -> StoredBookmark | None:
        """Return a bookmark with its internal fields, even from the trash; None if none."""
        return self._values.get(bookmark_id)

    def all(self) -> tuple[Bookmark, ...]:
        """Return all bookmarks outside the trash, newest first; empty if there are none."""
        with self._storage.journal.mutex:
            return self._indexed().newest(self._values.get_uncached)

    def all_stored(self) -> dict[int, StoredBookmark]:
        """Return all bookmarks by id with their internal fields, also those in the trash."""
        return self._values.all()

    def counts(self) -> dict[str, int]:
        """Return the number of bookmarks at each location that has any.

        Records that only tag the article are not counted.
        """
        with self._storage.journal.mutex:
            return self._indexed().counts()

    def count(self, location: str) -> int:
        """Return the number of bookmarks at a location; 0 if there are none.

        Records that only tag the article are not counted.
        """
        with self._storage.journal.mutex:
            return self._indexed().count(location)

    def note_counts(self) -> dict[str, int]:
        """Return the number of bookmarks with a note at each location that has any."""
        with self._storage.journal.mutex:
            return self._indexed().note_counts()

    def article_tags(self) -> dict[str, tuple[str, ...]]:
        """Return the tags of each article that has tags, by location."""
        with self._storage.journal.mutex:
            return self._indexed().article_tags()

    def notes_on(self, location: str) -> tuple[StoredBookmark, ...]:
        """Return the notes on the whole article at a location, oldest first.

        Without those in the trash; empty if there are none.
        """
        with self._storage.journal.mutex:
            there = self._of_ids(sorted(self._indexed().at_location(location)))
        return tuple(stored for stored in there if stored.bookmark.anchor is None)

    def for_article(self, article: Article) -> tuple[Bookmark, ...]:
        """Return the bookmarks of an article in the order of its text, orphans last.

        Each has its place in the article's present text, which is also stored. Imported bookmarks
        whose words are in the text are assigned to the article. Empty if there are none.
        """
        with self._storage.journal.mutex:
            text_hash = hash_of(article.text)
            index = self._indexed()
            for_article = self._of_ids(index.for_article(article.location, text_hash))
            placed = self._reanchorer.place(article, text_hash, for_article)
            waiting = self._of_ids(index.waiting(article))
            placed += self._reanchorer.assign_imports(article, text_hash, waiting)
        return tuple(sorted(placed, key=lambda each: (each.orphan, *reading_order(each)[1:])))

    def reattach(self, bookmark_id: int, article: Article, passage: Passage) -> Bookmark:
        """Attach a bookmark to another passage, as the user chose, and return it.

        It is one undo step; the bookmark's own anchor is kept. Raises NotebookError if the bookmark
        does not exist any more, or cannot be saved.
        """
        anchor = anchor_of(article, passage, hash_of(article.text))
        if article.complete:
            self._save_text(article)
        with self._storage.transaction():
            stored = self._known(bookmark_id)
            placement = Placement(
                text_hash=anchor.text_hash,
                start=anchor.start,
                end=anchor.end,
                how=MatchMethod.BY_HAND,
                words="" if anchor.exact == stored.bookmark.words else anchor.exact,
            )
            fields = {
                "attached": serialization.anchor_record(anchor),
                "placement": serialization.placement_record(placement),
                "orphan": False,
            }
            self._set(bookmark_id, fields, "re-attached {}")
        return self._known(bookmark_id).bookmark

    def _find_at(self, article: Article, passage: Passage | None) -> Bookmark | None:
        """Return the bookmark of exactly this passage; None if there is none.

        A passage of None stands for the note on the whole article.
        """
        for bookmark in self.for_article(article):
            place = Passage(bookmark.start, bookmark.end)
            if passage is None:
                if bookmark.anchor is None and bookmark.article.location == article.location:
                    return bookmark
            elif bookmark.anchor and not bookmark.orphan and place == passage:
                return bookmark
        return None

    def _known(self, record_id: int) -> StoredBookmark:
        """Return a stored bookmark; raise NotebookError if it does not exist any more."""
        stored = self._values.get(record_id)
        if stored is None:
            raise NotebookError("Not saved: it was deleted from the notebook.")
        return stored

    def _set(self, record_id: int, fields: dict[str, Any], done: str = "") -> None:
        """Set fields of a bookmark as one undo step.

        `done` is the label of the step, with `{}` for the bookmark; "" for the usual label of these
        fields. Raises NotebookError if the bookmark does not exist any more.
        """
        mark = self._known(record_id).bookmark
        label = (done or undo.change_label(fields)).format(undo.bookmark_label([mark]))
        with self._undo_log.step(label) as step:
            step.update(TABLE, record_id, fields)

    def _save_text(self, article: Article) -> None:
        """Store the article's text; if the disk is full, use the disk reserve."""
        self._storage.journal.reserve.spend(lambda: self._texts.save(article))

    def _of_ids(self, record_ids: Iterable[int]) -> list[StoredBookmark]:
        """Return the stored bookmarks with these ids; those that no longer exist are left out."""
        ids = list(record_ids)
        self._values.decode_together(ids)
        return [stored for stored in map(self._values.get_cached, ids) if stored is not None]

    def _indexed(self) -> BookmarkIndex:
        """Return the index after applying all changes; the caller must hold the journal's mutex."""
        self._values.refresh()
        return self._index


KEPT_EMPTIED = dt.timedelta(days=30)
"""How long emptying the trash can be undone."""

_OUTSIDE = b'"trashed":null'
_EMPTIED = "emptied the trash"


class Trash:
    """The bookmarks in the trash; each change is on the disk when its method returns."""

    def __init__(self, database: JournalDB, undo_log: UndoLog) -> None:
        """Give access to the trash of a database."""
        self._storage = database.storage
        self._undo_log = undo_log

    def put(self, *ids: int) -> None:
        """Move the bookmarks with these ids to the trash, as one undo step.

        Ids of bookmarks that do not exist any more are ignored. Raises NotebookError if it cannot
        be saved.
        """
        self._move(ids, now(), "moved {} to the trash")

    def restore(self, *ids: int) -> None:
        """Move the bookmarks with these ids out of the trash, as one undo step.

        Ids of bookmarks that do not exist any more are ignored. Raises NotebookError if it cannot
        be saved.
        """
        self._move(ids, None, "restored {} from the trash")

    def all(self) -> tuple[Bookmark, ...]:
        """Return the bookmarks in the trash, most recently deleted first; empty if none."""
        self._storage.journal.refresh()
        records = self._storage.records(TABLE)
        inside = (record_id for record_id, doc in records.items() if _OUTSIDE not in doc)
        trashed = [stored for stored in self._known(inside) if stored.trashed]
        trashed.sort(key=lambda stored: (stored.trashed, stored.bookmark.id), reverse=True)
        return tuple(stored.bookmark for stored in trashed)

    def empty(self) -> int:
        """Delete all bookmarks in the trash, as one undo step; return how many they were.

        The step contains the bookmarks, so that it can be undone for 30 days.
        """
        with self._storage.transaction():
            marks = self.all()
            with self._undo_log.step(f"{_EMPTIED} of {undo.bookmark_label(marks)}") as step:
                for mark in marks:
                    step.delete(TABLE, mark.id)
        return len(marks)

    def delete_expired(self, moment: dt.datetime) -> None:
        """Delete the undo steps of emptying the trash that are older than 30 days.

        `moment` is the present time. What they deleted can then not be recovered.
        """
        self._undo_log.delete_expired(_EMPTIED, moment - KEPT_EMPTIED)

    def _move(self, ids: tuple[int, ...], when: str | None, done: str) -> None:
        """Set when bookmarks were moved to the trash; None for `when` moves them out of it.

        `when` is a time stamp, `done` the label of the undo step with `{}` for the bookmarks.
        """
        with self._storage.transaction():
            found = self._known(dict.fromkeys(ids))
            marks = [stored.bookmark for stored in found if bool(stored.trashed) != bool(when)]
            with self._undo_log.step(done.format(undo.bookmark_label(marks))) as step:
                for mark in marks:
                    step.update(TABLE, mark.id, {"trashed": when})

    def _known(self, record_ids: Iterable[int]) -> Iterator[StoredBookmark]:
        """Yield the bookmarks with these ids that exist and can be decoded."""
        for record_id in record_ids:
            doc = self._storage.record(TABLE, record_id)
            if doc is None:
                continue
            try:
                yield stored_bookmark(record_id, json.loads(doc))
            except (KeyError, TypeError, ValueError, AttributeError):
                # A form that only a newer version knows; the list of bookmarks adds a notice.
                continue


def _position(article: Article, passage: Passage | None) -> dict[str, str]:
    """Return the record field with the page of a passage; empty if the source has no pages."""
    pages = article.page_range(passage) if passage else ""
    return {"position": f"page {pages}"} if pages else {}
