"""Detection of synchronised folders.

The program that synchronises one, and conflict copies in it.
"""

import os
from collections.abc import Iterator, Mapping
from glob import escape
from pathlib import Path

from tuireader.notebook.journal.line_format import OPENING
from tuireader.text.sanitize import sanitize_line

_NAMES: Mapping[str, str] = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "mobile documents": "iCloud Drive",
    "icloud drive": "iCloud Drive",
    "iclouddrive": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "seafile": "Seafile",
    "syncthing": "Syncthing",
    "box sync": "Box",
    "pcloud drive": "pCloud",
    "pclouddrive": "pCloud",
    "megasync": "MEGA",
    "protondrive": "Proton Drive",
}
"""The names of synchronised folders, in lower case, and the program of each."""
_CLOUDS = "CloudStorage"
"""The folder of macOS that contains one folder an account, such as “OneDrive-Firm”."""
_MARKS: Mapping[str, str] = {
    ".stfolder": "Syncthing",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".sync/ID": "Resilio Sync",
}
"""The files by which a folder that a program synchronises can be recognised."""


def sync_program(folder: Path) -> str:
    """Return the name of the program that synchronises a folder with other machines.

    "" if none is known.
    """
    for path in dict.fromkeys((folder, _resolved(folder))):
        for above, part in zip(("", *path.parts), path.parts, strict=False):
            if service := _program_named(part, above):
                return service
    return next(
        (
            service
            for above in (folder, *folder.parents)
            for mark, service in _MARKS.items()
            if _exists(above / mark)
        ),
        "",
    )


def conflict_copies(journal: Path) -> list[Path]:
    """Return the conflict copies of a journal, sorted by path; empty if there are none.

    These are other journals in its folder with similar names, as synchronising programs create
    them.
    """
    try:
        pattern = f"{escape(journal.stem)}?*{escape(journal.suffix)}"
        found = sorted(journal.parent.glob(pattern))
    except OSError:
        return []
    # A link to the journal is not a copy of it.
    own = os.path.realpath(journal)
    return [path for path in found if os.path.realpath(path) != own and _is_journal(path)]


def sync_folder_notice(folder: Path) -> Iterator[str]:
    """Yield the notice about a synchronised folder; nothing if it is not synchronised."""
    if service := sync_program(folder):
        yield (
            f"The notebook is in a folder that {service} synchronises with other machines. "
            "If it is open on two of them, changes can end up in a conflict copy. Choose a folder "
            "that is not synchronised with --data-dir, or open it on one machine at a time."
        )


def conflict_copy_notices(journal: Path) -> Iterator[str]:
    """Yield a notice about each conflict copy of a journal; nothing if there are none."""
    for copy in conflict_copies(journal):
        yield (
            f"There is another copy of the notebook, “{sanitize_line(copy.name)}”; "
            "“tuireader doctor --repair” merges it."
        )


def _program_named(part: str, above: str) -> str:
    """Return the program that a folder name belongs to; "" if none.

    The name may end with an account, a company or a number. `above` is the name of the parent
    folder.
    """
    name = part.partition("-")[0] if above == _CLOUDS else part
    name = name.partition(" (")[0].partition(" - ")[0]
    known = _NAMES.get(name.casefold().rstrip("0123456789 "))
    return known or (sanitize_line(name) if above == _CLOUDS else "")


def _is_journal(path: Path) -> bool:
    """Return whether a file begins like a journal; False if it cannot be read."""
    try:
        with path.open("rb") as file:
            return path.is_file() and file.read(len(OPENING)) == OPENING
    except OSError:
        return False


def _exists(path: Path) -> bool:
    """Return whether a path exists; False if that cannot be found out."""
    try:
        return path.exists()
    except OSError:
        return False


def _resolved(folder: Path) -> Path:
    """Return a folder with all symbolic links resolved; unchanged if that fails."""
    try:
        return folder.resolve()
    except (OSError, RuntimeError):
        return folder
