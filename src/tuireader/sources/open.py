"""The front door: what a location names, its article, and its line in a list."""

import os
from collections.abc import Iterator
from dataclasses import replace
from stat import S_ISDIR, S_ISREG
from typing import BinaryIO

from tuireader.domain.article import Article
from tuireader.domain.article_list import ListEntry
from tuireader.domain.errors import SourceError, SourceNotFoundError
from tuireader.sources.files import (
    NOT_READ_YET,
    article_files,
    file_mode,
    open_file,
    split_location,
)
from tuireader.sources.filetype import HEAD as KIND_HEAD
from tuireader.sources.filetype import SEVERAL, FileType, filetype_of, filetype_of_name
from tuireader.sources.html.selectors import Sites
from tuireader.sources.own_exports import own_export
from tuireader.sources.plaintext.reader import (
    Pause,
    no_pause,
    read_text,
    read_text_head,
    text_front,
)
from tuireader.sources.plaintext.title import name_of
from tuireader.text.sanitize import sanitize_line

HEAD = 200_000
"""Bytes of a long text that are read before it is first shown."""
_FRONT = 8_192


def locations(argument: str) -> Iterator[str]:
    """What an argument names: a file's absolute path, a folder's files, a file's articles.

    Raises SourceNotFoundError if nothing is there, SourceError if it cannot be read.
    """
    path = os.path.abspath(argument)  # noqa: PTH100 - a link is called by its own name
    mode = file_mode(path)
    if mode is None:
        if split_location(path)[1]:
            yield path
            return
        raise SourceNotFoundError(argument, "nothing is there")
    if S_ISDIR(mode):
        for found in article_files(path):
            yield from _members(found, lenient=True)
    elif S_ISREG(mode):
        yield from _members(path, lenient=False)
    else:
        raise SourceError(argument, "it is not a file")


def open_article(location: str, pause: Pause = no_pause, sites: Sites = ()) -> Article:
    """The whole article at a location; `pause` is called between chunks and may raise to cancel.

    `sites` are those of whose pages the reader has said where the article is.

    Raises SourceNotFoundError, or SourceError with the reason.
    """
    path, name = split_location(location)
    with open_file(path, location) as file:
        kind = _kind(file, path)
        if name or kind in SEVERAL:
            return _member(file, path, kind, name)
        if kind is FileType.PDF:
            from tuireader.sources.extras import missing_extra  # noqa: PLC0415 - not on the start path
            from tuireader.sources.pdf.document import read_pdf  # noqa: PLC0415 - not on the start path

            with missing_extra("pdf", location):
                return read_pdf(file, path, pause)
        if kind is FileType.PAGE:
            from tuireader.sources.html.page import read_html  # noqa: PLC0415 - as above

            return read_html(file, path, sites=sites)
        if kind is FileType.MARKDOWN:
            from tuireader.sources.markdown import read_markdown  # noqa: PLC0415 - as above

            return read_markdown(file, path, pause)
        return read_text(file, path, pause)


def open_page(location: str) -> Article:
    """All of a saved page, with what is around its article; errors as above."""
    path, name = split_location(location)
    with open_file(path, location) as file:
        if name or _kind(file, path) is not FileType.PAGE:
            raise SourceError(location, "only a page of the web has more than is shown")
        from tuireader.sources.html.page import read_html  # noqa: PLC0415 - as above

        return read_html(file, path, whole=True)


def open_head(location: str, size: int = HEAD, sites: Sites = ()) -> Article:
    """The first `size` bytes of a long plain text, cut at a paragraph's end; else the whole.

    Its text is the beginning of what `open_article` gives, and `complete` says
    whether it is all.
    """
    path, name = split_location(location)
    if not name:
        with open_file(path, location) as file:
            if _kind(file, path) is FileType.TEXT:
                return read_text_head(file, path, size)
    return open_article(location, sites=sites)


