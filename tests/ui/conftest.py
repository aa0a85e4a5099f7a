"""A reader on a desk of its own for each test: real files, a real notebook."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from textual._context import active_app
from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import WorkerCancelled
from ui.idle import PATIENCE, until_idle

from tuireader.app.context import AppContext
from tuireader.app.startup import build_context
from tuireader.paths import AppPaths
from tuireader.ui.app import TuiReader
from tuireader.ui.reader import screen
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

OPEN_ENDED = {"default", DIALOG}
"""The groups of the workers that may wait for a key."""


@pytest.fixture(autouse=True)
def _waits_for_messages_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have Textual's pilot wait for messages, and not for a pause of the processor."""

    async def wait(_min_sleep: float = 0, _max_sleep: float = 1) -> None:
        await until_idle(active_app.get())

    monkeypatch.setattr("textual.pilot.wait_for_idle", wait)
    monkeypatch.setattr("textual.app.wait_for_idle", wait)


@pytest.fixture(autouse=True)
def _does_not_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the reader from looking by itself for what other windows wrote.

    On a busy machine it would replace what a test has put on the screen.
    """
    monkeypatch.setattr(screen, "TICK", 3600)


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

    async def until(self, kind: type[Screen]) -> Screen:
        """The screen on top, once it is of a kind."""
        await self.until_so(lambda: isinstance(self.app.screen, kind))
        return self.app.screen

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
