"""Opens what a location names: a file, or a page of the web."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from tuireader.sources.files import is_address
from tuireader.sources.opening import describe, locations, open_article, open_head, open_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tuireader.domain.article import Article
    from tuireader.domain.reading import Citation
    from tuireader.domain.shelf import Entry
    from tuireader.folders import Folders
    from tuireader.sources.web.visiting import Visitor


def named(source: str) -> str:
    """How the library calls a source: its address, or its whole path."""
    if not is_address(source):
        return os.path.abspath(source)  # noqa: PTH100 - a link is called by its own name
    from tuireader.sources.canonical import canonical  # noqa: PLC0415 - only for addresses

    return canonical(source)


def visitor(folders: Folders) -> Visitor:
    """What is kept of the web, and the way to it, as the settings say."""
    from tuireader.settings import load  # noqa: PLC0415 - only for addresses
    from tuireader.sources.web.visiting import Visitor  # noqa: PLC0415 - not on the start path

    return Visitor(folders, load(folders.settings).sites)


class Opener:
    """The ways to list and open articles, over files and the web alike."""

    def __init__(self, folders: Folders, known: Callable[[str], Citation | None]) -> None:
        """Takes where pages are kept, and what the notebook knows of an address."""
        self._folders = folders
        self._known = known

    def taken(self, source: str) -> Iterable[str]:
        """The articles of a source that the reader named; an address may be fetched."""
        return self.web.take(source) if is_address(source) else locations(source)

    def listed(self, source: str) -> Iterable[str]:
        """The articles of a source of the library; nothing is fetched."""
        return self.web.listed(source) if is_address(source) else locations(source)

    def head(self, location: str) -> Article:
        """The beginning of an article; SourceError if it cannot be opened.

        If only a feed's teaser of it is here, it is fetched.
        """
        return self.web.article(location) if is_address(location) else open_head(location)

    def kept_head(self, location: str) -> Article:
        """The same at once, without the network."""
        return self.web.kept(location) if is_address(location) else open_head(location)

    def whole(self, location: str, pause: Callable[[], None]) -> Article:
        """An article to its end, without the network; errors as above."""
        return self.web.kept(location) if is_address(location) else open_article(location, pause)

    def describe(self, location: str) -> Entry:
        """An article's line in a list."""
        if not is_address(location):
            return describe(location)
        entry = self.web.describe(location)
        known = self._known(location) if entry.problem else None
        if known is None:
            return entry
        from dataclasses import replace  # noqa: PLC0415 - stands with what needs it

        return replace(entry, title=known.title, outlet=known.outlet, date=known.date)

    def page(self, location: str) -> Article:
        """All of a page of the web, with what is around its article; errors as above."""
        return self.web.whole_page(location) if is_address(location) else open_page(location)

    @cached_property
    def web(self) -> Visitor:
        """What is kept of the web, and the way to it."""
        return visitor(self._folders)
