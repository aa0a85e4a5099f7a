"""Articles of the web whose text was brought along, each kept as a file under its address."""

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.domain.imported import Item
from tuireader.domain.language import language_of
from tuireader.domain.shelf import Entry
from tuireader.folders import replace_file
from tuireader.sources.html import link_target
from tuireader.sources.markup import MarkupSetter
from tuireader.sources.xml import parse_html

_VERSION = 1
_NOT_HERE = "its text is not here; what was imported is its address (o opens it)"


def is_address(location: str) -> bool:
    """Whether a location is an address of the web and no path."""
    return location.startswith(("http://", "https://"))


class KeptPages:
    """A folder of pages, `ab/<hash of the address>.json`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, item: Item) -> None:
        """Keep an imported article's page; a page that is kept already stays as it is.

        Raises OSError if it cannot be written.
        """
        path = self._path(item.address)
        if path.exists():
            return
        record = {
            "v": _VERSION,
            "address": item.address,
            "title": item.title,
            "author": item.author,
            "outlet": item.outlet,
            "date": item.date.isoformat() if item.date else None,
            "language": item.language,
            "html": item.html,
        }
        replace_file(path, json.dumps(record, separators=(",", ":")).encode("ascii"))

    def article(self, address: str) -> Article:
        """The article that was kept under the address; SourceError if none was."""
        return page_article(self._item(address))

    def describe(self, address: str) -> Entry:
        """Its line in a list; `problem` says so if its page is not kept."""
        try:
            item = self._item(address)
        except SourceError as error:
            return Entry(location=address, title=address, problem=error.reason)
        outlet = item.outlet or host_of(address)
        return Entry(location=address, title=item.title, outlet=outlet, date=item.date)

    def _item(self, address: str) -> Item:
        record = self._record(address)
        return Item(
            title=str(record["title"]),
            address=address,
            author=str(record["author"]),
            outlet=str(record["outlet"]),
            date=dt.date.fromisoformat(record["date"]) if record["date"] else None,
            language=str(record["language"]),
            html=str(record["html"]),
        )

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


def page_article(item: Item, location: str = "") -> Article:
    """The article of a page all of whose HTML is the article's; errors as above.

    It is called by its address unless another location is given.
    """
    location = location or item.address
    root = parse_html(item.html or "<p></p>", location)
    setter = MarkupSetter(lambda href: (link_target(item.address, href), ""))
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
