"""The screen of the speakers in all articles, which are searched while it is open."""

import time
from collections.abc import Callable
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.worker import get_current_worker

from tuireader.app.context import AppContext
from tuireader.domain.errors import TuiReaderError
from tuireader.library.speaker_index import SpeakerAppearance, SpeakerIndex
from tuireader.quotes.corrections import apply_corrections, attributed_quotes
from tuireader.quotes.speakers import Speaker
from tuireader.text.messages import counted
from tuireader.ui.bindings import PANES, key
from tuireader.ui.lists.speakers import AppearanceList, SpeakerList
from tuireader.ui.screens.dialogs import Answering
from tuireader.ui.textual_compat import DirectScreen
from tuireader.ui.widgets.prompt_line import BACK_KEYS, COMMAND_KEYS, PromptingScreen
from tuireader.ui.widgets.status_line import StatusLine
from tuireader.ui.workers import StoppedError, worker_pause

UPDATE_INTERVAL = 0.4
"""Seconds at least between two updates of the list during the search."""

SEARCH_SHARE = 10
"""How many times longer than the last update the search runs before the next update."""


class SpeakersScreen(
    Answering[SpeakerAppearance | None],
    PromptingScreen[SpeakerAppearance | None],
    DirectScreen[SpeakerAppearance | None],
):
    """All speakers, and where one is quoted.

    Returns the place in an article to go to, None if the user goes back.
    """

    KEY_SCOPE: ClassVar = "speakers"
    BINDINGS = [
        *BACK_KEYS,
        key("S", "back", "Back", "Back one level", PANES, name="speakers-back"),
        key(
            "question_mark",
            "app.keys",
            "Keys",
            "Show the keys",
            PANES,
            name="help",
            show=True,
        ),
        *COMMAND_KEYS,
    ]

    def __init__(self, context: AppContext) -> None:
        """Take the program's services, which keep the speakers found so far."""
        super().__init__()
        self._app_context = context
        version = context.notebook.corrections.version
        if context.speaker_index is None or context.speaker_index.version != version:
            context.speaker_index = SpeakerIndex(version)
        self._index = context.speaker_index

    def compose(self) -> ComposeResult:
        """Yield the list of speakers, and the list of articles that replaces it."""
        yield SpeakerList()
        appearances = AppearanceList()
        appearances.display = False
        yield appearances
        yield StatusLine()

    def on_mount(self) -> None:
        """Focus the speakers, show those that are known, and search the articles that are left."""
        self.query_one(SpeakerList).focus()
        seen, speakers = self._index.listed
        total = len(self._app_context.catalogue)
        is_complete = seen >= total
        if seen:
            state = self._words(total) if is_complete else f"{seen}/{total} articles …"
            self._show(speakers, state, complete=is_complete)
        if not (seen and is_complete):
            self._search()

    @work(thread=True, exclusive=True, group="speakers")
    def _search(self) -> None:
        """Search all articles that are in the list now.

        Closing the screen stops the search; it continues when the screen is opened again.
        """
        context, index, pause = self._app_context, self._index, worker_pause(get_current_worker())
        total = len(context.catalogue)
        due = time.monotonic() if index.seen else time.monotonic() + UPDATE_INTERVAL
        try:
            while index.seen < total:
                self._add_article(context.catalogue.location(index.seen), pause)
                index.seen += 1
                if time.monotonic() > due:
                    due = self._update(f"{index.seen}/{total} articles …", complete=False)
                pause()
        except StoppedError:
            return
        self._update(self._words(total), complete=True)

    def _words(self, total: int) -> str:
        """Return how many articles were searched, which are all."""
        unreadable = self._index.unreadable
        return counted(total, "article") + (f", {unreadable} unreadable" if unreadable else "")

    def _add_article(self, location: str, pause: Callable[[], None]) -> None:
        """Add the quotations of one article to the index of speakers.

        An article that cannot be read, or is too long, is passed over. `pause` may raise to cancel.
        """
        context, index = self._app_context, self._index
        try:
            article = context.load_article(location, pause)
            found = tuple(context.find_quotes(article, pause))
        except TuiReaderError:
            index.unreadable += 1
            return
        quotes = attributed_quotes(
            apply_corrections(
                found, context.notebook.corrections.for_article(article), article.text
            )
        )
        pause()  # A search that was stopped must not add to the index that another continues.
        index.add(article, quotes)

    def _update(self, state: str, *, complete: bool) -> float:
        """Show the speakers found so far; return when to do so next.

        `state` says how much was searched; `complete` tells whether the search is over. The time is
        that of the monotonic clock, in seconds.
        """
        begun = time.monotonic()
        self.app.call_from_thread(self._show, self._index.list_speakers(), state, complete=complete)
        now = time.monotonic()
        return now + max(UPDATE_INTERVAL, SEARCH_SHARE * (now - begun))

    def _show(self, speakers: tuple[Speaker, ...], state: str, *, complete: bool) -> None:
        """Show the speakers found so far, unless the screen was closed in the meantime.

        `state` says how much was searched; `complete` tells whether the search is over.
        """
        if self.is_attached:
            self.query_one(SpeakerList).show(speakers, state, complete=complete)

    @on(SpeakerList.OpenRequested)
    def _open_speaker(self, event: SpeakerList.OpenRequested) -> None:
        """Show the articles in which a speaker is quoted."""
        appearances = self.query_one(AppearanceList)
        appearances.show(event.speaker.name, self._index.of(event.speaker))
        self._show_appearances(shown=True)

    @on(AppearanceList.OpenRequested)
    def _open_appearance(self, event: AppearanceList.OpenRequested) -> None:
        """Close the screen and return the place to go to."""
        self.dismiss(event.appearance)

    def _show_appearances(self, *, shown: bool) -> None:
        """Show the articles of one speaker if `shown`, else all speakers again."""
        speakers, appearances = self.query_one(SpeakerList), self.query_one(AppearanceList)
        speakers.display, appearances.display = not shown, shown
        (appearances if shown else speakers).focus()

    def action_back(self) -> None:
        """Go back from a speaker's articles to the speakers, and from there to the text."""
        if self.query_one(AppearanceList).display:
            self._show_appearances(shown=False)
        else:
            self.workers.cancel_node(self)
            self.dismiss(None)
