"""The quarantine: damaged pieces and unreadable files are moved to a folder, never deleted."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from pathlib import Path

from tuireader.paths import flush_folder, make_private_folder, replace_file

FOLDER = "damaged"
"""The name of the quarantine folder; it is in the journal's folder."""

TORN_NOTICE = (
    "The program ended while it was saving a change. The incomplete change is kept in the "
    f"folder “{FOLDER}”; everything saved before it is there."
)
"""The notice about a line that was not written completely."""

REPAIRED_NOTICE = (
    "A flipped bit in the notebook's file was corrected from its checksum; nothing is lost."
)
"""The notice about a line in which one wrong bit was corrected."""


def quarantine_pieces(journal: Path, pieces: Iterable[bytes]) -> tuple[int, int]:
    """Save damaged pieces of a journal in its quarantine folder, each of them once.

    Returns how many were saved now, and how many could not be saved. Pieces that were saved before
    are in neither number.
    """
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
    """Move a file into the quarantine folder of a journal, and return its new path.

    The file is the journal itself unless `other` is given. Raises OSError if it cannot be moved.
    """
    moved = other or journal
    folder = journal.parent / FOLDER
    make_private_folder(folder)
    stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S.%f")
    kept = moved.rename(folder / f"{moved.stem}-{stamp}{moved.suffix}")
    flush_folder(folder)
    flush_folder(moved.parent)
    return kept


def damage_notice(new: int, failed: int) -> str:
    """Return the notice about damaged lines; "" if both numbers are 0.

    `new` is how many were saved in the quarantine folder, `failed` how many could not be saved.
    """
    if not new + failed:
        return ""
    count = "One line" if new + failed == 1 else f"{new + failed} lines"
    was = "was" if new + failed == 1 else "were"
    if failed:
        return f"{count} of the notebook {was} damaged and skipped; the others are intact."
    it = "it is" if new == 1 else "they are"
    return (
        f"{count} of the notebook {was} damaged and skipped; "
        f"{it} kept in the folder “{FOLDER}”, and the others are intact."
    )
