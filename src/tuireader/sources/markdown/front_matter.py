"""The front matter at the top of a Markdown file (YAML, TOML, JSON, Pandoc), and the title."""

import json
import re
from collections.abc import Iterator
from typing import Any

from tuireader.sources.markdown.syntax import wiki_link_words
from tuireader.sources.plaintext.encoding import decode
from tuireader.sources.plaintext.header import LINES, Header, read_header
from tuireader.sources.plaintext.reader import text_front
from tuireader.text.dates import stated_date
from tuireader.text.sanitize import sanitize, sanitize_line

_LONGEST = 400
"""The most lines that front matter may have."""
_LARGEST = 60_000
"""The most code points that front matter may have."""
_MOST_NAMES = 30
"""The most authors that are taken from a list."""

_FIELD = re.compile(r"([A-Za-z_][\w-]*)\s*:(?:\s+(.*))?$")
_ITEM = re.compile(r"\s*-\s+(.*)$")
_MARKUP = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}\)|[*_`~]{1,3}")
_WIKI_LINK = re.compile(r"\[\[([^\[\]|\n]{1,200})(?:\|([^\[\]\n]{0,200}))?\]\]")
_ATTRIBUTES = re.compile(r"\{:?[ ]?[#.][^{}\n]{1,200}\}\Z")
_HEADING = re.compile(r" {0,3}#{1,6}\s+(.*)$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*$")
_ADDRESS = re.compile(r"https?://\S+\Z", re.IGNORECASE)
_FIELDS = {
    "title": "title headline",
    "author": "author authors by creator creators byline",
    "outlet": "outlet publication publisher source site site_name sitename website journal",
    "date": "date published datepublished date_published pubdate publishdate publish_date",
    "language": "language lang locale",
    "address": "url address canonical canonical_url link source_url original_url",
}
_FIELD_OF = {label: field for field, labels in _FIELDS.items() for label in labels.split()}
_NAMES = ("name", "title", "literal", "full_name")


def read_front_matter(lines: list[str]) -> tuple[Header, list[str]]:
    """Return the header that front matter states, and the lines below the front matter.

    A text without front matter gives an empty header and all its lines.
    """
    header = Header()
    found = _front_matter(lines)
    if found is not None:
        fields, lines = found
        for name, value in fields:
            _read_field(header, name.casefold().replace("-", "_"), value)
    below, remaining = read_header(lines[:LINES])
    for name in ("title", "author", "outlet", "date"):
        if not getattr(header, name):
            setattr(header, name, getattr(below, name))
    return header, remaining + lines[LINES:]


def markdown_front(data: bytes, path: str, encoding: str = "") -> tuple[Header, str]:
    """Return the header and the title of a Markdown file, from its first bytes.

    `path` gives the title of a file without words; `encoding` is the one that the reader chose,
    empty to detect it. Raises SourceError if it is not text.
    """
    text = decode(data, path, encoding).text
    header, lines = read_front_matter(sanitize(text).split("\n"))
    for number, line in enumerate(lines[:LINES]):
        found = _HEADING.match(line)
        words = _unclosed(found[1]) if found else line if _is_underlined(lines, number) else ""
        if not header.title and words:
            words = _WIKI_LINK.sub(_wiki_words, _ATTRIBUTES.sub("", words))
            header.title = sanitize_line(_MARKUP.sub(r"\1", words))
    if header.title:
        return header, header.title
    bare = _MARKUP.sub(r"\1", "\n".join(lines[:200]))
    return header, text_front(bare.encode(), path)[1]


def _is_underlined(lines: list[str], number: int) -> bool:
    """Return whether a line is a heading because the line below underlines it.

    `number` is the line's index; False for the last line.
    """
    below = lines[number + 1] if number + 1 < len(lines) else ""
    above = lines[number - 1] if number else ""
    return bool(lines[number].strip() and not above.strip() and _UNDERLINE.match(below))


def _wiki_words(found: re.Match[str]) -> str:
    return wiki_link_words(found[1], found[2])


Fields = list[tuple[str, Any]]


def _front_matter(lines: list[str]) -> tuple[Fields, list[str]] | None:
    """Return the fields of the front matter, and the lines behind it; None if there is none."""
    start = next((number for number, line in enumerate(lines[:5]) if line.strip()), 0)
    first = lines[start].rstrip() if lines else ""
    if first in {"---", "---yaml", "--- yaml"}:
        return _between(lines, start, {"---", "..."}, _yaml_fields)
    if first in {"+++", "---toml", "--- toml"}:
        return _between(lines, start, {"+++", "---"}, _toml_fields)
    if first in {";;;", "---json", "--- json"}:
        return _between(lines, start, {";;;", "---"}, _json_fields)
    if first.startswith("{"):
        return _json_object(lines[start:])
    if first.startswith("% "):
        return _pandoc_title(lines[start:])
    return None


def _between(
    lines: list[str], start: int, closing: set[str], read: Any
) -> tuple[Fields, list[str]] | None:
    """Return the fields between two lines of marks, and the lines behind them.

    Args:
        lines: The lines of the text.
        start: The index of the line of marks above the fields.
        closing: The lines that end the fields, such as "---".
        read: Returns the fields of a text.

    None if they are not closed, or hold no fields: a rule stands at the top of the text then.
    """
    for number, line in enumerate(lines[start + 1 : start + _LONGEST], start + 1):
        if line.rstrip() in closing:
            inside = lines[start + 1 : number]
            fields = read("\n".join(inside)) if sum(map(len, inside)) <= _LARGEST else []
            return (fields, lines[number + 1 :]) if fields else None
    return None


def _yaml_fields(text: str) -> Fields:
    """Return the fields of YAML; of text that is not valid YAML those that single lines state.

    Empty if it states none.
    """
    import yaml  # noqa: PLC0415 - 20 ms, and only for front matter

    try:
        # The base loader gives strings, and makes no objects.
        found = yaml.load(text, getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506
    except (yaml.YAMLError, RecursionError, ValueError):
        found = None
    return list(found.items()) if isinstance(found, dict) else _stated_fields(text)


def _stated_fields(text: str) -> Fields:
    """Return the fields of lines such as `title: words`, and of the list items below one.

    Empty if no line states a field.
    """
    fields: Fields = []
    for line in text.split("\n"):
        if found := _FIELD.match(line):
            fields.append((found[1], _unquoted(found[2] or "")))
        elif fields and (found := _ITEM.match(line)):
            name, value = fields[-1]
            fields[-1] = name, [*([value] if isinstance(value, str) else value), found[1]]
    return fields


def _toml_fields(text: str) -> Fields:
    """Return the fields of TOML; empty if it is not valid.

    Fields below a table's heading belong to that table.
    """
    import tomllib  # noqa: PLC0415 - only for front matter

    try:
        return list(tomllib.loads(text).items())
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return []


def _json_fields(text: str) -> Fields:
    """Return the fields of a JSON object, given with or without its braces.

    Empty if it is not valid.
    """
    text = text.strip()
    try:
        found = json.loads(text if text.startswith("{") else f"{{{text}}}")
    except (ValueError, RecursionError):
        return []
    return list(found.items()) if isinstance(found, dict) else []


def _json_object(lines: list[str]) -> tuple[Fields, list[str]] | None:
    """Return the fields of a JSON object at the top of a text, and the lines behind it.

    None if there is no such object.
    """
    text = "\n".join(lines[:_LONGEST])[:_LARGEST]
    try:
        found, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    number = text.count("\n", 0, end)
    behind = text[end:].split("\n", 1)[0]
    if not isinstance(found, dict) or behind.strip():
        return None
    return list(found.items()), lines[number + 1 :]


def _pandoc_title(lines: list[str]) -> tuple[Fields, list[str]]:
    """Return the fields of Pandoc's title block, and the lines behind it.

    The block is up to three lines that start with "%": title, authors and date.
    """
    fields: Fields = []
    number = 0
    for number, name in enumerate(("title", "author", "date")):
        if number >= len(lines) or not lines[number].startswith("%"):
            break
        words = lines[number][1:].strip()
        fields.append((name, words.split(";") if name == "author" else words))
    else:
        number += 1
    return fields, lines[number:]


def _unclosed(heading: str) -> str:
    """Return a heading's words without closing number signs ("# Title #")."""
    words = heading.rstrip()
    bare = words.rstrip("#")
    return bare.rstrip() if bare[-1:].isspace() else words


def _read_field(header: Header, name: str, value: Any) -> None:
    """Set the field of the header that a field of front matter stands for.

    `name` is the field's name; one that is not known, or is empty, is ignored.
    """
    field = _FIELD_OF.get(name, "")
    words = list(dict.fromkeys(_words_of(value)))
    if not field or not words:
        return
    if field == "outlet" and _ADDRESS.match(words[0]):
        field = "address"
    if field == "date":
        if not header.dated:
            header.date, header.dated = stated_date(words[0]), True
    elif field == "address":
        if _ADDRESS.match(words[0]):
            header.address = header.address or words[0]
    elif field == "language":
        header.language = words[0][:2].lower()
    elif not getattr(header, field):
        setattr(header, field, ", ".join(words) if field == "author" else words[0])


def _words_of(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the words of a value: of a list those of its items, of an author with fields the name.

    `depth` counts the lists around the value; what is nested too deeply is left out.
    """
    if isinstance(value, list) and depth < 3:
        for item in value[:_MOST_NAMES]:
            yield from _words_of(item, depth + 1)
    elif isinstance(value, dict) and depth < 3:
        names = [value[name] for name in _NAMES if isinstance(value.get(name), str)]
        given = [value.get(name) for name in ("given", "first", "family", "last")]
        joined = " ".join(part for part in given if isinstance(part, str))
        yield from _words_of((names or [joined])[0], depth + 1)
    elif not isinstance(value, list | dict) and value is not None:
        text = str(value)
        words = _WIKI_LINK.sub(_wiki_words, text[:2_000])
        if words.startswith("[") and words.endswith("]"):
            yield from _words_of([_unquoted(part) for part in words[1:-1].split(",")], depth + 1)
        elif cleaned := sanitize_line(words):
            yield cleaned


def _unquoted(value: str) -> str:
    """Return a value without the quotes around it, if it has any."""
    value = sanitize_line(value)
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1].strip()
    return value
