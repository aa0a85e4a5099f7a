"""What must hold whatever was typed: acknowledged words are on the disk, and undo is exact."""

import contextlib
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

from tuireader.domain.errors import TuiReaderError
from tuireader.domain.tags import parse_tags
from tuireader.notebook.notebook import FILE, Notebook

Record = Mapping[str, Any]
Matches = Callable[[Record], bool]

NOT_UNDONE = {"updated", "placement", "orphan", "seen"}
"""Fields that say how a record stands in a text of now; undo leaves them."""

CHECKED = len(b'{"crc":"00000000",')
"""Where in a line of the journal that begins of which its checksum is made."""


@dataclass
class FaultError(Exception):
    """Something that must not happen."""

    kind: str
    """What it is, the same each time it happens."""
    details: str


class Journal:
    """The notebook's file as it is on the disk, read without the program's own reader."""

    def __init__(self, path: Path) -> None:
        self.records: list[tuple[str, Record]] = []
        """Every record that a line has written, with its table, the newest last."""
        self.tables: dict[str, dict[str, Record]] = {}
        """What stands now, by table and id."""
        data = path.read_bytes() if path.exists() else b""
        for line in data[: data.rfind(b"\n") + 1].splitlines():
            self._take(line)

    def _take(self, line: bytes) -> None:
        try:
            change = json.loads(line)
        except ValueError as error:
            raise FaultError("journal line is no JSON", repr(line[:200])) from error
        if int(change["crc"], 16) != crc32(line[CHECKED:]):
            raise FaultError("journal line has a wrong checksum", repr(line[:200]))
        for edit in change["edits"]:
            table, number, record = edit["t"], edit["id"], edit["doc"]
            rows = self.tables.setdefault(table, {})
            if number is None:
                rows.clear()
            elif record is None:
                rows.pop(number, None)
            else:
                rows[number] = record
                self.records.append((table, record))

    def ever(self, table: str, matches: Matches) -> bool:
        """Whether any record that was ever written to the table matches."""
        return any(name == table and matches(record) for name, record in self.records)

    def now(self, table: str, matches: Matches) -> bool:
        """Whether a record that stands in the table matches."""
        return any(matches(record) for record in self.tables.get(table, {}).values())


def shortened(words: str) -> str:
    """Words as acknowledgements show them."""
    line = " ".join(words.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


def _of(words: str, **fields: object) -> Matches:
    def matches(record: Record) -> bool:
        anchor = record.get("anchor") or {"exact": ""}
        return shortened(anchor["exact"]) == words and all(
            record.get(name) == value for name, value in fields.items()
        )

    return matches


def _tagged(tags: str, words: str) -> Matches:
    """A passage with these tags, or an article that has them among others."""
    given = list(parse_tags(tags))
    passage = _of(words, tags=given)

    def matches(record: Record) -> bool:
        is_article = record.get("anchor") is None
        title = shortened(record.get("article", {}).get("title", ""))
        article = is_article and title == words and set(given) <= set(record.get("tags", ()))
        return article or passage(record)

    return matches


ACKNOWLEDGEMENTS: tuple[tuple[str, str, Callable[..., Matches]], ...] = (
    (r"Bookmarked: “(.*)”", "bookmarks", _of),
    (r"Note saved: “(.*)”", "bookmarks", _of),
    (r"Tagged (.*?): “(.*)”", "bookmarks", _tagged),
    (
        r"Coloured (.*?): “(.*)”",
        "bookmarks",
        lambda colour, words: _of(words, colour=colour),
    ),
    (r"Tags removed: “(.*)”", "bookmarks", partial(_of, tags=[])),
    (r"Colour removed: “(.*)”", "bookmarks", partial(_of, colour="")),
    (
        r"(?:Moved to|Put into) the trash.*",
        "bookmarks",
        lambda: lambda record: bool(record.get("trashed")),
    ),
    (r"Place mark (.) set", "marks", lambda letter: lambda mark: mark["letter"] == letter),
    (
        r"(?:Speaker|Quotation added, speaker): (.*)\. Press u to undo\.",
        "corrections",
        lambda name: lambda record: record["speaker"] == name.replace("unknown", ""),
    ),
    (
        r"Marked as not a quotation\. Press o to show it, u to undo\.",
        "corrections",
        lambda: lambda record: bool(record["dismissed"]),
    ),
)
"""What the screen says when something is saved, in which table, and what the record must be."""


def check_said(said: str, path: Path, *, alone: bool) -> bool:
    """Check an acknowledgement against the file; whether it was one. FaultError if it is untrue.

    Of one that does not stand `alone` a later key may have undone the change already.
    """
    for pattern, table, matcher in ACKNOWLEDGEMENTS:
        match = re.fullmatch(pattern, said)
        if match:
            journal = Journal(path)
            there = journal.now if alone else journal.ever
            if not there(table, matcher(*match.groups())):
                raise FaultError("an acknowledged change is not in the journal", said)
            return True
    return False


def check_afterwards(folder: Path) -> None:
    """Check the notebook when the program has ended; FaultError if it is not whole."""
    journal = folder / FILE
    if not journal.exists():
        return
    Journal(journal)
    _check_doctor(folder)
    with Notebook.open(folder) as notebook:
        _check_undo(notebook)


def _check_doctor(folder: Path) -> None:
    from tuireader.__main__ import main

    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        status = main(["--data-dir", str(folder), "doctor"])
    if status:
        raise FaultError("doctor finds something that is not well", said.getvalue())


def _check_undo(notebook: Notebook) -> None:
    before = _state(notebook)
    undone = list(_steps(notebook.undo))
    redone = [next(_steps(notebook.redo), None) for _ in undone]
    if redone != undone[::-1]:
        raise FaultError("redo does other steps than undo", f"{undone}\n{redone}")
    after = _state(notebook)
    if before != after:
        raise FaultError("undo and redo are not the identity", "\n".join(_differing(before, after)))


def _steps(step: Callable[[], str | None]) -> Iterator[str]:
    try:
        while label := step():
            yield label
    except TuiReaderError as error:
        raise FaultError("undo or redo is refused", str(error)) from error


def _state(notebook: Notebook) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (table, number): {name: value for name, value in record.items() if name not in NOT_UNDONE}
        for table, records in notebook.tables().items()
        if table != "history"
        for number, record in records.items()
    }


def _differing(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> Iterator[str]:
    for key in sorted({*before, *after}):
        if before.get(key) != after.get(key):
            yield f"{key}\n  before {before.get(key)}\n  after  {after.get(key)}"
