"""Reads news items of agencies: NITF, NewsML-G2 and NewsML 1."""

from typing import TYPE_CHECKING

from tuireader.sources.documents.document import DocumentContent
from tuireader.sources.xml.vocabulary import (
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

_UNSEEN = (
    "head docdata itemMeta contentMeta partMeta catalogRef rightsInfo NewsIdentifier "
    "NewsEnvelope NewsManagement AdministrativeMetadata DescriptiveMetadata NewsLines Catalog "
    "RightsMetadata media-metadata media-reference media-producer header inlineData icon "
    "remoteContent rights pubdata identified-content revision-history ContentType Format "
    "Characteristics TopicSet"
)


def _choose(element: "_Element", name: str) -> str | None:
    """Return what an element is in HTML if that depends on what is around it.

    `name` is its name without namespace. None if the table of names decides.
    """
    parent = element.getparent()
    above = local_name(parent) if parent is not None else ""
    if name == "p" and above == "media-caption":
        return "span"
    if name in {"hl1", "h1"}:
        return "h1"
    return None


_VOCABULARY = XmlVocabulary(
    tags={
        **dict.fromkeys(_UNSEEN.split(), SKIP),
        "hl2": "h2",
        **{
            name: name for name in ("h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "dl", "dt")
        },
        **{name: name for name in ("dd", "table", "tr", "td", "th", "pre", "br", "hr", "a", "em")},
        **{name: name for name in ("strong", "b", "i", "sub", "sup", "blockquote", "figcaption")},
        "bq": "blockquote",
        "byline": "p",
        "dateline": "p",
        "abstract": "div",
        "tagline": "p",
        "note": "p",
        "media-caption": "figcaption",
        "caption": "figcaption",
        "lang": "span",
        "q": "q",
        "block": "div",
    },
    choose=_choose,
)


def read(data: bytes, location: str) -> DocumentContent:
    """Return the content of the first news item of a file.

    Raises SourceError, which names `location`, if it is damaged or too large.
    """
    root = parse_document(data, location)
    headline = find_words(
        root, "hedline/hl1", "NewsLines/HeadLine", "contentMeta/headline", "headline", "head/title"
    )
    return DocumentContent(
        html=to_html(root, _VOCABULARY, location),
        title=headline,
        author=_author(root),
        outlet=find_words(
            root, "distributor", "infoSource/name", "provider/name", "CreditLine", "creditline"
        )
        or _attribute(root, ("pubdata", "name"), ("doc.copyright", "holder")),
        date=_date(root),
        language=root.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
    )


def _author(root: "_Element") -> str:
    """Return the writer's name, without the word "by"; empty if none is stated."""
    words = find_words(root, "byline/person", "byline", "contentMeta/by", "NewsLines/ByLine")
    return words[3:] if words.lower().startswith("by ") else words


def _date(root: "_Element") -> str:
    """Return the day on which the item was issued, as stated; empty if it is not."""
    stated = _attribute(
        root, ("date.issue", "norm"), ("date.release", "norm"), ("story.date", "norm")
    )
    stated = stated or find_words(
        root,
        "contentMeta/contentCreated",
        "itemMeta/versionCreated",
        "ThisRevisionCreated",
        "DateLine",
    )
    if stated[:8].isdecimal():
        return f"{stated[:4]}-{stated[4:6]}-{stated[6:8]}"
    return stated[:10]


def _attribute(root: "_Element", *places: tuple[str, str]) -> str:
    """Return the first attribute that has words; empty if none has.

    `places` are pairs of the path of an element and the name of its attribute.
    """
    for name, attribute in places:
        element = find(root, name)
        if element is not None and (words := words_of(element) or element.get(attribute) or ""):
            return words
    return ""
