"""Reads notes that Zotero makes of annotations: exported as Markdown, or as HTML."""

import re
from collections.abc import Iterator

from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems
from tuireader.importers.fields import clean_text_of, position_of, text_of_html
from tuireader.text.sanitize import sanitize_line

_MARK = re.compile(r"zotero://(?:open-pdf|open|select)/|data-citation-items=|zotero-notes")
_LINK = re.compile(r"\[([^\[\]\n]{0,300})\]\([^()\s]{0,2000}\)")
_QUOTED = re.compile(r"\s*[“\"«„]([^\n]{1,20000}?)[”\"»“]\s?\(([^()\n]{1,300})\)")
_SOURCE = re.compile(r"\((?:pdf|epub|snapshot)\)", re.IGNORECASE)
_PAGE = re.compile(r"(?:,\s(?:pp?|S|s)\.\s?|:\s?)([^\s,;:]{1,20})$")
_TITLE = re.compile(r"<h1\b[^<>]{0,300}>[^<>]{0,300}</h1>")
_HEADING = re.compile(r"#{1,6}\s[^\n]*")


def _read(file: ExportFile) -> ImportedItems:
    """Read the quotations of a note: yield one item for each cited work.

    A note has the citations of works, not their titles: these become the titles of the items. Other
    paragraphs become notes of the work before them.
    """
    is_html = file.head.lstrip().startswith("<")
    text = text_of_html(_TITLE.sub("", file.text)) if is_html else file.text
    works: dict[str, list[Highlight]] = {}
    current = ""
    for paragraph in re.split(r"\n{1,3}", _without_links(clean_text_of(text))):
        if not paragraph.strip() or _HEADING.match(paragraph) or _is_stamp(paragraph):
            continue
        found = _QUOTED.match(paragraph)
        if found is None:
            works.setdefault(current or file.stem, []).append(
                Highlight(words="", note=paragraph.strip())
            )
            continue
        citation = sanitize_line(found[2])
        page = _PAGE.search(citation)
        current = citation[: page.start()] if page else citation
        comment = _SOURCE.sub("", paragraph[found.end() :], count=1).strip()
        works.setdefault(current, []).append(
            Highlight(
                words=found[1].strip(),
                note=comment,
                position=position_of(page=page[1] if page else ""),
            )
        )
    yield from _items(works)


def _items(works: dict[str, list[Highlight]]) -> Iterator[ImportItem]:
    """Yield one item for each work, by its title, with its quotations."""
    for name, highlights in works.items():
        yield ImportItem(title=name or "Untitled", highlights=tuple(highlights))


def _without_links(text: str) -> str:
    """Return Markdown with each link replaced by its text."""
    return _LINK.sub(r"\1", text)


def _is_stamp(paragraph: str) -> bool:
    """Return whether a paragraph only states when the note was made: a time in brackets."""
    line = paragraph.strip()
    return (
        line.startswith("(")
        and line.endswith(")")
        and bool(re.search(r":\d\d", line) and re.search(r"\d{4}", line))
    )


FORMATS = (
    ExportFormat(
        service="Zotero",
        programs="Zotero notes of annotations",
        kind="Markdown, HTML",
        recognises=lambda file: bool(_MARK.search(file.text[:50_000])),
        read=_read,
    ),
)
