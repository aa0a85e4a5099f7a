"""The lines ahead of a plain text that say when, by whom and where it was published."""

import datetime as dt
import re
from dataclasses import dataclass, field

from tuireader.domain.cleaning import clean_line
from tuireader.sources.dates import date_at

LINES = 30
"""How many lines at the start of a text may hold its header."""

_DATED = re.compile(
    r"\s*(?:date|dated|published|posted|updated|datum|veröffentlicht|publié|publicado|pubblicato"
    r"|gepubliceerd)"
    r"(?: on| am| le| el| il| op)?\s*[:=]?\s+",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?P<label>title|headline|titel|titre|título|titolo|author|by|autor|auteur|autore|byline"
    r"|source|outlet|publication|publisher|newspaper|quelle|fuente|fonte)\s*:\s*(?P<value>\S.{0,300})$",
    re.IGNORECASE,
)
_FIELDS = {
    "title": "title headline titel titre título titolo",
    "author": "author by autor auteur autore byline",
    "outlet": "source outlet publication publisher newspaper quelle fuente fonte",
}
_FIELD_OF = {label: field for field, labels in _FIELDS.items() for label in labels.split()}
_NAME = r"[A-ZÀ-ÖØ-ÞŁŚŻČŠŽ][\w.’'\-]*"
_NAMES = rf"{_NAME}(?: (?:de|van|von|der|den|da|di|del|du|la|le|bin|al|{_NAME})){{0,4}}"
_BYLINE = re.compile(
    rf"(?:By|BY|Von|VON|Par|PAR|Por|POR|Di|Door|Text:) (?P<author>{_NAMES}"
    rf"(?:(?:, | and | und | et | y | e | en | & ){_NAMES}){{0,3}}?)"
    rf"(?:(?:,| \||  ?[–—-]| in [A-Z][\w ]{{2,30}}[,|]) (?P<outlet>The {_NAMES}|{_NAMES}))?$"
)


@dataclass(slots=True)
class Header:
    """What was read from the head of a text; empty where it says nothing."""

    title: str = ""
    date: dt.date | None = None
    author: str = ""
    outlet: str = ""
    dated: bool = field(default=False)
    """Whether a date stood there, possible or not."""


def read_header(lines: list[str]) -> tuple[Header, list[str]]:
    """The header of a text's first lines, and the lines without it.

    Reads until running text begins; what stands on a line behind its date stays.
    """
    header, kept = Header(), list[str]()
    strangers = 0
    for number, line in enumerate(lines):
        rest = _without_dates(line, header)
        if rest is not None:
            kept.append(rest)
            if rest:
                strangers += 1
        elif not line.strip() or not _read_field(line.strip(), header):
            kept.append(line)
            strangers += bool(line.strip())
        if strangers > 3 or len(line) > 300:
            return header, kept + lines[number + 1 :]
    return header, kept


def _without_dates(line: str, header: Header) -> str | None:
    """What is left of a line behind the dates it opens with; None if it opens with none."""
    start = end = 0
    while label := _DATED.match(line, end):
        day, end = date_at(line, label.end())
        if end == label.end():
            return None if start == 0 else line[start:].strip()
        _note_date(header, day)
        start = end
    if start:
        return line[start:].lstrip(" \t.,;|–—-").rstrip()
    bare = line.strip()
    if 8 <= len(bare) <= 60:
        day, end = date_at(bare)
        if end == len(bare):
            _note_date(header, day)
            return ""
    return None


def _note_date(header: Header, day: dt.date | None) -> None:
    if not header.dated:
        header.date, header.dated = day, True


def _read_field(line: str, header: Header) -> bool:
    """Whether the line is a field of the header; its value is kept if it is the first."""
    if len(line) > 330:
        return False
    if found := _LABELLED.match(line):
        name = _FIELD_OF[found["label"].casefold()]
        if not getattr(header, name):
            setattr(header, name, clean_line(found["value"]))
            return True
        return False
    if len(line) <= 120 and not header.author and (found := _BYLINE.match(line)):
        header.author = clean_line(found["author"])
        header.outlet = header.outlet or clean_line(found["outlet"] or "")
        return True
    return False
