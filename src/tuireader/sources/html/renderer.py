"""Renders a tree of HTML elements as an article's text, blocks, links and emphasis."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tuireader.domain.blocks import BlockKind
from tuireader.sources.article_builder import ArticleBuilder

if TYPE_CHECKING:
    from lxml.etree import _Element


_LONGEST_CELL = 200
_NOTE_ROLES = ("noteref", "doc-noteref")


def tag_of(element: "_Element") -> str:
    """Return an element's name in lower case, without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _kinds(element: "_Element") -> list[str]:
    """Return the semantic types of an e-book's element (`epub:type` and `role`)."""
    said = element.get("{http://www.idpf.org/2007/ops}type") or element.get("epub:type") or ""
    return [*said.split(), *(element.get("role") or "").split()]


def is_page_break(element: "_Element") -> bool:
    """Return whether an element only marks a page break of the printed book."""
    return any(kind in {"pagebreak", "doc-pagebreak"} for kind in _kinds(element))


def is_note_mark(element: "_Element") -> bool:
    """Return whether a link is a reference to a footnote that has no brackets of its own."""
    words = "".join(element.itertext()).strip()
    if len(words) > 4 or not words or words[0] in "[(":
        return False
    if any(kind in _NOTE_ROLES for kind in _kinds(element)):
        return True
    parent = element.getparent()
    raised = (parent is not None and tag_of(parent) == "sup") or any(
        tag_of(child) == "sup" for child in element
    )
    return raised and not words.isalpha()


def table_rows(table: "_Element") -> list[str]:
    """Return the rows of a data table as text; empty if the table is used for page layout."""
    rows: list[str] = []
    widest = 0
    for element in table.iterdescendants():
        tag = tag_of(element)
        if tag in {"table", "blockquote", "ul", "ol", "h1", "h2", "h3"}:
            return []
        if tag != "tr":
            continue
        cells = [
            " ".join("".join(cell.itertext()).split())
            for cell in element
            if tag_of(cell) in {"td", "th"}
        ]
        if any(len(cell) > _LONGEST_CELL for cell in cells):
            return []
        widest = max(widest, len(cells))
        if any(cells):
            rows.append(" | ".join(cells))
    return rows if widest > 1 else []


LinkTarget = Callable[[str], tuple[str, str]]
"""Resolves an `href` to a link's target and the name of a place in it; both empty if unusable."""


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


_UNSEEN = _names(
    "script style head title template noscript iframe object embed audio video canvas form button"
    " select textarea input rp rt defs metadata desc annotation"
)
_BLOCKS = _names(
    "html body address article aside blockquote center dd details dialog div dl dt fieldset"
    " figcaption figure footer header hgroup h1 h2 h3 h4 h5 h6 li main menu nav ol p pre section"
    " summary table tbody thead tfoot tr td th caption ul svg text"
)
_EMPHASES = {
    "em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em",
    "strong": "strong", "b": "strong",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
}  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


@dataclass(slots=True)
class _Place:
    """The lists, quotations and other elements that are open at the current element."""

    lists: list[int | None] = field(default_factory=list)
    """For each open list the number of its next item; None for a bullet list."""
    marker: str = ""
    quotes: int = 0
    heading: int = 0
    captions: int = 0
    verbatim: int = 0


