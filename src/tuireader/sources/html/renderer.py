"""Renders a tree of HTML elements as an article's text, blocks, links and emphasis."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tuireader.domain.blocks import BlockKind
from tuireader.sources.article_builder import ArticleBuilder
from tuireader.sources.html.elements import (
    BLOCKS,
    UNSEEN,
    is_hidden,
    is_line_break,
    is_note_mark,
    is_page_break,
    is_small_caps,
    tag_of,
)
from tuireader.sources.html.formulas import (
    FORMULA_TAGS,
    formula_text,
    is_formula_copy,
    is_tex_script,
    picture_formula,
)
from tuireader.sources.html.open_elements import OpenElements
from tuireader.sources.html.pictures import code_language, is_icon, picture_target
from tuireader.sources.html.scripts import lowered_text, raised_text
from tuireader.sources.html.tables import (
    GAP,
    is_line_number,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

    from tuireader.sources.html.selection import PageSelection


LinkTarget = Callable[[str], tuple[str, str]]
"""Resolves an `href` to a link's target and the name of a place in it; both empty if unusable."""

_EMPHASES = {
    "em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em",
    "strong": "strong", "b": "strong",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
}  # fmt: skip
_VOID = frozenset({"br", "hr", "img", "image"})
_READINGS = frozenset({"rt", "rp", "rtc"})
_STOPS = '.,;:!?…。”"’»'
_LONGEST_SIGN = 8
"""Code points of a picture's description that stands for a sign, such as an emoji."""


