"""The speakers of the whole library, and the articles in which one of them is quoted."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message

from tuireader.layout.cells import fit_cells
from tuireader.library.speaker_index import SpeakerAppearance
from tuireader.quotes.speakers import Speaker
from tuireader.text.messages import counted
from tuireader.ui.lists.item_list import FILTER_KEYS, ItemList
from tuireader.ui.lists.model import ItemRows, ListModel, wrapped_lines

MAX_ROWS = 2
"""Rows of the first words in an article that the list shows."""


class SpeakerModel(ListModel[Speaker]):
    """The speakers that were found so far, the most quoted first."""

    def __init__(self) -> None:
        super().__init__()
        self.state = ""
        """How much of the library was searched."""
        self.complete = False
        """Whether all of the library was searched."""

    def heading(self) -> str:
        """Return how many speakers there are, and how much was searched for them."""
        return " · ".join(filter(None, (f"Speakers {self.counted()}", self.query, self.state)))

    def empty_text(self) -> str:
        """Return why the list is empty."""
        if self.query:
            return "No matching speaker"
        return "No quotations in the library" if self.complete else "No speakers found yet"

    def text_of(self, item: Speaker) -> str:
        """Return the speaker's name and its variants."""
        return "\n".join((item.name, *item.variants))

    def place_of(self, item: Speaker, cursor: int) -> int:
        """Return the new index of a speaker; 0 if the speaker is not listed any more.

        A cursor at index 0 stays there, so that the most quoted one is under it.
        """
        if not cursor:
            return 0
        places = (place for place, speaker in enumerate(self.listed) if speaker.name == item.name)
        return next(places, 0)

    def rows(self, index: int, width: int) -> ItemRows:
        """Return the rows of the speaker at an index of the list for `width` cells.

        They have the name with the number of quotations and articles, and the name's variants.
        """
        speaker = self.listed[index]
        facts = f"{speaker.quotes:>6} in {counted(speaker.articles, 'article')}"
        room = max(8, width - 2)
        name = min(48, max(8, room - 22))
        head = [
            (fit_cells(speaker.name, name), "strong"),
            (fit_cells(facts, max(0, room - name)), "faint"),
        ]
        also = ", ".join(speaker.variants)
        return [head, [(fit_cells(f"  also {also}", room), "faint")]] if also else [head]


class SpeakerList(ItemList[SpeakerModel]):
    """The list of all speakers."""

    KEY_SCOPE = "speakers"
    BINDINGS = [*FILTER_KEYS]

    @dataclass
    class OpenRequested(Message):
        """The user wants to see where a speaker is quoted."""

        speaker: Speaker

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(SpeakerModel(), id=id)

    def show(self, speakers: Sequence[Speaker], state: str, *, complete: bool) -> None:
        """List the speakers that were found so far, the most quoted first.

        `state` says how much was searched, and `complete` tells whether the search is over.
        """
        self.model.items, self.model.state, self.model.complete = speakers, state, complete
        self.rearrange()

    def action_open(self) -> None:
        """Show where the speaker under the cursor is quoted."""
        speaker = self.model.item(self.cursor)
        if speaker is not None:
            self.post_message(self.OpenRequested(speaker))


class AppearanceModel(ListModel[SpeakerAppearance]):
    """The articles in which one speaker is quoted, with the first words there."""

    def __init__(self) -> None:
        super().__init__()
        self.name = ""
        """The speaker's name."""

    def heading(self) -> str:
        """Return the speaker's name, and the number of articles."""
        return " · ".join(filter(None, (self.name, f"articles {self.counted()}", self.query)))

    def empty_text(self) -> str:
        """Return why the list is empty."""
        return "No matching article"

    def text_of(self, item: SpeakerAppearance) -> str:
        """Return the article's title and the speaker's first words in it."""
        return f"{item.title}\n{item.words}"

    def place_of(self, item: SpeakerAppearance, cursor: int) -> int:
        """Return 0, the index of the first article, whatever was under the cursor."""
        del item, cursor
        return 0

    def rows(self, index: int, width: int) -> ItemRows:
        """Return the rows of the article at an index of the list for `width` cells.

        They have its title, the number of the speaker's quotations in it, and the first words.
        """
        appearance = self.listed[index]
        room = max(8, width - 2)
        called = f" as {appearance.name}" if appearance.name != self.name else ""
        lines = wrapped_lines(appearance.words, room - 2, MAX_ROWS)
        return [
            [(fit_cells(appearance.title or appearance.location, room), "strong")],
            [(fit_cells(f"  {counted(appearance.quotes, 'quotation')}{called}", room), "faint")],
            *([(f"  {line}", "")] for line in lines),
            [],
        ]


class AppearanceList(ItemList[AppearanceModel]):
    """The list of the articles in which a speaker is quoted."""

    KEY_SCOPE = "speakers"
    BINDINGS = [*FILTER_KEYS]

    @dataclass
    class OpenRequested(Message):
        """The user wants to go to a speaker's words in an article."""

        appearance: SpeakerAppearance

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(AppearanceModel(), id=id)

    def show(self, name: str, appearances: Sequence[SpeakerAppearance]) -> None:
        """List the articles in which the speaker with a name is quoted, in their order."""
        self.model.name, self.model.items, self.model.query = name, appearances, ""
        self.rearrange()

    def action_open(self) -> None:
        """Go to the speaker's words in the article under the cursor."""
        appearance = self.model.item(self.cursor)
        if appearance is not None:
            self.post_message(self.OpenRequested(appearance))
