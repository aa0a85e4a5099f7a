"""The palette: every command that a pane or the screen has a key for."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.dom import DOMNode
from textual.screen import Screen

from tuireader.ui.bindings import shown_key
from tuireader.ui.widgets.pane import Pane


def bindings_on(screen: Screen[Any]) -> Iterator[tuple[Binding, DOMNode]]:
    """The bindings of ours on a screen: the focused pane's, the other panes', its own."""
    panes = sorted(screen.query(Pane), key=lambda pane: not pane.has_focus)
    for node in (*panes, screen):
        for _, binding in node._bindings:  # noqa: SLF001 - Textual tells only of the focused ones
            if binding.id and binding.group:
                yield binding, node


class KeyCommands(Provider):
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
