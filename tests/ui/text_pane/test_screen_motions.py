from pathlib import Path

import pytest
from ui.pilot_reader import Reader, Start


@pytest.fixture
def long(tmp_path: Path) -> Path:
    file = tmp_path / "long.txt"
    file.write_text("\n\n".join(f"Paragraph {n} is short." for n in range(1, 101)), "utf-8")
    return file


def here(reader: Reader) -> str:
    text = reader.screen.text
    return text.viewport.text[text.cursor.offset :].split(" is")[0]


def row(reader: Reader) -> int:
    text = reader.screen.text
    positions = [position for position, _ in text.viewport.rows()]
    return positions.index(text.cursor.position)


async def test_counts_go_to_paragraphs_and_percentages(start: Start, long: Path) -> None:
    async with start(long) as reader:
        await reader.press("4", "2", "G")
        assert here(reader) == "Paragraph 42"
        await reader.press("7", "g", "g")
        assert here(reader) == "Paragraph 7"
        await reader.press("5", "0", "percent_sign")
        assert here(reader).endswith(("50", "51"))
        await reader.press("1", "2", "right_curly_bracket")
        assert here(reader) in {"Paragraph 62", "Paragraph 63"}


async def test_jumps_are_gone_back_over_and_forward_again(start: Start, long: Path) -> None:
    async with start(long) as reader:
        await reader.press("4", "2", "G", "g", "g", "apostrophe", "apostrophe")
        assert here(reader) == "Paragraph 42"
        await reader.press("alt+right")
        assert here(reader) == "Paragraph 1"
        await reader.press("2", "ctrl+o")
        assert here(reader) == "Paragraph 1"
        await reader.press("2", "alt+right", "ctrl+o")
        assert here(reader) == "Paragraph 42"


async def test_the_line_is_scrolled_to_the_top_the_middle_and_the_bottom(
    start: Start, long: Path
) -> None:
    async with start(long) as reader:
        await reader.press("4", "2", "G", "z", "t")
        assert (row(reader), here(reader)) == (2, "Paragraph 42")
        await reader.press("z", "z")
        height = reader.screen.text.viewport.height
        assert row(reader) == height // 2
        await reader.press("z", "b")
        assert row(reader) == height - 3
        await reader.press("3", "ctrl+e")
        assert row(reader) == height - 6
        assert here(reader) == "Paragraph 42"


async def test_lines_of_the_screen_are_reached_by_h_m_and_l(start: Start, long: Path) -> None:
    async with start(long) as reader:
        await reader.press("4", "2", "G", "z", "z")
        shown = reader.screen.text.viewport.seen()
        await reader.press("H")
        assert reader.screen.text.cursor.offset == shown.start
        await reader.press("L")
        assert shown.start < reader.screen.text.cursor.offset < shown.end
        below = reader.screen.text.cursor.offset
        await reader.press("M")
        assert shown.start < reader.screen.text.cursor.offset < below


async def test_counts_work_in_lists_and_open_articles_further_on(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+1", "g", "g", "3", "j")
        assert reader.screen.articles.cursor == reader.screen.articles.count - 1
        await reader.press("5", "K")
        assert reader.screen.articles.model.index(reader.screen.articles.opened) == 0
        await reader.press("5", "J")
        assert reader.screen.articles.model.index(reader.screen.articles.opened) == 1
