"""The messages of the text pane to its screen."""

from dataclasses import dataclass

from textual.message import Message

from tuireader.domain.article import Passage
from tuireader.domain.quote import Quote
from tuireader.ui.bindings import Verb
from tuireader.ui.text_pane.search import SearchState


class TextRequest(Message):
    """The user asks for something that concerns the text; `run_text_request` does it."""


@dataclass
class Moved(Message):
    """The cursor moved to an offset; `seen` is the passage that is on the screen."""

    offset: int
    seen: Passage


@dataclass
class Jumped(TextRequest):
    """The cursor jumps; `offset` is where it was before."""

    offset: int


@dataclass
class Searched(Message):
    """The state of the search has changed: the query, or the match at the cursor."""

    state: SearchState


@dataclass
class QuotationReached(Message):
    """The cursor jumped to a quotation."""

    quote: Quote


@dataclass
class MarkSet(TextRequest):
    """The user sets the place mark with a letter at the cursor."""

    letter: str


@dataclass
class MarkRequested(TextRequest):
    """The user wants to go to the place mark with a letter."""

    letter: str


@dataclass
class SpeakerRequested(TextRequest):
    """The user wants to add a passage as a quotation, or to name a quotation's speaker.

    `passage` is the selection, None for none; `quote` is the quotation at the cursor, if any.
    """

    passage: Passage | None
    quote: Quote | None


@dataclass
class ExtentChanged(TextRequest):
    """The user has ended the change of a quotation's extent; None if it stays."""

    quote: Quote
    extent: Passage | None


@dataclass
class BookmarkActionRequested(TextRequest):
    """The user runs the command `verb` on a passage of the text."""

    verb: Verb
    passage: Passage


@dataclass
class LinkFollowed(TextRequest):
    """The user opens a link: an address or location, and a named place in it.

    Both are "" if there is no link at the cursor.
    """

    target: str = ""
    place: str = ""


class LinksRequested(TextRequest):
    """The user wants to choose among all links."""
