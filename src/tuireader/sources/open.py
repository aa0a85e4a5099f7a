"""Opens files: resolves a path to article locations, and reads articles and list entries."""

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
    first_bytes,
    open_file,
    split_location,
)
from tuireader.sources.filetype import FILETYPE_HEAD_SIZE as KIND_HEAD
from tuireader.sources.filetype import (
    SEVERAL,
    FileType,
    filetype_of_file,
    filetype_of_name,
    may_be_press_export,
)
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
from tuireader.sources.reading_options import DETECTED, ReadingOptions
from tuireader.text.sanitize import sanitize_line

HEAD = 200_000
"""Bytes of a long text that are read for its first screen."""
_FRONT = 8_192
_READ_FOR_LIST = frozenset(
    {FileType.PAGE, FileType.SAVED_PAGE, FileType.TRANSCRIPT, FileType.DOCUMENT}
)
"""File types that are read whole for an entry in a list."""
_PLAIN = frozenset({".log", ".asc", ".me", ".1st", ".nfo", ".ans", ".diz", ".utf8", ".in"})
"""Other extensions of plain texts."""


def article_locations(argument: str) -> Iterator[str]:
    """Yield the article locations of a file, a folder or a container file.

    `argument` is a path, or the location of one article, which is then the only one. Raises
    SourceNotFoundError if there is no such file or folder, SourceError if it cannot be read.
    """
    path = os.path.abspath(argument)  # noqa: PTH100 - a link is called by its own name
    mode = file_mode(path)
    if mode is None:
        if split_location(path)[1]:
            yield path
            return
        raise SourceNotFoundError(argument, "No such file or folder")
    if S_ISDIR(mode):
        for found in article_files(path):
            yield from _members(found, lenient=True)
    elif S_ISREG(mode):
        yield from _members(path, lenient=False)
    else:
        raise SourceError(argument, "it is not a file")


def open_article(
    location: str,
    pause: Pause = no_pause,
    sites: Sites = (),
    options: ReadingOptions = DETECTED,
) -> Article:
    """Read the whole article at a location.

    Args:
        location: A path, or `path#id` for an article in a container file.
        pause: Called between chunks; it may raise an exception to cancel.
        sites: The sites for which the settings say where on a page the article is.
        options: The encoding and the password that the reader chose.

    Raises SourceNotFoundError if there is no such article, SourceError if it cannot be read.
    """
    path, name = split_location(location)
    with open_file(path, location) as file:
        kind = _kind(file, path)
        if name or kind in SEVERAL:
            return _member(file, path, kind, name)
        if kind is FileType.TEXT:
            return _with_notice(read_text(file, path, pause, options.encoding), path)
        from tuireader.sources.single_articles import read_single  # noqa: PLC0415 - not on the start path

        return read_single(file, path, kind, pause, sites, options=options)


def _with_notice(article: Article, path: str) -> Article:
    """Return a plain text's article, with a notice if its extension is of no known kind.

    `path` is the file's path.
    """
    ending = os.path.splitext(path)[1].lower()  # noqa: PTH122 - quick
    if not ending or ending in _PLAIN or filetype_of_name(path) is FileType.TEXT:
        return article
    notice = f"{sanitize_line(ending)} files are of no known kind. It is shown as plain text."
    return replace(article, notices=(*article.notices, notice))


def open_whole_page(location: str, options: ReadingOptions = DETECTED) -> Article:
    """Read all of a saved HTML page or of a PDF file, including what is around the article.

    Raises SourceError if the location is neither, or cannot be read.
    """
    path, name = split_location(location)
    with open_file(path, location) as file:
        kind = _kind(file, path)
        if kind is FileType.MAIL:
            from tuireader.sources.mail.mailbox import LETTER, read_letter  # noqa: PLC0415 - not on the start path

            return read_letter(file, path, name or LETTER, whole=True)
        if not name and kind is FileType.PDF:
            from tuireader.domain.errors import missing_extra  # noqa: PLC0415 - not on the start path
            from tuireader.sources.pdf.document import read_pdf  # noqa: PLC0415 - not on the start path

            with missing_extra("pdf", location):
                return read_pdf(file, path, no_pause, password=options.password, whole=True)
        if name or kind not in {FileType.PAGE, FileType.SAVED_PAGE}:
            raise SourceError(location, "only an HTML page or a PDF has more than the article")
        from tuireader.sources.saved_pages import page  # noqa: PLC0415 - not on the start path

        if kind is FileType.PAGE:
            return page.read_saved_html(file, path, whole=True, charset=options.encoding)
        return page.read_saved_page(file, path, whole=True)


def open_head(
    location: str, size: int = HEAD, sites: Sites = (), options: ReadingOptions = DETECTED
) -> Article:
    """Read the first `size` bytes of a plain text, up to the end of a paragraph.

    Other file types are read whole. The text is the beginning of what `open_article` returns;
    the article's `complete` tells whether it is all. Raises the errors of `open_article`.
    """
    path, name = split_location(location)
    if not name:
        with open_file(path, location) as file:
            if _kind(file, path) is FileType.TEXT:
                return _with_notice(read_text_head(file, path, size, options.encoding), path)
    return open_article(location, sites=sites, options=options)


