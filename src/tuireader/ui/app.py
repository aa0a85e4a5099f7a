"""The Textual application: its theme, first screen and command palette, and how it exits."""

import asyncio
import gc
import os
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from contextvars import copy_context
from dataclasses import replace
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import SystemCommand
from textual.command import CommandPalette
from textual.notifications import SeverityLevel
from textual.screen import Screen

from tuireader.app.context import AppContext
from tuireader.app.resume import colour_depth
from tuireader.app.usage import Usage
from tuireader.domain.errors import TuiReaderError
from tuireader.text.sanitize import sanitize
from tuireader.ui.accessible.app import AccessibleApp
from tuireader.ui.accessible.first_screen import painted_frames
from tuireader.ui.bindings import key_name
from tuireader.ui.first_paint import terminal_size
from tuireader.ui.floods import is_outdated, pasted_text
from tuireader.ui.keyboard_layouts import latin_character
from tuireader.ui.keymap import HasKeyScope, Keymap, use_keymap
from tuireader.ui.palette import ActionCommands, Palette, bindings_on
from tuireader.ui.reader.drafts import DraftEditor
from tuireader.ui.reader.screen import ReaderScreen
from tuireader.ui.stylesheets import stylesheets
from tuireader.ui.terminal.driver import FastExitDriver, driver_class
from tuireader.ui.terminal.ground import GroundTold
from tuireader.ui.terminal.stored_widths import StoredWidths
from tuireader.ui.terminal.watchdog import ENDING_SIGNALS, Watchdog, Watched
from tuireader.ui.terminal.width_control import WidthControl
from tuireader.ui.terminal.width_probe import WidthsMeasured
from tuireader.ui.textual_compat import declared_bindings, replace_bindings
from tuireader.ui.themes.available import legible_variables
from tuireader.ui.themes.control import ThemeCommands, ThemeControl
from tuireader.ui.themes.theme_styles import ThemeStyles, first_paint_styles
from tuireader.ui.type_ahead import TypeAhead, opens_dialog
from tuireader.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from tuireader.exporters.note_formats import NoteFormat

SWITCH_INTERVAL = 0.0005
"""Seconds after which a background thread yields the interpreter to the user interface."""


