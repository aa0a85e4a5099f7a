"""Writes articles, the reader's data and quotations into the search index.

The FTS5 tables store no text of their own. The texts are stored compressed, since removing a row
from such a table needs the words that were added. Folding and compressing an article takes as
long as inserting it, so that other processes can prepare articles for the one that writes.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tuireader.domain.dates import first_day
from tuireader.domain.tags import tag_key
from tuireader.library.search.database import (
    SEPARATOR,
    IndexDatabase,
    Value,
    packed_quotations,
    packed_text,
    restored_location,
    stored_location,
    unpacked_quotations,
    unpacked_text,
)
from tuireader.library.search.documents import Document, IndexedQuotation, ReaderData, State
from tuireader.library.search.schema import QUOTATION_BITS
from tuireader.library.search.terms import index_text
from tuireader.library.search.utterances import sentence_numbers
from tuireader.library.search.vocabulary import Vocabulary

HASH_BYTES = 16
"""Bytes of the hash of a text that are stored."""

_HASH_LENGTH = 64
"""Characters of the SHA-256 of a text in hexadecimal."""

FEW = 20
"""Articles whose words are added to the vocabulary at once; for more, it is rebuilt."""

DAY_BITS = 10
"""Bits of an id that number the articles of one day; fewer bits make a smaller index."""

_FIRST_DATED = 200_000 << DAY_BITS
"""Ids up to this one, of a day in the year 548, are for articles without a date."""

READER_STATES = (
    State.READ
    | State.STARRED
    | State.KEPT
    | State.NOTED
    | State.TAGGED
    | State.ORPHANED
    | State.CHANGED
)
"""The states that come from the notebook; the others come from the source of an article."""

_INSERT_CONTENT = """
    INSERT INTO content (rowid, text, title, author, outlet, note, tags, place)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_DELETE_CONTENT = """
    INSERT INTO content (content, rowid, text, title, author, outlet, note, tags, place)
    VALUES ('delete', ?, ?, ?, ?, ?, ?, ?, ?)
"""
_INSERT_ARTICLE = f"""
    INSERT INTO articles (id, location, source, address, size, modified, hash, title, author,
        outlet, date, day, language, words, added, problem, state, stored)
    VALUES ({", ".join("?" * 18)})
"""
_OF_ARTICLE = "id = (SELECT stored FROM articles WHERE articles.id = ?)"
"""Selects the row of `texts` of an article, by its id."""

