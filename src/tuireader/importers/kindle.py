"""Reads Kindle clippings: the file `My Clippings.txt`, in the languages of the device."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.model import ImportedItems, Skipped
from tuireader.text.dates import date_at
from tuireader.text.sanitize import sanitize, sanitize_line

_END = re.compile(r"^={8,}\s*$", re.MULTILINE)
_AUTHOR = re.compile(r"^(.*\S)\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*$")
_LOCATION = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s*([ap])?\.?m?", re.IGNORECASE)
_LIMIT = re.compile(r"^\s*<.{10,200}>\s*$")
_KINDS = {
    "highlight": "highlight markierung surlignement subrayado evidenziazione destaque выделен"
    " markering markerad ハイライト 标注 標註",
    "note": "note notiz nota заметка notitie anteckning メモ 笔记 筆記",
    "bookmark": "bookmark lesezeichen signet marcador segnalibro закладка bladwijzer bokmärke"
    " ブックマーク 书签 書籤",
}


@dataclass(frozen=True, slots=True)
class _Clipping:
    """One clipping: a highlight, a note or a bookmark."""

    kind: str
    words: str
    first: int
    """Its first location number; -1 if it states none."""
    last: int
    where: str
    created: dt.datetime | None


@dataclass(slots=True)
class _Book:
    """A book with its clippings, which are spread over the file."""

    title: str
    author: str
    clippings: list[_Clipping] = field(default_factory=list)


def is_clippings(text: str) -> bool:
    """Return whether a text is a clippings file; its entries end with a line of equals signs."""
    head = text[:5_000].lstrip("\ufeff\r\n")
    lines = head.split("\n", 2)
    return (
        len(lines) > 1 and lines[1].lstrip("\ufeff ").startswith("- ") and bool(_END.search(head))
    )


def read_clippings(text: str) -> ImportedItems:
    """Read the books with their highlights; a note is added to the highlight at its location."""
    books: dict[str, _Book] = {}
    for number, entry in enumerate(_END.split(sanitize(text)), 1):
        lines = [line.strip("\ufeff ") for line in entry.strip("\ufeff \n").split("\n")]
        if lines == [""]:
            continue
        if len(lines) < 2 or not lines[1].startswith("-"):
            yield Skipped(f"clipping {number}", "not in the format of a Kindle")
            continue
        clipping = _clipping(lines[1], "\n".join(lines[2:]).strip())
        if clipping.kind == "bookmark" or not clipping.words:
            continue
        if _LIMIT.match(clipping.words):
            yield Skipped(
                f"clipping {number}", "the Kindle left out its text because of the clipping limit"
            )
            continue
        called = sanitize_line(lines[0])
        parts = _AUTHOR.match(called)
        title, author = (parts[1], parts[2]) if parts else (called, "")
        books.setdefault(called, _Book(title, author)).clippings.append(clipping)
    yield from map(_item, books.values())


def _clipping(description: str, words: str) -> _Clipping:
    """Parse a clipping from its description line and its text."""
    parts = [part.strip() for part in description.lstrip("- ").split("|")]
    folded = parts[0].casefold()
    kind = next(
        (kind for kind, names in _KINDS.items() if any(name in folded for name in names.split())),
        "highlight",
    )
    locations = [found for part in parts[:-1] for found in _LOCATION.finditer(part)]
    place = locations[-1] if locations else None
    first = int(place[1][:15]) if place else -1
    last = int((place[2] or place[1])[:15]) if place else -1
    if last < first:  # "123-4" is 123 to 124
        last = first + 1
    where = sanitize_line(" | ".join(parts[:-1]))
    return _Clipping(kind, words, first, last, where, _moment(parts[-1]))


def _moment(description: str) -> dt.datetime | None:
    """Parse the date and time in a description; None if there is no date."""
    for start in range(len(description)):
        if start and description[start - 1].isalnum():
            continue
        day, end = date_at(description, start)
        if day is not None:
            time = _TIME.search(description, max(start, end - 14))
            return dt.datetime.combine(day, _clock(time), tzinfo=dt.UTC)
    return None


def _clock(found: re.Match[str] | None) -> dt.time:
    """Return the time of day of a match; midnight if there is none."""
    if found is None:
        return dt.time()
    hour = int(found[1])
    if found[4]:
        hour = hour % 12 + (12 if found[4].casefold() == "p" else 0)
    try:
        return dt.time(hour, int(found[2]), int(found[3] or 0))
    except ValueError:
        return dt.time()


def _item(book: _Book) -> ImportItem:
    """Return a book as an imported item, with notes added to their highlights."""
    highlights: list[tuple[_Clipping, Highlight]] = []
    notes: list[str] = []
    for clipping in _newest(book.clippings):
        if clipping.kind == "highlight":
            highlight = Highlight(
                words=clipping.words, created=clipping.created, where=clipping.where
            )
            highlights.append((clipping, highlight))
    for clipping in book.clippings:
        if clipping.kind != "note":
            continue
        for number, (other, highlight) in enumerate(highlights):
            if clipping.first >= 0 and other.first <= clipping.first <= other.last:
                both = "\n\n".join(filter(None, [highlight.note, clipping.words]))
                highlights[number] = other, replace(highlight, note=both)
                break
        else:
            notes.append(clipping.words)
    return ImportItem(
        title=book.title,
        author=book.author,
        note="\n\n".join(dict.fromkeys(notes)),
        highlights=tuple(highlight for _, highlight in highlights),
    )


def _newest(clippings: list[_Clipping]) -> Iterator[_Clipping]:
    """Return the clippings without those that a later, overlapping one extends or shortens."""
    for number, clipping in enumerate(clippings):
        later = (other for other in clippings[number + 1 :] if other.kind == clipping.kind)
        if not any(
            other.first <= clipping.last
            and clipping.first <= other.last
            and (clipping.words in other.words or other.words in clipping.words)
            for other in later
        ):
            yield clipping
