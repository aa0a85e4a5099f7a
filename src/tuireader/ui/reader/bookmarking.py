"""What the reader is asked for when a passage is to be kept or changed.

What is done with a passage: kept, noted, coloured, tagged, put in the trash, copied.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack

from textual import on

from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import Bookmark, Colour
from tuireader.domain.errors import TuiReaderError
from tuireader.exporters.citation import citation_of, citation_text
from tuireader.ui.bindings import KEEP, Verb, key
from tuireader.ui.lists.quotes import QuoteList
from tuireader.ui.reader.drafts import bookmark_key, draft_key, draft_subject, drafts_on
from tuireader.ui.reader.session import Opening
from tuireader.ui.text_pane.pane import TextPane
from tuireader.ui.type_ahead import opens_dialog

if TYPE_CHECKING:
    from textual.app import App

    from tuireader.notebook.drafts import Drafts, DraftSubject


class BookmarkFields(TypedDict, total=False):
    """What a passage is kept with."""

    note: str
    tags: tuple[str, ...]
    colour: Colour


@dataclass(frozen=True, kw_only=True)
class BookmarkEdit:
    """The passage that is to be changed."""

    kept: Bookmark | None
    """What is kept of it already."""
    words: str
    drafts: Drafts
    draft: str
    """The key of the draft of its note."""
    about: DraftSubject | None = None
    """What the draft is about, if its key does not say so."""
    save: Callable[[BookmarkFields], bool]
    """Saves the change; whether it is on the disk."""


async def ask_and_save(app: App[Any], verb: Verb, subject: BookmarkEdit) -> bool:
    """Ask the reader for what the passage is to have, and save it; whether it was saved."""
    kept = subject.kept
    if verb in {"note", "edit"}:
        from tuireader.ui.screens.note_editor import NoteEdit, write_note  # noqa: PLC0415 - slow import

        writing = NoteEdit(
            words=subject.words,
            note=kept.note if kept else "",
            drafts=subject.drafts,
            draft=subject.draft,
            subject=subject.about,
            save=lambda note: subject.save(BookmarkFields(note=note)),
        )
        return await write_note(app, writing, outside=verb == "edit")
    if verb == "tag":
        from tuireader.ui.screens.question import QuestionScreen  # noqa: PLC0415 - slow import

        before = " ".join(kept.tags) if kept else ""
        answer = await app.push_screen_wait(QuestionScreen("Tags, apart by blanks", before))
        return answer is not None and subject.save(BookmarkFields(tags=parse_tags(answer)))
    given = immediate_fields(verb, kept)
    return given is not None and subject.save(given)


def immediate_fields(verb: Verb, kept: Bookmark | None) -> BookmarkFields | None:
    """What the passage gets by the verb if nothing has to be asked for it; else None."""
    if verb == "colour":
        return BookmarkFields(colour=next_colour(kept.colour if kept else Colour.NONE))
    return BookmarkFields() if verb == "keep" else None


def parse_tags(answer: str) -> tuple[str, ...]:
    """The tags in what was typed, each once: words apart by blanks or commas, # or not."""
    words = (word.strip("#") for word in answer.replace(",", " ").split())
    return tuple(dict.fromkeys(word for word in words if word))


def next_colour(colour: Colour) -> Colour:
    """The next colour, round the end."""
    colours = tuple(Colour)
    return colours[(colours.index(colour) + 1) % len(colours)]


def shortened(words: str, most: int = 40) -> str:
    """The words on one line, cut with an ellipsis if they are more than `most` code points."""
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def change_message(given: BookmarkFields, words: str) -> str:
    """What the status line says when the change is on the disk."""
    short = shortened(words)
    if "colour" in given:
        return f"Coloured {given['colour'] or 'no more'}: “{short}”."
    if "tags" in given:
        tags = " ".join(f"#{tag}" for tag in given["tags"])
        return f"Tagged {tags or 'no more'}: “{short}”."
    if "note" in given:
        return f"Noted: “{short}”."
    return f"Kept: “{short}”."


