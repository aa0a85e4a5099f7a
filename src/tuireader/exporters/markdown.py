"""Writes bookmarks and notes as Markdown in which the text of articles is never markup."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tuireader.domain.bookmark import Bookmark, by_article
from tuireader.exporters.citation import citation_line, web_source

# What CommonMark, GitHub or Obsidian treats as markup anywhere in a line.
_ANYWHERE = re.compile(r"[\\`*_\[\]<>|~$#]|&(?=[#\w])|==|%%")
# What makes a list, a rule or an underlined heading only at the start of a line.
_AT_START = re.compile(r"(?P<number>\d{1,9})(?P<point>[.)])(?=\s|$)|(?P<mark>[-+=])")
_BLANK_LINES = re.compile(r"\n\s*\n")


def write_notes(bookmarks: Iterable[Bookmark]) -> Iterator[str]:
    """Yield one section for each article: its title and source, then its bookmarks.

    Articles are in the order given, the bookmarks of one in the order of its text. Nothing for no
    bookmarks.
    """
    separator = ""
    for kept in by_article(bookmarks):
        parts = "\n\n---\n\n".join(map(bookmark_markdown, kept))
        yield f"{separator}{article_heading(kept[-1])}\n\n{parts}\n"
        separator = "\n"


def article_heading(bookmark: Bookmark) -> str:
    """Return the Markdown heading of a bookmark's article: its title, and its source below.

    The location stands for a missing title.
    """
    article = bookmark.article
    cited = citation_line(replace(article, title=""))
    if source := web_source(article):
        line = f"{escape_markdown(cited.removesuffix(source))} <{source}>".strip()
    else:
        line = escape_markdown(cited)
    return f"## {escape_markdown(_line(article.title or article.location))}\n\n{line}"


def bookmark_markdown(bookmark: Bookmark) -> str:
    """Return a bookmark as Markdown, without a line break at the end.

    It has the words as a block quotation, the speaker, the position, the note unchanged (a note may
    contain Markdown), the tags, and how the words have changed in the article. What is empty is
    left out.
    """
    parts = []
    if bookmark.written.strip():
        parts.append(block_quote(bookmark.written))
    if bookmark.attribution:
        parts.append(f"— {escape_markdown(_line(bookmark.attribution))}")
    if bookmark.position:
        parts.append(f"({escape_markdown(_line(bookmark.position))})")
    if bookmark.note.strip():
        parts.append(bookmark.note.strip("\n"))
    if bookmark.tags:
        parts.append("Tags: " + ", ".join(escape_markdown(_line(tag)) for tag in bookmark.tags))
    if bookmark.change_notice:
        parts.append(f"({bookmark.change_notice})")
    return "\n\n".join(parts)


def block_quote(words: str) -> str:
    """Return text as a Markdown block quotation, escaped, with its line breaks and paragraphs.

    Blank lines separate paragraphs. `words` must not be empty.
    """
    paragraphs = (
        "\\\n".join(escape_markdown(line) for line in paragraph.split("\n") if line.strip())
        for paragraph in _BLANK_LINES.split(words)
        if paragraph.strip()
    )
    return "\n".join(f"> {line}".rstrip() for line in "\n\n".join(paragraphs).split("\n"))


def escape_markdown(words: str) -> str:
    """Return one line of text escaped, so that Markdown viewers show it literally.

    Spaces at the start are kept, those at the end removed; "" for a blank line.
    """
    body = words.strip(" \t")
    indent = words[: len(words) - len(words.lstrip(" \t"))].expandtabs(4)
    escaped = _ANYWHERE.sub(lambda found: "".join(f"\\{mark}" for mark in found[0]), body)
    if start := _AT_START.match(escaped):
        at = start.end("number") if start["number"] else 0
        escaped = f"{escaped[:at]}\\{escaped[at:]}"
    return "&nbsp;" * len(indent) + escaped if escaped else ""


def _line(words: str) -> str:
    """Return words as one line, with single spaces."""
    return " ".join(words.split())
