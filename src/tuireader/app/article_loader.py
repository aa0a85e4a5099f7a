"""Lists and opens articles, from files and from the web alike."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tuireader.app.last_frame import file_state
from tuireader.domain.errors import SourceError
from tuireader.sources.files import is_address, split_location
from tuireader.sources.filetype import FileType, filetype_of_name
from tuireader.sources.open import (
    article_locations,
    folder_name,
    open_article,
    open_head,
    open_whole_page,
    read_list_entry,
)
from tuireader.sources.reading_options import FileEncodings, ReadingOptions

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
    """Return a source as the library records it: a canonical address, or an absolute path.

    `source` is a path, an address, or either with `#id`, as typed. Whether it exists is not
    checked, and links and `~` are not resolved.
    """
    if not is_address(source):
        return os.path.abspath(source)  # noqa: PTH100 - a link is called by its own name
    from tuireader.sources.web.url import canonical_url  # noqa: PLC0415 - only for addresses

    return canonical_url(source)


def site_selectors(folders: AppPaths) -> Sites:
    """Return the valid selectors of sites from the settings, as (host name, selector).

    A selector is a CSS selector or an XPath. Those that are not valid are left out;
    `selector_warnings` tells of them. Empty without a settings file.
    """
    from tuireader.settings import load_settings  # noqa: PLC0415 - only for pages
    from tuireader.sources.html.selectors import is_selector  # noqa: PLC0415 - the same

    return tuple(pair for pair in load_settings(folders.settings).sites if is_selector(pair[1]))


def selector_warnings(settings: Settings, folders: AppPaths) -> tuple[str, ...]:
    """Return a message for each site whose selector in the settings is not valid.

    Empty if all are valid. `folders` names the settings file in the messages.
    """
    from tuireader.settings import setting_line  # noqa: PLC0415 - as above
    from tuireader.settings_faults import unusable_selector  # noqa: PLC0415 - as above
    from tuireader.sources.html.selectors import is_selector  # noqa: PLC0415 - as above

    path = folders.settings
    return tuple(
        unusable_selector(path, site, selector, setting_line(path, "sites", site))
        for site, selector in settings.sites
        if not is_selector(selector)
    )


def web_client(folders: AppPaths) -> WebClient:
    """Return a new client for web pages and feeds, with the site selectors of the settings.

    Nothing is fetched or opened yet.
    """
    from tuireader.sources.web.client import WebClient  # noqa: PLC0415 - not on the start path

    return WebClient(folders, site_selectors(folders))


def index_path(folders: AppPaths) -> Path:
    """Return the path of the article index in the cache folder; the file may not exist."""
    return folders.cache / "articles.sqlite"


MAX_HEADS = 4
"""Beginnings of articles that are remembered: the open one, those beside it, and one more."""


class LoadedHead(NamedTuple):
    """The beginning of an article, and the files that it was read from."""

    article: Article
    states: dict[str, str]
    """The states of the files before they were read, by their paths, as of `file_state`."""


class ArticleLoader:
    """Lists and opens articles, from files and from the web alike.

    A location names one article: a path or an address, with `#` and a part for an article in a
    container (a file with several articles). A source is what the user opens or adds, and may have
    many articles.
    """

    def __init__(self, folders: AppPaths, citation: Callable[[str], Citation | None]) -> None:
        """Take the folders of stored pages, and a lookup of addresses in the notebook.

        `citation` returns what the notebook knows of a web address, or None if it knows nothing.
        """
        self._folders = folders
        self._citation = citation
        self._encodings = FileEncodings(folders.encodings)
        self._passwords: dict[str, str] = {}
        self._heads: dict[str, LoadedHead] = {}

    def fetch_locations(self, source: str) -> Iterable[str]:
        """Return the locations of a source's articles; an address is fetched if not yet stored.

        A single article gives one location. Raises SourceError if the source cannot be read or
        fetched.
        """
        return self.web.fetch_locations(source) if is_address(source) else article_locations(source)

    def locations(self, source: str) -> Iterable[str]:
        """Return the locations of a source's articles, without using the network.

        Raises SourceError if a file cannot be read, or nothing is stored for an address.
        """
        return (
            self.web.stored_locations(source) if is_address(source) else article_locations(source)
        )

    def load_head(self, location: str) -> Article:
        """Return the beginning of an article, or all of it if it is short.

        An address is fetched if nothing but the feed's summary of it is stored. The beginning of a
        long text has `complete` set to false. Raises SourceError if the article cannot be opened.
        """
        states = self._states(location)
        web = is_address(location)
        article = self.web.article(location) if web else self._head(location)
        return self._remembered(article, states)

    def load_stored_head(self, location: str) -> Article:
        """Return the beginning of an article like `load_head`, without using the network.

        Raises SourceError if it cannot be opened, or nothing is stored for an address.
        """
        states = self._states(location)
        web = is_address(location)
        article = self.web.stored_article(location) if web else self._head(location)
        return self._remembered(article, states)

    def loaded_head(self, location: str) -> LoadedHead | None:
        """Return the beginning of an article as it was loaded, if that was not long ago.

        None, too, if the article was opened with a password.
        """
        return None if self.options_for(location).password else self._heads.get(location)

    def _states(self, location: str) -> dict[str, str]:
        """Return the states of the files that an article is read from, by their paths."""
        if is_address(location):
            files = self.web.files_of(location)
        else:
            files = (os.path.abspath(split_location(location)[0]),)  # noqa: PTH100 - as above
        return {file: file_state(file) for file in files}

    def _remembered(self, head: Article, states: dict[str, str]) -> Article:
        """Remember the beginning of an article, and return it; `states` are from before."""
        self._heads.pop(head.location, None)
        self._heads[head.location] = LoadedHead(head, states)
        while len(self._heads) > MAX_HEADS:
            del self._heads[next(iter(self._heads))]
        return head

    def load_ahead(self, location: str) -> Article | None:
        """Return the beginning of an article like `load_head`, but None if it must be fetched.

        Raises SourceError if it cannot be opened.
        """
        if is_address(location) and self.web.must_fetch(location):
            return None
        return self.load_head(location)

    def stamp(self, location: str) -> object:
        """Return a value that changes when an article's file or page does, or how it is read."""
        if is_address(location):
            return self.web.stamp(location)
        from tuireader.library.article_index import file_stamp  # noqa: PLC0415 - not at the start

        return file_stamp(location), self.options_for(location)

    def load_article(self, location: str, pause: Callable[[], None]) -> Article:
        """Return a whole article: a file, or what is stored for an address.

        `pause` is called many times a second while a file is read; it may raise to stop the
        loading. Raises SourceError if the article cannot be opened, or nothing is stored for an
        address.
        """
        if is_address(location):
            return self.web.stored_article(location)
        return open_article(location, pause, self._sites_for(location), self.options_for(location))

    def describe(self, location: str) -> ListEntry:
        """Return the title, outlet and date of an article for a list. Never raises SourceError.

        The entry of an article that cannot be opened has the reason in `problem`. Title, outlet and
        date of an address that is not stored are those of the notebook's record, if there is one.
        """
        if not is_address(location):
            return self._describe_file(location)
        entry = self.web.describe(location)
        cited = self._citation(location) if entry.problem else None
        if cited is None:
            return entry
        from dataclasses import replace  # noqa: PLC0415 - stands with what needs it

        return replace(entry, title=cited.title, outlet=cited.outlet, date=cited.date)

    def cite(self, known: Citation) -> Citation:
        """Return the citation of an article, with all that the article states itself.

        `known` is what its list entry tells; it is returned if the article cannot be opened, or
        nothing is stored for its address. The article is read; no network is used.
        """
        from tuireader.domain.bookmark import citation_of  # noqa: PLC0415 - not at the start

        at = known.location
        try:
            return citation_of(self.web.stored_article(at) if is_address(at) else self._head(at))
        except SourceError:
            return known

    def unfollowed_feed(self, source: str) -> str:
        """Return the address of the feed that a web page links to, or "".

        It is "" if the source is a file, if no feed is linked or known, and if the feed is in the
        library.
        """
        return self.web.feed_linked_by(canonical_source(source)) if is_address(source) else ""

    def load_page(self, location: str) -> Article:
        """Return all text of a web page, not only its article; `location` is a file or an address.

        Raises SourceError if it cannot be opened, or only the article of an address is stored.
        """
        if is_address(location):
            return self.web.whole_page(location)
        return open_whole_page(location, self.options_for(location))

    def options_for(self, location: str) -> ReadingOptions:
        """Return how a file is read: the encoding that was chosen for it, and its password.

        Either is "" if none was chosen or given: the encoding is then detected.
        """
        path = split_location(location)[0]
        return ReadingOptions(
            self._encodings.get(path), self._passwords.get(canonical_source(path), "")
        )

    def choose_encoding(self, location: str, encoding: str) -> None:
        """Remember the encoding of the file at a location; "" lets it be detected again.

        Raises OSError if the choice cannot be written.
        """
        self._encodings.choose(split_location(location)[0], encoding)

    def use_password(self, password: str, *files: str) -> None:
        """Use a password for files until the program ends; it is not stored on the disk."""
        self._passwords |= {canonical_source(file): password for file in files}

    def other_locations(self, article: Article, *, keep: bool = True) -> tuple[str, ...]:
        """Return the locations other than its own at which the same article was indexed.

        `keep` says whether the article is recorded in the article index, too. Empty if there is no
        other location, if the file of the article does not exist, and, without `keep`, if there is
        no index.
        """
        from tuireader.library.article_index import file_stamp, indexed_article  # noqa: PLC0415 - not at the start

        stamp = file_stamp(article.location)
        if stamp is None or not (keep or self.has_index):
            return ()
        known = indexed_article(article, stamp)
        if keep and self.index.get(article.location, stamp) != known:
            self.index.store(known)
        return self.index.other_locations(known)

    def indexed(self, location: str) -> IndexedArticle | None:
        """Return an article's record in the article index, or None.

        It is None if there is no index, the article is not in it, or its file has changed or is
        missing.
        """
        from tuireader.library.article_index import file_stamp  # noqa: PLC0415 - not at the start

        stamp = file_stamp(location) if self.has_index else None
        return self.index.get(location, stamp) if stamp else None

    def _describe_file(self, location: str) -> ListEntry:
        """Return the list entry of a file; a page is parsed for it once, and then indexed."""
        encoding = self.options_for(location).encoding
        if filetype_of_name(location) is not FileType.PAGE or encoding:
            return read_list_entry(location, encoding)
        from tuireader.library.article_index import file_stamp, indexed_article, list_entry  # noqa: PLC0415 - as above

        known = self.indexed(location)
        stamp = file_stamp(location)
        if known is None and stamp is not None:
            try:
                known = indexed_article(open_article(location, sites=self._sites), stamp)
            except SourceError:
                return read_list_entry(location)
            self.index.store(known)
        return list_entry(known, folder_name(location)) if known else read_list_entry(location)

    def _head(self, location: str) -> Article:
        """Return the beginning of an article in a file. Raises SourceError."""
        options = self.options_for(location)
        return open_head(location, sites=self._sites_for(location), options=options)

    def _sites_for(self, location: str) -> Sites:
        """Return the site selectors if a location is a web page by its name, else ()."""
        return self._sites if filetype_of_name(location) is FileType.PAGE else ()

    @property
    def has_index(self) -> bool:
        """Whether the file of the article index exists."""
        return index_path(self._folders).exists()

    @cached_property
    def index(self) -> ArticleIndex:
        """The article index; its file is created when it is first used."""
        from tuireader.library.article_index import ArticleIndex  # noqa: PLC0415 - not at the start

        return ArticleIndex(index_path(self._folders))

    @cached_property
    def _sites(self) -> Sites:
        """The valid site selectors, read from the settings once."""
        return site_selectors(self._folders)

    @cached_property
    def web(self) -> WebClient:
        """The client for web pages and feeds; created when it is first used."""
        return web_client(self._folders)
