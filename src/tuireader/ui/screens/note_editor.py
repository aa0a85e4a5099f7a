"""The note editor: a note is written in the program, or in $EDITOR."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from tuireader.domain.errors import TuiReaderError
from tuireader.text.sanitize import sanitize
from tuireader.ui.bindings import KEEP, first_key, key
from tuireader.ui.screens.dialogs import Dialog
from tuireader.ui.widgets.prompt_line import commands_of

if TYPE_CHECKING:
    from tuireader.notebook.drafts import Drafts, DraftSubject

DRAFT_INTERVAL = 0.9
"""Seconds between two saves of the draft; below two even if another window holds the lock."""


@dataclass(frozen=True, kw_only=True)
class NoteEdit:
    """The note to edit, the passage that it is about, and how to save it."""

    words: str
    """The passage that the note is about."""
    note: str
    """The note as it was saved last."""
    drafts: "Drafts"
    draft: str
    """The key of its draft."""
    subject: "DraftSubject | None" = None
    """The subject of the draft, if its key does not name it."""
    save: Callable[[str], bool]
    """Saves the note; returns whether it is on the disk."""

    def save_draft(self) -> bool:
        """Save the draft as the note; return whether there was one, and it is on the disk."""
        text = self.drafts.get(self.draft).strip()
        if not text or not self.save(text):
            return False
        self.drafts.drop(self.draft)
        return True


async def write_note(app: App[Any], writing: NoteEdit, *, outside: bool) -> bool:
    """Let the user write a note; return whether it was saved.

    `writing` has the note and how to save it. With `outside`, the note is written in $EDITOR, or in
    the program if the terminal cannot be handed over. If it returns False, changes are kept as a
    draft.
    """
    if outside:
        from tuireader.ui.external_programs import edit  # noqa: PLC0415 - rarely needed

        saved = edit(app, writing)
        if saved is not None:
            return saved
    # What an editor that is still open has saved becomes part of the draft. If the disk is full,
    # the words stay in the editor's file.
    with contextlib.suppress(TuiReaderError):
        writing.drafts.take_file(writing.draft)
    begun = writing.drafts.get(writing.draft) or writing.note
    saved_here: bool | None = await app.push_screen_wait(NoteEditorScreen(writing, begun))
    return bool(saved_here)


class NoteEditorScreen(Dialog[bool]):
    """An editor for a note, below the passage; returns whether the note was saved.

    Typed text is on the disk within two seconds, as a draft. The editor stays open while the note
    cannot be saved.
    """

    KEY_SCOPE: ClassVar = "editor"
    BINDINGS = [
        key(
            "ctrl+s,f2",
            "save",
            "Save",
            "Save the note",
            KEEP,
            show=True,
            priority=True,
        ),
        key(
            "escape",
            "leave",
            "Leave",
            "Close and keep a draft",
            KEEP,
            show=True,
            priority=True,
        ),
    ]

    def __init__(self, writing: NoteEdit, begun: str) -> None:
        """Take the note, and the text to begin with: its draft or the note as it was saved."""
        super().__init__()
        self._writing = writing
        self._begun = begun
        self._drafted = begun
        self._complained = False
        # Held here, because a draft may be saved before the area is on the screen and after.
        self._area = TextArea(begun, soft_wrap=True, show_line_numbers=False, compact=True)
        self._area.cursor_blink = False

    def compose(self) -> ComposeResult:
        """Yield the passage above the note."""
        with Vertical():
            yield Static(Content(self._writing.words), classes="words")
            yield self._area
            begun = "Unsaved draft · " if self._begun != self._writing.note else ""
            save, leave = first_key(self, "save"), first_key(self, "leave")
            yield Static(Content(f"{begun}{save} saves · {leave} keeps a draft"), classes="hint")

    def on_mount(self) -> None:
        """Move the cursor to the end of the note, and start to save drafts."""
        self._area.move_cursor(self._area.document.end)
        self._area.focus()
        self.set_interval(DRAFT_INTERVAL, self.save_draft)

    @property
    def note(self) -> str:
        """The sanitized text of the editor."""
        return sanitize(self._area.text)

    def save_draft(self) -> bool:
        """Save changes as a draft; return whether all of the text is on the disk.

        Without changes there is nothing to save, and True is returned.
        """
        note = self.note
        if note == self._drafted:
            return True
        try:
            self._writing.drafts.save(self._writing.draft, note, self._writing.subject)
        except TuiReaderError as error:
            if not self._complained:
                self._complained = True
                self.app.notify(str(error), severity="error", timeout=20)
            return False
        self._drafted = note
        return True

    def action_save(self) -> None:
        """Save the note; close if that succeeded."""
        self.save_draft()
        if self._writing.save(self.note.strip()):
            self._writing.drafts.drop(self._writing.draft)
            self.dismiss(True)

    def action_leave(self) -> None:
        """Close the editor; changes are kept as a draft."""
        if self.note.strip() == self._writing.note.strip():
            # The timer may still be on its way here; it must not save what is dropped.
            self._drafted = self.note
            self._writing.drafts.drop(self._writing.draft)
            self.dismiss(False)
        elif self.save_draft():
            commands = commands_of(self.app)
            if commands is not None:
                commands.unsaved = self._writing
            self.app.notify("Not saved. Your text is kept as a draft; :w saves it.")
            self.dismiss(False)
