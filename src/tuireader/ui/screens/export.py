"""The export dialog: asks for a file and writes bookmarks and notes to it."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tuireader.app.context import AppContext
from tuireader.domain.bookmark import Bookmark
from tuireader.domain.errors import TuiReaderError
from tuireader.exporters.file_target import (
    Obstacle,
    complete_path,
    export_path,
    obstacle_at,
    proposed_folder,
    unused_path,
)
from tuireader.exporters.note_formats import NoteFormat, counted_notes, save_notes
from tuireader.text.sanitize import sanitize
from tuireader.ui.bindings import PANES, first_key, key
from tuireader.ui.screens.dialogs import Dialog

QUESTIONS = {
    Obstacle.FILE: "{path} exists already. Press Ctrl+Y to replace it, or type another name.",
    Obstacle.NO_FOLDER: "No such folder: {path.parent}. Press Ctrl+Y to create it.",
}
MAX_COMPLETIONS = 12
"""The most names that Tab shows if several match."""


async def export_notes(app: App[Any], context: AppContext, note_format: NoteFormat) -> None:
    """Ask the user for a file, write all bookmarks and notes to it, and show where it is.

    `note_format` is how they are written. Without bookmarks nothing is asked, and if the user
    cancels nothing is written. The folder is remembered for the next export.
    """
    bookmarks = context.notebook.bookmarks.all()
    if not bookmarks:
        app.notify("No notes to export yet")
        return
    path = await app.push_screen_wait(export_screen(context, bookmarks, note_format))
    if path is not None:
        remember_folder(context, path)
        number = counted_notes(bookmarks)
        app.notify(f"Exported {number} to {path}.", timeout=12)


def export_screen(
    context: AppContext, bookmarks: Sequence[Bookmark], note_format: NoteFormat
) -> "ExportScreen":
    """Return the dialog that writes bookmarks to a file in a format."""
    folder = proposed_folder(context.resume.export_folder, context.notebook.sources.all())
    today = dt.datetime.now(tz=dt.UTC).astimezone().date()
    return ExportScreen(
        f"Export {counted_notes(bookmarks)} as {note_format.title} to",
        str(unused_path(folder, note_format, today)),
        lambda path: save_notes(bookmarks, path, note_format),
    )


def remember_folder(context: AppContext, path: Path) -> None:
    """Store the folder of a file that was exported, as the one that is proposed next."""
    context.resume.export_folder = str(path.parent)
    context.resume.save()


class ExportScreen(Dialog[Path | None]):
    """Asks for a path and writes a file; returns its path, or None after Esc.

    The input keeps what was typed until the file is on the disk.
    """

    KEY_SCOPE: ClassVar = "export"
    BINDINGS = [
        key("escape", "cancel", "Cancel", "Export nothing", PANES, show=True),
        key("tab", "complete", "Complete", "Complete the path", PANES, name="complete-path"),
        key(
            "ctrl+y", "agree", "Yes", "Replace the file, or create the folder", PANES, name="agree"
        ),
    ]

    def __init__(self, question: str, path: str, save: Callable[[Path], None]) -> None:
        """Take the question, the proposed path, and a function that writes a file.

        `save` gets the path; it raises TuiReaderError if it fails: then the error is shown, and the
        dialog stays open.
        """
        super().__init__()
        self._question = question
        self._proposed = path
        self._save = save
        self._agreed: Path | None = None
        """The path that the user can confirm with Ctrl+Y; None if nothing is asked."""

    def compose(self) -> ComposeResult:
        """Yield the question, the input, and a line for messages."""
        with Vertical():
            yield Static(Content(self._question))
            field = Input(self._proposed, compact=True, select_on_focus=False)
            field.cursor_blink = False
            yield field
            yield Static(Content(""), classes="told")
            complete, cancel = first_key(self, "complete-path"), first_key(self, "cancel")
            hint = f"Enter exports · {complete} completes · {cancel} cancels"
            yield Static(Content(hint), classes="hint")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Remove the message about the previous path."""
        event.stop()
        self._agreed = None
        self._show("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write the file, or ask for confirmation if it exists or its folder does not."""
        event.stop()
        self._write(agreed=False)

    def action_agree(self) -> None:
        """Confirm the question, and write the file."""
        if self._agreed is not None:
            self._write(agreed=True)

    def action_complete(self) -> None:
        """Complete the path as far as it is clear; show the names if there are several."""
        field = self.query_one(Input)
        path, names = complete_path(field.value)
        with field.prevent(Input.Changed):
            field.value = path
        field.cursor_position = len(path)
        self._agreed = None
        several = "  ".join(names[:MAX_COMPLETIONS]) + (
            " …" if len(names) > MAX_COMPLETIONS else ""
        )
        self._show(several if len(names) > 1 else "" if names else "No match")

    def action_cancel(self) -> None:
        """Close the dialog without an export."""
        self.dismiss(None)

    def _write(self, *, agreed: bool) -> None:
        """Write the file and close; ask first if the file exists or its folder does not.

        `agreed` is True if the user has confirmed the question. An error is shown below the input.
        """
        try:
            path = export_path(sanitize(self.query_one(Input).value).strip())
            found = obstacle_at(path)
            if found is not None and not (agreed and path == self._agreed):
                self._agreed = path
                self._show(QUESTIONS[found].format(path=path))
                return
            self._save(path)
        except TuiReaderError as error:
            self._agreed = None
            self._show(str(error))
            return
        self.dismiss(path)

    def _show(self, message: str) -> None:
        """Show a message below the input."""
        self.query_one(".told", Static).update(Content(sanitize(message)))
