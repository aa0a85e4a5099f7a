"""Reads Hypothesis exports: annotations with their pages, quoted text and replies (JSON, CSV)."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote, urlsplit

from tuireader.domain.import_item import Highlight, ImportItem
from tuireader.importers.export import ExportFile, ExportFormat, ImportedItems, Skipped
from tuireader.importers.fields import (
    Entry,
    clean_line_of,
    clean_text_of,
    is_record,
    list_or_empty,
    paragraphs,
    position_of,
    tag_names,
    web_address,
)

_PROXIES = ("https://via.hypothes.is/", "http://via.hypothes.is/")
_NAMED = ("urn:", "doi:", "file:")
_USED = frozenset(
    ["uri", "text", "tags", "created", "target", "document", "references", "user", "title"]
)
_BOOKKEEPING = (
    *("id", "updated", "group", "links", "permissions", "flagged", "hidden", "mentions"),
    *("user_info", "moderation", "consumer", "metadata", "display_name", "actions"),
)


@dataclass(slots=True)
class _AnnotatedDocument:
    """An annotated document, with its annotations by their ids."""

    item: ImportItem
    highlights: dict[str, Highlight] = field(default_factory=dict)


def _read(file: ExportFile) -> ImportedItems:
    """Read an export (JSON): yield one item for each document with its annotations.

    An annotation without quoted text is a note on the whole document, and a reply becomes part of
    the note that it replies to. Annotations that name no document are yielded as `Skipped`.
    """
    documents: dict[str, _AnnotatedDocument] = {}
    replies: list[tuple[str, dict[str, Any]]] = []
    owners: dict[str, _AnnotatedDocument] = {}
    users: set[str] = set()
    for number, given in enumerate(file.entries, 1):
        item = _item(given) if is_record(given) else None
        if item is None:
            yield Skipped(f"entry {number}", "it does not name its document")
            continue
        key = item.address or item.file or item.title
        document = documents.setdefault(key, _AnnotatedDocument(item))
        if list_or_empty(given.get("references")):
            replies.append((key, given))
        else:
            name = str(given.get("id") or f"entry {number}")
            document.highlights[name] = _highlight(given)
            owners[name] = document
            users.add(str(given.get("user") or ""))
        entry = Entry(given)
        entry.ignore(*_USED, *_BOOKKEEPING)
        yield from entry.left_out()
    own = {str(file.fields.get("export_userid") or "")} - {""}
    _add_replies(documents, owners, replies, own or users)
    for document in documents.values():
        yield replace(document.item, highlights=tuple(document.highlights.values()))


def _item(given: dict[str, Any]) -> ImportItem | None:
    """Return the document of an annotation, without highlights; None if it is not named.

    It is a page with its address, a local file with its path, or only a title.
    """
    uri = clean_line_of(given.get("uri"))
    for proxy in _PROXIES:
        uri = uri.removeprefix(proxy)
    title = _title(given)
    if address := web_address(uri):
        return ImportItem(title=title or address, address=address)
    if not uri.startswith(_NAMED) and not title:
        return None
    path = unquote(urlsplit(uri).path) if uri.startswith("file:") else ""
    name = title or path.rpartition("/")[2].rpartition(".")[0] or uri
    return ImportItem(title=name, file=path)


def _title(given: dict[str, Any]) -> str:
    """Return the title of an annotation's document; "" if it has none."""
    document = given.get("document")
    titles = document.get("title") if is_record(document) else None
    named = (clean_line_of(title) for title in list_or_empty(titles))
    return next(filter(None, named), clean_line_of(titles) or clean_line_of(given.get("title")))


def _highlight(given: dict[str, Any]) -> Highlight:
    """Return an annotation as a highlight; its words are "" if it quotes none."""
    quote, page = _quote(given), ""
    for selector in _selectors(given):
        page = page or clean_line_of(selector.get("label"))
    return Highlight(
        words=clean_text_of(quote.get("exact")),
        prefix=str(quote.get("prefix") or ""),
        suffix=str(quote.get("suffix") or ""),
        note=clean_text_of(given.get("text")),
        tags=tag_names(list_or_empty(given.get("tags"))),
        created=Entry(given).moment("created"),
        position=position_of(page=page),
    )


