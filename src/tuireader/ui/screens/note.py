"""Writing a note: in the program, or in the reader's own editor."""

import os
import shlex
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from textual.app import App, ComposeResult, SuspendNotSupported
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from tuireader.domain.cleaning import clean
from tuireader.domain.errors import TuiReaderError
from tuireader.ui.bindings import KEEP, key

if TYPE_CHECKING:
    from tuireader.notebook.drafts import Drafts

DRAFTED_EVERY = 1.5
"""Seconds between two savings of the draft while something is typed."""


async def write_note(
    app: App[None], *, words: str, note: str, drafts: "Drafts", draft: str, outside: bool
) -> str | None:
    """The note that the reader wrote on some words; None if it was left as a draft.

    `outside` hands the terminal to $EDITOR, and falls back to the screen where
    that cannot be done.
    """
    begun = drafts.get(draft) or note
    if outside:
        try:
            return edited_outside(app, begun)
        except SuspendNotSupported:
            app.notify("The terminal cannot be handed over; write it here.", markup=False)
        except TuiReaderError as error:
            app.notify(str(error), severity="error", markup=False)
    return await app.push_screen_wait(NoteScreen(words, begun, note, drafts, draft))


def edited_outside(app: App[None], note: str) -> str:
    """The note as $VISUAL or $EDITOR leaves it."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with TemporaryDirectory(prefix="tuireader-") as folder:
        path = Path(folder) / "note.md"
        path.write_text(note, encoding="utf-8")
        with app.suspend():
            try:
                status = subprocess.run([*shlex.split(editor), str(path)], check=False).returncode
            except (OSError, ValueError) as error:
                raise TuiReaderError(
                    f"{editor} cannot be started ({error}); write the note here."
                ) from error
        if status:
            raise TuiReaderError(f"{editor} ended with an error; the note is as it was.")
        return clean(path.read_text(encoding="utf-8", errors="replace")).strip()


class NoteScreen(ModalScreen[str | None]):
    """The words, and below them the note; what is typed is on the disk within two seconds."""

    BINDINGS = [
        key("ctrl+s,f2", "save", "Save the note", "Save the note", KEEP, show=True, priority=True),
        key(
            "escape",
            "leave",
            "Leave as a draft",
            "Leave; what you wrote is kept as a draft",
            KEEP,
            show=True,
            priority=True,
        ),
    ]

    def __init__(self, words: str, begun: str, saved: str, drafts: "Drafts", draft: str) -> None:
        super().__init__()
        self._words = words
        self._begun = begun
        self._saved = saved
        self._drafts = drafts
        self._draft = draft
        self._drafted = begun

    def compose(self) -> ComposeResult:
        """The words above the note."""
        with Vertical():
            yield Static(Content(self._words), classes="words")
            area = TextArea(self._begun, soft_wrap=True, show_line_numbers=False, compact=True)
            area.cursor_blink = False
            yield area
            begun = "A draft that was not saved yet · " if self._begun != self._saved else ""
            yield Static(
                Content(f"{begun}Ctrl+S saves · Esc leaves and keeps a draft"), classes="hint"
            )

    def on_mount(self) -> None:
        """Put the cursor behind what is there, and begin to save drafts."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()
        self.set_interval(DRAFTED_EVERY, self.save_draft)

    @property
    def note(self) -> str:
        """What is written now."""
        return clean(self.query_one(TextArea).text)

    def save_draft(self) -> bool:
        """Put what was typed on the disk if it is new; whether it is there."""
        note = self.note
        if note == self._drafted:
            return True
        try:
            self._drafts.save(self._draft, note)
        except TuiReaderError as error:
            self.app.notify(str(error), severity="error", markup=False)
            return False
        self._drafted = note
        return True

    def action_save(self) -> None:
        """Give the note to be saved; the draft stays until it is."""
        self.save_draft()
        self.dismiss(self.note.strip())

    def action_leave(self) -> None:
        """Leave what was written as a draft; nothing new, nothing kept."""
        if self.note.strip() == self._saved.strip():
            self._drafts.drop(self._draft)
            self.dismiss(self._saved.strip() or None)
        elif self.save_draft():
            self.dismiss(None)
