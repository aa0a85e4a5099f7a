"""Runs what is typed after `:` and `|`, and the reader's own commands."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Literal

from tuireader.app.config import SETTINGS, changed_setting, known_values
from tuireader.domain.errors import TuiReaderError
from tuireader.layout.places import numbered_paragraph, percent_place, word_passage
from tuireader.text.messages import shortened
from tuireader.ui.commands.grammar import CommandVocabulary
from tuireader.ui.commands.program import ProgramResult, filled, run_program
from tuireader.ui.commands.prompt import CommandPrompt
from tuireader.ui.palette import bindings_on
from tuireader.ui.themes.control import themes_of
from tuireader.ui.widgets.prompt_line import PromptRequested

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from typing import Any

    from tuireader.ui.reader.screen import ReaderScreen

VERB_TIME_LIMIT = 3600.0
"""Seconds after which a command of the program itself is ended."""

WITH_ARTICLE = {"tag": 1, "untag": 1, "mark": 1, "star": 0, "unstar": 0, "show": 0, "quotes": 0}
"""The commands that take the open article if no source is named, and their other arguments."""

WIDTH_VARIABLE = "COLUMNS"
"""The environment variable that tells a program how wide its output may be."""


class CommandController:
    """Runs commands that were typed by their names, for the reader's screen."""

    def __init__(self, screen: ReaderScreen) -> None:
        """Take the screen, whose article, selection and panes the commands are about."""
        self._screen = screen
        self._context = screen.context

    def vocabulary(self) -> CommandVocabulary:
        """Return the names that can be typed now."""
        bindings = bindings_on(self._screen)
        themes = themes_of(self._screen.app).names()
        return CommandVocabulary(
            actions={
                binding.id or "": binding.tooltip
                for binding, _ in bindings
                if not binding.key.endswith(" *")
            },
            verbs=self._context.verbs,
            own=dict(self._context.settings.commands),
            settings={name: known_values(name, themes) for name in SETTINGS},
        )

    def ask(self, kind: Literal["command", "pipe"]) -> None:
        """Open the prompt line for a command, or for a program that gets the passage."""
        focused = self._screen.focused or self._screen.text
        is_pipe = kind == "pipe"
        prompt = CommandPrompt(
            self.vocabulary,
            self.run,
            focused.focus,
            self._context.usage,
            prompt="Pipe to a program" if is_pipe else "Command",
            prefix="|" if is_pipe else "",
        )
        self._screen.post_message(PromptRequested(prompt))

    def run(self, line: str) -> None:
        """Run a line; say what is wrong if it cannot be run."""
        vocabulary = self.vocabulary()
        command = vocabulary.parsed(line)
        try:
            match command.kind:
                case "paragraph" | "percent":
                    self._go(command.kind, int(command.rest[:9]))
                case "set":
                    self._set(command.name, command.rest)
                case "action":
                    self.run_action(command.name)
                case "verb":
                    self._run_verb(command.name, command.rest)
                case "program":
                    self._run_program(command.rest)
                case "own":
                    self.run_own(command.name, command.rest)
                case _:
                    self._screen.notifier.say(vocabulary.wrong(line))
        except TuiReaderError as error:
            self._screen.notifier.say(str(error))

    def run_action(self, name: str) -> None:
        """Run the action with a name, as its key would in the pane that has it."""
        for binding, node in bindings_on(self._screen):
            if binding.id == name:
                self._context.usage.used(name)
                # Later, when the prompt line is gone and the pane has the focus again.
                self._screen.call_later(self._screen.app.run_action, binding.action, node)
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

    def _set(self, name: str, value: str) -> None:
        """Change a setting in the file and on the screen; without a value, say what it is.

        Raises TuiReaderError if there is no such setting or the value is not valid.
        """
        screen, themes = self._screen, themes_of(self._screen.app)
        if not name:
            screen.tasks.dialog(self.choose_setting())
            return
        now = {
            "theme": themes.setting,
            "column": str(screen.text.column),
            "sort": screen.articles.model.order.value,
        }
        if not value and name in now:
            screen.notifier.say(f"{name} is {now[name]}")
            return
        changed = changed_setting(name, value, themes.names())
        match name, changed:
            case "theme", str(theme):
                themes.choose(theme)
            case "column", int(column):
                screen.text.column = column
        self._context.save_choice(**{name: changed})
        later = "" if name in {"theme", "column"} else "; it is used from the next start"
        screen.notifier.say(f"{name} is now {changed}{later}")

    async def choose_setting(self) -> None:
        """Show the settings screen: choose a setting, then its value."""
        from tuireader.ui.screens.dialogs import OptionScreen, QuestionScreen  # noqa: PLC0415 - not at the start

        settings, tasks = SETTINGS, self._screen.tasks
        options = [(f"{name}\t{told.description}", name) for name, told in settings.items()]
        name = await tasks.ask(OptionScreen("Settings", options))
        if not name:
            return
        values = known_values(name, themes_of(self._screen.app).names())
        value: str | None
        if values:
            choices = [(each, each) for each in values]
            value = await tasks.ask(OptionScreen(settings[name].description, choices))
        else:
            value = await tasks.ask(QuestionScreen(settings[name].description))
        if value:
            self.run(f"set {name} {value}")

    def _run_verb(self, name: str, rest: str) -> None:
        """Run a command of the program as the shell does, on the same folders.

        Raises TuiReaderError if the arguments have an open quotation mark.
        """
        if name == "tour":  # its own program would be a second reader
            self.run_action("open-tour")
            return
        words = filled(rest, {}) if rest else []
        others = [word for word in words if not word.startswith("-")]
        article = self._screen.article
        if article is not None and len(others) == WITH_ARTICLE.get(name, -1):
            words.append(article.location)
        command = [*self._context.program, name, *words]
        self._show(f"{name} {rest}".strip(), command, "", VERB_TIME_LIMIT)

    def _run_program(self, line: str) -> None:
        """Run a program with the passage on its standard input, and in place of {text}.

        Raises TuiReaderError if the line is no command line.
        """
        values = self._values()
        self._show(line, filled(line, values), values["text"])

    def _show(
        self, title: str, command: Sequence[str], given: str, time_limit: float = 60.0
    ) -> None:
        """Run a program, and show what it prints; what it changed is shown afterwards."""
        from tuireader.ui.screens.output import OutputScreen  # noqa: PLC0415 - not at the start

        environ = os.environ | {WIDTH_VARIABLE: str(max(20, self._screen.size.width - 12))}
        job: Callable[[], Coroutine[Any, Any, ProgramResult]] = partial(
            run_program, command, given, time_limit=time_limit, environ=environ
        )
        renew = self._screen.session.renew
        shown = self._screen.tasks.ask(OutputScreen(shortened(title, 70), job, renew))
        self._screen.tasks.dialog(shown)

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
