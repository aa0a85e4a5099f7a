"""How far the open article was read, and what the reader is told of."""

import time
from collections.abc import Mapping
from dataclasses import replace

from textual.reactive import var
from textual.timer import Timer

from tuireader.domain.article import Article
from tuireader.domain.errors import TuiReaderError
from tuireader.domain.passage import Passage
from tuireader.domain.reading import Reading
from tuireader.ui.desk import Desk
from tuireader.ui.screens.prompting import Prompting

COMPLAINED = 60.0
"""Seconds in which the same complaint is not made again."""

LITTLE = 64
"""Code points of white space after the last row that do not count as unread."""

SETTLED = 1.0
"""Seconds without a move after which the place is saved."""


class Placed(Prompting[None]):
    """A screen with an open article, of which it is remembered how far it was read."""

    article: var[Article | None] = var(None)
    """The article that is open, or its head while the rest is being read."""
    readings: var[Mapping[str, Reading]] = var(dict)
    """How far each article was read, by location."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._reading: Reading | None = None
        self._moved_at = 0.0
        self._saving: Timer | None = None
        self._complaints: dict[str, float] = {}

    def say(self, message: str) -> None:
        """Tell the reader what happened; the reader screen does."""
        raise NotImplementedError

    def complain(self, error: TuiReaderError) -> None:
        """Tell the reader what went wrong; the same thing once a minute at the most."""
        message, now = str(error), time.monotonic()
        if now - self._complaints.get(message, -COMPLAINED) >= COMPLAINED:
            self._complaints[message] = now
            self.app.notify(message, severity="error", timeout=12)

    def moved(self, offset: int, seen: Passage) -> None:
        """Remember how far the article was read; it is saved when the reader rests."""
        article = self.article
        if article is None or self._reading is None or not seen.end:
            return
        length = len(article.text) if article.complete else 0
        rest = article.text[seen.end : seen.end + LITTLE]
        end = length if length and len(rest) < LITTLE and not rest.strip() else seen.end
        self._reading = Reading(
            location=article.location,
            offset=offset,
            furthest=max(end, self._reading.furthest),
            length=length,
            kept=self._reading.kept,
            done=self._reading.done,
        )
        self._moved_at = time.monotonic()
        if self._saving is None:
            self._saving = self.set_timer(SETTLED, self._save_if_settled)

    def _save_if_settled(self) -> None:
        self._saving = None
        if time.monotonic() - self._moved_at < SETTLED * 0.9:
            self._saving = self.set_timer(SETTLED, self._save_if_settled)
        else:
            self.save_place()

    def save_place(self) -> None:
        """Save where the reader is in the open article."""
        reading = self._reading
        if reading is None or not reading.length or not self._moved_at:
            return
        self._moved_at = 0.0
        self.desk.resume.put(reading.location, reading.offset)
        self.desk.resume.save()
        # Passages may have been kept since the article was opened.
        reading = replace(reading, kept=self.desk.notebook.bookmarks.count(reading.location))
        if reading == self.readings.get(reading.location):
            return
        self.readings = {**self.readings, reading.location: reading}
        try:
            self.desk.notebook.readings.save(reading)
        except TuiReaderError as error:
            self.complain(error)
