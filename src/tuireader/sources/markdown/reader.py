"""Reads Markdown files: the text without markup, with its blocks, links and emphasis."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import BinaryIO

from tuireader.domain.article import Article
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.domain.errors import SourceError
from tuireader.sources.article_builder import ArticleBuilder
from tuireader.sources.html.parser import parse_generated_html
from tuireader.sources.html.renderer import HtmlRenderer
from tuireader.sources.markdown.front_matter import read_front_matter
from tuireader.sources.markdown.parser import markdown_html
from tuireader.sources.plaintext.captions import is_caption
from tuireader.sources.plaintext.encoding import decode, guess_notice
from tuireader.sources.plaintext.header import Header
from tuireader.sources.plaintext.headings import TextBuilder
from tuireader.sources.plaintext.paragraphs import TextBlock
from tuireader.sources.plaintext.reader import Pause, read_text
from tuireader.sources.plaintext.title import title_of
from tuireader.text.language import language_of
from tuireader.text.sanitize import sanitize, sanitize_line

LARGEST = 5_000_000
"""The largest file in bytes that is parsed; a larger one is read as plain text."""
_TRANSPARENT = ("button", "form", "select", "label", "option", "noscript", "textarea")
"""Elements that a page uses for controls; in Markdown their words are part of the text."""


def read_markdown(stream: BinaryIO, location: str, pause: Pause, encoding: str = "") -> Article:
    """Return the article of a Markdown file.

    Args:
        stream: The open file, at its start.
        location: The location of the article.
        pause: Called between chunks; it may raise an exception to cancel.
        encoding: The encoding that the reader chose; empty to detect it.

    A file that is too large or nested too deeply is read as plain text. Raises SourceError if it is
    not text.
    """
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        stream.seek(0)
        return read_text(stream, location, pause, encoding)
    text, guessed = decode(data, location, encoding)
    pause()
    header, lines = read_front_matter(sanitize(text).split("\n"))
    builder = rendered_markdown("\n".join(lines), location)
    if builder is None:
        return read_text(BytesIO(data), location, pause, encoding)
    pause()
    return _article(builder, header, location, guess_notice(guessed))


def _article(
    builder: ArticleBuilder, header: Header, location: str, notices: tuple[str, ...]
) -> Article:
    """Return the article of a rendered text with its front matter and notices."""
    text_builder = builder.text_builder
    whole = text_builder.text()
    return Article(
        location=location,
        text=whole,
        blocks=Blocks(_with_captions(text_builder.blocks(), whole)),
        title=title_of(header.title, _title_pieces(text_builder), location),
        date=header.date,
        outlet=header.outlet,
        author=header.author,
        language=header.language or language_of(whole),
        source=header.address,
        links=tuple(builder.links),
        emphases=tuple(builder.emphases),
        pictures=tuple(builder.pictures),
        code_languages=tuple(builder.code_languages),
        places=tuple(builder.places),
        notices=notices,
    )


def rendered_markdown(text: str, location: str) -> ArticleBuilder | None:
    """Return the text, blocks, links and emphasis of a Markdown text without front matter.

    None if it is too large to be parsed, or nested too deeply. `location` is named in errors.
    """
    html = markdown_html(text)
    if html is None:
        return None
    renderer = HtmlRenderer(_target)
    if not html.strip():
        return renderer.builder
    try:
        root = parse_generated_html(html, location)
    except SourceError:
        return None
    for element in root.iter(*_TRANSPARENT):
        element.tag = "span"
    return renderer.render(root)


def _target(href: str) -> tuple[str, str]:
    """Return the target of a link, and the name of a place in the text; one of them is empty.

    `#name` is a place; an address or a path is returned as given.
    """
    if href.startswith("#"):
        return "", sanitize_line(href[1:])
    return sanitize_line(href), ""


def _title_pieces(text_builder: TextBuilder) -> Iterator[TextBlock]:
    """Yield the first heading among the first blocks; all of them if there is no heading.

    The article's title is searched in them.
    """
    headings = [piece for piece in text_builder.first if piece.kind is BlockKind.HEADING]
    yield from headings[:1] or text_builder.first


def _with_captions(blocks: Blocks, text: str) -> Iterator[Block]:
    """Yield the blocks of a text, with paragraphs that are worded like a caption as captions."""
    for number, block in enumerate(blocks):
        words = text[block.start : block.end]
        if block.kind is BlockKind.PARAGRAPH and is_caption(words, opening=number == 0):
            yield replace(block, kind=BlockKind.CAPTION)
        else:
            yield block
