"""Dates as they stand at the head of an article, in seven languages."""

import datetime as dt
import re

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
    """The date that begins at the offset and the offset behind it; (None, start) if there is none.

    An impossible date, such as 2024-13-45, is (None, the offset behind it).
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
    year = part["y1"] or part["y2"] or part["y3"] or part["y4"] or ""
    if part["y4"]:
        day, month = int(part["a"] or 0), int(part["b"] or 0)
        if month > 12:  # written the American way
            day, month = month, day
    else:
        name = part["m1"] or part["m2"] or part["m3"] or ""
        month = int(name) if name.isdigit() else _MONTHS[name.casefold()]
        day = int(part["d1"] or part["d2"] or part["d3"] or 0)
    try:
        return dt.date(int(year), month, day)
    except ValueError:
        return None
