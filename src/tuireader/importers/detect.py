"""Recognises which service an export is from, and reads it: a file, an archive or a folder.

`FORMATS` is the list of all formats. Detection, the help and the documentation use it.
"""

import json
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from tuireader.domain.errors import SourceError
from tuireader.domain.import_item import ImportItem
from tuireader.importers import (
    bookmarks,
    calibre,
    diigo,
    evernote,
    goodlinks,
    hypothesis,
    instapaper,
    karakeep,
    kindle,
    kindle_notebook,
    koreader,
    koreader_sidecar,
    links,
    linkwarden,
    matter,
    okular,
    omnivore,
    pdf_annotations,
    pocket,
    raindrop,
    readeck,
    readwise,
    references,
    starred,
    tuireader,
    wallabag,
    zotero_notes,
)
from tuireader.importers.export import (
    LARGEST,
    ExportFile,
    ExportFormat,
    ImportedItems,
    LeftOut,
    NotebookExport,
    ServiceExport,
    Skipped,
)
from tuireader.importers.fields import with_local_files
from tuireader.sources.own_exports import HEAD, own_export
from tuireader.sources.zip_archive import ZipArchive

FORMATS: tuple[ExportFormat, ...] = (
    *omnivore.FORMATS,
    *hypothesis.FORMATS,
    *readeck.FORMATS,
    *wallabag.FORMATS,
    *pocket.FORMATS,
    *instapaper.FORMATS,
    *readwise.FORMATS,
    *raindrop.FORMATS,
    *linkwarden.FORMATS,
    *goodlinks.FORMATS,
    *diigo.FORMATS,
    *matter.FORMATS,
    *karakeep.FORMATS,
    *starred.FORMATS,
    *kindle_notebook.FORMATS,
    *kindle.FORMATS,
    *koreader.FORMATS,
    *koreader_sidecar.FORMATS,
    *calibre.FORMATS,
    *pdf_annotations.FORMATS,
    *okular.FORMATS,
    *evernote.FORMATS,
    *zotero_notes.FORMATS,
    *references.FORMATS,
    *bookmarks.FORMATS,
    # Last, because any list with addresses is one of these.
    *links.FORMATS,
)
"""All formats of other services; the first that recognises a file reads it."""

Exports = tuple[ServiceExport | NotebookExport, ...]

_LARGEST_TOGETHER = 1_000_000_000
"""The largest total size of the files of an archive or folder in bytes, after decompression."""
_MOST_FILES = 20_000
_DEEPEST_FOLDER = 12
_ENDINGS = frozenset(
    (
        *(".json", ".jsonl", ".csv", ".txt", ".html", ".htm", ".md", ".xml", ".pdf"),
        *(".lua", ".enex", ".ris", ".calibre_annotation_collection"),
    )
)
"""Only files with these endings are read from an archive or folder."""
_NOT_SUPPORTED = "not an export of a supported service"


def formats_text() -> str:
    """Return the names of all services with the kinds of their exports, as one line.

    It is for the help and the README: "Instapaper (CSV), Readwise (CSV, JSON)".
    """
    kinds: dict[str, list[str]] = {}
    for each in FORMATS:
        kinds.setdefault(each.programs or each.service, []).append(each.kind)
    return ", ".join(f"{name} ({', '.join(found)})" for name, found in kinds.items())


def read_export(stream: BinaryIO, path: str) -> Exports:
    """Recognise and read the exports in a file or zip archive; the result is not empty.

    An archive may contain exports of several services; there is one result for each service, then
    the notebooks.

    Args:
        stream: The file, opened for reading bytes.
        path: Its path, for messages.

    Raises:
        SourceError: The file is too large, damaged, or not an export of a known service.
    """
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise SourceError(path, f"it is larger than {LARGEST // 1_000_000} MB")
    if data.startswith(b"PK\x03\x04"):
        found = _together(_members(ZipArchive(stream, path), path), path)
    else:
        found = tuple(filter(None, [_recognised(ExportFile(data, path))]))
    if not found:
        reason = "it has no annotations" if data.startswith(b"%PDF-") else _NOT_SUPPORTED
        raise SourceError(path, own_export(data[:HEAD]) or reason)
    return found


def read_folder(path: str) -> Exports:
    """Recognise and read all exports in a folder and its subfolders.

    There is one result for each service, then the notebooks; it is never empty. Raises SourceError
    if no file is an export of a known service, or a folder cannot be read or is too large.
    """
    found = _together(_files_below(Path(path)), path)
    if not found:
        raise SourceError(path, "no export of a supported service is in this folder")
    return found