class HtmlRenderer:
    """Renders elements into an ArticleBuilder; unknown elements are treated as transparent."""

    def __init__(self, target: LinkTarget, composer: ArticleBuilder | None = None) -> None:
        self.composer = composer or ArticleBuilder()
        self._target = target
        self._place = _Place()
        self._notes: list[bool] = []

    def set(self, root: "_Element") -> ArticleBuilder:
        """Render an element and its descendants, without recursion; return the builder."""
        from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event not in {"start", "end"}:
                self._text(element.tail)
            elif event == "start":
                if self._is_unseen(element):
                    walk.skip_subtree()
                elif tag_of(element) == "table" and (rows := table_rows(element)):
                    self._table(rows)
                    walk.skip_subtree()
                else:
                    self._start(element)
                    self._text(element.text)
            else:
                if not self._is_unseen(element):
                    self._end(element)
                self._text(element.tail if element is not root else None)
        self._flush()
        return self.composer

    def _is_unseen(self, element: "_Element") -> bool:
        return tag_of(element) in _UNSEEN or "hidden" in element.attrib or is_page_break(element)

    def _text(self, text: str | None) -> None:
        if text:
            self.composer.add(text, verbatim=bool(self._place.verbatim))

    def _start(self, element: "_Element") -> None:
        """Render the start of an element."""
        tag = tag_of(element)
        if tag in _BLOCKS:
            self._flush()
            self._enter(tag, element)
        self._name(element)
        if tag in _EMPHASES:
            self.composer.open(_EMPHASES[tag])
        match tag:
            case "a":
                self._open_link(element)
            case "br":
                if not self.composer.line_break() and not self.composer.is_empty:
                    self._flush()
            case "hr":
                self._flush()
                self.composer.add("---")
                self.composer.end(BlockKind.RULE)
            case "img" | "image":
                self._picture(element)
            case "q":
                self.composer.add("“")
            case _:
                pass

    def _end(self, element: "_Element") -> None:
        """Render the end of an element."""
        tag = tag_of(element)
        if tag in _EMPHASES:
            self.composer.close()
        if tag == "a":
            if self._notes.pop():
                self.composer.add("]")
            self.composer.close()
        elif tag == "q":
            self.composer.add("”")
        elif tag in _BLOCKS:
            self._flush()
            self._leave(tag)

    def _enter(self, tag: str, element: "_Element") -> None:
        """Update the open elements at the start of a block element."""
        place = self._place
        match tag:
            case "ul" | "menu":
                place.lists.append(None)
            case "ol":
                start = element.get("start", "1")
                place.lists.append(int(start) if start.isdecimal() and len(start) < 9 else 1)
            case "li":
                place.marker = self._marker()
            case "blockquote":
                place.quotes += 1
            case "pre":
                place.verbatim += 1
            case "figcaption" | "caption":
                place.captions += 1
            case _:
                place.heading = _HEADINGS.get(tag, place.heading)

    def _leave(self, tag: str) -> None:
        """Update the open elements at the end of a block element."""
        place = self._place
        match tag:
            case "ul" | "menu" | "ol":
                place.lists.pop()
            case "li":
                place.marker = ""
            case "blockquote":
                place.quotes -= 1
            case "pre":
                place.verbatim -= 1
            case "figcaption" | "caption":
                place.captions -= 1
            case _ if tag in _HEADINGS:
                place.heading = 0

    def _marker(self) -> str:
        """Return the marker of the next list item, "• " or "3. "."""
        lists = self._place.lists
        if not lists or lists[-1] is None:
            return "• "
        lists[-1] += 1
        return f"{lists[-1] - 1}. "

    def _name(self, element: "_Element") -> None:
        name = element.get("id") or (element.get("name") if tag_of(element) == "a" else None)
        if name:
            self.composer.name(name)

    def _open_link(self, element: "_Element") -> None:
        """Start a link; a footnote reference gets brackets."""
        href = element.get("href")
        self.composer.open("link", *(self._target(href) if href else ("", "")))
        note = bool(href) and is_note_mark(element)
        self._notes.append(note)
        if note:
            self.composer.add("[")

    def _picture(self, element: "_Element") -> None:
        """Render an image's description as a caption if it is between paragraphs."""
        words = element.get("alt") or element.get("title") or ""
        if words.strip() and self.composer.is_empty and not self._place.heading:
            self.composer.add(words)
            self.composer.end(BlockKind.CAPTION)

    def _table(self, rows: list[str]) -> None:
        self._flush()
        self.composer.add("\n".join(rows), verbatim=True)
        self.composer.end(BlockKind.CODE)

    def _flush(self) -> None:
        """End the current block, with the kind that the open elements give it."""
        place = self._place
        kind, level = self._kind()
        marker = place.marker if kind is BlockKind.LIST_ITEM else ""
        tight = kind is BlockKind.LIST_ITEM and self.composer.progress.last_kind() is kind
        if self.composer.end(kind, level, marker, tight=tight) and marker:
            place.marker = ""

    def _kind(self) -> tuple[BlockKind, int]:
        """Return the kind and level of the block that the open elements give."""
        place = self._place
        if place.verbatim:
            return BlockKind.CODE, 0
        if place.heading:
            return BlockKind.HEADING, place.heading
        if place.captions:
            return BlockKind.CAPTION, 0
        if place.lists:
            return BlockKind.LIST_ITEM, len(place.lists) - 1
        if place.quotes:
            return BlockKind.BLOCKQUOTE, place.quotes - 1
        return BlockKind.PARAGRAPH, 0
