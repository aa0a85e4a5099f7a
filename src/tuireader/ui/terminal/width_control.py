"""Has the terminal measured when a text first needs it, and lays the screen out by the answer."""

from textual.app import App

from tuireader.layout.cells import use_widths
from tuireader.ui.terminal.driver import FastExitDriver
from tuireader.ui.terminal.rich_cells import measure_as_terminal
from tuireader.ui.terminal.stored_widths import StoredWidths
from tuireader.ui.terminal.width_probe import WidthsMeasured
from tuireader.ui.widgets.pane import Pane


class WidthControl:
    """Asks the terminal for its widths at most once, and uses and stores the answer."""

    def __init__(self, app: App[None], stored: StoredWidths) -> None:
        """Create a control for an app; `stored` has what was measured before."""
        self._app = app
        self._stored = stored
        FastExitDriver.graphemes = stored.graphemes

    def start(self) -> None:
        """Lay out by the stored widths, if there is a terminal."""
        if FastExitDriver.running is not None:
            self._stored.use()
            measure_as_terminal()

    def need(self) -> None:
        """Ask the terminal, unless it is known, was asked before, or there is none."""
        driver, row = FastExitDriver.running, self._app.size.height
        if driver is None or row < 2 or self._stored.are_certain:
            return
        if driver.measure_widths(row):
            self._app.refresh(layout=True)
            self._app.call_after_refresh(driver.show_output)

    def use(self, answer: WidthsMeasured) -> None:
        """Lay out what is on the screen by the terminal's answer, and store it."""
        self._stored.store(answer.widths, graphemes=answer.graphemes)
        if not use_widths(answer.widths):
            return
        measure_as_terminal()
        for screen in self._app.screen_stack:
            for pane in screen.query(Pane):
                pane.resized()
                pane.refresh()
        self._app.refresh(layout=True)
