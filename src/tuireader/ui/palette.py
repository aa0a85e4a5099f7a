"""The command palette, which lists every command that has a key."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Protocol, runtime_checkable

from textual.actions import parse
from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.dom import DOMNode
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, OptionList

from tuireader.app.usage import Usage
from tuireader.ui.bindings import MOVE, SELECT, bindings_of, shown_key
from tuireader.ui.textual_compat import CheckedPalette
from tuireader.ui.widgets.pane import Pane

MOVING = (MOVE, SELECT, None)
"""The groups of commands that only move or select, for which a key is quicker than the palette."""


@runtime_checkable
class HasUsage(Protocol):
    """An application that counts which commands are chosen."""

    @property
    def usage(self) -> Usage:
        """Return what was used before."""


ANSWERS = (Input.Changed, Input.Submitted, OptionList.OptionSelected)
"""Messages of the palette's widgets that change the palette or run a command."""


class Palette(CheckedPalette):
    """Textual's palette, fixed for keys that arrive in quick succession.

    Textual's own palette fails when it is closed before it is mounted, runs a command once for each
    Enter, and closes whatever screen is on top.
    """

    _is_ready = False
    _is_left = False

    def on_mount(self) -> None:
        """Get ready after Textual's own handler."""
        self.call_later(self._ready)

    def _ready(self) -> None:
        """Allow the palette to close; close it now if that was requested before."""
        self._is_ready = True
        self.on_screen_resume()

    def on_screen_resume(self) -> None:
        """Close the palette if that was requested while another screen was on top."""
        if self._is_left:
            self.dismiss()

    def accepts(self, message: Message) -> bool:
        """Return whether to handle a message of the palette.

        Those in `ANSWERS` are ignored once the palette is closing.
        """
        return not (self._is_left and isinstance(message, ANSWERS))

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close the palette as soon as it is mounted and on top.

        `result` is Textual's and always None. The object returned may be awaited; it is done at
        once if the palette closes later.
        """
        self._is_left = True
        if not self._is_ready or self.app.screen is not self:
            nothing: AwaitComplete = AwaitComplete.nothing()  # type: ignore[no-untyped-call] # Textual's, unannotated
            return nothing
        self.workers.cancel_node(self)
        self.stop_countdowns()
        return super().dismiss(result)


def bindings_on(
    screen: Screen[Any], *, for_palette: bool = False
) -> Iterator[tuple[Binding, DOMNode]]:
    """Yield the bindings of a screen, each with the pane or screen that declares it.

    Those of the focused pane come first, then those of the other panes, then the screen's. Bindings
    without an id or a group are left out. With `for_palette`, a pane whose commands need it on the
    screen is left out while it is hidden.
    """
    panes = sorted(screen.query(Pane), key=lambda pane: not pane.has_focus)
    if for_palette:
        panes = [pane for pane in panes if pane.display or pane.IN_PALETTE_WHEN_HIDDEN]
    for node in (*panes, screen):
        for binding in bindings_of(node):
            if binding.id and binding.group:
                yield binding, node


def is_active(binding: Binding, node: DOMNode) -> bool:
    """Return whether the key of a binding does something now in the pane or screen it is of."""
    _, name, parameters = parse(binding.action)
    return bool(node.check_action(name, parameters))


class ActionCommands(Provider):
    """The bindings, then what has no key, as commands of the palette."""

    def _commands(self) -> Iterator[tuple[Binding, DOMNode]]:
        """Yield each binding once, with its node, for the screen below the palette.

        Those that need a character typed after the key are left out, and those whose keys are not
        active now.
        """
        seen: set[str] = set()
        for binding, node in bindings_on(self.screen, for_palette=True):
            name = binding.id or ""
            if name not in seen and not binding.key.endswith(" *") and is_active(binding, node):
                seen.add(name)
                yield binding, node

    @property
    def _usage(self) -> Usage | None:
        """What was used before; None if the application does not keep it."""
        return self.app.usage if isinstance(self.app, HasUsage) else None

    async def discover(self) -> Hits:
        """Yield all commands, which are listed before anything is typed.

        Those that were chosen most often come first, and those that only move come last, before
        those without a key.
        """
        usage = self._usage
        listed = sorted(
            self._commands(),
            key=lambda each: (
                -usage.count(each[0].id or "") if usage else 0,
                each[0].group in MOVING,
                not each[0].show,
            ),
        )
        for binding, node in listed:
            yield DiscoveryHit(*self._entry(binding, node), help=binding.tooltip)
        for title, told, command, _ in self.app.get_system_commands(self.screen):
            yield DiscoveryHit(title, command, help=told)

    async def search(self, query: str) -> Hits:
        """Yield the commands that match what is typed, each with its score.

        A match in the label counts more than one in the help, and a command that was chosen before
        more than another.
        """
        matcher, usage = self.matcher(query), self._usage
        for binding, node in self._commands():
            label = matcher.match(binding.description)
            score = max(label, 0.5 * matcher.match(f"{binding.id} {binding.tooltip}"[:100]))
            if score > 0:
                count = usage.count(binding.id or "") if usage else 0
                score *= 1 + min(count, 10) / 20
                name, command = self._entry(binding, node)
                yield Hit(score, name, command, help=binding.tooltip)
        for title, told, command, _ in self.app.get_system_commands(self.screen):
            score = max(matcher.match(title), 0.5 * matcher.match(told[:100]))
            if score > 0:
                yield Hit(score, title, command, help=told)

    def _entry(self, binding: Binding, node: DOMNode) -> tuple[str, Callable[[], object]]:
        """Return the line of a command with its key, and what runs it."""
        keys = shown_key(binding)
        return f"{binding.description}  ({keys})", partial(self._run, binding, node)

    async def _run(self, binding: Binding, node: DOMNode) -> None:
        """Run a command, and count that it was chosen."""
        if self._usage is not None:
            self._usage.used(binding.id or "")
        await self.app.run_action(binding.action, node)