class TuiReader(AccessibleApp):
    """The Textual application: creates the main screen, and ends it without loss of drafts."""

    TITLE = "tuireader"
    COMMANDS: ClassVar = {ActionCommands}
    ENABLE_COMMAND_PALETTE = True
    # The selection is the text pane's; Textual's own fails on a click into a closing dialog.
    ALLOW_SELECT = False

    def __init__(
        self,
        context: AppContext,
        attributes: list[Any] | None = None,
        watchdog: Watchdog | None = None,
    ) -> None:
        """Create the application.

        Args:
            context: The services and values that the screens use.
            attributes: The terminal's attributes before the first paint; None without one.
            watchdog: Receives the signals that end the program; None without a terminal.
        """
        self._first_variables: dict[str, str] = {}
        self._has_own_themes = False
        accessible = context.settings.accessible
        super().__init__(
            driver_class=driver_class(attributes, watchdog),
            css_path=stylesheets("reader", "dialogs", *["accessible"] * accessible),
        )
        size = None if attributes is None else terminal_size()
        self.use_signs(painted_frames(context, size) if accessible else None)
        self._app_context = context
        self._watchdog = watchdog
        self._widths = WidthControl(self, StoredWidths(context.resume, os.environ))
        FastExitDriver.is_plain = accessible
        FastExitDriver.orders_text = context.settings.bidi == "terminal"
        self.settled: Callable[[], None] = lambda: None  # called when the first screen is shown
        self._saving = Lock()
        self._was_warned = False
        self.type_ahead = TypeAhead(self)
        self.keymap = Keymap(context.settings.preset, context.settings.keys)
        self._letters = self.keymap.strokes
        self._use_palette_keys()
        self.theme_styles = ThemeStyles(self)
        self.themes = ThemeControl(self, context)
        self._has_own_themes = True
        self._first_variables = self.get_css_variables()
        self.stylesheet.set_variables(self._first_variables)

    def refresh_css(self, animate: bool = True) -> None:
        """Parse the stylesheets again, and apply them, after a change of the theme.

        Textual calls this at the start, too, when they have just been parsed with the variables of
        the theme; that call does nothing. `animate` is whether changes may be animated.
        """
        first, self._first_variables = self._first_variables, {}
        if first != self.get_css_variables():
            super().refresh_css(animate)

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of the stylesheets: the theme's, with legible colours."""
        variables = super().get_css_variables()
        if not self._has_own_themes:
            return variables  # Textual asks before the theme is known
        return legible_variables(self, variables, accessible=self.is_accessible)

    @property
    def usage(self) -> Usage:
        """What was typed and chosen before."""
        return self._app_context.usage

    def get_default_screen(self) -> Screen[None]:
        """Return the main screen."""
        screen = ReaderScreen(self._app_context, self.size)
        self._use_keymap(screen)
        return screen

    def _use_keymap(self, screen: Screen[Any]) -> None:
        """Give a screen the keys that the reader chose; its panes take theirs themselves."""
        use_keymap(screen, screen.KEY_SCOPE if isinstance(screen, HasKeyScope) else "", self.keymap)

    def _use_palette_keys(self) -> None:
        """Open the palette by the keys that the reader chose."""
        chosen = self.keymap.chosen("", "palette")
        if chosen is not None:
            bindings = [binding for _, binding in declared_bindings(self)]
            palette = next(each for each in bindings if each.action.endswith("command_palette"))
            others = [each for each in bindings if each is not palette]
            replace_bindings(self, [*others, *(replace(palette, key=key) for key in chosen.keys)])

    def push_screen(self, screen: Any, *arguments: Any, **options: Any) -> Any:
        """Show a screen with the keys that the reader chose; the arguments are Textual's."""
        if isinstance(screen, Screen):
            self._use_keymap(screen)
        return super().push_screen(screen, *arguments, **options)

    def on_mount(self) -> None:
        """Set up threads and signals; start garbage collection after the first paint."""
        sys.setswitchinterval(SWITCH_INTERVAL)
        self._widths.start()
        self.themes.start()
        for handed_over in (self.app_suspend_signal, self.app_resume_signal):
            handed_over.subscribe(self, lambda _: self._handed_over(), immediate=True)
        self.call_after_refresh(self._settle)
        self._watch_signals()

    @on(Pane.UnusualText)
    @on(WidthsMeasured)
    @on(GroundTold)
    def _mind_terminal(self, event: Pane.UnusualText | WidthsMeasured | GroundTold) -> None:
        """Ask the terminal how wide it draws joined characters, or use what it told."""
        if isinstance(event, WidthsMeasured):
            self._widths.use(event)
        elif isinstance(event, GroundTold):
            self.themes.use(event)
        else:
            self._widths.need()

    def _handed_over(self) -> None:
        """Drop the keys typed before another program had the terminal, and write all anew."""
        self.type_ahead.discard()
        if self.is_accessible:
            self.draw_anew()

    def _watch_signals(self) -> None:
        """Save and quit when a signal arrives that ends the program.

        Without a watchdog, the event loop handles the signals; on Windows nothing does.
        """
        loop = asyncio.get_running_loop()
        if self._watchdog is None:
            if sys.platform != "win32":
                for number in ENDING_SIGNALS:
                    loop.add_signal_handler(number, self._quit)
            return
        context = copy_context()

        def quit_() -> None:
            with suppress(RuntimeError):  # the loop is closed: the program has ended
                loop.call_soon_threadsafe(self._quit, context=context.copy())

        self._watchdog.attach(Watched(leave=quit_, save=lambda: context.copy().run(self._save)))

    def _warn_of_settings(self) -> None:
        """Show a warning for each setting that is not used, unknown themes included."""
        from tuireader.ui.settings_warnings import settings_warnings  # noqa: PLC0415 - after the start

        context, themes = self._app_context, sorted(self.available_themes)
        warnings = settings_warnings(
            context.settings, context.settings_file, themes, self.theme, self.themes.faults
        )
        for warning in warnings:
            self.notify(warning, severity="warning", timeout=20)

    def on_unmount(self) -> None:
        """Pass on no more keys, and end what runs in the background."""
        self._app_context.end_indexing()
        self.type_ahead.close()

    def _settle(self) -> None:
        """Collect garbage from now on, but not what the start made; show warnings."""
        self.settled()
        gc.freeze()
        gc.enable()
        self._warn_of_settings()

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Show a message as plain, sanitized text, because it may contain text of an article.

        Args:
            message: The text; its line breaks are kept.
            title: The title above it; "" for none.
            severity: "information", "warning" or "error".
            timeout: Seconds that it is shown; None for Textual's default.
            markup: Accepted for Textual's signature, and ignored.
        """
        del markup
        message, title = sanitize(message), sanitize(title)
        if self.is_accessible:
            self.announce(" ".join(f"{title} {message}".split()))
            return
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=False)

    async def on_event(self, event: events.Event) -> None:
        """Pass an event on, or queue it until the app is ready; drop what is out of date."""
        if is_outdated(event, self.message_queue_size) or self.type_ahead.holds(event):
            return
        if isinstance(event, events.Key) and not event.is_forwarded:
            event = self._by_place(event)
        if isinstance(event, events.Paste) and not event.is_forwarded:
            event.text = pasted_text(event.text, self)
        await super().on_event(event)

    def _by_place(self, event: events.Key) -> events.Key:
        """Return the key of a Latin keyboard in the place of a letter that has no binding.

        While a line or a note is being typed, the letter stays.
        """
        character = event.character or ""
        latin = latin_character(character) if character else ""
        if not latin or character in self._letters:
            return event
        focused = self.focused if self.screen_stack else None
        if focused is not None and focused.check_consume_key(event.key, character):
            return event
        return events.Key(key_name(latin), latin)

    async def push_screen_wait(self, screen: Screen[Any] | str, *, mode: str | None = None) -> Any:
        """Open a dialog and return its answer; keys typed in the meantime go to the dialog.

        `screen` is the dialog and `mode` Textual's mode, None for the present one. The answer is
        what the screen was dismissed with, usually None if the user cancelled. Call it in a worker.
        """
        if isinstance(screen, str):
            return await super().push_screen_wait(screen, mode=mode)
        with self.type_ahead.waiting_for(screen):
            return await super().push_screen_wait(screen, mode=mode)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Yield the commands of the palette that have no key: the themes and the exports.

        `screen` is the screen below the palette; Textual passes it.
        """
        yield SystemCommand(
            "Theme",
            "Choose a light or dark theme, or the terminal's own colours",
            self.search_themes,
        )
        from tuireader.ui.screens.notes import NotesScreen  # noqa: PLC0415 - not at the start

        if isinstance(screen, ReaderScreen):
            for name, line in self._app_context.settings.commands:
                yield SystemCommand(name, line, partial(screen.commands.run, name))
        if isinstance(screen, ReaderScreen | NotesScreen):
            from tuireader.exporters.note_formats import NOTE_FORMATS  # noqa: PLC0415 - as above

            for note_format in NOTE_FORMATS:
                yield SystemCommand(
                    f"Export notes as {note_format.title}",
                    "Write all bookmarks and notes to a file",
                    partial(self.export, note_format),
                )

    @opens_dialog
    async def export(self, note_format: "NoteFormat") -> None:
        """Ask for a file name, and write all bookmarks and notes to the file in a format.

        Nothing is written if the user cancels.
        """
        from tuireader.ui.screens.export import export_notes  # noqa: PLC0415 - not at the start

        await export_notes(self, self._app_context, note_format)

    def action_command_palette(self) -> None:
        """Open the command palette, unless it is open."""
        if not any(isinstance(screen, CommandPalette) for screen in self.screen_stack):
            self.push_screen(Palette())

    def search_themes(self) -> None:
        """Open a palette of the themes."""
        self.push_screen(Palette(providers=[ThemeCommands], placeholder="Search for themes…"))

    def action_help_quit(self) -> None:
        """Show which key quits, because Ctrl+C does not."""
        self.notify("Press Ctrl+Q to quit.")

    def action_keys(self) -> None:
        """Show the help: the keys of all panes and of the screen, by group."""
        from tuireader.ui.key_list import rows_in_force  # noqa: PLC0415 - not at the start
        from tuireader.ui.screens.help import HelpScreen  # noqa: PLC0415 - as above

        self.push_screen(HelpScreen(rows_in_force(bindings_on(self.screen), self.keymap)))

    async def action_quit(self) -> None:
        """Quit; if a draft cannot be saved, quit only when asked a second time."""
        if self._save_drafts() or self._was_warned:
            self._quit()
        else:
            self._was_warned = True
            self.notify(
                "Your note could not be saved as a draft. Press Ctrl+Q again to quit without it.",
                severity="error",
                timeout=20,
            )

    def _save_drafts(self) -> bool:
        """Save the drafts of notes in open editors; return whether all were saved.

        Returns True if no editor is open.
        """
        editors = [screen for screen in self.screen_stack if isinstance(screen, DraftEditor)]
        are_saved = [editor.save_draft() for editor in editors]
        return all(are_saved)

    def _quit(self) -> None:
        """Save drafts, the reading position and the first frame of the next start, and quit."""
        self._save()
        screen = self.screen_stack[0]
        if isinstance(screen, ReaderScreen) and screen.article is not None:
            from tuireader.ui.frame_saver import save_frame  # noqa: PLC0415 - not at the start

            with suppress(TuiReaderError):
                save_frame(self._app_context, screen.article.location, self.size)
        self.exit()
        if self._watchdog is not None:
            self._watchdog.saved.set()
            self._watchdog.end()

    def _save(self) -> None:
        """Save drafts and the reading position; may be called from any thread."""
        with self._saving:
            self._save_drafts()
            screen = self.screen_stack[0]
            if isinstance(screen, ReaderScreen):
                screen.progress.save()
                resume = self._app_context.resume
                key = f"{self.theme} {colour_depth(os.environ)}"
                resume.remember_styles(key, first_paint_styles(self.theme_styles, self.console))
                resume.save()
