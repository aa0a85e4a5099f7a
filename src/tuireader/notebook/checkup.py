"""What is well with a notebook's folder and what is not; nothing in it is changed by looking."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tuireader.notebook import damage, files
from tuireader.notebook.fold import Fold
from tuireader.notebook.generations import generations
from tuireader.notebook.lines import FORMAT, format_of, scan
from tuireader.notebook.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at, whether it is well, and a sentence that says how it is."""

    what: str
    well: bool
    says: str


def examine(journal: Path) -> Iterator[Finding]:
    """Look at every line, generation, text and draft of the notebook, one after the other."""
    yield _journal(journal)
    for copy in generations(journal):
        yield _lines_of(copy, f"{copy.parent.name}/{copy.name}")
    texts = Texts(journal.parent / "texts")
    paths = sorted((journal.parent / "texts").glob("*/*.json"))
    yield _all("texts", [path.name for path in paths if texts.load(path.stem) is None], len(paths))
    drafts = sorted((journal.parent / "drafts").glob("*.json"))
    yield _all("drafts", [path.name for path in drafts if not _is_draft(path)], len(drafts))
    aside = sum(1 for _ in (journal.parent / damage.FOLDER).glob("*"))
    if aside:
        yield Finding(what=damage.FOLDER, well=True, says=f"{_count(aside, 'piece')} set aside.")


def _journal(path: Path) -> Finding:
    if path.exists():
        return _lines_of(path, path.name)
    if generations(path):
        says = "The file is gone; its newest copy is put in its place when it is opened."
        return Finding(what=path.name, well=False, says=says)
    return Finding(what=path.name, well=True, says="Nothing was kept yet.")


def _lines_of(path: Path, name: str) -> Finding:
    try:
        data = path.read_bytes()
    except OSError as error:
        says = f"It cannot be read: {files.reason_of(error)}."
        return Finding(what=name, well=False, says=says)
    if format_of(data[:1024]) > FORMAT:
        says = "It was written by a newer version of tuireader, and can only be read here."
        return Finding(what=name, well=True, says=says)
    found = scan(data)
    records = Fold.of(found.lines).tables.values()
    broken = sum(not _is_record(doc) for table in records for doc in table.values())
    amiss = {
        "damaged": len(found.damaged),
        "with a flipped bit, which is put right in reading": found.mended,
        "not finished": int(bool(data[found.end :].strip())),
    }
    parts = [f"{_count(count, 'line')} {how}" for how, count in amiss.items() if count]
    if broken:
        parts.append(f"{_count(broken, 'record')} not a JSON object")
    if not data.strip():
        parts.append("it is empty")
    good = f"{_count(len(found.lines), 'line')}, {_count(sum(map(len, records)), 'record')}"
    return Finding(what=name, well=not parts, says="; ".join([good, *parts]) + ".")


def _is_record(doc: bytes) -> bool:
    try:
        return isinstance(json.loads(doc), dict)
    except ValueError:
        return False


def _is_draft(path: Path) -> bool:
    try:
        record = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(record, dict) and {"key", "text"} <= record.keys()


def _all(what: str, bad: list[str], count: int) -> Finding:
    says = f"{count - len(bad)} whole"
    if bad:
        says += f"; not whole: {', '.join(bad)}"
    return Finding(what=what, well=not bad, says=f"{says}.")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
