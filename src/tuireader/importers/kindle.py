"""Reads Kindle clippings: the file `My Clippings.txt`, in the languages of the device."""

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems, LeftOut, Skipped
from tuireader.importers.fields import paragraphs, position_of
from tuireader.importers.local_dates import parse_local_moment
from tuireader.text.sanitize import sanitize, sanitize_line

_END = re.compile(r"^={8,}[ \t\r]*$", re.MULTILINE)
_DASHES = "-\u2013\u2014"
_AUTHOR = re.compile(r"^(.*\S)\s*[(（]([^()（）]*(?:\([^()]*\)[^()（）]*)*)[)）]\s*$")
_SHORTEST_LIMIT, _LONGEST_LIMIT = 10, 250
"""How long the sentence is, in code points, that replaces text beyond the clipping limit."""
_MOST_COMPARED = 100
"""With how many clippings at the same place one is compared."""


class _Kind(Enum):
    """The kind of a clipping."""

    HIGHLIGHT = auto()
    NOTE = auto()
    BOOKMARK = auto()


_WORDS = {
    # A bookmark comes first: "Bookmark" and "Markering" have parts of the other words.
    _Kind.BOOKMARK: "bookmark lesezeichen signet marcador segnalibro закладк bladwijzer bokmärke"
    " bogmærke bokmerke kirjanmerkki zakładk záložk könyvjelző semn σελιδοδείκτης"
    " ブックマーク しおり 书签 書籤 북마크 책갈피",
    _Kind.HIGHLIGHT: "highlight underline circle asterisk markierung surlignement subrayado"
    " evidenziazione evidenziat destaque realce выделен markering markerad fremhæv korostus"
    " podkreślen zaznaczen wyróżnien podświetlen zvýrazn kiemelés evidențier виділен επισήμανσ"
    " vurgu ハイライト マーカー 标注 标记 標註 重點 螢光 划线 畫線 하이라이트 강조",
    _Kind.NOTE: "note notiz nota заметк примечан нотатк примітк notitie anteckning notat"
    " muistiinpano notatk poznámk jegyzet notă σημείωσ メモ ノート 笔记 筆記 備註 메모 노트",
}
_TURKISH_NOTE = re.compile(r"\bnot(?:unuz|u)?\b")
_TURKISH_BOOKMARK = re.compile(r"\byer (?:imi|imleci|işareti)")
_RANGE = r"(\d{1,9}|[ivxlcdm]{1,9}\b)(?:\s*(?:[-\u2013]|t/m)\s*#?(\d{1,9}))?"
_PAGES = re.compile(
    rf"第\s*{_RANGE}\s*[页頁]"
    rf"|{_RANGE}\s*(?:ページ|페이지|쪽|\.\s*sayfa)"
    r"|(?:\bpage|\bseite|\bp[áa]gina|страниц\w{0,6}|сторін\w{0,6}|\bsayfa\w{0,6}|\bstron\w{0,6}|\bsid\w{0,6}|\bside\w{0,6}"
    rf"|\bstran\w{0, 6}|\bstr\.|\bp\.|\boldal\w{0, 6}|\bpagin\w{0, 6}|σελίδα)\s*{_RANGE}",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(\d{1,9})(?:\s*(?:[-\u2013]|t/m)\s*#?(\d{1,9}))?")


@dataclass(frozen=True, slots=True)
class _Span:
    """A range of pages or locations, both ends included; -1 for numbers that are not known."""

    first: int = -1
    last: int = -1
    name: str = ""
    """The range as the device writes it, also for Roman page numbers; "" if not stated."""

    def touches(self, other: "_Span") -> bool:
        """Return whether two ranges have a number in common; False if either is not known."""
        known = self.first >= 0 and other.first >= 0
        return known and self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class _Clipping:
    """One clipping: a highlight, a note or a bookmark."""

    kind: _Kind
    words: str
    page: _Span
    location: _Span
    created: dt.datetime | None

    @property
    def place(self) -> _Span:
        """The location, or the page if the device states no location."""
        return self.location if self.location.first >= 0 else self.page

    @property
    def position(self) -> str:
        """The page and the location in words; "" if the device states neither."""
        return position_of(page=self.page.name, location=self.location.name)


@dataclass(slots=True)
class _Book:
    """A book with its clippings, which are spread over the file."""

    title: str
    author: str
    clippings: list[_Clipping] = field(default_factory=list)


def _is_clippings(file: ExportFile) -> bool:
    """Return whether a file is a clippings file: entries end with a line of equals signs."""
    head = file.head.lstrip("\ufeff\r\n")
    lines = head.split("\n", 2)
    described = len(lines) > 1 and lines[1].lstrip("\ufeff ").startswith(tuple(_DASHES))
    return described and bool(_END.search(head))


def _read(file: ExportFile) -> ImportedItems:
    """Read a clippings file: yield one item for each book with its highlights.

    A note is added to the highlight at its place. Clippings in another format, and those whose text
    the Kindle omitted, are yielded as `Skipped`; page bookmarks are left out.
    """
    books: dict[str, _Book] = {}
    for number, entry in enumerate(_END.split(sanitize(file.text)), 1):
        lines = [line.strip("\ufeff ") for line in entry.strip("\ufeff\n").split("\n")]
        if not any(lines):
            continue
        if lines[0].startswith(tuple(_DASHES)) and lines[1:2] == [""]:
            lines.insert(0, "")  # a book without a title
        if len(lines) < 2 or not lines[1].startswith(tuple(_DASHES)):
            yield Skipped(f"clipping {number}", "not in the format of a Kindle")
            continue
        words = "\n".join(lines[2:]).strip()
        within_limit = _within_limit(words)
        if words and not within_limit:
            yield Skipped(
                f"clipping {number}", "the Kindle left out its text because of the clipping limit"
            )
            continue
        clipping = _clipping(lines[1], within_limit)
        if clipping.kind is _Kind.BOOKMARK or not clipping.words:
            yield LeftOut("page bookmark")
            continue
        called = sanitize_line(lines[0])
        parts = _AUTHOR.match(called)
        title, author = (parts[1], parts[2]) if parts else (called or "Untitled", "")
        books.setdefault(called, _Book(title, author)).clippings.append(clipping)
    for book in books.values():
        yield from _items(book)


def _clipping(description: str, words: str) -> _Clipping:
    """Parse a clipping from its description line and its text.

    The description has parts separated by bars: the kind with the page, the location, and last the
    date.
    """
    parts = [part.strip() for part in re.split(r"[|｜]", description.lstrip(f"{_DASHES} "))]
    places = parts[:-1] if len(parts) > 1 else parts
    page, location = _page_and_location(places)
    kind = _kind(" ".join(places).casefold(), words, location)
    return _Clipping(kind, words, page, location, parse_local_moment(parts[-1]))


def _within_limit(words: str) -> str:
    """Return the text of a clipping without the sentence about the clipping limit.

    A Kindle writes it in its language, in angle brackets, in place of the text beyond the limit. ""
    if there is only this sentence; other texts are unchanged.
    """
    text, bracket, sentence = words.rstrip().rpartition("<")
    is_sentence = sentence.count(" ") > 2 or not sentence.isascii()
    if bracket and sentence.endswith(">") and "\n" not in sentence and is_sentence:
        return text.rstrip() if _SHORTEST_LIMIT < len(sentence) < _LONGEST_LIMIT else words
    return words


def _kind(described: str, words: str, location: _Span) -> _Kind:
    """Return the kind of a clipping from its description, in lower case.

    If the language is not known, a clipping without text is a bookmark, and one at a single
    location is a note.
    """
    if _TURKISH_BOOKMARK.search(described):
        return _Kind.BOOKMARK
    for kind, names in _WORDS.items():
        if any(name in described for name in names.split()):
            return kind
    if _TURKISH_NOTE.search(described):
        return _Kind.NOTE
    if not words:
        return _Kind.BOOKMARK
    is_single = location.first >= 0 and "-" not in location.name
    return _Kind.NOTE if is_single else _Kind.HIGHLIGHT


def _page_and_location(parts: list[str]) -> tuple[_Span, _Span]:
    """Return the page and the location in the parts of a description.

    Either is an empty `_Span` if it is not stated. Without a word for page in a known language, the
    first number of two is the page.
    """
    page, rest = _Span(), list(parts)
    for number, part in enumerate(parts):
        found = _PAGES.search(part)
        if found:
            page = _span(*[group for group in found.groups() if group])
            rest[number] = part[: found.start()] + part[found.end() :]
            break
    numbers = [found for part in rest for found in _NUMBERS.finditer(part)]
    if not page.name and len(numbers) > 1 and len(parts) > 1:
        page = _span(numbers[0][1], numbers[0][2] or "")
    return page, _span(numbers[-1][1], numbers[-1][2] or "") if numbers else _Span()


def _span(first: str, last: str = "") -> _Span:
    """Return a range; "1234" and "36" stand for 1234 to 1236, as the device shortens the end.

    `last` is "" for a single number. For a Roman number only the name is known.
    """
    if not first.isdecimal():
        return _Span(name=first)
    if last and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    end = int(last) if last else int(first)
    name = f"{first}-{last}" if last else first
    return _Span(int(first), max(int(first), end), name)


def _items(book: _Book) -> ImportedItems:
    """Yield the item of a book, with notes added to their highlights, and what is left out.

    Notes without a highlight become highlights without words.
    """
    marked = [each for each in book.clippings if each.kind is _Kind.HIGHLIGHT]
    kept = list(_without_replaced(marked))
    if len(kept) < len(marked):
        yield LeftOut("earlier version of a highlight", len(marked) - len(kept))
    places = _Places(kept)
    notes: dict[int, list[str]] = {}
    alone: list[Highlight] = []
    for note in book.clippings:
        if note.kind is not _Kind.NOTE:
            continue
        number = places.highlight_of(note)
        if number is None:
            position = note.position
            alone.append(
                Highlight(words="", note=note.words, created=note.created, position=position)
            )
        else:
            notes.setdefault(number, []).append(note.words)
    highlights = [
        Highlight(
            words=each.words,
            note=paragraphs(*notes.get(number, ())),
            created=each.created,
            position=each.position,
        )
        for number, each in enumerate(kept)
    ]
    yield ImportItem(title=book.title, author=book.author, highlights=(*highlights, *alone))


class _Places:
    """An index of a book's highlights by place, to find the highlight that a note belongs to."""

    def __init__(self, highlights: Sequence[_Clipping]) -> None:
        """Index the highlights by location and by page."""
        self._highlights = highlights
        self._by_location = self._sorted([each.location for each in highlights])
        self._by_page = self._sorted([each.page for each in highlights])

    def highlight_of(self, note: _Clipping) -> int | None:
        """Return the index of the highlight that a note belongs to; None if there is none.

        A Kindle writes a note at the last location of its highlight, after it. Of several at that
        place it is the one that was made last before the note.
        """
        by_page = note.location.first < 0
        order = self._by_page if by_page else self._by_location
        at = note.page if by_page else note.location
        if at.first < 0:
            return None
        end = bisect_right(order, at.last, key=lambda placed: placed[0])
        near = order[max(0, end - _MOST_COMPARED) : end]
        found = [number for _, last, number in near if last >= at.first]
        return min(found, key=lambda number: self._rank(number, note, by_page), default=None)

    def _rank(
        self, number: int, note: _Clipping, by_page: bool
    ) -> tuple[bool, bool, float, int, int]:
        """Return a sort key of highlight `number` for a note; the smallest is the best match.

        `by_page` compares pages instead of locations.
        """
        each = self._highlights[number]
        apart = 0.0
        if note.created and each.created:
            apart = (note.created - each.created).total_seconds()
        span, at = (each.page, note.page) if by_page else (each.location, note.location)
        return (span.last != at.last, apart < 0, abs(apart), span.last - span.first, -number)

    @staticmethod
    def _sorted(spans: list[_Span]) -> list[tuple[int, int, int]]:
        """Return first number, last number and index of each known range, sorted."""
        known = [(span.first, span.last, n) for n, span in enumerate(spans) if span.first >= 0]
        return sorted(known)


def _without_replaced(clippings: list[_Clipping]) -> Iterator[_Clipping]:
    """Yield the clippings, except those that a later overlapping one replaces.

    That is one whose words contain the earlier words, or are contained in them.
    """
    order = sorted(range(len(clippings)), key=lambda number: clippings[number].place.first)
    replaced: set[int] = set()
    for at, number in enumerate(order):
        one = clippings[number]
        for other_number in order[at + 1 : at + 1 + _MOST_COMPARED]:
            other = clippings[other_number]
            if other.place.first > one.place.last:
                break
            if one.place.touches(other.place) and (
                one.words in other.words or other.words in one.words
            ):
                replaced.add(min(number, other_number))
    yield from (each for number, each in enumerate(clippings) if number not in replaced)


FORMATS = (
    ExportFormat(service="Kindle", kind="My Clippings.txt", recognises=_is_clippings, read=_read),
)
