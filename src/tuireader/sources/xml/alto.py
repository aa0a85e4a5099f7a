"""Reads ALTO, the format in which libraries keep the text of scanned pages."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tuireader.sources.documents.document import DocumentContent
from tuireader.sources.page_places import page_anchor
from tuireader.sources.xml.vocabulary import find_words, local_name, parse_document
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from lxml.etree import _Element


def read(data: bytes, location: str) -> DocumentContent:
    """Return the text blocks of the pages; words broken at line ends are joined.

    Raises SourceError, which names `location`, if it is damaged or too large.
    """
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

    root = parse_document(data, location)
    body = etree.Element("body")
    pages = list(root.iter("{*}Page")) or [root]
    for number, page in enumerate(pages, 1):
        space = page.find("{*}PrintSpace")
        for block in (page if space is None else space).iter("{*}TextBlock"):
            words = " ".join(_words(block))
            if words.strip():
                paragraph = etree.SubElement(body, "p")
                paragraph.text = sanitize_line(words)
                paragraph.set(
                    "id",
                    page_anchor(
                        page.get("PRINTED_IMG_NR") or page.get("PHYSICAL_IMG_NR") or str(number)
                    ),
                )
    return DocumentContent(
        html=body, title=find_words(root, "sourceImageInformation/documentIdentifier")
    )


def _words(block: "_Element") -> Iterator[str]:
    """Yield the words of a text block; of a hyphenated word the whole, once."""
    glued = ""
    for element in block.iter("{*}String", "{*}HYP"):
        if local_name(element) == "HYP":
            continue
        part, whole = element.get("SUBS_TYPE"), element.get("SUBS_CONTENT")
        if part == "HypPart2" and glued:
            glued = ""
        elif part == "HypPart1" and whole:
            glued = whole
            yield whole
        else:
            yield element.get("CONTENT") or ""