def _recognised(file: ExportFile) -> ServiceExport | NotebookExport | None:
    """Return the export in a file, by the first format that recognises it; None if none does.

    Raises SourceError if the file has a known format, but cannot be read.
    """
    if tuireader.is_journal(file.data):
        return tuireader.read_journal(file.data, file.path)
    if file.head.lstrip()[:1] in {"[", "{"}:
        if (notes := tuireader.notes_in(file.text)) is not None:
            return notes
        if tuireader.is_notebook(file.json):
            return NotebookExport(file.json)
    format_ = next((each for each in FORMATS if each.recognises(file)), None)
    return (
        ServiceExport(format_.service, _without_empty(with_local_files(format_.read(file))))
        if format_
        else None
    )


def _without_empty(items: ImportedItems) -> ImportedItems:
    """Yield the items without highlights that have neither words nor a note.

    These are yielded as `LeftOut`.
    """
    for item in items:
        if not isinstance(item, ImportItem):
            yield item
            continue
        highlights = tuple(each for each in item.highlights if each.words or each.note)
        if len(highlights) < len(item.highlights):
            empty = len(item.highlights) - len(highlights)
            yield LeftOut("highlight without words", empty)
            item = replace(item, highlights=highlights)  # noqa: PLW2901 - the same item
        yield item


def _together(files: Iterable[tuple[str, bytes]], path: str) -> Exports:
    """Return the exports in several files; files of the same service are one export.

    Files that are not exports are ignored. Damaged ones are yielded as `Skipped` by the first
    export; if all files that could be exports are damaged, SourceError is raised.

    Args:
        files: The path and content of each file.
        path: The path of the archive or folder, for messages.
    """
    members: dict[str, bytes] = dict(files)
    services: dict[str, list[ImportedItems]] = {}
    notebooks: list[NotebookExport] = []
    damaged: list[Skipped] = []
    for name, data in _joined(members).items():
        try:
            found = _recognised(ExportFile(data, f"{path}/{name}", members))
        except SourceError as error:
            damaged.append(Skipped(name, error.reason))
            continue
        if isinstance(found, NotebookExport):
            notebooks.append(found)
        elif found is not None:
            services.setdefault(found.service, []).append(found.items)
    if not services and not notebooks and damaged:
        raise SourceError(path, f"“{damaged[0].where}” cannot be read: {damaged[0].reason}")
    exports = [
        ServiceExport(service, chain.from_iterable(items)) for service, items in services.items()
    ]
    if damaged and exports:
        exports[0] = ServiceExport(exports[0].service, chain(exports[0].items, damaged))
    return (*exports, *notebooks)


def _joined(members: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files by path, with Omnivore's lists of articles joined into one file.

    Files that only belong to an article of Omnivore are left out.
    """
    tables: list[object] = []
    joined: dict[str, bytes] = {}
    for name, data in members.items():
        if name.startswith(omnivore.FOLDERS):
            continue
        if omnivore.is_metadata(name):
            try:
                entries = json.loads(data)
            except (ValueError, RecursionError):
                entries = None
            if isinstance(entries, list):
                tables += entries
                continue  # a damaged table is reported as a file of its own
        joined[name] = data
    return {"metadata.json": json.dumps(tables).encode(), **joined} if tables else joined


def _members(archive: ZipArchive, path: str) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of each member of an archive that may be an export.

    Raises SourceError for `path` if they are too large together.
    """
    size = 0
    for name in archive:
        if PurePosixPath(name).suffix.lower() in _ENDINGS and not _is_hidden(name):
            data = archive.read(name)
            size += len(data)
            if size > _LARGEST_TOGETHER:
                raise SourceError(path, "it is larger than 1 GB after decompression")
            yield name, data


def _files_below(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the relative path and content of each file in a folder that may be an export.

    Subfolders are included, symbolic links and hidden files are not. Raises SourceError if a folder
    cannot be read, or if the files are too many or too large together.
    """
    size = count = 0
    waiting = [(folder, 0)]
    while waiting:
        current, depth = waiting.pop()
        try:
            entries = sorted(os.scandir(current), key=lambda entry: entry.name)
        except OSError as error:
            raise SourceError(str(current), error.strerror or "it cannot be read") from error
        for entry in entries:
            if _is_hidden(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth < _DEEPEST_FOLDER:
                    waiting.append((Path(entry.path), depth + 1))
                continue
            status = entry.stat(follow_symlinks=False)
            if not stat.S_ISREG(status.st_mode) or Path(entry.name).suffix.lower() not in _ENDINGS:
                continue
            count, size = count + 1, size + status.st_size
            if count > _MOST_FILES or size > _LARGEST_TOGETHER or status.st_size > LARGEST:
                raise SourceError(str(folder), "its files are larger than 1 GB, or too many")
            yield Path(entry.path).relative_to(folder).as_posix(), Path(entry.path).read_bytes()


def _is_hidden(name: str) -> bool:
    """Return whether a path is a hidden file, or one that macOS adds to archives."""
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith(".")
