"""Reads Markdown files: the text without markup, with its blocks, links and emphasis."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from tuireader.domain.article import Article, Emphasis, Link, Passage
from tuireader.domain.blocks import BlockKind
from tuireader.sources.front_matter import read_front_matter
from tuireader.sources.plaintext.captions import is_caption
from tuireader.sources.plaintext.encoding import decode_text
from tuireader.sources.plaintext.headings import TextBuilder
from tuireader.sources.plaintext.paragraphs import TextBlock
from tuireader.sources.plaintext.reader import Pause, read_text
from tuireader.sources.plaintext.title import title_of
from tuireader.text.language import language_of
from tuireader.text.sanitize import sanitize, sanitize_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token


_EMPHASES = {"em_open": "em", "strong_open": "strong"}


@dataclass(slots=True)
class InlineText:
    """The text of one block without markup; a newline in it is a hard line break."""

    text: str = ""
    links: list[tuple[Passage, str]] = field(default_factory=list)
    emphases: list[tuple[Passage, str]] = field(default_factory=list)
    only_images: bool = False
    """Whether the block is only an image; the text is then its description."""


def inline_text(children: "Sequence[Token]") -> InlineText:
    """Return the text, links and emphasis of the parser's inline tokens."""
    inline = InlineText()
    parts: list[str] = []
    length, images, words = 0, 0, 0
    opened: list[tuple[int, str]] = []
    for child in children:
        start = length
        content = _token_text(child)
        if content:
            parts.append(content)
            length += len(content)
            images += child.type == "image"
            words += child.type != "image" and not content.isspace()
        if child.type == "code_inline":
            inline.emphases.append((Passage(start, length), "code"))
        elif child.nesting == 1:
            opened.append((start, str(child.attrs.get("href", ""))))
        elif child.nesting == -1:
            begun, target = opened.pop()
            _close(inline, child.type, Passage(begun, length), target)
    text = "".join(parts)
    inline.text = text
    inline.only_images = images > 0 and words == 0
    return inline


def _close(inline: InlineText, closing: str, passage: Passage, target: str) -> None:
    """Record the link or emphasis that a closing token ends."""
    if not len(passage):
        return
    if closing == "link_close":
        inline.links.append((passage, target))
    elif kind := _EMPHASES.get(closing.replace("_close", "_open")):
        inline.emphases.append((passage, kind))


def _token_text(child: "Token") -> str:
    """Return the text of an inline token; an image gives its description."""
    match child.type:
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "image":
            described = inline_text(child.children or []).text
            return described.replace("\n", " ")
        case _:
            return sanitize(child.content).replace("\n", " ")


LARGEST = 5_000_000
"""The largest file in bytes that is parsed; a larger one is read as plain text."""
_MOST = {"[": 300_000, "|": 40_000, "<": 300_000}
"""The most times a character may occur; with more the parser takes seconds."""
_DEEPEST = 19
"""The nesting level at which the parser gives up; such a file is read as plain text."""


def read_markdown(stream: BinaryIO, location: str, pause: Pause) -> Article:
    """Read the article of a Markdown file.

    A file that is too large or nested too deeply is plain text.
    """
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        stream.seek(0)
        return read_text(stream, location, pause)
    text = decode_text(data, location)
    pause()
    header, lines = read_front_matter(sanitize(text).split("\n"))
    tokens = _tokens("\n".join(lines))
    if tokens is None:
        return read_text(BytesIO(data), location, pause)
    pause()
    builder = _MarkdownRenderer()
    for token in tokens:
        builder.take(token)
    text_builder = builder.text_builder
    whole = text_builder.text()
    return Article(
        location=location,
        text=whole,
        blocks=text_builder.blocks(),
        title=title_of(header.title, _title_pieces(text_builder), location),
        date=header.date,
        outlet=header.outlet,
        author=header.author,
        language=language_of(whole),
        links=tuple(builder.links),
        emphases=tuple(builder.emphases),
    )


def _title_pieces(text_builder: TextBuilder) -> Iterator[TextBlock]:
    """Return the first heading among the first blocks, else all of them, to find a title in."""
    headings = [piece for piece in text_builder.first if piece.kind is BlockKind.HEADING]
    yield from headings[:1] or text_builder.first


