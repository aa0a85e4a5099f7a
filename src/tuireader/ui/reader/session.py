"""The open article: loads it completely in the background, and holds its state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from tuireader.app.memory import release_memory
from tuireader.domain.article import Article, Passage
from tuireader.domain.errors import TooLongError, TuiReaderError
from tuireader.domain.quote import NO_CORRECTIONS
from tuireader.text.messages import counted
from tuireader.ui.reader.drafts import drafts_on

if TYPE_CHECKING:
    from tuireader.app.context import AppContext
    from tuireader.domain.bookmark import Bookmark, ReadingProgress
    from tuireader.domain.quote import Corrections, Quote
    from tuireader.ui.notebook_editor import Notifier
    from tuireader.ui.reader.progress import ReadingProgressStore
    from tuireader.ui.reader.read_ahead import ReadAhead
from tuireader.ui.workers import Pause, Tasks

_LONG_TEXT = 100_000
"""Code points from which the known quotations are looked up in the background."""

_HUGE_TEXT = 4_000_000
"""Code points from which what was needed to read a text is given back to the system."""


@dataclass(frozen=True, kw_only=True)
class SessionState:
    """The state of the open article, which the panes show."""

    article: Article | None = None
    """The article, or its head while the rest is loading; None if none is open."""
    bookmarks: tuple[Bookmark, ...] = ()
    """Its bookmarks, in the order of the text."""
    drafts: tuple[Passage, ...] = ()
    """The passages with a draft of a note, in the order of the text."""
    quotes: tuple[Quote, ...] = ()
    """Its quotations, in the order of the text."""
    others: tuple[Quote, ...] = ()
    """Unattributed words in quotation marks, and quotations that the user dismissed."""
    searching: bool = True
    """Whether the search for quotations is still running."""
    refusal: str = ""
    """Why the article is not searched for quotations; empty if it is."""


class ArticleSession:
    """Holds the state of the open article, and completes it in the background.

    Every change of the state is published to the screen.
    """

    def __init__(
        self,
        context: AppContext,
        tasks: Tasks,
        notifier: Notifier,
        progress: ReadingProgressStore,
        *,
        ahead: ReadAhead,
        publish: Callable[[SessionState], None],
        go_to: Callable[[int], None],
    ) -> None:
        """Take the services of the screen.

        `ahead` loads the next article when this one is complete, `publish` is called with each new
        state, and `go_to` moves the cursor to an offset.
        """
        self._context = context
        self._tasks = tasks
        self._notifier = notifier
        self._progress = progress
        self._ahead = ahead
        self._publish = publish
        self.go_to = go_to
        self._state = SessionState(article=context.first_article)
        self._found: tuple[Quote, ...] = ()
        self._shown: tuple[tuple[Quote, ...], Corrections] = ((), NO_CORRECTIONS)
        self._lost_corrections = 0
        self._is_position_known = False
        self._is_beyond = False

    @property
    def state(self) -> SessionState:
        """The present state of the open article."""
        return self._state

    @property
    def article(self) -> Article | None:
        """The open article; None if none is open."""
        return self._state.article

    def update(self, **changes: Any) -> None:
        """Change fields of the state, named as in `SessionState`, and publish it."""
        self._state = replace(self._state, **changes)
        self._publish(self._state)

    def start(self, offset: int) -> None:
        """Continue with the article that was loaded at the start, with the cursor at an offset.

        If that is 0, the cursor moves to the position in the notebook once it is known.
        """
        if self.article is not None:
            left = self._progress.get(self.article.location).offset
            self.show(self.article, offset, is_there=True)
            self._is_position_known = left > 0 or offset > 0

    def show(
        self,
        article: Article,
        offset: int | None = None,
        *,
        is_version: bool = True,
        is_there: bool = False,
    ) -> None:
        """Show an article, and load the rest of it in the background.

        `offset` is where the cursor goes, None for its last position; with `is_there` it is there
        already. With `is_version` the text is recorded as a version; a whole web page is not one.
        """
        known = self._progress.get(article.location)
        self._is_position_known = offset is not None or known.offset > 0
        is_jump = offset is not None and offset not in {0, known.offset}
        offset = known.offset if offset is None else offset
        self._progress.open(article.location, offset, by_jump=is_jump)
        self._found, self._lost_corrections = (), 0
        self._state = SessionState(article=article)
        if not self._show_known_quotes(article):
            self._publish(self._state)
        self._is_beyond = not article.complete and offset >= len(article.text)
        if not is_there:
            self.go_to(offset)
        if article.left_out:
            left_out = counted(article.left_out, "paragraph")
            self._notifier.say(f"{left_out} of the page left out. P shows the whole page.")
        self._tasks.in_thread(partial(self._read, article, is_version=is_version), group="read")

    def move(self, offset: int, seen: Passage) -> None:
        """Record the cursor's position in the open article, and the passage on the screen.

        Nothing is recorded while the place of last time is beyond what is known of the text.
        """
        if self.article is not None and not self._is_beyond:
            self._progress.move(self.article, offset, seen)

    def renew(self) -> None:
        """Reload the article's bookmarks, drafts and corrections from the notebook."""
        notebook, article = self._context.notebook, self.article
        if article is not None and article.complete:
            self.update(bookmarks=notebook.bookmarks.for_article(article))
            if not self._state.searching:
                self._show_quotes(article, self._found, notebook.corrections.for_article(article))
        self._progress.load(notebook.progress.all(), article)

    def show_drafts(self) -> None:
        """Publish the passages of the drafts."""
        if self.article is not None:
            drafts = drafts_on(self._context.notebook, self.article)
            self.update(drafts=tuple(sorted(drafts.values())))

    def _read(self, article: Article, pause: Pause, *, is_version: bool) -> None:
        """Thread body: load the whole of an article or its head, bookmarks and quotations."""
        call = self._tasks.call
        try:
            if not article.complete:
                whole = self._context.load_article(article.location, pause)
                call(self._show_whole, whole)
                article = whole
            if others := self._context.other_locations(article):
                call(self._say_of, article, f"Also at {', '.join(others)}")
            notebook, saves = self._context.notebook, self._progress.saves
            call(self._load_progress, notebook.progress.all(), saves, article)
            is_changed = is_version and self._record_version(article)
            call(self._show_bookmarks, article, notebook.bookmarks.for_article(article), is_changed)
            notebook.texts.save_if_quarantined(article)
            found = self._context.prepare_quotes(article, pause)
            call(self._show_quotes, article, found, notebook.corrections.for_article(article))
            if following := call(lambda: self._ahead.next_location):
                self._ahead.prepare(following, pause)
        except TooLongError as error:
            call(self._end_search, article, str(error))
        except TuiReaderError as error:
            call(self._end_search, article)
            call(self._notifier.complain, error)
        finally:
            if len(article.text) >= _HUGE_TEXT:
                release_memory()

    def _show_whole(self, article: Article) -> None:
        """Replace the head of an article by its whole text; the pane goes where it waits for."""
        if self.article and self.article.location == article.location:
            self._is_beyond = False
            self.update(article=article)

    def _say_of(self, article: Article, message: str) -> None:
        """Show a message about an article, unless another one is open by now."""
        if self.article is article:
            self._notifier.say(message)

    def _load_progress(
        self, stored: Mapping[str, ReadingProgress], saves: int, article: Article
    ) -> None:
        """Load the progress by location, and go to the article's position stored there.

        `saves` is how many times the progress was saved before it was read from the notebook. The
        cursor does not move if it was moved before, or if the position was known.
        """
        if saves != self._progress.saves:
            stored = self._context.notebook.progress.all()
        is_unmoved = self._progress.get(article.location).offset == 0
        self._progress.load(stored, self.article)
        left = stored.get(article.location)
        is_open = self.article is not None and self.article.location == article.location
        if is_open and left and left.offset and is_unmoved and not self._is_position_known:
            self.go_to(left.offset)

    def _record_version(self, article: Article) -> bool:
        """Store the text as a version; return whether an earlier one differs from it.

        If the disk is full it is not stored, without a message: reading does not depend on it.
        """
        versions = self._context.notebook.versions
        before = versions.for_location(article.location)
        with suppress(TuiReaderError):
            versions.record(article)
        return len(before) > 0 and len(versions.for_location(article.location)) > len(before)

    def _show_bookmarks(
        self, article: Article, bookmarks: tuple[Bookmark, ...], is_changed: bool
    ) -> None:
        """Publish the bookmarks, and show how a changed text has affected them."""
        if self.article is article:
            self.update(bookmarks=bookmarks)
            self.show_drafts()
            message = version_message(bookmarks, is_changed=is_changed)
            if message:
                self._notifier.say(message)

    def _show_known_quotes(self, article: Article) -> bool:
        """Publish the quotations that were read ahead, or are known from an earlier reading.

        Corrected ones wait for the notebook, which is not open at the start. A long text is not
        looked up, as that would delay the keys. Returns whether anything was published.
        """
        found = self._ahead.quotes_of(article)
        if found is None:
            if not article.complete or len(article.text) >= _LONG_TEXT:
                return False
            known = self._context.quote_cache.get(article)
            if known is None or not (self._context.has_open_notebook or not known.has_corrections):
                return False
            found = known.found
        corrections = NO_CORRECTIONS
        if self._context.has_open_notebook:
            corrections = self._context.notebook.corrections.for_article(article)
        self._show_quotes(article, found, corrections)
        return True

    def _show_quotes(
        self, article: Article, found: tuple[Quote, ...], corrections: Corrections
    ) -> None:
        """Publish the quotations found, with the user's corrections applied."""
        from tuireader.quotes.corrections import apply_corrections, attributed_quotes  # noqa: PLC0415 - not at the start

        if self.article is not article:
            return
        if not self._state.searching and (found, corrections) == self._shown:
            return
        self._found, self._shown = found, (found, corrections)
        quotes = apply_corrections(found, corrections, article.text)
        self.update(
            searching=False,
            quotes=attributed_quotes(quotes),
            others=tuple(quote for quote in quotes if quote.unattributed or quote.dismissed),
        )
        lost, before = corrections.lost, self._lost_corrections
        self._lost_corrections = lost
        if lost > before:
            what = "1 correction does" if lost == 1 else f"{lost} corrections do"
            self._notifier.say(f"The text has changed: {what} not match it any more.")

    def _end_search(self, article: Article, refusal: str = "") -> None:
        """End the search for quotations, with the reason if it was refused."""
        if self.article is article:
            self._is_beyond = False
            self.update(searching=False, refusal=refusal)


def version_message(bookmarks: tuple[Bookmark, ...], *, is_changed: bool) -> str:
    """Return the message about a text that has changed, with its bookmarks; "" for none."""
    orphaned = sum(bookmark.orphan for bookmark in bookmarks)
    altered = sum(bookmark.altered for bookmark in bookmarks)
    if not (is_changed or orphaned):
        return ""
    facts = [
        f"{counted(altered, 'bookmark')} altered" if altered else "",
        f"{counted(orphaned, 'bookmark')} orphaned (O shows)" if orphaned else "",
    ]
    details = ", ".join(filter(None, facts))
    return f"The text has changed{f': {details}' if details else ''} · D shows the changes"
