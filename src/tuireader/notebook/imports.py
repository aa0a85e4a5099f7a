"""What another program kept, taken over: one step of undo, nothing twice, nothing overwritten."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any

from tuireader.domain.article import Article
from tuireader.domain.imported import Highlight, Item
from tuireader.domain.reading import Bookmark, Citation
from tuireader.notebook import records
from tuireader.notebook.arrivals import Arrival, Found, Tally, anchor_of_words, places_of
from tuireader.notebook.bookmarks import TABLE as BOOKMARKS
from tuireader.notebook.bookmarks import Bookmarks
from tuireader.notebook.history import History, Step
from tuireader.notebook.readings import TABLE as READINGS
from tuireader.notebook.readings import Readings
from tuireader.notebook.sources import TABLE as SOURCES
from tuireader.notebook.sources import Sources, source_record
from tuireader.notebook.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """A highlight, or a note on a whole article, ready to be kept."""

    record: dict[str, Any]
    moment: str = ""
    """When it was made in the other program, as records write it; empty if unknown."""
    text: Article | None = None
    """The text that its anchor is of."""


class Intake:
    """Gathers what an import brings; nothing is changed before it is taken."""

    def __init__(
        self,
        service: str,
        *,
        history: History,
        bookmarks: Bookmarks,
        readings: Readings,
        sources: Sources,
        texts: Texts,
    ) -> None:
        self.tally = Tally()
        self._service = service
        self._history = history
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

    def add(self, arrival: Arrival) -> None:
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
        with self._history.step(f"imported from {self._service}") as step:
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
    def _set_done(step: Step, location: str, number: int | None) -> None:
        if number is None:
            # Two edits: the place that is reached later stays when the import is undone.
            empty = {"location": location, "offset": 0, "furthest": 0, "length": 0}
            number = step.insert(READINGS, empty)
        step.update(READINGS, number, {"done": True})

    def _note(self, item: Item, citation: Citation) -> None:
        given = records.added(note=item.note, tags=item.tags)
        origin = self._origin(item, "")
        if not self._is_new(origin):
            return
        self.tally.noted += 1
        known = self._by_words.get((citation.location, ""))
        if known is not None:
            self._merge(known, {**given, "origin": origin})
        else:
            record = records.bookmark_record(citation, None)
            self._keep({**record, **given, "origin": origin}, item.added)

    def _highlight(self, arrival: Arrival) -> None:
        new: list[tuple[Highlight, str]] = []
        for highlight in arrival.item.highlights:
            told = (highlight.prefix, highlight.words, highlight.suffix)
            origin = self._origin(arrival.item, "\0".join(told))
            if self._is_new(origin):
                new.append((highlight, origin))
        found = places_of([one for one, _ in new], arrival.texts()) if new else []
        for (highlight, origin), place in zip(new, found, strict=True):
            added = records.added(note=highlight.note, tags=highlight.tags, colour=highlight.colour)
            self._keep_at(arrival.citation, highlight, place, {**added, "origin": origin})

    def _keep_at(
        self, citation: Citation, highlight: Highlight, place: Found | None, given: dict[str, Any]
    ) -> None:
        if place is None:
            self.tally.waiting += 1
            known = self._by_words.get((citation.location, highlight.words))
            if known is not None:
                self._merge(known, given)
                return
            record = records.bookmark_record(citation, anchor_of_words(highlight))
            self._keep({**record, **given, "orphan": True}, highlight.created)
            return
        article, anchor = place
        self.tally.placed += 1
        known = self._by_place.get((article.location, anchor.start, anchor.end))
        if known is not None:
            self._merge(known, given)
            return
        record = records.bookmark_record(article, anchor)
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

    def _origin(self, item: Item, words: str) -> str:
        """What tells a highlight apart from all others, the same each time it is imported."""
        told = "\0".join((item.address or f"{item.title}\0{item.author}", words))
        digest = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
        return f"{self._service}:{digest[:32]}"