def describe(location: str) -> ListEntry:
    """A location's line in a list, from its first 8 KB; `problem` says why it cannot be opened."""
    try:
        return _entry(location)
    except SourceError as error:
        path, name = split_location(location)
        title = sanitize_line(name) if name else sanitize_line(os.path.basename(path))  # noqa: PTH119 - quick
        return ListEntry(location=location, title=title, problem=error.reason)


def _kind(file: BinaryIO, path: str) -> FileType:
    """What the open file is; raises SourceError if it is of no kind that is read here.

    So it does for a file that tuireader itself wrote, which is no article.
    """
    head = file.read(KIND_HEAD)
    file.seek(0)
    if reason := own_export(head):
        raise SourceError(path, reason)
    kind = filetype_of(path, head)
    if kind is None:
        raise SourceError(path, NOT_READ_YET)
    if kind is FileType.SUBSCRIPTIONS:
        raise SourceError(path, "it is a list of feeds; tuireader add takes them over")
    return kind


def _member(file: BinaryIO, path: str, kind: FileType, name: str) -> Article:
    """One of a file's articles; the first if none is named."""
    from tuireader.sources import containers  # noqa: PLC0415 - not on the start path

    if kind not in SEVERAL:
        raise SourceNotFoundError(f"{path}#{name}", "nothing is there")
    name = name or next(containers.member_ids(file, path, kind))
    file.seek(0)
    return containers.read_member(file, path, kind, name)


def _entry(location: str) -> ListEntry:
    path, name = split_location(location)
    with open_file(path, location) as file:
        kind = _kind(file, path)
        if name:
            from tuireader.sources import containers  # noqa: PLC0415 - not on the start path

            if kind not in SEVERAL:
                raise SourceNotFoundError(location, "nothing is there")
            return containers.describe_member(file, path, kind, name)
        if kind is FileType.PDF:
            from tuireader.sources.extras import missing_extra  # noqa: PLC0415 - not on the start path
            from tuireader.sources.pdf.document import describe_pdf  # noqa: PLC0415 - not on the start path

            with missing_extra("pdf", location):
                return _in_folder(describe_pdf(file, path), path)
        if kind is FileType.PAGE:
            from tuireader.sources.html.page import describe_html  # noqa: PLC0415 - as above

            return _in_folder(describe_html(file, path), path)
        data = file.read(_FRONT)
    if kind is FileType.MARKDOWN:
        from tuireader.sources.front_matter import markdown_front  # noqa: PLC0415 - only for Markdown

        header, title = markdown_front(data, path)
    else:
        header, title = text_front(data, path)
    outlet = header.outlet or folder_name(path)
    return ListEntry(location=location, title=title, outlet=outlet, date=header.date)


def _in_folder(entry: ListEntry, path: str) -> ListEntry:
    return entry if entry.outlet else replace(entry, outlet=folder_name(path))


def folder_name(path: str) -> str:
    """What stands for the outlet of a file that states none: the name of its folder."""
    return sanitize_line(os.path.basename(os.path.dirname(path))) or name_of(path)  # noqa: PTH119, PTH120 - quick


def _members(path: str, *, lenient: bool) -> Iterator[str]:
    """The locations in a file: its own path, or one for each of its articles.

    A file that cannot be read is named by its path if lenient, so that a list can show why.
    """
    try:
        if not _may_hold_several(path):
            yield path
            return
        from tuireader.sources import containers  # noqa: PLC0415 - not on the start path

        with open_file(path, path) as file:
            kind = _kind(file, path)
            if kind not in SEVERAL:
                yield path
                return
            for name in containers.member_ids(file, path, kind):
                yield f"{path}#{name}"
    except SourceError:
        if not lenient:
            raise
        yield path


def _may_hold_several(path: str) -> bool:
    """Whether a look into the file is worth it; a folder of texts is listed without any."""
    return filetype_of_name(path) not in {
        FileType.TEXT,
        FileType.MARKDOWN,
        FileType.PDF,
        FileType.PAGE,
    }
