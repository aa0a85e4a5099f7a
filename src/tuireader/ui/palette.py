"""The palette as Textual has it, made safe for keys that come at once.

The palette: every command that a pane or the screen has a key for.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.dom import DOMNode
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, OptionList

from tuireader.ui.bindings import shown_key
from tuireader.ui.widgets.pane import Pane

ANSWERS = (Input.Changed, Input.Submitted, OptionList.OptionSelected)
"""Messages of the palette's widgets that change it or run its command."""


class Palette(CommandPalette):
    """The palette; it may be left before it is mounted, and closes no other screen.

    Textual's own looks for widgets that are not there yet or any more, runs a command once for
    each Enter, and closes whatever screen is on top.
    """

    _is_ready = False
    _is_left = False

    def on_mount(self) -> None:
        """Be ready when Textual's own handler has run."""
        self.call_later(self._ready)

    def _ready(self) -> None:
        self._is_ready = True
        self.on_screen_resume()

    def on_screen_resume(self) -> None:
        """Close now if it was left while it could not be closed."""
        if self._is_left:
            self.dismiss()

    async def _on_message(self, message: Message) -> None:
        if not (self._is_left and isinstance(message, ANSWERS)):
            await super()._on_message(message)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close, when it is mounted and on top."""
        self._is_left = True
        if not self._is_ready or self.app.screen is not self:
            nothing: AwaitComplete = AwaitComplete.nothing()  # type: ignore[no-untyped-call] # Textual's, unannotated
            return nothing
        self.workers.cancel_node(self)
        self._stop_no_matches_countdown()
        self._stop_busy_countdown()
        return super().dismiss(result)


def bindings_on(screen: Screen[Any]) -> Iterator[tuple[Binding, DOMNode]]:
    """The bindings of ours on a screen: the focused pane's, the other panes', its own."""
    panes = sorted(screen.query(Pane), key=lambda pane: not pane.has_focus)
    for node in (*panes, screen):
        for _, binding in node._bindings:  # noqa: SLF001 - Textual tells only of the focused ones
            if binding.id and binding.group:
                yield binding, node


class ActionCommands(Provider):
    """The active bindings as commands; a binding has an id if it is ours."""

    def _commands(self) -> Iterator[tuple[Binding, DOMNode]]:
        seen: set[str] = set()
        for binding, node in bindings_on(self.screen):
            name = binding.id or ""
            if name not in seen and not binding.key.endswith(" *"):
                seen.add(name)
                yield binding, node

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for binding, node in self._commands():
            yield DiscoveryHit(
                f"{binding.description}  ({shown_key(binding)})",
                partial(self.app.run_action, binding.action, node),
                help=binding.tooltip,
            )

    async def search(self, query: str) -> Hits:
        """Those whose words match what is typed."""
        matcher = self.matcher(query)
        for binding, node in self._commands():
            score = matcher.match(f"{binding.description} {binding.tooltip}")
            if score > 0:
                yield Hit(
                    score,
                    f"{binding.description}  ({shown_key(binding)})",
                    partial(self.app.run_action, binding.action, node),
                    help=binding.tooltip,
                )
