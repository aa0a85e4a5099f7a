"""Reads scholarly articles in JATS, the format of journals and of PubMed Central."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tuireader.sources.documents.document import DocumentContent
from tuireader.sources.xml.vocabulary import (
    FORMULA,
    HEADING,
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

_ORDERED = frozenset(["order", "alpha-lower", "alpha-upper", "roman-lower", "roman-upper"])
_CAPTIONED = frozenset({"fig", "table-wrap", "caption", "media", "supplementary-material"})


def _choose(element: "_Element", name: str) -> str | None:
    """Return what an element is in HTML if that depends on what is around it.

    `name` is its name without namespace. None if the table of names decides.
    """
    parent = element.getparent()
    above = local_name(parent) if parent is not None else ""
    match name:
        case "title":
            return "strong" if above == "caption" else HEADING
        case "label":
            return "strong" if above in _CAPTIONED else "span"
        case "p" if above == "caption":
            return "span"
        case "list" if element.get("list-type") in _ORDERED:
            return "ol"
        case "tex-math" if above == "alternatives":
            return SKIP
        case _:
            return "a" if name == "xref" else None


_VOCABULARY = XmlVocabulary(
    tags={
        **dict.fromkeys(("journal-meta", "article-meta", "processing-meta", "floats-index"), SKIP),
        **dict.fromkeys(("object-id", "sec-meta", "kwd-group", "permissions", "alt-text"), SKIP),
        **dict.fromkeys(("sec", "app", "ack", "abstract", "ref-list", "fn-group"), SECTION),
        **dict.fromkeys(("boxed-text", "glossary", "notes", "bio", "sub-article"), SECTION),
        **dict.fromkeys(("p", "disp-formula", "attrib", "verse-group", "speech", "fn"), "p"),
        "ref": "li",
        "bold": "strong",
        "italic": "em",
        "sc": "small-caps",
        "monospace": "code",
        "sup": "sup",
        "sub": "sub",
        "break": "br",
        "verse-line": "p",
        "disp-quote": "blockquote",
        "preformat": "pre",
        "code": "pre",
        "list": "ul",
        "list-item": "li",
        "def-list": "dl",
        "term": "dt",
        "def": "dd",
        "fig": "figure",
        "caption": "figcaption",
        "table-wrap": "div",
        "table-wrap-foot": "div",
        "table": "table",
        "tr": "tr",
        "td": "td",
        "th": "th",
        "ext-link": "a",
        "math": FORMULA,
        "tex-math": "code",
    },
    choose=_choose,
    base_level=1,
)


def read(data: bytes, location: str) -> DocumentContent:
    """Return an article's abstract, text, captions, notes and references.

    Raises SourceError, which names `location`, if it is damaged or too large.
    """
    root = parse_document(data, location)
    article = root if local_name(root) == "article" else find(root, "article")
    root = root if article is None else article
    meta = find(root, "article-meta")
    meta = root if meta is None else meta
    title = find_words(meta, "title-group/article-title", "article-title")
    _show_abstracts(root, meta)
    _show_title(root, title)
    doi = next(
        (words_of(e) for e in meta.iter("{*}article-id") if e.get("pub-id-type") == "doi"), ""
    )
    return DocumentContent(
        html=to_html(root, _VOCABULARY, location),
        title=title,
        author=", ".join(_authors(meta)),
        outlet=find_words(root, "journal-title", "publisher-name"),
        date=_date(meta),
        language=root.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        address=f"https://doi.org/{doi}" if doi else "",
    )


def _show_title(root: "_Element", title: str) -> None:
    """Put the title at the beginning of the text of the document, in place."""
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

    if title:
        heading = etree.Element("title")
        heading.text = title
        root.insert(0, heading)


def _show_abstracts(root: "_Element", meta: "_Element") -> None:
    """Move the abstracts from the metadata to the text, each under a heading, in place.

    `meta` is the element with the metadata.
    """
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

    front = meta.getparent()
    for abstract in list(meta.iterchildren("{*}abstract", "{*}trans-abstract")):
        if find(abstract, "title") is None or abstract.find("{*}title") is None:
            title = etree.Element("title")
            title.text = "Abstract"
            abstract.insert(0, title)
        abstract.tag = "abstract"
        (root if front is None else front).append(abstract)


def _authors(meta: "_Element") -> Iterator[str]:
    """Yield the names of the authors, given names first; nothing if none is stated."""
    for contributor in meta.iter("{*}contrib"):
        if contributor.get("contrib-type") not in {None, "author"}:
            continue
        given = find_words(contributor, "given-names")
        name = " ".join(filter(None, (given, find_words(contributor, "surname"))))
        if name := name or find_words(contributor, "collab", "string-name"):
            yield name


def _date(meta: "_Element") -> str:
    """Return the day of publication as year-month-day, or the part of it that is stated.

    Empty if none is.
    """
    dates = list(meta.iter("{*}pub-date"))
    dates.sort(key=lambda date: find(date, "day") is None)
    for date in dates:
        parts = [find_words(date, name) for name in ("year", "month", "day")]
        known = parts[: next((n for n, part in enumerate(parts) if not part.isdecimal()), 3)]
        if known:
            return "-".join(part.zfill(2) for part in known)
    return ""
