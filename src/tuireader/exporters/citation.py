"""Citations: the line that names a passage's source, the same wherever a passage is exported."""

import re

from tuireader.domain.bookmark import Citation
from tuireader.domain.dates import long_date
from tuireader.text.messages import in_marks
from tuireader.text.sanitize import sanitize_line

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\\]+")


def citation_line(citation: Citation) -> str:
    """Return title, author, outlet, date and source in one line, separated by commas.

    What is not known is left out. The source is the location if the citation names none.
    """
    parts = (
        citation.title,
        citation.author,
        citation.outlet,
        long_date(citation.date) if citation.date else "",
        citation.source or citation.location,
    )
    known = [sanitize_line(part) for part in parts if part.strip()]
    return ", ".join([*(part.rstrip(".") for part in known[:-1]), *known[-1:]])


def web_source(citation: Citation) -> str:
    """Return the web address that `citation_line` ends with; "" if the source is a file or book."""
    source = sanitize_line(citation.source or citation.location)
    return source if _WEB_ADDRESS.fullmatch(source) else ""


def page_mark(pages: str) -> str:
    """Return how a citation names pages, such as "[p. 12]" or "[pp. 12–13]"; "" for "".

    `pages` is what `Article.page_range` returns.
    """
    if not pages:
        return ""
    return f"[pp. {pages}]" if "–" in pages else f"[p. {pages}]"


def citation_text(words: str, citation: Citation, speaker: str = "", pages: str = "") -> str:
    """Return words in quotation marks with their speaker, and the citation on the line below.

    `speaker` and `pages` are left out if they are ""; `pages` is what `Article.page_range` returns.
    Words that begin with a quotation mark get no others.
    """
    attribution = f" — {speaker}" if speaker else ""
    line = " ".join(part for part in (citation_line(citation), page_mark(pages)) if part)
    return f"{in_marks(words.strip())}{attribution}\n{line}"
