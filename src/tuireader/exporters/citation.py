"""How a passage names its source: one line, the same wherever it is taken out."""

import datetime as dt

from tuireader.domain.bookmark import Citation
from tuireader.text.sanitize import sanitize_line

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""English whatever the locale: a citation looks the same on every machine."""

OPENING_MARKS = "\"'“‘„‚«‹「『"


def long_date(date: dt.date) -> str:
    """A date in words: 4 September 2024."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def citation_line(citation: Citation) -> str:
    """Title, author, outlet, date and source in one line, without those that are not known."""
    parts = (
        citation.title,
        citation.author,
        citation.outlet,
        long_date(citation.date) if citation.date else "",
        citation.source or citation.location,
    )
    named = [sanitize_line(part) for part in parts if part.strip()]
    return ", ".join([*(part.rstrip(".") for part in named[:-1]), *named[-1:]])


def citation_text(words: str, citation: Citation, speaker: str = "") -> str:
    """The words in quotation marks, who said them, and below them the source."""
    words = words.strip()
    quoted = words if words.startswith(tuple(OPENING_MARKS)) else f"“{words}”"
    said = f" — {speaker}" if speaker else ""
    return f"{quoted}{said}\n{citation_line(citation)}"