_COUNT_SPEAKER = """
    INSERT INTO speakers VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET quotes = quotes + ?2
"""


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document with its text folded and compressed."""

    location: str
    day: int
    row: tuple[Value, ...]
    """The row of the table of articles, after the id and the location."""
    text: bytes
    folded: tuple[str, ...]
    """The text, title, author, outlet and place as they are indexed."""

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        return len(self.text) + sum(map(len, self.folded))


def prepare_document(document: Document) -> PreparedDocument:
    """Return a document with its text folded and compressed, ready for the index."""
    day = first_day(document.date).toordinal() if document.date else 0
    state = State.PROBLEM if document.problem else State.NONE
    if document.is_shortened:
        state |= State.SHORTENED
    row = (
        *(stored_location(document.source), document.address, document.size, document.modified),
        *(
            bytes.fromhex(document.hash)[:HASH_BYTES],
            document.title,
            document.author,
            document.outlet,
        ),
        *(document.date.isoformat() if document.date else "", day, document.language),
        *(document.words, document.added.toordinal() if document.added else 0, document.problem),
        int(state),
    )
    columns = (document.text, document.title, document.author, document.outlet)
    return PreparedDocument(
        location=document.location,
        day=day,
        row=row,
        text=packed_text(document.text),
        folded=(*map(index_text, columns), _place(document.location, document.address)),
    )


class IndexWriter:
    """Changes what the search index holds; every method is one transaction."""

    def __init__(self, database: IndexDatabase, vocabulary: Vocabulary) -> None:
        self._database = database
        self._vocabulary = vocabulary

    def put(self, documents: Sequence[PreparedDocument]) -> None:
        """Add articles, or replace those with the same locations.

        The quotations of a replaced article are removed, until `set_quotations` is called; its
        reader data and the day on which it was added are kept. Raises IndexUnavailableError if
        nothing can be written, as do all methods.
        """
        # First, so that no word is missing if this process is killed in between.
        if len(documents) > FEW:
            self._vocabulary.mark_stale()
        else:
            self._vocabulary.add(text for each in documents for text in each.folded[:-1])
        with self._database.transaction():
            for document in documents:
                self._put(document)

    def remove(self, locations: Iterable[str]) -> None:
        """Remove the articles at these locations; unknown locations are ignored."""
        with self._database.transaction():
            for location in locations:
                number = self._number(location)
                if number:
                    self._remove(number)

    def set_reader_data(self, data: Mapping[str, ReaderData]) -> None:
        """Replace the states, notes and tags of the articles at these locations.

        Other articles are unchanged, and unknown locations are ignored.
        """
        self._vocabulary.add(index_text(note) for each in data.values() for note in each.notes)
        with self._database.transaction():
            for location, each in data.items():
                self._set_reader_data(location, each)

    def set_quotations(self, found: Iterable[tuple[str, Sequence[IndexedQuotation]]]) -> None:
        """Replace the quotations of articles; each is given by location and quotations.

        An empty sequence records that an article has none. Unknown locations are ignored.
        """
        with self._database.transaction():
            for location, quotations in found:
                number = self._number(location)
                if number:
                    self._set_quotations(number, quotations)

    def forget_quotations(self, keys: Iterable[str]) -> None:
        """Let the quotations of articles be found again; until then, those before are kept.

        `keys` are locations, or the hashes of texts in hexadecimal; unknown ones are ignored.
        """
        with self._database.transaction():
            for key in keys:
                self._database.run(
                    "UPDATE articles SET quotes = -1 WHERE location = ?", stored_location(key)
                )
                if _is_hash(key):
                    self._database.run(
                        "UPDATE articles SET quotes = -1 WHERE hash = ? AND hash <> x''",
                        bytes.fromhex(key)[:HASH_BYTES],
                    )

    def finish(self) -> None:
        """Move what was written from the write-ahead log into the database's file."""
        self._database.checkpoint()

    def mark_gone(self, locations: Iterable[str]) -> None:
        """Mark the articles at these locations as gone, because their files are missing.

        The stored texts are kept; unknown locations are ignored.
        """
        with self._database.transaction():
            self._database.run_many(
                "UPDATE articles SET state = state | ?, size = -1, modified = 0 WHERE location = ?",
                [(int(State.GONE), stored_location(location)) for location in locations],
            )

    def _put(self, document: PreparedDocument) -> None:
        """Add one article, or replace it and keep its reader data."""
        before = self._reader_data(document.location)
        added = 0
        if before is not None:
            number = self._number(document.location)
            added = self._database.one("SELECT added FROM articles WHERE id = ?", number)
            self._remove(number)
        number = self._insert(document)
        if before is not None:
            self._set_reader_data(document.location, before)
            self._database.run("UPDATE articles SET added = ? WHERE id = ?", added, number)

    def _insert(self, document: PreparedDocument) -> int:
        """Add one article that is not in the index, and return its new id."""
        number = self._new_id(document.day)
        location = stored_location(document.location)
        stored = self._database.run("INSERT INTO texts (text) VALUES (?)", document.text)
        self._database.run(_INSERT_ARTICLE, number, location, *document.row, stored)
        *columns, place = document.folded
        self._database.run(_INSERT_CONTENT, number, *columns, "", "", place)
        return number

    def _reader_data(self, location: str) -> ReaderData | None:
        """Return the stored reader data of an article; None if it is not in the index."""
        rows = self._database.rows(
            "SELECT state, progress, opened, bookmarks, note, tags FROM articles"
            " JOIN texts ON texts.id = stored WHERE location = ?",
            stored_location(location),
        )
        return unpacked_reader_data(rows[0]) if rows else None

    def _set_reader_data(self, location: str, data: ReaderData) -> None:
        """Replace the states, notes and tags of one article; ignore an unknown location."""
        number = self._number(location)
        if not number:
            return
        database = self._database
        note, tags = SEPARATOR.join(data.notes), SEPARATOR.join(data.tags)
        before = database.rows(f"SELECT note, tags FROM texts WHERE {_OF_ARTICLE}", number)[0]
        if before != (note, tags):
            columns = self._columns(number)
            database.run(_DELETE_CONTENT, number, *columns)
            database.run(
                f"UPDATE texts SET note = ?, tags = ? WHERE {_OF_ARTICLE}", note, tags, number
            )
            changed = (*columns[:4], index_text(note), index_text(tags), columns[-1])
            database.run(_INSERT_CONTENT, number, *changed)
            database.run("DELETE FROM tags WHERE article = ?", number)
            rows = [(tag_key(tag), number, tag) for tag in data.tags]
            database.run_many("INSERT OR IGNORE INTO tags VALUES (?, ?, ?)", rows)
        database.run(
            "UPDATE articles SET state = (state & ?) | ?, progress = ?, opened = ?, bookmarks = ?"
            " WHERE id = ?",
            *(int(~READER_STATES), int(data.state), data.progress),
            *(data.opened.toordinal() if data.opened else 0, data.bookmarks, number),
        )

    def _set_quotations(self, number: int, quotations: Sequence[IndexedQuotation]) -> None:
        """Replace the quotations of the article with an id.

        At most 2 to the power of `QUOTATION_BITS` are stored.
        """
        self._remove_quotations(number)
        quotations = quotations[: 1 << QUOTATION_BITS]
        database = self._database
        text = unpacked_text(database.one(f"SELECT text FROM texts WHERE {_OF_ARTICLE}", number))
        database.run_many(
            "INSERT INTO quotations (rowid, said, speaker) VALUES (?, ?, ?)",
            _quotation_rows(number, quotations, text),
        )
        sentences = sentence_numbers(quotations, text)
        database.run_many(
            "INSERT INTO utterances VALUES (?, ?)", [(each, number) for each in sentences]
        )
        counts = Counter(each.speaker for each in quotations if each.speaker)
        database.run_many(_COUNT_SPEAKER, list(counts.items()))
        if quotations:
            database.run("INSERT INTO quoted VALUES (?, ?)", number, packed_quotations(quotations))
        database.run("UPDATE articles SET quotes = ? WHERE id = ?", len(quotations), number)

    def _remove(self, number: int) -> None:
        """Remove the article with an id, and its text, tags and quotations."""
        self._remove_quotations(number)
        self._database.run(_DELETE_CONTENT, number, *self._columns(number))
        for sql in (
            f"DELETE FROM texts WHERE {_OF_ARTICLE}",
            "DELETE FROM articles WHERE id = ?",
            "DELETE FROM tags WHERE article = ?",
        ):
            self._database.run(sql, number)

    def _remove_quotations(self, number: int) -> None:
        """Remove the quotations of the article with an id, if it has any."""
        packed = self._database.one("SELECT quotations FROM quoted WHERE article = ?", number)
        if not packed:
            return
        quotations = unpacked_quotations(packed)
        text = unpacked_text(
            self._database.one(f"SELECT text FROM texts WHERE {_OF_ARTICLE}", number)
        )
        self._database.run("DELETE FROM quoted WHERE article = ?", number)
        self._database.run_many(
            "INSERT INTO quotations (quotations, rowid, said, speaker) VALUES ('delete', ?, ?, ?)",
            _quotation_rows(number, quotations, text),
        )
        self._database.run_many(
            "DELETE FROM utterances WHERE sentence = ? AND article = ?",
            [(each, number) for each in sentence_numbers(quotations, text)],
        )
        counts = Counter(each.speaker for each in quotations if each.speaker)
        self._database.run_many(_COUNT_SPEAKER, [(name, -count) for name, count in counts.items()])
        self._database.run_many(
            "DELETE FROM speakers WHERE name = ? AND quotes <= 0", [(name,) for name in counts]
        )

    def _columns(self, number: int) -> tuple[str, ...]:
        """Return the folded columns of the article with an id, in the order of `content`."""
        title, author, outlet, location, address, text, note, tags = self._database.rows(
            "SELECT title, author, outlet, location, address, text, note, tags FROM articles"
            " JOIN texts ON texts.id = stored WHERE articles.id = ?",
            number,
        )[0]
        columns = (unpacked_text(text), title, author, outlet, note, tags)
        return (*map(index_text, columns), _place(restored_location(location), address))

    def _number(self, location: str) -> int:
        """Return the id of the article at a location; 0 if it is not in the index."""
        found = self._database.one(
            "SELECT id FROM articles WHERE location = ?", stored_location(location)
        )
        return int(found or 0)

    def _new_id(self, day: int) -> int:
        """Return an unused id for an article of a day, which is an ordinal; 0 is no date.

        An id of a later day is returned if all of the day's are used.
        """
        while True:
            first = day << DAY_BITS
            last = first + (1 << DAY_BITS) - 1
            if not day:  # without a date: there are no articles of the first centuries
                last = _FIRST_DATED
            highest = self._database.one(
                "SELECT max(id) FROM articles WHERE id BETWEEN ? AND ?", first, last
            )
            if highest != last:
                return max(int(highest or first), first) + 1
            day += 1


