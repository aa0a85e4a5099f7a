"""The reader's passages as Markdown, in which every word shows as it was kept.

The reader's notes written into a file.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from tuireader.domain.bookmark import Bookmark
from tuireader.domain.errors import TuiReaderError
from tuireader.exporters.citation import citation_line
from tuireader.exporters.json_records import bookmark_json
from tuireader.paths import replace_file
from tuireader.sources.own_exports import NOTES_COMMENT

# What CommonMark, GitHub or Obsidian would take for markup wherever it stands in a line.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>|~$#]|&(?=[#\w])|==|%%")
# What makes a list, a rule or an underlined heading only at the start of a line.
_AT_START = re.compile(r"(?P<number>\d{1,9})(?P<point>[.)])(?=\s|$)|(?P<mark>[-+=])")
_BLANK_LINES = re.compile(r"\n\s*\n")
_ADDRESS = re.compile(r"https?://[^\s<>\\]+")


def escape_markdown(words: str) -> str:
    """One line of text, escaped so that Markdown shows it as it stands."""
    body = words.strip(" \t")
    indent = words[: len(words) - len(words.lstrip(" \t"))].expandtabs(4)
    escaped = _ANYWHERE.sub(lambda found: "".join(f"\\{mark}" for mark in found[0]), body)
    if start := _AT_START.match(escaped):
        at = start.end("number") if start["number"] else 0
        escaped = f"{escaped[:at]}\\{escaped[at:]}"
    return "&nbsp;" * len(indent) + escaped if escaped else ""


def block_quote(words: str) -> str:
    """A passage as a block quotation: its line breaks kept, its blank lines paragraphs."""
    paragraphs = (
        "\\\n".join(escape_markdown(line) for line in paragraph.split("\n") if line.strip())
        for paragraph in _BLANK_LINES.split(words)
        if paragraph.strip()
    )
    return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(paragraphs).split("\n"))


def bookmark_markdown(bookmark: Bookmark) -> str:
    """One kept passage: its words, who said them, the note as it was written, and the tags."""
    parts = []
    if bookmark.words.strip():
        parts.append(block_quote(bookmark.words))
    if bookmark.speaker:
        parts.append(f"— {escape_markdown(_line(bookmark.speaker))}")
    if bookmark.note.strip():
        parts.append(bookmark.note.strip("\n"))
    if bookmark.tags:
        parts.append("Tags: " + ", ".join(escape_markdown(_line(tag)) for tag in bookmark.tags))
    if bookmark.fate:
        parts.append(f"({bookmark.fate})")
    return "\n\n".join(parts)


def article_heading(bookmark: Bookmark) -> str:
    """The title of the passage's article as a heading, and below it the line of its source."""
    article = bookmark.article
    source = article.source or article.location
    cited = citation_line(replace(article, title=""))
    if _ADDRESS.fullmatch(source) and cited.endswith(source):
        line = f"{escape_markdown(cited[: -len(source)])} <{source}>".strip()
    else:
        line = escape_markdown(cited)
    return f"## {escape_markdown(_line(article.title or article.location))}\n\n{line}"


def notes_markdown(bookmarks: Iterable[Bookmark]) -> str:
    """All passages, by article in the order given and within one in the order of its text.

    The first line marks the document as an export; without passages it is empty.
    """
    articles: dict[str, list[Bookmark]] = {}
    for bookmark in bookmarks:
        articles.setdefault(bookmark.article.location, []).append(bookmark)
    sections = []
    for kept in articles.values():
        kept.sort(key=lambda one: (one.anchor is not None, one.start, one.id))
        parts = [bookmark_markdown(one) for one in kept]
        sections.append("\n\n".join([article_heading(kept[-1]), "\n\n---\n\n".join(parts)]))
    return "\n\n".join([NOTES_COMMENT, *sections]) + "\n" if sections else ""


def _line(words: str) -> str:
    return " ".join(words.split())


class ExportKind(StrEnum):
    """The kinds of file that notes are written into; the value is the name's ending."""

    MARKDOWN = "md"
    JSONL = "jsonl"


def save_notes(bookmarks: Iterable[Bookmark], path: Path, kind: ExportKind) -> None:
    """Write the notes into a file, in the place of one that is there; make its folder if needed.

    Raises TuiReaderError if that cannot be done; then what was there is unharmed.
    """
    data = _text_of(bookmarks, kind).encode("utf-8", "backslashreplace")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, data)
    except OSError as error:
        raise TuiReaderError(
            f"The notes could not be written to {path} ({error.strerror}); "
            "they are safe in the notebook."
        ) from error


def _text_of(bookmarks: Iterable[Bookmark], kind: ExportKind) -> str:
    if kind is ExportKind.MARKDOWN:
        return notes_markdown(bookmarks)
    return "".join(f"{json.dumps(bookmark_json(mark))}\n" for mark in bookmarks)
