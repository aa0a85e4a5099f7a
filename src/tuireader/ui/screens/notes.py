"""All passages and notes over all articles: filtered, changed, and gone back to."""

from textual import on, work

from tuireader.domain.reading import Bookmark
from tuireader.exports.citation import cite
from tuireader.ui.bindings import KEEP, PANES, key
from tuireader.ui.screens.changes import Subject, ask_and_save, said_of
from tuireader.ui.screens.kept import KeptScreen
from tuireader.ui.screens.trash import TrashScreen
from tuireader.ui.verbs import Verb
from tuireader.ui.widgets.note_list import NoteList


class NotesScreen(KeptScreen):
    """The notebook."""

    BINDINGS = [
        key("B", "back", "Back", "Back to the text", PANES, name="notes-back"),
        key("X", "trash", "Trash", "What is in the trash", KEEP, name="notes-trash", show=True),
    ]

    def make_list(self) -> NoteList:
        """All that is kept."""
        return NoteList()

    def renew(self) -> None:
        """Show what is kept."""
        self.query_one(NoteList).bookmarks = self.notebook.bookmarks.all()

    @on(NoteList.Opened)
    def _opened(self, event: NoteList.Opened) -> None:
        self.dismiss(event.bookmark)

    @on(NoteList.Asked)
    def _note_asked(self, event: NoteList.Asked) -> None:
        mark = event.bookmark
        if event.verb == "trash":
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

    @work
    async def _ask_for(self, verb: Verb, mark: Bookmark) -> None:
        change = self.notebook.bookmarks.change
        subject = Subject(
            kept=mark,
            words=mark.words,
            drafts=self.notebook.drafts,
            draft=f"note {mark.id}",
            save=lambda given: self.change(
                lambda: change(mark.id, **given), said_of(given, mark.words)
            ),
        )
        await ask_and_save(self.app, verb, subject)

    @work
    async def action_trash(self) -> None:
        """Show what is in the trash."""
        await self.app.push_screen_wait(TrashScreen(self.notebook))
        self.renew()
