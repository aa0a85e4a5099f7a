"""The links of an article by number, filtered by a number or by words while they are typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message
from textual.reactive import var

from tuireader.domain import find
from tuireader.domain.article import Link
from tuireader.layout.cells import fit
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
        return [[(fit(f" {number}  {words}", room), "")], [(fit(f"    {leads}", room), "faint")]]

    def watch_typed(self) -> None:
        """Show the link of a number that is typed, or those with what is typed in them."""
        if self.typed.isdecimal():
            self._listed = [item for item in self._links if str(item[0]).startswith(self.typed)]
        else:
            patterns = [found for word in self.typed.split() if (found := find.pattern(word))]
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
