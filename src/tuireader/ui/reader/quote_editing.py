"""Corrections of the quotations that were found: speaker, extent, and dismissal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Protocol, assert_never

from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import Bookmark
from tuireader.domain.quotation_text import quotation_text
from tuireader.domain.quote import Quote, within_marks
from tuireader.text.messages import counted, shortened
from tuireader.ui.reader.bookmarking import MAX_MARGIN

if TYPE_CHECKING:
    from tuireader.app.context import AppContext
    from tuireader.layout.frame import PaneName
    from tuireader.notebook.corrections import CorrectionTable
    from tuireader.quotes.speaker_names import NamesInArticle
    from tuireader.ui.lists.quotes import CorrectionKind
    from tuireader.ui.notebook_editor import NotebookEditor, Notifier
    from tuireader.ui.reader.session import ArticleSession
    from tuireader.ui.workers import Pause, Tasks

EXTENT_KEYS = "w e h l ( ) move this end · o other end · Enter saves · Esc cancels"
"""The status line while a quotation's extent is being changed."""


class Selector(Protocol):
    """The methods of the text pane for changing a quotation's extent."""

    def edit_extent(self, quote: Quote) -> None:
        """Let the user change the extent of a quotation."""

    def action_deselect(self) -> None:
        """End the selection."""


def bookmarks_within(
    bookmarks: Iterable[Bookmark], passage: Passage, speaker: str
) -> list[Bookmark]:
    """Return the bookmarks that are in a passage and have this speaker, in their order.

    With the speaker "", they are those without a speaker. Orphans are left out.
    """
    return [
        bookmark
        for bookmark in bookmarks
        if bookmark.anchor
        and not bookmark.orphan
        and bookmark.speaker == speaker
        and passage.start <= bookmark.start
        and bookmark.end <= passage.end
    ]


def _around(quote: Quote) -> Passage:
    """Return the passage of a quotation with its marks."""
    return Passage(quote.start - MAX_MARGIN, quote.end + MAX_MARGIN)


