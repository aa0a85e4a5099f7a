from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.layout.frame import DEFAULT_COLUMN, FRAME, SideWidths, pane_widths, text_column
from tuireader.ui.reader.pane_layout import NAMES, PaneLayout


class Layout:
    def __init__(self) -> None:
        self.said: list[str] = []
        self.panes: Any = {
            name: SimpleNamespace(has_focus=False, display=True, styles=SimpleNamespace(width=0))
            for name in NAMES
        }
        self.text: Any = SimpleNamespace(
            column=72, viewport=SimpleNamespace(text_column=SimpleNamespace(width=58))
        )
        self.layout = PaneLayout(self.panes, cast("Any", self.text), self._focus, self.said.append)

    def _focus(self, pane: Any) -> None:
        for other in self.panes.values():
            other.has_focus = other is pane
        self.layout.arrange()

    @property
    def shown(self) -> Any:
        return [name for name, pane in self.panes.items() if pane.display]


@pytest.fixture
def layout() -> Any:
    return Layout()


def test_as_many_panes_are_shown_as_the_screen_is_wide_enough_for(layout: Any) -> None:
    for total, shown in [(120, 3), (80, 2), (50, 1)]:
        layout.layout.arrange(total)
        assert len(layout.shown) == shown


def test_nothing_is_arranged_before_the_width_is_known(layout: Any) -> None:
    layout.layout.arrange()
    assert len(layout.shown) == 3


def test_the_side_that_had_the_keys_last_is_shown_beside_the_text(layout: Any) -> None:
    layout.layout.arrange(80)
    layout.layout.focus("quotes")
    assert layout.shown == ["text", "quotes"]
    layout.layout.focus("text")
    assert layout.shown == ["text", "quotes"]


def test_the_focus_moves_round_the_ends(layout: Any) -> None:
    layout.layout.arrange(120)
    layout.layout.focus_next(1)
    assert layout.layout.focused == "quotes"
    layout.layout.focus_next(1)
    assert layout.layout.focused == "articles"
    layout.layout.focus_next(-1)
    assert layout.layout.focused == "quotes"


def test_leaving_goes_back_one_level_at_a_time(layout: Any) -> None:
    layout.layout.arrange(120)
    layout.layout.focus("quotes")
    layout.layout.toggle_zoom()
    assert layout.shown == ["quotes"]
    layout.layout.leave()
    assert len(layout.shown) == 3
    for focused in ("text", "articles", "articles"):
        layout.layout.leave()
        assert layout.layout.focused == focused
    assert layout.said == ["Press q to quit."]


def test_the_text_column_changes_from_the_width_that_is_shown(layout: Any) -> None:
    assert layout.layout.resize_column(1) == 62
    assert layout.said == ["Text width: 62 (the window has no room for more)"]
    assert layout.layout.resize_column(-1) == 54
    assert layout.said[-1] == "Text width: 54"
    assert layout.layout.resize_column(0) == 72


def test_the_text_has_its_column_before_the_lists_grow() -> None:
    assert pane_widths(110) == (21, 69, 20)
    assert pane_widths(120) == (21, 79, 20)
    assert pane_widths(141) == (31, 80, 30)
    assert pane_widths(100) == (21, 79, 0)
    assert pane_widths(80) == (21, 59, 0)


@pytest.mark.parametrize("total", [100, 104, 120, 200])
def test_the_column_is_72_cells_wide_where_there_is_room(total: int) -> None:
    assert text_column(pane_widths(total).text - FRAME, DEFAULT_COLUMN).width == 72


@given(
    st.integers(20, 300),
    st.sampled_from(["articles", "text", "quotes"]),
    st.integers(0, 200),
    st.integers(0, 200),
)
def test_the_panes_fill_the_screen_whatever_was_chosen(
    total: int, focused: Any, articles: int, quotes: int
) -> None:
    widths = pane_widths(total, focused, chosen=SideWidths(articles, quotes))
    assert sum(widths) == total
    assert getattr(widths, focused) > 0 or total < 105
    assert all(width == 0 or width >= 16 for width in widths)


def test_a_width_that_was_chosen_is_kept_until_it_is_reset(layout: Any) -> None:
    layout.layout.arrange(120)
    layout.layout.focus("quotes")
    layout.layout.resize(1)
    assert layout.panes["quotes"].styles.width == 24
    layout.layout.resize(0)
    assert layout.panes["quotes"].styles.width == 20
