"""HTML elements: their names, which of them are blocks, and which are never shown."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element


def word_set(*lines: str) -> frozenset[str]:
    """Return the set of all words in some lines, which are split at white space."""
    return frozenset(" ".join(lines).split())


UNSEEN = word_set(
    "script style head title template noscript iframe object audio video canvas"
    " select textarea input datalist defs metadata desc"
)
"""Elements whose text is never shown."""
BLOCKS = word_set(
    "html body address article aside blockquote center dd details dialog div dl dt fieldset form"
    " figcaption figure footer header hgroup h1 h2 h3 h4 h5 h6 li main menu nav ol p pre section"
    " summary table tbody thead tfoot tr td th caption ul svg text search"
)
"""Elements that begin and end a block of text."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}

_NAME = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_MOST = 400
_UNDISPLAYED = re.compile(
    r"(?:^|;)\s*+(?:display\s*+:\s*+none|visibility\s*+:\s*+hidden)", re.IGNORECASE
)


def tag_of(element: "_Element") -> str:
    """Return an element's name in lower case, without its namespace; "" for a comment."""
    tag = element.tag
    return _local_name(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1_000)
def _local_name(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def names_of(element: "_Element") -> frozenset[str]:
    """Return the words of an element's class, id and item property, in lower case.

    `class="postMeta entry-date"` gives post, meta, entry and date. Empty if it has none of these.
    """
    attributes = element.attrib
    if not attributes:
        return frozenset()
    given = [attributes.get(name) for name in ("class", "id", "itemprop", "data-testid")]
    return frozenset(word.lower() for word in _NAME.findall(" ".join(filter(None, given))[:_MOST]))


class ElementNames:
    """Remembers the words in the names of elements, because many blocks are in the same ones."""

    def __init__(self) -> None:
        self._known: dict[_Element, frozenset[str]] = {}

    def of(self, element: "_Element") -> frozenset[str]:
        """Return what `names_of` returns for an element, remembered or new."""
        known = self._known.get(element)
        if known is None:
            known = self._known[element] = names_of(element)
        return known


def is_line_break(element: "_Element") -> bool:
    """Return whether an element breaks the line: `br`, or an empty `span` with that class."""
    tag = element.tag
    if tag == "span":
        is_empty = len(element) == 0 and not element.text and "class" in element.attrib
        return is_empty and "br" in str(element.get("class")).split()
    return tag_of(element) == "br"


def is_hidden(element: "_Element") -> bool:
    """Return whether an element and all in it is not displayed, as far as its attributes tell."""
    attributes = element.attrib
    if "hidden" in attributes:
        return str(attributes["hidden"]) != "until-found"
    style = attributes.get("style")
    return bool(style) and _UNDISPLAYED.search(str(style)[:_MOST]) is not None


_SMALL_CAPS = re.compile(
    r"(?:^|\s)(?:small-?caps?|smcaps?|sc)(?:$|\s)|font-variant(?:-caps)?\s*+:\s*+(?:all-)?small-caps",
    re.IGNORECASE,
)


def is_small_caps(element: "_Element") -> bool:
    """Return whether an element is in small capitals, by its name, usual class names, or style."""
    attributes = element.attrib
    for name in ("class", "style"):
        if name in attributes and _SMALL_CAPS.search(str(attributes[name])[:_MOST]):
            return True
    return tag_of(element) == "small-caps"


_NOTE_ROLES = ("noteref", "doc-noteref")
_LONGEST_NOTE_MARK = 4


def _semantic_types(element: "_Element") -> list[str]:
    """Return the values of an e-book element's `epub:type` and `role`; none if not stated."""
    types = element.get("{http://www.idpf.org/2007/ops}type") or element.get("epub:type") or ""
    return [*types.split(), *(element.get("role") or "").split()]


def is_page_break(element: "_Element") -> bool:
    """Return whether an element only marks a page break of the printed book."""
    return any(kind in {"pagebreak", "doc-pagebreak"} for kind in _semantic_types(element))


def is_note_mark(element: "_Element") -> bool:
    """Return whether a link refers to a footnote, and its text has no brackets of its own."""
    words = "".join(element.itertext()).strip()
    if len(words) > _LONGEST_NOTE_MARK or not words or words[0] in "[(":
        return False
    if any(kind in _NOTE_ROLES for kind in _semantic_types(element)):
        return True
    parent = element.getparent()
    raised = (parent is not None and tag_of(parent) == "sup") or any(
        tag_of(child) == "sup" for child in element
    )
    is_local = "#" in (element.get("href") or "") and len(words) == 1
    return raised and (is_local or not words.isalpha())
