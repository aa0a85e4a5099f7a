"""What the screens over all notes have in common: a list, undo, and a status line."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult

from tuireader.domain.bookmark import Bookmark
from tuireader.notebook.notebook import Notebook
from tuireader.ui.bindings import KEEP, PANES, key
from tuireader.ui.notebook_editor import NotebookEditor, Notifier
from tuireader.ui.screens.dialog import Answering
from tuireader.ui.widgets.item_list import FilterList
from tuireader.ui.widgets.prompt_line import Prompting
from tuireader.ui.widgets.status_line import StatusLine

LOOKED = 0.5
"""Seconds between two looks for what another window changed."""

ERROR_SHOWN = 12
"""Seconds that an error stays."""


class KeptScreen(Answering[Bookmark | None], Prompting[Bookmark | None]):
    """A list over the notebook; it gives the passage whose place the reader wants to go to."""

    BINDINGS: ClassVar = [
        key("q,escape", "back", "Back", "Back", PANES, name="kept-back", show=True),
        key("u", "undo", "Undo", "Undo the last change", KEEP, name="kept-undo", show=True),
        key("ctrl+r", "redo", "Redo", "Redo the undone change", KEEP, name="kept-redo"),
        key(
            "question_mark", "app.keys", "Keys", "Show the keys", PANES, name="kept-keys", show=True
        ),
    ]

    def __init__(self, notebook: Notebook) -> None:
        super().__init__()
        self.notebook = notebook
        notifier = Notifier(self.say, self._show_error)
        self.editor = NotebookEditor(lambda: notebook, notifier, self.renew)
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

    def _show_error(self, message: str) -> None:
        self.app.notify(message, severity="error", timeout=ERROR_SHOWN)

    def change(self, action: Callable[[], object], message: str) -> bool:
        """Change the notebook, then show the change and a message; return whether it was saved."""
        return self.editor.change(action, message)

    def action_undo(self) -> None:
        """Undo the last change to the notebook."""
        self.editor.undo()

    def action_redo(self) -> None:
        """Redo the last undone change."""
        self.editor.redo()

    def action_back(self) -> None:
        """Back to where the reader was."""
        self.dismiss(None)
