"""A reader on a desk of its own for each test: real files, a real notebook."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual._context import active_app
from ui.idle import until_idle
from ui.pilot_reader import Reader, Start

from tuireader.app.startup import build_context
from tuireader.paths import AppPaths
from tuireader.ui.app import TuiReader
from tuireader.ui.reader import screen

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
    monkeypatch.setattr(screen, "TICK_INTERVAL", 3600)


@pytest.fixture(autouse=True)
def _has_a_usual_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw as in a terminal with box drawing, wherever the tests run."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


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


@pytest.fixture
def start(articles: Path, folders: AppPaths) -> Start:
    """Begins a reader on the articles, on the sources that are named, or on the library."""

    @asynccontextmanager
    async def begin(
        *sources: Path | str, size: tuple[int, int] = (132, 40), library: bool = False
    ) -> AsyncIterator[Reader]:
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
