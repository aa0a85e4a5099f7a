"""An article in the export of a press database, and what the parsers of exports share."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tuireader.text.dates import date_at
from tuireader.text.sanitize import sanitize_line

LONGEST_LINE = 100_000
"""Code points of a line that is examined for labels; articles have paragraphs of a few thousand."""
_BY = re.compile(r"(?:By|BY|by|Von|VON|Par|PAR|Por|POR|Di|DI|Door|DOOR|Af|Av)\s+(?=\S)")
_LANGUAGES = {
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr",
    "spanish": "es", "español": "es", "italian": "it", "italiano": "it", "dutch": "nl",
    "nederlands": "nl", "portuguese": "pt", "português": "pt", "danish": "da", "dansk": "da",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PressItem:
    """An article as a press database states it; fields that are not stated are empty."""

    headline: str
    paragraphs: tuple[str, ...] = ()
    """The text; empty if it is in `html`."""
    html: str = ""
    """The text as HTML, for an export in HTML; else empty."""
    outlet: str = ""
    date: dt.date | None = None
    byline: str = ""
    section: str = ""
    page: str = ""
    language: str = ""
    """ISO 639-1; empty if it is not stated."""
    captions: tuple[str, ...] = ()
    """The captions of the pictures that were printed with it."""


def groups_of(lines: Iterable[str]) -> Iterator[list[str]]:
    """Yield the groups of lines between blank lines, each line stripped.

    Nothing if all are blank.
    """
    group: list[str] = []
    for line in lines:
        if line.strip():
            group.append(line.strip())
        elif group:
            yield group
            group = []
    if group:
        yield group


def joined_groups(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the paragraphs that blank lines separate, each with its wrapped lines joined."""
    return tuple(sanitize_line(" ".join(group)) for group in groups_of(lines))


def day_in(line: str) -> dt.date | None:
    """Return the day in a short line, wherever it stands; None if there is none."""
    line = line[:200].replace("\u00a0", " ")
    for word in re.finditer(r"(?<![^\s(\[])[\w.]", line):
        day, end = date_at(line, word.start())
        if day is not None and end > word.start():
            return day
    return None


def name_in(byline: str) -> str:
    """Return the names in a by-line, without a word such as "by" before them.

    A line without such a word is returned unchanged.
    """
    byline = sanitize_line(byline)
    return _BY.sub("", byline, count=1) if _BY.match(byline) else byline


def language_code(name: str) -> str:
    """Return the ISO 639-1 code of a language by its name; empty if it is not known."""
    words = re.split(r"[\W_]+", name.lower().strip())
    return next((code for word in words if (code := _LANGUAGES.get(word, ""))), "")
