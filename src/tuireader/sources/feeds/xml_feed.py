"""Reads RSS, Atom, RDF and CDF feeds from their XML documents."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from tuireader.domain.errors import SourceError
from tuireader.sources.feeds.document import parse_document
from tuireader.sources.feeds.model import RawEntry, RawFeed
from tuireader.sources.feeds.text_constructs import html_of, title_of
from tuireader.sources.feeds.titles import title_of_html
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from lxml.etree import _Element

ILL_FORMED = "the feed is ill-formed; some entries may be missing"

_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_ENTRIES = frozenset({"item", "entry"})
_ATOM = frozenset({
    "http://www.w3.org/2005/atom",
    "https://www.w3.org/2005/atom",
    "http://purl.org/atom/ns#",
    "http://purl.org/atom-blog/ns#",
    "http://purl.org/net/rss1.1#",
    "http://example.com/newformat#",
    "http://example.com/necho",
    "http://purl.org/echo/",
    "uri/of/echo/namespace#",
    "http://purl.org/pie/",
})  # fmt: skip
_RSS = frozenset({
    "",
    "http://purl.org/rss/1.0/",
    "http://my.netscape.com/rdf/simple/0.9/",
    "http://channel.netscape.com/rdf/simple/0.9/",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://cyber.law.harvard.edu/rss/rss.html",
    "http://www.rssboard.org/rss-specification",
    "http://purl.org/rss/2.0/",
    "http://purl.org/net/rss1.1/payload#",
})  # fmt: skip
_BACKEND = "backend.userland.com/rss"
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/rss/1.0/modules/dcterms/": "dcterms",
    "http://search.yahoo.com/mrss/": "media",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
}
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_TITLES = ("title", "dc:title", "media:title", "itunes:title")
_IDS = ("guid", "id", "dc:identifier")
_AUTHORS = ("author", "dc:creator", "dc:author", "itunes:author")
_DATES = (
    "pubdate", "published", "issued", "dcterms:issued", "dc:date", "date",
    "updated", "modified", "dcterms:modified", "created", "dcterms:created",
)  # fmt: skip
_SUMMARIES = (
    "description", "summary", "abstract", "dc:description", "itunes:summary",
    "media:description", "itunes:subtitle", "subtitle", "tagline",
)  # fmt: skip
_CONTENTS = (
    "content:encoded",
    "content",
    "body",
    "xhtml:body",
    "xhtml:div",
    "fullitem",
    "fulltext",
)
_CONTAINERS = frozenset({"media:group", "media:content", "content:items", "rdf:bag", "rdf:li"})
_DEEPEST = 6
"""Containers inside each other that are searched for the parts of an entry."""


def read_xml_feed(text: str, location: str, address: str) -> RawFeed:
    """Return a feed as its XML document states it; fields that it lacks are empty.

    Args:
        text: The document.
        location: The path or URL that errors name.
        address: The URL that relative links are resolved against; may be empty.

    Raises SourceError if it is not a feed.
    """
    root, well_formed = parse_document(text, location)
    names = _Names()
    local = names.of(root).rpartition(":")[2]
    entries = list(_entries_of(root, names, nested=not well_formed))
    channel = next((e for e in root if names.of(e).rpartition(":")[2] == "channel"), root)
    if local not in _ROOTS or (channel is root and local == "rss" and not entries):
        raise SourceError(location, "not a readable feed")
    atom = local == "feed"
    parts = _parts(channel, names)
    language = root.get(_LANG) or _text_of(parts, ("language", "dc:language"))
    inherited = _names_of(parts, _AUTHORS) if atom else ()
    reader = _EntryReader(names, address, atom, inherited)
    return RawFeed(
        title=_title(parts, atom=atom),
        link=_link(parts, address) or _absolute(channel, _attribute(channel, "href"), address),
        language=language,
        entries=tuple(map(reader.read, entries)),
        warning="" if well_formed else ILL_FORMED,
    )


@dataclass(slots=True)
class _Names:
    """The names of elements with the usual prefix of their namespace, such as "dc:date".

    Elements of RSS and Atom have no prefix. All names are in lower case.
    """

    _known: dict[str, str] = field(default_factory=dict)

    def of(self, element: "_Element") -> str:
        """Return an element's name, such as "dc:date"; empty for a comment."""
        tag = element.tag
        if not isinstance(tag, str):
            return ""
        found = self._known.get(tag)
        if found is None:
            found = self._known[tag] = _name(tag, element.prefix or "")
        return found


