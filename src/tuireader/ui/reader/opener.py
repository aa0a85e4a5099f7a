"""Opens articles by their location, in the background, and shows them in the session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tuireader.domain.article_list import MISSING_FILE, ListEntry
from tuireader.domain.errors import SourceError
from tuireader.sources.files import is_address, os_error_reason
from tuireader.sources.plaintext.encoding import COMMON_ENCODINGS, named_encoding

if TYPE_CHECKING:
    from tuireader.app.context import AppContext
    from tuireader.domain.article import Article
    from tuireader.notebook.place_marks import PlaceMark
    from tuireader.ui.notebook_editor import Notifier
    from tuireader.ui.reader.read_ahead import ReadAhead
    from tuireader.ui.reader.session import ArticleSession
    from tuireader.ui.workers import Pause, Tasks

DETECT = "detect it"
"""What is chosen instead of an encoding for it to be detected."""


class ArticleOpener:
    """Loads articles by their location in the background, and shows them in the session."""

    def __init__(
        self,
        context: AppContext,
        session: ArticleSession,
        tasks: Tasks,
        notifier: Notifier,
        *,
        ahead: ReadAhead,
        on_problem: Callable[[], None],
    ) -> None:
        """Take the services.

        `ahead` may have loaded the article before, and `on_problem` is called when one cannot be
        opened.
        """
        self._ahead = ahead
        self._context = context
        self._on_problem = on_problem
        self._session = session
        self._tasks = tasks
        self._notifier = notifier
        self._page: Article | None = None

    def open(
        self, location: str, offset: int | None = None, place: str = "", message: str = ""
    ) -> None:
        """Open the article at a location, and go to a place in it.

        `place` is a named place in the text; without it (""), `offset` counts, and None is the last
        position. If the article is open already, the cursor only moves. If it cannot be opened, the
        error is shown; else the `message`, "" for none.
        """
        article = self._session.article
        if article and article.location == location:
            offset = article.offset_of(place) if place else offset
            if offset is not None:
                self._session.go_to(offset)
            self._notifier.say(message)
            return
        if head := self._ahead.take(location):
            # An article that is being loaded must not replace this one.
            self._tasks.in_thread(lambda _: None, group="open")
            self._notifier.say(" ".join(head.notices) or message)
            self._show(head, head.offset_of(place) if place else offset)
            return
        fetched = is_address(location)
        if fetched:
            self._notifier.say(f"Opening {location} …")
        job = partial(self._load, location, offset, place, message)
        self._tasks.in_thread(job, group="open", keys_wait=not fetched)

    def open_place_mark(self, mark: PlaceMark) -> None:
        """Open the article of a place mark, at the present place of the mark's words."""
        self._tasks.in_thread(partial(self._find_mark, mark, self._session.article), group="open")

    def toggle_page(self) -> None:
        """Show the whole web page that the article is from, or the article again."""
        article = self._session.article
        if article is not None:
            self._tasks.in_thread(partial(self._load_page, article), group="open")

    async def choose_encoding(self) -> None:
        """Ask for the encoding of the open file, remember it, and read the file again."""
        article = self._session.article
        if article is None or is_address(article.location) or "#" in article.location:
            self._notifier.say("Only a file of its own has an encoding to choose")
            return
        names = (DETECT, *COMMON_ENCODINGS)
        from tuireader.ui.screens.dialogs import NameChoiceScreen  # noqa: PLC0415 - not at the start

        name = await self._tasks.ask(
            NameChoiceScreen("Encoding of this file", names, "Encodings", optional=False)
        )
        if name is None:
            return
        if name != DETECT and not named_encoding(name):
            self._notifier.say(f"“{name}” is not an encoding")
            return
        try:
            self._context.choose_encoding(article.location, "" if name == DETECT else name)
        except OSError as error:
            self._notifier.complain(SourceError(article.location, os_error_reason(error)))
            return
        self._tasks.in_thread(partial(self._load, article.location, None, "", ""), group="open")

    def _load(
        self, location: str, offset: int | None, place: str, message: str, pause: Pause
    ) -> None:
        """Thread body: load an article's head, or else its stored text; show it as `open`."""
        call = self._tasks.call
        try:
            head = self._context.load_head(location)
            call(self._notifier.say, " ".join(head.notices) or message)
        except SourceError as error:
            kept = self._context.stored_text(location)
            if kept is None:
                call(self._fail, error)
                return
            head = kept
            call(self._notifier.say, "The file is gone. This is its text as you last saved it.")
        pause()
        call(self._show, head, head.offset_of(place) if place else offset)

    def _find_mark(self, mark: PlaceMark, article: Article | None, pause: Pause) -> None:
        """Thread body: find the words of a place mark in its article, and go there."""
        location = mark.article.location
        try:
            if article is None or article.location != location or not article.complete:
                article = self._context.load_article(location, pause)
        except SourceError as error:
            self._tasks.call(self._fail, error)
            return
        self._tasks.call(
            self.open, location, self._context.notebook.place_marks.offset(mark, article)
        )

    def _load_page(self, article: Article, pause: Pause) -> None:
        """Thread body: show the whole page of an article, or the article of the page shown."""
        del pause
        is_page = self._page is article
        try:
            if is_page:
                shown = self._context.load_head(article.location)
            else:
                shown = self._page = self._context.load_page(article.location)
        except SourceError as error:
            self._tasks.call(self._notifier.complain, error)
            return
        self._tasks.call(self._notifier.say, "")  # it says what was left out of the article
        self._tasks.call(self._session.show, shown, 0, is_version=is_page)

    def _show(self, article: Article, offset: int | None) -> None:
        """Show an article; clear its problem in the list if it had one."""
        catalogue = self._context.catalogue
        number = catalogue.number(article.location)
        if number >= 0 and catalogue.is_described(number):
            entry = catalogue.entry(number)
            if entry.problem not in {"", MISSING_FILE}:
                known = replace(entry, title=article.title, date=article.date, problem="")
                catalogue.update(replace(known, outlet=article.outlet or entry.outlet))
        self._session.show(article, offset)

    def _fail(self, error: SourceError) -> None:
        """Show why an article cannot be opened, also in the list."""
        catalogue = self._context.catalogue
        number = catalogue.number(error.location)
        if number >= 0:
            entry = catalogue.entry(number)
            problem = ListEntry(location=entry.location, title=entry.title, problem=error.reason)
            catalogue.update(problem)
            self._on_problem()
        self._notifier.say("")
        self._notifier.complain(error)
