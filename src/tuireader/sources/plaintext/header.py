"""Parses the header of a plain text: its title, byline, outlet and date."""

import datetime as dt
import re
from dataclasses import dataclass, field
from functools import cache

from tuireader.domain.dates import ArticleDate
from tuireader.text.dates import date_at
from tuireader.text.language import any_of, words
from tuireader.text.sanitize import sanitize_line

LINES = 30
"""Lines at the start of a text in which its header is looked for."""

_FIELD_KEYS = {"title": "title_labels", "author": "author_labels", "outlet": "outlet_labels"}
"""The key of each field's labels in the languages' data files."""
_NAME = r"[A-ZÀ-ÖØ-ÞŁŚŻČŠŽ][\w.’'\-]*"
_NAMES = rf"{_NAME}(?: (?:de|van|von|der|den|da|di|del|du|la|le|bin|al|{_NAME})){{0,4}}"
_OUTLET = rf"(?:(?:,| \||  ?[–—-]| in [A-Z][\w ]{{2,30}}[,|]) (?P<outlet>The {_NAMES}|{_NAMES}))?"


# Each pattern holds the words of all languages. Compiling one takes up to 2 ms, so that it is
# left until a line needs it.


@cache
def _date_label() -> re.Pattern[str]:
    """Return the pattern of a label before a date ("Published on"), with the spaces behind it."""
    labels = any_of(words("header", "date_labels"))
    prepositions = any_of(words("header", "date_prepositions"))
    return re.compile(rf"{labels}(?: {prepositions})?\s*[:=]?\s+", re.IGNORECASE)


@cache
def _labelled_line() -> re.Pattern[str]:
    """Return the pattern of a line "label: value"; its groups are `label` and `value`."""
    labels = any_of(frozenset(_fields()))
    return re.compile(rf"(?P<label>{labels})\s*:\s*(?P<value>\S.{{0,300}})$", re.IGNORECASE)


@cache
def _byline() -> re.Pattern[str]:
    """Return the pattern of a line that names an author, and perhaps an outlet.

    Its groups are `author` and `outlet`.
    """
    authored = any_of(words("header", "byline_words"))
    joined = any_of(words("header", "and_words") | {"&"})
    return re.compile(
        rf"{authored} (?P<author>{_NAMES}(?:(?:, | {joined} ){_NAMES}){{0,3}}?){_OUTLET}$"
    )


@cache
def _fields() -> dict[str, str]:
    """Return the field of `Header` that each label stands for, by the label in lower case."""
    return {label: field for field, key in _FIELD_KEYS.items() for label in words("header", key)}


@dataclass(slots=True)
class Header:
    """The metadata at the start of a text; fields that it does not state are empty."""

    title: str = ""
    date: ArticleDate | None = None
    author: str = ""
    outlet: str = ""
    language: str = ""
    """ISO 639-1; only front matter states it."""
    address: str = ""
    """The web address that the text is from; only front matter states it."""
    dated: bool = field(default=False)
    """Whether there was a date, even an impossible one."""


def read_header(lines: list[str]) -> tuple[Header, list[str]]:
    """Return the header in a text's first lines, and the lines without it.

    Reading stops where running text begins; the rest of a line behind a date is kept as a line.
    Without a header, its fields are empty and all lines are returned.
    """
    header, remaining = Header(), list[str]()
    strangers = 0
    for number, line in enumerate(lines):
        rest = _without_dates(line, header)
        if rest is not None:
            remaining.append(rest)
            if rest:
                strangers += 1
        elif not line.strip() or not _read_field(line.strip(), header):
            remaining.append(line)
            strangers += bool(line.strip())
        if strangers > 3 or len(line) > 300:
            return header, remaining + lines[number + 1 :]
    return header, remaining


def _without_dates(line: str, header: Header) -> str | None:
    """Return a line without the dates at its start, which are set in the header.

    None if it does not start with one.
    """
    start = end = 0
    while label := _date_label().match(line, _end_of_spaces(line, end)):
        day, end = date_at(line, label.end())
        if end == label.end():
            return None if start == 0 else line[start:].strip()
        _note_date(header, day)
        start = end
    if start:
        return line[start:].lstrip(" \t.,;|–—-").rstrip()
    bare = line.strip()
    if 8 <= len(bare) <= 60 and any(map(str.isdigit, bare)):
        day, end = date_at(bare)
        if end == len(bare):
            _note_date(header, day)
            return ""
    return None


def _end_of_spaces(line: str, start: int) -> int:
    """Return the offset behind the spaces that begin at the offset `start` of a line."""
    return len(line) - len(line[start:].lstrip())


def _note_date(header: Header, day: dt.date | None) -> None:
    """Set the header's date, unless one was set before.

    `day` is None for a date that does not exist, such as 31 February; it counts as set.
    """
    if not header.dated:
        header.date, header.dated = day, True


def _read_field(line: str, header: Header) -> bool:
    """Set the field of the header that a labelled line or a byline states.

    Returns whether the line states one that was not set before.
    """
    if len(line) > 330:
        return False
    if ":" in line and (found := _labelled_line().match(line)):
        name = _fields()[found["label"].casefold()]
        if not getattr(header, name):
            setattr(header, name, sanitize_line(found["value"]))
            return True
        return False
    if len(line) > 120 or header.author:
        return False
    is_byline = line.partition(" ")[0] in words("header", "byline_words")
    if is_byline and (found := _byline().match(line)):
        header.author = sanitize_line(found["author"])
        header.outlet = header.outlet or sanitize_line(found["outlet"] or "")
        return True
    return False
