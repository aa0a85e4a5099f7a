"""Background work in threads that do not delay keys and that can be cancelled."""

import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
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

SLICE_DURATION = 0.004
"""Seconds that a job runs before it pauses for keys."""

PAUSE_DURATION = 0.001
"""Seconds of each such pause."""


class StoppedError(Exception):
    """The job was cancelled."""


def worker_pause(worker: Worker[Any]) -> Pause:
    """Return the Pause for a worker: it raises after cancellation, else pauses for keys."""
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


class Tasks(Protocol):
    """Starts background jobs and dialogs, for objects that are not widgets."""

    def in_thread(
        self, job: Job, *, group: str, exclusive: bool = True, keys_wait: bool = False
    ) -> None:
        """Run a job in a thread; an exclusive one cancels the others of its group.

        With `keys_wait`, the next key waits for the job, but not for long.
        """

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function in the main thread from a job, and return its result."""

    def dialog(self, conversation: Coroutine[Any, Any, object]) -> None:
        """Run a coroutine that shows dialogs."""

    async def ask(self, screen: Screen[T]) -> T | None:
        """Show a screen from a dialog coroutine, and return its answer."""


class ScreenTasks:
    """Runs jobs as workers of a screen, which are cancelled when the screen is removed."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen

    def in_thread(
        self, job: Job, *, group: str, exclusive: bool = True, keys_wait: bool = False
    ) -> None:
        """Run a job in a thread; an exclusive one cancels the others of its group.

        With `keys_wait`, the next key waits for the job, but not for long.
        """

        def run() -> None:
            with suppress(StoppedError):
                job(worker_pause(get_current_worker()))

        self._screen.run_worker(
            run, name=OPENING if keys_wait else "", thread=True, group=group, exclusive=exclusive
        )

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function in the main thread from a job, and return its result."""
        return self._screen.app.call_from_thread(function, *args, **kwargs)

    def dialog(self, conversation: Coroutine[Any, Any, object]) -> None:
        """Run a coroutine that shows dialogs."""
        self._screen.run_worker(conversation, group=DIALOG)

    async def ask(self, screen: Screen[T]) -> T | None:
        """Show a screen from a dialog coroutine, and return its answer."""
        return await self._screen.app.push_screen_wait(screen)
