"""What an HTML element is, asked of the element alone."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST_CELL = 200
_NOTE_ROLES = ("noteref", "doc-noteref")


def tag_of(element: "_Element") -> str:
    """The element's name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _kinds(element: "_Element") -> list[str]:
    """What an e-book says that the element is."""
    said = element.get("{http://www.idpf.org/2007/ops}type") or element.get("epub:type") or ""
    return [*said.split(), *(element.get("role") or "").split()]


def is_page_break(element: "_Element") -> bool:
    """Whether it only says where a page of the printed book begins."""
    return any(kind in {"pagebreak", "doc-pagebreak"} for kind in _kinds(element))


def is_note_mark(element: "_Element") -> bool:
    """Whether the link is a mark that leads to a note, and not bracketed as it is."""
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


def rows_of(table: "_Element") -> list[str]:
    """The rows of a table of short cells; none if it serves to place paragraphs on a page."""
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
