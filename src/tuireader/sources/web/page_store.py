"""Stores fetched and imported pages under their URLs, and reads their articles."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

from tuireader.domain.article import Article
from tuireader.domain.article_list import ListEntry
from tuireader.domain.dates import parse_date
from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.domain.import_item import ImportItem
from tuireader.paths import replace_file, replace_files
from tuireader.sources.files import path_stamp
from tuireader.sources.html.page import feed_link_in, link_target, read_page, read_whole_page
from tuireader.sources.html.parser import parse_html
from tuireader.sources.html.renderer import HtmlRenderer
from tuireader.sources.html.selectors import Sites
from tuireader.text.language import language_of
from tuireader.text.sanitize import sanitize_line

_VERSION = 1
_TOGETHER = 256
"""Entries that are written together."""
_NOT_FETCHED = "not fetched yet; press Enter to fetch it"


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalPage:
    """A page as its site sent it: its bytes, not decoded."""

    data: bytes
    charset: str = ""
    """The charset that the site stated; empty if none."""


class PageStore:
    """A folder of stored pages: a record for each URL, and the original pages.

    Records are in `ab/<hash of the URL>.json`; original pages are named by the hash of their bytes.
    """

    def __init__(self, folder: Path, sites: Sites = ()) -> None:
        """Take the folder, and the sites that have a selector of the article."""
        self._folder = folder
        self._sites = sites

    def store(self, item: ImportItem) -> None:
        """Store an imported article, unless something is stored for its URL already.

        Raises OSError if it cannot be written.
        """
        if not self._path(item.address).exists():
            self._write(item, {"html": item.html})

    def store_entries(
        self, entries: Iterable[tuple[ImportItem, bool]], feed: str
    ) -> tuple[Article, ...]:
        """Store the entries of a feed as pages, and those anew that the feed has corrected.

        A page that was fetched from its own address, imported, or stored from another feed stays as
        it is.

        Args:
            entries: Each entry, and whether its page may be fetched to replace it.
            feed: The URL of the feed.

        Returns the articles whose title or text was corrected, as they were. Raises OSError if an
        entry cannot be written.
        """
        corrected: list[Article] = []
        waiting: dict[Path, bytes] = {}
        for item, is_teaser in entries:
            path = self._path(item.address)
            if path in waiting or len(waiting) == _TOGETHER:
                replace_files(waiting)
                waiting.clear()
            is_changed, before = self._compared(item, feed) if path.exists() else (True, None)
            if is_changed:
                more = {"html": item.html, "feed": feed if is_teaser else "", "from": feed}
                waiting[path] = _record_of(item, more)
            if before:
                corrected.append(before)
        replace_files(waiting)
        return tuple(corrected)

    def _compared(self, item: ImportItem, feed: str) -> tuple[bool, Article | None]:
        """Return whether a feed has corrected a stored entry, and the stored article.

        Only what is stored from this feed is compared. The article is None if it has not been
        corrected, or has no text.
        """
        try:
            record = self._record(item.address)
        except SourceError:
            return False, None
        is_ours = record.get("from") == feed and not (record.get("original") or record.get("same"))
        if not is_ours or (record["html"], record["title"]) == (item.html, item.title):
            return False, None
        before, after = _article_or_none(_item_of(record, item.address)), _article_or_none(item)
        if before and (after is None or (before.text, before.title) == (after.text, after.title)):
            return False, None
        return True, before

    def keep_original(self, address: str, original: OriginalPage) -> Article:
        """Store a fetched page under its URL, and return its article.

        Raises SourceError if it has no text, and OSError if it cannot be written.
        """
        article = self._extracted(address, original)
        digest = hashlib.sha256(original.data).hexdigest()
        path = self._original(digest)
        if not path.exists():
            replace_file(path, original.data)
        known = ImportItem(
            title=article.title,
            address=address,
            author=article.author,
            outlet=article.outlet,
            date=article.date,
            language=article.language,
        )
        self._write(known, {"html": "", "original": digest, "charset": original.charset})
        return article

    def lead(self, address: str, target: str) -> None:
        """Record that a URL redirects to `target`, under which the page is stored.

        Nothing is done if both are the same. Raises OSError if it cannot be written.
        """
        if address != target:
            self._write(ImportItem(title="", address=address), {"html": "", "same": target})

    def stamp(self, address: str) -> tuple[int, int]:
        """Return the size (bytes) and the time (ns) of a page's record; zeros if there is none."""
        return path_stamp(self._path(address))

    def resolved(self, address: str) -> str:
        """Return the URL under which a page is stored: its own, or the one it redirects to.

        Its own, too, if nothing is stored.
        """
        try:
            return str(self._record(address).get("same") or address)
        except SourceError:
            return address

    def teaser_of(self, address: str) -> str | None:
        """Return the URL of the feed whose teaser is stored for a page.

        "" if the whole page or article is stored, None if nothing is.
        """
        try:
            record = self._record(address)
        except SourceError:
            return None
        if record.get("feed"):
            return str(record["feed"])
        return "" if record.get("original") or record["html"] else None

    def article(self, address: str, caption: str = "") -> Article:
        """Return the stored article at a URL.

        `caption` is put above the text of an imported page or teaser; empty for none. Raises
        SourceError if nothing is stored, or it has no text.
        """
        record = self._record(address)
        if record.get("same"):
            record = self._record(str(record["same"]))
        if not record.get("original"):
            item = _item_of(record, address)
            if caption:
                above = f"<figure><figcaption>{escape(caption)}</figcaption></figure>"
                item = replace(item, html=above + item.html)
            return page_article(item)
        return self._extracted(address, self._read_original(address, record))

    def whole_page(self, address: str) -> Article:
        """Return all text of a fetched page, with what is around its article.

        Raises SourceError if nothing or only its article is stored.
        """
        record = self._record(self.resolved(address))
        if not record.get("original"):
            raise SourceError(address, "only its article is stored; press o to open its address")
        original = self._read_original(address, record)
        return read_whole_page(original.data, address, address=address, charset=original.charset)

    def original_head(self, address: str, size: int) -> bytes:
        """Return the first `size` bytes of a fetched page as its site sent it.

        Empty if nothing or only an article is stored, or it cannot be read.
        """
        try:
            digest = self._record(self.resolved(address)).get("original")
            if not digest:
                return b""
            with self._original(str(digest)).open("rb") as file:
                return file.read(size)
        except (SourceError, OSError):
            return b""

    def feed_named(self, address: str) -> str:
        """Return the URL of the feed that a fetched page links to; empty if none, or not stored."""
        try:
            record = self._record(self.resolved(address))
            if not record.get("original"):
                return ""
            return feed_link_in(self._read_original(address, record).data, address)
        except SourceError:
            return ""

    def _read_original(self, address: str, record: dict[str, Any]) -> OriginalPage:
        """Read the original page that a record names; `address` is named in errors.

        Raises SourceError if it cannot be read.
        """
        try:
            data = self._original(str(record["original"])).read_bytes()
        except OSError as error:
            raise SourceError(address, "the stored page cannot be read") from error
        return OriginalPage(data=data, charset=str(record["charset"]))

    def describe(self, address: str) -> ListEntry:
        """Return a page's list entry; `problem` tells if its page is not stored or is damaged."""
        try:
            record = self._record(address)
        except SourceError as error:
            return ListEntry(location=address, title=address, problem=error.reason)
        item = _item_of(record, address)
        problem = "" if item.html or record.get("original") or record.get("same") else _NOT_FETCHED
        outlet = item.outlet or host_of(address)
        title = sanitize_line(item.title) or address
        return ListEntry(
            location=address, title=title, outlet=outlet, date=item.date, problem=problem
        )

    def _extracted(self, address: str, original: OriginalPage) -> Article:
        """Return the article of an original page, with the host for a missing outlet.

        Raises SourceError if it has no text.
        """
        found = read_page(
            original.data,
            address,
            address=address,
            charset=original.charset,
            sites=self._sites,
        )
        return found if found.outlet else replace(found, outlet=host_of(address))

    def _write(self, item: ImportItem, more: dict[str, str]) -> None:
        """Write the record of a page; raise OSError if that fails.

        `item` gives its metadata; `more` is added to the record: its HTML, and where it is from.
        """
        replace_file(self._path(item.address), _record_of(item, more))

    def _record(self, address: str) -> dict[str, Any]:
        """Read the record of a page; raise SourceError if there is none or it is damaged."""
        try:
            record = json.loads(self._path(address).read_bytes())
        except FileNotFoundError as error:
            raise SourceNotFoundError(address, _NOT_FETCHED) from error
        except (OSError, ValueError) as error:
            raise SourceError(address, "the stored page cannot be read") from error
        if not isinstance(record, dict) or record.get("v") != _VERSION:
            raise SourceError(address, "the stored page cannot be read")
        return record

    def _path(self, address: str) -> Path:
        """Return the path of a page's record."""
        name = hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:40]
        return self._folder / name[:2] / f"{name}.json"

    def _original(self, digest: str) -> Path:
        """Return the path of an original page by the SHA-256 of its bytes."""
        return self._folder / "originals" / digest[:2] / f"{digest}.html"


