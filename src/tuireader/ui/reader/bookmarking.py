"""Bookmarks of the open article: creating, editing, trashing and copying them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypedDict, Unpack

from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import (
    Bookmark,
    Colour,
    KeptQuotation,
    citation_of,
    kept_quotation,
)
from tuireader.domain.quote import Polarity
from tuireader.domain.tags import format_tags, parse_tags
from tuireader.exporters.citation import citation_text
from tuireader.text.messages import in_marks, shortened
from tuireader.ui.reader.drafts import bookmark_key, draft_key, draft_subject, drafts_on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import App

    from tuireader.domain.quote import Quote
    from tuireader.notebook.drafts import Drafts, DraftSubject
    from tuireader.notebook.notebook import Notebook
    from tuireader.ui.bindings import Verb
    from tuireader.ui.notebook_editor import NotebookEditor, Notifier
    from tuireader.ui.reader.session import ArticleSession
    from tuireader.ui.workers import Tasks

MAX_MARGIN = 2
"""Code points beyond a quotation that a bookmark of it may reach: its quotation marks."""


class BookmarkFields(TypedDict, total=False):
    """The fields of a bookmark that the user sets."""

    note: str
    tags: tuple[str, ...]
    colour: Colour


@dataclass(frozen=True, kw_only=True)
class BookmarkEdit:
    """An edit of a bookmark for which the user is asked for text.

    It may also create the bookmark of a passage.
    """

    kept: Bookmark | None
    """The bookmark of the passage; None if there is none yet."""
    words: str
    drafts: Drafts
    draft: str
    """The key of the draft of its note."""
    about: DraftSubject | None = None
    """The subject of the draft, if its key does not name it."""
    save: Callable[[BookmarkFields], bool]
    """Saves the change and returns whether it is on the disk."""


async def ask_and_save(app: App[Any], verb: Verb, edit: BookmarkEdit) -> bool:
    """Run a command that sets fields of a bookmark; ask for a note or for tags first.

    `verb` is "keep", "colour", "note", "edit" or "tag". Returns whether something was saved: False
    if the user cancelled, if saving failed, and for other commands.
    """
    kept = edit.kept
    if verb in {"note", "edit"}:
        from tuireader.ui.screens.note_editor import NoteEdit, write_note  # noqa: PLC0415 - slow import

        note = NoteEdit(
            words=edit.words,
            note=kept.note if kept else "",
            drafts=edit.drafts,
            draft=edit.draft,
            subject=edit.about,
            save=lambda note: edit.save(BookmarkFields(note=note)),
        )
        return await write_note(app, note, outside=verb == "edit")
    if verb == "tag":
        from tuireader.ui.screens.dialogs import QuestionScreen  # noqa: PLC0415 - slow import

        before = kept.tags if kept else ()
        question = QuestionScreen("Tags, separated by spaces", format_tags(before))
        answer = await app.push_screen_wait(question)
        if answer is None or (kept and parse_tags(answer) == before):
            return False
        tags = parse_tags(answer)
        return edit.save(BookmarkFields(tags=tags) if tags or kept else BookmarkFields())
    fields = immediate_fields(verb, kept)
    return fields is not None and edit.save(fields)


def immediate_fields(verb: Verb, kept: Bookmark | None) -> BookmarkFields | None:
    """Return the fields that a command sets without asking: "keep" none, "colour" one.

    `kept` is the bookmark as it is, None for a new one. Returns None for all other commands.
    """
    if verb == "colour":
        return BookmarkFields(colour=next_colour(kept.colour if kept else Colour.NONE))
    return BookmarkFields() if verb == "keep" else None


def next_colour(colour: Colour) -> Colour:
    """Return the colour after another one, in the order of `Colour`; the first after the last."""
    colours = tuple(Colour)
    return colours[(colours.index(colour) + 1) % len(colours)]


def change_message(fields: BookmarkFields, words: str) -> str:
    """Return the message for a saved change, such as "Tagged #sea: “…”".

    `fields` are those that were set, perhaps none; `words` is the passage, which is shortened.
    """
    short = in_marks(shortened(words))
    if "colour" in fields:
        colour = fields["colour"]
        return f"Coloured {colour}: {short}" if colour else f"Colour removed: {short}"
    if "tags" in fields:
        tags = format_tags(fields["tags"], "#")
        return f"Tagged {tags}: {short}" if tags else f"Tags removed: {short}"
    if "note" in fields:
        return f"Note saved: {short}"
    return f"Bookmarked: {short}"


@dataclass(frozen=True, slots=True)
class Subject:
    """A passage of the open article that a command is run on."""

    passage: Passage
    speaker: str
    """Who is quoted in it; "" if nobody is known."""
    words: str
    """Its words, as they are shown."""
    quotation: KeptQuotation | None = None
    """What is kept of it as a quotation; None for any other passage."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft of a note on the open article: its key, and the passage that it is about."""

    key: str
    passage: Passage


