"""Names to choose from: those with what is typed in them, then what is typed, then nobody."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.message import Message
from textual.reactive import var

from tuireader.domain import find
from tuireader.domain.folding import fold
from tuireader.layout.cells import fit
from tuireader.ui.widgets.item_list import ItemList, ItemRows

NOBODY = "(nobody named)"


class NameList(ItemList, can_focus=False):
    """The list of names; it is moved in from outside, while the reader types."""

    typed: var[str] = var("")
    """What the reader typed so far."""

    @dataclass
    class Chosen(Message):
        """A name was clicked; empty for nobody named."""

        name: str

    def __init__(self, names: Iterable[str], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._names = list(dict.fromkeys(names))
        self._listed = [*self._names, ""]

    @property
    def count(self) -> int:
        """How many names the list shows."""
        return len(self._listed)

    @property
    def chosen(self) -> str:
        """The name under the cursor."""
        return self._listed[self.cursor]

    def heading(self) -> str:
        """How many names there are."""
        return f"Names in this article {len(self._names)}"

    def make_item(self, index: int) -> ItemRows:
        """One name, or what it stands for."""
        name = self._listed[index]
        known = not name or name in self._names
        shown = name or NOBODY
        look = "" if known else "em"
        return [[(fit(f" {shown}" if known else f" “{shown}”, as typed", self.inner.width), look)]]

    def offer(self, names: Iterable[str]) -> None:
        """Add names behind those that are there."""
        self._names = list(dict.fromkeys([*self._names, *names]))
        self._arrange(keep=self.chosen)

    def watch_typed(self) -> None:
        """Show the names with what is typed; the first of them is the one that Enter takes."""
        self._arrange()

    def _arrange(self, keep: str | None = None) -> None:
        listed = self._names
        for word in self.typed.split():
            pattern = find.pattern(word)
            if pattern is not None:
                listed = [name for name in listed if pattern.search(name)]
        typed = self.typed
        free = [typed] if typed and fold(typed) not in map(fold, listed) else []
        self._listed = [*listed, *free, ""]
        self.renew(cursor=self._listed.index(keep) if keep in self._listed and keep else 0)

    def action_open(self) -> None:
        """Choose the name that was clicked."""
        self.post_message(self.Chosen(self.chosen))
