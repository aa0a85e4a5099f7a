"""What lies around a notebook and can harm it: a program that synchronises, and its copies."""

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
"""How their folders are called, however they are written."""
_CLOUDS = "CloudStorage"
"""Where macOS has them, each with an account behind its name: “OneDrive-Firm”."""
_MARKS: Mapping[str, str] = {
    ".stfolder": "Syncthing",
    ".dropbox.cache": "Dropbox",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".sync/ID": "Resilio Sync",
}
"""What these programs lay into the folder that they synchronise."""


def sync_program(folder: Path) -> str:
    """The program that keeps the folder in step with other machines; empty if none is known."""
    for one in dict.fromkeys((folder, _resolved(folder))):
        for above, part in zip(("", *one.parts), one.parts, strict=False):
            if service := _named(part, above):
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
    """Other copies of the journal that lie beside it, as synchronising programs leave them."""
    try:
        pattern = f"{escape(journal.stem)}?*{escape(journal.suffix)}"
        found = sorted(journal.parent.glob(pattern))
    except OSError:
        return []
    # A link to the journal is another name of it.
    own = os.path.realpath(journal)
    return [path for path in found if os.path.realpath(path) != own and _is_journal(path)]


def sync_folder_notice(folder: Path) -> Iterator[str]:
    """What the reader is told of a folder that is synchronised."""
    if service := sync_program(folder):
        yield (
            f"The notebook lies in a folder that {service} keeps in step with other machines: when "
            "it is open on two of them, what one saves can end in a conflict copy. Keep it in a "
            "folder of this machine alone with --data-dir, or have it open on one at a time."
        )


def conflict_copy_notices(journal: Path) -> Iterator[str]:
    """What the reader is told of each copy that lies beside the journal."""
    for copy in conflict_copies(journal):
        yield (
            f"Another copy of the notebook, “{sanitize_line(copy.name)}”, lies beside it; "
            "“tuireader doctor --repair” takes what it has that is lacking here."
        )


def _named(part: str, above: str) -> str:
    """The program whose folder is called so; an account, a firm or a number may follow."""
    name = part.partition("-")[0] if above == _CLOUDS else part
    name = name.partition(" (")[0].partition(" - ")[0]
    known = _NAMES.get(name.casefold().rstrip("0123456789 "))
    return known or (sanitize_line(name) if above == _CLOUDS else "")


def _is_journal(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return path.is_file() and file.read(len(OPENING)) == OPENING
    except OSError:
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _resolved(folder: Path) -> Path:
    try:
        return folder.resolve()
    except (OSError, RuntimeError):
        return folder
