"""Titles of feeds and their entries as plain text in one line."""

import re
from html import escape, unescape

from tuireader.sources.html.parser import parse_html
from tuireader.sources.html.renderer import HtmlRenderer
from tuireader.text.sanitize import sanitize_line

LONGEST = 10_000
"""Code points of a title that are examined."""
_STYLED = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "blockquote", "center", "cite", "code"),
        *("del", "dfn", "div", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "i", "ins", "kbd"),
        *("li", "mark", "p", "pre", "q", "s", "samp", "small", "span", "strike", "strong", "sub"),
        *("sup", "tt", "u", "ul", "var", "script", "style"),
    }
)
"""Elements whose words are part of a title, or that a renderer leaves out."""
_EMBEDDED = frozenset(
    {
        *("applet", "audio", "blink", "button", "embed", "frame", "frameset", "iframe", "img"),
        *("input", "link", "marquee", "meta", "noscript", "object", "source", "svg", "video"),
    }
)
_VOID = frozenset({"br", "hr", "wbr"})
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,15})(?=[\s/>])([^<>]{0,2000})>")
_AMBIGUOUS = re.compile("[<&]")


def title_of_html(html: str) -> str:
    """Return the words of a title in HTML, as one line.

    A tag is removed if it is one of a pair, or has attributes: other angle brackets belong
    to the words ("Use the <b> tag", "a <hello-world> element").
    """
    html = html[:LONGEST]
    if not _AMBIGUOUS.search(html):
        return sanitize_line(html)
    names = _markup(html)
    if not names:
        return sanitize_line(unescape(html))
    root = parse_html(f"<div>{_with_literal_brackets(html, names)}</div>", "")
    return sanitize_line(HtmlRenderer(lambda _href: ("", "")).render(root).text_builder.text())


def title_of_text(text: str) -> str:
    """Return a title that is stated to be plain text, as one line."""
    return sanitize_line(text[:LONGEST])


def title_of_rss(text: str) -> str:
    """Return a title, of a format that does not say whether it is HTML, as plain text.

    It is read as HTML, and the result once more if it still has pairs of tags, or entities.
    """
    title = title_of_html(text)
    if _AMBIGUOUS.search(title) and "&" in text and _has_markup(title):
        return title_of_html(title)
    return title


_REFERENCE = re.compile(r"&(?:#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def _has_markup(text: str) -> bool:
    """Return whether a text has tags that are markup in a title, or an entity."""
    return bool(_REFERENCE.search(text) or _markup(text))


def _markup(html: str) -> frozenset[str]:
    """Return the names of the tags in a title that are markup, in lower case.

    Other angle brackets are part of its words.
    """
    opened, closed, described = set[str](), set[str](), set[str]()
    for found in _TAG.finditer(html):
        name = found[2].lower()
        (closed if found[1] else opened).add(name)
        if "=" in found[3]:
            described.add(name)
    known = _STYLED | _EMBEDDED | _VOID
    return frozenset(((opened & closed) | described | (opened & _VOID)) & known)


def _with_literal_brackets(html: str, names: frozenset[str]) -> str:
    """Return HTML with only the tags of some names, and each other "<" and ">" escaped."""
    pieces: list[str] = []
    at = 0
    for found in _TAG.finditer(html):
        name = found[2].lower()
        if name in names:
            pieces += (_escaped(html[at : found.start()]), " " if name in _EMBEDDED else found[0])
            at = found.end()
    return "".join([*pieces, _escaped(html[at:])])


def _escaped(text: str) -> str:
    """Return text in which no "<" or ">" starts or ends a tag."""
    return text.replace("<", "&lt;").replace(">", "&gt;")


def html_of_text(text: str) -> str:
    """Return plain text as HTML: blank lines separate paragraphs, other line ends are `<br>`.

    Lines that were wrapped at a width are joined.
    """
    paragraphs = _PARAGRAPHS.split(text.strip())
    if len(paragraphs) == 1 and "\n" not in paragraphs[0]:
        return escape(paragraphs[0], quote=False)
    return "".join(f"<p>{_lines(paragraph)}</p>" for paragraph in paragraphs)


_PARAGRAPHS = re.compile(r"\n[ \t\r]*+\n\s*+")
_WRAPPED = range(55, 100)
"""Code points of a line that an editor or mail program has wrapped."""


def _lines(paragraph: str) -> str:
    """Return a paragraph's lines as HTML; lines that were wrapped at a width are joined."""
    lines = [" ".join(line.split()) for line in paragraph.strip().splitlines()]
    wrapped = len(lines) > 2 and all(len(line) in _WRAPPED for line in lines[:-1])
    return (" " if wrapped else "<br>").join(escape(line, quote=False) for line in lines)
