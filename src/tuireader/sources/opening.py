"""The front door: what a location names, its article, and its line in a list."""

import os
from collections.abc import Iterator
from stat import S_ISDIR, S_ISREG
from typing import BinaryIO

from tuireader.domain.article import Article
from tuireader.domain.cleaning import clean_line
from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.domain.shelf import Entry
from tuireader.sources.decoding import NOT_READ_YET, decoded
from tuireader.sources.folder import COLLECTION_ENDING, MARKDOWN_ENDINGS, reason_of, walk
from tuireader.sources.text import Pause, name_of, no_pause, read_text, read_text_head, text_front

LARGEST_FILE = 200_000_000
"""Bytes; a larger file is refused."""
HEAD = 200_000
"""Bytes of a long text that are read before it is first shown."""
_FRONT = 8_192
_DOCUMENTS = ".html .htm .xhtml .epub .pdf .mobi .azw3 .docx .doc .odt .rtf .json .xml .opml .rss"
_OTHERS = ".csv .tsv .zip .gz .warc .tar .png .jpg .jpeg .gif .webp .mp3 .mp4"
_OTHER_KINDS = frozenset(f"{_DOCUMENTS} {_OTHERS}".split())


def locations(argument: str) -> Iterator[str]:
    """What an argument names: a file's absolute path, a folder's files, a collection's articles.

    Raises SourceNotFoundError if nothing is there, SourceError if it cannot be read.
    """
    path = os.path.abspath(argument)  # noqa: PTH100 - a link is called by its own name
    mode = _mode(path)
    if mode is None:
        collection, _, name = path.rpartition("#")
        if name and collection.lower().endswith(COLLECTION_ENDING) and _mode(collection):
            yield path
            return
        raise SourceNotFoundError(argument, "nothing is there")
    if S_ISDIR(mode):
        for found in walk(path):
            yield from _members(found, lenient=True)
    elif S_ISREG(mode):
        yield from _members(path, lenient=False)
    else:
        raise SourceError(argument, "it is not a file")


def open_article(location: str, pause: Pause = no_pause) -> Article:
    """The whole article at a location; `pause` is called between chunks and may raise to cancel.

    Raises SourceNotFoundError, or SourceError with the reason.
    """
    path, name = _split(location)
    with _opened(path, location) as file:
        if name:
            from tuireader.sources import collection  # noqa: PLC0415 - json is not on the start path

            return collection.article_of(collection.find(file, path, name), path)
        if _ending(path) in MARKDOWN_ENDINGS:
            from tuireader.sources import markdown  # noqa: PLC0415 - not on the start path

            return markdown.read_markdown(file, path, pause)
        return read_text(file, path, pause)


def open_head(location: str, size: int = HEAD) -> Article:
    """The first `size` bytes of a long plain text, cut at a paragraph's end; else the whole.

    Its text is the beginning of what `open_article` gives, and `complete` says
    whether it is all.
    """
    path, name = _split(location)
    if name or _ending(path) in MARKDOWN_ENDINGS:
        return open_article(location)
    with _opened(path, location) as file:
        return read_text_head(file, path, size)


def read_standard_input(stream: BinaryIO, location: str = "-") -> Article:
    """The article of a stream without a name, read to its end as plain text."""
    return read_text(stream, location)


def describe(location: str) -> Entry:
    """A location's line in a list, from its first 8 KB; `problem` says why it cannot be opened."""
    try:
        return _entry(location)
    except SourceError as error:
        path, name = _split(location)
        title = clean_line(name) if name else clean_line(os.path.basename(path))  # noqa: PTH119 - quick
        return Entry(location=location, title=title, problem=error.reason)


def bad_lines(path: str) -> Iterator[tuple[int, str]]:
    """The lines of a collection that hold no article: each one's number, from 1, and why not."""
    from tuireader.sources import collection  # noqa: PLC0415 - json is not on the start path

    with _opened(path, path) as file:
        for record in collection.records(file):
            if isinstance(record, collection.BadLine):
                yield record.number, record.reason


def encoding_warning(location: str) -> str:
    """What the reader should know of a file's encoding, as a clause; mostly empty."""
    path, _ = _split(location)
    with _opened(path, location) as file:
        return decoded(file.read(), path)[1]


def _entry(location: str) -> Entry:
    path, name = _split(location)
    with _opened(path, location) as file:
        if name:
            from tuireader.sources import collection  # noqa: PLC0415 - json is not on the start path

            article = collection.article_of(collection.find(file, path, name), path)
            outlet = article.outlet or name_of(path)
            return Entry(location=location, title=article.title, outlet=outlet, date=article.date)
        data = file.read(_FRONT)
    if _ending(path) in MARKDOWN_ENDINGS:
        from tuireader.sources.front_matter import markdown_front  # noqa: PLC0415 - only for Markdown

        header, title = markdown_front(data, path)
    else:
        header, title = text_front(data, path)
    outlet = header.outlet or _folder_name(path)
    return Entry(location=location, title=title, outlet=outlet, date=header.date)


def _folder_name(path: str) -> str:
    return clean_line(os.path.basename(os.path.dirname(path))) or name_of(path)  # noqa: PTH119, PTH120 - quick


def _members(path: str, *, lenient: bool) -> Iterator[str]:
    """The locations in a file: its own path, or one for each article of a collection."""
    if not path.lower().endswith(COLLECTION_ENDING):
        yield path
        return
    from tuireader.sources import collection  # noqa: PLC0415 - json is not on the start path

    found = False
    try:
        with _opened(path, path) as file:
            for record in collection.unique(collection.records(file)):
                if isinstance(record, collection.Record):
                    found = True
                    yield f"{path}#{record.id}"
    except SourceError:
        if not lenient:
            raise
    if not found and lenient:
        yield path
    elif not found:
        raise collection.refuse_empty(path)


def _split(location: str) -> tuple[str, str]:
    """The path, and the id in a collection or an empty string."""
    at = location.lower().rfind(f"{COLLECTION_ENDING}#")
    if at < 0 or os.path.exists(location):  # noqa: PTH110 - quick
        return location, ""
    end = at + len(COLLECTION_ENDING)
    return location[:end], location[end + 1 :]


def _ending(path: str) -> str:
    return os.path.splitext(path)[1].lower()  # noqa: PTH122 - quick


def _mode(path: str) -> int | None:
    try:
        return os.stat(path).st_mode  # noqa: PTH116 - quick
    except (OSError, ValueError):
        return None


def _opened(path: str, location: str) -> BinaryIO:
    """The file, opened without waiting; raises SourceError if it is none that is read here."""
    try:
        # A pipe without a writer must not be waited for.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise SourceNotFoundError(location, "nothing is there") from error
    except OSError as error:
        raise SourceError(location, reason_of(error)) from error
    status = os.fstat(descriptor)
    reason = _refusal(status, path)
    if reason:
        os.close(descriptor)
        raise SourceError(location, reason)
    return os.fdopen(descriptor, "rb", buffering=0 if status.st_size < _FRONT else -1)


def _refusal(status: os.stat_result, path: str) -> str:
    if S_ISDIR(status.st_mode):
        return "it is a folder"
    if not S_ISREG(status.st_mode):
        return "it is not a file"
    if _ending(path) in _OTHER_KINDS:
        return NOT_READ_YET
    if status.st_size > LARGEST_FILE and _ending(path) != COLLECTION_ENDING:
        size, most = status.st_size // 1_000_000, LARGEST_FILE // 1_000_000
        return f"it is too large to open ({size} MB; the most is {most} MB)"
    return ""
