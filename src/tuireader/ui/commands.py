"""The palette: every command that has a key now, and what is taken out of the notebook."""

from collections.abc import Iterator
from functools import partial

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.dom import DOMNode

from tuireader.ui.bindings import shown_key


class KeyCommands(Provider):
    """The active bindings as commands; a binding has an id if it is ours."""

    def _commands(self) -> Iterator[tuple[Binding, DOMNode]]:
        seen: set[str] = set()
        for active in self.screen.active_bindings.values():
            name = active.binding.id
            sequence_with_any = active.binding.key.endswith(" *")
            if name and name not in seen and active.enabled and not sequence_with_any:
                seen.add(name)
                yield active.binding, active.node

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
