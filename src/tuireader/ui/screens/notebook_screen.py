"""The base of the screens over the notebook: a list, undo, and a status line."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from textual.app import ComposeResult

from tuireader.notebook.notebook import Notebook
from tuireader.ui.bindings import KEEP, PANES, key
from tuireader.ui.lists.item_list import ItemList
from tuireader.ui.notebook_editor import NotebookEditor, Notifier
from tuireader.ui.reader.undoing import UndoController
from tuireader.ui.screens.dialogs import Answering
from tuireader.ui.widgets.prompt_line import BACK_KEYS, COMMAND_KEYS, PromptingScreen
from tuireader.ui.widgets.status_line import StatusLine
from tuireader.ui.workers import ScreenTasks

T = TypeVar("T")

CHECK_INTERVAL = 0.5
"""Seconds between two checks for changes by another window."""

ERROR_DURATION = 12
"""Seconds for which an error is shown."""


class NotebookScreen(Answering[T | None], PromptingScreen[T | None]):
    """A list from the notebook; returns the item to go to, None if the user goes back."""

    KEY_SCOPE: ClassVar[str] = ""
    BINDINGS: ClassVar = [
        *BACK_KEYS,
        key("u", "undo", "Undo", "Undo the last change", KEEP, name="undo", show=True),
        key("ctrl+r", "redo", "Redo", "Redo the change undone last", KEEP, name="redo"),
        key("question_mark", "app.keys", "Keys", "Show the keys", PANES, name="help", show=True),
        *COMMAND_KEYS,
    ]

    def __init__(self, notebook: Notebook) -> None:
        """Take the notebook, which is open."""
        super().__init__()
        self.notebook = notebook
        notifier = Notifier(self.say, self._show_error)
        self.editor = NotebookEditor(lambda: notebook, notifier, self.renew)
        self._undoing = UndoController(lambda: notebook, notifier, ScreenTasks(self), self.editor)
        self._revision = notebook.revision

    def make_list(self) -> ItemList[Any]:
        """Return the list of the screen; subclasses override it."""
        raise NotImplementedError

    def renew(self) -> None:
        """Reload the list from the notebook; subclasses override it."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Yield the list and the status line."""
        yield self.make_list()
        yield StatusLine()

    def on_mount(self) -> None:
        """Focus and fill the list, and start to check for changes by other windows."""
        self.set_interval(CHECK_INTERVAL, self.catch_up)
        self.query(ItemList).first().focus()
        self.begin()

    def begin(self) -> None:
        """Fill the list for the first time; a subclass may do so in the background."""
        self.renew()

    def catch_up(self) -> None:
        """Reload the list if the notebook has changed since the last check."""
        before, self._revision = self._revision, self.notebook.revision
        if before != self._revision:
            self.renew()

    def say(self, message: str) -> None:
        """Show a message in the status line; "" removes the present one."""
        self.query_one(StatusLine).say(message)

    def _show_error(self, message: str) -> None:
        """Show an error as a notification."""
        self.app.notify(message, severity="error", timeout=ERROR_DURATION)

    def change(self, action: Callable[[], object], message: str) -> bool:
        """Change the notebook by `action`, then renew the list and show a message.

        Returns whether the change is on the disk; if it is not, the error is shown instead.
        """
        return self.editor.change(action, message)

    def action_undo(self) -> None:
        """Undo the last change to the notebook."""
        self._undoing.undo()

    def action_redo(self) -> None:
        """Redo the last undone change."""
        self._undoing.redo()

    def action_back(self) -> None:
        """Close the screen."""
        self.dismiss(None)
