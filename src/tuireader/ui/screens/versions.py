"""What changed between two versions of an article, with the reader's passages marked."""

from collections.abc import Sequence
from functools import lru_cache

from textual import on, work
from textual.app import ComposeResult
from textual.worker import get_current_worker

from tuireader.domain.article import Article, Passage, Version
from tuireader.domain.bookmark import Bookmark
from tuireader.notebook.anchoring.search import AnchorSearch
from tuireader.notebook.notebook import Notebook
from tuireader.ui.bindings import FIND, PANES, key
from tuireader.ui.lists.differences import DifferenceList, DiffSegment, PassageMove, diff_segments
from tuireader.ui.screens.dialog import Answering
from tuireader.ui.widgets.status_line import StatusLine
from tuireader.ui.workers import StoppedError, worker_pause


class VersionsScreen(Answering[int | None]):
    """Two versions compared; it gives the offset in the newest text that the reader chooses."""

    BINDINGS = [
        key(
            "q,escape,D",
            "back",
            "Back",
            "Back to the text",
            PANES,
            name="versions-back",
            show=True,
        ),
        key("less_than_sign", "earlier(-1)", "Older", "From an older version", FIND, show=True),
        key("greater_than_sign", "earlier(1)", "Newer", "From a newer version", FIND, show=True),
        key("left_curly_bracket", "later(-1)", "To older", "To an older version", FIND),
        key("right_curly_bracket", "later(1)", "To newer", "To a newer version", FIND),
        key("question_mark", "app.keys", "Keys", "Show the keys", PANES, name="versions-keys"),
    ]

    def __init__(self, notebook: Notebook, article: Article, versions: Sequence[Version]) -> None:
        """There are at least two versions, the earliest first."""
        super().__init__()
        self._notebook = notebook
        self._article = article
        self._versions = versions
        self._old, self._new = len(versions) - 2, len(versions) - 1
        self._text_of = lru_cache(maxsize=4)(notebook.texts.words)

    def compose(self) -> ComposeResult:
        """The comparison and the status line."""
        yield DifferenceList()
        yield StatusLine()

    def on_mount(self) -> None:
        """Compare the newest version with the one before."""
        self.query_one(DifferenceList).focus()
        self._compare()

    def _compare(self) -> None:
        shown = self.query_one(DifferenceList)
        old, new = self._versions[self._old], self._versions[self._new]
        shown.title = f"What changed · {_moment(old)} → {_moment(new)}{self._which()}"
        shown.shown = ()
        self._gather(old, new)

    def _which(self) -> str:
        total = len(self._versions)
        return f" · versions {self._old + 1} and {self._new + 1} of {total}" if total > 2 else ""

    @work(thread=True, exclusive=True, group="compare")
    def _gather(self, old: Version, new: Version) -> None:
        pause, call = worker_pause(get_current_worker()), self.app.call_from_thread
        texts = self._text_of(old.text_hash), self._text_of(new.text_hash)
        if texts[0] is None or texts[1] is None:
            gone = old if texts[0] is None else new
            words = f"The text of {_moment(gone)} is not here any more."
            call(self._compared, (DiffSegment(words),))
            return
        try:
            standings = [
                PassageMove(mark, *(self._place(mark, one) for one in (old, new)))
                for mark in self._notebook.bookmarks.of(self._article)
                if mark.anchor
            ]
            shown = tuple(diff_segments(texts[0], texts[1], standings, pause))
        except StoppedError:
            return
        call(self._compared, shown)

    def _compared(self, shown: tuple[DiffSegment, ...]) -> None:
        if self.is_attached:
            self.query_one(DifferenceList).shown = shown

    def _place(self, mark: Bookmark, version: Version) -> Passage | None:
        """Where a passage stands in a version."""
        if mark.anchor is None:
            return None
        stands = mark.placement or mark.anchor
        if stands.text_hash == version.text_hash and not mark.orphan:
            return Passage(stands.start, stands.end)
        if mark.anchor.text_hash == version.text_hash:
            return Passage(mark.anchor.start, mark.anchor.end)
        text = self._text_of(version.text_hash) or ""
        found = AnchorSearch(text, version.text_hash, self._text_of).find(mark.anchor)
        return Passage(found.start, found.end) if found else None

    @on(DifferenceList.Opened)
    def _opened(self, event: DifferenceList.Opened) -> None:
        if self._new == len(self._versions) - 1:
            self.dismiss(event.offset)
        else:
            self.query_one(StatusLine).say("That is not the newest text; } goes there.")

    def action_earlier(self, way: int) -> None:
        """Take another version to compare with."""
        if 0 <= self._old + way < self._new:
            self._old += way
            self._compare()
        else:
            self.query_one(StatusLine).say("There is no other version in between.")

    def action_later(self, way: int) -> None:
        """Take another version as the later one."""
        if self._old < self._new + way < len(self._versions):
            self._new += way
            self._compare()
        else:
            self.query_one(StatusLine).say("There is no other version there.")

    def action_back(self) -> None:
        """Back to the text."""
        self.workers.cancel_node(self)
        self.dismiss(None)


def _moment(version: Version) -> str:
    return f"{version.seen.astimezone():%Y-%m-%d %H:%M}"
