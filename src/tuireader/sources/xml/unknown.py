"""Reads the words of XML documents of unknown kinds."""

from typing import TYPE_CHECKING

from tuireader.sources.documents.document import DocumentContent
from tuireader.sources.xml.vocabulary import (
    SKIP,
    XmlVocabulary,
    find_words,
    local_name,
    parse_document,
    to_html,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_INLINE = frozenset(
    [
        "b",
        "i",
        "em",
        "strong",
        "emphasis",
        "bold",
        "italic",
        "a",
        "link",
        "ref",
        "span",
        "sub",
        "sup",
        "code",
        "q",
        "hi",
    ]
)


def _choose(element: "_Element", name: str) -> str | None:
    """Return what an element seems to be: inline if its name is that of one, else a block.

    None if the table of names decides.
    """
    if name in {"style", "script", "binary"}:
        return SKIP
    if name in _INLINE:
        return {"a": "a", "em": "em", "i": "em", "b": "strong", "strong": "strong"}.get(
            name, "span"
        )
    if name in {"title", "head", "heading"} and not len(element):
        return "h2"
    return "div"


def read(data: bytes, location: str) -> DocumentContent:
    """Return all text of a document.

    Raises SourceError, which names `location`, if it is damaged or too large.
    """
    root = parse_document(data, location)
    notice = f"This XML is of an unknown kind (<{local_name(root)}>). All of its words are shown."
    return DocumentContent(
        html=to_html(root, XmlVocabulary(tags={}, choose=_choose), location),
        title=find_words(root, "title", "headline", "head"),
        notices=(notice,),
    )
