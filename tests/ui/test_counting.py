"""What is still being counted is not shown as if it were final."""

import asyncio
import threading
from contextlib import contextmanager

from tuireader.app.startup import build_context
from tuireader.library.catalogue import Catalogue
from tuireader.ui.app import TuiReader

TOTAL = 300
PATIENCE = 60.0
"""Seconds after which something that was waited for will not come."""


@contextmanager
def slow_titles(desk, let_through: int):
    """Have titles be read in the background up to a number, and the rest when that is allowed.

    Yields two events: the number is reached, and the rest may be read.
    """
    describe = desk.catalogue._describe
    reached, ready = threading.Event(), threading.Event()
    first = threading.Semaphore(let_through)

    def wait_and_describe(location: str):
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


def desk_with(folders, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(TOTAL):
        title = f"About the {'harbour' if number % 3 == 0 else 'river'} {number}"
        (folder / f"{number:03}.txt").write_text(f"{title}\n\nA text.\n", encoding="utf-8")
    return build_context((str(folder),), folders)


async def test_a_filter_says_that_titles_are_still_being_read(folders, tmp_path) -> None:
    desk = desk_with(folders, tmp_path)
    with slow_titles(desk, 100) as (reached, ready):
        app = TuiReader(desk)
        async with app.run_test(size=(120, 40)) as pilot:
            articles = app.screen.articles
            while len(desk.catalogue) < TOTAL:
                await pilot.pause()
            await pilot.press("1", "slash", *"harbour", "enter")
            await asyncio.to_thread(reached.wait, PATIENCE)
            await pilot.pause()
            read = desk.catalogue.described_count
            assert f" so far, {read / TOTAL:.0%} read… · harbour" in articles.heading()
            await pilot.press("z")
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
    folders, tmp_path
) -> None:
    desk = desk_with(folders, tmp_path)
    with slow_titles(desk, 0) as (_, ready):
        app = TuiReader(desk)
        async with app.run_test(size=(120, 40)) as pilot:
            articles = app.screen.articles
            while len(desk.catalogue) < TOTAL:
                await pilot.pause()
            await pilot.press("1", "slash", *"harbour 297", "enter")
            assert articles.model.empty_text() == "No matching article so far"
            ready.set()
            await app.workers.wait_for_complete(
                [worker for worker in app.workers if worker.group == "describe"]
            )
            await pilot.pause()
            assert articles.count == 1
    desk.notebook.close()


async def test_quotations_are_not_counted_before_they_are_found(start) -> None:
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


async def test_before_an_article_is_open_there_is_no_count_of_quotations(folders) -> None:
    desk = build_context((), folders)
    app = TuiReader(desk)
    assert app.get_default_screen().searching
    desk.notebook.close()
