"""Which kind of source a site's answer is: by its bytes, else by what the site calls it."""

from urllib.parse import urlsplit

from tuireader.sources.kinds import HEAD, Kind, kind_named, kind_of, kind_of_stream
from tuireader.sources.web.fetching import Fetched

_TYPES = {
    "text/plain": Kind.TEXT,
    "text/markdown": Kind.MARKDOWN,
    "application/pdf": Kind.PDF,
    "application/epub+zip": Kind.BOOK,
    "application/warc": Kind.WEB_ARCHIVE,
    "application/jsonl": Kind.COLLECTION,
    "application/x-ndjson": Kind.COLLECTION,
    "application/jsonlines": Kind.COLLECTION,
    "application/rss+xml": Kind.FEED,
    "application/atom+xml": Kind.FEED,
    "application/rdf+xml": Kind.FEED,
    "application/feed+json": Kind.FEED,
}
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_UNSURE = frozenset({"", "application/octet-stream", "binary/octet-stream", "text/plain"})
_BY_NAME = frozenset({Kind.COLLECTION, Kind.MARKDOWN, Kind.TEXT})
_PACKED = b"PK\x03\x04"


def kind_of_answer(found: Fetched) -> Kind:
    """The kind of what was fetched; a page if nothing says anything else."""
    head = found.data[:HEAD]
    said = found.headers.get("content-type", "").partition(";")[0].strip().lower()
    stated, named = _TYPES.get(said), kind_named(urlsplit(found.address).path)
    if head.startswith(_PACKED) and Kind.BOOK in {stated, named}:
        return Kind.BOOK
    kind = kind_of_stream(head)
    if kind is not Kind.TEXT or kind_of("", head) is None:
        return Kind.PAGE if kind is Kind.MARKDOWN and said in _PAGES else kind
    if said in _UNSURE and named in _BY_NAME:
        return named
    return stated or Kind.PAGE
