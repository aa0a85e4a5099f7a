"""The front matter between two `---` lines at the top of a Markdown file, and the title."""

import re

from tuireader.sources.plaintext.encoding import decode_text
from tuireader.sources.plaintext.header import LINES, Header, read_header
from tuireader.sources.plaintext.reader import text_front
from tuireader.text.dates import date_at
from tuireader.text.sanitize import sanitize, sanitize_line

_LONGEST = 200
"""The most lines that front matter may have."""

_FIELD = re.compile(r"([A-Za-z_][\w-]*)\s*:(?:\s+(.*))?$")
_ITEM = re.compile(r"\s*-\s+(.*)$")
_MARKUP = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}\)|[*_`~]{1,3}")
_HEADING = re.compile(r" {0,3}#{1,6}\s+(.*)$")
_FIELDS = {
    "title": "title",
    "headline": "title",
    "author": "author",
    "authors": "author",
    "by": "author",
    "outlet": "outlet",
    "publication": "outlet",
    "publisher": "outlet",
    "source": "outlet",
    "site": "outlet",
}


def read_front_matter(lines: list[str]) -> tuple[Header, list[str]]:
    """Return the metadata in the front matter and the lines below it, and the other lines."""
    header = Header()
    if lines and lines[0].rstrip() == "---":
        end = _end_of(lines)
        if end:
            _read_fields(lines[1:end], header)
            lines = lines[end + 1 :]
    below, remaining = read_header(lines[:LINES])
    for name in ("title", "author", "outlet", "date"):
        if not getattr(header, name):
            setattr(header, name, getattr(below, name))
    return header, remaining + lines[LINES:]


def markdown_front(data: bytes, path: str) -> tuple[Header, str]:
    """Return the header and the title of a Markdown file, from its first bytes."""
    text = decode_text(data, path)
    header, lines = read_front_matter(sanitize(text).split("\n"))
    for line in lines[:LINES]:
        if not header.title and (found := _HEADING.match(line)):
            header.title = sanitize_line(_MARKUP.sub(r"\1", _unclosed(found[1])))
    if header.title:
        return header, header.title
    bare = _MARKUP.sub(r"\1", "\n".join(lines[:200]))
    return header, text_front(bare.encode(), path)[1]


def _end_of(lines: list[str]) -> int:
    """Return the number of the line that closes the front matter; 0 if there is none."""
    fields = 0
    for number, line in enumerate(lines[1:_LONGEST], 1):
        if line.rstrip() in {"---", "..."}:
            return number if fields else 0
        fields += _FIELD.match(line) is not None
    return 0


def _unclosed(heading: str) -> str:
    """Return a heading's words without closing number signs ("# Title #")."""
    words = heading.rstrip()
    bare = words.rstrip("#")
    return bare.rstrip() if bare[-1:].isspace() else words


def _read_fields(lines: list[str], header: Header) -> None:
    """Read the fields of front matter into the header; a list of authors becomes one line."""
    name = ""
    for line in lines:
        if found := _FIELD.match(line):
            name, value = found[1].casefold(), _unquoted(found[2] or "")
        elif found := _ITEM.match(line):
            value = _unquoted(found[1])
        else:
            continue
        field = _FIELDS.get(name, "")
        if field and value:
            before = getattr(header, field)
            if not before:
                setattr(header, field, value)
            elif field == "author":
                header.author = f"{before}, {value}"
        elif name in {"date", "published"} and not header.dated:
            header.date, header.dated = date_at(value)[0], True


def _unquoted(value: str) -> str:
    """Return a value without its quotes; an inline list ("[a, b]") as one line."""
    value = sanitize_line(value)
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(_unquoted(part) for part in value[1:-1].split(","))
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1].strip()
    return value
