"""Reads an EPUB package: metadata, reading order, table of contents, encryption."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from string import whitespace
from typing import TYPE_CHECKING

from tuireader.domain.dates import ArticleDate, PartialDate
from tuireader.domain.errors import SourceError
from tuireader.sources.html.parser import parse_xml
from tuireader.sources.html.scanner import parts_of, without_elements
from tuireader.sources.plaintext.title import name_of
from tuireader.sources.zip_archive import ZipArchive, member_path
from tuireader.text.dates import date_at
from tuireader.text.sanitize import sanitize_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_HIDING = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_MOST_CHAPTERS = 20_000
_SMALL = 6_000
_MOST_FALLBACKS = 10
_TEXT_TYPES = ("xhtml+xml", "html", "dtbook+xml", "svg+xml", "/xml")
_READINGS = frozenset({"rt", "rp", "rtc"})
_UNSEEN = ("head", "style", "script")
_PICTURE = re.compile(r"<img\b", re.IGNORECASE)
_DESCRIBED = re.compile(r"\salt\s*+=\s*+[\"'][^\"']", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TocEntry:
    """A line of the table of contents.

    The chapter and fragment it links to, and its depth from 0.
    """

    title: str
    member: str
    fragment: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A book's metadata, the paths of its chapters in the archive, and its table of contents."""

    title: str
    author: str = ""
    date: ArticleDate | None = None
    language: str = ""
    chapters: tuple[str, ...]
    contents: tuple[TocEntry, ...] = ()
    locked: frozenset[str] = frozenset()
    """The members that are encrypted."""


@dataclass(frozen=True, slots=True)
class _Item:
    """An entry of the manifest."""

    member: str
    kind: str
    properties: str
    fallback: str
    """The id of the item that stands for this one if its kind is not read."""


def read_package(archive: ZipArchive, path: str) -> Package:
    """Return the package of an EPUB archive.

    `path` is the archive's path, which errors name, and whose name stands for a missing title.
    Raises SourceError if it is no book, has no text, or is protected.
    """
    place = _package_path(archive, path)
    root = parse_xml(archive.read(place), path)
    manifest = _manifest(root, place)
    locked = _locked(archive, path)
    contents = tuple(_contents(archive, root, manifest, path))
    known = {line.member for line in contents}
    chapters = tuple(
        member
        for member in dict.fromkeys(_spine(root, manifest))
        if member in archive and (member in known or _has_words(archive, member, locked))
    )
    if not chapters:
        raise SourceError(path, "it has no chapters with text")
    if locked.issuperset(chapters):
        raise SourceError(path, "it is protected by DRM")
    if len(chapters) > _MOST_CHAPTERS:
        raise SourceError(path, f"it has more than {_MOST_CHAPTERS} chapters")
    return Package(
        title=_metadata_value(root, "title") or name_of(path),
        author=", ".join(dict.fromkeys(_metadata_values(root, "creator"))),
        date=date_at(_metadata_value(root, "date"))[0]
        or _partial_date(_metadata_value(root, "date")),
        language=_metadata_value(root, "language")[:2].lower(),
        chapters=chapters,
        contents=contents,
        locked=locked,
    )


def _package_path(archive: ZipArchive, path: str) -> str:
    """Return the path of the package file inside the archive.

    Raises SourceError, which names `path`, if it is missing.
    """
    if _CONTAINER not in archive:
        raise SourceError(path, f"not an e-book: “{_CONTAINER}” is missing")
    for element in _named(parse_xml(archive.read(_CONTAINER), path), "rootfile"):
        place = member_path("", element.get("full-path", ""))
        if place in archive:
            return place
    raise SourceError(path, "its package file is missing")


def _manifest(root: "_Element", place: str) -> dict[str, _Item]:
    """Return the items of the manifest by their ids; `place` is the package file's path."""
    return {
        element.get("id", ""): _Item(
            member_path(place, element.get("href", "")),
            element.get("media-type", ""),
            element.get("properties", ""),
            element.get("fallback", ""),
        )
        for element in _named(root, "item")
        if element.get("href")
    }


def _spine(root: "_Element", manifest: dict[str, _Item]) -> Iterator[str]:
    """Yield the paths of the chapters in reading order.

    Non-linear ones, such as notes, come last.
    """
    beside = []
    for element in _named(root, "itemref"):
        item = _readable(manifest, element.get("idref", ""))
        if item is None or not item.member:
            continue
        if "nav" in item.properties.split():
            continue
        if element.get("linear") == "no":
            beside.append(item.member)
        else:
            yield item.member
    yield from beside


def _readable(manifest: dict[str, _Item], name: str) -> _Item | None:
    """Return the item with an id if it is text, else the first of its fallbacks that is.

    None if there is none.
    """
    for _ in range(_MOST_FALLBACKS):
        item = manifest.get(name)
        if item is None or item.kind.endswith(_TEXT_TYPES):
            return item
        name = item.fallback
    return None


