"""What the screens over all notes have in common: a list, undo, and a status line."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult

from tuireader.domain.bookmark import Bookmark
from tuireader.domain.errors import TuiReaderError
from tuireader.notebook.notebook import Notebook
from tuireader.ui.bindings import KEEP, PANES, key
from tuireader.ui.screens.dialog import Answering
from tuireader.ui.widgets.item_list import FilterList
from tuireader.ui.widgets.prompt_line import Prompting
from tuireader.ui.widgets.status_line import StatusLine

LOOKED = 0.5
"""Seconds between two looks for what another window changed."""


class KeptScreen(Answering[Bookmark | None], Prompting[Bookmark | None]):
    """A list over the notebook; it gives the passage whose place the reader wants to go to."""

    BINDINGS: ClassVar = [
        key("q,escape", "back", "Back", "Back", PANES, name="kept-back", show=True),
        key("u", "undo", "Undo", "Undo the last change", KEEP, name="kept-undo", show=True),
        key("ctrl+r", "redo", "Redo", "Do the undone change again", KEEP, name="kept-redo"),
        key(
            "question_mark", "app.keys", "Keys", "Show the keys", PANES, name="kept-keys", show=True
        ),
    ]

    def __init__(self, notebook: Notebook) -> None:
        super().__init__()
        self.notebook = notebook
        self._revision = notebook.revision

    def make_list(self) -> FilterList:
        """The list; subclasses make it."""
        raise NotImplementedError

    def renew(self) -> None:
        """Show what the notebook holds now; subclasses do."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The list and the status line."""
        yield self.make_list()
        yield StatusLine()

    def on_mount(self) -> None:
        """Show what is kept, and what another window changes in it."""
        self.set_interval(LOOKED, self.look)
        self.query_one(FilterList).focus()
        self.begin()

    def begin(self) -> None:
        """Show what is kept for the first time; a subclass may take its time."""
        self.renew()

    def look(self) -> None:
        """Show what has changed since, if anything has."""
        before, self._revision = self._revision, self.notebook.revision
        if before != self._revision:
            self.renew()

    def say(self, message: str) -> None:
        """Tell the reader what happened."""
        self.query_one(StatusLine).say(message)

    def change(self, action: Callable[[], object], said: str) -> bool:
        """Change the notebook, then say so; whether it went well."""
        try:
            action()
        except TuiReaderError as error:
            self.app.notify(str(error), severity="error", markup=False, timeout=12)
            return False
        self.renew()
        self.say(said)
        return True

    def action_undo(self) -> None:
        """Undo the last change to the notebook."""
        self._step(self.notebook.undo, "Undone", "There is nothing to undo.")

    def action_redo(self) -> None:
        """Do the last undone change again."""
        self._step(self.notebook.redo, "Done again", "There is nothing to do again.")

    def _step(self, step: Callable[[], str | None], said: str, nothing: str) -> None:
        try:
            label = step()
        except TuiReaderError as error:
            self.app.notify(str(error), severity="error", markup=False, timeout=12)
            return
        self.renew()
        self.say(f"{said}: {label}." if label else nothing)

    def action_back(self) -> None:
        """Back to where the reader was."""
        self.dismiss(None)
