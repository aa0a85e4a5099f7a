"""An article: one immutable text and the marks over it."""

import datetime as dt
import re
from bisect import bisect_right
from dataclasses import dataclass, field

from tuireader.domain.blocks import Blocks
from tuireader.domain.dates import ArticleDate


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One of the texts that an article had, by its hash."""

    location: str
    text_hash: str
    """The hash of the text (`text_hash`), under which the text is stored."""
    seen: dt.datetime
    """When the article was first opened with this text."""


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """The half-open range [start, end) of a text, in code points.

    Passages sort by their start, then by their end.
    """

    start: int
    end: int

    def __len__(self) -> int:
        """Return the length in code points; 0 for an empty passage."""
        return self.end - self.start

    def __contains__(self, offset: int) -> bool:
        """Return whether the code point at an offset is in the passage; `end` is not."""
        return self.start <= offset < self.end

    def overlaps(self, other: "Passage") -> bool:
        """Return whether two passages share a code point; those that only touch do not."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """Return the words of the passage in `text`, which is the text that it is a range of."""
        return text[self.start : self.end]

    def trimmed(self, text: str) -> "Passage":
        """Return the passage without white space at its ends.

        `text` is the text that it is a range of. A passage of white space only gives an empty one.
        """
        words = self.of(text)
        start = self.start + len(words) - len(words.lstrip())
        return Passage(start, max(start, self.start + len(words.rstrip())))


@dataclass(frozen=True, slots=True)
class Link:
    """A passage of the text that links to another place or article."""

    passage: Passage
    target: str
    """A web address, or the location of an article; "" for the same article."""
    place: str = ""
    """The name of the place in that article; "" for its start."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place in the text that links can lead to: its name, and its offset in code points."""

    name: str
    offset: int


@dataclass(frozen=True, slots=True)
class Emphasis:
    """A passage that the author set in italics, bold, small capitals or as code."""

    passage: Passage
    kind: str
    """The name of the HTML element: `em` (italics), `strong` (bold) or `code`; or `small-caps`."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A place in the text, in code points, at which its source has a picture."""

    offset: int
    target: str
    """Where the picture is, as the source states it: a path, an address, or a `data:` URL."""
    description: str = ""
    """What the source says of it (`alt`), in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article: its text, its metadata, and the marks over the text.

    Every offset in the program is a code point offset into `text`, which has no control
    characters and bidi overrides.
    """

    location: str
    """Where it is opened from: an absolute path or a web address, with `#id` in a container."""
    text: str
    blocks: Blocks = field(default_factory=Blocks)
    title: str = ""
    date: ArticleDate | None = None
    """When it was published, as far as that is known; None if it is not."""
    outlet: str = ""
    """The newspaper, site or folder that it is from; "" if unknown."""
    author: str = ""
    language: str = ""
    """The ISO 639-1 code; "" if unknown."""
    source: str = ""
    """The address or path that a citation names; the location if it is ""."""
    also_at: tuple[str, ...] = ()
    """Other locations at which the same article was found."""
    links: tuple[Link, ...] = ()
    emphases: tuple[Emphasis, ...] = ()
    places: tuple[NamedPlace, ...] = ()
    """The places that links can lead to, in the order of the text."""
    pictures: tuple[Picture, ...] = ()
    """The pictures of the source, in the order of the text."""
    code_languages: tuple[NamedPlace, ...] = ()
    """The stated languages of code blocks, such as "python", each with an offset in its block."""
    left_out: int = 0
    """How many paragraphs of its page are not shown that look like paragraphs of an article."""
    pages: tuple[NamedPlace, ...] = ()
    """Where the pages of its printed or paged source begin, in the order of the text."""
    notices: tuple[str, ...] = ()
    """What the reader should know of how the text was read, a sentence each."""
    complete: bool = True
    """False for the start of a long text whose rest is still being read."""

    def offset_of(self, place: str) -> int | None:
        """Return the offset of a named place (`places`); None if there is none of that name."""
        return next((known.offset for known in self.places if known.name == place), None)

    def page_at(self, offset: int) -> str:
        """Return the printed number of the page that an offset is on, such as "12" or "xii".

        "" if the article has no pages, or the offset is before the first.
        """
        number = bisect_right(self.pages, offset, key=lambda page: page.offset)
        return self.pages[number - 1].name if number else ""

    def page_range(self, passage: Passage) -> str:
        """Return the pages that a passage is on, as "12" or "12–13"; "" if it has no pages."""
        first, last = self.page_at(passage.start), self.page_at(max(passage.start, passage.end - 1))
        return first if first == last else f"{first}–{last}"


CONTENTS = "contents"
"""The id of the article that is the table of contents of a book."""


def contents_location(article: Article) -> str:
    """Return the location of the table of contents of an article's book.

    "" if the article is not in a container (its location has no `#`). Whether that container is a
    book and has a table of contents is not checked.
    """
    file, mark, _ = article.location.rpartition("#")
    return f"{file}#{CONTENTS}" if mark else ""


def book_of(location: str) -> str:
    """Return the location of the book whose table of contents is at a location.

    "" if the location is not that of a table of contents.
    """
    file, _, name = location.rpartition("#")
    return file if name == CONTENTS else ""


def is_internal_link(article: Article, target: str, place: str) -> bool:
    """Return whether a link leads to a place in its article or to another article of its file.

    `target` and `place` are those of the `Link`. False for a link to the article itself without a
    place, and for all links out of the file.
    """
    if not target:
        return bool(place)
    file, mark, _ = article.location.rpartition("#")
    inside = bool(mark) and target.rpartition("#")[:2] == (file, mark)
    return inside and (bool(place) or target != article.location)


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as 64 lower-case hexadecimal digits.

    Lone surrogates are allowed. It names a version of an article's text.
    """
    import hashlib  # noqa: PLC0415 - 3 ms, and the first paint needs no hash

    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


_SUBTITLE = r"(?:(?<!\s)\s++)?[:(\[—–]| - "
_PUNCTUATION = r"[\W_]+"
_MIN_TITLE_LENGTH = 3
"""Code points of a title that is long enough to identify a work."""


def title_keys(title: str) -> frozenset[str]:
    """Return the keys under which a work is looked up: its title with and without subtitle.

    Two titles are of the same work if they share a key: case and punctuation do not matter. Empty
    for a title of fewer than three letters.
    """
    short = re.split(_SUBTITLE, title, maxsplit=1)[0]
    names = (re.sub(_PUNCTUATION, " ", name.casefold()).strip() for name in (title, short))
    return frozenset(name for name in names if len(name) >= _MIN_TITLE_LENGTH)
