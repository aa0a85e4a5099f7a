"""Reads DocBook articles, books and manual pages."""

from typing import TYPE_CHECKING

from tuireader.sources.documents.document import DocumentContent
from tuireader.sources.xml.vocabulary import (
    HEADING,
    LINE,
    NOTE,
    SECTION,
    SKIP,
    XmlVocabulary,
    find_words,
    local_name,
    parse_document,
    to_html,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_SECTIONS = (
    "set book part chapter article appendix preface section sect1 sect2 sect3 sect4 sect5 "
    "simplesect refentry refsection refsect1 refsect2 refsect3 glossary bibliography index "
    "colophon dedication refnamediv refsynopsisdiv"
)
_INFO = "info articleinfo bookinfo chapterinfo sectioninfo sect1info refentryinfo partinfo setinfo"
_CODE = "programlisting screen literallayout synopsis funcsynopsis cmdsynopsis"
_TERMS = (
    "literal filename command code option parameter function varname constant userinput "
    "computeroutput envar classname methodname type systemitem prompt keycap"
)
_ADMONITIONS = frozenset(
    ["note", "tip", "warning", "caution", "important", "sidebar", "example", "formalpara"]
)


def _choose(element: "_Element", name: str) -> str | None:
    """Return what an element is in HTML if that depends on what is around it.

    `name` is its name without namespace. None if the table of names decides.
    """
    parent = element.getparent()
    above = local_name(parent) if parent is not None else ""
    if name == "title":
        if above in _ADMONITIONS:
            return "p"
        return "figcaption" if above in {"figure", "table", "informaltable"} else HEADING
    if name == "emphasis":
        return "strong" if (element.get("role") or "") in {"bold", "strong"} else "em"
    if name in {"row", "entry"}:
        head = above == "thead" or (
            parent is not None and local_name(parent.getparent()) == "thead"
        )
        return "tr" if name == "row" else "th" if head else "td"
    return None


_VOCABULARY = XmlVocabulary(
    tags={
        **dict.fromkeys(_SECTIONS.split(), SECTION),
        **dict.fromkeys(_INFO.split(), SKIP),
        **dict.fromkeys(_CODE.split(), "pre"),
        **dict.fromkeys(_TERMS.split(), "code"),
        **dict.fromkeys(("para", "simpara", "attribution", "refpurpose", "bibliomixed"), "p"),
        **dict.fromkeys(
            ("indexterm", "remark", "toc", "titleabbrev", "refmeta", "textobject"), SKIP
        ),
        **dict.fromkeys(_ADMONITIONS, "div"),
        "subtitle": HEADING,
        "refname": "strong",
        "bridgehead": "h4",
        "itemizedlist": "ul",
        "orderedlist": "ol",
        "simplelist": "ul",
        "member": "li",
        "listitem": "li",
        "step": "li",
        "procedure": "ol",
        "callout": "li",
        "calloutlist": "ul",
        "variablelist": "dl",
        "term": "dt",
        "blockquote": "blockquote",
        "epigraph": "blockquote",
        "quote": "q",
        "footnote": NOTE,
        "superscript": "sup",
        "subscript": "sub",
        "link": "a",
        "ulink": "a",
        "xref": "a",
        "caption": "figcaption",
        "figure": "figure",
        "tgroup": "table",
        "line": LINE,
        "firstterm": "em",
        "citetitle": "em",
        "foreignphrase": "em",
    },
    choose=_choose,
    base_level=1,
)


def read(data: bytes, location: str) -> DocumentContent:
    """Return the content of a document, with its notes at the end.

    Raises SourceError, which names `location`, if it is damaged or too large.
    """
    root = parse_document(data, location)
    info = next(
        (found for name in _INFO.split() if (found := root.find(f"{{*}}{name}")) is not None), root
    )
    authors = [
        " ".join(filter(None, (find_words(author, "firstname"), find_words(author, "surname"))))
        or find_words(author, "personname", "orgname")
        for author in info.iterfind(".//{*}author")
    ]
    for item in root.iter("{*}varlistentry"):
        for body in item.iterchildren("{*}listitem"):
            body.tag = "blockcontent"
    return DocumentContent(
        html=to_html(_with_title(root, info), _VOCABULARY, location),
        title=find_words(info, "title") or find_words(root, "title", "refnamediv/refname"),
        author=", ".join(filter(None, authors)),
        outlet=find_words(info, "publishername"),
        date=find_words(info, "pubdate", "date"),
        language=root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("lang") or "",
    )


def _with_title(root: "_Element", info: "_Element") -> "_Element":
    """Return the document with the title and subtitle of its metadata in its text.

    `info` is the element with the metadata.
    """
    if info is not root:
        for number, name in enumerate(("title", "subtitle")):
            title = info.find(f"{{*}}{name}")
            if title is not None:
                root.insert(number, title)
    return root
