"""The prompt line above the status line, where the user types words to find.

A pane posts `PromptRequested` with a `Searchable`, and the screen mounts the line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Protocol, TypeVar, runtime_checkable

from rich.highlighter import Highlighter
from rich.text import Text
from textual import on
from textual.app import App
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from tuireader.ui.bindings import PANES, key
from tuireader.ui.keymap import HasKeymap, use_keymap
from tuireader.ui.widgets.status_line import StatusLine


@dataclass(frozen=True)
class QueryProblem:
    """What is wrong with a query, and the range of it in code points."""

    message: str
    start: int
    end: int


class QueryHelp(Protocol):
    """Tells what is wrong with a query, and how it can be completed."""

    def problem(self) -> QueryProblem | None:
        """Return what is wrong with the query typed last; None if nothing is."""

    def completions(self, query: str) -> Sequence[str]:
        """Return the whole queries that complete what is typed, the best first; () if none."""


class PromptHistory:
    """What was typed before, gone through by the arrow keys."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Take the lines, the newest last."""
        self._lines = [*lines, ""]
        self._at = len(self._lines) - 1

    def step(self, step: int, typed: str) -> str:
        """Return the line before (-1) or after (1) the present one, which is `typed`.

        The present line is kept while others are shown. At the ends it stays.
        """
        if self._at == len(self._lines) - 1:
            self._lines[-1] = typed
        self._at = max(0, min(self._at + step, len(self._lines) - 1))
        return self._lines[self._at]


@runtime_checkable
class HasHistory(Protocol):
    """What keeps the lines that were typed into it."""

    history: PromptHistory


@runtime_checkable
class KeepsTab(Protocol):
    """What stays open on Tab while there is nothing to complete."""

    keeps_tab: bool


class Searchable(Protocol):
    """What the prompt line searches: a text, or a list with a filter."""

    QUERY_PROMPT: str
    """The placeholder of the empty line, such as "Find"."""

    @property
    def query_help(self) -> QueryHelp | None:
        """Return what checks and completes queries; None if the words are no query."""

    def query_typed(self, query: str) -> None:
        """Handle a change of the typed words; `query` may be empty."""

    def query_ended(self, *, accepted: bool) -> None:
        """Handle the end of typing: by Enter (`accepted`), or by Esc."""

    def focus(self) -> object:
        """Take the focus back."""


@dataclass
class PromptRequested(Message):
    """A pane asks for the prompt line."""

    pane: Searchable
    """The object that receives the typed words."""


def next_completion(completions: Sequence[str], value: str) -> str | None:
    """Return the completion after a value; the first after the last.

    A value that is none of the completions is followed by the first. Returns None if there are
    fewer than two completions.
    """
    if len(completions) < 2:
        return None
    place = completions.index(value) + 1 if value in completions else 0
    return completions[place % len(completions)]


class ProblemMarker(Highlighter):
    """Underlines the wrong part of a query."""

    def __init__(self) -> None:
        self.problem: QueryProblem | None = None

    def highlight(self, text: Text) -> None:
        """Underline the part."""
        if self.problem is not None:
            text.stylize("bold underline", self.problem.start, self.problem.end)


