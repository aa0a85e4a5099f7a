"""Parses the header of a plain text: its title, byline, outlet and date, in seven languages."""

import datetime as dt
import re
from dataclasses import dataclass, field

from tuireader.text.sanitize import sanitize_line

_MONTH_NAMES = (
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari",
    "february feb februar février févr febrero febbraio fevereiro fev februari",
    "march mar märz mrz mars marzo março maart mrt",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag maio mei",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug août agosto ago augustus",
    "september sep sept septembre septiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_WORD = r"[^\W\d_]{3,12}"
_TIME = (
    r"(?:[ ,T]{1,2}(?:at |um )?\d{1,2}[:.h]\d{2}(?::\d{2}(?:\.\d{1,6})?)?"
    r"(?: ?(?:[ap]\.?m\.?|Uhr))?(?: ?(?:Z|UTC|GMT|BST|E[SD]T|P[SD]T|CES?T|[+-]\d{2}:?\d{2}))?)?"
)
_DATE = re.compile(
    rf"(?:{_WORD}\.?,? )?(?:"
    r"(?P<y1>\d{4})[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)? (?:de |of )?(?P<m2>{_WORD})\.?,?"
    r" (?:de )?(?P<y2>\d{4})"
    rf"|(?P<m3>{_WORD})\.? (?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y3>\d{{4}})"
    r"|(?P<a>\d{1,2})[./](?P<b>\d{1,2})[./](?P<y4>\d{4})"
    rf")(?!\d){_TIME}",
    re.IGNORECASE,
)


def date_at(line: str, start: int = 0) -> tuple[dt.date | None, int]:
    """Parse the date at an offset of a line; return it with the offset behind it.

    Returns (None, start) if there is no date, and (None, the offset behind it) for an
    impossible one such as 2024-13-45.
    """
    found = _DATE.match(line, start)
    if not found:
        return None, start
    part = found.groupdict()
    month = part["m1"] or part["m2"] or part["m3"]
    if month and not month.isdigit() and month.casefold() not in _MONTHS:
        return None, start
    return _made(part), found.end()


def _made(part: dict[str, str | None]) -> dt.date | None:
    """Return the date of a match's groups; None if it is impossible."""
    year = part["y1"] or part["y2"] or part["y3"] or part["y4"] or ""
    if part["y4"]:
        day, month = int(part["a"] or 0), int(part["b"] or 0)
        if month > 12:  # month first, as in the US
            day, month = month, day
    else:
        name = part["m1"] or part["m2"] or part["m3"] or ""
        month = int(name) if name.isdigit() else _MONTHS[name.casefold()]
        day = int(part["d1"] or part["d2"] or part["d3"] or 0)
    try:
        return dt.date(int(year), month, day)
    except ValueError:
        return None


LINES = 30
"""Lines at the start of a text that may belong to its header."""

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
    """The metadata at the start of a text; fields that it does not state are empty."""

    title: str = ""
    date: dt.date | None = None
    author: str = ""
    outlet: str = ""
    dated: bool = field(default=False)
    """Whether there was a date, even an impossible one."""


def read_header(lines: list[str]) -> tuple[Header, list[str]]:
    """Return the header in a text's first lines, and the lines without it.

    Reading stops where running text begins; the rest of a line behind a date is remaining.
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
    """Return a line without the dates at its start; None if it does not start with one."""
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
    """Read a labelled field or a byline into the header; return whether the line was one."""
    if len(line) > 330:
        return False
    if found := _LABELLED.match(line):
        name = _FIELD_OF[found["label"].casefold()]
        if not getattr(header, name):
            setattr(header, name, sanitize_line(found["value"]))
            return True
        return False
    if len(line) <= 120 and not header.author and (found := _BYLINE.match(line)):
        header.author = sanitize_line(found["author"])
        header.outlet = header.outlet or sanitize_line(found["outlet"] or "")
        return True
    return False
