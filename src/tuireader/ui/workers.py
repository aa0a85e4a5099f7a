"""Background work in threads that do not delay keys and that can be cancelled."""

import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from threading import Event
from typing import Any, ParamSpec, Protocol, TypeVar

from textual.screen import Screen
from textual.worker import Worker, get_current_worker

from tuireader.ui.type_ahead import DIALOG, OPENING

P = ParamSpec("P")
T = TypeVar("T")

Pause = Callable[[], None]
"""A function that a job calls many times a second; it raises StoppedError after cancellation."""

Job = Callable[[Pause], None]
"""A function that runs in a thread; it gets its Pause."""

MESSAGE_INTERVAL = 0.3
"""Seconds at least between two messages about the progress of a job."""

SLICE_DURATION = 0.004
"""Seconds that a job runs before it pauses for keys."""

PAUSE_DURATION = 0.001
"""Seconds of each such pause."""


class StoppedError(Exception):
    """The job was cancelled."""


def worker_pause(worker: Worker[Any]) -> Pause:
    """Return the Pause of a worker: it raises StoppedError after cancellation, else rests.

    It rests for `PAUSE_DURATION` whenever `SLICE_DURATION` has passed, so that keys are handled.
    """
    rested = time.monotonic()

    def pause() -> None:
        """Raise StoppedError if cancelled, and let keys pass when a slice is over."""
        nonlocal rested
        if worker.is_cancelled:
            raise StoppedError
        if time.monotonic() - rested > SLICE_DURATION:
            time.sleep(PAUSE_DURATION)
            rested = time.monotonic()

    return pause


def counting_pause(pause: Pause, stop: Event, show: Callable[[int], None]) -> Pause:
    """Return the Pause of a job that the user can stop, to call once for each record.

    It raises StoppedError when `stop` is set. `show` is called now and then with the number of
    records.
    """
    done, due = 0, time.monotonic() + MESSAGE_INTERVAL

    def for_each() -> None:
        """Count a record, show the progress if that is due, and raise if stopped."""
        nonlocal done, due
        pause()
        if stop.is_set():
            raise StoppedError
        done += 1
        if time.monotonic() > due:
            due = time.monotonic() + MESSAGE_INTERVAL
            show(done)

    return for_each


class Tasks(Protocol):
    """Starts background jobs and dialogs, for objects that are not widgets."""

    def in_thread(
        self, job: Job, *, group: str, exclusive: bool = True, keys_wait: bool = False
    ) -> None:
        """Run a job in a thread.

        Args:
            job: What is run; it gets its Pause.
            group: The name of the jobs that it belongs to.
            exclusive: Whether the other jobs of the group are cancelled.
            keys_wait: Whether the next key waits for the job, for a short time at most.
        """

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function in the main thread from a job, wait, and return its result."""

    def post(self, function: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        """Call a function in the main thread soon, from a job that must not wait for it."""

    def dialog(self, conversation: Coroutine[Any, Any, object]) -> None:
        """Start a coroutine that shows dialogs; keys typed next wait for its first dialog."""

    async def ask(self, screen: Screen[T]) -> T | None:
        """Show a screen from a coroutine that `dialog` runs, and return its answer.

        The answer is None if the user cancels.
        """


class ScreenTasks:
    """Runs jobs as workers of a screen, which are cancelled when the screen is removed."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen

    def in_thread(
        self, job: Job, *, group: str, exclusive: bool = True, keys_wait: bool = False
    ) -> None:
        """Run a job in a thread; see `Tasks.in_thread`."""

        def run() -> None:
            with suppress(StoppedError):
                job(worker_pause(get_current_worker()))

        self._screen.run_worker(
            run, name=OPENING if keys_wait else "", thread=True, group=group, exclusive=exclusive
        )

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function in the main thread from a job, wait, and return its result."""
        return self._screen.app.call_from_thread(function, *args, **kwargs)

    def post(self, function: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> None:
        """Call a function in the main thread soon, from a job that must not wait for it."""
        self._screen.call_later(function, *args, **kwargs)

    def dialog(self, conversation: Coroutine[Any, Any, object]) -> None:
        """Start a coroutine that shows dialogs; keys typed next wait for its first dialog."""
        self._screen.run_worker(conversation, group=DIALOG)

    async def ask(self, screen: Screen[T]) -> T | None:
        """Show a screen from a coroutine that `dialog` runs, and return its answer.

        The answer is None if the user cancels.
        """
        return await self._screen.app.push_screen_wait(screen)