def unpacked_reader_data(row: Sequence[Any]) -> ReaderData:
    """Return the reader data in a database row.

    The columns are state, progress, opened, bookmarks, note and tags; other states than
    `READER_STATES` are removed.
    """
    state, progress, opened, bookmarks, note, tags = row
    return ReaderData(
        state=State(state & READER_STATES),
        progress=progress,
        opened=dt.date.fromordinal(opened) if opened else None,
        notes=tuple(filter(None, note.split(SEPARATOR))),
        bookmarks=bookmarks,
        tags=tuple(filter(None, tags.split(SEPARATOR))),
    )


def _is_hash(key: str) -> bool:
    return len(key) == _HASH_LENGTH and key.isalnum() and not set(key) - set("0123456789abcdef")


def _place(location: str, address: str) -> str:
    """Return the location and the web address of an article, folded for the index."""
    path = location.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return index_text(f"{path} {address}")


def _quotation_rows(
    number: int, quotations: Sequence[IndexedQuotation], text: str
) -> list[tuple[Value, ...]]:
    """Return the rows of the quotations of the article with id `number`.

    Each has its id, and its words and speaker, folded. `text` is the article's text.
    """
    first = number << QUOTATION_BITS
    return [
        (first + place, index_text(each.words(text)), index_text(each.speaker))
        for place, each in enumerate(quotations)
    ]
