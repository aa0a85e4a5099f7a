"""Uses the theme that the reader chose, or one that suits the terminal's background."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Protocol, runtime_checkable

from textual.app import App
from textual.command import DiscoveryHit, Hit, Hits, Provider

from tuireader.app.context import AppContext
from tuireader.app.resume import terminal_name
from tuireader.ui.terminal.driver import FastExitDriver
from tuireader.ui.terminal.ground import GroundTold
from tuireader.ui.themes.automatic import AUTOMATIC, chosen_theme
from tuireader.ui.themes.available import register_themes
from tuireader.ui.themes.own import DARK


class ThemeControl:
    """Chooses the theme of an application, and stores the reader's choice."""

    def __init__(self, app: App[Any], context: AppContext) -> None:
        """Add the themes to the application, and use the one of the settings."""
        self._app = app
        self._context = context
        self._terminal = terminal_name(os.environ)
        self.setting = context.settings.theme
        """The name of the theme that was chosen, or `AUTOMATIC`."""
        self.faults = register_themes(app, context.settings_file.with_name("themes"))
        """A sentence for each theme of the reader's that cannot be used."""
        wanted = self._wanted()
        app.theme = wanted if wanted in app.available_themes else DARK

    def start(self) -> None:
        """Store what is chosen from now on, and ask the terminal for its background."""
        self._app.theme_changed_signal.subscribe(self._app, lambda theme: self._changed(theme.name))
        self._ask()

    def choose(self, name: str) -> None:
        """Use a theme, or for `AUTOMATIC` the one that suits the terminal, and store that."""
        self.setting = name
        self._context.save_choice(theme=name)
        self._app.theme = self._wanted()
        self._ask()

    def use(self, told: GroundTold) -> None:
        """Remember the terminal's background, and use the theme that suits it.

        The theme stays if another was chosen, or if the terminal took too long.
        """
        self._context.resume.remember_ground(self._terminal, is_light=told.is_light)
        if self.setting == AUTOMATIC and told.in_time:
            self._app.theme = self._wanted()

    def names(self) -> list[str]:
        """Return the names of the themes, `AUTOMATIC` first."""
        return [AUTOMATIC, *sorted(self._app.available_themes)]

    def _wanted(self) -> str:
        """Return the name of the theme for the setting and what is known of the terminal."""
        ground = self._context.resume.ground(self._terminal)
        return chosen_theme(self.setting, os.environ, ground)

    def _ask(self) -> None:
        """Ask the terminal for its background if that decides; the answer is a `GroundTold`."""
        if self.setting == AUTOMATIC and FastExitDriver.running is not None:
            FastExitDriver.running.ask_ground()

    def _changed(self, name: str) -> None:
        """Store a theme that is on the screen, unless it is there because it suits."""
        if name != self._wanted():
            self.setting = name
            self._context.save_choice(theme=name)


@runtime_checkable
class HasThemes(Protocol):
    """An application with a control of its themes."""

    themes: ThemeControl


def themes_of(app: App[Any]) -> ThemeControl:
    """Return the control of the themes of an application.

    Raises TypeError if it has none.
    """
    if not isinstance(app, HasThemes):
        raise TypeError(f"{type(app).__name__} has no themes")
    return app.themes


class ThemeCommands(Provider):
    """The themes as commands of the palette, that which suits the terminal first."""

    def _commands(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        """Yield each theme: its name, what is told below it, and what uses it."""
        control = themes_of(self.app)
        for name in control.names():
            told = ["Light or dark, as the terminal is"] if name == AUTOMATIC else []
            told += ["In use"] if name == control.setting else []
            yield name, " · ".join(told), partial(control.choose, name)

    async def discover(self) -> Hits:
        """Yield all themes."""
        for name, told, use in self._commands():
            yield DiscoveryHit(name, use, help=told or None)

    async def search(self, query: str) -> Hits:
        """Yield the themes whose names match what is typed."""
        matcher = self.matcher(query)
        for name, told, use in self._commands():
            if (score := matcher.match(name)) > 0:
                yield Hit(score, name, use, help=told or None)
