"""Reads OpenDocument texts (.odt, .fodt) by lxml: headings, lists, tables, notes and comments."""

from io import BytesIO
from typing import TYPE_CHECKING

from tuireader.domain.errors import SourceError
from tuireader.sources.documents.document import DocumentContent
from tuireader.sources.xml.vocabulary import (
    NOTE,
    SKIP,
    XmlVocabulary,
    find,
    find_words,
    local_name,
    parse_document,
    to_html,
)
from tuireader.sources.zip_archive import ZipArchive

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_SPACES = 200
_MOST_STYLES = 20_000
_QUOTED = ("quotation", "quote", "zitat")
_CODE = ("preformatted", "source_20_code", "source code")
_TAGS = {
    **dict.fromkeys(("tracked-changes", "sequence-decls", "forms", "soft-page-break"), SKIP),
    **dict.fromkeys(("note-citation", "binary-data", "event-listeners", "date-string"), SKIP),
    **dict.fromkeys(("ruby-text", "annotation-end", "index-title-template", "desc"), SKIP),
    "p": "p",
    "line-break": "br",
    "a": "a",
    "list-item": "li",
    "list-header": "li",
    "note": NOTE,
    "annotation": NOTE,
    "table": "table",
    "table-row": "tr",
    "table-cell": "td",
    "covered-table-cell": "td",
    "section": "div",
    "text-box": "div",
    "title": "figcaption",
}


def read(data: bytes, location: str) -> DocumentContent:
    """Return the content of an OpenDocument text, with its notes at the end.

    Tracked changes are shown as accepted. Raises SourceError, which names `location`, if it is
    damaged, protected by a password, or too large.
    """
    content, styles, meta = _parts(data, location)
    body = find(content, "body/text")
    if body is None:
        raise SourceError(location, "it has no text")
    _spread_spaces(body)
    known = _Styles((content, styles))
    html = to_html(body, XmlVocabulary(tags=_TAGS, choose=known.choose), location)
    _join_code(html)
    return DocumentContent(
        html=html,
        title=find_words(meta, "meta/title"),
        author=find_words(meta, "meta/initial-creator", "meta/creator"),
        language=find_words(meta, "meta/language"),
    )


def _parts(data: bytes, location: str) -> "tuple[_Element, _Element, _Element]":
    """Return the root elements of the content, the styles and the metadata.

    The content stands for one that the file lacks. Raises SourceError, which names `location`, if
    it cannot be read.
    """
    if not data.startswith(b"PK"):
        flat = parse_document(data, location)
        return flat, flat, flat
    archive = ZipArchive(BytesIO(data), location)
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read(
        "META-INF/manifest.xml"
    ):
        raise SourceError(location, "it is protected by a password")
    content = parse_document(archive.read("content.xml"), location)
    others = [
        parse_document(archive.read(name), location) if name in archive else content
        for name in ("styles.xml", "meta.xml")
    ]
    return content, others[0], others[1]


def _spread_spaces(body: "_Element") -> None:
    """Replace the elements that stand for spaces and tabs by these characters, in place."""
    for element in body.iter("{*}s", "{*}tab"):
        count = next((value for key, value in element.items() if key.endswith("}c")), "1")
        spaces = min(int(count), _MOST_SPACES) if count.isdecimal() and len(count) < 6 else 1
        element.text = "\t" if local_name(element) == "tab" else " " * spaces


def _join_code(html: "_Element") -> None:
    """Join consecutive paragraphs of code to one block each, in place."""
    before: _Element | None = None
    for block in list(html.iter("pre")):
        lines = "".join(block.itertext())
        follows = before is not None and block.getprevious() is before
        if before is not None and follows and not (before.tail or "").strip():
            before.text = f"{before.text}\n{lines}"
            before.tail = block.tail
            block.getparent().remove(block)
        else:
            for child in list(block):
                block.remove(child)
            block.text, before = lines, block


class _Styles:
    """Tells what paragraphs, spans and lists are in HTML, by their styles."""

    def __init__(self, roots: "tuple[_Element, ...]") -> None:
        self._parents: dict[str, str] = {}
        self._shown: dict[str, str] = {}
        self._numbered: set[str] = set()
        for root in roots:
            for number, style in enumerate(root.iter("{*}style", "{*}list-style")):
                if number >= _MOST_STYLES:
                    break
                self._learn(style)

    def _learn(self, style: "_Element") -> None:
        name = _attribute(style, "name")
        if local_name(style) == "list-style":
            first = next(style.iterchildren("*"), None)
            if first is not None and local_name(first).endswith("number"):
                self._numbered.add(name)
            return
        self._parents[name] = _attribute(style, "parent-style-name")
        properties = style.find("{*}text-properties")
        if properties is not None:
            values = {key.rpartition("}")[2]: value for key, value in properties.items()}
            position = values.get("text-position", "")
            if values.get("font-weight") == "bold":
                self._shown[name] = "strong"
            elif values.get("font-style") == "italic":
                self._shown[name] = "em"
            elif position.startswith(("super", "sub")):
                self._shown[name] = "sup" if position.startswith("super") else "sub"

    def choose(self, element: "_Element", name: str) -> str | None:
        """Return what an element is in HTML; None if its name alone decides.

        `name` is its name without namespace.
        """
        if name == "h":
            level = _attribute(element, "outline-level")
            return (
                f"h{min(6, max(1, int(level)))}" if level.isdecimal() and len(level) < 3 else "h2"
            )
        if name == "p":
            return self._paragraph(_attribute(element, "style-name"))
        if name == "span":
            return self._shown.get(_attribute(element, "style-name"), "span")
        if name == "list":
            return self._list(element)
        if name in {"creator", "date"}:
            parent = element.getparent()
            if parent is not None and local_name(parent) == "annotation":
                return "span" if name == "creator" else SKIP
        return None

    def _paragraph(self, style: str) -> str:
        """Return what a paragraph is in HTML, by its style and the styles that this is based on.

        `style` is the style's name; an unknown one gives a plain paragraph.
        """
        for _ in range(10):
            name = style.casefold()
            if any(word in name for word in _QUOTED):
                return "blockquote"
            if any(word in name for word in _CODE):
                return "pre"
            if name in {"title", "subtitle"}:
                return "h1" if name == "title" else "h2"
            if name in {"caption", "illustration", "figure", "table"}:
                return "figcaption"
            style = self._parents.get(style, "")
            if not style:
                break
        return "p"

    def _list(self, element: "_Element") -> str:
        """Return "ol" for a numbered list, "ul" for another.

        A list in a list has the style of the outer one.
        """
        at: _Element | None = element
        for _ in range(20):
            if at is None:
                break
            if local_name(at) == "list" and (style := _attribute(at, "style-name")):
                return "ol" if style in self._numbered else "ul"
            at = at.getparent()
        return "ul"


def _attribute(element: "_Element", name: str) -> str:
    """Return an attribute by its name without the namespace; empty if there is none."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")
