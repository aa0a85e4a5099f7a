"""Lists of choices that are filtered while the user types: links by number or words, and names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from textual.geometry import Size
from textual.message import Message

from tuireader.domain.article import Link
from tuireader.layout.cells import cell_width, fit_cells
from tuireader.text.folding import fold
from tuireader.ui.lists.item_list import ItemList
from tuireader.ui.lists.model import ItemRows, ListModel, filter_by_words, wrapped_lines

T = TypeVar("T")
NO_NAME = "(no name)"


class ChoiceModel(ListModel[Any], Generic[T]):
    """The choices of a list, filtered by what the user types."""

    def place_of(self, item: object, cursor: int) -> int:
        """Return 0, whatever was under the cursor, so that Enter takes the best match."""
        del item, cursor
        return 0

    def next_step(self) -> str:
        """Return nothing: the hint below the list says what the keys do."""
        return ""

    def value(self, index: int) -> T | None:
        """Return the value of the choice at an index of the list; None if there is none."""
        chosen: T | None = self.item(index)
        return chosen


class LinkModel(ChoiceModel[Link]):
    """The links of an article, numbered from 1; filtered by number, words or target."""

    def __init__(self, links: Sequence[Link], text: str) -> None:
        """Take the links in the order of the text, and the article's text."""
        super().__init__(list(enumerate(links, 1)))
        self._text = text

    def heading(self) -> str:
        """Return how many links there are."""
        return f"Links in this article: {len(self.items)}"

    def empty_text(self) -> str:
        """Return why the list is empty."""
        return "No matching link" if self.items else "No links in this article"

    def text_of(self, item: tuple[int, Link]) -> str:
        """Return the words and the target of a link."""
        return f"{item[1].passage.of(self._text)}\n{item[1].target}"

    def arranged(self) -> Sequence[tuple[int, Link]]:
        """Return the links whose number starts with the typed digits, or that match the words."""
        if self.query.isdecimal():
            return [item for item in self.items if str(item[0]).startswith(self.query)]
        return filter_by_words(self.items, self.query, self.text_of)

    def value(self, index: int) -> Link | None:
        """Return the link at an index; None if there is none."""
        item = self.item(index)
        return item[1] if item else None

    def rows(self, index: int, width: int) -> ItemRows:
        """Return the rows of the link at an index of the list: number, words, and its target."""
        number, link = self.listed[index]
        words = " ".join(link.passage.of(self._text).split())
        return [
            [(fit_cells(f" {number}  {words}", width), "")],
            [(fit_cells(f"    {link.target or link.place}", width), "faint")],
        ]


class NameModel(ChoiceModel[str]):
    """The names that match the typed text, then the typed text itself, then no name ("")."""

    def __init__(self, names: Iterable[str], heading: str = "", *, optional: bool = True) -> None:
        """List names, with a heading instead of their number; "" is listed if optional."""
        super().__init__(list(dict.fromkeys(names)))
        self._heading, self._optional = heading, optional
        self.listed = self.arranged()

    def replace(self, names: Iterable[str], cursor: int) -> int:
        """List other names, in their order.

        `cursor` is the index of the cursor. Returns the new index of the name under it.
        """
        chosen = self.value(cursor)
        self.items = list(dict.fromkeys(names))
        self.listed = self.arranged()
        return self.listed.index(chosen) if chosen and chosen in self.listed else 0

    def heading(self) -> str:
        """Return the heading, or how many names there are."""
        return self._heading or f"Names in this article: {len(self.items)}"

    def text_of(self, item: str) -> str:
        """Return the name itself."""
        return item

    def arranged(self) -> Sequence[str]:
        """Return the matching names, what is typed if it is another name, and "" if optional."""
        listed = filter_by_words(self.items, self.query, self.text_of)
        typed = self.query
        other = [typed] if typed and fold(typed) not in map(fold, listed) else []
        return [*listed, *other, *([""] if self._optional else [])]

    def rows(self, index: int, width: int) -> ItemRows:
        """Return the row of the name at an index of the list, which says what "" stands for."""
        name = self.listed[index]
        if not name or name in self.items:
            return [[(fit_cells(f" {name or NO_NAME}", width), "")]]
        return [[(fit_cells(f" “{name}”, as typed", width), "em")]]


class OptionModel(ChoiceModel[T]):
    """A few options, each a label with a value; a tab in the label begins a second column."""

    def __init__(self, options: Sequence[tuple[str, T]]) -> None:
        """Take the options: pairs of a label and a value."""
        super().__init__(list(options))
        names = (label.partition("\t") for label, _ in options)
        self._column = max((cell_width(name) + 2 for name, tab, _ in names if tab), default=0)
        """The width of the first column in cells; 0 without a second one."""

    def heading(self) -> str:
        """Return nothing: the question is above the list."""
        return ""

    def text_of(self, item: tuple[str, T]) -> str:
        """Return the label."""
        return item[0]

    def value(self, index: int) -> T | None:
        """Return the value of the option at an index; None if there is none."""
        item = self.item(index)
        return item[1] if item else None

    def rows(self, index: int, width: int) -> ItemRows:
        """Return the rows of the option at an index of the list: its label, in at most two rows."""
        name, _, told = self.listed[index][0].partition("\t")
        if not told:
            label = wrapped_lines(name, max(1, width - 2), 2)
            return [[(fit_cells(f" {line}", width), "")] for line in label]
        column = min(self._column, width // 2)
        lines = wrapped_lines(told, max(1, width - column - 2), 2)
        names = [name, *[""] * (len(lines) - 1)]
        return [
            [(fit_cells(f" {before}", column + 1), ""), (line, "faint")]
            for before, line in zip(names, lines, strict=True)
        ]


class ChoiceList(ItemList[ChoiceModel[T]], Generic[T], can_focus=False):
    """A list of choices below an input; the screen moves its cursor."""

    has_frame = False

    @dataclass
    class Chosen(Message):
        """An item was clicked; `value` is that of the choice."""

        value: Any

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the rows of the heading and of all choices, which the stylesheet limits.

        The arguments are Textual's: two sizes and the width of the list, in cells.
        """
        del container
        some = range(min(len(self.model), viewport.height))
        return 1 + sum(len(self.model.rows(index, width)) for index in some)

    @property
    def chosen(self) -> T | None:
        """The choice under the cursor; None if nothing is listed."""
        return self.model.value(self.cursor)

    def action_open(self) -> None:
        """Choose the item that was clicked."""
        if self.count:
            self.post_message(self.Chosen(self.chosen))
