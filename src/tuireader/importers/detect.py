"""Recognises which service an export is from, and reads it."""

import json
import os
import re
from pathlib import Path
from typing import Any, BinaryIO

from tuireader.domain.errors import SourceError
from tuireader.importers import (
    bookmarks,
    csv_exports,
    hypothesis,
    kindle,
    koreader,
    omnivore,
    tuireader,
    wallabag,
)
from tuireader.importers.model import NotebookExport, ServiceExport
from tuireader.sources.own_exports import HEAD, own_export
from tuireader.sources.plaintext.encoding import decode_text
from tuireader.sources.zip_archive import ZipArchive

LARGEST = 200_000_000
"""The largest export in bytes."""
_LARGEST_TOGETHER = 1_000_000_000
"""The largest total size of an archive's files in bytes, after decompression."""

_NETSCAPE = re.compile(r"<!DOCTYPE NETSCAPE-Bookmark-file|<title>\s*Pocket Export", re.IGNORECASE)
_LUA = re.compile(r"\A(?:\s*--[^\n]*\n)*\s*return\s*\{")


def read_export(stream: BinaryIO, path: str) -> ServiceExport | NotebookExport:
    """Read the export in a file, from whatever service.

    Raise SourceError if it is not a known one.
    """
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise SourceError(path, f"it is larger than {LARGEST // 1_000_000} MB")
    found = _of_archive(stream, path) if data.startswith(b"PK\x03\x04") else _of_data(data, path)
    if found is None:
        raise SourceError(path, own_export(data[:HEAD]) or "not an export of a supported service")
    return found


def _of_data(data: bytes, path: str) -> ServiceExport | NotebookExport | None:
    """Return the export in the bytes of a file; None if it is not a known one."""
    if tuireader.is_journal(data):
        return tuireader.read_journal(data, path)
    text = decode_text(data, path)
    text = text.lstrip("\ufeff")
    if text.lstrip()[:1] in {"[", "{"}:
        return _of_json(text, path, {})
    if _NETSCAPE.search(text[:5_000]):
        pocket = "pocket export" in text[:5_000].casefold()
        return ServiceExport("Pocket" if pocket else "a browser", bookmarks.read_netscape(text))
    if kindle.is_clippings(text):
        return ServiceExport("Kindle", kindle.read_clippings(text))
    if _LUA.match(text):
        try:
            return ServiceExport("KOReader", koreader.read_sidecar(koreader.parse_lua_table(text)))
        except ValueError as error:
            raise SourceError(path, f"it cannot be read: {error}") from error
    return csv_exports.read_csv_export(text)


def _of_json(
    text: str, path: str, files: omnivore.ArchiveFiles
) -> ServiceExport | NotebookExport | None:
    """Return the export in a JSON document; None if it is not a known one."""
    if (notes := tuireader.notes_in(text)) is not None:
        return notes
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise SourceError(path, "nested too deeply") from error
    except ValueError as error:
        raise SourceError(path, "not valid JSON") from error
    if tuireader.is_notebook(value):
        return NotebookExport(value)
    if koreader.is_koreader(value):
        return ServiceExport("KOReader", koreader.read_koreader(value))
    if isinstance(value, dict) and ("roots" in value or value.get("root") == "placesRoot"):
        return ServiceExport("a browser", bookmarks.read_browser_json(value))
    return _of_list(_list_in(value), files)


def _of_list(entries: list[Any], files: omnivore.ArchiveFiles) -> ServiceExport | None:
    """Return the export in a JSON list of entries; None if it is not a known one."""
    first = entries[0] if entries else None
    if omnivore.is_omnivore(first):
        return ServiceExport("Omnivore", omnivore.read_omnivore(entries, files))
    if hypothesis.is_hypothesis(first):
        return ServiceExport("Hypothesis", hypothesis.read_hypothesis(entries))
    if wallabag.is_wallabag(first):
        return ServiceExport("wallabag", wallabag.read_wallabag(entries))
    if bookmarks.is_pinboard(first):
        return ServiceExport("Pinboard", bookmarks.read_pinboard(entries))
    if bookmarks.has_web_address(first):
        return ServiceExport("a list of links", bookmarks.read_link_list(entries))
    return None


def _list_in(value: Any) -> list[Any]:
    """Return a JSON document's list of entries.

    The document itself, or a list in one of its fields.
    """
    if isinstance(value, dict):
        for name in ("rows", "bookmarks", "items", "links", "annotations"):
            if isinstance(value.get(name), list):
                return list(value[name])
        gathered = value.get("collections")
        if isinstance(gathered, list):
            return [
                link
                for group in gathered
                if isinstance(group, dict) and isinstance(group.get("links"), list)
                for link in group["links"]
            ]
    return value if isinstance(value, list) else []


def _of_archive(stream: BinaryIO, path: str) -> ServiceExport | NotebookExport | None:
    """Return the export in a zip file: Omnivore's, or the first member that is an export."""
    archive = ZipArchive(stream, path)
    files: dict[str, str] = {}
    entries: list[Any] = []
    size = 0
    for name in archive:
        if not name.lower().endswith((".json", ".html", ".md", ".csv", ".txt")):
            continue
        size += archive.size(name)
        if size > _LARGEST_TOGETHER:
            raise SourceError(path, "it is larger than 1 GB after decompression")
        text = decode_text(archive.read(name), path)
        if re.fullmatch(r"(?:.*/)?metadata_\d+_to_\d+\.json", name):
            try:
                entries += _list_in(json.loads(text))
            except (ValueError, RecursionError):
                raise SourceError(path, f"“{name}” is not valid JSON") from None
        elif name.startswith(("content/", "highlights/")):
            files[name] = text
        elif not entries and (found := _of_data(archive.read(name), f"{path}/{name}")):
            return found
    return _of_list(entries, files)


def read_folder(path: str) -> ServiceExport | None:
    """Read an Omnivore archive that was unpacked into a folder; None if the folder is not one."""
    folder = Path(path)
    tables_of = sorted(folder.glob("metadata_*_to_*.json"))
    if not tables_of:
        return None
    entries: list[Any] = []
    for table in tables_of:
        try:
            entries += _list_in(json.loads(table.read_bytes()))
        except (OSError, ValueError, RecursionError) as error:
            raise SourceError(str(table), "not valid JSON") from error
    files = {}
    for kind in ("content", "highlights"):
        for found in os.scandir(folder / kind) if (folder / kind).is_dir() else ():
            if found.is_file(follow_symlinks=False):
                text = decode_text(Path(found.path).read_bytes(), found.path)
                files[f"{kind}/{found.name}"] = text
    return _of_list(entries, files)
