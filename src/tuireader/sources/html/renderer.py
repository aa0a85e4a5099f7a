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


def _semantic_types(element: "_Element") -> list[str]:
    """Return the semantic types of an e-book's element (`epub:type` and `role`)."""
    types = element.get("{http://www.idpf.org/2007/ops}type") or element.get("epub:type") or ""
    return [*types.split(), *(element.get("role") or "").split()]


def is_page_break(element: "_Element") -> bool:
    """Return whether an element only marks a page break of the printed book."""
    return any(kind in {"pagebreak", "doc-pagebreak"} for kind in _semantic_types(element))


def is_note_mark(element: "_Element") -> bool:
    """Return whether a link is a reference to a footnote that has no brackets of its own."""
    words = "".join(element.itertext()).strip()
    if len(words) > 4 or not words or words[0] in "[(":
        return False
    if any(kind in _NOTE_ROLES for kind in _semantic_types(element)):
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
class _OpenElements:
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

    def __init__(self, target: LinkTarget, builder: ArticleBuilder | None = None) -> None:
        self.builder = builder or ArticleBuilder()
        self._target = target
        self._open_elements = _OpenElements()
        self._notes: list[bool] = []

    def render(self, root: "_Element") -> ArticleBuilder:
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
        return self.builder

    def _is_unseen(self, element: "_Element") -> bool:
        return tag_of(element) in _UNSEEN or "hidden" in element.attrib or is_page_break(element)

    def _text(self, text: str | None) -> None:
        if text:
            self.builder.add(text, verbatim=bool(self._open_elements.verbatim))

    def _start(self, element: "_Element") -> None:
        """Render the start of an element."""
        tag = tag_of(element)
        if tag in _BLOCKS:
            self._flush()
            self._enter(tag, element)
        self._name(element)
        if tag in _EMPHASES:
            self.builder.open(_EMPHASES[tag])
        match tag:
            case "a":
                self._open_link(element)
            case "br":
                if not self.builder.line_break() and not self.builder.is_empty:
                    self._flush()
            case "hr":
                self._flush()
                self.builder.add("---")
                self.builder.end(BlockKind.RULE)
            case "img" | "image":
                self._picture(element)
            case "q":
                self.builder.add("“")
            case _:
                pass

    def _end(self, element: "_Element") -> None:
        """Render the end of an element."""
        tag = tag_of(element)
        if tag in _EMPHASES:
            self.builder.close()
        if tag == "a":
            if self._notes.pop():
                self.builder.add("]")
            self.builder.close()
        elif tag == "q":
            self.builder.add("”")
        elif tag in _BLOCKS:
            self._flush()
            self._leave(tag)

    def _enter(self, tag: str, element: "_Element") -> None:
        """Update the open elements at the start of a block element."""
        state = self._open_elements
        match tag:
            case "ul" | "menu":
                state.lists.append(None)
            case "ol":
                start = element.get("start", "1")
                state.lists.append(int(start) if start.isdecimal() and len(start) < 9 else 1)
            case "li":
                state.marker = self._marker()
            case "blockquote":
                state.quotes += 1
            case "pre":
                state.verbatim += 1
            case "figcaption" | "caption":
                state.captions += 1
            case _:
                state.heading = _HEADINGS.get(tag, state.heading)

    def _leave(self, tag: str) -> None:
        """Update the open elements at the end of a block element."""
        state = self._open_elements
        match tag:
            case "ul" | "menu" | "ol":
                state.lists.pop()
            case "li":
                state.marker = ""
            case "blockquote":
                state.quotes -= 1
            case "pre":
                state.verbatim -= 1
            case "figcaption" | "caption":
                state.captions -= 1
            case _ if tag in _HEADINGS:
                state.heading = 0

    def _marker(self) -> str:
        """Return the marker of the next list item, "• " or "3. "."""
        lists = self._open_elements.lists
        if not lists or lists[-1] is None:
            return "• "
        lists[-1] += 1
        return f"{lists[-1] - 1}. "

    def _name(self, element: "_Element") -> None:
        name = element.get("id") or (element.get("name") if tag_of(element) == "a" else None)
        if name:
            self.builder.name(name)

    def _open_link(self, element: "_Element") -> None:
        """Start a link; a footnote reference gets brackets."""
        href = element.get("href")
        self.builder.open("link", *(self._target(href) if href else ("", "")))
        note = bool(href) and is_note_mark(element)
        self._notes.append(note)
        if note:
            self.builder.add("[")

    def _picture(self, element: "_Element") -> None:
        """Render an image's description as a caption if it is between paragraphs."""
        words = element.get("alt") or element.get("title") or ""
        if words.strip() and self.builder.is_empty and not self._open_elements.heading:
            self.builder.add(words)
            self.builder.end(BlockKind.CAPTION)

    def _table(self, rows: list[str]) -> None:
        self._flush()
        self.builder.add("\n".join(rows), verbatim=True)
        self.builder.end(BlockKind.CODE)

    def _flush(self) -> None:
        """End the current block, with the kind that the open elements give it."""
        state = self._open_elements
        kind, level = self._kind()
        marker = state.marker if kind is BlockKind.LIST_ITEM else ""
        tight = kind is BlockKind.LIST_ITEM and self.builder.text_builder.last_kind() is kind
        if self.builder.end(kind, level, marker, tight=tight) and marker:
            state.marker = ""

    def _kind(self) -> tuple[BlockKind, int]:
        """Return the kind and level of the block that the open elements give."""
        state = self._open_elements
        if state.verbatim:
            return BlockKind.CODE, 0
        if state.heading:
            return BlockKind.HEADING, state.heading
        if state.captions:
            return BlockKind.CAPTION, 0
        if state.lists:
            return BlockKind.LIST_ITEM, len(state.lists) - 1
        if state.quotes:
            return BlockKind.BLOCKQUOTE, state.quotes - 1
        return BlockKind.PARAGRAPH, 0