def _record_of(item: ImportItem, more: Mapping[str, str]) -> bytes:
    """Return the record of a page as it is written; `more` is added to the metadata of `item`."""
    record = {
        "v": _VERSION,
        "address": item.address,
        "title": item.title,
        "author": item.author,
        "outlet": item.outlet,
        "date": item.date.isoformat() if item.date else None,
        "language": item.language,
        **more,
    }
    return json.dumps(record, separators=(",", ":")).encode("ascii")


def _item_of(record: dict[str, Any], address: str) -> ImportItem:
    """Return the metadata and the HTML in a stored record, as an imported item of a URL."""
    return ImportItem(
        title=str(record["title"]),
        address=address,
        author=str(record["author"]),
        outlet=str(record["outlet"]),
        date=parse_date(record["date"]) if record["date"] else None,
        language=str(record["language"]),
        html=str(record["html"]),
    )


def page_article(item: ImportItem, location: str = "") -> Article:
    """Return the article of an imported page or feed entry, whose HTML is only the article.

    `location` is the article's location; empty for the item's URL. Raises SourceError if it has no
    text.
    """
    location = location or item.address
    root = parse_html(item.html or "<p></p>", location)
    renderer = HtmlRenderer(lambda href: (link_target(item.address, href), ""))
    builder = renderer.render(root)
    text = builder.text_builder.text()
    if not text:
        raise SourceError(location, "it has no text; press o to open its address")
    return Article(
        location=location,
        text=text,
        blocks=builder.text_builder.blocks(),
        title=item.title,
        date=item.date,
        outlet=item.outlet or host_of(item.address),
        author=item.author,
        language=item.language or language_of(text),
        source=item.address or location,
        links=tuple(builder.links),
        emphases=tuple(builder.emphases),
        pictures=tuple(builder.pictures),
        code_languages=tuple(builder.code_languages),
        places=tuple(builder.places),
    )


def _article_or_none(item: ImportItem) -> Article | None:
    """Return the article of an imported page or feed entry; None if it has no text."""
    try:
        return page_article(item)
    except SourceError:
        return None


def host_of(address: str) -> str:
    """Return a URL's host without "www.", which stands for a missing outlet.

    Empty for what is no URL.
    """
    host = address.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0]
    return host.removeprefix("www.").lower()
