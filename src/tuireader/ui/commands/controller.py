"""Runs what is typed after `:` and `|`, and the reader's own commands."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import TYPE_CHECKING, Literal

from tuireader.domain.errors import TuiReaderError
from tuireader.layout.places import numbered_paragraph, percent_place, word_passage
from tuireader.text.messages import shortened
from tuireader.ui.commands.grammar import ALIASES, ON_OTHER_SCREENS, CommandVocabulary, TypedCommand
from tuireader.ui.commands.program import (
    TIME_LIMIT,
    answer_in_line,
    filled,
    run_program,
)
from tuireader.ui.commands.prompt import CommandPrompt
from tuireader.ui.commands.setting_changes import SettingChanges
from tuireader.ui.palette import bindings_on
from tuireader.ui.widgets.prompt_line import PromptRequested
from tuireader.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from typing import Any

    from textual.screen import Screen

    from tuireader.ui.commands.program import ProgramResult
    from tuireader.ui.reader.screen import ReaderScreen
    from tuireader.ui.widgets.prompt_line import PromptingScreen, UnsavedNote

    ProgramJob = Callable[[], Coroutine[Any, Any, ProgramResult]]

VERB_TIME_LIMIT = 3600.0
"""Seconds after which a command of the program itself is ended."""

ANSWER_TIME = 1.0
"""Seconds for which the keys wait for the answer of a command."""

BESIDE_ANSWER = 16
"""Cells of the status line that an answer leaves to the reading position."""

WITH_ARTICLE = {"tag": 1, "untag": 1, "mark": 1, "star": 0, "unstar": 0, "show": 0, "quotes": 0}
"""The commands that take the open article if no source is named, and their other arguments."""

WIDTH_VARIABLE = "COLUMNS"
"""The environment variable that tells a program how wide its output may be."""


def _actions_on(screen: Screen[Any]) -> dict[str, str]:
    """Return what each action of a screen and its panes does, by name.

    Those that need a character typed after the key are left out.
    """
    return {
        binding.id or "": binding.tooltip
        for binding, _ in bindings_on(screen)
        if not binding.key.endswith(" *")
    }


async def _ended(running: asyncio.Future[ProgramResult]) -> ProgramResult:
    """Wait for a program, and return its result; when this is cancelled, so is the program."""
    return await running


class CommandController:
    """Runs commands that were typed by their names, for the reader's screen."""

    def __init__(self, screen: ReaderScreen) -> None:
        """Take the screen, whose article, selection and panes the commands are about."""
        self._screen = screen
        self._context = screen.context
        self._settings = SettingChanges(screen)
        self.unsaved: UnsavedNote | None = None
        """The note whose editor was left last without saving it; None for none."""

    def vocabulary(self, front: Screen[Any]) -> CommandVocabulary:
        """Return the names that can be typed now on a screen: the main one, or one above it."""
        actions = _actions_on(front)
        is_main = front is self._screen
        elsewhere = frozenset() if is_main else frozenset(_actions_on(self._screen)) - {*actions}
        return CommandVocabulary(
            actions=actions,
            verbs=self._context.verbs,
            own=dict(self._context.settings.commands),
            settings=self._settings.values(),
            aliases=ALIASES if is_main else ON_OTHER_SCREENS,
            elsewhere=elsewhere,
            has_unsaved=self.unsaved is not None,
            complete=self._context.complete_verb,
        )

    def ask(self, kind: Literal["command", "pipe"], front: PromptingScreen[Any]) -> None:
        """Open the prompt line of a screen for a command, or for a program that gets the passage.

        `front` is the main screen or one above it.
        """
        focused = front.focused or front
        is_pipe = kind == "pipe"
        prompt = CommandPrompt(
            partial(self.vocabulary, front),
            partial(self.run, front=front),
            focused.focus,
            self._context.usage,
            prompt="Pipe to a program" if is_pipe else "Command",
            prefix="|" if is_pipe else "",
        )
        front.post_message(PromptRequested(prompt))

    def run(self, line: str, front: Screen[Any] | None = None) -> None:
        """Run a line that was typed on a screen, None for the main one; say what is wrong with it.

        What cannot be run is told in the status line of that screen.
        """
        front = front or self._screen
        say = front.query_one(StatusLine).say
        vocabulary = self.vocabulary(front)
        command = vocabulary.parsed(line)
        try:
            match command.kind:
                case "action":
                    self.run_action(command.name, front)
                case "verb":
                    self._run_verb(command.name, command.rest, front)
                case "program":
                    self._run_program(command.rest)
                case "own":
                    self.run_own(command.name, command.rest)
                case "":
                    say(vocabulary.wrong(line))
                case _:
                    say(self._answer(command, front))
        except TuiReaderError as error:
            say(str(error))

    def _answer(self, command: TypedCommand, front: Screen[Any]) -> str:
        """Go to a place, change a setting or "write", and return what there is to say about it.

        Raises TuiReaderError if there is no such setting, or its value is not valid.
        """
        if command.kind == "write":
            unsaved, self.unsaved = self.unsaved, None
            if unsaved is not None and unsaved.save_draft():
                return "Note saved"
            return self._save_draft()
        if command.kind == "set" and not command.name:
            self._screen.tasks.dialog(self.choose_setting())
            return ""
        if command.kind == "set":
            return self._settings.change(command.name, command.rest)
        if front is not self._screen:
            return "A number goes to a paragraph of the text. :q goes back to it."
        self._go(command.kind, int(command.rest[:9]))
        return ""

    def _save_draft(self) -> str:
        """Save the draft at the cursor, or the only one of the article; return what to say."""
        bookmarking, text = self._screen.controllers.bookmarking, self._screen.text
        found = bookmarking.drafts_near(text.selected or text.cursor.sentence)
        if len(found) == 1:
            return "Note saved" if bookmarking.save_draft(found[0]) else self._screen.status.said
        if found:
            return f"{len(found)} drafts here. a on the passage of one continues it."
        if self._context.notebook.drafts.all():
            return "A draft is not saved. B lists it, and a continues it there."
        return "Nothing has to be saved: all that you keep is on the disk at once."

    def run_action(self, name: str, front: Screen[Any]) -> None:
        """Run the action with a name, as its key would in the pane or on the screen that has it."""
        for binding, node in bindings_on(front):
            if binding.id == name:
                self._context.usage.used(name)
                # Later, when the prompt line is gone and the pane has the focus again.
                front.call_later(front.app.run_action, binding.action, node)
                return

    def run_own(self, name: str, rest: str = "") -> None:
        """Run the reader's command with a name; `rest` are more arguments.

        Raises TuiReaderError if its line is no command line.
        """
        line = dict(self._context.settings.commands)[name]
        self._context.usage.used(name)
        self._run_program(f"{line} {rest}".strip())

    def _go(self, kind: str, number: int) -> None:
        """Go to a paragraph by its number, or to a percentage of the text."""
        text = self._screen.text
        surface = text.viewport.surface()
        find = numbered_paragraph if kind == "paragraph" else percent_place
        self._screen.controllers.navigation.go_to(find(surface, number))

    async def choose_setting(self) -> None:
        """Show the settings screen, and change what is chosen there."""
        chosen = await self._settings.ask()
        if chosen is not None:
            self.run(f"set {chosen[0]} {chosen[1]}")

    def _run_verb(self, name: str, rest: str, front: Screen[Any]) -> None:
        """Run a command of the program as the shell does, on the same folders.

        An answer of one line is told in the status line of the screen `front`. Raises
        TuiReaderError if the arguments have an open quotation mark.
        """
        if name == "tour":  # its own program would be a second reader
            self.run_action("open-tour", self._screen)
            return
        words = filled(rest, {}) if rest else []
        others = [word for word in words if not word.startswith("-")]
        article = self._screen.article
        if article is not None and len(others) == WITH_ARTICLE.get(name, -1):
            words.append(article.location)
        command = [*self._context.program, name, *words]
        job = self._job(command, "", VERB_TIME_LIMIT)
        self._screen.tasks.dialog(self._tell(f"{name} {rest}".strip(), job, front))

    async def _tell(self, title: str, job: ProgramJob, front: Screen[Any]) -> None:
        """Run a program; tell an answer of one line in a status line, and show any other.

        The keys wait for the answer, at most for `ANSWER_TIME`; then they are those of the screen
        that shows the program, and can end it.
        """
        from tuireader.ui.screens.output import OutputScreen  # noqa: PLC0415 - not at the start

        running = asyncio.ensure_future(job())
        try:
            await asyncio.wait({running}, timeout=ANSWER_TIME)
        except asyncio.CancelledError:
            running.cancel()
            raise
        renew = self._screen.session.renew
        answer = partial(answer_in_line, width=front.size.width - BESIDE_ANSWER)
        told = answer(running.result()) if running.done() and not running.exception() else ""
        if told:
            renew()
        else:
            shown = OutputScreen(shortened(title, 70), partial(_ended, running), renew, answer)
            closed: str | None = await self._screen.tasks.ask(shown)
            told = closed or ""
        if told and front.is_attached:
            front.query_one(StatusLine).say(told)

    def _run_program(self, line: str) -> None:
        """Run a program with the passage on its standard input, and in place of {text}.

        Raises TuiReaderError if the line is no command line.
        """
        values = self._values()
        self._show(line, filled(line, values), values["text"])

    def _show(self, title: str, command: Sequence[str], given: str) -> None:
        """Run a program, and show what it prints; what it changed is shown afterwards."""
        from tuireader.ui.screens.output import OutputScreen  # noqa: PLC0415 - not at the start

        job, renew = self._job(command, given, TIME_LIMIT), self._screen.session.renew
        shown = self._screen.tasks.ask(OutputScreen(shortened(title, 70), job, renew))
        self._screen.tasks.dialog(shown)

    def _job(self, command: Sequence[str], given: str, time_limit: float) -> ProgramJob:
        """Return what runs a program, which is told how wide its output may be."""
        environ = os.environ | {WIDTH_VARIABLE: str(max(20, self._screen.size.width - 12))}
        return partial(run_program, command, given, time_limit=time_limit, environ=environ)

    def _values(self) -> dict[str, str]:
        """Return what {text}, {word}, {title}, {location} and {file} stand for.

        The text is the selection; without one, the article, or in the list the locations that are
        listed, a line each.
        """
        screen, article = self._screen, self._screen.article
        text_pane = screen.text
        whole = text_pane.viewport.text
        selected = text_pane.selected
        if selected is not None:
            text = selected.of(whole)
        elif screen.articles.has_focus:
            model = screen.articles.model
            text = "\n".join(model.location(index) for index in range(len(model)))
        else:
            text = whole
        location = article.location if article else ""
        word = word_passage(text_pane.viewport.surface(), text_pane.cursor.offset).of(whole)
        return {
            "text": text,
            "word": word,
            "title": article.title if article else "",
            "location": location,
            "file": location.partition("#")[0],
        }
