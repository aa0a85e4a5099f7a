"""Reads notebooks that the Kindle apps export (HTML), and Bookcision's export of them (JSON)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from tuireader.domain.bookmark import Colour
from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems, LeftOut
from tuireader.importers.fields import (
    Entry,
    is_record,
    nearest_colour,
    paragraphs,
    position_of,
)
from tuireader.sources.html.parser import parse_html
from tuireader.text.sanitize import sanitize, sanitize_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CLASS = re.compile(r"class\s*=\s*['\"](?:noteHeading|bookTitle)['\"]")
_HIGHLIGHTED = re.compile(r"highlight_(\w+)")
_BLOCKS = frozenset({"div", "h1", "h2", "h3", "h4", "p", "hr"})
_SEPARATOR = re.compile(r"[·>|•]")
_NUMBER = re.compile(r"\d+(?:\s*[-–]\s*\d+)?|\b[ivxlcdm]+\b", re.IGNORECASE)
_PAGE = re.compile(
    r"page|seite|p[áa]gina|страниц|页|頁|ページ|페이지|sayfa|stron|sida|pagina|сторін",
    re.IGNORECASE,
)
_BOOKMARK = re.compile(
    r"bookmark|lesezeichen|signet|marcador|segnalibro|закладк|bladwijzer|zakładk|yer imi"
    r"|ブックマーク|书签|書籤",
    re.IGNORECASE,
)


def _read_notebook(file: ExportFile) -> ImportedItems:
    """Read a notebook in HTML: yield the item of its book, and its page bookmarks as left out.

    A note is added to the highlight before it, if that has none; otherwise it becomes a highlight
    without words. Raises SourceError if the page cannot be parsed.
    """
    root = parse_html(file.text, file.path)
    title, author = _text_of(root, "bookTitle"), _text_of(root, "authors")
    chapter, heading = "", None
    highlights: list[Highlight] = []
    bookmarks = 0
    for element in root.iter("div", "h1", "h2", "h3", "p"):
        names = (element.get("class") or "").split()
        if "sectionHeading" in names:
            chapter, heading = _words(element), None
        elif "noteHeading" in names:
            heading = element
            bookmarks += bool(_BOOKMARK.search(_words(element)))
        elif "noteText" in names and heading is not None:
            _add(highlights, heading, chapter, sanitize(_own_text(element)).strip())
            heading = None
    if bookmarks:
        yield LeftOut("page bookmark", bookmarks)
    yield ImportItem(
        title=title or file.stem or "Untitled", author=author, highlights=tuple(highlights)
    )


def _add(highlights: list[Highlight], heading: "HtmlElement", chapter: str, words: str) -> None:
    """Append a highlight to the list, or add a note to the highlight before it.

    `heading` states colour and place; `words` are the text below it.
    """
    colour = _colour(heading)
    page, location = _page_and_location(_words(heading))
    position = position_of(chapter=chapter, page=page, location=location)
    if colour is not None:
        highlights.append(Highlight(words=words, colour=colour, position=position))
    elif highlights and highlights[-1].words and not highlights[-1].note:
        highlights[-1] = replace(highlights[-1], note=words)
    elif words:
        highlights.append(Highlight(words="", note=words, position=position))


def _colour(heading: "HtmlElement") -> Colour | None:
    """Return the colour that a heading states; None if it is the heading of a note."""
    for span in heading.iter("span"):
        found = _HIGHLIGHTED.search(span.get("class") or "")
        if found:
            return nearest_colour(found[1])
    return None


def _page_and_location(heading: str) -> tuple[str, str]:
    """Return the page and the location that a heading states; "" for one that is missing.

    For example "3" and "45" for "Highlight(blue) - Page 3 · Location 45".
    """
    page = location = ""
    _, _, places = heading.partition(" - ")
    for part in _SEPARATOR.split(places or heading):
        numbers = _NUMBER.findall(part)
        if numbers and _PAGE.search(part):
            page = numbers[-1]
        elif numbers and any(map(str.isdecimal, numbers[-1])):
            location = numbers[-1]
    return page, location


def _text_of(root: "HtmlElement", name: str) -> str:
    """Return the text of the first element with a class `name`; "" if there is none."""
    found = root.xpath(f"(//*[contains(concat(' ', @class, ' '), ' {name} ')])[1]")
    return _words(found[0]) if found else ""


def _words(element: "HtmlElement") -> str:
    """Return an element's own text, up to the next block inside it, as one line; "" if none."""
    return sanitize_line(_own_text(element))


def _own_text(element: "HtmlElement") -> str:
    """Return the text of an element up to the next block inside it.

    The Kindle closes its elements in the wrong order, so that later ones may be inside.
    """
    parts = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS:
            break
        is_comment = not isinstance(child.tag, str)
        words = "" if is_comment else "\n" if child.tag == "br" else child.text_content()
        parts += [words, child.tail or ""]
    return "".join(parts)


def _read_bookcision(file: ExportFile) -> ImportedItems:
    """Read Bookcision's JSON: yield the item of its book with the highlights."""
    book = Entry(file.fields)
    highlights: list[Highlight] = []
    for given in book.records("highlights"):
        held = given.get("location")
        place = Entry(held if is_record(held) else {"value": held})
        given.ignore("isNoteOnly")
        words, note = given.text("text"), given.text("note")
        if given.flag("isNoteOnly"):
            words, note = "", paragraphs(words, note)
        if words or note:
            number = place.get("value")
            position = position_of(location=number or "")
            colour = nearest_colour(given.line("color"))
            highlights.append(Highlight(words=words, note=note, colour=colour, position=position))
        yield from given.left_out()
    book.ignore("asin", "customerId")
    yield ImportItem(
        title=book.line("title") or file.stem,
        author=book.line("authors", "author"),
        highlights=tuple(highlights),
    )
    yield from book.left_out()


def _is_notebook(file: ExportFile) -> bool:
    """Return whether a page is a Kindle notebook, by the classes of its elements."""
    return "<" in file.head and len(set(_names(file.text[:50_000]))) > 1


def _names(text: str) -> Iterator[str]:
    """Yield the class attributes of note headings and book titles in a text, in lower case."""
    yield from (found[0].lower() for found in _CLASS.finditer(text))


FORMATS = (
    ExportFormat(
        service="Kindle", kind="notebook in HTML", recognises=_is_notebook, read=_read_notebook
    ),
    ExportFormat(
        service="Kindle",
        programs="Bookcision",
        kind="JSON",
        recognises=lambda file: (
            "asin" in file.fields and isinstance(file.fields.get("highlights"), list)
        ),
        read=_read_bookcision,
    ),
)
