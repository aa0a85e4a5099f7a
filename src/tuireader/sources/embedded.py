"""Reads files that are inside other files: attachments of letters, members of zip archives."""

from io import BytesIO

from tuireader.domain.article import Article
from tuireader.domain.errors import SourceError
from tuireader.sources.files import NOT_READ_YET
from tuireader.sources.filetype import filetype_of_file, filetype_of_name
from tuireader.sources.html.selectors import Sites
from tuireader.sources.single_articles import SINGLE, read_single

_MESSAGE = "message/rfc822"
_KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "text/vtt": ".vtt",
    "application/x-subrip": ".srt",
}


def is_readable(name: str, kind: str = "") -> bool:
    """Return whether tuireader can read a file that is inside another file.

    Args:
        name: Its file name or path; a known extension decides.
        kind: Its media type ("text/html"), which decides otherwise; empty if not stated.
    """
    if kind == _MESSAGE:
        return True
    found = filetype_of_name(name) if name else None
    return (found or filetype_of_name(f"a{_KINDS.get(kind, '')}")) in SINGLE


def read_embedded(
    data: bytes, name: str, location: str, *, kind: str = "", sites: Sites = ()
) -> Article:
    """Return a file that is inside another file as an article.

    Args:
        data: The file's content.
        name: Its file name or path, whose extension tells its type.
        location: The location of the article.
        kind: Its media type, for a file whose name has no known extension; empty if not stated.
        sites: The sites for which the settings say where on a page the article is.

    Raises SourceError if `is_readable` is false for it, or if it cannot be read.
    """
    file = BytesIO(data)
    if filetype_of_name(name) is None:
        name += _KINDS.get(kind, "")
    found = filetype_of_file(name, file)
    if found is None:
        raise SourceError(location, NOT_READ_YET)
    return read_single(file, location, found, sites=sites)
