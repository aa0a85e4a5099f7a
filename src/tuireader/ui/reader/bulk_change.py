"""Changes of many articles: in the background, with their progress, and as one undo step."""

from __future__ import annotations

from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from tuireader.domain.errors import TuiReaderError
from tuireader.ui.workers import StoppedError, counting_pause

if TYPE_CHECKING:
    from collections.abc import Callable

    from tuireader.ui.notebook_editor import NotebookEditor, Notifier
    from tuireader.ui.workers import Pause, Tasks

BACKGROUND_COUNT = 500
"""Articles from which a change runs in the background; 500 take about 30 ms."""


class BulkChange:
    """Runs changes of articles, one at a time; those of many articles in a thread.

    While one runs, another one is not begun: the running one is stopped, and changes nothing.
    """

    def __init__(self, notifier: Notifier, tasks: Tasks, editor: NotebookEditor) -> None:
        """Take the services of the screen."""
        self._notifier = notifier
        self._tasks = tasks
        self._editor = editor
        self._stop: Event | None = None

    def stop(self) -> bool:
        """Stop the running change; return whether there was one."""
        if self._stop is None:
            return False
        self._stop.set()
        return True

    def run(
        self,
        change: Callable[[Pause], object],
        count: int,
        message: str,
        on_done: Callable[[], None],
    ) -> None:
        """Make a change of the notebook, then call `on_done` and show the message.

        Args:
            change: Makes the change, in one transaction. It calls its argument after each article,
                and must let an exception that this raises pass, and then have changed nothing.
            count: The number of articles.
            message: What was done.
            on_done: Called in the main thread after the change was saved, and only then.
        """
        if count < BACKGROUND_COUNT:
            self._finish(lambda: change(lambda: None), message, on_done)
            return
        self._stop = stop = Event()
        self._notifier.say(f"0 of {count:,} articles …")
        job = partial(self._run, change, count, partial(self._end, message, on_done), stop)
        self._tasks.in_thread(job, group="bulk", exclusive=False)

    def _run(
        self,
        change: Callable[[Pause], object],
        count: int,
        on_done: Callable[[], None],
        stop: Event,
        pause: Pause,
    ) -> None:
        """Thread body: make a change, and show the progress; see `run`.

        Inside the transaction the main thread must not be waited for, because it may be waiting for
        the notebook.
        """

        def show(done: int) -> None:
            """Show how many articles are done."""
            words = f"{done:,} of {count:,} articles …  ·  the same key stops"
            self._tasks.post(self._notifier.say, words)

        try:
            change(counting_pause(pause, stop, show))
        except StoppedError:
            self._tasks.post(self._fail, None)
            raise
        except TuiReaderError as error:
            self._tasks.call(self._fail, error)
        else:
            self._tasks.call(on_done)

    def _end(self, message: str, on_done: Callable[[], None]) -> None:
        """Show what a change in the background has done."""
        self._stop = None
        self._finish(lambda: None, message, on_done)

    def _finish(
        self, change: Callable[[], object], message: str, on_done: Callable[[], None]
    ) -> None:
        """Make a change, which may be done already, and show what was done."""
        if self._editor.change(change, message):
            on_done()

    def _fail(self, error: TuiReaderError | None) -> None:
        """Show why a change was not made; None if it was stopped."""
        self._stop = None
        if error is None:
            self._notifier.say("Stopped. Nothing was changed.")
        else:
            self._notifier.say("")
            self._notifier.complain(error)