def _tokens(text: str) -> list["Token"] | None:
    """Parse Markdown; None if the parser would take too long or the nesting is too deep."""
    if any(text.count(char) > most for char, most in _MOST.items()):
        return None
    from markdown_it import MarkdownIt  # noqa: PLC0415 - 15 ms, and only for Markdown files

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    tokens = parser.parse(text)
    deepest = max((token.level for token in tokens), default=0)
    return None if deepest >= _DEEPEST else tokens


class _MarkdownRenderer:
    """Renders the parser's tokens as text, and tracks the open lists and block quotations."""

    def __init__(self) -> None:
        self.text_builder = TextBuilder()
        self.links: list[Link] = []
        self.emphases: list[Emphasis] = []
        self._lists: list[int | None] = []
        """For each open list the number of its next item; None for a bullet list."""
        self._marker = ""
        self._quotes = 0
        self._heading = 0
        self._row: list[str] | None = None
        self._rows: list[str] = []

    def take(self, token: "Token") -> None:
        """Render one token."""
        match token.type:
            case "inline":
                self._inline(inline_text(token.children or []))
            case "fence" | "code_block":
                self._add(BlockKind.CODE, sanitize(token.content).rstrip().strip("\n"))
            case "hr":
                self._add(BlockKind.RULE, token.markup[:3])
            case "heading_open":
                self._heading = int(token.tag[1])
            case "heading_close":
                self._heading = 0
            case "blockquote_open" | "blockquote_close":
                self._quotes += token.nesting
            case _:
                self._list(token)
                self._table(token)

    def _list(self, token: "Token") -> None:
        """Render a token that opens or closes a list or an item."""
        match token.type:
            case "bullet_list_open":
                self._lists.append(None)
            case "ordered_list_open":
                self._lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                number = self._lists[-1]
                self._marker = "• " if number is None else f"{number}. "
                if number is not None:
                    self._lists[-1] = number + 1
            case "list_item_close":
                self._marker = ""

    def _table(self, token: "Token") -> None:
        """Render a token of a table; a table becomes a code block."""
        match token.type:
            case "tr_open":
                self._row = []
            case "tr_close":
                self._rows.append(" | ".join(self._row or ()))
                self._row = None
            case "table_close":
                self._add(BlockKind.CODE, "\n".join(self._rows))
                self._rows = []

    def _inline(self, inline: InlineText) -> None:
        """Render the text of a block, with its links and emphasis."""
        if self._row is not None:
            self._row.append(inline.text.replace("\n", " "))
            return
        if not inline.text.strip():
            return
        kind, level = self._kind_of(inline)
        marker = self._marker if kind is BlockKind.LIST_ITEM else ""
        last = self.text_builder.last_kind()
        tight = bool(marker) and last is BlockKind.LIST_ITEM
        first, *others = inline.text.split("\n")
        self._add(kind, marker + first, level, tight=tight)
        start = self.text_builder.length - len(first)
        for line in others:
            # One newline separates them, as in the inline text, so that its offsets stay valid.
            self._add(kind, line, level, tight=True)
        if marker:
            self._marker = ""
        for passage, target in inline.links:
            self.links.append(Link(_moved(passage, start), sanitize_line(target)))
        for passage, name in inline.emphases:
            self.emphases.append(Emphasis(_moved(passage, start), name))

    def _kind_of(self, inline: InlineText) -> tuple[BlockKind, int]:
        """Return the kind and level of the block that the current text belongs to."""
        if self._heading:
            return BlockKind.HEADING, self._heading
        if inline.only_images:
            return BlockKind.CAPTION, 0
        if self._lists:
            return BlockKind.LIST_ITEM, len(self._lists) - 1
        if self._quotes:
            return BlockKind.BLOCKQUOTE, self._quotes - 1
        opening = self.text_builder.last_kind() is None
        if is_caption(inline.text, opening=opening):
            return BlockKind.CAPTION, 0
        return BlockKind.PARAGRAPH, 0

    def _add(self, kind: BlockKind, text: str, level: int = 0, *, tight: bool = False) -> None:
        if text.strip():
            self.text_builder.add(TextBlock(kind, text, level, tight))


def _moved(passage: Passage, by: int) -> Passage:
    return Passage(passage.start + by, passage.end + by)
