"""The tree of sources: a list whose items can be collapsed, with the number of unread articles."""

from collections.abc import Callable, Sequence
from typing import Literal

from tuireader.layout.cells import cell_width, fit_cells
from tuireader.library.source_tree import SourceNode, visible_nodes
from tuireader.ui.bindings import LIST, key
from tuireader.ui.lists.item_list import ItemList
from tuireader.ui.lists.model import ItemRows, ListModel

INDENT, NARROW = 2, 24
"""Cells by which a node is further right than the one that it is below; 1 in a narrower pane."""

SourceVerb = Literal["enter", "read", "remove", "refresh", "rename", "move", "change", "pause"]
"""What can be done with a source.

"enter" lists its articles, "read" marks them as read, "remove" takes it from the library, and
"refresh" asks its feeds for new entries. "rename" and "move" are for a feed, which has a folder, or
a saved search, which has a place; "pause" is for a feed, and "change" for the query of a search.
"""


class SourceTreeModel(ListModel[SourceNode]):
    """The nodes of the tree that are not below a collapsed one."""

    def __init__(self) -> None:
        super().__init__(())
        self.name_of: Callable[[SourceNode], str] = lambda node: node.label
        """Returns the name of a book or chapter; it is called for those on the screen."""
        self._collapsed: set[str] = set()
        self._books: set[str] = set()
        """The keys of the books that were shown; a book is collapsed at first."""

    def show(self, nodes: Sequence[SourceNode], cursor: int) -> int:
        """Take the nodes of a new tree, parents first.

        `cursor` is the index of the cursor; returns its new index, so that it stays on its node.
        """
        self.items = nodes
        books = {node.key for node in nodes if node.book is not None}
        self._collapsed |= books - self._books
        self._books |= books
        return self.arrange(cursor)

    def arranged(self) -> Sequence[SourceNode]:
        """Return the nodes that are not below a collapsed one."""
        return tuple(visible_nodes(self.items, self._collapsed.__contains__))

    def place_of(self, item: SourceNode, cursor: int) -> int:
        """Return the index of the node with the same key as `item`.

        Returns `cursor`, its old index, or the last one, if it is not listed any more.
        """
        keys = [node.key for node in self.listed]
        return keys.index(item.key) if item.key in keys else min(cursor, max(0, len(keys) - 1))

    def is_collapsed(self, node: SourceNode) -> bool:
        """Return whether a node is collapsed, so that the nodes below it are not listed."""
        return node.is_parent and node.key in self._collapsed

    def expand(self, node: SourceNode, *, expanded: bool = True) -> None:
        """List the nodes below a node, or hide them if `expanded` is False."""
        if expanded:
            self._collapsed.discard(node.key)
        else:
            self._collapsed.add(node.key)

    def parent(self, index: int) -> int:
        """Return the index of the node that the one at an index is below.

        At the top of the tree it is the index itself.
        """
        depth = self.listed[index].depth
        above = range(index - 1, -1, -1)
        return next((at for at in above if self.listed[at].depth < depth), index)

    def heading(self) -> str:
        """Return what the list shows."""
        return "Sources"

    def rows(self, index: int, width: int) -> ItemRows:
        """Return the row of the node at an index of the list, `width` cells wide.

        It has the node's name, how far it was read if it is a book, whether it is a paused feed,
        and how many of its articles are unread.
        """
        node = self.listed[index]
        sign = " " if not node.is_parent else "▸" if self.is_collapsed(node) else "▾"
        unit = "unread " if self.is_spoken else ""
        count = f" {node.unread:,} {unit}" if node.unread else " "
        if node.book is not None and node.book.furthest:
            count = f" {node.book.progress:.0%}{count}"
        if node.is_paused:
            count = f" paused{count}"
        if self.is_spoken and node.is_parent:
            sign = " "
            count = f" {'collapsed' if self.is_collapsed(node) else 'expanded'}{count}"
        room = max(1, width - 1 - cell_width(count))
        label = self.name_of(node) if node.article else node.label
        indent = " " * node.depth * (INDENT if width >= NARROW else 1)
        name = fit_cells(f"{indent}{sign} {label}", room)
        return (((name, "bold" if node.unread else "faint"), (count, "")),)


class SourcePane(ItemList[SourceTreeModel]):
    """The tree of sources, in the place of the articles or beside them."""

    IN_PALETTE_WHEN_HIDDEN = False

    KEY_SCOPE = "sources"
    BINDINGS = [
        key("l,right", "branch(True)", "Into the source", "Expand it, or list its articles", LIST),
        key("h,left", "branch(False)", "Collapse", "Collapse it, or go to what it is in", LIST),
        key(
            "A", "do('read')", "All read", "Mark all its articles as read", LIST, name="source-read"
        ),
        key(
            "x",
            "do('remove')",
            "Remove",
            "Remove the source or the saved search",
            LIST,
            name="source-remove",
        ),
        key("R", "do('refresh')", "Refresh", "Refresh its feeds", LIST, name="source-refresh"),
        key(
            "e",
            "do('rename')",
            "Rename",
            "Rename the feed or the saved search",
            LIST,
            name="source-rename",
        ),
        key(
            "d",
            "do('move')",
            "Move",
            "Move the feed to a folder, or the saved search to a place",
            LIST,
            name="source-move",
        ),
        key(
            "g q",
            "do('change')",
            "Query",
            "Change the query of the saved search",
            LIST,
            name="source-query",
        ),
        key("p", "do('pause')", "Pause", "Pause the feed, or resume it", LIST, name="source-pause"),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(SourceTreeModel(), id=id)
        self.on_verb: Callable[[SourceVerb, SourceNode], None] | None = None
        """Does what the user asks for."""

    def show(self, nodes: Sequence[SourceNode]) -> None:
        """Show a new tree; the cursor stays on its node."""
        self.renew(self.model.show(nodes, self.cursor))

    def action_open(self) -> None:
        """List the articles of the node under the cursor."""
        self.action_do("enter")

    def action_branch(self, forward: bool) -> None:
        """Expand the node under the cursor, or list its articles if it is expanded.

        If not `forward`, collapse it, or go to the node that it is below.
        """
        node = self.model.item(self.cursor)
        if node is None:
            return
        is_collapsed = self.model.is_collapsed(node)
        if forward and not is_collapsed:
            self.action_do("enter")
        elif forward or (node.is_parent and not is_collapsed):
            self.model.expand(node, expanded=forward)
            self.rearrange()
        else:
            self.move_to(self.model.parent(self.cursor))

    def action_do(self, verb: SourceVerb) -> None:
        """Do something with the node under the cursor."""
        node = self.model.item(self.cursor)
        if node is not None and self.on_verb is not None:
            self.on_verb(verb, node)
