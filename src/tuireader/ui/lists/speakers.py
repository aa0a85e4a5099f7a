"""Who speaks in the library, and where: two lists that are filtered alike."""

from dataclasses import dataclass

from textual.message import Message
from textual.reactive import var

from tuireader.layout.cells import fit_cells
from tuireader.layout.wrap import wrap_rows
from tuireader.library.speaker_index import SpeakerAppearance
from tuireader.quotes.speaker import Speaker
from tuireader.text import search
from tuireader.ui.widgets.item_list import FilterList, ItemRows
from tuireader.ui.widgets.pane import HEADING

MOST_ROWS = 2
"""Rows of the first words in an article that the list shows."""


class SpeakerList(FilterList):
    """Everybody who speaks, who says most first."""

    speakers: var[tuple[Speaker, ...]] = var(())
    """Those who were found so far."""
    state: var[str] = var("")
    """How far the library was looked through."""

    @dataclass
    class Opened(Message):
        """The reader wants to see where somebody speaks."""

        speaker: Speaker

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._listed: tuple[Speaker, ...] = ()

    @property
    def count(self) -> int:
        """How many speakers the list shows."""
        return len(self._listed)

    def heading(self) -> str:
        """How many there are, and in how many articles."""
        total = len(self.speakers)
        counted = f"{self.count}/{total}" if self.query_words else f"{total}"
        return " · ".join(filter(None, (f"Speakers {counted}", self.query_words, self.state)))

    def empty_words(self) -> str:
        """Why the list is empty."""
        if self.query_words:
            return "No speaker matches."
        return "Nobody has spoken so far." if "…" in self.state else "Nobody is quoted here."

    def make_item(self, index: int) -> ItemRows:
        """The name, how often and in how many articles, and what else they are called."""
        who = self._listed[index]
        articles = "1 article" if who.articles == 1 else f"{who.articles} articles"
        facts = f"{who.quotes:>6} in {articles}"
        room = max(8, self.inner.width - 2)
        name = min(48, max(8, room - 22))
        head = [
            (fit_cells(who.name, name), "strong"),
            (fit_cells(facts, max(0, room - name)), "faint"),
        ]
        also = ", ".join(who.variants)
        return [head, [(fit_cells(f"  also {also}", room), "faint")]] if also else [head]

    def watch_speakers(self) -> None:
        """Show those who were found since."""
        self.rearrange()

    def watch_state(self) -> None:
        """Say how far the library was looked through."""
        self.refresh_rows([HEADING])

    def rearrange(self) -> None:
        """Filter again, keeping the cursor on its speaker."""
        at = self._listed[self.cursor].name if self._listed else None
        listed = list(self.speakers)
        for word in self.query_words.split():
            pattern = search.search_pattern(word)
            if pattern is not None:
                listed = [who for who in listed if pattern.search(_names(who))]
        self._listed = tuple(listed)
        names = [who.name for who in listed]
        # Who reads on from the top wants to see who comes to stand there.
        stays = at in names and self.cursor > 0
        self.renew(cursor=names.index(at) if stays and at is not None else 0)

    def action_open(self) -> None:
        """Show where the speaker under the cursor speaks."""
        if self._listed:
            self.post_message(self.Opened(self._listed[self.cursor]))


class AppearanceList(FilterList):
    """The articles in which somebody speaks, with their first words there."""

    @dataclass
    class Opened(Message):
        """The reader wants to go to somebody's words in an article."""

        appearance: SpeakerAppearance

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._name = ""
        self._all: tuple[SpeakerAppearance, ...] = ()
        self._listed: tuple[SpeakerAppearance, ...] = ()

    @property
    def count(self) -> int:
        """How many articles the list shows."""
        return len(self._listed)

    def show(self, name: str, appearances: tuple[SpeakerAppearance, ...]) -> None:
        """List where somebody speaks."""
        self._name, self._all, self.query_words = name, appearances, ""
        self.rearrange()
        self.move_to(0)

    def heading(self) -> str:
        """Who it is, and in how many articles."""
        counted = f"{self.count}/{len(self._all)}" if self.query_words else f"{len(self._all)}"
        return " · ".join(filter(None, (self._name, f"articles {counted}", self.query_words)))

    def empty_words(self) -> str:
        """Why the list is empty."""
        return "No article matches."

    def make_item(self, index: int) -> ItemRows:
        """The article's title, how often they speak in it, and their first words."""
        one = self._listed[index]
        room = max(8, self.inner.width - 2)
        quotes = "1 quotation" if one.quotes == 1 else f"{one.quotes} quotations"
        called = f" as {one.name}" if one.name != self._name else ""
        rows = wrap_rows(one.words, 0, len(one.words), room - 2)
        lines = [one.words[start:end] for start, end in rows[:MOST_ROWS]]
        return [
            [(fit_cells(one.title or one.location, room), "strong")],
            [(fit_cells(f"  {quotes}{called}", room), "faint")],
            *([(f"  {line}", "")] for line in lines),
            [],
        ]

    def rearrange(self) -> None:
        """Filter again."""
        listed = list(self._all)
        for word in self.query_words.split():
            pattern = search.search_pattern(word)
            if pattern is not None:
                listed = [one for one in listed if pattern.search(f"{one.title}\n{one.words}")]
        self._listed = tuple(listed)
        self.renew(cursor=0)

    def action_open(self) -> None:
        """Go to the words."""
        if self._listed:
            self.post_message(self.Opened(self._listed[self.cursor]))


def _names(who: Speaker) -> str:
    return "\n".join((who.name, *who.variants))