class QuoteEditController:
    """Corrects quotations of the open article, and the speakers of its bookmarks with them."""

    def __init__(
        self,
        context: AppContext,
        session: ArticleSession,
        notifier: Notifier,
        tasks: Tasks,
        *,
        editor: NotebookEditor,
        text: Selector,
        focus: Callable[[PaneName], None],
    ) -> None:
        """Take the services of the screen; `focus` focuses a pane by its name."""
        self._context = context
        self._session = session
        self._editor = editor
        self._notifier = notifier
        self._tasks = tasks
        self._text = text
        self._focus = focus

    def edit(self, way: CorrectionKind, quote: Quote) -> None:
        """Correct a quotation in one of the ways of `CorrectionKind`.

        A name is asked for if one is needed.
        """
        match way:
            case "speaker":
                self._tasks.dialog(self._ask_speaker(quote))
            case "merge":
                self._tasks.dialog(self._ask_same_person(quote))
            case "dismiss":
                self._dismiss(quote)
            case "stretch":
                self._focus("text")
                self._text.edit_extent(quote)
                self._notifier.say(EXTENT_KEYS)
            case _:
                assert_never(way)

    def name_speaker(self, passage: Passage | None, quote: Quote | None) -> None:
        """Add a selected passage as a quotation, or ask for the speaker of a quotation.

        `passage` is the selection, None for none; then `quote` is the quotation at the cursor. If
        both are None, a message says what to do.
        """
        article = self._session.article
        if passage is not None and article is not None:
            words = within_marks(article.text, passage)
            self._tasks.dialog(self._ask_speaker_of_new(article, words))
        elif quote is not None:
            self._tasks.dialog(self._ask_speaker(quote))
        else:
            self._notifier.say(
                "Select words with v first, then press Q to add them as a quotation."
            )

    def set_extent(self, quote: Quote, extent: Passage | None) -> None:
        """Save the new extent of a quotation; None leaves it unchanged, and says so."""
        self._focus("quotes")
        if extent is None:
            self._notifier.say("Quotation not changed")
            return
        self._correct(
            lambda table, article: table.set_extent(article, quote, extent),
            "Quotation changed. Press u to undo.",
        )

    def _dismiss(self, quote: Quote) -> None:
        """Mark a quotation as not a quotation, or undo that."""
        back = quote.dismissed
        self._correct(
            lambda table, article: table.dismiss(article, quote, back=back),
            "Marked as a quotation again"
            if back
            else "Marked as not a quotation. Press U to show it, u to undo.",
        )

    async def _ask_speaker(self, quote: Quote) -> None:
        """Ask for the speaker of a quotation, and save the answer."""
        from tuireader.quotes.correction_effects import taught_by  # noqa: PLC0415 - not at the start

        words = shortened(self._words(quote), 60)
        name = await self._ask_name(f"Who said {words}?", quote.speaker)
        if name is not None:
            state = self._session.state
            text = state.article.text if state.article else ""
            others = taught_by(quote, name, (*state.quotes, *state.others), text)
            kept = [
                bookmark
                for each in (quote, *others)
                for bookmark in bookmarks_within(state.bookmarks, _around(each), each.speaker)
            ]
            follow = (
                f" {counted(len(others), 'other quotation')} changed with it." if others else ""
            )
            self._correct(
                lambda table, article: table.set_speaker(article, quote, name, kept),
                f"Speaker: {name or 'unknown'}.{follow} Press u to undo.",
            )

    async def _ask_same_person(self, quote: Quote) -> None:
        """Ask which person a speaker is, and replace the name in the whole article."""
        before = quote.speaker
        if not before:
            self._notifier.say("Unknown speaker. Press Q to name one.")
            return
        question = f"In this article “{before}” is the same person as…"
        name = await self._ask_name(question, before, optional=False)
        if name and name != before:
            kept = [
                bookmark for bookmark in self._session.state.bookmarks if bookmark.speaker == before
            ]
            self._correct(
                lambda table, article: table.merge(article, before, name, kept),
                f"{before} is now {name} in this article. Press u to undo.",
            )

    async def _ask_speaker_of_new(self, article: Article, passage: Passage) -> None:
        """Ask for the speaker of a passage, and add it as a quotation."""
        name = await self._ask_name(f"Who said “{shortened(passage.of(article.text), 60)}”?")
        if name is not None:
            kept = bookmarks_within(self._session.state.bookmarks, passage, "")
            self._correct(
                lambda table, article: table.add(article, passage, name, kept),
                f"Quotation added, speaker: {name or 'unknown'}. Press u to undo.",
            )
            self._text.action_deselect()

    async def _ask_name(
        self, question: str, besides: str = "", *, optional: bool = True
    ) -> str | None:
        """Ask for a speaker's name, suggesting those of the article without `besides`.

        People are first, then bodies, then descriptions. Returns the name, "" for an unknown
        speaker if that is `optional`, and None if the user cancels.
        """
        from tuireader.quotes.speaker_names import NamesInArticle, speaker_choices  # noqa: PLC0415 - not at the start
        from tuireader.ui.screens.dialogs import NameChoiceScreen  # noqa: PLC0415 - not at the start

        state = self._session.state

        def choices(names: NamesInArticle) -> list[str]:
            return [name for name in speaker_choices(state.quotes, names) if name != besides]

        choice = NameChoiceScreen(question, choices(NamesInArticle()), optional=optional)
        if state.article is not None:
            job = partial(
                self._find_names, state.article, lambda found: choice.offer(choices(found))
            )
            self._tasks.in_thread(job, group="names")
        return await self._tasks.ask(choice)

    def _find_names(
        self, article: Article, offer: Callable[[NamesInArticle], None], pause: Pause
    ) -> None:
        """Thread body: pass the names in the article's text to `offer`."""
        self._tasks.call(offer, self._context.find_names(article, pause))

    def _correct(self, action: Callable[[CorrectionTable, Article], None], message: str) -> None:
        """Save a correction of the open article, and show the message.

        `action` makes it in the table of corrections; nothing happens if no article is open.
        """
        article = self._session.article
        if article is not None:
            corrections = self._context.notebook.corrections
            self._editor.change(lambda: action(corrections, article), message)

    def _words(self, quote: Quote) -> str:
        """Return the words of a quotation in their marks; "" if no article is open."""
        article = self._session.article
        return quotation_text(quote.spans, article.text) if article else ""
