"""Opens what a location names: a file, or a page of the web."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from tuireader.domain.errors import SourceError
from tuireader.sources.files import is_address
from tuireader.sources.filetype import FileType, filetype_of_name
from tuireader.sources.open import (
    article_locations,
    folder_name,
    open_article,
    open_head,
    open_whole_page,
    read_list_entry,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tuireader.domain.article import Article
    from tuireader.domain.article_list import ListEntry
    from tuireader.domain.bookmark import Citation
    from tuireader.library.article_index import ArticleIndex, IndexedArticle
    from tuireader.paths import AppPaths
    from tuireader.settings import Settings
    from tuireader.sources.html.selectors import Sites
    from tuireader.sources.web.client import WebClient


def canonical_source(source: str) -> str:
    """How the library calls a source: its address, or its whole path."""
    if not is_address(source):
        return os.path.abspath(source)  # noqa: PTH100 - a link is called by its own name
    from tuireader.sources.web.canonical_url import canonical_url  # noqa: PLC0415 - only for addresses

    return canonical_url(source)


def site_selectors(folders: AppPaths) -> Sites:
    """The sites of whose pages the settings say where the article is, if that makes sense."""
    from tuireader.settings import load_settings  # noqa: PLC0415 - only for pages
    from tuireader.sources.html.selectors import is_selector  # noqa: PLC0415 - the same

    return tuple(pair for pair in load_settings(folders.settings).sites if is_selector(pair[1]))


def selector_warnings(settings: Settings, folders: AppPaths) -> tuple[str, ...]:
    """A sentence for each site whose selector in the settings makes no sense."""
    from tuireader.settings import unusable_selector  # noqa: PLC0415 - as above
    from tuireader.sources.html.selectors import is_selector  # noqa: PLC0415 - as above

    return tuple(
        unusable_selector(folders.settings, site, selector)
        for site, selector in settings.sites
        if not is_selector(selector)
    )


def web_client(folders: AppPaths) -> WebClient:
    """What is kept of the web, and the way to it, as the settings say."""
    from tuireader.sources.web.client import WebClient  # noqa: PLC0415 - not on the start path

    return WebClient(folders, site_selectors(folders))


def index_path(folders: AppPaths) -> Path:
    """The file of what is known of articles that were read through."""
    return folders.cache / "articles.sqlite"


class ArticleLoader:
    """The ways to list and open articles, over files and the web alike."""

    def __init__(self, folders: AppPaths, known: Callable[[str], Citation | None]) -> None:
        """Takes where pages are kept, and what the notebook knows of an address."""
        self._folders = folders
        self._known = known

    def taken(self, source: str) -> Iterable[str]:
        """Return the locations of a named source's articles; a web address may be fetched."""
        return self.web.take(source) if is_address(source) else article_locations(source)

    def listed(self, source: str) -> Iterable[str]:
        """Return the locations of a library source's articles without fetching anything."""
        return self.web.listed(source) if is_address(source) else article_locations(source)

    def head(self, location: str) -> Article:
        """Return the beginning of an article; raise SourceError if it cannot be opened.

        It is fetched if only a feed's teaser of it is stored.
        """
        return self.web.article(location) if is_address(location) else self._head(location)

    def kept_head(self, location: str) -> Article:
        """Return the stored beginning of an article; raise SourceError if there is none."""
        return self.web.kept(location) if is_address(location) else self._head(location)

    def whole(self, location: str, pause: Callable[[], None]) -> Article:
        """Return a whole stored article; raise SourceError if it cannot be opened."""
        if is_address(location):
            return self.web.kept(location)
        return open_article(location, pause, self._sites_for(location))

    def describe(self, location: str) -> ListEntry:
        """An article's line in a list."""
        if not is_address(location):
            return self._described(location)
        entry = self.web.describe(location)
        known = self._known(location) if entry.problem else None
        if known is None:
            return entry
        from dataclasses import replace  # noqa: PLC0415 - stands with what needs it

        return replace(entry, title=known.title, outlet=known.outlet, date=known.date)

    def feed_named(self, source: str) -> str:
        """The feed that a page of the web names and that is not followed; empty if none."""
        return self.web.feed_named(canonical_source(source)) if is_address(source) else ""

    def page(self, location: str) -> Article:
        """Return all text of a web page or saved page; raise SourceError if it cannot be opened."""
        return self.web.whole_page(location) if is_address(location) else open_whole_page(location)

    def also_at(self, article: Article, *, keep: bool = True) -> tuple[str, ...]:
        """Where else an article was found; where this one is is remembered, if it is to be kept."""
        from tuireader.library.article_index import file_stamp, indexed_article  # noqa: PLC0415 - not at the start

        stamp = file_stamp(article.location)
        if stamp is None or not (keep or self.has_index):
            return ()
        known = indexed_article(article, stamp)
        if keep and self.index.get(article.location, stamp) != known:
            self.index.note(known)
        return self.index.others(known)

    def known(self, location: str) -> IndexedArticle | None:
        """What is known of an article that was read through and is as it was then."""
        from tuireader.library.article_index import file_stamp  # noqa: PLC0415 - not at the start

        stamp = file_stamp(location) if self.has_index else None
        return self.index.get(location, stamp) if stamp else None

    def _described(self, location: str) -> ListEntry:
        """A file's line; a page is read through for it, but once."""
        if filetype_of_name(location) is not FileType.PAGE:
            return read_list_entry(location)
        from tuireader.library.article_index import entry_of, file_stamp, indexed_article  # noqa: PLC0415 - as above

        known = self.known(location)
        stamp = file_stamp(location)
        if known is None and stamp is not None:
            try:
                known = indexed_article(open_article(location, sites=self._sites), stamp)
            except SourceError:
                return read_list_entry(location)
            self.index.note(known)
        return entry_of(known, folder_name(location)) if known else read_list_entry(location)

    def _head(self, location: str) -> Article:
        return open_head(location, sites=self._sites_for(location))

    def _sites_for(self, location: str) -> Sites:
        return self._sites if filetype_of_name(location) is FileType.PAGE else ()

    @property
    def has_index(self) -> bool:
        """Whether anything is known of articles that were read through."""
        return index_path(self._folders).exists()

    @cached_property
    def index(self) -> ArticleIndex:
        """What is known of articles that were read through."""
        from tuireader.library.article_index import ArticleIndex  # noqa: PLC0415 - not at the start

        return ArticleIndex(index_path(self._folders))

    @cached_property
    def _sites(self) -> Sites:
        return site_selectors(self._folders)

    @cached_property
    def web(self) -> WebClient:
        """What is kept of the web, and the way to it."""
        return web_client(self._folders)
