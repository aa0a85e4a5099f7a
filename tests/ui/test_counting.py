"""What is still being counted is not shown as if it were final."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from textual.pilot import Pilot
from ui.idle import PATIENCE
from ui.pilot_reader import Start

from tuireader.app.context import AppContext
from tuireader.app.startup import build_context
from tuireader.domain.article_list import ListEntry
from tuireader.library.catalogue import Catalogue
from tuireader.paths import AppPaths
from tuireader.ui.app import TuiReader
from tuireader.ui.reader.screen import ReaderScreen

TOTAL = 300


@contextmanager
def slow_titles(
    desk: AppContext, let_through: int
) -> Iterator[tuple[threading.Event, threading.Event]]:
    """Have titles be read in the background up to a number, and the rest when that is allowed.

    Yields two events: the number is reached, and the rest may be read.
    """
    describe = desk.catalogue._describe
    reached, ready = threading.Event(), threading.Event()
    first = threading.Semaphore(let_through)

    def wait_and_describe(location: str) -> ListEntry:
        in_background = threading.current_thread() is not threading.main_thread()
        if in_background and not first.acquire(blocking=False):
            reached.set()
            ready.wait(PATIENCE)
        return describe(location)

    desk.catalogue = Catalogue(wait_and_describe)
    try:
        yield reached, ready
    finally:
        ready.set()


def desk_with(folders: AppPaths, tmp_path: Path) -> AppContext:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(TOTAL):
        title = f"About the {'harbour' if number % 3 == 0 else 'river'} {number}"
        (folder / f"{number:03}.txt").write_text(f"{title}\n\nA text.\n", encoding="utf-8")
    return build_context((str(folder),), folders)


async def until(pilot: Pilot[None], condition: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await pilot.pause(0.005)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, without waiting for titles to be read."""
    app = pilot.app
    assert isinstance(app, TuiReader)
    for key in keys:
        await pilot.press(key)
        await until(pilot, lambda: not app.type_ahead.is_busy)


def reader_screen(app: TuiReader) -> ReaderScreen:
    assert isinstance(app.screen, ReaderScreen)
    return app.screen


async def test_a_filter_says_that_titles_are_still_being_read(
    folders: AppPaths, tmp_path: Path
) -> None:
    desk = desk_with(folders, tmp_path)
    with slow_titles(desk, 100) as (reached, ready):
        app = TuiReader(desk)
        async with app.run_test(size=(120, 40)) as pilot:
            articles = reader_screen(app).articles
            await until(pilot, lambda: len(desk.catalogue) == TOTAL)
            await until(pilot, lambda: reader_screen(app).article is not None)
            await press(pilot, "alt+1", "slash", *"harbour", "enter")
            await until(pilot, reached.is_set)
            await pilot.pause()
            read = desk.catalogue.described_count
            assert f" so far, {read / TOTAL:.0%} read… · harbour" in articles.heading()
            await press(pilot, "z", "o")
            assert f" so far, reading titles {read} of {TOTAL}… · harbour" in articles.heading()
            assert articles.count < TOTAL / 3
            ready.set()
            await app.workers.wait_for_complete(
                [worker for worker in app.workers if worker.group == "describe"]
            )
            await pilot.pause()
            assert articles.heading() == f"Articles {TOTAL // 3}/{TOTAL} · harbour"
    desk.notebook.close()


async def test_a_filter_that_finds_nothing_yet_does_not_say_that_nothing_matches(
    folders: AppPaths, tmp_path: Path
) -> None:
    desk = desk_with(folders, tmp_path)
    with slow_titles(desk, 0) as (_, ready):
        app = TuiReader(desk)
        async with app.run_test(size=(120, 40)) as pilot:
            articles = reader_screen(app).articles
            await until(pilot, lambda: len(desk.catalogue) == TOTAL)
            await until(pilot, lambda: reader_screen(app).article is not None)
            await press(pilot, "alt+1", "slash", *"harbour 297", "enter")
            assert articles.model.empty_text() == "No matching article so far"
            ready.set()
            await app.workers.wait_for_complete(
                [worker for worker in app.workers if worker.group == "describe"]
            )
            await pilot.pause()
            assert articles.count == 1
    desk.notebook.close()


async def test_quotations_are_not_counted_before_they_are_found(start: Start) -> None:
    async with start() as reader:
        headings = []
        listed = reader.screen.quotations
        reader.screen.watch(
            reader.screen, "quotes", lambda _: headings.append(listed.heading()), init=False
        )
        assert listed.heading() == "Quotes 3"
        await reader.press("J")
        assert listed.heading() == "Quotes 1"
        assert "Quotes 0" not in headings


async def test_a_list_that_is_still_being_filled_takes_keys(start: Start) -> None:
    async with start() as reader:
        reader.screen.articles.filling = True
        await reader.press("alt+1")
        assert reader.screen.articles.has_focus


async def test_before_an_article_is_open_there_is_no_count_of_quotations(folders: AppPaths) -> None:
    desk = build_context((), folders)
    app = TuiReader(desk)
    screen = app.get_default_screen()
    assert isinstance(screen, ReaderScreen)
    assert screen.searching
    desk.notebook.close()
