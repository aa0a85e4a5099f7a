"""Opens what a location names: a file, or a page of the web that was imported with its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tuireader.sources.opening import describe, open_article, open_head

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tuireader.domain.article import Article
    from tuireader.domain.reading import Citation
    from tuireader.domain.shelf import Entry
    from tuireader.sources.kept_pages import KeptPages

_WEB = ("http://", "https://")


class Opener:
    """The three ways to open an article, over files and imported pages alike."""

    def __init__(self, pages: Path, known: Callable[[str], Citation | None]) -> None:
        """Takes the folder of imported pages, and what the notebook knows of an address."""
        self._pages = pages
        self._known = known

    def head(self, location: str) -> Article:
        """The beginning of an article, at once; SourceError if it cannot be opened."""
        if location.startswith(_WEB):
            return self._kept().article(location)
        return open_head(location)

    def whole(self, location: str, pause: Callable[[], None]) -> Article:
        """An article to its end; errors as above."""
        if location.startswith(_WEB):
            return self._kept().article(location)
        return open_article(location, pause)

    def describe(self, location: str) -> Entry:
        """An article's line in a list."""
        if not location.startswith(_WEB):
            return describe(location)
        entry = self._kept().describe(location)
        known = self._known(location) if entry.problem else None
        if known is None:
            return entry
        from dataclasses import replace  # noqa: PLC0415 - stands with what needs it

        return replace(entry, title=known.title, outlet=known.outlet, date=known.date)

    def _kept(self) -> KeptPages:
        from tuireader.sources.kept_pages import KeptPages  # noqa: PLC0415 - not on the start path

        return KeptPages(self._pages)
