"""What the user says of whole articles: read, starred, hidden, tagged; each change is undoable."""

from collections.abc import Iterable, Sequence

from tuireader.domain.bookmark import Citation
from tuireader.domain.tags import format_tags, has_tag, unique_tags
from tuireader.notebook import serialization
from tuireader.notebook.bookmarks import TABLE as BOOKMARKS
from tuireader.notebook.bookmarks import Bookmarks
from tuireader.notebook.journal.tinydb_storage import JournalDB
from tuireader.notebook.progress import TABLE as READINGS
from tuireader.notebook.progress import ProgressTable
from tuireader.notebook.serialization import StoredBookmark
from tuireader.notebook.undo import Pause, UndoLog, UndoStep, no_pause, quoted_words


class ArticleStates:
    """The states of articles: each method changes any number of them as one undo step.

    States are stored in the progress of an article, and tags in a note on the whole article. Each
    method takes citations, whose titles are only used for the label of the undo step, and returns
    how many articles were changed: 0 if all were in that state already, or none was given. All
    raise NotebookError if nothing can be saved. All call `pause` after each article; if that raises
    an exception, nothing is changed.
    """

    def __init__(
        self, database: JournalDB, undo_log: UndoLog, progress: ProgressTable, bookmarks: Bookmarks
    ) -> None:
        """Give access to the states in a database."""
        self._storage = database.storage
        self._undo_log = undo_log
        self._progress = progress
        self._bookmarks = bookmarks

    def mark_read(
        self, articles: Sequence[Citation], *, read: bool = True, pause: Pause = no_pause
    ) -> int:
        """Mark articles as read, or as unread if `read` is false."""
        label = "marked {} as " + ("read" if read else "unread")
        return self._set(articles, "done", read, label, pause)

    def star(
        self, articles: Sequence[Citation], *, starred: bool = True, pause: Pause = no_pause
    ) -> int:
        """Star articles, or remove their stars if `starred` is false."""
        label = "starred {}" if starred else "unstarred {}"
        return self._set(articles, "starred", starred, label, pause)

    def hide(
        self, articles: Sequence[Citation], *, hidden: bool = True, pause: Pause = no_pause
    ) -> int:
        """Hide articles from the list, or show them again if `hidden` is false."""
        label = "hid {}" if hidden else "listed {} again"
        return self._set(articles, "hidden", hidden, label, pause)

    def tag(
        self,
        articles: Sequence[Citation],
        *,
        add: Iterable[str] = (),
        remove: Iterable[str] = (),
        pause: Pause = no_pause,
    ) -> int:
        """Add the tags in `add` to articles, and remove those in `remove`.

        Tags that an article has already, or does not have, are ignored.
        """
        added, removed = unique_tags(add), unique_tags(remove)
        label = f"tagged {{}} {format_tags(added, '#')}" if added else "removed tags of {}"
        changed: list[Citation] = []
        with self._storage.transaction(), self._undo_log.step("") as step:
            # Looked up before the first change, as in `_set`.
            notes_on = [self._bookmarks.notes_on(article.location) for article in articles]
            for article, notes in zip(articles, notes_on, strict=True):
                edits = [
                    (note, tuple(tag for tag in note.bookmark.tags if not has_tag(removed, tag)))
                    for note in notes
                ]
                known = tuple(tag for _, tags in edits for tag in tags)
                missing = tuple(tag for tag in added if not has_tag(known, tag))
                if self._edit_tags(step, article, edits, missing):
                    changed.append(article)
                pause()
            step.label = label.format(article_label(changed))
        return len(changed)

    def _edit_tags(
        self,
        step: UndoStep,
        article: Citation,
        notes: list[tuple[StoredBookmark, tuple[str, ...]]],
        missing: tuple[str, ...],
    ) -> bool:
        """Set the tags of the notes on an article; return whether anything was changed.

        A note that only had tags is deleted with its last tag.

        Args:
            step: The undo step that the changes belong to.
            article: The citation of the article.
            notes: The notes on the article, each with its new tags.
            missing: Tags that the first note also gets; without a note, one is added.
        """
        before = len(step.edits)
        if not notes and missing:
            record = serialization.new_bookmark_record(article, None)
            step.insert(BOOKMARKS, {**record, "tags": list(missing)})
        for number, (note, tags) in enumerate(notes):
            now = (*tags, *(missing if number == 0 else ()))
            if now == note.bookmark.tags:
                continue
            if now or note.bookmark.note or note.origin:
                step.update(BOOKMARKS, note.bookmark.id, {"tags": list(now)})
            else:
                step.delete(BOOKMARKS, note.bookmark.id)
        return len(step.edits) > before

    def _set(
        self, articles: Sequence[Citation], field: str, value: bool, label: str, pause: Pause
    ) -> int:
        """Set a field of the progress of those articles that have another value.

        Returns how many these were. `label` is the label of the undo step, with `{}` for the
        articles; `pause` is called after each of those that are changed.
        """
        with self._storage.transaction(), self._undo_log.step("") as step:
            # Looked up before the first change: each change makes the next look-up slower.
            known = {at: self._progress.get(at) for at in (one.location for one in articles)}
            changed = [
                article
                for article in articles
                if bool((reading := known[article.location]) and getattr(reading, field)) != value
            ]
            record_ids = [self._progress.record_id_of(article.location) for article in changed]
            for article, record_id in zip(changed, record_ids, strict=True):
                if record_id is None:
                    # Two edits, so that a later reading position is kept when this is undone.
                    empty = {"location": article.location, "offset": 0, "furthest": 0, "length": 0}
                    number = step.insert(READINGS, empty)
                else:
                    number = record_id
                step.update(READINGS, number, {field: value})
                pause()
            step.label = label.format(article_label(changed))
        return len(changed)


def article_label(articles: Sequence[Citation]) -> str:
    """Return a label for articles: the title of a single one, or how many there are."""
    if len(articles) == 1:
        return quoted_words(articles[0].title or articles[0].location)
    return f"{len(articles):,} articles"
