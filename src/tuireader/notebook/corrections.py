"""What the reader says of quotations: one record each, found again by its words as passages are."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

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
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class CorrectionRecord:
    """One record: what is said of one quotation, or, if it has a name, of a speaker."""

    location: str
    text_hash: str
    speaker: str | None
    anchor: Anchor | None = None
    extent: Anchor | None = None
    dismissed: bool = False
    name: str = ""


class CorrectionTable:
    """All corrections of quotations; each change is on the disk when its method returns."""

    def __init__(self, database: JournalDB, undo_log: UndoLog, texts: TextStore) -> None:
        self._storage = database.storage
        self._undo_log = undo_log
        self._texts = texts
        self._by_article: dict[str, dict[int, CorrectionRecord]] = {}
        self._found: dict[tuple[str, str], Passage | None] = {}
        self._values = IndexedTable(database.storage, TABLE, correction_of, self._replace)

    def __len__(self) -> int:
        """How many there are, for all articles."""
        return len(self._values.all())

    @property
    def version(self) -> int:
        """A number that is another one whenever some correction has changed."""
        self._storage.journal.refresh()
        return self._storage.version(TABLE)

    def of(self, article: Article) -> Corrections:
        """Those of the article, where they stand in its text; what is not found there is counted.

        They are the ones made at its location or in its very text.
        """
        kept = self._records_of(article)
        if not kept:
            return NO_CORRECTIONS
        text_hash = hash_of(article.text)
        finder = AnchorSearch(article.text, text_hash, lru_cache(maxsize=2)(self._texts.words))
        quotes: list[Correction] = []
        for number, each in sorted(kept.items()):
            passage = self._passage(each.anchor, finder, text_hash)
            if passage is not None:
                quotes.append(
                    Correction(
                        id=number,
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

    def attribute(
        self, article: Article, quote: Quote, speaker: str, kept: Iterable[Bookmark] = ()
    ) -> None:
        """Give a quotation another speaker, and with it what is kept of it, in one step of undo."""
        name = sanitize_line(speaker)
        words = quoted_words(quote.spans[0].of(article.text))
        label = f"gave {words} to {name or 'nobody named'}"
        self._set(article, quote, {"speaker": name}, label, kept)

    def stretch(self, article: Article, quote: Quote, extent: Passage) -> None:
        """Have a quotation begin and end elsewhere."""
        anchor = anchor_record(anchor_of(article, extent, hash_of(article.text)))
        label = f"changed where {quoted_words(quote.spans[0].of(article.text))} begins and ends"
        self._set(article, quote, {"extent": anchor}, label)

    def dismiss(self, article: Article, quote: Quote, *, back: bool = False) -> None:
        """Say that it is no quotation, or that it is one after all."""
        words = quoted_words(quote.spans[0].of(article.text))
        label = f"took {words} back as a quotation" if back else f"said {words} is no quotation"
        self._set(article, quote, {"dismissed": not back}, label)

    def add(
        self, article: Article, passage: Passage, speaker: str, kept: Iterable[Bookmark] = ()
    ) -> None:
        """Add a quotation that was not found."""
        name = sanitize_line(speaker)
        label = f"added the quotation {quoted_words(passage.of(article.text))}"
        self._insert(article, passage, {"speaker": name}, label, kept)

    def merge(
        self, article: Article, name: str, speaker: str, kept: Iterable[Bookmark] = ()
    ) -> None:
        """Say that a name in the article is another's bearer; a later word outdoes an earlier."""
        name, speaker = sanitize_line(name), sanitize_line(speaker)
        before = self._records_of(article)
        with self._undo_log.step(f"took {name} and {speaker} for the same") as step:
            for number, each in before.items():
                if each.name and fold(each.name) in {fold(name), fold(speaker)}:
                    step.delete(TABLE, number)
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
        self._save(article)
        anchor = anchor_record(anchor_of(article, passage, hash_of(article.text)))
        empty = {"name": "", "speaker": None, "extent": None, "dismissed": False}
        with self._undo_log.step(label) as step:
            step.insert(TABLE, {**_record(article), "anchor": anchor, **empty, **fields})
            for mark in kept:
                step.update(BOOKMARKS, mark.id, {"speaker": fields["speaker"]})

    def _save(self, article: Article) -> None:
        if not article.complete:
            raise NotebookError("The text is still being read; try again in a moment.")
        self._texts.save(article)

    def _records_of(self, article: Article) -> dict[int, CorrectionRecord]:
        with self._storage.journal.mutex:
            self._values.refresh()
            if not self._by_article:
                return {}
            here = self._by_article.get(article.location, {})
            return {**self._by_article.get(hash_of(article.text), {}), **here}

    def _passage(
        self, anchor: Anchor | None, finder: AnchorSearch, text_hash: str
    ) -> Passage | None:
        if anchor is None:
            return None
        if anchor.text_hash == text_hash:
            return Passage(anchor.start, anchor.end)
        key = text_hash, json.dumps(anchor_record(anchor), sort_keys=True)
        if key not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            place = finder.find(anchor)
            self._found[key] = Passage(place.start, place.end) if place else None
        return self._found[key]

    def _replace(
        self, number: int, before: CorrectionRecord | None, now: CorrectionRecord | None
    ) -> None:
        for key in (before.location, before.text_hash) if before else ():
            self._by_article.get(key, {}).pop(number, None)
        if now is not None:
            for key in (now.location, now.text_hash):
                self._by_article.setdefault(key, {})[number] = now


def _record(article: Article) -> dict[str, Any]:
    return {"article": citation_record(article), "text_hash": hash_of(article.text)}


def correction_of(_number: int, record: Mapping[str, Any]) -> CorrectionRecord:
    """The correction of a record; KeyError, TypeError or ValueError if it is none."""
    speaker = record.get("speaker")
    return CorrectionRecord(
        location=str(record["article"]["location"]),
        text_hash=str(record["text_hash"]),
        speaker=None if speaker is None else str(speaker),
        anchor=anchor_from_record(record.get("anchor")),
        extent=anchor_from_record(record.get("extent")),
        dismissed=bool(record.get("dismissed")),
        name=str(record.get("name", "")),
    )
