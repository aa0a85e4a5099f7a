"""The screens of all bookmarks and notes, and of the trash."""

from textual import events, on, work
from textual.app import ComposeResult

from tuireader.domain.bookmark import Bookmark
from tuireader.exporters.citation import citation_text
from tuireader.notebook.drafts import NoteDraft
from tuireader.notebook.notebook import Notebook
from tuireader.text.messages import counted
from tuireader.ui.accessible.signs import is_for_screen_reader
from tuireader.ui.bindings import KEEP, PANES, Verb, key
from tuireader.ui.lists.bookmarks import NoteList, TrashList
from tuireader.ui.reader.bookmarking import BookmarkEdit, ask_and_save, change_message
from tuireader.ui.reader.drafts import (
    bookmark_key,
    bookmark_of_draft,
    draft_notes,
    save_draft_note,
    trash_draft,
)
from tuireader.ui.reader.pane_layout import PaneRow
from tuireader.ui.screens.notebook_screen import NotebookScreen
from tuireader.ui.textual_compat import DirectScreen
from tuireader.ui.type_ahead import opens_dialog
from tuireader.ui.widgets.note_preview import MIN_SCREEN, NotePreview
from tuireader.ui.widgets.status_line import StatusLine

TRASHED = "Moved to the trash (X). u undoes this."

DRAFT_DROPPED = "Draft dropped, the bookmark stays. u makes the draft its note."


class TrashScreen(NotebookScreen[Bookmark], DirectScreen[Bookmark | None]):
    """The bookmarks in the trash, which can be restored or deleted; returns None."""

    KEY_SCOPE = "trash"
    BINDINGS = [
        key("X", "back", "Back", "Back", PANES, name="trash-back"),
    ]

    def make_list(self) -> TrashList:
        """Return the list of the bookmarks in the trash."""
        return TrashList()

    def renew(self) -> None:
        """Reload the list from the trash."""
        self.query_one(TrashList).show(self.notebook.trash.all())

    @on(TrashList.RestoreRequested)
    def _restore(self, event: TrashList.RestoreRequested) -> None:
        """Restore bookmarks from the trash."""
        ids = [bookmark.id for bookmark in event.bookmarks]
        message = f"{counted(len(ids), 'bookmark')} restored" if len(ids) > 1 else "Restored"
        self.change(lambda: self.notebook.trash.restore(*ids), message)

    @on(TrashList.EmptyRequested)
    @opens_dialog
    async def _empty(self) -> None:
        """Empty the trash if the user confirms it."""
        from tuireader.ui.screens.dialogs import QuestionScreen  # noqa: PLC0415 - not at the start

        count = len(self.notebook.trash.all())
        if not count:
            self.say("The trash is empty.")
            return
        bookmarks = "the bookmark" if count == 1 else f"all {count:,} bookmarks"
        question = f"Delete {bookmarks} in the trash? Undo works for 30 days. Type yes to delete."
        answer = await self.app.push_screen_wait(QuestionScreen(question))
        if (answer or "").lower() in {"y", "yes"}:
            self.change(self.notebook.trash.empty, "Trash emptied. u undoes this.")
        else:
            self.say("Nothing deleted")


BACKGROUND_COUNT = 2000
"""The number of bookmarks from which they are loaded in the background."""


