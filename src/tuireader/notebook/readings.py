"""How far each article was read."""

from dataclasses import replace

from tuireader.domain.reading import Reading
from tuireader.notebook.bookmarks import Bookmarks
from tuireader.notebook.journal import now
from tuireader.notebook.records import SCHEMA, reading_of
from tuireader.notebook.table import JournalDB
from tuireader.notebook.values import Values

_NAME = "readings"


class Readings:
    """The reading of every article that was opened; saving one is no step of undo."""

    def __init__(self, database: JournalDB, bookmarks: Bookmarks) -> None:
        self._database = database
        self._bookmarks = bookmarks
        self._values = Values(database.storage, _NAME, reading_of)
        self._numbers: tuple[int, dict[str, int]] = (-1, {})

    def get(self, location: str) -> Reading | None:
        """How far the article at the location was read; None if it never was open."""
        with self._database.storage.journal.mutex:
            number = self._by_location().get(location)
            if number is None:
                return None
            reading = self._values.all()[number]
            return replace(reading, kept=self._bookmarks.counts().get(location, 0))

    def all(self) -> dict[str, Reading]:
        """All readings by location."""
        with self._database.storage.journal.mutex:
            values, counts = self._values.all(), self._bookmarks.counts()
            return {
                location: replace(values[number], kept=counts.get(location, 0))
                for location, number in self._by_location().items()
            }

    def save(self, reading: Reading) -> None:
        """Remember how far the article was read; how many passages are kept is not saved here."""
        known = self.get(reading.location)
        if known == replace(reading, kept=known.kept if known else 0):
            return
        fields = {
            "offset": reading.offset,
            "furthest": reading.furthest,
            "length": reading.length,
            "updated": now(),
        }
        table = self._database.table(_NAME)
        with self._database.storage.transaction():
            number = self._by_location().get(reading.location)
            if number is not None:
                table.update(fields, doc_ids=[number])
            else:
                first = {"v": SCHEMA, "created": now(), "location": reading.location}
                table.insert({**first, **fields})

    def _by_location(self) -> dict[str, int]:
        """The record of each location; the newest, should two windows have made one each."""
        version = self._values.version
        if self._numbers[0] != version:
            values = self._values.all()
            self._numbers = (
                version,
                {reading.location: number for number, reading in values.items()},
            )
        return self._numbers[1]
