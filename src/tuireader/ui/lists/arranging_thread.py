"""Sorts and filters the list of many articles in a thread, so that no key waits for it."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.worker import Worker

    from tuireader.ui.lists.articles import ArticleList

REST = 0.0005
"""Seconds that the thread rests after each step, so that keys are never late."""


class ArrangingThread:
    """Lists the articles that `ArticleModel.rest` yields, in a thread that the next key cancels."""

    def __init__(self, host: ArticleList) -> None:
        """Take the list; nothing is started yet."""
        self._host = host
        self._worker: Worker[None] | None = None
        self._is_outdated = False
        """Whether more is known since the thread was started."""

    def restart(self) -> None:
        """Cancel the thread, and start it anew if the list is not complete."""
        host, steps = self._host, self._host.model.rest
        self._is_outdated = False
        if self._worker is not None:
            self._worker.cancel()
            self._worker = None
        if steps is not None:
            show = partial(self._show, steps, host.model.catalogue.renumbered)
            show = partial(host.app.call_from_thread, show)
            self._worker = host.run_worker(
                partial(_arrange, steps, show, is_empty=not len(host.model)),
                thread=True,
                group="arrange",
            )

    def rearrange_later(self) -> None:
        """Sort and filter the list again, but only after a thread that does so has finished."""
        if self._worker is None:
            self._host.rearrange()
        else:
            self._is_outdated = True

    def _show(
        self, steps: object, renumbered: int, numbers: Sequence[int], *, is_all: bool
    ) -> None:
        """List the articles with these numbers, which `steps` has yielded.

        Do nothing if something else is listed now. If the numbers were changed since (see
        `Catalogue.renumbered`), sort and filter again. With `is_all`, they are complete.
        """
        host, model = self._host, self._host.model
        if model.rest is not steps:
            return
        if renumbered != model.catalogue.renumbered:
            host.rearrange()
            return
        if is_all:
            self._worker = model.rest = None
        host.renew(model.show(numbers, host.cursor))
        if is_all and self._is_outdated:
            host.rearrange()


def _arrange(
    steps: Iterator[Sequence[int]], show: Callable[..., object], *, is_empty: bool
) -> None:
    """Thread body: sort and filter, and show what is found.

    `show` is called with the first articles if the list `is_empty`, and then with all of them,
    which `is_all` tells.
    """
    worker = get_current_worker()
    numbers: Sequence[int] = ()
    for numbers in steps:
        if worker.is_cancelled:
            return
        if is_empty and numbers:
            is_empty = False
            show(numbers, is_all=False)
        time.sleep(REST)
    if not worker.is_cancelled:
        show(numbers, is_all=True)
