"""Work in the background that lets the keys pass, and that ends when it is told to."""

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
"""What a job in a thread calls now and then; it raises StoppedError if the job was cancelled."""

Job = Callable[[Pause], None]
"""Work for a thread."""

SLICE = 0.004
"""Seconds that a background worker works before it lets the keys have a turn."""

REST = 0.001
"""Seconds that it then rests."""


class StoppedError(Exception):
    """A worker was told to stop."""


def worker_pause(worker: Worker[Any]) -> Pause:
    """Return the pause of a worker: it ends the worker if it was cancelled, else lets keys pass."""
    rested = time.monotonic()

    def pause() -> None:
        nonlocal rested
        if worker.is_cancelled:
            raise StoppedError
        if time.monotonic() - rested > SLICE:
            time.sleep(REST)
            rested = time.monotonic()

    return pause


class Tasks(Protocol):
    """Starts work that takes time, for objects that are no widgets."""

    def in_thread(
        self, job: Job, *, group: str, exclusive: bool = True, keys_wait: bool = False
    ) -> None:
        """Run a job in a thread; an exclusive one cancels the others of its group.

        With `keys_wait`, the next key waits for the job, but not for long.
        """

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function in the program's own thread, from a job; wait for its result."""

    def dialog(self, conversation: Coroutine[Any, Any, object]) -> None:
        """Run a coroutine that asks the user something."""

    async def ask(self, screen: Screen[T]) -> T | None:
        """Show a screen and return its answer, from within a dialog."""


class ScreenTasks:
    """Runs tasks as workers of a screen: they are cancelled when the screen is removed."""

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
        """Call a function in the program's own thread, from a job; wait for its result."""
        return self._screen.app.call_from_thread(function, *args, **kwargs)

    def dialog(self, conversation: Coroutine[Any, Any, object]) -> None:
        """Run a coroutine that asks the user something."""
        self._screen.run_worker(conversation, group=DIALOG)

    async def ask(self, screen: Screen[T]) -> T | None:
        """Show a screen and return its answer, from within a dialog."""
        return await self._screen.app.push_screen_wait(screen)
