"""How a worker in the background lets the keys pass, and ends when it is told to."""

import time
from collections.abc import Callable
from typing import Any

from textual.worker import Worker

SLICE = 0.004
"""Seconds that a background worker works before it lets the keys have a turn."""

REST = 0.001
"""Seconds that it then rests."""


class StoppedError(Exception):
    """A worker was told to stop."""


def worker_pause(worker: Worker[Any]) -> Callable[[], None]:
    """What a worker calls now and then: it ends if it was cancelled, and lets the keys pass."""
    rested = time.monotonic()

    def pause() -> None:
        nonlocal rested
        if worker.is_cancelled:
            raise StoppedError
        if time.monotonic() - rested > SLICE:
            time.sleep(REST)
            rested = time.monotonic()

    return pause
