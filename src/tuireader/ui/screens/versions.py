"""The screen of the differences between two versions of an article, with its bookmarks."""

from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.worker import get_current_worker

from tuireader.domain.article import Article, Passage, Version
from tuireader.domain.bookmark import Bookmark
from tuireader.notebook.anchoring.search import AnchorSearch
from tuireader.notebook.notebook import Notebook
from tuireader.ui.bindings import FIND, PANES, key
from tuireader.ui.lists.differences import DifferenceList, DiffSegment, PassageMove, diff_segments
from tuireader.ui.screens.dialogs import Answering
from tuireader.ui.textual_compat import DirectScreen
from tuireader.ui.widgets.prompt_line import BACK_KEYS, COMMAND_KEYS, PromptingScreen
from tuireader.ui.widgets.status_line import StatusLine
from tuireader.ui.workers import StoppedError, worker_pause


class VersionsScreen(Answering[int | None], PromptingScreen[int | None], DirectScreen[int | None]):
    """Compares two versions of an article, with its bookmarks.

    Returns the offset to go to in the newest text, None to go back.
    """

    KEY_SCOPE: ClassVar = "changes"
    BINDINGS = [
        *BACK_KEYS,
        key("D", "back", "Back", "Back to the text", PANES, name="versions-back"),
        key(
            "[ v",
            "change_old(-1)",
            "Older",
            "Compare with an older version",
            FIND,
            show=True,
        ),
        key(
            "] v",
            "change_old(1)",
            "Newer",
            "Compare with a newer version",
            FIND,
            show=True,
        ),
        key(
            "[ V",
            "change_new(-1)",
            "Show older",
            "Show the changes up to an older version",
            FIND,
        ),
        key(
            "] V",
            "change_new(1)",
            "Show newer",
            "Show the changes up to a newer version",
            FIND,
        ),
        key("question_mark", "app.keys", "Keys", "Show the keys", PANES, name="help"),
        *COMMAND_KEYS,
    ]

    def __init__(self, notebook: Notebook, article: Article, versions: Sequence[Version]) -> None:
        """Take two or more versions of an article, from the oldest to the newest."""
        super().__init__()
        self._notebook = notebook
        self._article = article
        self._versions = versions
        self._old, self._new = len(versions) - 2, len(versions) - 1
        self._text_of = lru_cache(maxsize=4)(notebook.texts.text)

    def compose(self) -> ComposeResult:
        """Yield the comparison and the status line."""
        yield DifferenceList()
        yield StatusLine()

    def on_mount(self) -> None:
        """Compare the newest version with the one before it."""
        self.query_one(DifferenceList).focus()
        self._compare()

    @property
    def _title(self) -> str:
        """Return which versions are compared."""
        old, new = self._versions[self._old], self._versions[self._new]
        total = len(self._versions)
        which = f" · versions {self._old + 1} and {self._new + 1} of {total}" if total > 2 else ""
        return f"Changes · {_timestamp(old)} → {_timestamp(new)}{which}"

    def _compare(self) -> None:
        """Start to compare the two chosen versions."""
        self.query_one(DifferenceList).show(self._title, ())
        self._find_differences(self._versions[self._old], self._versions[self._new])

    @work(thread=True, exclusive=True, group="compare")
    def _find_differences(self, old: Version, new: Version) -> None:
        """Compare two versions in the background, and show the result."""
        pause, call = worker_pause(get_current_worker()), self.app.call_from_thread
        texts = self._text_of(old.text_hash), self._text_of(new.text_hash)
        if texts[0] is None or texts[1] is None:
            missing = old if texts[0] is None else new
            message = f"The text of {_timestamp(missing)} is not stored any more."
            call(self._show, (DiffSegment(message),))
            return
        try:
            moves = [
                PassageMove(bookmark, *(self._place(bookmark, version) for version in (old, new)))
                for bookmark in self._notebook.bookmarks.for_article(self._article)
                if bookmark.anchor
            ]
            segments = tuple(diff_segments(texts[0], texts[1], moves, pause))
        except StoppedError:
            return
        call(self._show, segments)

    def _show(self, segments: tuple[DiffSegment, ...]) -> None:
        """Show the comparison, unless the screen was closed in the meantime."""
        if self.is_attached:
            self.query_one(DifferenceList).show(self._title, segments)

    def _place(self, bookmark: Bookmark, version: Version) -> Passage | None:
        """Return a bookmark's passage in a version's text; None if it is not found there."""
        if bookmark.anchor is None:
            return None
        placed = bookmark.placement or bookmark.anchor
        if placed.text_hash == version.text_hash and not bookmark.orphan:
            return Passage(placed.start, placed.end)
        if bookmark.anchor.text_hash == version.text_hash:
            return Passage(bookmark.anchor.start, bookmark.anchor.end)
        text = self._text_of(version.text_hash) or ""
        found = AnchorSearch(text, version.text_hash, self._text_of).find(bookmark.anchor)
        return Passage(found.start, found.end) if found else None

    @on(DifferenceList.OpenRequested)
    def _open(self, event: DifferenceList.OpenRequested) -> None:
        """Close the screen and return the offset, if it is in the newest text."""
        if self._new == len(self._versions) - 1:
            self.dismiss(event.offset)
        else:
            self.query_one(StatusLine).say("Not the newest version. Press } to show a newer one.")

    def action_change_old(self, step: int) -> None:
        """Choose another older version: the next one for 1, the previous one for -1.

        It stays older than the newer one.
        """
        if 0 <= self._old + step < self._new:
            self._old += step
            self._compare()
        else:
            self.query_one(StatusLine).say("No other version to compare with")

    def action_change_new(self, step: int) -> None:
        """Choose another newer version: the next one for 1, the previous one for -1.

        It stays newer than the older one.
        """
        if self._old < self._new + step < len(self._versions):
            self._new += step
            self._compare()
        else:
            self.query_one(StatusLine).say("No other version to show")

    def action_back(self) -> None:
        """Close the screen."""
        self.workers.cancel_node(self)
        self.dismiss(None)


def _timestamp(version: Version) -> str:
    """Return when a version was first seen, as a date and time in local time."""
    return f"{version.seen.astimezone():%Y-%m-%d %H:%M}"
