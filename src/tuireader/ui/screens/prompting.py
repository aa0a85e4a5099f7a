"""A screen with a status line, whose panes may ask for a line of words."""

from typing import TypeVar

from textual import on
from textual.screen import Screen

from tuireader.ui.widgets.asking import Asked
from tuireader.ui.widgets.status_line import StatusLine

T = TypeVar("T")


class Prompting(Screen[T]):
    """Puts the line in which words are typed above the status line."""

    @on(Asked)
    def _ask(self, event: Asked) -> None:
        from tuireader.ui.widgets.prompt_line import PromptLine  # noqa: PLC0415 - not at the start

        event.stop()
        if all(line.has_ended for line in self.query(PromptLine)):
            line = PromptLine(event.pane)
            self.mount(line, before=self.query_one(StatusLine))
            # At once, so that keys typed after this one are the line's.
            self.set_focus(line)
