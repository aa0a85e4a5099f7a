"""Writes bookmarks and notes as Org documents in which the text of articles is never markup.

Text is escaped as the Org manual recommends ("Escape Character"): with a zero-width space
where markup would begin. What counts as markup follows the syntax of Org 9,
https://orgmode.org/worg/org-syntax.html, and its parser, org-element.el.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tuireader.domain.bookmark import Bookmark, by_article
from tuireader.exporters.citation import citation_line, web_source
from tuireader.text.sanitize import sanitize_line

ZERO_WIDTH_SPACE = "\u200b"
"""Org counts it as white space, which ends or prevents markup; nothing of it is seen."""

_MAX_HEADING_LENGTH = 60
"""The most code points of a bookmark's words in its heading."""

_LINE_START = re.compile(
    r"""(?P<indent>[ \t]*+)(?:
        \*++(?:\s|$)                        # heading, list item
      | [-+](?:\s|$|[-+])                   # list item, rule, table of table.el
      | (?:\d++|[A-Za-z])[.)](?:\s|$)       # numbered list item
      | \#(?:\s|$|\+)                       # comment, keyword, block
      | [|:]                                # table, drawer, fixed width
      | %%\( | CLOCK:                       # diary entry, clock
    )""",
    re.VERBOSE,
)
_INLINE = re.compile(
    r"""
        (?<![^\s(\["“])https?://[\w.:/?&=%@,;~#-]*(?:[^\W_]|/)    # an address, which stays a link
      | (?P<dollar>(?<=\$)\$|\$(?=\$)|(?<=[^\s,.])\$(?![^\W_]))  # what may end a formula
      | (?P<before>(?<=[^\W\d_])(?=:\S)                  # link of another type
          | (?<=call)(?=_) | (?<=src)(?=_))               # source code that may be run
      | (?P<marks>(?:
            (?<![^-\s–—({'"\u200b])[*/_+=~](?=\S)         # emphasis
          | (?<=\S)[_^](?=\S)                             # subscript, superscript
          | \\                                            # entity, LaTeX, line break
          | \{(?=\{) | @(?=@)                             # macro, export snippet
          | <(?=\S)                                       # target, time, link
          | \[(?=[\[\d%/#]|fn:|cite)                      # link, time, cookie, footnote, citation
        )[*/_+=~]*+)
    """,
    re.VERBOSE,
)
_PATH = re.compile(r"/[^=]*\w")
_KEYWORD = re.compile(r"[A-Z]{2}")
_HEADING_TAGS = re.compile(r"(?:^|\s):[^\s]+:$")
_BLANK_LINES = re.compile(r"\n\s*\n")
_TAG_CATEGORIES = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl"})
"""Unicode categories of the characters that Org allows in a tag, beside `_@#%`."""


def write_notes(bookmarks: Iterable[Bookmark]) -> Iterator[str]:
    """Yield one Org heading for each article, with its source and its bookmarks.

    Articles are in the order given, the bookmarks of one in the order of its text. A note that has
    only tags is no entry: its tags stand in the heading of the article. Nothing for no bookmarks.
    """
    separator = ""
    for kept in by_article(bookmarks):
        entries = [bookmark for bookmark in kept if not _has_only_tags(bookmark)]
        tags = [tag for mark in kept if _has_only_tags(mark) for tag in mark.tags]
        parts = [article_heading(kept[-1], tags), *map(bookmark_org, entries)]
        yield separator + "\n\n".join(parts) + "\n"
        separator = "\n"


def article_heading(bookmark: Bookmark, tags: Iterable[str] = ()) -> str:
    """Return the Org heading of a bookmark's article: its title and `tags`, and its source below.

    The location stands for a missing title. A web address is a link. A path is verbatim, so that it
    can be copied without escapes.
    """
    article = bookmark.article
    facts = citation_line(replace(article, title=""))
    source = sanitize_line(article.source or article.location)
    if web_source(article):
        target = source.replace("[", "%5B").replace("]", "%5D")
        line = f"{escape_org(facts.removesuffix(source))}[[{target}]]"
    elif _PATH.fullmatch(source):
        line = f"{escape_org(facts.removesuffix(source))}={source}="
    else:
        line = escape_org(facts)
    title = escape_heading(article.title or article.location)
    return f"* {_tagged(title, tags)}\n\n{line}"


