import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from ui.pilot_reader import Start

from tuireader.app.resume import USUAL_STYLES, Resume
from tuireader.paths import AppPaths
from tuireader.ui.themes.theme_styles import first_paint_styles
from tuireader.ui.widgets.pane import Pane
from tuireader.ui.widgets.styles import STYLE_NAMES


async def test_the_stylesheet_defines_every_style(start: Start) -> None:
    async with start() as reader:
        styles = reader.app.theme_styles
        usual = styles.style("", "page", focused=False)
        for name in set(STYLE_NAMES) - {"page"}:
            assert styles.style(name, "page", focused=False) != usual, name


async def test_panes_share_the_styles_and_follow_the_focus_and_the_theme(start: Start) -> None:
    async with start() as reader:
        screen, styles = reader.screen, reader.app.theme_styles
        item = screen.articles.named_styles.style("item")
        assert item is styles.style("item", "page", focused=False)
        await reader.press("alt+1")
        focused = screen.articles.named_styles.style("item")
        assert focused is styles.style("item", "page", focused=True) is not item
        reader.app.theme = "nord"
        await reader.settle()
        assert screen.articles.named_styles.style("item") != focused


async def test_the_stylesheet_is_applied_to_no_node_for_the_styles_of_text(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    applied: list[DOMNode] = []
    apply = Stylesheet.apply

    def count(sheet: Stylesheet, node: DOMNode, **options: Any) -> None:
        applied.append(node)
        apply(sheet, node, **options)

    monkeypatch.setattr(Stylesheet, "apply", count)
    async with start() as reader:
        assert len(applied) < 40
        assert not any(pane.COMPONENT_CLASSES for pane in reader.screen.query(Pane))
        applied.clear()
        await reader.press("tab")
        assert len(applied) <= 4


async def test_the_very_first_start_is_painted_in_the_styles_of_the_default_theme(
    start: Start,
) -> None:
    async with start() as reader:
        console = Console(color_system="truecolor", force_terminal=True)
        found = first_paint_styles(reader.app.theme_styles, console)
        assert {f"{reader.app.theme} full": found} == USUAL_STYLES


async def test_the_styles_on_the_screen_are_kept_for_the_next_first_paint(
    start: Start, folders: AppPaths
) -> None:
    async with start() as reader:
        reader.app.theme = "nord"
        await reader.settle()
        await reader.press("ctrl+q")
        kept = Resume(folders.state / "resume.json").styles("nord full")
        assert set(kept) == set(USUAL_STYLES["tuireader-dark full"])


def test_a_kept_style_that_is_more_than_parameters_is_not_sent_to_the_terminal(
    tmp_path: Path,
) -> None:
    file = tmp_path / "resume.json"
    for style in ("1m\x1b]0;title", "38;2", "1" * 9):
        file.write_text(json.dumps({"styles": {"nord full": {"": "1", "frame": style}}}))
        assert bool(Resume(file).styles("nord full")) is (style == "38;2")
