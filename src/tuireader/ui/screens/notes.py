"""All passages and notes over all articles: filtered, changed, and gone back to."""

from collections.abc import Callable

from textual import on, work
from textual.app import ComposeResult
from textual.screen import Screen

from tuireader.domain.errors import TuiReaderError
from tuireader.domain.reading import Bookmark
from tuireader.exports.citation import cite
from tuireader.notebook.notebook import Notebook
from tuireader.ui.bindings import KEEP, PANES, key
from tuireader.ui.screens.changes import Subject, ask_and_save, said_of
from tuireader.ui.verbs import Verb
from tuireader.ui.widgets.asking import Asked
from tuireader.ui.widgets.note_list import NoteList
from tuireader.ui.widgets.prompt_line import PromptLine
from tuireader.ui.widgets.status_line import StatusLine


class NotesScreen(Screen[Bookmark | None]):
    """The notebook; it gives the passage whose place the reader wants to go to."""

    BINDINGS = [
        key("q,escape,B", "back", "Back", "Back to the text", PANES, name="notes-back", show=True),
        key("u", "undo", "Undo", "Undo the last change", KEEP, name="notes-undo", show=True),
        key(
            "question_mark",
            "app.keys",
            "Keys",
            "Show the keys",
            PANES,
            name="notes-keys",
            show=True,
        ),
        key("ctrl+r", "redo", "Redo", "Do the undone change again", KEEP, name="notes-redo"),
    ]

    def __init__(self, notebook: Notebook) -> None:
        super().__init__()
        self._notebook = notebook

    def compose(self) -> ComposeResult:
        """The list and the status line."""
        yield NoteList()
        yield StatusLine()

    def on_mount(self) -> None:
        """Show what is kept."""
        self._renew()
        self.query_one(NoteList).focus()

    def _renew(self) -> None:
        self.query_one(NoteList).bookmarks = self._notebook.bookmarks.all()

    def say(self, message: str) -> None:
        """Tell the reader what happened."""
        self.query_one(StatusLine).say(message)

    @on(Asked)
    async def _ask(self, event: Asked) -> None:
        event.stop()
        if not self.query(PromptLine):
            line = PromptLine(event.pane)
            await self.mount(line, before=self.query_one(StatusLine))
            line.focus()

    @on(NoteList.Opened)
    def _opened(self, event: NoteList.Opened) -> None:
        self.dismiss(event.bookmark)

    @on(NoteList.Asked)
    def _note_asked(self, event: NoteList.Asked) -> None:
        mark = event.bookmark
        if event.verb == "trash":
            trash = self._notebook.bookmarks.trash
            self._change(lambda: trash(mark.id), "Put into the trash; u brings it back.")
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
        change = self._notebook.bookmarks.change
        subject = Subject(
            kept=mark,
            words=mark.words,
            drafts=self._notebook.drafts,
            draft=f"note {mark.id}",
            save=lambda given: self._change(
                lambda: change(mark.id, **given), said_of(given, mark.words)
            ),
        )
        await ask_and_save(self.app, verb, subject)

    def _change(self, action: Callable[[], object], said: str) -> bool:
        try:
            action()
        except TuiReaderError as error:
            self.app.notify(str(error), severity="error", markup=False, timeout=12)
            return False
        self._renew()
        self.say(said)
        return True

    def action_undo(self) -> None:
        """Undo the last change to the notebook."""
        self._step(self._notebook.undo, "Undone", "There is nothing to undo.")

    def action_redo(self) -> None:
        """Do the last undone change again."""
        self._step(self._notebook.redo, "Done again", "There is nothing to do again.")

    def _step(self, step: Callable[[], str | None], said: str, nothing: str) -> None:
        try:
            label = step()
        except TuiReaderError as error:
            self.app.notify(str(error), severity="error", markup=False, timeout=12)
            return
        self._renew()
        self.say(f"{said}: {label}." if label else nothing)

    def action_back(self) -> None:
        """Back to the text."""
        self.dismiss(None)
