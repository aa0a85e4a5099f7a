"""What cannot be read is set aside, never deleted."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from pathlib import Path

from tuireader.paths import flush_folder, make_private_folder, replace_file

FOLDER = "damaged"
"""Beside the journal."""

TORN = (
    "The program had ended in the middle of saving a change; what there is of it "
    f"is kept in the folder “{FOLDER}”, and all that was saved is there."
)
"""What the reader is told of a line that was never finished."""

MENDED = "A flipped bit in the notebook's file was put right from its checksum; nothing is lost."
"""What the reader is told of a line that one wrong bit had damaged."""


def quarantine_pieces(journal: Path, pieces: Iterable[bytes]) -> tuple[int, int]:
    """Keep the pieces beside the journal, once each; how many are new, and how many not kept."""
    new = failed = 0
    for piece in pieces:
        name = hashlib.sha256(piece).hexdigest()[:32]
        kept = journal.parent / FOLDER / f"{name}.line"
        try:
            if not kept.exists():
                replace_file(kept, piece, private=True)
                new += 1
        except OSError:
            failed += 1
    return new, failed


def quarantine_file(journal: Path, other: Path | None = None) -> Path:
    """Move the journal, or another file, away whole, and say where to; OSError if it cannot be."""
    moved = other or journal
    folder = journal.parent / FOLDER
    make_private_folder(folder)
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S.%f")
    kept = moved.rename(folder / f"{moved.stem}-{stamp}{moved.suffix}")
    flush_folder(folder)
    flush_folder(moved.parent)
    return kept


def damage_notice(new: int, failed: int) -> str:
    """What the reader is told of damaged pieces; empty if there is nothing to tell."""
    if not new + failed:
        return ""
    count = "One line" if new + failed == 1 else f"{new + failed} lines"
    was = "was" if new + failed == 1 else "were"
    if failed:
        return f"{count} of the notebook {was} damaged and left out; the rest is all there."
    it = "it is" if new == 1 else "they are"
    return (
        f"{count} of the notebook {was} damaged and left out; "
        f"{it} kept in the folder “{FOLDER}”, and the rest is all there."
    )
