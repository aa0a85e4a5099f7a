"""How much is styled, laid out and drawn for a key: counted, because no test reads a clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.css.stylesheet import Stylesheet
from textual.strip import Strip
from ui.pilot_reader import Reader, Start
from ui.terminal.terminal_model import TerminalModel

from tuireader.ui.reader.screen import ReaderScreen
from tuireader.ui.screens.notes import NotesScreen
from tuireader.ui.screens.speakers import SpeakersScreen
from tuireader.ui.textual_compat import ChangedCells
from tuireader.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from textual.screen import Screen


class Work:
    """What Textual did while it was counted."""

    def __init__(self) -> None:
        self.styled = 0
        self.laid_out: list[Screen[Any]] = []
        self.drawn: list[Any] = []

    def cells(self) -> int:
        """How many cells were drawn by updates of a part of the screen."""
        spans = [span for drawn in self.drawn for span in drawn.spans]
        return sum(last - first for _, first, last in spans)


@contextmanager
def counted_work() -> Iterator[Work]:
    work = Work()
    apply, reflow, update = Stylesheet.apply, Compositor.reflow, Compositor.render_update

    def counted_apply(self: Stylesheet, *given: Any, **named: Any) -> None:
        work.styled += 1
        apply(self, *given, **named)

    def counted_reflow(self: Compositor, parent: Any, *given: Any) -> Any:
        work.laid_out.append(parent)
        return reflow(self, parent, *given)

    def counted_update(self: Compositor, *given: Any, **named: Any) -> Any:
        drawn = update(self, *given, **named)
        if drawn is not None:
            work.drawn.append(drawn)
        return drawn

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "apply", counted_apply)
        patch.setattr(Compositor, "reflow", counted_reflow)
        patch.setattr(Compositor, "render_update", counted_update)
        yield work


def strips(reader: Reader) -> list[list[Segment]]:
    """The screen as it is drawn, with its styles."""
    drawn = reader.app.screen._compositor.render_strips()
    return [list(strip.simplify()) for strip in drawn]


async def test_a_pane_change_styles_nothing_and_draws_the_frames_only(start: Start) -> None:
    async with start() as reader:
        await reader.press("tab", "tab")  # to the articles
        with counted_work() as work:
            await reader.press("tab")
        assert work.styled == 0
        assert work.laid_out == []
        assert len(work.drawn) == 1
        assert isinstance(work.drawn[0], ChopsUpdate)
        assert work.cells() < 120 * 40 / 4


async def test_after_pane_changes_the_screen_is_as_if_all_were_drawn_anew(start: Start) -> None:
    async with start() as reader:
        for _ in range(4):
            await reader.press("tab")
            before = strips(reader)
            for pane in reader.app.screen.query(Pane):
                pane.refresh()
            assert strips(reader) == before


async def test_the_notes_are_laid_out_and_drawn_once_when_they_open(start: Start) -> None:
    async with start() as reader:
        await reader.press("b", "right_curly_bracket", "b")
        with counted_work() as work:
            await reader.press("B")
        screen = reader.top(NotesScreen)
        assert len(work.drawn) == 1
        assert work.laid_out.count(screen) <= 2  # Textual asks again after the widgets are mounted
        assert set(work.laid_out) == {screen}
        assert work.styled <= 8  # the screen, its selection, its widgets; the focus
        before = strips(reader)
        screen.refresh()
        for pane in screen.query(Pane):
            pane.refresh()
        await reader.settle()
        assert strips(reader) == before


async def test_the_speakers_are_laid_out_once_when_they_open(start: Start) -> None:
    async with start() as reader:
        await reader.press("S", "escape")  # now all of them are known
        with counted_work() as work:
            await reader.press("S")
        screen = reader.top(SpeakersScreen)
        assert set(work.laid_out) == {screen}
        assert len(work.laid_out) <= 2
        assert len(work.drawn) == 1


async def test_a_hidden_screen_is_not_drawn_and_is_whole_when_it_comes_back(start: Start) -> None:
    async with start() as reader:
        await reader.press("B")
        with counted_work() as work:
            reader.screen.refresh()
            reader.screen.text.refresh()
            reader.screen.status.say("Said behind the notes")
            await reader.settle()
        assert work.drawn == []
        await reader.press("q")
        assert isinstance(reader.app.screen, ReaderScreen)
        assert "Said behind the notes" in reader.rows()[-1]


async def test_all_is_drawn_when_the_terminal_was_cleared(start: Start) -> None:
    async with start() as reader:
        for keys in ("B", "q"):
            with counted_work() as work:
                reader.app.draw_anew()
                await reader.settle()
            assert isinstance(work.drawn[-1], LayoutUpdate)
            await reader.press(keys)


def test_only_the_cells_that_changed_are_written() -> None:
    row = Strip([Segment("|", Style()), Segment("body", Style(bold=True)), Segment("|", Style())])
    spans = [(0, 0, 1), (0, 3, 4), (1, 5, 6)]
    update = ChangedCells([{0: row}, {0: row}], spans, [[6], [6]])
    terminal = TerminalModel()
    terminal.write(update.render_segments(Console(color_system="truecolor")))
    assert terminal.rows == {1: {1: "|", 4: "d"}, 2: {6: "|"}}
