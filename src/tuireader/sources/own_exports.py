"""Recognises files that tuireader itself wrote (exports, notebooks); they are never articles."""

import os
import re
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from tuireader.domain.errors import SourceError

NOTES_MARK = "tuireader export: notes"
"""What the first line of notes that are exported as a document says, in a comment."""
RECORD_TYPE_FIELD = "type"
"""The first field of an exported record that is in a file of its own."""
NOTE_TYPE = "tuireader.note"
"""The type of an exported bookmark or article note."""

REFERENCE_SOURCE = "tuireader"
"""What the first field of an exported reference says, which is where it comes from."""

HEAD = 512
"""Bytes at the start of a file that are enough to recognise an export."""

NOTES = "it is an export of tuireader: notes; only notes in JSON can be imported"
NOTE_RECORDS = "it is an export of tuireader: notes; use tuireader import"
QUOTES = "it is an export of tuireader: quotations, not an article"
NOTEBOOK = "it is an export of tuireader: a notebook; use tuireader import"
JOURNAL = "it is a notebook of tuireader; use tuireader import"
DATA_FOLDER = "it is tuireader's own data folder"

JOURNAL_NAME = "notebook.jsonl"
JOURNAL_OPENING = b'{"crc":"'
"""The first bytes of the notebook's journal."""

_DATA = frozenset(
    f"{JOURNAL_NAME} cache drafts encodings.json feeds history pages state stdin texts".split()
)
_TABLES = b"bookmarks|corrections|history|marks|readings|sources|versions"
_START = rb"(?:\[\s*)?\{\s*"
_NOTES = rb"[^\w\s]{1,8} ?" + NOTES_MARK.encode() + rb"\b"
# Compiled on first use, because that takes a millisecond of the start.
_RECORD_MARKS = (
    (_START + f'"{RECORD_TYPE_FIELD}":\\s*"{NOTE_TYPE}"'.encode(), NOTE_RECORDS),
    (_START + f'"source":\\s*"{REFERENCE_SOURCE}",\\s*"id":'.encode(), NOTE_RECORDS),
    (_START + rb'"article": "(?:[^"\\]|\\.)*", "start": \d+, "end": \d+, "', QUOTES),
    (rb'\{\s*"(?:' + _TABLES + rb')":\s*\{\s*"\d+":\s*\{\s*"v":', NOTEBOOK),
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_QUOTE_FIELDS = frozenset({"article", "start", "end", "text", "speaker", "cue", "confidence"})


def own_export(head: bytes) -> str:
    """Return what tuireader wrote, as a clause with advice, if a file starts with these bytes.

    Empty if tuireader did not write it. `HEAD` bytes are enough; fewer may be given.
    """
    if head.startswith(_UTF16):  # the redirection of some shells writes so
        head = head.decode("utf-16", "ignore").encode()
    head = head.removeprefix(b"\xef\xbb\xbf")
    if re.match(_NOTES, head):
        return NOTES
    if head.startswith(JOURNAL_OPENING):
        return JOURNAL
    head = head.lstrip()
    if head[:1] not in {b"{", b"["}:
        return ""
    return next((reason for mark, reason in _RECORD_MARKS if re.match(mark, head)), "")


def is_own_record(record: Mapping[str, Any]) -> bool:
    """Return whether a record of a collection is a note or a quotation that tuireader exported."""
    return record.get(RECORD_TYPE_FIELD) == NOTE_TYPE or record.keys() >= _QUOTE_FIELDS


def refuse_exported_file(file: BinaryIO, path: str) -> None:
    """Raise SourceError if tuireader wrote the open file; else rewind it.

    The file must be at its start; the error names `path`.
    """
    reason = own_export(file.read(HEAD))
    if reason:
        raise SourceError(path, reason)
    file.seek(0)


def exported_file_reason(path: str) -> str:
    """Return the clause of `own_export` for the file at a path.

    Empty if tuireader did not write it, or if it is missing or cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError:
        return ""
    try:
        return own_export(os.read(descriptor, HEAD))
    except OSError:
        return ""
    finally:
        os.close(descriptor)


def own_entries(folder: str, names: Iterable[str]) -> frozenset[str]:
    """Return which of the names in a folder are tuireader's own data.

    None are if the folder has no notebook. Other files in a data folder belong to the reader, and
    may be articles.
    """
    there = frozenset(names)
    if JOURNAL_NAME not in there:
        return frozenset()
    locked = f"{JOURNAL_NAME}.lock" in there
    if not locked and exported_file_reason(os.path.join(folder, JOURNAL_NAME)) != JOURNAL:  # noqa: PTH118 - quick
        return frozenset()
    return _DATA & there
