"""All passages and notes over all articles: filtered, changed, and gone back to."""

from textual import on, work

from tuireader.domain.reading import Bookmark
from tuireader.exports.citation import cite
from tuireader.notebook.drafts import Draft
from tuireader.notebook.notebook import Notebook
from tuireader.ui.bindings import KEEP, PANES, key
from tuireader.ui.drafts import begun_notes, bookmark_key, marked, save_begun, throw_away
from tuireader.ui.screens.changes import Subject, ask_and_save, said_of
from tuireader.ui.screens.kept import KeptScreen
from tuireader.ui.screens.trash import TrashScreen
from tuireader.ui.type_ahead import opens_dialog
from tuireader.ui.verbs import Verb
from tuireader.ui.widgets.note_list import NoteList

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
        self._begun: dict[int, Draft] = {}

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
        begun = begun_notes(self.notebook)
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
                words = cite(words, mark.article, mark.speaker)
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
            self.change(
                lambda: throw_away(self.notebook, draft),
                "Put into the trash (X); u brings it back.",
            )
        else:
            self.say("It is a draft: a goes on with it, and saving it keeps the passage.")

    @opens_dialog
    async def _go_on(self, verb: Verb, mark: Bookmark, draft: Draft) -> None:
        kept = marked(draft, self.notebook)
        subject = Subject(
            kept=kept,
            words=mark.words,
            drafts=self.notebook.drafts,
            draft=draft.key,
            about=draft.subject,
            save=lambda given: self.change(
                lambda: save_begun(self.notebook, draft, given.get("note", "")),
                said_of(given, mark.words),
            ),
        )
        await ask_and_save(self.app, verb, subject)
        self.renew()

    @opens_dialog
    async def _ask_for(self, verb: Verb, mark: Bookmark) -> None:
        change = self.notebook.bookmarks.change
        subject = Subject(
            kept=mark,
            words=mark.words,
            drafts=self.notebook.drafts,
            draft=bookmark_key(mark),
            save=lambda given: self.change(
                lambda: change(mark.id, **given), said_of(given, mark.words)
            ),
        )
        await ask_and_save(self.app, verb, subject)
        self.renew()

    @opens_dialog
    async def action_trash(self) -> None:
        """Show what is in the trash."""
        await self.app.push_screen_wait(TrashScreen(self.notebook))
        self.renew()
