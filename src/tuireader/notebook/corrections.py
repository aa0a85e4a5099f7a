"""The reader's corrections of quotations.

One record each, found again by its words like a passage.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zlib import crc32

from tuireader.domain.anchor import Anchor, anchor_of
from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import Bookmark
from tuireader.domain.errors import NotebookError
from tuireader.domain.quote import NO_CORRECTIONS, Correction, Corrections, Quote, SameSpeaker
from tuireader.notebook.anchoring.search import AnchorSearch
from tuireader.notebook.bookmarks import TABLE as BOOKMARKS
from tuireader.notebook.journal.tinydb_storage import JournalDB
from tuireader.notebook.serialization import anchor_from_record, anchor_record, citation_record
from tuireader.notebook.table_cache import IndexedTable
from tuireader.notebook.text_store import TextStore, hash_of
from tuireader.notebook.undo import UndoLog, quoted_words
from tuireader.text.folding import fold
from tuireader.text.sanitize import sanitize_line

TABLE = "corrections"
"""The table of corrections."""
_CACHE_SIZE = 10_000
"""How many search results are cached."""


@dataclass(frozen=True, slots=True)
class CorrectionRecord:
    """A stored correction of a quotation, or (with a `name`) of a speaker's identity.

    A speaker of None is not corrected, "" stands for an unknown one. `extent` is where the
    corrected quotation begins and ends; `dismissed` means that the passage is not a quotation.
    """

    location: str
    text_hash: str
    speaker: str | None
    anchor: Anchor | None = None
    extent: Anchor | None = None
    dismissed: bool = False
    name: str = ""
    title: str = ""
    """The title of the article; "" if it has none."""
    updated: str = ""
    """When it was last changed, as a time stamp."""


@dataclass(frozen=True, slots=True)
class ListedCorrection:
    """A correction in the list of all, with the number of its record."""

    id: int
    record: CorrectionRecord

    @property
    def label(self) -> str:
        """What was corrected, such as "Speaker: Ada Moor"."""
        record = self.record
        if record.name:
            return f"“{record.name}” is {record.speaker}"
        parts = (
            "Not a quotation" if record.dismissed else "",
            f"Speaker: {record.speaker or 'unknown'}" if record.speaker is not None else "",
            "Other extent" if record.extent else "",
        )
        return " · ".join(part for part in parts if part) or "As it was found"

    @property
    def words(self) -> str:
        """The words of the quotation; "" for a correction of a name."""
        anchor = self.record.extent or self.record.anchor
        return anchor.exact if anchor else ""

    @property
    def start(self) -> int:
        """Where the quotation is in the text that it was corrected in; 0 for a name."""
        anchor = self.record.extent or self.record.anchor
        return anchor.start if anchor else 0


class CorrectionTable:
    """The corrections of all articles; each change is on the disk when its method returns.

    All changes are undo steps, and raise NotebookError if they cannot be saved, or if the text of
    the article is not completely loaded.
    """

    def __init__(self, database: JournalDB, undo_log: UndoLog, texts: TextStore) -> None:
        """Give access to the corrections of a database."""
        self._storage = database.storage
        self._undo_log = undo_log
        self._texts = texts
        self._by_article: dict[str, dict[int, CorrectionRecord]] = {}
        self._found: dict[tuple[str, str], Passage | None] = {}
        self._values = IndexedTable(database.storage, TABLE, correction_from_record, self._replace)

    def __len__(self) -> int:
        """Return the number of corrections in all articles."""
        return len(self._values.all())

    @property
    def version(self) -> int:
        """A number that changes whenever a correction is added, changed or removed."""
        self._storage.journal.refresh()
        return self._storage.version(TABLE)

    def all(self) -> tuple[ListedCorrection, ...]:
        """Return the corrections of all articles, the last changed first; empty if none."""
        found = (ListedCorrection(number, each) for number, each in self._values.all().items())
        return tuple(sorted(found, key=lambda each: (each.record.updated, each.id), reverse=True))

    def remove(self, correction: ListedCorrection) -> None:
        """Remove a correction, so that the quotation is as it was found."""
        about = quoted_words(correction.words) if correction.words else correction.label
        with self._undo_log.step(f"removed the correction of {about}") as step:
            step.delete(TABLE, correction.id)

    def checksums(self) -> dict[str, int]:
        """Return a checksum of the corrections of each article, by its location.

        The corrections of a text, which concern its copies, are also under the text's hash.
        """
        found: dict[str, int] = {}
        for record_id, each in self._values.all().items():
            checksum = crc32(f"{record_id} {each}".encode("utf-8", "surrogatepass"))
            for key in {each.location, each.text_hash}:
                found[key] = found.get(key, 0) ^ checksum
        return found

    def for_article(self, article: Article) -> Corrections:
        """Return the corrections of an article with their places in its text.

        These are the corrections made at its location or in exactly its text. Those that are not
        found in the text are only counted as `lost`. `NO_CORRECTIONS` if there are none.
        """
        kept = self._records_of(article)
        if not kept:
            return NO_CORRECTIONS
        text_hash = hash_of(article.text)
        finder = AnchorSearch(article.text, text_hash, lru_cache(maxsize=2)(self._texts.text))
        quotes: list[Correction] = []
        for record_id, each in sorted(kept.items()):
            passage = self._passage(each.anchor, finder, text_hash)
            if passage is not None:
                quotes.append(
                    Correction(
                        id=record_id,
                        passage=passage,
                        speaker=each.speaker,
                        extent=self._passage(each.extent, finder, text_hash),
                        dismissed=each.dismissed,
                    )
                )
        names = (
            SameSpeaker(name=each.name, speaker=each.speaker)
            for _, each in sorted(kept.items())
            if each.name and each.speaker
        )
        lost = sum(each.anchor is not None for each in kept.values()) - len(quotes)
        return Corrections(quotes=tuple(quotes), names=tuple(names), lost=lost)

    def set_speaker(
        self, article: Article, quote: Quote, speaker: str, kept: Iterable[Bookmark] = ()
    ) -> None:
        """Set the speaker of a quotation; "" stands for an unknown speaker.

        `kept` are bookmarks of the quotation, which get the speaker in the same undo step.
        """
        name = sanitize_line(speaker)
        words = quoted_words(quote.spans[0].of(article.text))
        label = f"set the speaker of {words} to {name or 'unknown'}"
        self._set(article, quote, {"speaker": name}, label, kept)

    def set_extent(self, article: Article, quote: Quote, extent: Passage) -> None:
        """Set the passage that a quotation extends over."""
        anchor = anchor_record(anchor_of(article, extent, hash_of(article.text)))
        label = f"changed the extent of {quoted_words(quote.spans[0].of(article.text))}"
        self._set(article, quote, {"extent": anchor}, label)

    def dismiss(self, article: Article, quote: Quote, *, back: bool = False) -> None:
        """Mark a quotation as not being one, or with `back` as a quotation again."""
        words = quoted_words(quote.spans[0].of(article.text))
        label = f"marked {words} as {'a quotation again' if back else 'not a quotation'}"
        self._set(article, quote, {"dismissed": not back}, label)

    def add(
        self, article: Article, passage: Passage, speaker: str, kept: Iterable[Bookmark] = ()
    ) -> None:
        """Add a quotation that was not recognised; "" stands for an unknown speaker.

        `kept` are bookmarks of the passage, which get the speaker in the same undo step.
        """
        name = sanitize_line(speaker)
        label = f"added the quotation {quoted_words(passage.of(article.text))}"
        self._insert(article, passage, {"speaker": name}, label, kept)

    def merge(
        self, article: Article, name: str, speaker: str, kept: Iterable[Bookmark] = ()
    ) -> None:
        """Record that a name in an article refers to the same person as `speaker`.

        It replaces earlier statements about either name. `kept` are bookmarks that get the speaker
        in the same undo step. It does not need the article's text.
        """
        name, speaker = sanitize_line(name), sanitize_line(speaker)
        before = self._records_of(article)
        with self._undo_log.step(f"merged the speakers {name} and {speaker}") as step:
            for record_id, each in before.items():
                if each.name and fold(each.name) in {fold(name), fold(speaker)}:
                    step.delete(TABLE, record_id)
            step.insert(
                TABLE, {**_record(article), "name": name, "speaker": speaker, "anchor": None}
            )
            for mark in kept:
                step.update(BOOKMARKS, mark.id, {"speaker": speaker})

    def _set(
        self,
        article: Article,
        quote: Quote,
        fields: dict[str, Any],
        label: str,
        kept: Iterable[Bookmark] = (),
    ) -> None:
        """Set fields of the correction of a quotation, and add the correction if needed.

        `label` is the label of the undo step; `kept` are bookmarks that get the speaker too.
        """
        if not quote.correction:
            origin = quote.found or quote
            self._insert(article, Passage(origin.start, origin.end), fields, label, kept)
            return
        self._save(article)
        with self._undo_log.step(label) as step:
            step.update(TABLE, quote.correction, fields)
            for mark in kept:
                step.update(BOOKMARKS, mark.id, {"speaker": fields["speaker"]})

    def _insert(
        self,
        article: Article,
        passage: Passage,
        fields: dict[str, Any],
        label: str,
        kept: Iterable[Bookmark],
    ) -> None:
        """Add a correction of a passage with these fields, as one undo step.

        `label` is the label of the undo step; `kept` are bookmarks that get the speaker too.
        """
        self._save(article)
        anchor = anchor_record(anchor_of(article, passage, hash_of(article.text)))
        empty = {"name": "", "speaker": None, "extent": None, "dismissed": False}
        with self._undo_log.step(label) as step:
            step.insert(TABLE, {**_record(article), "anchor": anchor, **empty, **fields})
            for mark in kept:
                step.update(BOOKMARKS, mark.id, {"speaker": fields["speaker"]})

    def _save(self, article: Article) -> None:
        """Save the article's text; raise NotebookError if it is not completely loaded."""
        if not article.complete:
            raise NotebookError("The text is still being read; try again in a moment.")
        self._texts.save(article)

    def _records_of(self, article: Article) -> dict[int, CorrectionRecord]:
        """Return the corrections made at the article's location or in its text, by record id."""
        with self._storage.journal.mutex:
            self._values.refresh()
            if not self._by_article:
                return {}
            here = self._by_article.get(article.location, {})
            return {**self._by_article.get(hash_of(article.text), {}), **here}

    def _passage(
        self, anchor: Anchor | None, finder: AnchorSearch, text_hash: str
    ) -> Passage | None:
        """Return where an anchor is in the text that `finder` searches.

        `text_hash` is the hash of that text. None if there is no anchor, or it is not found.
        """
        if anchor is None:
            return None
        if anchor.text_hash == text_hash:
            return Passage(anchor.start, anchor.end)
        key = text_hash, json.dumps(anchor_record(anchor), sort_keys=True)
        if key not in self._found:
            if len(self._found) >= _CACHE_SIZE:
                self._found.clear()
            place = finder.find(anchor)
            self._found[key] = Passage(place.start, place.end) if place else None
        return self._found[key]

    def _replace(
        self, record_id: int, before: CorrectionRecord | None, now: CorrectionRecord | None
    ) -> None:
        """Update the index after a change of a record."""
        for key in (before.location, before.text_hash) if before else ():
            self._by_article.get(key, {}).pop(record_id, None)
        if now is not None:
            for key in (now.location, now.text_hash):
                self._by_article.setdefault(key, {})[record_id] = now


def _record(article: Article) -> dict[str, Any]:
    """Return the fields that every record about an article has: its citation and text hash."""
    return {"article": citation_record(article), "text_hash": hash_of(article.text)}


def correction_from_record(_record_id: int, record: Mapping[str, Any]) -> CorrectionRecord:
    """Return the correction in a record.

    Raises KeyError, TypeError or ValueError if the record is not valid.
    """
    speaker = record.get("speaker")
    return CorrectionRecord(
        location=str(record["article"]["location"]),
        text_hash=str(record["text_hash"]),
        speaker=None if speaker is None else str(speaker),
        anchor=anchor_from_record(record.get("anchor")),
        extent=anchor_from_record(record.get("extent")),
        dismissed=bool(record.get("dismissed")),
        name=str(record.get("name", "")),
        title=str(record["article"].get("title", "")),
        updated=str(record.get("updated", "")),
    )
