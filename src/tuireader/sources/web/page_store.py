"""Articles of the web, each kept as a file under its address, and the pages they were read from."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any

from tuireader.domain.article import Article
from tuireader.domain.article_list import ListEntry
from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.domain.import_item import ImportItem
from tuireader.paths import replace_file
from tuireader.sources.html.page import feed_link_in, link_target, read_page, read_whole_page
from tuireader.sources.html.parser import parse_html
from tuireader.sources.html.renderer import HtmlRenderer
from tuireader.sources.html.selectors import Sites
from tuireader.text.language import language_of
from tuireader.text.sanitize import sanitize_line

_VERSION = 1
_NOT_HERE = "its page is not here yet; Enter fetches it"
_NO_TEXT = _NOT_HERE


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalPage:
    """A page as its site gave it."""

    data: bytes
    charset: str = ""
    """What the site said of it; empty if nothing."""


class PageStore:
    """A folder of pages, `ab/<hash of the address>.json`, and of their originals by content."""

    def __init__(self, folder: Path, sites: Sites = ()) -> None:
        """Takes the folder, and where on some sites' pages the article is."""
        self._folder = folder
        self._sites = sites

    def keep(self, item: ImportItem, *, teaser_of: str = "") -> None:
        """Keep an imported article's page; a page that is kept already stays as it is.

        `teaser_of` names the feed whose teaser this is: the page may then be fetched, and
        what is fetched takes its place. Raises OSError if it cannot be written.
        """
        if not self._path(item.address).exists():
            self._write(item, {"html": item.html, "feed": teaser_of})

    def keep_original(self, address: str, original: OriginalPage) -> Article:
        """Keep a page that was fetched, and its article.

        Raises SourceError if there is no text in it, and OSError if it cannot be written.
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
        """Have an address lead to another one, under which its page is kept."""
        if address != target:
            self._write(ImportItem(title="", address=address), {"html": "", "same": target})

    def resolved(self, address: str) -> str:
        """The address under which a page is kept: its own, or the one that it leads to."""
        try:
            return str(self._record(address).get("same") or address)
        except SourceError:
            return address

    def teaser_of(self, address: str) -> str | None:
        """The feed whose teaser is kept of a page; empty if the whole page is, None if nothing."""
        try:
            record = self._record(address)
        except SourceError:
            return None
        if record.get("feed"):
            return str(record["feed"])
        return "" if record.get("original") or record["html"] else None

    def article(self, address: str, caption: str = "") -> Article:
        """The article that was kept under the address; SourceError if none was.

        A caption is put before the text of a page that was brought along.
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
        return self._extracted(address, self._kept_original(address, record))

    def whole_page(self, address: str) -> Article:
        """All of a page that was fetched; SourceError if only its article is here."""
        record = self._record(self.resolved(address))
        if not record.get("original"):
            raise SourceError(address, "only its article is here; o opens its address")
        original = self._kept_original(address, record)
        return read_whole_page(original.data, address, address=address, charset=original.charset)

    def feed_named(self, address: str) -> str:
        """The feed that a page which was fetched names; empty if it names none."""
        try:
            record = self._record(self.resolved(address))
            if not record.get("original"):
                return ""
            return feed_link_in(self._kept_original(address, record).data, address)
        except SourceError:
            return ""

    def _kept_original(self, address: str, record: dict[str, Any]) -> OriginalPage:
        try:
            data = self._original(str(record["original"])).read_bytes()
        except OSError as error:
            raise SourceError(address, "the page that was kept cannot be read") from error
        return OriginalPage(data=data, charset=str(record["charset"]))

    def describe(self, address: str) -> ListEntry:
        """Its line in a list; `problem` says so if its page is not kept."""
        try:
            record = self._record(address)
        except SourceError as error:
            return ListEntry(location=address, title=address, problem=error.reason)
        item = _item_of(record, address)
        problem = "" if item.html or record.get("original") or record.get("same") else _NO_TEXT
        outlet = item.outlet or host_of(address)
        title = sanitize_line(item.title) or address
        return ListEntry(
            location=address, title=title, outlet=outlet, date=item.date, problem=problem
        )

    def _extracted(self, address: str, original: OriginalPage) -> Article:
        found = read_page(
            original.data,
            address,
            address=address,
            charset=original.charset,
            sites=self._sites,
        )
        return found if found.outlet else replace(found, outlet=host_of(address))

    def _write(self, item: ImportItem, more: dict[str, str]) -> None:
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
        content = json.dumps(record, separators=(",", ":")).encode("ascii")
        replace_file(self._path(item.address), content)

    def _record(self, address: str) -> dict[str, Any]:
        try:
            record = json.loads(self._path(address).read_bytes())
        except FileNotFoundError as error:
            raise SourceNotFoundError(address, _NOT_HERE) from error
        except (OSError, ValueError) as error:
            raise SourceError(address, "the page that was kept cannot be read") from error
        if not isinstance(record, dict) or record.get("v") != _VERSION:
            raise SourceError(address, "the page that was kept cannot be read")
        return record

    def _path(self, address: str) -> Path:
        name = hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:40]
        return self._folder / name[:2] / f"{name}.json"

    def _original(self, digest: str) -> Path:
        return self._folder / "originals" / digest[:2] / f"{digest}.html"


def _item_of(record: dict[str, Any], address: str) -> ImportItem:
    return ImportItem(
        title=str(record["title"]),
        address=address,
        author=str(record["author"]),
        outlet=str(record["outlet"]),
        date=dt.date.fromisoformat(record["date"]) if record["date"] else None,
        language=str(record["language"]),
        html=str(record["html"]),
    )


def page_article(item: ImportItem, location: str = "") -> Article:
    """The article of a page all of whose HTML is the article's; errors as above.

    It is called by its address unless another location is given.
    """
    location = location or item.address
    root = parse_html(item.html or "<p></p>", location)
    setter = HtmlRenderer(lambda href: (link_target(item.address, href), ""))
    composer = setter.set(root)
    text = composer.progress.text()
    if not text:
        raise SourceError(location, "there is no text in it; o opens its address")
    return Article(
        location=location,
        text=text,
        blocks=composer.progress.blocks(),
        title=item.title,
        date=item.date,
        outlet=item.outlet or host_of(item.address),
        author=item.author,
        language=item.language or language_of(text),
        source=item.address or location,
        links=tuple(composer.links),
        emphases=tuple(composer.emphases),
        places=tuple(composer.places),
    )


def host_of(address: str) -> str:
    """The site of an address, as a list shows it for an outlet."""
    host = address.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0]
    return host.removeprefix("www.").lower()
