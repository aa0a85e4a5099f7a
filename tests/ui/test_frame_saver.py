import os
from collections.abc import Callable
from pathlib import Path

import pytest
from ui.pilot_reader import Start

from tuireader.app.last_frame import LastFrame, decode, terminal_kind
from tuireader.paths import AppPaths
from tuireader.ui.first_paint import MIN_SCREEN_SIZE

SIZES = ((120, 40), (80, 24), (50, 12))


@pytest.fixture
def saved(folders: AppPaths, monkeypatch: pytest.MonkeyPatch) -> Callable[[], LastFrame | None]:
    """Returns the frame that was saved; the data folder is that of the environment."""
    monkeypatch.setenv("TUIREADER_DATA_DIR", str(folders.data))

    def read() -> LastFrame | None:
        path = folders.state / "frame"
        return decode(path.read_bytes()) if path.exists() else None

    return read


def here(size: tuple[int, int]) -> str:
    return terminal_kind(os.environ, size, "utf-8")


async def test_the_frame_of_last_time_is_what_textual_then_draws(
    start: Start, articles: Path, saved: Callable[[], LastFrame | None]
) -> None:
    file = articles / "1 harbour.txt"
    file.write_text(file.read_text() + "\n\nA further sentence." * 60, encoding="utf-8")
    for size in SIZES:
        async with start(file, size=size) as reader:
            await reader.press(*"jjjjjjjjjjj", "ctrl+q")
        frame = saved()
        assert frame is not None
        assert frame.fits([str(file)], here(size))
        async with start(file, size=size) as reader:
            rows = reader.rows()
            for x, y, _, words in frame.rows:
                assert y == 0 or rows[y][x : x + len(words)] == words


async def test_a_frame_of_the_library_is_for_a_start_without_sources(
    start: Start, articles: Path, saved: Callable[[], LastFrame | None]
) -> None:
    async with start() as reader:
        await reader.press("j")
        await reader.press("ctrl+q")
    frame = saved()
    assert frame is not None
    assert frame.fits([], here((132, 40)))
    async with start(library=True) as reader:
        assert reader.article.location == str(articles / "1 harbour.txt")
        rows = reader.rows()
        for x, y, _, words in frame.rows:
            assert y == 0 or rows[y][x : x + len(words)] == words


async def test_a_sample_has_a_frame_until_there_is_a_library(
    start: Start, articles: Path, saved: Callable[[], LastFrame | None]
) -> None:
    async with start(library=True) as reader:
        await reader.press("j", "ctrl+q")
    frame = saved()
    assert frame is not None
    assert frame.fits([], here((132, 40)))
    async with start(library=True) as reader:
        rows = reader.rows()
        assert all(y == 0 or rows[y][x:].startswith(words) for x, y, _, words in frame.rows)
        reader.desk.notebook.sources.add(str(articles))
    assert not frame.fits([], here((132, 40)))


async def test_an_article_that_changed_while_it_was_read_has_no_frame(
    start: Start, articles: Path, saved: Callable[[], LastFrame | None]
) -> None:
    file = articles / "1 harbour.txt"
    async with start(file) as reader:
        file.write_text("The harbour was closed.\n\nNobody said why.", encoding="utf-8")
        await reader.press("j", "ctrl+q")
    frame = saved()
    assert frame is None or not frame.fits([str(file)], here((132, 40)))


@pytest.mark.parametrize("changed", ["settings.toml", "state/resume.json", "notebook.jsonl"])
async def test_a_frame_does_not_fit_after_a_change_of(
    changed: str,
    start: Start,
    folders: AppPaths,
    saved: Callable[[], LastFrame | None],
) -> None:
    async with start() as reader:
        await reader.press("j", "ctrl+q")
    frame = saved()
    assert frame is not None
    assert frame.fits([], here((132, 40)))
    file = folders.data / changed
    file.write_bytes(file.read_bytes() + b"\n" if file.exists() else b"column = 60\n")
    assert not frame.fits([], here((132, 40)))


async def test_nothing_is_saved_if_the_environment_names_another_data_folder(
    start: Start, saved: Callable[[], LastFrame | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUIREADER_DATA_DIR", "/nowhere")
    async with start() as reader:
        await reader.press("j", "ctrl+q")
    assert saved() is None


async def test_a_screen_that_is_too_small_for_a_first_paint_has_no_frame(
    start: Start, saved: Callable[[], LastFrame | None]
) -> None:
    async with start(size=(MIN_SCREEN_SIZE[0] - 1, 24)) as reader:
        await reader.press("j", "ctrl+q")
    assert saved() is None
