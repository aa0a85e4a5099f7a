"""Reads e-books (EPUB): chapters as articles, and the table of contents as one."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO

from tuireader.domain.article import CONTENTS, Article
from tuireader.domain.article_list import ListEntry
from tuireader.domain.blocks import BlockKind
from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.sources.article_builder import ArticleBuilder
from tuireader.sources.epub.package import Package, TocEntry, read_package
from tuireader.sources.html.elements import is_page_break
from tuireader.sources.html.parser import parse_xhtml
from tuireader.sources.html.renderer import HtmlRenderer
from tuireader.sources.page_places import mark_page, pages_in
from tuireader.sources.plaintext.title import first_sentence
from tuireader.sources.zip_archive import ZipArchive, member_path
from tuireader.text.language import language_of
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_WEB = ("http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True)
class Book:
    """A book's package and chapter titles, without the text of its chapters."""

    package: Package
    titles: dict[str, str]
    """The titles in the table of contents, by the chapter's path in the book."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the book's articles in order, the table of contents first if it has one."""
        contents = (CONTENTS,) if len(self.package.contents) > 1 else ()
        return contents + self.package.chapters


def read_book(stream: BinaryIO, path: str) -> Book:
    """Return the package of an open EPUB file and the titles of its chapters.

    `path` is the file's path. Raises SourceError if it is not a readable book.
    """
    status = os.fstat(stream.fileno())
    return _book(path, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=8)
def _book(path: str, _changed: int, _size: int) -> Book:
    """Return a book's package; it is cached by the file's path, time of change and size.

    Lists ask for the chapters one by one.
    """
    with open(path, "rb") as stream:  # noqa: PTH123 - a location may hold bytes that are not UTF-8
        package = read_package(ZipArchive(stream, path), path)
    return Book(package, _titles(package))


def _titles(package: Package) -> dict[str, str]:
    """Return the chapters' titles by path; a chapter of which only sections are listed has none."""
    titles: dict[str, str] = {}
    parts = Counter(line.member for line in package.contents if line.fragment)
    for line in package.contents:
        if not line.fragment or parts[line.member] == 1:
            titles.setdefault(line.member, line.title)
    return titles


def chapter_ids(stream: BinaryIO, path: str) -> Iterator[str]:
    """Yield the ids of a book's articles in order, the table of contents first.

    Raises SourceError, which names `path`, if it cannot be read.
    """
    yield from read_book(stream, path).ids


def describe_chapter(stream: BinaryIO, path: str, name: str) -> ListEntry:
    """Return a chapter's list entry, with the book as its outlet.

    The arguments and errors are those of `read_chapter`.
    """
    book = read_book(stream, path)
    package = book.package
    title = book.titles.get(name, "")
    if name == CONTENTS:
        title = _contents_title(package)
    elif name not in package.chapters:
        raise _not_found(path, name)
    elif not title:
        title = read_chapter(stream, path, name).title
    return ListEntry(
        location=f"{path}#{name}", title=title, outlet=package.title, date=package.date
    )


def read_chapter(stream: BinaryIO, path: str, name: str) -> Article:
    """Return a chapter, or the table of contents, as an article.

    Args:
        stream: The open book.
        path: Its path.
        name: The article's id, as `chapter_ids` yields it.

    Raises SourceNotFoundError if there is no such chapter, SourceError if it cannot be read.
    """
    book = read_book(stream, path)
    package = book.package
    if name == CONTENTS:
        return _contents(book, path)
    if name not in package.chapters:
        raise _not_found(path, name)
    location = f"{path}#{name}"
    if name in package.locked:
        raise SourceError(location, "it is protected by DRM")
    root = parse_xhtml(ZipArchive(stream, path).read(name), location)
    body = next((child for child in root if str(child.tag).lower().endswith("body")), root)
    for element in list(body.iter()):
        if is_page_break(element):
            mark_page(element, _page_number(element))
    renderer = HtmlRenderer(lambda href: _link_target(package, path, name, href))
    return _article(book, location, renderer.render(body), book.titles.get(name, ""))


def _page_number(element: "_Element") -> str:
    """Return the number of the printed page that begins at an element; empty if not stated."""
    stated = element.get("title") or element.get("aria-label") or "".join(element.itertext())
    return stated.strip().removeprefix("Page ").removeprefix("page ")


def _article(book: Book, location: str, builder: ArticleBuilder, title: str) -> Article:
    """Return the article of a chapter that was rendered; raise SourceError if it has no text.

    `title` is its title in the table of contents; empty to take one from its text.
    """
    package, text_builder = book.package, builder.text_builder
    text = text_builder.text()
    if not text:
        raise SourceError(location, "it has no text, only images")
    blocks = text_builder.blocks()
    if not title:
        headings = [piece.text for piece in text_builder.first if piece.kind is BlockKind.HEADING]
        title = sanitize_line(
            headings[0] if headings else first_sentence(text_builder.first[0].text)
        )
    return Article(
        location=location,
        text=text,
        blocks=blocks,
        title=title,
        date=package.date,
        outlet=package.title,
        author=package.author,
        language=package.language or language_of(text),
        links=tuple(builder.links),
        emphases=tuple(builder.emphases),
        pictures=tuple(builder.pictures),
        code_languages=tuple(builder.code_languages),
        places=tuple(builder.places),
        pages=pages_in(builder.places, len(text)),
    )


def _contents(book: Book, path: str) -> Article:
    """Return the table of contents as an article whose lines are links."""
    builder = ArticleBuilder()
    builder.add(book.package.title)
    builder.end(BlockKind.HEADING, 1)
    for line in book.package.contents:
        tight = builder.text_builder.last_kind() is BlockKind.LIST_ITEM
        builder.open("link", *_line_target(book.package, path, line))
        builder.add(line.title)
        builder.close()
        builder.end(BlockKind.LIST_ITEM, line.level, tight=tight)
    return _article(book, f"{path}#{CONTENTS}", builder, _contents_title(book.package))


def _contents_title(package: Package) -> str:
    return f"{package.title}: contents"


def _line_target(package: Package, path: str, line: TocEntry) -> tuple[str, str]:
    if line.member not in package.chapters:
        return "", ""
    return f"{path}#{line.member}", line.fragment


def _link_target(package: Package, path: str, name: str, href: str) -> tuple[str, str]:
    """Return the target of a link in a chapter: a URL or a chapter's location, and a place in it.

    Args:
        package: The book's package.
        path: The book's path.
        name: The chapter's id.
        href: The link as written.

    The target is empty for a place in the chapter itself; both are empty for a link that leads
    elsewhere.
    """
    href = href.strip()
    if href.lower().startswith(_WEB):
        return sanitize_line(href), ""
    if ":" in href.partition("#")[0].partition("/")[0]:
        return "", ""
    fragment = sanitize_line(href.partition("#")[2])
    member = member_path(name, href)
    if member == name:
        return "", fragment
    return (f"{path}#{member}", fragment) if member in package.chapters else ("", "")


def _not_found(path: str, name: str) -> SourceNotFoundError:
    return SourceNotFoundError(f"{path}#{name}", "no such chapter in the book")
