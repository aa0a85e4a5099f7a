"""Passages whose words are gone: attached to what stands there now, left as they are, or thrown."""

from collections.abc import Callable

from textual import on, work
from textual.app import ComposeResult
from textual.worker import get_current_worker

from tuireader.domain.article import Article
from tuireader.domain.bookmark import Bookmark
from tuireader.domain.errors import SourceError
from tuireader.notebook.notebook import Notebook
from tuireader.notebook.orphans import Candidate, Orphan
from tuireader.ui.bindings import PANES, key
from tuireader.ui.lists.orphans import CandidateList, OrphanList
from tuireader.ui.screens.notebook_screen import KeptScreen
from tuireader.ui.widgets.status_line import StatusLine


class OrphansScreen(KeptScreen):
    """The passages without a place, and for the one under the cursor what may be its place."""

    BINDINGS = [
        key("O", "leave_screen", "Back", "Back to where you were", PANES, name="orphans-back"),
        key("tab", "app.focus_next", "Other list", "To the other list", PANES, name="orphans-tab"),
    ]

    def __init__(self, notebook: Notebook, whole: Callable[[str], Article]) -> None:
        """`whole` opens an article, for a text that is not kept; it raises SourceError."""
        super().__init__(notebook)
        self._whole = whole
        self._orphans: dict[int, Orphan] = {}
        self._text: Article | None = None

    def make_list(self) -> OrphanList:
        """The passages."""
        return OrphanList()

    def compose(self) -> ComposeResult:
        """The passages, and below them the candidates."""
        yield self.make_list()
        yield CandidateList()
        yield StatusLine()

    def renew(self) -> None:
        """Show the passages that have no place."""
        orphans = self.notebook.orphans.all()
        self._orphans = {orphan.bookmark.id: orphan for orphan in orphans}
        passages = self.query_one(OrphanList)
        passages.left = {number for number, orphan in self._orphans.items() if orphan.left}
        passages.bookmarks = tuple(orphan.bookmark for orphan in orphans)

    @on(OrphanList.Shown)
    def _passage_shown(self, event: OrphanList.Shown) -> None:
        candidates = self.query_one(CandidateList)
        candidates.candidates = ()
        candidates.words = event.bookmark.words if event.bookmark else ""
        candidates.state = "Looking …" if event.bookmark else ""
        if event.bookmark is not None:
            self._look(self._orphans[event.bookmark.id])

    @work(thread=True, exclusive=True, group="candidates")
    def _look(self, orphan: Orphan) -> None:
        worker, call = get_current_worker(), self.app.call_from_thread
        try:
            text = self.notebook.orphans.text_of(orphan)
            text = text or self._whole(orphan.bookmark.article.location)
        except SourceError as error:
            call(self._looked, orphan, None, (), f"The article cannot be opened: {error.reason}.")
            return
        found = self.notebook.orphans.candidates(orphan, text)
        if not worker.is_cancelled:
            call(self._looked, orphan, text, found, "Nothing like it is left in the article.")

    def _looked(
        self, orphan: Orphan, text: Article | None, found: tuple[Candidate, ...], state: str
    ) -> None:
        if not self.is_attached or self._current() != orphan:
            return
        self._text = text
        candidates = self.query_one(CandidateList)
        candidates.state, candidates.candidates = state, found

    def _current(self) -> Orphan | None:
        mark = self.query_one(OrphanList).current
        return self._orphans.get(mark.id) if mark else None

    @on(OrphanList.Attached)
    def _numbered(self, event: OrphanList.Attached) -> None:
        candidates = self.query_one(CandidateList).candidates
        if event.number <= len(candidates):
            self._take(candidates[event.number - 1])
        else:
            self.say(f"There is no candidate {event.number}.")

    @on(CandidateList.Chosen)
    def _chosen(self, event: CandidateList.Chosen) -> None:
        self._take(event.candidate)
        self.query_one(OrphanList).focus()

    def _take(self, candidate: Candidate) -> None:
        orphan, text = self._current(), self._text
        if orphan is not None and text is not None:
            attach = self.notebook.orphans.attach
            self.change(
                lambda: attach(orphan, text, candidate.place),
                "Attached there; the words that you kept stay with it, and u undoes it.",
            )

    @on(OrphanList.Left)
    def _left(self, event: OrphanList.Left) -> None:
        orphan = self._orphans[event.bookmark.id]
        self.change(lambda: self.notebook.orphans.leave(orphan), "Left as it is, with its note.")

    @on(OrphanList.Thrown)
    def _thrown(self, event: OrphanList.Thrown) -> None:
        trash = self.notebook.trash.put
        self.change(lambda: trash(event.bookmark.id), "Put into the trash; u brings it back.")

    @on(OrphanList.Opened)
    def _opened(self, event: OrphanList.Opened) -> None:
        self.action_leave_screen(event.bookmark)

    @on(OrphanList.Entered)
    def _entered(self) -> None:
        if self.query_one(CandidateList).candidates:
            self.query_one(CandidateList).focus()
        else:
            self.say("There is nothing to attach it to.")

    def action_back(self) -> None:
        """From the candidates to the passages, and from there back."""
        if self.query_one(CandidateList).has_focus:
            self.query_one(OrphanList).focus()
        else:
            self.action_leave_screen()

    def action_leave_screen(self, mark: Bookmark | None = None) -> None:
        """Back to where the reader was, or to where a passage stood."""
        self.workers.cancel_node(self)
        self.dismiss(mark)