def _name(tag: str, prefix: str) -> str:
    """Return the name of a tag, `{namespace}local`, with the usual prefix."""
    namespace, _, local = tag.removeprefix("{").rpartition("}")
    namespace, local = namespace.lower(), local.lower()
    if namespace in _RSS or namespace in _ATOM or _BACKEND in namespace:
        return local
    usual = _PREFIXES.get(namespace, prefix.lower())
    return f"{usual}:{local}" if usual else local


def is_atom(element: "_Element") -> bool:
    """Return whether an element is in a namespace of Atom."""
    return str(element.tag).removeprefix("{").partition("}")[0].lower() in _ATOM


def _entries_of(root: "_Element", names: _Names, *, nested: bool) -> Iterator["_Element"]:
    """Yield the entries below an element in order.

    Args:
        root: The element.
        names: Gives the names of elements.
        nested: Whether to look inside entries, where an ill-formed feed may have the next one.
    """
    stack = [iter(root)]
    while stack:
        for element in stack[-1]:
            if names.of(element) in _ENTRIES:
                yield element
                if not nested:
                    continue
            if len(element):
                stack.append(iter(element))
                break
        else:
            stack.pop()


Parts = dict[str, list["_Element"]]
"""The elements that an entry or a channel consists of, by their names."""


def _parts(element: "_Element", names: _Names, depth: int = 0) -> Parts:
    """Return the parts of an entry or channel, with those of the media containers in it.

    `depth` counts the containers around the element; those nested too deeply are left out.
    """
    found: Parts = {}
    for child in element:
        name = names.of(child)
        if name in _CONTAINERS and len(child) and depth < _DEEPEST:
            for inner, elements in _parts(child, names, depth + 1).items():
                found.setdefault(inner, []).extend(elements)
        elif name:
            found.setdefault(name, []).append(child)
    return found


@dataclass(frozen=True, slots=True)
class _EntryReader:
    """Reads the entries of one feed."""

    names: _Names
    address: str
    atom: bool
    authors: tuple[str, ...]
    """The authors of the feed, who are those of each entry that names none (RFC 4287, 4.2.1)."""

    def read(self, element: "_Element") -> RawEntry:
        """Return an entry as the feed states it; fields that it lacks are empty."""
        parts = _parts(element, self.names)
        link = _link(parts, self.address) or _absolute(
            element, _attribute(element, "href"), self.address
        )
        id_, permalink = _id(parts, element, atom=self.atom)
        authors = _names_of(parts, _AUTHORS) or self._source_authors(parts) or self.authors
        return RawEntry(
            title=_title(parts, atom=self.atom),
            id=id_,
            permalink=permalink,
            link=link or permalink,
            authors=authors,
            date=_text_of(parts, _DATES) or _attribute(element, "lastmod"),
            language=element.get(_LANG) or "",
            summary=next(self._htmls(parts, _SUMMARIES), ""),
            contents=tuple(self._htmls(parts, _CONTENTS + _SUMMARIES)),
        )

    def _htmls(self, parts: Parts, wanted: Iterable[str]) -> Iterator[str]:
        """Yield the HTML of each part with one of the wanted names; nothing if none has text."""
        for name in wanted:
            for element in parts.get(name, ()):
                if html := html_of(element, atom=self.atom or is_atom(element)):
                    yield html

    def _source_authors(self, parts: Parts) -> tuple[str, ...]:
        """Return the authors of the feed that an entry was taken from; none if not stated."""
        for source in parts.get("source", ()):
            if found := _names_of(_parts(source, self.names), _AUTHORS):
                return found
        return ()


