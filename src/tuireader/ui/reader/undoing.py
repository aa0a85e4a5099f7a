"""Undo and redo on the reader's screen: changes of very many records in the background."""

from __future__ import annotations

from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from tuireader.domain.errors import TuiReaderError
from tuireader.ui.workers import StoppedError, counting_pause

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuireader.notebook.notebook import Notebook
    from tuireader.ui.notebook_editor import NotebookEditor, Notifier
    from tuireader.ui.workers import Pause, Tasks


class UndoController:
    """Undoes and redoes one change at a time; a second call stops one that takes long."""

    def __init__(
        self,
        notebook: Callable[[], Notebook],
        notifier: Notifier,
        tasks: Tasks,
        editor: NotebookEditor,
    ) -> None:
        """Take the services of the screen; `notebook` opens the notebook when it is needed."""
        self._notebook = notebook
        self._notifier = notifier
        self._tasks = tasks
        self._editor = editor
        self._stop: Event | None = None

    def undo(self) -> None:
        """Undo the last change, and say what it was."""
        self._step(undone=True)

    def redo(self) -> None:
        """Redo the change that was undone last, and say what it was."""
        self._step(undone=False)

    def _step(self, *, undone: bool) -> None:
        """Undo a change, or redo one if `undone` is false: in a thread if it is a large one."""
        if self._stop is not None:
            self._stop.set()
        elif self._notebook().has_large_step(undone=undone):
            self._stop = stop = Event()
            self._notifier.say("Undoing …" if undone else "Redoing …")
            job = partial(self._run, stop, undone)
            self._tasks.in_thread(job, group="bulk", exclusive=False)
        elif undone:
            self._editor.undo()
        else:
            self._editor.redo()

    def _run(self, stop: Event, undone: bool, pause: Pause) -> None:
        """Thread body: undo or redo a change, and show the progress.

        Inside the transaction the main thread must not be waited for, because it may be waiting for
        the notebook.
        """
        verb = "Undoing" if undone else "Redoing"

        def show(done: int) -> None:
            """Show how many records are done."""
            words = f"{verb}: {done:,} records …  ·  the same key stops"
            self._tasks.post(self._notifier.say, words)

        notebook = self._notebook()
        try:
            label = (notebook.undo if undone else notebook.redo)(counting_pause(pause, stop, show))
        except StoppedError:
            self._tasks.post(self._stopped)
            raise
        except TuiReaderError as error:
            self._tasks.call(self._end, undone, partial(_raise, error))
        else:
            self._tasks.call(self._end, undone, lambda: label)

    def _end(self, undone: bool, outcome: Callable[[], str | None]) -> None:
        """Show what was undone or redone, or the error that `outcome` raises."""
        self._stop = None
        (self._editor.undo if undone else self._editor.redo)(outcome)

    def _stopped(self) -> None:
        """Say that the user has stopped it."""
        self._stop = None
        self._notifier.say("Stopped. Nothing was changed.")


def _raise(error: TuiReaderError) -> str | None:
    """Raise an error that a thread has had."""
    raise error
