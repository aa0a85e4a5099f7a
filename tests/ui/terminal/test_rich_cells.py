"""Textual's own widgets show every letter, whatever the terminal makes of joined characters."""

from collections.abc import Iterator

import pytest
import rich.cells
from rich.segment import Segment
from textual.app import ComposeResult
from textual.widgets import Input, Static
from ui.terminal.terminal_model import TerminalModel
from ui.terminal.test_width_probe import TEXT, asked, each_terminal

from tuireader.layout.cells import cell_width, use_widths
from tuireader.layout.terminal_widths import STANDARD, WIDEST, TerminalWidths
from tuireader.ui.terminal.rich_cells import REPLACED, measure_as_terminal
from tuireader.ui.textual_compat import HookedApp, place_strips

SAMPLES = [TEXT[start : start + 12] for start in range(0, len(TEXT), 12)]
LETTERS = "".join(TEXT.split())


@pytest.fixture(autouse=True)
def rich_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in REPLACED:
        monkeypatch.setattr(rich.cells, name, getattr(rich.cells, name))
    monkeypatch.setattr(Segment, "split_cells", Segment.split_cells)
    yield
    use_widths(STANDARD)
    rich.cells.cached_cell_len.cache_clear()
    rich.cells.get_character_cell_size.cache_clear()


def measure(widths: TerminalWidths) -> None:
    use_widths(widths)
    measure_as_terminal()


@pytest.mark.parametrize("widths", [STANDARD, WIDEST], ids=["standard", "widest"])
def test_rich_measures_and_cuts_as_the_terminal_does(widths: TerminalWidths) -> None:
    measure(widths)
    for text in SAMPLES:
        assert rich.cells.cell_len(text) == cell_width(text)
        for cut in range(1, cell_width(text)):
            first, second = Segment(text).split_cells(cut)
            assert cell_width(first.text) == cut
            assert cell_width(second.text) == cell_width(text) - cut
            assert rich.cells.set_cell_size(text, cut) == first.text
        spans, cells = rich.cells.split_graphemes(text)
        assert "".join(text[start:end] for start, end, _ in spans) == text
        assert cells == sum(cells for _, _, cells in spans)


def test_rich_measures_by_its_own_table_if_that_is_named() -> None:
    own = [rich.cells.cell_len(text, "latest") for text in SAMPLES]
    measure(WIDEST)

    assert [rich.cells.cell_len(text, "latest") for text in SAMPLES] == own
    assert rich.cells.get_character_cell_size("\U0001f1e9", "latest") == 1
    assert rich.cells.get_character_cell_size("\U0001f1e9") == 2


def test_rich_measures_anew_when_the_widths_have_changed() -> None:
    measure(WIDEST)
    assert rich.cells.cell_len("🇩🇪") == 4

    measure(STANDARD)
    assert rich.cells.cell_len("🇩🇪") == 2
    assert rich.cells.get_character_cell_size("\U0001f1e9") == 1


class Widgets(HookedApp):
    """Widgets of Textual: a text in a frame, an input, and a message."""

    CSS = "Static { border: solid white; width: 30; } Input { width: 60; }"

    def compose(self) -> ComposeResult:
        yield Static(TEXT, markup=False)
        yield Input(value=TEXT[:40])

    def on_mount(self) -> None:
        self.notify(TEXT[:60], markup=False, timeout=1000)


@each_terminal
@pytest.mark.parametrize("certain", [True, False], ids=["measured", "not measured"])
async def test_no_letter_of_a_widget_is_lost_or_out_of_place(
    terminal: TerminalModel, certain: bool
) -> None:
    measure(asked(terminal).widths if certain else WIDEST)
    terminal.rows.clear()
    app = Widgets()
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await pilot.pause()
        frame = app.screen._compositor.render_full_update()
        place_strips(frame)
        terminal.write(frame.render_segments(app.console))

    lines = [terminal.line(row) for row in range(1, 41)]
    framed = [line for line in lines if line.startswith("│")]
    inside = "".join(line[1 : line.index("│", 1)] for line in framed)
    assert "".join(inside.split()) == LETTERS
    assert all(terminal.rows[row][30] == "│" for row in range(2, 2 + len(framed)))
    assert all(len(terminal.rows[row]) >= 100 for row in range(1, 41))
    others = "".join("".join(lines).split())
    assert "".join(TEXT[:40].split()) in others.replace("│", "")


async def test_the_frame_is_placed_where_only_a_part_is_drawn_again() -> None:
    measure(WIDEST)
    app = Widgets()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        text = app.query_one(Static)
        app.screen._compositor.render_full_update()
        text.update("हिन्दी 🇩🇪", layout=False)
        app.screen._compositor.update_widgets({text})
        frame = app.screen._compositor.render_partial_update()
        assert frame is not None
        place_strips(frame)
        assert "हिन्दी 🇩🇪" in frame.render_segments(app.console)
        terminal = TerminalModel()
        terminal.write(frame.render_segments(app.console))
    assert terminal.rows[2][30] == "│"
