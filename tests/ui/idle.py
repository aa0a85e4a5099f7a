"""Waiting until the program has done all that it was given, without a fixed pause.

Textual's own pilot waits until the process has used little processor time for 20 ms, twice a key.
That is most of the time that a test takes, and on a busy machine it may end too early. Here the
event loop tells whether it has anything to do. The names used are private: `_ready` is Python's
(3.11 to 3.14), the others are Textual's (8.2).
"""

import asyncio
from contextlib import suppress
from typing import Any

from tuireader.ui.type_ahead import DIALOG

PATIENCE = 60.0
"""Seconds after which something that was waited for will not come."""


BACKGROUND_PATIENCE = 5.0
"""Seconds that a key waits for the work in threads that the one before has begun."""

OPEN_ENDED = {"default", "describe", DIALOG}
"""The groups of the workers that may wait for a key, or for the test."""


async def until_idle(app: Any) -> None:
    """Wait until no message is being handled, all is laid out and drawn, and threads are done.

    What another timer will do later is not waited for.
    """
    loop: Any = asyncio.get_running_loop()
    with suppress(TimeoutError):
        async with asyncio.timeout(BACKGROUND_PATIENCE):
            while True:
                while await _had_a_turn(loop) or _brought_forward(app):
                    pass
                if not _is_at_work(app):
                    return
                await asyncio.sleep(0.001)


def _is_at_work(app: Any) -> bool:
    """Whether keys wait for one that is being handled, or a thread works for the screen."""
    type_ahead = getattr(app, "type_ahead", None)
    if type_ahead is not None and type_ahead.is_busy:
        return True
    return any(not worker.is_finished and worker.group not in OPEN_ENDED for worker in app.workers)


async def _had_a_turn(loop: Any) -> bool:
    """Let all that is ready have a turn; whether more has become ready."""
    await asyncio.sleep(0)
    return bool(loop._ready)


def _brought_forward(app: Any) -> bool:
    """Do now what Textual would do after some milliseconds; whether there was anything."""
    if app._resize_timer is not None:
        app._check_resize()
        return True
    screens = app.screen_stack
    if screens and screens[-1]._update_timer._active.is_set():
        screens[-1]._on_timer_update()
        return True
    return False