class Keeping(Opening):
    """A screen on which the passages of the open article are kept and changed.

    What it says is saved is on the disk when it says so.
    """

    BINDINGS = [
        key("u", "undo", "Undo", "Undo the last change to your notes", KEEP, show=True),
        key("ctrl+r", "redo", "Redo", "Do the undone change again", KEEP),
    ]

    _last: BookmarkFields | Literal["trash"] | None = None
    """What was done with a passage last, for to do it again."""

    @on(TextPane.BookmarkActionRequested)
    def _passage_asked(self, event: TextPane.BookmarkActionRequested) -> None:
        self.do(event.verb, event.passage)

    @on(QuoteList.Kept)
    def _quote_kept(self, event: QuoteList.Kept) -> None:
        passage = Passage(event.quote.start, event.quote.end)
        self.do("note" if event.with_note else "keep", passage, event.quote.speaker)

    def do(self, verb: Verb, passage: Passage, speaker: str = "") -> None:
        """Do one thing with a passage of the open article."""
        speaker = speaker or self._speaker_of(passage)
        if verb == "repeat":
            self._repeat(passage, speaker)
        elif verb == "trash":
            self._trash(self.kept(passage))
        elif verb in {"copy", "cite"}:
            self._copy(passage, speaker, with_source=verb == "cite")
        else:
            self._keep(verb, passage, speaker)

    def kept(self, passage: Passage) -> Bookmark | None:
        """The bookmark of exactly this passage."""
        for mark in self.bookmarks:
            if mark.anchor and (mark.start, mark.end) == (passage.start, passage.end):
                return mark
        return None

    def _speaker_of(self, passage: Passage) -> str:
        speakers = {
            quote.speaker
            for quote in self.quotes
            if quote.start - 2 <= passage.start and passage.end <= quote.end + 2
        }
        return speakers.pop() if len(speakers) == 1 else ""

    def change(self, action: Callable[[], object], said: str) -> bool:
        """Change the notebook, then say so; whether it went well."""
        try:
            action()
        except TuiReaderError as error:
            self.complain(error)
            return False
        self.renew()
        self.say(said)
        return True

    def renew(self) -> None:
        """Show what the notebook holds now."""
        notebook = self.desk.notebook
        if self.article is not None and self.article.complete:
            self.bookmarks = notebook.bookmarks.of(self.article)
        self.readings = notebook.readings.all()

    def _keep(self, verb: Verb, passage: Passage, speaker: str) -> None:
        """Ask what the passage is to have if that has to be asked; else the next key finds it."""
        given = immediate_fields(verb, self.kept(passage))
        if given is None:
            self._ask_for(verb, passage, speaker)
        elif self.store(passage, speaker, **given):
            self.query_one(TextPane).action_deselect()

    @opens_dialog
    async def _ask_for(self, verb: Verb, passage: Passage, speaker: str) -> None:
        article = self.article
        if article is None:
            return
        subject = BookmarkEdit(
            kept=self.kept(passage),
            words=passage.of(article.text),
            drafts=self.desk.notebook.drafts,
            draft=self._draft_on(article, passage),
            about=draft_subject(article, passage),
            save=lambda given: self.store(passage, speaker, **given),
        )
        if await ask_and_save(self.app, verb, subject):
            self.query_one(TextPane).action_deselect()
        self.show_drafts()

    def _draft_on(self, article: Article, passage: Passage) -> str:
        """The key of the draft on some of the passage's words, or of a new one."""
        for key_of, stretch in drafts_on(self.desk.notebook, article).items():
            if stretch.overlaps(passage):
                return key_of
        kept = self.kept(passage)
        return bookmark_key(kept) if kept else draft_key(article.location, passage)

    def show_drafts(self) -> None:
        """Mark where drafts of notes are in the open article."""
        if self.article is not None:
            there = drafts_on(self.desk.notebook, self.article)
            self.query_one(TextPane).drafts = tuple(sorted(there.values()))

    def store(self, passage: Passage, speaker: str = "", **given: Unpack[BookmarkFields]) -> bool:
        """Keep a passage, or change what is kept of it; whether it is on the disk."""
        article, kept = self.article, self.kept(passage)
        if article is None:
            return False
        if not article.complete:
            self.say("The text is still being read; try again in a moment.")
            return False
        words = passage.of(article.text)
        # The words of a note are about one passage; again they would only overwrite another's.
        self._last = given.copy()
        self._last.pop("note", None)
        bookmarks = self.desk.notebook.bookmarks
        if kept is None:
            return self.change(
                lambda: bookmarks.keep(article, passage, speaker=speaker, **given),
                change_message(given, words),
            )
        if not given:
            self.say(f"Already kept: “{shortened(words)}”.")
            return True
        return self.change(lambda: bookmarks.change(kept.id, **given), change_message(given, words))

    def _repeat(self, passage: Passage, speaker: str) -> None:
        """Do with this passage what was done with the last one."""
        if self._last == "trash":
            self._trash(self.kept(passage))
        elif self._last is None:
            self.say("Nothing was changed yet that could be done again.")
        elif self.store(passage, speaker, **self._last):
            self.query_one(TextPane).action_deselect()

    def _trash(self, kept: Bookmark | None) -> None:
        if kept is None:
            self.say("Nothing is kept here.")
            return
        trash = self.desk.notebook.trash.put
        self._last = "trash"
        self.change(lambda: trash(kept.id), "Put into the trash; u brings it back.")

    def _copy(self, passage: Passage, speaker: str, *, with_source: bool) -> None:
        article = self.article
        if article is None:
            return
        words = passage.of(article.text)
        if with_source:
            words = citation_text(words, citation_of(article), speaker)
        self.app.copy_to_clipboard(words)
        self.say("Copied with its source." if with_source else "Copied.")

    def action_undo(self) -> None:
        """Undo the last change to the notebook."""
        self._step(self.desk.notebook.undo, "Undone", "There is nothing to undo.")

    def action_redo(self) -> None:
        """Do the last undone change again."""
        self._step(self.desk.notebook.redo, "Done again", "There is nothing to do again.")

    def _step(self, step: Callable[[], str | None], said: str, nothing: str) -> None:
        try:
            label = step()
        except TuiReaderError as error:
            self.complain(error)
            return
        self.renew()
        self.say(f"{said}: {label}." if label else nothing)