def read_list_entry(location: str, encoding: str = "") -> ListEntry:
    """Return a location's list entry, mostly from the first 8 KB of its file.

    `encoding` is the one that the reader chose, empty to detect it. The entry's `problem` tells why
    the article cannot be opened; empty if it can.
    """
    try:
        return _entry(location, encoding)
    except SourceError as error:
        path, name = split_location(location)
        title = sanitize_line(name) if name else sanitize_line(os.path.basename(path))  # noqa: PTH119 - quick
        return ListEntry(location=location, title=title, problem=error.reason)


def _kind(file: BinaryIO, path: str) -> FileType:
    """Return the type of an open file, and rewind it.

    Raises SourceError, which names `path`, if the type is not supported, or if tuireader itself
    wrote the file.
    """
    head = file.read(KIND_HEAD)
    if reason := own_export(head):
        raise SourceError(path, reason)
    kind = filetype_of_file(path, file, head)
    if kind is None:
        from tuireader.sources.unsupported import advice_for  # noqa: PLC0415 - not on the start path

        advice = advice_for(path, head)
        raise SourceError(path, f"{NOT_READ_YET}; {advice}" if advice else NOT_READ_YET)
    if kind is FileType.SUBSCRIPTIONS:
        raise SourceError(path, "it is a list of feeds; use tuireader add to follow them")
    return kind


def _member(file: BinaryIO, path: str, kind: FileType, name: str) -> Article:
    """Return one of a container file's articles; its first if `name`, the id, is empty.

    Raises the errors of `read_member`.
    """
    from tuireader.sources import containers  # noqa: PLC0415 - not on the start path

    if kind not in SEVERAL:
        raise SourceNotFoundError(f"{path}#{name}", "No such file or folder")
    name = name or next(containers.member_ids(file, path, kind))
    file.seek(0)
    return containers.read_member(file, path, kind, name)


def _entry(location: str, encoding: str) -> ListEntry:
    """Return a location's list entry; raise SourceError if it cannot be read.

    `encoding` is the one that the reader chose; empty to detect it.
    """
    path, name = split_location(location)
    with open_file(path, location) as file:
        kind = _kind(file, path)
        if name:
            from tuireader.sources import containers  # noqa: PLC0415 - not on the start path

            if kind not in SEVERAL:
                raise SourceNotFoundError(location, "No such file or folder")
            return containers.describe_member(file, path, kind, name)
        if kind is FileType.PDF:
            from tuireader.domain.errors import missing_extra  # noqa: PLC0415 - not on the start path
            from tuireader.sources.pdf.document import describe_pdf  # noqa: PLC0415 - not on the start path

            with missing_extra("pdf", location):
                return _in_folder(describe_pdf(file, path), path)
        if kind in _READ_FOR_LIST:
            from tuireader.sources.single_articles import read_single  # noqa: PLC0415 - not on the start path

            found = read_single(file, path, kind)
            entry = ListEntry(
                location=location, title=found.title, outlet=found.outlet, date=found.date
            )
            return _in_folder(entry, path)
        data = file.read(_FRONT)
    if kind is FileType.MARKDOWN:
        from tuireader.sources.markdown.front_matter import markdown_front  # noqa: PLC0415 - only for Markdown

        header, title = markdown_front(data, path, encoding)
    else:
        header, title = text_front(data, path, encoding)
    outlet = header.outlet or folder_name(path)
    return ListEntry(location=location, title=title, outlet=outlet, date=header.date)


def _in_folder(entry: ListEntry, path: str) -> ListEntry:
    """Return a list entry with the folder's name for the outlet if it has none."""
    return entry if entry.outlet else replace(entry, outlet=folder_name(path))


def folder_name(path: str) -> str:
    """Return the name of a file's folder, which stands for the outlet if the file names none."""
    return sanitize_line(os.path.basename(os.path.dirname(path))) or name_of(path)  # noqa: PTH119, PTH120 - quick


def _members(path: str, *, lenient: bool) -> Iterator[str]:
    """Yield the locations in a file: its path, or `path#id` for each article of a container.

    If `lenient`, a file that cannot be read gives its path, so that a list can show the reason;
    otherwise SourceError is raised.
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
    """Return whether a file must be opened to list its articles.

    That is so for containers, and for those texts and pages that begin like the export of a press
    database.
    """
    named = filetype_of_name(path)
    if named in {FileType.TEXT, FileType.PAGE, FileType.DOCUMENT}:
        return may_be_press_export(named, first_bytes(path))
    return named not in {
        FileType.MARKDOWN,
        FileType.PDF,
        FileType.SAVED_PAGE,
        FileType.TRANSCRIPT,
    }
