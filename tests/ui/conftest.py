"""A reader on a desk of its own for each test: real files, a real notebook."""

from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from tuireader.app.context import AppContext
from tuireader.app.startup import build_context
from tuireader.paths import AppPaths
from tuireader.ui.app import TuiReader
from tuireader.ui.reader.screen import ReaderScreen
from tuireader.ui.type_ahead import DIALOG

HARBOUR = """ date 2026-03-14

The harbour that would not close

By Ida Strand

Ada Voss said the harbour would stay open. “We have kept the lights on for ninety years,” Voss \
said. “We will not stop because of a letter.”

A second paragraph follows, with a café in it. It has three sentences. The last one is short.

The quay at low water - NORDLYS/KYSTFOTO

“Nobody asked us,” said Karl Brandt, a pilot. He walked away. “Nobody at all,” he added.
"""

RIVER = """The river came back

It rained for nine days. The [government] said nothing, and [/x] was left of the bridge.

“It is only water,” said Mayor Lena Holt.
"""


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with two articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "1 harbour.txt").write_text(HARBOUR, encoding="utf-8")
    (folder / "2 river.txt").write_text(RIVER, encoding="utf-8")
    return folder


@pytest.fixture
def folders(tmp_path: Path) -> AppPaths:
    """Where the test's reader keeps its state."""
    return AppPaths.find(str(tmp_path / "data"), {})


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

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def settle(self) -> None:
        """Wait until all that runs behind the screen is done."""
        await self.pilot.pause()
        while self.app.type_ahead.is_busy:
            await self.pilot.pause()
        open_ended = {"default", DIALOG}
        while busy := [worker for worker in self.app.workers if worker.group not in open_ended]:
            await self.app.workers.wait_for_complete(busy)
            await self.pilot.pause()

    async def until(self, screen: type[Screen]) -> Screen:
        """The screen on top, once it is of a kind."""
        for _ in range(200):
            await self.pilot.pause()
            if isinstance(self.app.screen, screen):
                return self.app.screen
        raise AssertionError(f"{self.app.screen} is no {screen}")

    def words(self) -> list[str]:
        """The words of what is kept, newest first."""
        return [mark.words for mark in self.desk.notebook.bookmarks.all()]

    def rows(self) -> list[str]:
        """The rows of the screen as they are drawn."""
        compositor = self.app.screen._compositor
        return ["".join(s.text for s in strip) for strip in compositor.render_strips()]


Start = Callable[..., object]


@pytest.fixture
def start(articles: Path, folders: AppPaths) -> Start:
    """Begins a reader on the articles, on the sources that are named, or on the library."""

    @asynccontextmanager
    async def begin(
        *sources: Path | str, size: tuple[int, int] = (120, 40), library: bool = False
    ) -> Iterator[Reader]:
        usual = () if library else (str(articles),)
        named = tuple(str(source) for source in sources) or usual
        desk = build_context(named, folders)
        app = TuiReader(desk)
        async with app.run_test(size=size, notifications=True) as pilot:
            reader = Reader(app, pilot, desk)
            await reader.settle()
            yield reader
        desk.notebook.close()

    return begin
