"""The program on the screen as a test drives it."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any, TypeVar

from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import WorkerCancelled
from ui.idle import PATIENCE

from tuireader.app.context import AppContext
from tuireader.domain.article import Article
from tuireader.ui.app import TuiReader
from tuireader.ui.reader.screen import ReaderScreen
from tuireader.ui.type_ahead import DIALOG

S = TypeVar("S", bound=Screen[Any])

OPEN_ENDED = {"default", DIALOG}
"""The groups of the workers that may wait for a key."""


class Reader:
    """The program as a test drives it: keys in, stored data or what is on the screen out."""

    def __init__(self, app: TuiReader, pilot: Pilot[None], desk: AppContext) -> None:
        self.app = app
        self.pilot = pilot
        self.desk = desk

    @property
    def screen(self) -> ReaderScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, ReaderScreen)
        return screen

    @property
    def article(self) -> Article:
        """The open article."""
        article = self.screen.article
        assert article is not None
        return article

    async def press(self, *keys: str) -> None:
        """Press keys, each one when all that the one before has begun is done."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def settle(self) -> None:
        """Wait until all that runs behind the screen is done."""
        await self.pilot.pause()
        while True:
            workers = [worker for worker in self.app.workers if worker.group not in OPEN_ENDED]
            if workers:
                with suppress(WorkerCancelled):
                    await workers[0].wait()
            elif self.app.type_ahead.is_busy:
                await asyncio.sleep(0.001)
            else:
                return
            await self.pilot.pause()

    async def until_so(self, condition: Callable[[], object]) -> None:
        """Wait until something is so that a timer or a thread brings about."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await self.pilot.pause(0.005)

    async def until(self, kind: type[S]) -> S:
        """The screen on top, once it is of a kind."""
        await self.until_so(lambda: isinstance(self.app.screen, kind))
        return self.top(kind)

    def top(self, kind: type[S]) -> S:
        """The screen on top, which is of this kind."""
        screen = self.app.screen
        assert isinstance(screen, kind)
        return screen

    def words(self) -> list[str]:
        """The words of what is kept, newest first."""
        return [mark.words for mark in self.desk.notebook.bookmarks.all()]

    def note(self, number: int) -> str:
        """The note on what is kept under a number."""
        mark = self.desk.notebook.bookmarks.get(number)
        assert mark is not None
        return mark.note

    def rows(self) -> list[str]:
        """The rows of the screen as they are drawn."""
        compositor = self.app.screen._compositor
        return ["".join(s.text for s in strip) for strip in compositor.render_strips()]


Start = Callable[..., AbstractAsyncContextManager[Reader]]
"""Begins a reader: sources, `size` in cells, and whether it is begun on the `library`."""