def _contents(
    archive: ZipArchive, root: "_Element", manifest: dict[str, _Item], path: str
) -> Iterator[TocEntry]:
    """Yield the lines of the navigation document, else of the older NCX.

    Nothing if the book has neither. `root` is that of the package file, `path` the book's path.
    """
    navigation = [item for item in manifest.values() if "nav" in item.properties.split()]
    tables = [item for item in manifest.values() if item.kind == "application/x-dtbncx+xml"]
    spine = next(_named(root, "spine"), None)
    named = manifest.get(spine.get("toc", "")) if spine is not None else None
    found = False
    for item in (*navigation, *((named,) if named else ()), *tables):
        if found or item.member not in archive:
            continue
        try:
            document = parse_xml(archive.read(item.member), path)
        except SourceError:
            continue
        read = _nav_lines if item in navigation else _ncx_lines
        for line in read(document, item.member):
            found = True
            yield line


def _nav_lines(document: "_Element", base: str) -> Iterator[TocEntry]:
    """Yield the table of contents of a navigation document (EPUB 3).

    `base` is the document's path in the archive; nothing if it has no table of contents.
    """
    for nav in _named(document, "nav"):
        kinds = nav.get("{http://www.idpf.org/2007/ops}type", "toc").split()
        if "toc" not in kinds:
            continue
        for link in _named(nav, "a"):
            depth = sum(_local(above) == "ol" for above in link.iterancestors()) - 1
            yield from _line(_words(link), base, link.get("href", ""), depth)
        return


def _ncx_lines(document: "_Element", base: str) -> Iterator[TocEntry]:
    """Yield the table of contents of an NCX document (EPUB 2).

    `base` is the document's path in the archive.
    """
    for point in _named(document, "navPoint"):
        depth = sum(_local(above) == "navPoint" for above in point.iterancestors())
        label = next(_named(point, "text"), None)
        content = next(_named(point, "content"), None)
        if content is not None:
            words = _words(label) if label is not None else ""
            yield from _line(words, base, content.get("src", ""), depth)


def _line(words: str, base: str, href: str, depth: int) -> Iterator[TocEntry]:
    """Yield a line of the table of contents; nothing if it has no title or no target.

    Args:
        words: The title.
        base: The path of the document with the link.
        href: The link.
        depth: How many lines it is nested in.
    """
    member = member_path(base, href)
    if words and member:
        yield TocEntry(words, member, sanitize_line(href.partition("#")[2]), min(max(depth, 0), 9))


def _locked(archive: ZipArchive, path: str) -> frozenset[str]:
    """Return the paths of the encrypted members, except fonts that are only obfuscated.

    Empty if the book is not encrypted.
    """
    if _ENCRYPTION not in archive:
        return frozenset()
    found = set()
    for data in _named(parse_xml(archive.read(_ENCRYPTION), path), "EncryptedData"):
        method = next(_named(data, "EncryptionMethod"), None)
        if method is not None and method.get("Algorithm") in _FONT_HIDING:
            continue
        found |= {member_path("", ref.get("URI", "")) for ref in _named(data, "CipherReference")}
    return frozenset(found)


def _has_words(archive: ZipArchive, member: str, locked: frozenset[str]) -> bool:
    """Return whether a member has any text; a large or unreadable one is assumed to have some.

    `locked` are the paths of the encrypted members.
    """
    if member in locked or archive.size(member) > _SMALL:
        return True
    try:
        data = archive.read(member)
    except SourceError:
        return True
    page = without_elements(data.decode("latin-1"), _UNSEEN, " ")
    return any(
        words.strip(whitespace) or (_PICTURE.match(tag) and _DESCRIBED.search(tag))
        for words, tag in parts_of(page)
    )


def _named(root: "_Element", name: str) -> Iterator["_Element"]:
    yield from root.iter(f"{{*}}{name}")


def _local(element: "_Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _words(element: "_Element") -> str:
    """Return the text of an element in one line, with descriptions of pictures in their places.

    Readings of characters (ruby) are left out.
    """
    parts: list[str] = []
    unseen = 0
    from lxml import etree  # noqa: PLC0415 - 20 ms, and only for markup

    for event, inside in etree.iterwalk(element, events=("start", "end")):
        name = _local(inside)
        if event == "start":
            unseen += name in _READINGS
            words = inside.get("alt") or inside.get("title") or "" if name == "img" else ""
            parts += [] if unseen else [words, inside.text or ""]
        else:
            unseen -= name in _READINGS
            if inside is not element and not unseen:
                parts.append(inside.tail or "")
    return sanitize_line(" ".join("".join(parts).split()))


def _metadata_values(root: "_Element", name: str) -> Iterator[str]:
    for element in root.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}"):
        if words := sanitize_line("".join(element.itertext())):
            yield words


def _metadata_value(root: "_Element", name: str) -> str:
    return next(_metadata_values(root, name), "")


def _partial_date(value: str) -> PartialDate | None:
    """Return the year or month that a date begins with; None if it begins with neither.

    Many books state no day.
    """
    found = re.match(r"(\d{4})(?:-(\d{2}))?\b", value)
    if not found or not 1 <= int(found[1]) <= 9999 or not 1 <= int(found[2] or 1) <= 12:
        return None
    return PartialDate(int(found[1]), int(found[2]) if found[2] else None)
