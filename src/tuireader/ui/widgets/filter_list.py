"""A list that shows only the items with the words that the reader types."""

from tuireader.ui.bindings import FIND, key
from tuireader.ui.widgets.asking import Asked
from tuireader.ui.widgets.item_list import ItemList


class FilterList(ItemList):
    """A list with a filter; the subclass arranges its items anew whenever the words change."""

    BINDINGS = [
        key("slash", "ask", "Filter", "Show only what has these words", FIND, show=True),
        key("escape", "unfilter", "Show all", "Show everything again", FIND),
    ]

    QUERY_PROMPT = "Filter"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.query_words = ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Esc to the screen while everything is shown."""
        if action == "unfilter":
            return bool(self.query_words)
        return super().check_action(action, parameters)

    def rearrange(self) -> None:
        """Filter and sort again; subclasses do."""
        raise NotImplementedError

    def action_ask(self) -> None:
        """Ask for the words."""
        self.post_message(Asked(self))

    def action_unfilter(self) -> None:
        """Show everything again."""
        self.query_typed("")

    def query_typed(self, query: str) -> None:
        """Filter while the reader types."""
        if query.strip() != self.query_words:
            self.query_words = query.strip()
            self.rearrange()

    def query_ended(self, *, accepted: bool) -> None:
        """Keep the filter, or show everything again."""
        if not accepted:
            self.query_typed("")
