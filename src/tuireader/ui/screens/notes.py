"""The trash: what was thrown away is looked through, taken out again, or dropped.

All passages and notes over all articles: filtered, changed, and gone back to.
"""

from textual import on, work

from tuireader.domain.bookmark import Bookmark
from tuireader.exporters.citation import citation_text
from tuireader.notebook.drafts import NoteDraft
from tuireader.notebook.notebook import Notebook
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
from tuireader.ui.screens.notebook_screen import KeptScreen
from tuireader.ui.type_ahead import opens_dialog


class TrashScreen(KeptScreen):
    """The trash."""

    BINDINGS = [
        key("X", "back", "Back", "Back to where you were", PANES, name="trash-back"),
    ]

    def make_list(self) -> TrashList:
        """All that was thrown away."""
        return TrashList()

    def renew(self) -> None:
        """Show what is in the trash."""
        self.query_one(TrashList).bookmarks = self.notebook.trash.all()

    @on(TrashList.Restored)
    def _restored(self, event: TrashList.Restored) -> None:
        ids = [mark.id for mark in event.bookmarks]
        taken = (
            "Taken out of the trash." if len(ids) == 1 else f"{len(ids)} taken out of the trash."
        )
        self.change(lambda: self.notebook.trash.restore(*ids), taken)

    @on(TrashList.Emptied)
    @opens_dialog
    async def _emptied(self) -> None:
        from tuireader.ui.screens.question import QuestionScreen  # noqa: PLC0415 - not at the start

        count = len(self.notebook.trash.all())
        if not count:
            self.say("The trash is empty.")
            return
        passages = "the passage" if count == 1 else f"all {count} passages"
        question = f"Drop {passages} in the trash? u undoes it for 30 days. Type yes"
        answer = await self.app.push_screen_wait(QuestionScreen(question))
        if (answer or "").lower() in {"y", "yes"}:
            self.change(self.notebook.trash.empty, "The trash is empty; u brings it all back.")
        else:
            self.say("Nothing was dropped.")


MANY = 2000
"""Passages from which on they are read in the background: some 10 microseconds each."""


class NotesScreen(KeptScreen):
    """The notebook."""

    BINDINGS = [
        key("B", "back", "Back", "Back to the text", PANES, name="notes-back"),
        key("X", "trash", "Trash", "What is in the trash", KEEP, name="notes-trash", show=True),
    ]

    def __init__(self, notebook: Notebook) -> None:
        super().__init__(notebook)
        self._begun: dict[int, NoteDraft] = {}

    def make_list(self) -> NoteList:
        """All that is kept."""
        return NoteList()

    def begin(self) -> None:
        """Show what is kept; of very much it takes a while until all is read the first time."""
        if sum(self.notebook.bookmarks.counts().values()) < MANY:
            self.renew()
        else:
            self.query_one(NoteList).reading = True
            self._read()

    @work(thread=True, group="read")
    def _read(self) -> None:
        self.notebook.bookmarks.all()
        self.app.call_from_thread(self._has_read)

    def _has_read(self) -> None:
        if self.is_attached:
            self.renew()

    def renew(self) -> None:
        """Show what is kept."""
        begun = draft_notes(self.notebook)
        self._begun = {mark.id: draft for mark, draft in begun}
        notes = self.query_one(NoteList)
        notes.reading = False
        notes.drafts = frozenset(self._begun)
        notes.bookmarks = (*(mark for mark, _ in begun), *self.notebook.bookmarks.all())

    @on(NoteList.Opened)
    def _opened(self, event: NoteList.Opened) -> None:
        self.dismiss(event.bookmark)

    @on(NoteList.Asked)
    def _note_asked(self, event: NoteList.Asked) -> None:
        mark = event.bookmark
        if mark.id in self._begun and event.verb not in {"copy", "cite"}:
            self._begun_asked(event.verb, mark)
        elif event.verb == "trash":
            trash = self.notebook.trash.put
            self.change(lambda: trash(mark.id), "Put into the trash (X); u brings it back.")
        elif event.verb in {"copy", "cite"}:
            words = mark.words
            if event.verb == "cite":
                words = citation_text(words, mark.article, mark.speaker)
            self.app.copy_to_clipboard(words)
            self.say("Copied.")
        else:
            self._ask_for(event.verb, mark)

    def _begun_asked(self, verb: Verb, mark: Bookmark) -> None:
        """Go on with a note that was begun, or keep it and throw it into the trash."""
        draft = self._begun[mark.id]
        if verb in {"note", "edit"}:
            self._go_on(verb, mark, draft)
        elif verb == "trash":
            said = "Put into the trash (X); u brings it back."
            if bookmark_of_draft(draft, self.notebook) is not None:
                said = "The draft is dropped, the passage stays; u makes the draft its note."
            self.change(lambda: trash_draft(self.notebook, draft), said)
        else:
            self.say("It is a draft: a goes on with it, and saving it keeps the passage.")

    @opens_dialog
    async def _go_on(self, verb: Verb, mark: Bookmark, draft: NoteDraft) -> None:
        kept = bookmark_of_draft(draft, self.notebook)
        subject = BookmarkEdit(
            kept=kept,
            words=mark.words,
            drafts=self.notebook.drafts,
            draft=draft.key,
            about=draft.subject,
            save=lambda given: self.change(
                lambda: save_draft_note(self.notebook, draft, given.get("note", "")),
                change_message(given, mark.words),
            ),
        )
        await ask_and_save(self.app, verb, subject)
        self.renew()

    @opens_dialog
    async def _ask_for(self, verb: Verb, mark: Bookmark) -> None:
        change = self.notebook.bookmarks.change
        subject = BookmarkEdit(
            kept=mark,
            words=mark.words,
            drafts=self.notebook.drafts,
            draft=bookmark_key(mark),
            save=lambda given: self.change(
                lambda: change(mark.id, **given), change_message(given, mark.words)
            ),
        )
        await ask_and_save(self.app, verb, subject)
        self.renew()

    @opens_dialog
    async def action_trash(self) -> None:
        """Show what is in the trash."""
        await self.app.push_screen_wait(TrashScreen(self.notebook))
        self.renew()
