"""Navigation between articles, links, place marks, search screens, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tuireader.domain.article import Article, Link, Passage, contents_location, is_internal_link
from tuireader.layout.rapid import USUAL_SPEED
from tuireader.ui.reader.history import History, Place

if TYPE_CHECKING:
    from typing import Any

    from textual.app import App

    from tuireader.app.context import AppContext
    from tuireader.domain.bookmark import Bookmark
    from tuireader.ui.lists.hits import HitModel, LibraryHit
    from tuireader.ui.notebook_editor import NotebookEditor, Notifier
    from tuireader.ui.reader.opener import ArticleOpener
    from tuireader.ui.reader.session import ArticleSession
    from tuireader.ui.workers import Tasks

MIN_MARK_LENGTH = 40
"""Code points of the text that a place mark stores at least, to be found again."""

BACK_MARKS = "'`"
"""The letters of the mark that is the place before the last jump."""


def mark_passage(article: Article, cursor: int, sentence: Passage) -> Passage:
    """Return the passage that a place mark at the cursor stores.

    It reaches from the cursor to the end of its sentence, and has at least `MIN_MARK_LENGTH` code
    points if the text has, so that it can be found again.
    """
    end = max(sentence.end, min(cursor + MIN_MARK_LENGTH, len(article.text)))
    return Passage(cursor if cursor < end else sentence.start, end)


class NavigationController:
    """Opens articles and places, and goes back."""

    def __init__(
        self,
        context: AppContext,
        session: ArticleSession,
        notifier: Notifier,
        tasks: Tasks,
        *,
        opener: ArticleOpener,
        editor: NotebookEditor,
        cursor: Callable[[], int],
        focus_text: Callable[[], None],
        show_found: Callable[[list[str]], None],
        open_in_browser: Callable[[str], str],
        end_find: Callable[[], None] = lambda: None,
    ) -> None:
        """Take the services of the screen.

        `cursor` returns the offset of the cursor in the open article, `focus_text` focuses the
        text, `show_found` adds articles to the list, `open_in_browser` opens an address and returns
        a message about it, and `end_find` ends the search in the text.
        """
        self._context = context
        self._session = session
        self._opener = opener
        self._editor = editor
        self._notifier = notifier
        self._tasks = tasks
        self._cursor = cursor
        self._focus_text = focus_text
        self._show_found = show_found
        self._open_in_browser = open_in_browser
        self._end_find = end_find
        self._hits: HitModel | None = None
        """The search over the library; it is kept when its screen is left."""
        self._history = History()
        self._words_a_minute = USUAL_SPEED

    def open(self, location: str, offset: int | None = None, message: str = "") -> None:
        """Open an article that was chosen in a list, and focus the text.

        `offset` is where to go in it, None for its last position; `message` is shown then.
        """
        self._push()
        self._opener.open(location, offset, message=message)
        self._focus_text()

    def go_to(self, offset: int) -> None:
        """Go to an offset of the open article, and focus the text."""
        self._push()
        self._focus_text()
        self._session.go_to(offset)

    def open_neighbour(self, location: str, step: int) -> None:
        """Open the article at a location, the next or previous one of the list.

        `location` is "" if there is none; `step` then tells which end of the list to name: the last
        article if it is positive, else the first.
        """
        if location:
            self._push()
            self._opener.open(location)
        else:
            self._notifier.say(
                "This is the last article." if step > 0 else "This is the first article."
            )

    def open_unread(self, location: str) -> None:
        """Open the next unread article, at a location; for "", say that there is none."""
        if location:
            self._push()
            self._opener.open(location)
        else:
            self._notifier.say("This is the end, and no other article in the list is unread.")

    def open_contents(self) -> None:
        """Open the table of contents of the book that the open article belongs to."""
        article = self._session.article
        contents = contents_location(article) if article else ""
        if contents and self._context.catalogue.number(contents) >= 0:
            self._push()
            self._opener.open(contents)
        else:
            self._notifier.say("No table of contents here")

    def back(self, count: int = 1) -> None:
        """Go back to the place before the last jump, `count` jumps; say so if there is none."""
        place = self._history.back(self._here(), count)
        if place is None:
            self._notifier.say("No earlier place to go back to")
        else:
            self._opener.open(*place)

    def forward(self, count: int = 1) -> None:
        """Undo going back `count` times; say so if there is nothing to go forward to."""
        place = self._history.forward(self._here(), count)
        if place is None:
            self._notifier.say("No later place to go forward to")
        else:
            self._opener.open(*place)

    def jumped(self, offset: int) -> None:
        """Record that the cursor of the open article jumped away from an offset."""
        article = self._session.article
        if article is not None:
            self._history.push((article.location, offset))

    def set_mark(self, letter: str, sentence: Passage) -> None:
        """Set a place mark at the cursor; do nothing if no article is open.

        `letter` is its name, and `sentence` the sentence at the cursor.
        """
        article = self._session.article
        if article is not None:
            passage = mark_passage(article, self._cursor(), sentence)
            marks = self._context.notebook.place_marks
            self._editor.change(
                lambda: marks.set(letter, article, passage), f"Place mark {letter} set"
            )

    def go_to_mark(self, letter: str) -> None:
        """Go to the place mark with a letter; say so if there is none.

        The marks ' and ` are the place before the last jump.
        """
        if letter in BACK_MARKS:
            self.back()
            return
        mark = self._context.notebook.place_marks.get(letter)
        if mark is None:
            self._notifier.say(f"No place mark {letter}")
        else:
            self._push()
            self._opener.open_place_mark(mark)

    def follow(self, target: str, place: str) -> None:
        """Open the target of a link: in this program, or in the browser.

        `target` is a location or an address, "" for the open article; `place` is a named place in
        it, "" for its start. Both are "" if there is no link at the cursor.
        """
        article = self._session.article
        if not target and not place:
            self._notifier.say("No link here")
        elif article and is_internal_link(article, target, place):
            self._push()
            self._opener.open(target or article.location, place=place)
        elif target.startswith(("http://", "https://")):
            self._notifier.say(self._open_in_browser(target))
        else:
            self._notifier.say(f"Its address is {target}")

    async def choose(self, what: str) -> None:
        """Show a screen of choices, and go to what is chosen.

        `what` is "changes", "corrections", "hits", "notes", "orphans" or "speakers"; for
        "encoding", the file is read with the chosen one. For "rapid", the text is shown a word at
        a time, and for "picture" a picture. If the user goes back, nothing happens.
        """
        choices = {
            "encoding": self._opener.choose_encoding,
            "changes": self.choose_change,
            "corrections": self.choose_correction,
            "hits": self.search_library,
            "notes": self.choose_note,
            "orphans": self.choose_orphan,
            "rapid": self.read_rapidly,
            "picture": self.see_picture,
            "speakers": self.choose_speaker,
        }
        await choices[what]()

    async def read_rapidly(self) -> None:
        """Show the open article a word at a time, and go to the word that was shown last."""
        article = self._session.article
        if article is None or not article.text:
            return
        from tuireader.ui.screens.rapid_reader import RapidReader  # noqa: PLC0415 - not at the start

        reader = RapidReader(article, self._cursor(), self._words_a_minute)
        offset = await self._tasks.ask(reader)
        self._words_a_minute = reader.speed
        if offset is not None:
            self._session.go_to(offset)

    async def see_picture(self) -> None:
        """Show the picture at the cursor, or the nearest one."""
        from tuireader.ui.reader.pictures import show_pictures  # noqa: PLC0415 - not at the start

        if (article := self._session.article) is not None:
            await show_pictures(article, self._cursor(), self._tasks, self._notifier)

    async def choose_link(self) -> None:
        """Ask for one of the article's links, and open it."""
        article = self._session.article
        if article is None or not article.links:
            self._notifier.say("No links in this article")
            return
        from tuireader.ui.screens.dialogs import LinkChoiceScreen  # noqa: PLC0415 - not at the start

        link: Link | None = await self._tasks.ask(LinkChoiceScreen(article.links, article.text))
        if link is not None:
            self.follow(link.target, link.place)

    async def choose_change(self) -> None:
        """Show the changes of the open article, and go to the chosen one."""
        article, notebook = self._session.article, self._context.notebook
        if article is None:
            return
        versions = notebook.versions.for_location(
            article.location, notebook.bookmarks.for_article(article)
        )
        if len(versions) < 2:
            self._notifier.say("The article has not changed since you first opened it.")
            return
        from tuireader.ui.screens.versions import VersionsScreen  # noqa: PLC0415 - not at the start

        offset = await self._tasks.ask(VersionsScreen(notebook, article, versions))
        if offset is not None:
            self._push()
            self._session.go_to(offset)

    async def choose_note(self) -> None:
        """Show the bookmarks and notes of all articles, and go to the chosen one."""
        from tuireader.ui.screens.notes import NotesScreen  # noqa: PLC0415 - not at the start

        bookmark = await self._tasks.ask(NotesScreen(self._context.notebook))
        self._session.renew()
        self._go_to_bookmark(bookmark)

    async def choose_orphan(self) -> None:
        """Show the orphaned bookmarks, and go to the old place of the chosen one."""
        from tuireader.ui.screens.orphans import OrphansScreen  # noqa: PLC0415 - not at the start

        def whole(location: str) -> Article:
            return self._context.load_article(location, lambda: None)

        bookmark = await self._tasks.ask(OrphansScreen(self._context.notebook, whole))
        self._session.renew()
        self._go_to_bookmark(bookmark)

    async def choose_correction(self) -> None:
        """Show the corrections of all articles, and go to the chosen one's quotation."""
        from tuireader.ui.screens.corrections import CorrectionsScreen  # noqa: PLC0415 - not at the start

        chosen = await self._tasks.ask(CorrectionsScreen(self._context.notebook))
        self._session.renew()
        if chosen is not None:
            self._show_found([chosen.record.location])
            self.open(chosen.record.location, chosen.start if chosen.words else None)

    async def choose_speaker(self) -> None:
        """Show the speakers in all articles, and go to the chosen quotation."""
        from tuireader.ui.screens.speakers import SpeakersScreen  # noqa: PLC0415 - not at the start

        chosen = await self._tasks.ask(SpeakersScreen(self._context))
        if chosen is not None:
            self.open(chosen.location, chosen.start)

    async def search_library(self) -> None:
        """Show the search over the library, and go to the hit that is chosen."""
        from tuireader.ui.lists.hits import HitModel  # noqa: PLC0415 - not at the start
        from tuireader.ui.screens.search import SearchScreen  # noqa: PLC0415 - as above

        self._hits = self._hits or HitModel()
        hit = await self._tasks.ask(SearchScreen(self._context, self._hits))
        if hit is not None:
            self._end_find()  # n and N go through the hits
            self._go_to_hit(hit)

    def step_to_hit(self, steps: int) -> bool:
        """Go `steps` hits on, or back if negative.

        Returns False if there is no search over the library with hits; True also at its ends.
        """
        if self._hits is None or not len(self._hits):
            return False
        hit = self._hits.step(steps)
        if hit is None:
            self._notifier.say("This is the last hit." if steps > 0 else "This is the first hit.")
        else:
            self._go_to_hit(hit)
        return True

    def _go_to_hit(self, hit: LibraryHit) -> None:
        """Go to a passage that was found, or to the article."""
        self._show_found([hit.location])
        message = ""
        if self._hits is not None:
            place = f"{self._hits.cursor + 1}/{len(self._hits)}"
            message = f"Hit {place} of “{self._hits.text}”  ·  n next, N previous"
        self.open(hit.location, self._offset_of_hit(hit), message)

    def _offset_of_hit(self, hit: LibraryHit) -> int | None:
        """Return the offset of a hit in its article; None for the last reading position.

        A hit in a note is at the note's bookmark.
        """
        passage = hit.passage
        if passage is None:
            return None
        if passage.start >= 0:
            return passage.start
        for mark in self._context.notebook.bookmarks.all():
            is_here = mark.article.location == hit.location
            if is_here and mark.note.split() == passage.text.split():
                return mark.start
        return None

    def _go_to_bookmark(self, bookmark: Bookmark | None) -> None:
        """Go to a bookmark, or to the old place of an orphan; do nothing for None."""
        if bookmark is not None and bookmark.article.is_without_file:
            self._notifier.say(bookmark.orphan_reason)
        elif bookmark is not None:
            self._show_found([bookmark.article.location])
            self.open(bookmark.article.location, bookmark.start)
            if bookmark.orphan:
                self._notifier.say("These words are no longer in the text; they were about here.")

    def _push(self) -> None:
        """Add the cursor's place to the history."""
        here = self._here()
        if here is not None:
            self._history.push(here)

    def _here(self) -> Place | None:
        """Return the cursor's place; None if no article is open."""
        article = self._session.article
        return (article.location, self._cursor()) if article is not None else None


def browser_opener(app: Callable[[], App[Any]]) -> Callable[[str], str]:
    """Return a function that opens a web address in the browser.

    `app` returns the application. The function returns a message about what it did.
    """

    def open_address(address: str) -> str:
        from tuireader.ui.external_programs import open_in_browser  # noqa: PLC0415 - not at the start

        return open_in_browser(app(), address)

    return open_address
