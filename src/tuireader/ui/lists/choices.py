"""The links of an article by number, filtered by a number or by words while they are typed.

Names to choose from: those with what is typed in them, then what is typed, then nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.message import Message
from textual.reactive import var

from tuireader.domain.article import Link
from tuireader.layout.cells import fit_cells
from tuireader.text import search
from tuireader.text.folding import fold
from tuireader.ui.widgets.item_list import ItemList, ItemRows


class LinkList(ItemList, can_focus=False):
    """The list of links; it is moved in from outside, while the reader types."""

    typed: var[str] = var("")
    """What the reader typed so far."""

    @dataclass
    class Chosen(Message):
        """A link was clicked."""

        link: Link

    def __init__(self, links: Sequence[Link], text: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = text
        self._links = list(enumerate(links, 1))
        self._listed = self._links

    @property
    def count(self) -> int:
        """How many links the list shows."""
        return len(self._listed)

    @property
    def chosen(self) -> Link | None:
        """The link under the cursor; None if none is listed."""
        return self._listed[self.cursor][1] if self._listed else None

    def heading(self) -> str:
        """How many links there are."""
        return f"Links in this article {len(self._links)}"

    def empty_words(self) -> str:
        """Why the list is empty."""
        return "No link matches." if self._links else "There is no link in this article."

    def make_item(self, index: int) -> ItemRows:
        """A link's number and words, and where it leads."""
        number, link = self._listed[index]
        words = " ".join(link.passage.of(self._text).split())
        room = self.inner.width
        leads = link.target or link.place
        return [
            [(fit_cells(f" {number}  {words}", room), "")],
            [(fit_cells(f"    {leads}", room), "faint")],
        ]

    def watch_typed(self) -> None:
        """Show the link of a number that is typed, or those with what is typed in them."""
        if self.typed.isdecimal():
            self._listed = [item for item in self._links if str(item[0]).startswith(self.typed)]
        else:
            patterns = [
                found for word in self.typed.split() if (found := search.search_pattern(word))
            ]
            self._listed = [
                item
                for item in self._links
                if all(pattern.search(self._searched(item[1])) for pattern in patterns)
            ]
        self.renew(cursor=0)

    def _searched(self, link: Link) -> str:
        return f"{link.passage.of(self._text)}\n{link.target}"

    def action_open(self) -> None:
        """Follow the link that was clicked."""
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))


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
        return [
            [(fit_cells(f" {shown}" if known else f" “{shown}”, as typed", self.inner.width), look)]
        ]

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
            pattern = search.search_pattern(word)
            if pattern is not None:
                listed = [name for name in listed if pattern.search(name)]
        typed = self.typed
        free = [typed] if typed and fold(typed) not in map(fold, listed) else []
        self._listed = [*listed, *free, ""]
        self.renew(cursor=self._listed.index(keep) if keep in self._listed and keep else 0)

    def action_open(self) -> None:
        """Choose the name that was clicked."""
        self.post_message(self.Chosen(self.chosen))