class PromptLine(Input):
    """The input of the prompt line; it passes on each change."""

    BINDINGS = [
        key("escape", "leave(False)", "Cancel", "Leave the line", PANES, show=True),
        key("up,ctrl+p", "recall(-1)", "Earlier line", "What was typed before", PANES),
        key("down,ctrl+n", "recall(1)", "Later line", "What was typed after that", PANES),
        key("tab", "complete", "Complete", "Complete the words; again: the next ones", PANES),
    ]
    KEY_SCOPE: ClassVar = "prompt"

    def __init__(self, pane: Searchable, *, id: str | None = None) -> None:
        """Create an empty line for the object that gets the typed words."""
        self._marker = ProblemMarker()
        super().__init__(
            placeholder=f"{pane.QUERY_PROMPT}…", compact=True, id=id, highlighter=self._marker
        )
        self._pane = pane
        self._completions: tuple[str, ...] = ()
        """The completions of what was typed, while Tab goes through them."""
        self.has_ended = False
        """Whether the keys are the pane's again, and this line goes away."""
        self.cursor_blink = False

    def on_mount(self) -> None:
        """Use the keys that the reader chose."""
        if isinstance(self.app, HasKeymap):
            use_keymap(self, self.KEY_SCOPE, self.app.keymap)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass on the words typed so far, and show what is wrong with them."""
        event.stop()
        if event.value not in self._completions:
            self._completions = ()
        self._pane.query_typed(event.value)
        if self._pane.query_help is not None:
            self._show_problem(self._pane.query_help.problem())

    def _show_problem(self, problem: QueryProblem | None) -> None:
        """Mark the wrong part of the query, and show a message; remove both for None."""
        status, before = self.screen.query_one(StatusLine), self._marker.problem
        self._marker.problem = problem
        if problem is not None:
            status.say(problem.message)
        elif before is not None:
            status.hush()
        self.refresh()

    def action_recall(self, step: int) -> None:
        """Show the line that was typed before, or after; without a history, leave the line."""
        if not isinstance(self._pane, HasHistory):
            self.action_leave(accepted=True)
            return
        self.value = self._pane.history.step(step, self.value)
        self.cursor_position = len(self.value)

    def action_complete(self) -> None:
        """Complete the query, with the next completion if it was completed already."""
        completer = self._pane.query_help
        if not self._completions and completer is not None:
            self._completions = (*completer.completions(self.value), self.value)
        following = next_completion(self._completions, self.value)
        if following is None and isinstance(self._pane, KeepsTab):
            self.app.bell()  # a command is not run by a key that completes
        elif following is None:
            self.action_leave(accepted=True)
        else:
            self.value = following
            self.cursor_position = len(following)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Accept the words, on Enter."""
        event.stop()
        self.action_leave(accepted=True)

    def on_blur(self) -> None:
        """Accept the words when another widget gets the focus, for example by a click."""
        # While the terminal's window is in the background nothing has the keys.
        if self.screen.focused not in {None, self}:
            self._end(accepted=True)

    def action_leave(self, accepted: bool) -> None:
        """Close the line, keep the result if `accepted`, and give the focus back to the pane."""
        self._end(accepted=accepted, then_focus=True)

    def _end(self, *, accepted: bool, then_focus: bool = False) -> None:
        """Close the line, once: a second call does nothing.

        `accepted` is passed to the pane; with `then_focus` the pane gets the focus.
        """
        if self.has_ended:
            return
        self.has_ended = True
        self._pane.query_ended(accepted=accepted)
        if then_focus:
            self._pane.focus()
        self.remove()


T = TypeVar("T")


class UnsavedNote(Protocol):
    """A note that is kept as a draft, since its editor was closed without saving it."""

    def save_draft(self) -> bool:
        """Save the draft as the note; return whether there was one, and it is on the disk."""


class CommandLine(Protocol):
    """What takes commands that are typed by their names."""

    unsaved: UnsavedNote | None
    """The note whose editor was left last, for a command that saves; None for none."""

    def ask(self, kind: Literal["command", "pipe"], front: "PromptingScreen[Any]") -> None:
        """Open the prompt line of a screen for a command, or for a program to pipe to."""


@runtime_checkable
class HasCommands(Protocol):
    """The screen that runs commands, which is below the others."""

    commands: CommandLine


def commands_of(app: App[Any]) -> CommandLine | None:
    """Return what takes commands in a program; None if it has no main screen."""
    found = (screen for screen in app.screen_stack if isinstance(screen, HasCommands))
    return next((screen.commands for screen in found), None)


BACK_KEYS = (
    key("q", "back", "Back", "Back", PANES, name="back", show=True),
    key("escape", "back", "Back", "Back", PANES, name="escape"),
)
"""The keys that close a full screen above the main one; it has `action_back`."""

COMMAND_KEYS = (
    key(
        "colon",
        "command_line",
        "Command",
        "Type a command: an action of this screen, a command of the shell, or set",
        PANES,
        name="command-line",
    ),
    key("ctrl+q,Z Z,Z Q", "app.quit", "Quit", "Quit", PANES),
)
"""The keys of all full screens above the main one, which has its own."""


class PromptingScreen(Screen[T]):
    """A screen with a status line that shows the prompt line when a pane requests it."""

    def action_command_line(self) -> None:
        """Ask for a command, which the main screen runs."""
        commands = commands_of(self.app)
        if commands is not None:
            commands.ask("command", self)

    @on(PromptRequested)
    def _show_prompt(self, event: PromptRequested) -> None:
        """Mount the line above the status line, unless there is one."""
        event.stop()
        if all(line.has_ended for line in self.query(PromptLine)):
            line = PromptLine(event.pane)
            self.mount(line, before=self.query_one(StatusLine))
            # At once, so that keys typed after this one are the line's.
            self.set_focus(line)
