"""The screen that shows what a program printed."""

from collections.abc import Callable, Coroutine
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tuireader.domain.errors import TuiReaderError
from tuireader.ui.bindings import first_key
from tuireader.ui.commands.program import ProgramResult
from tuireader.ui.screens.dialogs import Dialog
from tuireader.ui.screens.scrolling import SCROLL_KEYS, scroll
from tuireader.ui.widgets.prompt_line import BACK_KEYS

MAX_SHOWN, MAX_LINES = 200_000, 10_000
"""Characters and lines of the output that are shown. To draw 100,000 lines takes seconds."""


class OutputScreen(Dialog[str | None]):
    """Runs a program, and shows what it printed, literally; closing it ends the program.

    It closes itself, and returns the answer, if the caller shows that elsewhere.
    """

    KEY_SCOPE: ClassVar = "output"
    BINDINGS = [*BACK_KEYS, *SCROLL_KEYS]

    def __init__(
        self,
        title: str,
        job: Callable[[], Coroutine[Any, Any, ProgramResult]],
        done: Callable[[], object] = lambda: None,
        answer: Callable[[ProgramResult], str] = lambda _: "",
    ) -> None:
        """Take the command line for the title, what runs the program, and what is called then.

        `answer` returns what the caller shows of the result elsewhere; "" if it is shown here.
        """
        super().__init__()
        self._title = title
        self._job = job
        self._done = done
        self._answer = answer

    def compose(self) -> ComposeResult:
        """Yield the title, the output, and a line on how the program is doing."""
        with Vertical():
            yield Static(Content(self._title), classes="heading")
            with VerticalScroll():
                yield Static(Content(""), id="output")
            yield Static(
                Content(f"Running…  ·  {first_key(self, 'escape')} ends it"), classes="hint"
            )

    def on_mount(self) -> None:
        """Run the program."""
        self.run_worker(self._run(), group="program")

    async def _run(self) -> None:
        """Run the program, and show what it printed and how it ended."""
        try:
            result = await self._job()
        except TuiReaderError as error:
            result = ProgramResult("", 1, str(error))
        if answer := self._answer(result):
            self._done()
            self.dismiss(answer)
            return
        shown = "\n".join(result.output[:MAX_SHOWN].split("\n")[:MAX_LINES]).rstrip("\n")
        rest = len(result.output.rstrip("\n")) - len(shown)
        parts = [result.ended_because]
        if result.status and not result.ended_because:
            parts.append(f"It failed with status {result.status}.")
        if not shown and not any(parts):
            parts.append("Done. It printed nothing.")
        if rest:
            parts.append(f"{rest:,} more characters are not shown.")
        self.query_one("#output", Static).update(Content(shown))
        hint = "  ·  ".join([*filter(None, parts), f"{first_key(self, 'escape')} closes"])
        self.query_one(".hint", Static).update(Content(hint))
        self._done()

    def action_back(self) -> None:
        """Close the screen; the program ends with it."""
        self.dismiss(None)

    def action_scroll(self, rows: int, pages: float = 0) -> None:
        """Scroll by rows, or by pages; a negative number scrolls back."""
        scroll(self.query_one(VerticalScroll), rows, pages)
