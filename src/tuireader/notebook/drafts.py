"""Notes while they are being typed: one small file each, so that a crash loses next to nothing."""

import contextlib
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tuireader.domain.anchor import Anchor
from tuireader.domain.errors import NotebookError
from tuireader.domain.reading import Citation
from tuireader.notebook.journal import files
from tuireader.notebook.journal.reserve import Reserve
from tuireader.notebook.records import anchor_of_record, anchor_record, citation_from, citation_of


@dataclass(frozen=True, slots=True)
class Subject:
    """What a draft is about, so that it is found again when its text has changed."""

    article: Citation
    anchor: Anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A note that was begun and not saved."""

    key: str
    text: str
    written: dt.datetime
    subject: Subject | None = None
    """None if its key says what it is about: a bookmark, or in older versions a stretch."""


class Drafts:
    """A folder of drafts; a file's name is a hash of its key, so that no key leads elsewhere."""

    def __init__(self, folder: Path, reserve: Reserve | None = None) -> None:
        """The reserve is spent when there is no other room for a draft."""
        self._folder = folder
        self._reserve = reserve

    def save(self, key: str, text: str, subject: Subject | None = None) -> None:
        """Keep the draft in the place of the one before; NotebookError if it cannot be."""
        record: dict[str, Any] = {"v": 1, "key": key, "text": text}
        if subject is not None:
            record["article"] = citation_of(subject.article)
            record["anchor"] = anchor_record(subject.anchor)
        data = json.dumps(record).encode("ascii")
        try:
            if self._reserve:
                self._reserve.spend(lambda: files.write_atomically(self._path(key), data))
            else:
                files.write_atomically(self._path(key), data)
        except OSError as error:
            raise NotebookError(
                f"The draft was not kept, because {files.reason_of(error)}."
            ) from error

    def get(self, key: str) -> str:
        """The text of the draft of that key; empty if there is none."""
        draft = _read(self._path(key))
        return draft.text if draft else ""

    def drop(self, key: str) -> None:
        """Forget the draft if there is one."""
        with contextlib.suppress(OSError):
            self._path(key).unlink()

    def listed(self) -> tuple[Draft, ...]:
        """All drafts, the oldest first; a file that is no draft is passed over."""
        found = [draft for path in self._folder.glob("*.json") if (draft := _read(path))]
        return tuple(sorted(found, key=lambda draft: draft.written))

    def all(self) -> dict[str, str]:
        """The texts of all drafts by key, the oldest first."""
        return {draft.key: draft.text for draft in self.listed()}

    def _path(self, key: str) -> Path:
        name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return self._folder / f"{name}.json"


def _read(path: Path) -> Draft | None:
    try:
        record = json.loads(path.read_bytes())
        return Draft(
            key=str(record["key"]),
            text=str(record["text"]),
            written=dt.datetime.fromtimestamp(path.stat().st_mtime_ns / 1e9, dt.UTC),
            subject=_subject_of(record),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _subject_of(record: Mapping[str, Any]) -> Subject | None:
    anchor = anchor_of_record(record.get("anchor"))
    return Subject(citation_from(record["article"]), anchor) if anchor else None
