"""Writes the articles of bookmarks and notes as references: BibTeX and CSL-JSON.

Reference managers read both. Zotero imports the passages and notes as a note of the reference, and
the tags as its tags. BibTeX has the fields of https://www.bibtex.org/Format, and beside them `url`,
`keywords` and `annote`; CSL-JSON follows https://docs.citationstyles.org/en/stable/specification.html.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tuireader.domain.bookmark import Bookmark, Citation, by_article
from tuireader.domain.dates import ArticleDate
from tuireader.exporters.citation import web_source
from tuireader.sources.own_exports import REFERENCE_SOURCE
from tuireader.text.messages import in_marks
from tuireader.text.sanitize import sanitize_line

_ESCAPES = {
    "\\": r"{\textbackslash}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    # BibTeX counts a brace with a backslash, too; its invisible partner keeps them in balance.
    "{": r"\{\vphantom{\}}",
    "}": r"\vphantom{\{}\}",
    **{mark: f"\\{mark}" for mark in "%&#$_"},
}
"""What stands for a character that is markup, as Zotero writes and reads it."""

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_BETWEEN_NAMES = re.compile(r" ?; ?| (?:and|und|et|y|e|&) ", re.IGNORECASE)
_SMALL_WORDS = frozenset(("a", "an", "the", "der", "die", "das", "le", "la", "les", "el", "il"))


@dataclass(frozen=True, slots=True)
class Reference:
    """An article with what was kept of it."""

    key: str
    """Its name in the file, by which it is cited."""
    citation: Citation
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    note: str
    """The passages with their speakers, and the notes."""

    @property
    def address(self) -> str:
        """Its web address; "" if it has none."""
        return web_source(self.citation)


def references(bookmarks: Iterable[Bookmark]) -> Iterator[Reference]:
    """Yield the article of the bookmarks, each once, in the order in which they first occur."""
    taken: set[str] = set()
    for kept in by_article(bookmarks):
        citation = kept[-1].article
        authors = _names(citation.author)
        key = _unused(_key(citation, authors), taken)
        taken.add(key)
        tags = dict.fromkeys(tag for bookmark in kept for tag in bookmark.tags)
        note = "\n\n".join(filter(None, map(_note, kept)))
        yield Reference(key, citation, authors, tuple(tags), note)


def write_bibtex(bookmarks: Iterable[Bookmark]) -> Iterator[str]:
    """Yield a BibTeX entry for each article; nothing for no bookmarks."""
    for number, reference in enumerate(references(bookmarks)):
        yield ("\n" if number else "") + bibtex_entry(reference)


def bibtex_entry(reference: Reference) -> str:
    """Return a reference as a BibTeX entry: `@article` if it has an outlet, else `@misc`."""
    citation = reference.citation
    fields = {
        "title": bibtex_text(citation.title or citation.location),
        "author": " and ".join(map(_bibtex_name, reference.authors)),
        "journal": bibtex_text(citation.outlet),
        **_bibtex_date(citation.date),
        "url": _bibtex_address(reference.address),
        "keywords": bibtex_text(", ".join(reference.tags)),
        "annote": bibtex_text(reference.note),
    }
    kind = "article" if citation.outlet else "misc"
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    # A month is one of BibTeX's own words, which stand without braces.
    lines = [re.sub(r"^(  month = )\{(\w+)\}", r"\1\2", line) for line in lines]
    return "\n".join([f"@{kind}{{{reference.key},", *lines, "}", ""])


def bibtex_text(words: str) -> str:
    r"""Return text in which nothing is markup of BibTeX or LaTeX.

    >>> print(bibtex_text("50% of a_b"))
    50\% of a\_b
    """
    return "".join(_ESCAPES.get(character, character) for character in words)


def write_csl(bookmarks: Iterable[Bookmark]) -> Iterator[str]:
    """Yield a list of CSL-JSON items, one for each article."""
    items = [csl_item(reference) for reference in references(bookmarks)]
    yield json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def csl_item(reference: Reference) -> dict[str, Any]:
    """Return a reference as a CSL-JSON item; what is not known is left out."""
    citation = reference.citation
    kind = "webpage" if reference.address else "document"
    item: dict[str, Any] = {
        "source": REFERENCE_SOURCE,
        "id": reference.key,
        "type": "article-newspaper" if citation.outlet else kind,
        "title": citation.title or citation.location,
        "author": [{"literal": name} for name in reference.authors],
        "container-title": citation.outlet,
        "issued": {"date-parts": [_date_parts(citation.date)]} if citation.date else None,
        "URL": reference.address,
        "keyword": ", ".join(reference.tags),
        "note": reference.note,
    }
    return {name: value for name, value in item.items() if value}


def _note(bookmark: Bookmark) -> str:
    """Return the words, speaker and position of a bookmark, and its note below; "" if all are."""
    words = in_marks(bookmark.written.strip()) if bookmark.written.strip() else ""
    said = f"— {bookmark.attribution}" if bookmark.attribution else ""
    position = f"[{bookmark.position}]" if bookmark.position else ""
    passage = " ".join(filter(None, (words, said, position)))
    return "\n".join(filter(None, (passage, bookmark.note.strip())))


def _names(author: str) -> tuple[str, ...]:
    """Return the names in a line of authors; a comma divides only whole names."""
    found: list[str] = []
    line = " ".join(sanitize_line(author).split()).removeprefix("By ")
    for part in _BETWEEN_NAMES.split(line):
        names = [name.strip() for name in part.split(",")]
        found += names if all(" " in name for name in names) else [part]
    return tuple(filter(None, found))


def _bibtex_name(name: str) -> str:
    """Return a name for BibTeX; in braces if a comma or "and" in it would divide it."""
    escaped = bibtex_text(name)
    return f"{{{escaped}}}" if "," in name or " and " in name.lower() else escaped


def _bibtex_address(address: str) -> str:
    """Return an address for BibTeX, in which braces and backslashes are encoded."""
    encoded = {"{": "%7B", "}": "%7D", "\\": "%5C"}
    return "".join(encoded.get(character, character) for character in address)


def _bibtex_date(date: ArticleDate | None) -> dict[str, str]:
    """Return the fields of a date, as far as it is known."""
    parts = _date_parts(date) if date else []
    values = [str(parts[0])] if parts else []
    values += [_MONTHS[parts[1] - 1]] if len(parts) > 1 else []
    values += [str(parts[2])] if len(parts) > 2 else []
    return dict(zip(("year", "month", "day"), values, strict=False))


def _date_parts(date: ArticleDate) -> list[int]:
    """Return year, month and day, as far as they are known."""
    return [int(part) for part in date.isoformat().split("-")]


def _key(citation: Citation, authors: tuple[str, ...]) -> str:
    """Return a name for a reference: the last name of its first author, the year, a word."""
    name = authors[0].split()[-1] if authors else citation.outlet
    year = str(_date_parts(citation.date)[0]) if citation.date else ""
    words = [_plain(word) for word in (citation.title or citation.location).split()]
    word = next(
        (word for word in words if len(word) > 1 and word.isalpha() and word not in _SMALL_WORDS),
        "",
    )
    return _plain(name) + year + word or "reference"


def _plain(words: str) -> str:
    """Return the ASCII letters and digits of words, without accents, in lower case."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", words).lower())


def _unused(key: str, taken: set[str]) -> str:
    """Return a name that is not taken: with the first of a, b, c …, aa … after it if it is."""
    number, found = 0, key
    while found in taken:
        rest, suffix = number, ""
        while rest >= 0:
            suffix = chr(ord("a") + rest % 26) + suffix
            rest = rest // 26 - 1
        found = key + suffix
        number += 1
    return found
