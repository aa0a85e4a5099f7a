from typing import Any

import pytest
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from ui.pilot_reader import Start

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
        await reader.press("1")
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