class HtmlRenderer:
    """Renders elements into an ArticleBuilder; of an unknown element, what is in it is rendered."""

    def __init__(
        self,
        target: LinkTarget,
        builder: ArticleBuilder | None = None,
        *,
        selection: "PageSelection | None" = None,
        alternatives: bool = False,
        quotes: int = 0,
    ) -> None:
        """Take how links are resolved, and which elements are shown.

        Args:
            target: Resolves links.
            builder: Collects the text; None for a new one.
            selection: Which elements are shown; all if None.
            alternatives: Whether readings of ruby and the descriptions of all pictures are
                shown.
            quotes: How many block quotations are open around the rendered elements.
        """
        self.builder = builder or ArticleBuilder()
        self._target = target
        self._selection = selection
        self._alternatives = alternatives
        self._open_elements = OpenElements(quotes=quotes)
        self._notes: list[bool] = []
        self._formula = ""

    def render(self, root: "_Element") -> ArticleBuilder:
        """Render an element and its descendants into the builder; return the builder.

        It does not recurse, so that the depth of the tree does not matter.
        """
        from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

        selection = self._selection
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event == "start":
                if self._is_skipped(element) or self._is_rendered_whole(element):
                    walk.skip_subtree()
                else:
                    self._start(element)
                    if selection is None or selection.shows(element):
                        self._text(element.text, element)
                continue
            if event == "end" and not self._is_skipped(element) and tag_of(element) != "math":
                self._end(element)
            if element is not root and (selection is None or selection.shows_tail(element)):
                self._text(element.tail, element)
        self._flush()
        return self.builder

    def _is_skipped(self, element: "_Element") -> bool:
        """Return whether an element is left out with all that is in it."""
        tag = tag_of(element)
        selection = self._selection
        if selection is None:
            if "hidden" in element.attrib:
                return True
        elif element not in selection.entered:
            # A blank between words, or a formula, may stand in an element of its own.
            is_in_line = tag in _VOID or (len(element) == 0 and selection.shows(element))
            return not is_in_line and not is_tex_script(element)
        elif tag not in BLOCKS and is_hidden(element):
            return next(element.iter("{*}math"), None) is None
        if tag in _READINGS:
            return not self._alternatives or tag == "rp"
        if tag in UNSEEN:
            return not is_tex_script(element)
        return is_page_break(element) or is_line_number(element) or is_formula_copy(element)

    def _is_rendered_whole(self, element: "_Element") -> bool:
        """Render an element if it is a formula, a superscript or a subscript.

        Returns whether it was one; the elements in it are then not rendered.
        """
        tag = tag_of(element)
        if tag in FORMULA_TAGS and (formula := formula_text(element)):
            self._formula = formula
            self.builder.add(formula)
            return True
        if tag not in {"sup", "sub"} or any(
            tag_of(part) in {"a", "sup", "sub", "img"} for part in element.iterdescendants()
        ):
            return tag == "math"
        words, before = "".join(element.itertext()), self.builder.last
        self._name(element)
        if self._notes and self._notes[-1]:
            self.builder.add(words)
        elif tag == "sup" and words.strip().isdigit() and self._is_note(before, element):
            self.builder.add(f"[{words.strip()}]" if before.strip() else words)
        elif words.strip():
            text = raised_text(words, before) if tag == "sup" else lowered_text(words, before)
            self.builder.add(words[: len(words) - len(words.lstrip())] + text)
        return True

    def _is_note(self, before: str, raised: "_Element") -> bool:
        """Return whether a raised number is the mark of a note, in the text or at the note itself.

        `before` is the character before the number, `raised` its element.
        """
        if self.builder.is_empty:
            return (raised.tail or "x")[0].isspace()
        return before in _STOPS

    def _text(self, text: str | None, beside: "_Element") -> None:
        """Add the text in an element or behind it to the current block; None adds nothing.

        `beside` is that element.
        """
        if not text:
            return
        state = self._open_elements
        self._formula = self._formula if text.isspace() else ""
        if state.whole is None or state.table:
            if state.captions and _is_glued(self.builder.last, text):
                self.builder.add(" ")
            self.builder.add(text)
        elif not (text.isspace() and tag_of(beside) in BLOCKS and beside is not state.whole):
            text = text.replace("\r\n", "\n")
            self.builder.add(text.lstrip("\n") if self.builder.is_empty else text, verbatim=True)

    def _start(self, element: "_Element") -> None:
        """Begin an element: end the block before it if it is a block.

        Its link or emphasis is opened.
        """
        tag = tag_of(element)
        if tag in BLOCKS or self._is_caption(tag, element):
            self._break(tag, element)
            self._enter(tag, element)
        self._name(element)
        if tag in {"pre", "code"} and (language := code_language(element)):
            self.builder.language(language)
        self._open_emphases(tag, element)
        match tag:
            case "a":
                self._open_link(element)
            case "br" | "span" if is_line_break(element):
                self._line_break()
            case "hr":
                self._rule()
            case "img" | "image":
                self._picture(element)
            case "q":
                self.builder.add("“")
            case "rt":
                self.builder.add("(")
            case _:
                pass

    def _open_emphases(self, tag: str, element: "_Element") -> None:
        """Begin the emphases that an element has; they are as many as `_end` closes."""
        if tag in _EMPHASES or self._is_column_head(tag):
            self.builder.open(_EMPHASES.get(tag, "strong"))
        if is_small_caps(element):
            self.builder.open("small-caps")

    def _end(self, element: "_Element") -> None:
        """End an element: close its link or emphasis; end its block if it is one."""
        tag = tag_of(element)
        if tag in _EMPHASES or self._is_column_head(tag):
            self.builder.close()
        if is_small_caps(element):
            self.builder.close()
        if tag == "a":
            if self._notes.pop():
                self.builder.add("]")
            self.builder.close()
        elif tag == "q":
            self.builder.add("”")
        elif tag == "rt":
            self.builder.add(")")
        if tag in BLOCKS or self._is_caption(tag, element):
            self._break(tag, element)
            self._leave(tag, element)

    def _enter(self, tag: str, element: "_Element") -> None:
        """Note that a block element, whose name is `tag`, is now open."""
        state = self._open_elements
        state.captions += self._is_caption(tag, element)
        state.enter(tag, element)
        if tag in {"td", "th"}:
            self._enter_cell(element)

    def _leave(self, tag: str, element: "_Element") -> None:
        """Note that a block element, whose name is `tag`, is no longer open."""
        state = self._open_elements
        state.captions -= self._is_caption(tag, element)
        state.leave(tag, element)
        if tag in {"td", "th"}:
            self.builder.trim()

    def _is_column_head(self, tag: str) -> bool:
        """Return whether an element is the head of a row or column in a table of data."""
        return tag == "th" and self._open_elements.table is not None

    def _is_caption(self, tag: str, element: "_Element") -> bool:
        """Return whether an element is a caption, by its name `tag` or by the selection."""
        marked = self._selection is not None and element in self._selection.captions
        return marked or tag in {"figcaption", "caption"}

    def _enter_cell(self, cell: "_Element") -> None:
        """Fill the line with spaces up to the column in which a table cell begins.

        If the cells before it take more room, the next line is begun. Nothing is done outside of a
        data table, and for an empty cell.
        """
        table = self._open_elements.table
        place = table.places.get(cell) if table else None
        if table is None or place is None or not place[1]:
            return
        column, width = place
        begins = self.builder.last == "\n"
        start, used = table.columns[column], 0 if begins else table.used
        if not begins and used > max(0, start - GAP):
            self.builder.add("\n", verbatim=True)
            used = 0
        self.builder.add(" " * (start - used), verbatim=True)
        table.used = start + width

    def _break(self, tag: str, element: "_Element") -> None:
        """End the block, or in preformatted text and tables the line, at a block element's edge.

        `tag` is the element's name.
        """
        state = self._open_elements
        self._formula = ""
        if state.whole is None or element is state.whole or tag == "caption":
            self._flush()
        elif state.table is None or tag == "tr":
            if self.builder.last != "\n":
                self.builder.add("\n", verbatim=True)
        elif tag not in {"td", "th"} and not self.builder.last.isspace():
            self.builder.add(" ")

    def _line_break(self) -> None:
        """Add a line break; two in a row end the paragraph. In a table, add a space."""
        state = self._open_elements
        if state.table:
            self.builder.add(" ")
        elif state.whole is not None:
            self.builder.add("\n", verbatim=True)
        elif not self.builder.line_break() and not self.builder.is_empty:
            self._flush()

    def _rule(self) -> None:
        """End the block and add a rule as "---"; in the article of a web page, only end it."""
        self._flush()
        if self._selection is None:
            self.builder.add("---")
            self.builder.end(BlockKind.RULE)

    def _name(self, element: "_Element") -> None:
        name = element.get("id") or (element.get("name") if tag_of(element) == "a" else None)
        if name:
            self.builder.name(name)

    def _open_link(self, element: "_Element") -> None:
        """Begin a link; one that refers to a footnote gets brackets around its words.

        An element without `href` becomes a link without a target.
        """
        href = element.get("href")
        self.builder.open("link", *(self._target(href) if href else ("", "")))
        note = bool(href) and is_note_mark(element)
        self._notes.append(note)
        if note:
            self.builder.add("[")

    def _picture(self, element: "_Element") -> None:
        """Add the formula or the sign that an image shows, or its description as a caption.

        Nothing is added for an image without a description.
        """
        parent = element.getparent()
        if self._selection is not None and parent not in self._selection.entered:
            return
        formula = picture_formula(element)
        words = element.get("alt") or element.get("title") or ""
        if not formula and not self._is_sign(words) and not is_icon(element):
            self.builder.picture(picture_target(element), words)
        if formula:
            # The picture behind a formula in MathML shows the same one, to old browsers.
            if not self._formula:
                self.builder.add(formula)
            self._formula = ""
        elif self._is_sign(words):
            self.builder.add(words)
        elif self._shows_description(words):
            self.builder.add(words)
            self.builder.end(BlockKind.CAPTION)

    def _is_sign(self, words: str) -> bool:
        """Return whether an image's description is a sign in the text, such as an emoji."""
        return (
            bool(words.strip()) and len(words) <= _LONGEST_SIGN and not any(map(str.isalnum, words))
        )

    def _shows_description(self, words: str) -> bool:
        """Return whether an image's description is shown: only between paragraphs.

        `words` is the description.
        """
        shown = self._selection is None or self._alternatives
        return (
            shown
            and bool(words.strip())
            and self.builder.is_empty
            and not self._open_elements.heading
        )

    def _flush(self) -> None:
        """End the current block, of the kind that the open elements give it."""
        state = self._open_elements
        kind, level = state.kind()
        # Code that an item begins with keeps the item's number.
        marker = state.marker if kind in {BlockKind.LIST_ITEM, BlockKind.CODE} else ""
        tight = kind is BlockKind.LIST_ITEM and self.builder.text_builder.last_kind() is kind
        if self.builder.end(kind, level, marker, tight=tight) and marker:
            state.marker = ""


def _is_glued(before: str, text: str) -> bool:
    """Return whether a credit needs a space before it ("Monday.Photo").

    `before` is the last character of the caption, `text` the credit, which must not be empty.
    """
    return (
        not before.isspace()
        and (text[0].isupper() or text[0] == "©")
        and (before.islower() or before in '.!?)”"')
    )
