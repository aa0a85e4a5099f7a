"""The smallest Textual application that paints a word: what every figure is compared with."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static


class Bare(App[None]):
    """One line of text, and a key that changes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("j", "count", "Count")]

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("Landmark", id="line")

    def action_count(self) -> None:
        """Another number in the line."""
        self.count = getattr(self, "count", 0) + 1
        self.query_one("#line", Static).update(f"Landmark {self.count}")


if __name__ == "__main__":
    Bare().run()
