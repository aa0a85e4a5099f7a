"""Reads editions in TEI, the format of the Text Encoding Initiative (P4 and P5)."""

from typing import TYPE_CHECKING

from tuireader.sources.documents.document import DocumentContent
from tuireader.sources.page_places import page_anchor
from tuireader.sources.xml.vocabulary import (
    HEADING,
    LINE,
    NOTE,
    SECTION,
    SKIP,
    XmlVocabulary,
    find,
    find_words,
    local_name,
    parse_document,
    to_html,
    words_of,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset(
    [
        "body",
        "div",
        "front",
        "back",
        "div1",
        "div2",
        "div3",
        "div4",
        "div5",
        "div6",
        "div7",
        "text",
        "list",
    ]
)
_NUMBERED = frozenset({"ordered", "numbered"})
_MARGINS = frozenset({"margin", "left", "right", "inline"})
_MARKS = frozenset("\"“”„«»‘’‹›—–'")


def _choose(element: "_Element", name: str) -> str | None:
    """Return what an element is in HTML if that depends on what is around it.

    `name` is its name without namespace. None if the table of names decides.
    """
    parent = element.getparent()
    above = local_name(parent) if parent is not None else ""
    match name:
        case "head":
            return {"figure": "figcaption", "list": "p", "table": "caption"}.get(above, HEADING)
        case "corr" | "reg" | "expan" if above == "choice":
            return SKIP  # an editor has put it beside the words of the source
        case "quote" | "cit" | "said" | "q":
            return _quotation(element, name, above)
        case "hi":
            return _rendition(element)
        case "speaker":
            following = element.getnext()
            is_verse = following is not None and local_name(following) == "l"
            return LINE if is_verse else "strong"
        case _:
            return _in_list_or_margin(element, name, above)


def _in_list_or_margin(element: "_Element", name: str, above: str) -> str | None:
    """Return what a list, a label or a note is in HTML; None for other elements.

    `name` is the element's name, `above` that of the element around it.
    """
    if name == "list" and (element.get("type") or element.get("rend")) in _NUMBERED:
        return "ol"
    if name == "label" and above == "list":
        return "dt"
    return "span" if name == "note" and element.get("place") in _MARGINS else None


def _quotation(element: "_Element", name: str, above: str) -> str:
    """Return what quoted words are in HTML: a block, or inline words.

    `name` is the element's name, `above` that of the element around it. Inline words without
    quotation marks get them.
    """
    if above in _BLOCKS:
        return "blockquote"
    return "span" if name == "cit" or _has_marks(element) else "q"


def _has_marks(element: "_Element") -> bool:
    """Return whether quoted words have their quotation marks in the text itself."""
    before = element.getprevious()
    parent = element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    words = words_of(element)
    return not words or words[0] in _MARKS or (text or " ").rstrip()[-1:] in _MARKS


_RENDITIONS = (
    ("bold", "strong"),
    ("sup", "sup"),
    ("sub", "sub"),
    ("ital", "em"),
    ("smallcap", "small-caps"),
    ("small-cap", "small-caps"),
)


def _rendition(element: "_Element") -> str:
    """Return the HTML element for highlighted words, by how the edition says they look."""
    shown = f"{element.get('rend') or ''} {element.get('rendition') or ''}".lower()
    for mark, tag in _RENDITIONS:
        if mark in shown:
            return tag
    return "em" if not shown.strip() else "span"


_VOCABULARY = XmlVocabulary(
    tags={
        "teiHeader": SKIP,
        "fw": SKIP,
        "del": SKIP,
        "facsimile": SKIP,
        "standOff": SKIP,
        "index": SKIP,
        **dict.fromkeys(
            ("div", "div1", "div2", "div3", "div4", "div5", "div6", "div7", "group"), SECTION
        ),
        **dict.fromkeys(("p", "ab", "lg", "sp", "stage", "closer", "opener", "byline"), "p"),
        **dict.fromkeys(("dateline", "salute", "signed", "trailer", "argument", "bibl"), "p"),
        **dict.fromkeys(("docTitle", "docAuthor", "docImprint", "docDate", "epigraph"), "p"),
        **dict.fromkeys(("postscript", "titlePart", "castItem", "u", "address"), "p"),
        "l": LINE,
        "addrLine": LINE,
        "lb": "br",
        "speaker": "strong",
        "emph": "em",
        "foreign": "em",
        "title": "em",
        "code": "code",
        "note": NOTE,
        "list": "ul",
        "item": "li",
        "table": "table",
        "row": "tr",
        "cell": "td",
        "ref": "a",
        "figDesc": "figcaption",
        "figure": "figure",
        "eg": "pre",
    },
    choose=_choose,
)


def read(data: bytes, location: str) -> DocumentContent:
    """Return the text of an edition as the source has it, with its notes at the end.

    Raises SourceError, which names `location`, if it is damaged or too large.
    """
    root = parse_document(data, location)
    header = find(root, "teiHeader")
    header = root if header is None else header
    date = find(header, "publicationStmt/date")
    if date is None:
        date = find(header, "sourceDesc//date")
    for page in root.iter("{*}pb"):
        if number := page.get("n"):
            page.set("id", page_anchor(number))
    for line in root.iter("{*}lb"):
        if line.get("break") == "no":
            line.tag = "span"
    authors = [words_of(author) for author in header.iterfind(".//{*}titleStmt/{*}author")]
    language = header.find(".//{*}langUsage/{*}language")
    stated = root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return DocumentContent(
        html=to_html(root, _VOCABULARY, location),
        title=find_words(header, "titleStmt/title"),
        author=", ".join(filter(None, authors)),
        outlet=find_words(header, "publicationStmt/publisher"),
        date="" if date is None else date.get("when") or words_of(date),
        language=stated or (language.get("ident") or "" if language is not None else ""),
    )
