"""The screen of orphaned bookmarks: attaching them to a new place, accepting or trashing them."""

from collections.abc import Callable

from textual import on, work
from textual.app import ComposeResult
from textual.worker import get_current_worker

from tuireader.domain.article import Article
from tuireader.domain.bookmark import Bookmark
from tuireader.domain.errors import SourceError
from tuireader.notebook.notebook import Notebook
from tuireader.notebook.orphans import Orphan, OrphanCandidate
from tuireader.ui.bindings import PANES, key
from tuireader.ui.lists.orphans import CandidateList, OrphanList
from tuireader.ui.screens.notebook_screen import NotebookScreen
from tuireader.ui.textual_compat import DirectScreen
from tuireader.ui.widgets.status_line import StatusLine


class OrphansScreen(NotebookScreen[Bookmark], DirectScreen[Bookmark | None]):
    """The orphaned bookmarks, and the candidates for the place of the one at the cursor.

    Returns the bookmark to go to, None if the user goes back.
    """

    KEY_SCOPE = "orphans"
    BINDINGS = [
        key("O", "close", "Back", "Back to the text", PANES, name="orphans-back"),
        key("tab", "app.focus_next", "Other list", "Other list", PANES, name="orphans-tab"),
    ]

    def __init__(self, notebook: Notebook, whole: Callable[[str], Article]) -> None:
        """Take the notebook, and a function that loads an article.

        `whole` loads the article at a location, if its text is not stored; it raises SourceError if
        it cannot.
        """
        super().__init__(notebook)
        self._whole = whole
        self._orphans: dict[int, Orphan] = {}
        self._text: Article | None = None
        """The text that the candidates shown are in."""

    def make_list(self) -> OrphanList:
        """Return the list of orphans."""
        return OrphanList()

    def compose(self) -> ComposeResult:
        """Yield the orphans, and below them the candidates."""
        yield self.make_list()
        yield CandidateList()
        yield StatusLine()

    def renew(self) -> None:
        """Reload the list of orphans."""
        orphans = self.notebook.orphans.all()
        self._orphans = {orphan.bookmark.id: orphan for orphan in orphans}
        left = frozenset(number for number, orphan in self._orphans.items() if orphan.left)
        self.query_one(OrphanList).show([orphan.bookmark for orphan in orphans], left)

    @on(OrphanList.CursorMoved)
    def _show_candidates(self, event: OrphanList.CursorMoved) -> None:
        """Find the candidates for the orphan under the cursor."""
        bookmark = event.bookmark
        self.query_one(CandidateList).show((), "", "Looking …" if bookmark else "")
        if bookmark is not None and bookmark.id in self._orphans:
            self._find_candidates(self._orphans[bookmark.id])

    @work(thread=True, exclusive=True, group="candidates")
    def _find_candidates(self, orphan: Orphan) -> None:
        """Find the candidates for an orphan's place in its article's present text."""
        worker, call = get_current_worker(), self.app.call_from_thread
        try:
            text = self.notebook.orphans.text_of(orphan)
            text = text or self._whole(orphan.bookmark.article.location)
        except SourceError as error:
            call(self._found, orphan, None, (), f"Cannot open the article: {error.reason}")
            return
        candidates = self.notebook.orphans.candidates(orphan, text)
        if not worker.is_cancelled:
            call(self._found, orphan, text, candidates, "No similar passage in the article")

    def _found(
        self, orphan: Orphan, text: Article | None, found: tuple[OrphanCandidate, ...], state: str
    ) -> None:
        """Show the candidates, if their orphan is still under the cursor.

        `text` is the article as it is now, None if it cannot be read; `found` are the candidates,
        the likeliest first; `state` is shown if there are none.
        """
        if self.is_attached and self._current() == orphan:
            self._text = text
            self.query_one(CandidateList).show(found, orphan.bookmark.words, state)

    def _current(self) -> Orphan | None:
        """Return the orphan under the cursor; None if there is none."""
        bookmark = self.query_one(OrphanList).current
        return self._orphans.get(bookmark.id) if bookmark else None

    @on(OrphanList.AttachRequested)
    def _attach_by_number(self, event: OrphanList.AttachRequested) -> None:
        """Attach the orphan to the candidate with a number."""
        candidate = self.query_one(CandidateList).model.item(event.number - 1)
        if candidate is not None:
            self._attach_to(candidate)
        else:
            self.say(f"No candidate {event.number}")

    @on(CandidateList.Chosen)
    def _attach_chosen(self, event: CandidateList.Chosen) -> None:
        """Attach the orphan to the candidate that was chosen."""
        self._attach_to(event.candidate)
        self.query_one(OrphanList).focus()

    def _attach_to(self, candidate: OrphanCandidate) -> None:
        """Attach the orphan under the cursor to a candidate's place."""
        orphan, text = self._current(), self._text
        if orphan is not None and text is not None:
            attach = self.notebook.orphans.attach
            self.change(
                lambda: attach(orphan, text, candidate.place),
                "Attached. The bookmark keeps its old words; u undoes this.",
            )

    @on(OrphanList.LeaveRequested)
    def _leave(self, event: OrphanList.LeaveRequested) -> None:
        """Accept a bookmark as an orphan until its article changes again."""
        orphan = self._orphans[event.bookmark.id]
        self.change(lambda: self.notebook.orphans.leave(orphan), "Left orphaned, with its note")

    @on(OrphanList.TrashRequested)
    def _trash(self, event: OrphanList.TrashRequested) -> None:
        """Move a bookmark to the trash."""
        trash = self.notebook.trash.put
        self.change(lambda: trash(event.bookmark.id), "Moved to the trash. u undoes this.")

    @on(OrphanList.ArticleRequested)
    def _go_to_article(self, event: OrphanList.ArticleRequested) -> None:
        """Close the screen and return the bookmark to go to."""
        self.action_close(event.bookmark)

    @on(OrphanList.CandidatesRequested)
    def _go_to_candidates(self) -> None:
        """Focus the candidates, if there are any."""
        if self.query_one(CandidateList).count:
            self.query_one(CandidateList).focus()
        else:
            self.say("No candidates to attach to")

    def action_back(self) -> None:
        """Focus the orphans if the candidates have the focus; else close the screen."""
        if self.query_one(CandidateList).has_focus:
            self.query_one(OrphanList).focus()
        else:
            self.action_close()

    def action_close(self, bookmark: Bookmark | None = None) -> None:
        """Close the screen; return the bookmark to go to, None for none."""
        self.workers.cancel_node(self)
        self.dismiss(bookmark)
