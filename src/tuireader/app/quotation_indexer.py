"""Brings the quotations in the search index up to date with the texts and the corrections.

The reader's corrections are applied to the quotations that are found. When those of an article
change, its quotations are found again.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tuireader.app.indexed_documents import UnsearchedText, find_quotations
from tuireader.app.text_indexer import LOCAL_ITEMS, IndexProgress, Report, batches
from tuireader.domain.article import Article
from tuireader.library.search.index import SearchIndex

if TYPE_CHECKING:
    from tuireader.notebook.corrections import CorrectionTable

WAITING = 800
"""Articles whose quotations are found in one round, the newest first."""

BATCH = 20
"""Articles whose quotations are written in one transaction: a second's work, which may be lost."""

_APPLIED = "corrections"


@dataclass(slots=True)
class QuotationIndexer:
    """Updates the quotations in the search index.

    Its methods raise IndexUnavailableError if the index cannot be written.
    """

    index: SearchIndex
    corrections: "CorrectionTable"
    report: Report
    jobs: int = 0

    def update(self) -> None:
        """Find and index the quotations of all articles that were not searched for them yet."""
        from tuireader.app.process_pool import map_in_processes  # noqa: PLC0415 - 30 ms, seldom needed

        self._follow_corrections()
        done, begun = 0, time.monotonic()
        while waiting := self.index.without_quotations(WAITING):
            left = self.index.count_without_quotations()
            found = map_in_processes(
                find_quotations,
                self._texts(waiting),
                self.jobs,
                local_items=LOCAL_ITEMS,
                size=lambda item: len(item.text),
            )
            for batch in batches(found, BATCH):
                self.index.writer.set_quotations(batch)
                done, left = done + len(batch), left - len(batch)
                rate = done / max(0.001, time.monotonic() - begun)
                self.report(IndexProgress("quotations", done, left, rate))
        if done:
            self.index.writer.finish()

    def _texts(self, locations: tuple[str, ...]) -> Iterator[UnsearchedText]:
        """Yield the stored texts of articles, each with the corrections that concern it."""
        for location in locations:
            text = self.index.text(location)
            corrections = self.corrections.for_article(Article(location=location, text=text))
            yield UnsearchedText(location, text, corrections)

    def _follow_corrections(self) -> None:
        """Let quotations be found again where the reader's corrections of them have changed."""
        now = self.corrections.checksums()
        stored = self.index.setting(_APPLIED)
        applied = json.loads(stored) if stored else {}
        changed = {key for key in {*now, *applied} if now.get(key) != applied.get(key)}
        if changed:
            self.index.writer.forget_quotations(changed)
            self.index.set_setting(_APPLIED, json.dumps(now).encode())
