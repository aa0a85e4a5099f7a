from pathlib import Path

import pytest
from textual.geometry import Size
from ui.pilot_reader import Reader, Start

from tuireader.settings import load_settings
from tuireader.ui.lists.articles import ArticleList
from tuireader.ui.lists.quotes import QuoteList
from tuireader.ui.text_pane.pane import TextPane
from tuireader.ui.widgets.pane import Pane


async def drag(
    reader: Reader,
    pane: type[Pane],
    start: tuple[int, int],
    end: tuple[int, int],
    up: tuple[int, int] | None = None,
) -> None:
    """Drag from one cell of a pane to another, which is `up` if the pane moves meanwhile."""
    await reader.pilot.mouse_down(pane, offset=start)
    await reader.pilot.hover(pane, offset=end)
    await reader.settle()
    await reader.pilot.mouse_up(pane, offset=up or end)
    await reader.settle()


async def test_the_focused_pane_is_told_by_heavier_lines(start: Start) -> None:
    async with start() as reader:
        assert (reader.rows()[0][0], reader.rows()[0][24]) == ("╭", "┏")
        await reader.press("alt+1")
        assert (reader.rows()[0][0], reader.rows()[0][24]) == ("┏", "╭")


async def test_a_terminal_without_box_drawing_has_frames_of_ascii(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "vt100")
    async with start() as reader:
        upper, lower = reader.rows()[0], reader.rows()[-2]
        assert upper.startswith("+- Articles")
        assert "#= Text =" in upper
        assert lower.replace("-", "").replace("=", "").isascii()


async def test_the_frame_between_two_panes_is_dragged_and_kept(start: Start) -> None:
    async with start() as reader:
        await drag(reader, TextPane, (0, 10), (8, 10), up=(0, 10))
        assert reader.screen.articles.size.width == 32
        await drag(reader, QuoteList, (0, 10), (4, 10), up=(0, 10))
        assert reader.screen.quotations.size.width == 22
        kept = load_settings(reader.desk.settings_file)
        assert (kept.articles_width, kept.quotes_width) == (32, 22)
        assert not reader.screen.text.selection
    async with start() as reader:
        assert reader.screen.articles.size.width == 32


async def test_the_scroll_bars_are_dragged(start: Start, tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text("\n\n".join(f"Paragraph {n} says a little." for n in range(500)))
    async with start(long) as reader:
        text = reader.screen.text
        right = text.size.width - 1
        await drag(reader, TextPane, (right, 1), (right, 20))
        share = text.viewport.share()
        assert share is not None
        assert 0.4 < share[0] < 0.6
        assert text.viewport.seen().start <= text.cursor.offset <= text.viewport.seen().end
        await drag(reader, TextPane, (right, 20), (right, 38))
        assert text.viewport.is_at_end
        await drag(reader, TextPane, (right, 37), (right, 1))
        assert text.viewport.has_masthead


async def test_a_click_on_the_frame_of_a_list_opens_nothing(start: Start) -> None:
    async with start() as reader:
        before = reader.article.location
        await reader.pilot.click(ArticleList, offset=(0, 4))
        await reader.settle()
        assert reader.article.location == before


async def test_keys_change_the_width_of_the_focused_pane(start: Start) -> None:
    async with start() as reader:
        widths = [reader.screen.text.size.width]
        for key in ("greater_than_sign", "less_than_sign", "less_than_sign"):
            await reader.press(key)
            widths.append(reader.screen.text.size.width)
        assert widths[1] > widths[0] == widths[2] > widths[3]
        await reader.press("alt+1", "greater_than_sign")
        assert reader.screen.articles.size.width > 24


async def test_a_frame_has_its_new_size_before_the_message_of_it_has_come(start: Start) -> None:
    async with start(size=(120, 40)) as reader:
        screen = reader.app.screen
        screen._refresh_layout(Size(120, 25))
        rows = [strip.text for strip in screen._compositor.render_strips()]

        assert [y for y, row in enumerate(rows) if "╰" in row] == [23]
        assert [y for y, row in enumerate(rows) if "╯" in row] == [23]