def bookmark_of(bookmarks: Iterable[Bookmark], passage: Passage) -> Bookmark | None:
    """Return the bookmark of exactly this passage; None if there is none."""
    for bookmark in bookmarks:
        if bookmark.anchor and (bookmark.start, bookmark.end) == (passage.start, passage.end):
            return bookmark
    return None


def speaker_of(quotes: Iterable[Quote], passage: Passage) -> str:
    """Return the speaker of the quotation that contains a passage.

    Its quotation marks count as part of it. Returns "" if the passage is in no quotation, in
    quotations of several speakers, or in what was not said or is alleged.
    """
    speakers = {
        quote.speaker if quote.polarity is Polarity.SAID else ""
        for quote in quotes
        if quote.start - MAX_MARGIN <= passage.start and passage.end <= quote.end + MAX_MARGIN
    }
    return speakers.pop() if len(speakers) == 1 else ""


def quote_in(quotes: Iterable[Quote], passage: Passage) -> Quote | None:
    """Return the quotation that a passage consists of, with the pieces that are in the passage.

    The passage begins and ends with a piece, or with its quotation marks. Returns None for any
    other passage.
    """
    for quote in quotes:
        spans = tuple(span for span in quote.spans if span.overlaps(passage))
        if spans and (
            0 <= spans[0].start - passage.start <= MAX_MARGIN
            and 0 <= passage.end - spans[-1].end <= MAX_MARGIN
        ):
            return replace(quote, spans=spans)
    return None


