"""Waiting until the program has done all that it was given, without a fixed pause.

Textual's own pilot waits until the process has used little processor time for 20 ms, twice a key.
That is most of the time that a test takes, and on a busy machine it may end too early. Here the
event loop tells whether it has anything to do. The names used are private: `_ready` is Python's
(3.11 to 3.14), the others are Textual's (8.2).
"""

import asyncio
from typing import Any

PATIENCE = 60.0
"""Seconds after which something that was waited for will not come."""


async def until_idle(app: Any) -> None:
    """Wait until no message is being handled, and all is laid out and drawn.

    What another timer or a thread will do later is not waited for.
    """
    loop: Any = asyncio.get_running_loop()
    async with asyncio.timeout(PATIENCE):
        while await _had_a_turn(loop) or _brought_forward(app):
            pass


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