class NotesScreen(NotebookScreen[Bookmark], DirectScreen[Bookmark | None]):
    """All bookmarks and notes of the notebook; returns the bookmark to go to, None for none."""

    KEY_SCOPE = "notes"
    BINDINGS = [
        key("B", "back", "Back", "Back to the text", PANES, name="notes-back"),
        key("X", "trash", "Trash", "Show the trash", KEEP, name="notes-trash", show=True),
    ]

    def __init__(self, notebook: Notebook) -> None:
        super().__init__(notebook)
        self._drafts: dict[int, NoteDraft] = {}

    def make_list(self) -> NoteList:
        """Return the list of all bookmarks."""
        return NoteList()

    def compose(self) -> ComposeResult:
        """Yield the list with the preview beside it, and the status line."""
        with PaneRow():
            yield self.make_list()
            preview = NotePreview()
            preview.display = self._has_room(self.app.size.width)
            yield preview
        yield StatusLine()

    def on_resize(self, event: events.Resize) -> None:
        """Show the preview where there is room for it."""
        preview, is_shown = self.query_one(NotePreview), self._has_room(event.size.width)
        if preview.display != is_shown:  # to set it means to lay out the screen again
            preview.display = is_shown

    def _has_room(self, width: int) -> bool:
        """Return whether there is a preview on a screen of `width` cells."""
        return width >= MIN_SCREEN and not is_for_screen_reader(self.app)

    @on(NoteList.Highlighted)
    def _preview(self, event: NoteList.Highlighted) -> None:
        """Show the bookmark under the cursor in full."""
        self.query_one(NotePreview).show(event.bookmark)

    def begin(self) -> None:
        """Fill the list; many bookmarks are read in the background the first time."""
        if sum(self.notebook.bookmarks.counts().values()) < BACKGROUND_COUNT:
            self.renew()
        else:
            self.query_one(NoteList).wait()
            self._load()

    @work(thread=True, group="read")
    def _load(self) -> None:
        """Read all bookmarks, then show them."""
        self.notebook.bookmarks.all()
        self.app.call_from_thread(self._loaded)

    def _loaded(self) -> None:
        """Show the loaded bookmarks, unless the screen was closed in the meantime."""
        if self.is_attached:
            self.renew()

    def renew(self) -> None:
        """Show the drafts of new notes, then all bookmarks."""
        drafts = draft_notes(self.notebook)
        self._drafts = {bookmark.id: draft for bookmark, draft in drafts}
        bookmarks = (*(bookmark for bookmark, _ in drafts), *self.notebook.bookmarks.all())
        listed = self.query_one(NoteList)
        listed.show(bookmarks, frozenset(self._drafts))
        self.query_one(NotePreview).show(listed.model.item(listed.cursor))

    @on(NoteList.OpenRequested)
    def _open(self, event: NoteList.OpenRequested) -> None:
        """Close the screen and return the bookmark to go to."""
        self.dismiss(event.bookmark)

    @on(NoteList.NoteActionRequested)
    def _act(self, event: NoteList.NoteActionRequested) -> None:
        """Run the command of an event on its bookmark, or on the draft that it stands for."""
        bookmark = event.bookmark
        if bookmark.id in self._drafts and event.verb not in {"copy", "cite"}:
            self._act_on_draft(event.verb, bookmark)
        elif event.verb == "trash":
            trash = self.notebook.trash.put
            self.change(lambda: trash(bookmark.id), TRASHED)
        elif event.verb in {"copy", "cite"}:
            words = bookmark.written
            if event.verb == "cite":
                words = citation_text(words, bookmark.article, bookmark.attribution)
            self.app.copy_to_clipboard(words)
            self.say("Copied")
        else:
            self._edit_bookmark(event.verb, bookmark)

    def _act_on_draft(self, verb: Verb, bookmark: Bookmark) -> None:
        """Edit a draft ("note" and "edit"), or move it to the trash ("trash").

        `bookmark` is the one that the list shows for the draft. Other commands need a saved note.
        """
        draft = self._drafts[bookmark.id]
        if verb in {"note", "edit"}:
            self._edit_draft(verb, bookmark, draft)
        elif verb == "trash":
            is_note = bookmark_of_draft(draft, self.notebook) is not None
            message = DRAFT_DROPPED if is_note else TRASHED
            self.change(lambda: trash_draft(self.notebook, draft), message)
        else:
            self.say("This is a draft. Press a to continue it; saving it adds the bookmark.")

    @opens_dialog
    async def _edit_draft(self, verb: Verb, bookmark: Bookmark, draft: NoteDraft) -> None:
        """Edit a draft in a dialog ("note") or in $EDITOR ("edit"), and save it.

        `bookmark` is the one that the list shows for the draft.
        """
        kept = bookmark_of_draft(draft, self.notebook)
        subject = BookmarkEdit(
            kept=kept,
            words=bookmark.words,
            drafts=self.notebook.drafts,
            draft=draft.key,
            about=draft.subject,
            save=lambda given: self.change(
                lambda: save_draft_note(self.notebook, draft, given.get("note", "")),
                change_message(given, bookmark.words),
            ),
        )
        await ask_and_save(self.app, verb, subject)
        self.renew()

    @opens_dialog
    async def _edit_bookmark(self, verb: Verb, bookmark: Bookmark) -> None:
        """Run a command that changes a bookmark; ask for a note or tags if it needs them.

        See `ask_and_save` for the commands. The list is reloaded afterwards.
        """
        change = self.notebook.bookmarks.change
        subject = BookmarkEdit(
            kept=bookmark,
            words=bookmark.written,
            drafts=self.notebook.drafts,
            draft=bookmark_key(bookmark),
            save=lambda given: self.change(
                lambda: change(bookmark.id, **given), change_message(given, bookmark.written)
            ),
        )
        await ask_and_save(self.app, verb, subject)
        self.renew()

    @opens_dialog
    async def action_trash(self) -> None:
        """Show the trash."""
        await self.app.push_screen_wait(TrashScreen(self.notebook))
        self.renew()