def _selectors(given: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Yield all selectors of an annotation's targets; nothing if it has none."""
    for target in list_or_empty(given.get("target")):
        if is_record(target):
            yield from filter(is_record, list_or_empty(target.get("selector")))


def _quote(given: dict[str, Any]) -> dict[str, Any]:
    """Return the text quote selector of an annotation; an empty object if it has none."""
    return next((each for each in _selectors(given) if clean_text_of(each.get("exact"))), {})


def _add_replies(
    documents: dict[str, _AnnotatedDocument],
    owners: dict[str, _AnnotatedDocument],
    replies: list[tuple[str, dict[str, Any]]],
    users: Container[str],
) -> None:
    """Add each reply to the note of the annotation that it belongs to, the oldest first.

    Args:
        documents: The documents by their keys; they are changed.
        owners: The document of each annotation, by the annotation's id.
        replies: The key of its document, and the fields, of each reply.
        users: The names of users whose replies are added without a name.
    """
    for key, given in sorted(replies, key=lambda reply: str(reply[1].get("created"))):
        own = str(given.get("user") or "") in users
        text = clean_text_of(given.get("text")) if own else _signed(given)
        references = [str(each) for each in given["references"]]
        parent = next((each for each in references if each in owners), None)
        if parent is None:
            name = str(given.get("id") or f"reply {len(documents[key].highlights)}")
            documents[key].highlights[name] = replace(_highlight(given), words="", note=text)
            continue
        highlights = owners[parent].highlights
        known = highlights[parent]
        tags = tag_names([*known.tags, *list_or_empty(given.get("tags"))])
        highlights[parent] = replace(known, note=paragraphs(known.note, text), tags=tags)


def _signed(given: dict[str, Any]) -> str:
    """Return the text of a reply after the user's name; without it if either is missing."""
    user = clean_line_of(given.get("user")).removeprefix("acct:").partition("@")[0]
    text = clean_text_of(given.get("text"))
    return f"{user}: {text}" if user and text else text


def _read_table(file: ExportFile) -> ImportedItems:
    """Read an export (CSV): yield one item for each document with its annotations.

    Replies are annotations of their own. Rows that name no document are yielded as `Skipped`.
    """
    items: dict[str, ImportItem] = {}
    for number, given in file.rows():
        if isinstance(given, Skipped):
            yield given
            continue
        row = Entry(given)
        named = {
            "uri": row.line("page url", "url", "uri"),
            "title": row.line("title", "page title"),
        }
        item = _item(named)
        if item is None:
            yield Skipped(f"line {number}", "it does not name its document")
            continue
        key = item.address or item.file or item.title
        item = items.get(key, item)
        highlight = Highlight(
            words=row.text("quote"),
            note=row.text("text", "comment", "body"),
            tags=row.tags("tags"),
            created=row.moment("created at", "creation date", "created"),
            position=position_of(page=row.line("page")),
        )
        items[key] = replace(item, highlights=(*item.highlights, highlight))
        row.ignore("author", "user", "group", "type", "annotation type", "annotation/reply type")
        yield from row.left_out()
    yield from items.values()


def _is_table(file: ExportFile) -> bool:
    """Return whether a table is from Hypothesis: its client has named the columns in three ways."""
    columns = file.columns
    if not {"quote", "tags"} <= columns or not columns & {"text", "comment", "body"}:
        return False
    is_client = "url" in columns and "annotation/reply type" in columns
    return is_client or ("text" in columns and bool(columns & {"page url", "uri"}))


FORMATS = (
    ExportFormat(
        service="Hypothesis",
        kind="JSON",
        recognises=lambda file: {"uri", "target"} <= file.first_keys,
        read=_read,
    ),
    ExportFormat(
        service="Hypothesis",
        kind="CSV",
        recognises=_is_table,
        read=_read_table,
    ),
)
