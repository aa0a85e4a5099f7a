"""How a pane asks for words to look for, and is told them."""

from dataclasses import dataclass
from typing import Protocol

from textual.message import Message


class Searched(Protocol):
    """A pane that words can be looked for in."""

    QUERY_PROMPT: str

    def query_typed(self, query: str) -> None:
        """The reader typed; the words so far."""

    def query_ended(self, *, accepted: bool) -> None:
        """The reader pressed Enter, or Esc."""

    def focus(self) -> object:
        """Take the keys again."""


@dataclass
class Asked(Message):
    """A pane asks for a line to type words into."""

    pane: Searched