class BookmarkController:
    """Creates, edits, trashes and copies bookmarks of the open article.

    A change is on the disk when the status line shows its message.
    """

    def __init__(
        self,
        notebook: Callable[[], Notebook],
        session: ArticleSession,
        notifier: Notifier,
        tasks: Tasks,
        *,
        editor: NotebookEditor,
        app: Callable[[], App[Any]],
        deselect: Callable[[], None],
    ) -> None:
        """Take the services of the screen.

        `app` returns the application, for its clipboard and dialogs; `deselect` ends the selection.
        """
        self._notebook = notebook
        self._session = session
        self._editor = editor
        self._notifier = notifier
        self._tasks = tasks
        self._app = app
        self._deselect = deselect
        self._last: BookmarkFields | Literal["trash"] | None = None
        """The last change, so that it can be repeated."""

    def do(self, verb: Verb, passage: Passage) -> None:
        """Run a command on a passage of the open article; do nothing if none is open.

        One with white space at its ends is no quotation: it is copied as it is in the text.
        """
        article, quotes = self._session.article, self._session.state.quotes
        if article is None:
            return
        is_exact = passage == passage.trimmed(article.text)
        quote = quote_in(quotes, passage) if is_exact else None
        if quote is None:
            speaker, words = speaker_of(quotes, passage), passage.of(article.text)
            self._do(verb, article, Subject(passage, speaker, words))
        else:
            kept = kept_quotation(quote, article.text, passage.start)
            self._do(verb, article, Subject(passage, quote.speaker, kept.text, kept))

    def do_with_quote(self, verb: Verb, quote: Quote) -> None:
        """Run a command on a quotation of the open article, which is kept as one."""
        article = self._session.article
        if article is not None:
            passage, kept = Passage(quote.start, quote.end), kept_quotation(quote, article.text)
            self._do(verb, article, Subject(passage, quote.speaker, kept.text, kept))

    def _do(self, verb: Verb, article: Article, subject: Subject) -> None:
        """Run a command on a passage or a quotation of the article."""
        passage = subject.passage
        if verb == "repeat":
            self._repeat(subject)
        elif verb == "trash":
            self._trash(self._bookmark(passage))
        elif verb in {"copy", "cite"}:
            self._copy(article, subject, with_source=verb == "cite")
        else:
            fields = immediate_fields(verb, self._bookmark(passage))
            if fields is None:
                self._tasks.dialog(self._ask(verb, article, subject))
            elif self._save(subject, **fields):
                self._deselect()

    def _bookmark(self, passage: Passage) -> Bookmark | None:
        """Return the bookmark of exactly a passage of the open article, if any."""
        return bookmark_of(self._session.state.bookmarks, passage)

    async def _ask(self, verb: Verb, article: Article, subject: Subject) -> None:
        """Ask for a note or tags, as the command says, and save them with the subject."""
        passage = subject.passage
        edit = BookmarkEdit(
            kept=self._bookmark(passage),
            words=subject.words,
            drafts=self._notebook().drafts,
            draft=self._draft_key(article, passage),
            about=draft_subject(article, passage),
            save=lambda fields: self._save(subject, **fields),
        )
        if await ask_and_save(self._app(), verb, edit):
            self._deselect()
        self._session.show_drafts()

    def drafts_near(self, passage: Passage) -> tuple[Draft, ...]:
        """Return the drafts on words of a passage; if there are none, those of the open article."""
        article = self._session.article
        if article is None:
            return ()
        found = drafts_on(self._notebook(), article)
        drafts = [Draft(key, place) for key, place in found.items()]
        return tuple([each for each in drafts if each.passage.overlaps(passage)] or drafts)

    def save_draft(self, draft: Draft) -> bool:
        """Save a draft of the open article as a note; return whether it is on the disk."""
        article, drafts = self._session.article, self._notebook().drafts
        note = drafts.get(draft.key).strip()
        if article is None or not note:
            return False
        passage = draft.passage
        words = passage.of(article.text)
        subject = Subject(passage, speaker_of(self._session.state.quotes, passage), words)
        if not self._save(subject, note=note):
            return False
        drafts.drop(draft.key)
        self._session.show_drafts()
        return True

    def _draft_key(self, article: Article, passage: Passage) -> str:
        """Return the key of the draft on some of the passage's words, or of a new draft."""
        for key, place in drafts_on(self._notebook(), article).items():
            if place.overlaps(passage):
                return key
        kept = self._bookmark(passage)
        return bookmark_key(kept) if kept else draft_key(article.location, passage)

    def _save(self, subject: Subject, **fields: Unpack[BookmarkFields]) -> bool:
        """Bookmark a subject, or change the fields of its bookmark that are given.

        Returns whether it is on the disk.
        """
        article, kept = self._session.article, self._bookmark(subject.passage)
        if article is None:
            return False
        if not article.complete:
            self._notifier.say("The article is still loading. Try again in a moment.")
            return False
        # A note is about one passage: repeated, it would only overwrite another one's.
        self._last = fields.copy()
        self._last.pop("note", None)
        bookmarks = self._notebook().bookmarks
        message = change_message(fields, subject.words)
        if kept is None or (subject.quotation and not kept.quotation):
            passage, speaker, quotation = subject.passage, subject.speaker, subject.quotation
            return self._editor.change(
                lambda: bookmarks.keep(
                    article, passage, speaker=speaker, quotation=quotation, **fields
                ),
                message,
            )
        if not fields:
            self._notifier.say(f"Already bookmarked: {in_marks(shortened(subject.words))}")
            return True
        return self._editor.change(lambda: bookmarks.change(kept.id, **fields), message)

    def _repeat(self, subject: Subject) -> None:
        """Repeat the last change with another subject, if there was a change."""
        if self._last == "trash":
            self._trash(self._bookmark(subject.passage))
        elif self._last is None:
            self._notifier.say("No change to repeat yet")
        elif self._save(subject, **self._last):
            self._deselect()

    def _trash(self, kept: Bookmark | None) -> None:
        """Move a bookmark to the trash; for None, say that there is none."""
        if kept is None:
            self._notifier.say("No bookmark here")
            return
        self._last = "trash"
        trash = self._notebook().trash
        self._editor.change(lambda: trash.put(kept.id), "Moved to the trash. Press u to undo.")

    def _copy(self, article: Article, subject: Subject, *, with_source: bool) -> None:
        """Copy the words of a subject to the clipboard, with a citation if `with_source`."""
        words = subject.words
        if with_source:
            pages = article.page_range(subject.passage)
            words = citation_text(words, citation_of(article), subject.speaker, pages)
        self._app().copy_to_clipboard(words)
        self._notifier.say("Copied with source" if with_source else "Copied")
