"""Changes settings from the command line of the reader and from the settings screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tuireader.app.config import changed_setting, known_values, setting_names, setting_value
from tuireader.domain.article_list import SortOrder
from tuireader.settings import load_settings
from tuireader.settings_table import setting_specs
from tuireader.ui.themes.control import themes_of

if TYPE_CHECKING:
    from tuireader.ui.reader.screen import ReaderScreen
    from tuireader.ui.text_pane.typography import Typography

AT_THE_START = ("bidi", "accessible", "keys.preset")
"""The settings that are used from the next start."""


class SettingChanges:
    """Tells and changes settings, in the file and at once on the screen where that is possible."""

    def __init__(self, screen: ReaderScreen) -> None:
        """Take the main screen, whose panes the settings are about."""
        self._screen = screen
        self._context = screen.context

    @property
    def themes(self) -> list[str]:
        """The names of the themes, and the value with which the terminal decides."""
        return themes_of(self._screen.app).names()

    def values(self) -> dict[str, tuple[str, ...]]:
        """Return all settings by name, each with the values that it may have; () for numbers."""
        themes = self.themes
        return {name: known_values(name, themes) for name in setting_names()}

    def now(self, name: str) -> str:
        """Return the value of a setting. Raises TuiReaderError if there is no such setting."""
        screen = self._screen
        articles, quotes = screen.panes.chosen
        typography = screen.text.viewport.typography
        shown: dict[str, str | int | bool] = {
            "theme": themes_of(screen.app).setting,
            "column": screen.text.column,
            "sort": screen.articles.model.order.value,
            "tint": screen.text.tinted,
            "hyphenate": typography.hyphenate,
            "justify": typography.justify,
            "small_caps": typography.small_caps,
            "wrap_code": typography.sideways is None,
            "articles_width": articles,
            "quotes_width": quotes,
        }
        value = shown.get(name)
        if value is None:
            value = setting_value(load_settings(self._context.settings_file), name)
        if name == "theme" and value not in self.themes:
            value = screen.app.theme
        return str(value).lower() if isinstance(value, bool) else str(value)

    def change(self, name: str, value: str) -> str:
        """Change a setting in the file and on the screen; return what was done as a sentence.

        Without a value, the sentence says what the setting is. Raises TuiReaderError if there is no
        such setting or the value is not valid.
        """
        if not value:
            return f"{name} is {self.now(name)}"
        changed = changed_setting(name, value, self.themes)
        self._context.save_choice(**{name: changed})
        self._show(name, changed)
        later = "; it is used from the next start" if name in AT_THE_START else ""
        return f"{name} is now {value}{later}"

    def _show(self, name: str, value: str | int) -> None:
        """Use a setting on the screen at once, if that is possible."""
        screen = self._screen
        match name, value:
            case "theme", str():
                themes_of(screen.app).choose(value)
            case "column", int():
                screen.text.column = value
            case "sort", str():
                screen.articles.model.order = SortOrder(value)
                screen.articles.rearrange()
            case "tint", bool():
                screen.text.tinted = value
            case (("hyphenate" | "justify" | "small_caps"), bool()):
                choice: dict[str, Any] = {name: value}
                self._set_type(replace(screen.text.viewport.typography, **choice))
            case "wrap_code", bool():
                sideways = None if value else 0
                self._set_type(replace(screen.text.viewport.typography, sideways=sideways))
            case "articles_width", int():
                screen.panes.choose(screen.panes.chosen._replace(articles=value))
            case "quotes_width", int():
                screen.panes.choose(screen.panes.chosen._replace(quotes=value))

    def _set_type(self, typography: Typography) -> None:
        """Set the text anew."""
        text = self._screen.text
        text.view.set_typography(typography)
        text.cursor_placed(None)

    async def ask(self) -> tuple[str, str] | None:
        """Show the settings screen: choose a setting, then its value; None if there is no choice.

        Returns the name and the value.
        """
        from tuireader.ui.screens.dialogs import OptionScreen, QuestionScreen  # noqa: PLC0415 - not at the start

        specs, tasks, values = setting_specs(), self._screen.tasks, self.values()
        options = [
            (f"{name} = {self.now(name)}\t{spec.description}", name) for name, spec in specs.items()
        ]
        name = await tasks.ask(OptionScreen("Settings", options))
        if not name:
            return None
        question = specs[name].description
        value: str | None
        if values[name]:
            now = self.now(name)
            choices = [(f"{each}  (now)" if each == now else each, each) for each in values[name]]
            value = await tasks.ask(OptionScreen(question, choices))
        else:
            value = await tasks.ask(QuestionScreen(question, self.now(name)))
        return (name, value) if value else None
