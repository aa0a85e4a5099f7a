"""Writing a note in the reader's own editor, from a file that lies among the drafts."""

import os
import shlex
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import App, SuspendNotSupported

from tuireader.domain.errors import TuiReaderError
from tuireader.ui.external.foreground import TerminatedError, run_in_foreground

if TYPE_CHECKING:
    from tuireader.ui.screens.note_editor import NoteEdit

UNTOUCHED = (
    "The editor saved nothing. If it is still open, what it saves there is kept as a draft; "
    "a or e goes on with it."
)
KEPT = "The note is kept as a draft; a or e goes on with it."


class EditorError(TuiReaderError):
    """The editor cannot be started."""


def edit(app: App[Any], writing: "NoteEdit") -> bool | None:
    """Have the note written in $VISUAL or $EDITOR; whether it was saved.

    None if that cannot be done, and the note is to be written in the program. What the editor
    saves is a draft from then on, whatever becomes of the editor or of this program.
    """
    drafts, draft = writing.drafts, writing.draft
    begun = drafts.get(draft) or writing.note
    is_saved = begun == writing.note
    try:
        command = editor_command()
        path = drafts.open_file(draft, begun, writing.subject, saved=is_saved)
        before = _stamp(path)
        status = run_in_foreground(app, [*command, str(path)])
    except TerminatedError:
        return False
    except SuspendNotSupported:
        app.notify("The terminal cannot be handed over; write the note here.")
    except OSError as error:
        app.notify(f"The editor cannot be started: {error.strerror}. Write the note here.")
    except TuiReaderError as error:
        app.notify(f"{error} Write the note here.", severity="error")
    else:
        return _finish(app, writing, begun, status, is_touched=_stamp(path) != before)
    drafts.close_file(draft)
    return None


def editor_command() -> list[str]:
    """The words of $VISUAL or $EDITOR, or else `vi`; EditorError if there is no such program."""
    for name in ("VISUAL", "EDITOR"):
        value = os.environ.get(name, "").strip()
        if value:
            break
    else:
        name, value = "EDITOR", "vi"
    try:
        words = shlex.split(value)
    except ValueError:
        raise EditorError(f"The quotation marks in ${name} do not match: {value}") from None
    if not words or shutil.which(words[0]) is None:
        raise EditorError(f"The editor in ${name} is no program that can be run: {value}")
    return words


def _finish(
    app: App[Any], writing: "NoteEdit", begun: str, status: int, *, is_touched: bool
) -> bool | None:
    """Save what the editor left, if it ended well and has saved anything; as `edit`."""
    try:
        held = writing.drafts.take_file(writing.draft)
    except TuiReaderError as error:
        app.notify(f"{error} The note is as it was.", severity="error", timeout=12)
        return False
    reason = _reason_to_wait(writing, begun, held, status, is_touched=is_touched)
    if reason:
        app.notify(reason, severity="warning" if status else "information", timeout=12)
        return False
    is_new = held != writing.note.strip()
    if is_new and not writing.save(held):
        return None
    writing.drafts.drop(writing.draft)
    return is_new


def _reason_to_wait(
    writing: "NoteEdit", begun: str, held: str, status: int, *, is_touched: bool
) -> str:
    """Why what the editor left is not saved now, as a message; empty if it is to be saved."""
    if status:
        how = f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
        has_draft = writing.drafts.get(writing.draft) != ""
        return f"The editor {how}. {KEPT if has_draft else 'It saved nothing.'}"
    if not is_touched:
        # It may have returned at once and still be open, so its file stays.
        return UNTOUCHED
    if not held and begun != writing.note:
        return f"The editor left an empty file. {KEPT}"
    return ""


def _stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes when a file is written, also by renaming another one over it."""
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
