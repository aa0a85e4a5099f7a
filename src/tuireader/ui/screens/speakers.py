"""All speakers over all articles, found while they are looked at, and where they speak."""

import time
from collections.abc import Callable

from textual import on, work
from textual.app import ComposeResult
from textual.worker import get_current_worker

from tuireader.app.context import AppContext
from tuireader.domain.errors import TuiReaderError
from tuireader.library.speaker_index import SpeakerAppearance, SpeakerIndex
from tuireader.quotes.corrections import apply_corrections, attributed_quotes
from tuireader.quotes.speaker import Speaker
from tuireader.ui.bindings import PANES, key
from tuireader.ui.lists.speakers import AppearanceList, SpeakerList
from tuireader.ui.screens.dialog import Answering
from tuireader.ui.widgets.prompt_line import Prompting
from tuireader.ui.widgets.status_line import StatusLine
from tuireader.ui.workers import StoppedError, worker_pause

SHOWN_EVERY = 0.4
"""Seconds at least between two showings of what was found so far."""

SHARE = 10
"""How many times longer it is looked further than the showing took."""


class SpeakersScreen(Answering[SpeakerAppearance | None], Prompting[SpeakerAppearance | None]):
    """The speakers; it gives the article to which the reader wants to go."""

    BINDINGS = [
        key("q,escape,S", "back", "Back", "Back one level", PANES, name="speakers-back", show=True),
        key(
            "question_mark",
            "app.keys",
            "Keys",
            "Show the keys",
            PANES,
            name="speakers-keys",
            show=True,
        ),
    ]

    def __init__(self, desk: AppContext) -> None:
        super().__init__()
        self._desk = desk
        version = desk.notebook.corrections.version
        if desk.chorus is None or desk.chorus.version != version:
            desk.chorus = SpeakerIndex(version)
        self._chorus = desk.chorus

    def compose(self) -> ComposeResult:
        """The speakers; where one of them speaks comes in their place."""
        yield SpeakerList()
        appearances = AppearanceList()
        appearances.display = False
        yield appearances
        yield StatusLine()

    def on_mount(self) -> None:
        """Begin to look through the articles."""
        self.query_one(SpeakerList).focus()
        self._gather()

    @work(thread=True, exclusive=True, group="speakers")
    def _gather(self) -> None:
        """Look through all articles that are in the list now; leaving the screen ends it.

        When the screen comes back it is gone on from there.
        """
        desk, chorus, pause = self._desk, self._chorus, worker_pause(get_current_worker())
        total = len(desk.catalogue)
        due = time.monotonic() if chorus.seen else time.monotonic() + SHOWN_EVERY
        try:
            while chorus.seen < total:
                self._take_in(desk.catalogue.location(chorus.seen), pause)
                chorus.seen += 1
                if time.monotonic() > due:
                    due = self._tell(f"{chorus.seen}/{total} articles…")
                pause()
        except StoppedError:
            return
        articles = "1 article" if total == 1 else f"{total} articles"
        lost = f", {chorus.unreadable} not readable" if chorus.unreadable else ""
        self._tell(f"{articles}{lost}")

    def _take_in(self, location: str, pause: Callable[[], None]) -> None:
        desk, chorus = self._desk, self._chorus
        try:
            article = desk.whole(location, pause)
            found = tuple(desk.quotes(article, pause))
        except TuiReaderError:
            chorus.unreadable += 1
            return
        quotes = attributed_quotes(apply_corrections(found, desk.notebook.corrections.of(article)))
        pause()  # What has been left adds nothing more to what another screen goes on with.
        chorus.add(article, quotes)

    def _tell(self, state: str) -> float:
        """Have what was found so far shown; when to do so again, on the monotonic clock."""
        begun = time.monotonic()
        self.app.call_from_thread(self._found, self._chorus.speakers(), state)
        now = time.monotonic()
        return now + max(SHOWN_EVERY, SHARE * (now - begun))

    def _found(self, speakers: tuple[Speaker, ...], state: str) -> None:
        if self.is_attached:
            names = self.query_one(SpeakerList)
            names.state = state
            names.speakers = speakers

    @on(SpeakerList.Opened)
    def _speaker_opened(self, event: SpeakerList.Opened) -> None:
        appearances = self.query_one(AppearanceList)
        appearances.show(event.speaker.name, self._chorus.of(event.speaker))
        self._show_appearances(shown=True)

    @on(AppearanceList.Opened)
    def _appearance_opened(self, event: AppearanceList.Opened) -> None:
        self.dismiss(event.appearance)

    def _show_appearances(self, *, shown: bool) -> None:
        names, appearances = self.query_one(SpeakerList), self.query_one(AppearanceList)
        names.display, appearances.display = not shown, shown
        (appearances if shown else names).focus()

    def action_back(self) -> None:
        """From where somebody speaks to the speakers, and from there to the text."""
        if self.query_one(AppearanceList).display:
            self._show_appearances(shown=False)
        else:
            self.workers.cancel_node(self)
            self.dismiss(None)