def _title(parts: Parts, *, atom: bool) -> str:
    """Return the title of an entry or channel, as plain text in one line; empty if it has none.

    `atom` tells whether the feed is Atom.
    """
    for name in _TITLES:
        for element in parts.get(name, ()):
            if title := title_of(element, atom=atom or is_atom(element)):
                return title
    return ""


def _text_of(parts: Parts, wanted: Iterable[str]) -> str:
    """Return the first text of the parts with the wanted names; empty if there is none.

    The names are tried in the given order.
    """
    for name in wanted:
        for element in parts.get(name, ()):
            if text := (element.text or "").strip():
                return text
    return ""


def _id(parts: Parts, entry: "_Element", *, atom: bool) -> tuple[str, str]:
    """Return the id of an entry, and the same as an address if the feed says that it is one.

    Both are empty if there is none.
    """
    for name in _IDS:
        for element in parts.get(name, ()):
            text = (element.text or "").strip()
            if not text:
                continue
            says = (_attribute(element, "ispermalink") or "true").lower()
            is_address = name == "guid" and says == "true" and not atom
            return text, text if is_address and text.startswith(("http://", "https://")) else ""
    return entry.get(_ABOUT) or "", ""


def _link(parts: Parts, address: str) -> str:
    """Return the address of an entry's page; empty if it has none.

    It is the original address that FeedBurner states, else the alternate page: of several, the
    first that is HTML, else the first. `address` is the URL that relative links are resolved
    against.
    """
    if original := _text_of(parts, ("feedburner:origlink",)):
        return original
    pages, others = list[str](), list[str]()
    for element in parts.get("link", ()):
        target = element.get("href") or (element.text or "").strip()
        if target and (element.get("rel") or "alternate").strip().lower() == "alternate":
            kind = (element.get("type") or "text/html").strip().lower()
            is_page = kind in {"text/html", "application/xhtml+xml"}
            (pages if is_page else others).append(_absolute(element, target, address))
    return next(iter(pages + others), "")


def _attribute(element: "_Element", name: str) -> str:
    """Return an attribute by its name in lower case, whatever its case in the feed.

    Empty if there is none.
    """
    found = (value for key, value in element.items() if str(key).lower() == name)
    return str(next(found, "")).strip()


def _absolute(element: "_Element", target: str, address: str) -> str:
    """Return a link's target, resolved against `xml:base` and the feed's URL `address`.

    Empty for an empty target, or one that is not valid.
    """
    if not target or target.startswith(("http://", "https://")):
        return target
    try:
        return urljoin(address, urljoin(element.base or "", target))
    except ValueError:
        return ""


def _names_of(parts: Parts, wanted: Iterable[str]) -> tuple[str, ...]:
    """Return the names of all authors in the parts with the wanted names, each once.

    None if no author is stated.
    """
    found: dict[str, str] = {}
    for name in wanted:
        for element in parts.get(name, ()):
            if author := author_of(element):
                found.setdefault(author.casefold(), author)
        if found and name != "dc:creator":
            break
    return tuple(found.values())


def author_of(element: "_Element") -> str:
    """Return an author's name, else the e-mail address; empty if neither is given."""
    if len(element):
        stated = {
            str(child.tag).rpartition("}")[2].rpartition(":")[2].lower(): child.text or ""
            for child in element
        }
        return title_of_html(stated.get("name") or stated.get("email") or "")
    return title_of_html(without_mail(sanitize_line((element.text or "")[:1_000])))


def without_mail(author: str) -> str:
    """Return an author's name without the e-mail address.

    It is the name in `ann@a.example (Ann Moor)` or `Ann Moor <ann@a.example>`; any other text is
    returned unchanged.
    """
    first, mark, rest = author.partition("(")
    if mark and "@" in first and rest.endswith(")"):
        return rest[:-1].strip() or first.strip()
    name, mark, rest = author.partition("<")
    if mark and "@" in rest and name.strip():
        return name.strip(' "')
    return author
