"""Queues input until the previous input has been handled completely.

Textual handles a key while the effects of the previous key may still be pending: a message from a
pane to its screen, a worker that is about to open a dialog, a dialog that is closing. Here one key
is passed on at a time, so that keys typed quickly have the same effect as keys typed slowly.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, ParamSpec

from textual import events, work
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.worker import Worker, get_current_worker

from tuireader.ui.floods import is_outdated
from tuireader.ui.widgets.pane import Pane

P = ParamSpec("P")

DIALOG = "dialog"
"""The group of the workers that open dialogs."""

OPENING = "opening"
"""The name of the workers that open an article from a file."""

OPENING_TIMEOUT = 0.5
"""Seconds that the next key waits for an article to be opened."""

CHECK_INTERVAL = 0.002
"""Seconds between two checks whether a dialog has opened."""

QUIET_TURNS = 3
"""Turns of the event loop without a message after which an input counts as handled."""

MAX_WAIT = 5.0
"""Seconds after which the next key is passed on in any case, so that Ctrl+Q always works."""


def opens_dialog(method: Callable[P, Any]) -> Callable[P, Worker[Any]]:
    """Decorate a coroutine method of a screen so that it runs as a worker that opens dialogs.

    Calling the method then returns the worker at once, and keys wait until its dialog is open.
    """
    return work(method, group=DIALOG)


class TypeAhead:
    """A queue of input events; each is passed to the app when the one before is handled."""

    def __init__(self, app: App[Any]) -> None:
        """Create an empty queue of input for an application."""
        self._app = app
        self._waiting: deque[events.Event] = deque()
        self._handed_on: set[events.Event] = set()
        """Events that were passed on and have not come back; the app may drop one unseen."""
        self._is_harmless = False
        """Whether everything that is being handled leaves the next harmless key as it is."""
        self._task: asyncio.Task[None] | None = None
        self._dialogs: dict[Worker[Any], Screen[Any]] = {}
        self._valid_from = 0.0

    @property
    def is_busy(self) -> bool:
        """Whether an input event is being handled or queued."""
        return self._task is not None

    def holds(self, event: events.Event) -> bool:
        """Return whether the app must ignore an event: it is queued for later, or dropped.

        Returns False for an event to handle now: one that is no input, one that this queue passes
        on, or input that comes while no other is being handled.
        """
        if event.is_forwarded or not isinstance(event, events.InputEvent | events.Paste):
            return False
        if event in self._handed_on:
            self._handed_on.remove(event)
            return False
        if event.time < self._valid_from:
            return True
        if self._task is not None:
            if self._is_harmless and not self._waiting and self._harmless(event):
                return False
            if not is_outdated(event, len(self._waiting)):
                self._waiting.append(event)
            return True
        if not isinstance(event, events.MouseMove):
            self._is_harmless = self._harmless(event)
            self._task = asyncio.create_task(self._hand_on())
            self._task.add_done_callback(self._ended)
        return False

    def discard(self) -> None:
        """Drop the queued input, because it was meant for another program in the terminal."""
        self._valid_from = Message().time
        self._waiting.clear()
        self._handed_on.clear()

    def close(self) -> None:
        """Pass on no more input."""
        self._waiting.clear()
        if self._task is not None:
            self._task.cancel()

    @contextmanager
    def waiting_for(self, dialog: Screen[Any]) -> Iterator[None]:
        """Mark the current worker as waiting for a dialog's answer while the block runs.

        `dialog` is the screen that it has opened.
        """
        worker = get_current_worker()
        self._dialogs[worker] = dialog
        try:
            yield
        finally:
            self._dialogs.pop(worker, None)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Raise the exception of the task that passes input on, if there was one."""
        if not task.cancelled() and task.exception() is not None:
            # Raises it where Textual shows a traceback and leaves.
            self._app.call_later(task.result)

    async def _hand_on(self) -> None:
        """Pass on the queued events, one after the other."""
        try:
            await self._settle()
            while self._waiting:
                self._is_harmless = self._harmless(self._waiting[0])
                self._hand_on_next()
                while self._is_harmless and self._waiting and self._harmless(self._waiting[0]):
                    self._hand_on_next()
                await self._settle()
        finally:
            # In the same turn as the last look at the queue: a key that came between the two would
            # be queued for ever.
            self._task = None
            self._handed_on.clear()

    def _hand_on_next(self) -> None:
        """Pass the first queued event to the app."""
        event = self._waiting.popleft()
        self._handed_on.add(event)
        self._app.post_message(event)

    def _harmless(self, event: events.Event) -> bool:
        """Return whether an event may be handled before the one ahead of it is finished.

        That holds for typed text in a field and for cursor motions. Many of them can come at once,
        from a key held down or a terminal that cannot paste.
        """
        focused = self._app.focused if self._app.screen_stack else None
        if not isinstance(event, events.Key) or focused is None:
            return isinstance(event, events.MouseMove)
        if isinstance(focused, Pane):
            return focused.keys.is_idle and event.key in focused.move_keys
        return focused.check_consume_key(event.key, event.character)

    async def _settle(self) -> None:
        """Wait until the app has handled the last input completely."""
        with suppress(TimeoutError):
            async with asyncio.timeout(MAX_WAIT):
                opened_by = asyncio.get_running_loop().time() + OPENING_TIMEOUT
                quiet, screen, pumps = 0, None, self._pumps()
                while quiet < QUIET_TURNS:
                    await asyncio.sleep(0)
                    while self._is_opening_dialog() or self._is_opening_article(opened_by):
                        quiet = 0
                        await asyncio.sleep(CHECK_INTERVAL)
                    if screen is not self._top:
                        screen, pumps = self._top, self._pumps()
                    waiting = any(pump.message_queue_size for pump in pumps)
                    quiet = 0 if waiting else quiet + 1

    @property
    def _top(self) -> Screen[Any] | None:
        """Return the screen on top; None if there is none."""
        stack = self._app.screen_stack
        return stack[-1] if stack else None

    def _pumps(self) -> list[MessagePump]:
        """Return the app, and all widgets of the screen on top."""
        widgets = self._top.walk_children(with_self=True) if self._top else ()
        return [self._app, *widgets]

    def _is_opening_article(self, deadline: float) -> bool:
        """Return whether an article is being opened; False after the deadline.

        `deadline` is a time of the event loop, in seconds.
        """
        return asyncio.get_running_loop().time() < deadline and any(
            worker.name == OPENING and not worker.is_finished for worker in self._app.workers
        )

    def _is_opening_dialog(self) -> bool:
        """Return whether a worker is about to open its dialog, or to take its answer."""
        stack = self._app.screen_stack
        return any(
            worker.group == DIALOG
            and not worker.is_finished
            and self._dialogs.get(worker) not in stack
            for worker in self._app.workers
        )
