"""Exports the notes from the screen: asks for the file, writes it, and says where it is."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tuireader.app.context import AppContext
from tuireader.domain.errors import TuiReaderError
from tuireader.exporters.file_target import (
    Obstacle,
    completed,
    free_path,
    obstacle,
    path_of,
    proposed_folder,
)
from tuireader.exporters.markdown import ExportKind, save_notes
from tuireader.text.sanitize import sanitize
from tuireader.ui.bindings import PANES, key
from tuireader.ui.screens.dialog import Dialog

NAMES = {ExportKind.MARKDOWN: "Markdown", ExportKind.JSONL: "JSON Lines"}
HINT = "Enter exports · Tab completes · Esc leaves"
ASKED = {
    Obstacle.FILE: "{path} is there already. Ctrl+Y replaces it, or type another name.",
    Obstacle.NO_FOLDER: "The folder {path.parent} is not there. Ctrl+Y makes it.",
}
MOST_NAMES = 12
"""Names that Tab shows where several go on from what was typed."""


async def export_notes(app: App[Any], desk: AppContext, kind: ExportKind) -> None:
    """Ask for a file and write all notes into it; the message says where they are."""
    bookmarks = desk.notebook.bookmarks.all()
    if not bookmarks:
        app.notify("Nothing is kept yet.")
        return
    folder = proposed_folder(desk.resume.export_folder, desk.notebook.sources.all())
    today = dt.datetime.now(tz=dt.UTC).astimezone().date()
    counted = "1 passage" if len(bookmarks) == 1 else f"{len(bookmarks):,} passages"
    path = await app.push_screen_wait(
        ExportQuestion(
            f"Export {counted} as {NAMES[kind]} to",
            str(free_path(folder, kind, today)),
            lambda path: save_notes(bookmarks, path, kind),
        )
    )
    if path is not None:
        desk.resume.export_folder = str(path.parent)
        desk.resume.save()
        app.notify(f"Exported {counted} to {path}.", timeout=12)


class ExportQuestion(Dialog[Path | None]):
    """Asks for a file and has it written; gives its path, or None if the reader leaves.

    What was typed stays in the line until the file is on the disk.
    """

    BINDINGS = [
        key("escape", "leave", "Leave", "Export nothing", PANES, show=True),
        key("tab", "complete", "Complete", "Complete the path", PANES, name="complete-path"),
        key("ctrl+y", "agree", "Yes", "Replace the file, or make the folder", PANES, name="agree"),
    ]

    def __init__(self, question: str, path: str, save: Callable[[Path], None]) -> None:
        super().__init__()
        self._question = question
        self._proposed = path
        self._save = save
        self._agreed: Path | None = None
        """The file for which the reader was asked whether to go on."""

    def compose(self) -> ComposeResult:
        """The question above its line, and below it what is in the way."""
        with Vertical():
            yield Static(Content(self._question))
            field = Input(self._proposed, compact=True, select_on_focus=False)
            field.cursor_blink = False
            yield field
            yield Static(Content(""), classes="told")
            yield Static(Content(HINT), classes="hint")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Forget what was asked about another path."""
        event.stop()
        self._agreed = None
        self._tell("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write the file, or say what is in the way."""
        event.stop()
        self._write(agreed=False)

    def action_agree(self) -> None:
        """Go on in spite of what is in the way, if that was asked."""
        if self._agreed is not None:
            self._write(agreed=True)

    def action_complete(self) -> None:
        """Complete the path, and show the names where there are several."""
        field = self.query_one(Input)
        path, names = completed(field.value)
        with field.prevent(Input.Changed):
            field.value = path
        field.cursor_position = len(path)
        self._agreed = None
        several = "  ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
        self._tell(several if len(names) > 1 else "" if names else "Nothing begins so.")

    def action_leave(self) -> None:
        """Give no path."""
        self.dismiss(None)

    def _write(self, *, agreed: bool) -> None:
        try:
            path = path_of(sanitize(self.query_one(Input).value).strip())
            found = obstacle(path)
            if found is not None and not (agreed and path == self._agreed):
                self._agreed = path
                self._tell(ASKED[found].format(path=path))
                return
            self._save(path)
        except TuiReaderError as error:
            self._agreed = None
            self._tell(str(error))
            return
        self.dismiss(path)

    def _tell(self, sentence: str) -> None:
        self.query_one(".told", Static).update(Content(sanitize(sentence)))
