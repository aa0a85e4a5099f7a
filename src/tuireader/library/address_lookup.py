"""The articles of the library by the addresses that their pages state as their own.

A page that was fetched from one address, or saved as a file, may name another address as its own,
in `<link rel="canonical">` or `<meta property="og:url">`.
"""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError
from tuireader.sources.open import article_locations, open_article
from tuireader.sources.web.page_store import PageStore
from tuireader.sources.web.url import comparison_key

_HEAD = 300_000
"""Bytes at the start of a page in which its own address is looked for."""
_PAGES = frozenset({".html", ".htm", ".xhtml", ".mhtml", ".mht"})
_MOST_FILES = 20_000
_TAG = re.compile(r"<(?:link|meta)\b[^<>]{0,4000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"(?<![a-z:-])([a-z:-]{1,40}+)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE
)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)\s*-->", re.IGNORECASE)


def stated_addresses(page: str) -> tuple[str, ...]:
    """Return the web addresses that a page states as its own.

    `page` is the start of its HTML. The addresses of canonical links and `og:url` come first, in
    the order of the page, then the one of a "saved from" comment; each once, and only http and
    https. Empty if the page states none.
    """
    found = []
    for tag in _TAG.finditer(page):
        given = {
            name.lower(): unescape(first or second or third).strip()
            for name, first, second, third in _ATTRIBUTE.findall(tag[0])
        }
        if given.get("rel", "").lower() == "canonical":
            found.append(given.get("href", ""))
        elif given.get("property", given.get("name", "")).lower() == "og:url":
            found.append(given.get("content", ""))
    if saved := _SAVED_FROM.search(page[:4_000]):
        found.append(saved[1])
    return tuple(dict.fromkeys(url for url in found if url.startswith(("http://", "https://"))))


class ArticlesByAddress:
    """Finds articles of the library by address.

    The library is searched on the first lookup, and the result is kept; sources that cannot be read
    are left out.
    """

    def __init__(self, sources: Iterable[str], pages: Path) -> None:
        """Prepare the lookup; nothing is read yet.

        Args:
            sources: The locations of the sources of the library.
            pages: The folder in which fetched pages are stored.
        """
        self._sources = dict.fromkeys(sources)
        self._pages = PageStore(pages)
        self._stated: dict[str, str] | None = None

    def location(self, address: str) -> str:
        """Return the location of the article whose page states an address as its own.

        "" if there is none, and also if the address itself is a source, which needs no lookup.
        """
        if address in self._sources:
            return ""
        if self._stated is None:
            self._stated = dict(self._look())
        return self._stated.get(comparison_key(address) or address, "")

    def file(self, path: str) -> str:
        """Return `path` if it is a source of the library or an existing file, else ""."""
        return path if path in self._sources or Path(path).is_file() else ""

    @staticmethod
    def articles(location: str) -> Iterator[Article]:
        """Yield the articles in a file, or the single one that a location with "#" names.

        Stops without an error at the first article that cannot be opened.
        """
        try:
            for each in [location] if "#" in location else article_locations(location):
                yield open_article(each)
        except SourceError:
            return

    def _look(self) -> Iterator[tuple[str, str]]:
        """Yield each stated address with the location of its page, each address once.

        The addresses are in the form of `comparison_key`; the first page that states one has it.
        """
        found: dict[str, str] = {}
        for source in self._sources:
            for location, page in self._pages_of(source):
                for address in stated_addresses(page):
                    found.setdefault(comparison_key(address) or address, location)
        yield from found.items()

    def _pages_of(self, source: str) -> Iterator[tuple[str, str]]:
        """Yield the location and the decoded start of each HTML page of a source.

        The start has at most `_HEAD` bytes. Files that cannot be read and pages that are not stored
        are left out.
        """
        if source.startswith(("http://", "https://")):
            head = self._pages.original_head(source, _HEAD)
            if head:
                yield source, head.decode("utf-8", "replace")
            return
        for path in _page_files(Path(source)):
            try:
                with path.open("rb") as file:
                    yield str(path), file.read(_HEAD).decode("utf-8", "replace")
            except OSError:
                continue


def _page_files(source: Path) -> Iterator[Path]:
    """Yield the HTML files of a source: itself, or those in a folder and its subfolders.

    Nothing if it is another file or does not exist; at most `_MOST_FILES` paths are examined.
    """
    if source.suffix.lower() in _PAGES:
        yield source
    elif source.is_dir():
        for number, path in enumerate(source.rglob("*")):
            if number > _MOST_FILES:
                return
            if path.suffix.lower() in _PAGES and path.is_file():
                yield path
