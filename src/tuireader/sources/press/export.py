"""Reads exports of press databases: recognises them, and gives each article its id."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import BinaryIO

from tuireader.domain.article import Article, NamedPlace
from tuireader.domain.article_list import ListEntry
from tuireader.domain.blocks import BlockKind
from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.domain.import_item import ImportItem
from tuireader.sources.parsed_files import ParsedFiles
from tuireader.sources.plaintext.headings import TextBuilder, classify_headings_and_captions
from tuireader.sources.plaintext.paragraphs import TextBlock
from tuireader.sources.plaintext.title import name_of, title_of
from tuireader.sources.press.documents import (
    LARGEST_DOCUMENT,
    document_text,
    is_document,
    is_press_document,
)
from tuireader.sources.press.factiva import is_factiva, split_factiva
from tuireader.sources.press.html_exports import is_html_export, split_html
from tuireader.sources.press.item import PressItem
from tuireader.sources.press.nexis import is_nexis, split_nexis
from tuireader.sources.press.proquest import is_proquest, split_proquest
from tuireader.sources.stated_encoding import decode_stated
from tuireader.sources.web.page_store import page_article
from tuireader.text.language import language_of
from tuireader.text.sanitize import sanitize

LARGEST_EXPORT = 100_000_000
"""The largest export that is read, in bytes; one of 500 articles has about three million."""
MOST_ITEMS = 50_000
"""Articles that an export may have; the databases give at most a thousand at once."""
HEAD = 65_536
"""Bytes at the start of a file in which the marks of an export are searched."""
_SPLITTERS = (
    (is_proquest, split_proquest),
    (is_factiva, split_factiva),
    (is_nexis, split_nexis),
)


def is_export(head: bytes) -> bool:
    """Return whether data is the export of a press database.

    `head` is the first `HEAD` bytes of a file; for a Word or Rich Text document, all of its bytes.
    """
    if is_document(head):
        return is_press_document(head)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return is_html_export(head)
    lines = decode_stated(head).splitlines()
    return any(is_one(lines) for is_one, _ in _SPLITTERS)


def is_export_file(stream: BinaryIO) -> bool:
    """Return whether an open file is an export; its position is changed."""
    stream.seek(0)
    head = stream.read(HEAD)
    rest = stream.read(LARGEST_DOCUMENT) if is_document(head) else b""
    return is_export(head + rest)


def press_items(text: str, location: str = "") -> tuple[PressItem, ...]:
    """Return the articles of an export, in order.

    Args:
        text: The export, as plain text or HTML.
        location: The location that errors name.

    Empty if it is of no known database, or has no articles. Raises SourceError if its HTML cannot
    be parsed.
    """
    if text.lstrip("\ufeff \t\r\n").startswith("<"):
        return tuple(split_html(text, location))
    lines = sanitize(text).split("\n")
    for is_one, split in _SPLITTERS:
        if is_one(lines):
            return tuple(split(lines))
    return ()


def press_ids(stream: BinaryIO, path: str) -> Iterator[str]:
    """Yield the ids of an export's articles in order; raise SourceError if it has none.

    `path` is the path of the open file `stream`, as in the other functions here.
    """
    found = _ITEMS.of(stream, path)
    if not found:
        raise SourceError(path, "it contains no articles")
    yield from found


def read_press(stream: BinaryIO, path: str, name: str) -> Article:
    """Return the article of an export with an id.

    Raises SourceNotFoundError if there is none, SourceError if the file cannot be read.
    """
    return press_article(_item(stream, path, name), f"{path}#{name}")


def describe_press(stream: BinaryIO, path: str, name: str) -> ListEntry:
    """Return the list entry of the article of an export with an id.

    The errors are those of `read_press`.
    """
    item = _item(stream, path, name)
    outlet = item.outlet or name_of(path)
    title = item.headline or "Untitled"
    return ListEntry(location=f"{path}#{name}", title=title, outlet=outlet, date=item.date)


def press_article(item: PressItem, location: str) -> Article:
    """Return an article of a press database; section and page are a caption above its text.

    `location` is the article's location. An article without a text has its headline as text.
    """
    stated = (item.section, "" if item.page in item.section else f"p. {item.page}")
    above = ", ".join(filter(None, stated))
    if item.html:
        caption = f"<figure><figcaption>{above}</figcaption></figure>" if above else ""
        source = ImportItem(title=item.headline, html=caption + item.html)
        article = replace(page_article(source, location), source="")
    else:
        article = _text_article(item, above, location)
    return replace(
        article,
        title=item.headline or article.title,
        outlet=item.outlet,
        author=item.byline,
        date=item.date,
        pages=(NamedPlace(item.page, 0),) if item.page else (),
        language=item.language or article.language,
    )


def _text_article(item: PressItem, above: str, location: str) -> Article:
    """Return the article of an item that has plain text.

    `above` is a caption to put above the text, empty for none; the captions of pictures follow the
    text.
    """
    text = (TextBlock(BlockKind.PARAGRAPH, words, 0, False) for words in item.paragraphs)
    captions = (TextBlock(BlockKind.CAPTION, words, 0, False) for words in item.captions)
    first = (TextBlock(BlockKind.CAPTION, above, 0, False),) if above else ()
    builder = TextBuilder()
    for block in chain(first, classify_headings_and_captions(text), captions):
        builder.add(block)
    if not builder.length:
        builder.add(TextBlock(BlockKind.PARAGRAPH, item.headline, 0, False))
    found = builder.text()
    return Article(
        location=location,
        text=found,
        blocks=builder.blocks(),
        title=title_of(item.headline, builder.first, location),
        language=language_of(found),
    )


def _item(stream: BinaryIO, path: str, name: str) -> PressItem:
    """Return the item of an export with an id; raise SourceNotFoundError if there is none."""
    found = _ITEMS.of(stream, path).get(name)
    if found is None:
        raise SourceNotFoundError(f"{path}#{name}", "no such article in the export")
    return found


def _items(stream: BinaryIO, path: str) -> dict[str, PressItem]:
    """Return the items of an export by their ids, in order.

    The ids are made from the items' content, and do not depend on the order. Raises SourceError,
    which names `path`, if it is too large.
    """
    stream.seek(0)
    data = stream.read(LARGEST_EXPORT + 1)
    if len(data) > LARGEST_EXPORT:
        raise SourceError(path, f"it is larger than {LARGEST_EXPORT // 1_000_000} MB")
    text = document_text(data, path) if is_document(data) else decode_stated(data)
    items = press_items(text, path)
    if len(items) > MOST_ITEMS:
        raise SourceError(path, f"it contains more than {MOST_ITEMS:,} articles")
    found: dict[str, PressItem] = {}
    seen = Counter[str]()
    for item in items:
        words = item.html[:400] or " ".join(item.paragraphs)[:400]
        seed = f"{item.headline}\n{item.outlet}\n{item.date}\n{words}"
        base = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        seen[base] += 1
        name = base if seen[base] == 1 else f"{base}-{seen[base]}"
        found[name] = item
    return found


_ITEMS: ParsedFiles[dict[str, PressItem]] = ParsedFiles(_items)