def bookmark_org(bookmark: Bookmark) -> str:
    """Return a bookmark as an Org entry, without a line break at the end.

    It has a heading with the first words and the tags, the words as a quote block, the speaker, the
    position, the note, and how the words have changed in the article. What is empty is left out.
    """
    words = bookmark.written.strip()
    parts = [_bookmark_heading(bookmark)]
    if words:
        parts.append(quote_block(words))
    if bookmark.attribution:
        parts.append(f"— {escape_org(bookmark.attribution)}")
    if bookmark.position:
        parts.append(escape_org(f"({bookmark.position})"))
    if bookmark.note.strip():
        parts.append("\n".join(map(escape_org, bookmark.note.strip("\n").split("\n"))))
    if bookmark.change_notice:
        parts.append(escape_org(f"({bookmark.change_notice})"))
    return "\n\n".join(parts)


def quote_block(words: str) -> str:
    """Return text as an Org quote block, escaped, with its line breaks and paragraphs.

    Blank lines separate paragraphs.
    """
    paragraphs = (
        " \\\\\n".join(escape_org(line) for line in paragraph.split("\n") if line.strip())
        for paragraph in _BLANK_LINES.split(words)
        if paragraph.strip()
    )
    return "\n".join(["#+begin_quote", "\n\n".join(paragraphs), "#+end_quote"])


def escape_heading(words: str) -> str:
    """Return text as the title of an Org heading, without keyword, priority and tags.

    The text is escaped, and line breaks become spaces. The stars are not part of the result.
    """
    line = escape_org(" ".join(words.split()))
    if _KEYWORD.match(line):
        line = ZERO_WIDTH_SPACE + line
    return line + ZERO_WIDTH_SPACE if _HEADING_TAGS.search(line) else line


def escape_org(line: str) -> str:
    r"""Return one line of text escaped with zero-width spaces, so that Org shows it literally.

    Web addresses stay links. A dollar sign that may end a formula becomes the entity `\dollar{}`,
    because Org does not let a space prevent the formula.
    """
    escaped = _INLINE.sub(_escaped, line)
    if start := _LINE_START.match(escaped):
        at = start.end("indent")
        escaped = escaped[:at] + ZERO_WIDTH_SPACE + escaped[at:]
    return escaped


def org_tag(tag: str) -> str:
    """Return a tag with an underscore in place of each character that Org does not allow in one."""
    from unicodedata import category  # noqa: PLC0415 - a table of 1 MB

    return "".join(
        letter if letter in "_@#%" or category(letter) in _TAG_CATEGORIES else "_" for letter in tag
    )


def _escaped(found: re.Match[str]) -> str:
    """Return the text that replaces a match of `_INLINE`, according to its named groups.

    A match without one, a web address, is returned unchanged.
    """
    if found["dollar"]:
        return r"\dollar{}"
    if found["before"] is not None:
        return ZERO_WIDTH_SPACE
    if found["marks"]:
        return "".join(mark + ZERO_WIDTH_SPACE for mark in found["marks"])
    return found[0]


def _bookmark_heading(bookmark: Bookmark) -> str:
    """Return the heading of a bookmark: its first words, or "Note" without any, and its tags.

    At most `_MAX_HEADING_LENGTH` code points of the words are kept.
    """
    line = " ".join(bookmark.written.split())
    if len(line) > _MAX_HEADING_LENGTH:
        line = f"{line[: _MAX_HEADING_LENGTH - 1].rstrip()}…"
    title = escape_heading(line) or "Note"
    return f"** {_tagged(title, bookmark.tags)}"


def _tagged(heading: str, tags: Iterable[str]) -> str:
    """Return the words of a heading with tags after them, each once."""
    written = ":".join(dict.fromkeys(map(org_tag, tags)))
    return f"{heading} :{written}:" if written else heading


def _has_only_tags(bookmark: Bookmark) -> bool:
    """Return whether a bookmark is a note on an article without words, so only its tags."""
    return bookmark.anchor is None and not (bookmark.note.strip() or bookmark.position)
