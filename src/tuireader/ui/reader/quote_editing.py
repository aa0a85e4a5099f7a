"""What the reader says of the quotations: who said them, their extent, and what is none."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual import on, work
from textual.worker import get_current_worker

from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import Bookmark
from tuireader.domain.quote import Quote, within_marks
from tuireader.ui.lists.quotes import QuoteList
from tuireader.ui.reader.bookmarking import Keeping, shortened
from tuireader.ui.text_pane.pane import TextPane
from tuireader.ui.type_ahead import opens_dialog
from tuireader.ui.workers import StoppedError, worker_pause

if TYPE_CHECKING:
    from tuireader.domain.quote import Corrections

NEAR = 2
"""Code points beyond a quotation's words that a passage kept of it may reach: its marks."""


class Mending(Keeping):
    """A screen on which quotations are corrected; corrections are kept with the notes."""

    _found: tuple[Quote, ...] = ()
    _lost = 0

    def show(self, article: Article, offset: int | None = None, *, version: bool = True) -> None:
        """Have an article on the screen; its quotations come later."""
        self._found, self._lost = (), 0
        super().show(article, offset, version=version)

    def quoted(
        self, article: Article, found: tuple[Quote, ...], corrections: "Corrections"
    ) -> None:
        """Show the quotations that were found, as the reader's corrections make them."""
        from tuireader.quotes.corrections import apply_corrections, attributed_quotes  # noqa: PLC0415 - not at the start

        if self.article is not article:
            return
        self._found = found
        quotes = apply_corrections(found, corrections)
        said = attributed_quotes(quotes)
        self.looking = False
        self.quotes = said
        self.others = tuple(quote for quote in quotes if quote.unattributed or quote.dismissed)
        if corrections.lost > self._lost:
            lost = corrections.lost
            what = "1 correction is" if lost == 1 else f"{lost} corrections are"
            self.say(f"The text has changed: {what} of words not found in it, and kept.")
        self._lost = corrections.lost

    def renew(self) -> None:
        """Show what the notebook holds now."""
        super().renew()
        if self.article is not None and self.article.complete and not self.looking:
            self.quoted(self.article, self._found, self.desk.notebook.corrections.of(self.article))

    @on(QuoteList.Mended)
    def _mended(self, event: QuoteList.Mended) -> None:
        quote = event.quote
        match event.how:
            case "speaker":
                self._attribute(quote)
            case "merge":
                self._merge(quote)
            case "dismiss":
                self._dismiss(quote)
            case "stretch":
                self._stretch(quote)

    @on(TextPane.SpeakerRequested)
    def _quotation_asked(self, event: TextPane.SpeakerRequested) -> None:
        if event.passage is not None and self.article is not None:
            self._add(within_marks(self.article.text, event.passage))
        elif event.quote is not None:
            self._attribute(event.quote)
        else:
            self.say("Select the words with v; Q then adds them as a quotation.")

    @on(TextPane.Stretched)
    def _stretched(self, event: TextPane.Stretched) -> None:
        self.query_one(QuoteList).focus()
        if event.extent is None:
            self.say("The quotation's words stay as they were.")
            return
        extent, quote = event.extent, event.quote
        self._mend(
            lambda article: self.desk.notebook.corrections.stretch(article, quote, extent),
            "The quotation has its new words; u takes them back.",
        )

    def _stretch(self, quote: Quote) -> None:
        text = self.query_one(TextPane)
        text.display = True
        text.focus()
        text.stretch(quote)
        self.say("w e h l ( ) move this end, o the other · Enter keeps · Esc leaves")

    def _dismiss(self, quote: Quote) -> None:
        back = quote.dismissed
        said = "A quotation again." if back else "No quotation; o shows it, u takes this back."
        self._mend(
            lambda article: self.desk.notebook.corrections.dismiss(article, quote, back=back), said
        )

    @opens_dialog
    async def _attribute(self, quote: Quote) -> None:
        words = shortened(self._words(quote), 60)
        name = await self._ask_name(f"Who said “{words}”?", quote.speaker)
        if name is not None:
            kept = self._kept_of(quote)
            self._mend(
                lambda article: self.desk.notebook.corrections.attribute(
                    article, quote, name, kept
                ),
                f"Said by {name or 'nobody named'}; u takes this back.",
            )

    @opens_dialog
    async def _merge(self, quote: Quote) -> None:
        before = quote.speaker
        if not before:
            self.say("Nobody is named here; w names who said it.")
            return
        name = await self._ask_name(f"In this article “{before}” is the same as…", before)
        if name and name != before:
            kept = [mark for mark in self.bookmarks if mark.speaker == before]
            self._mend(
                lambda article: self.desk.notebook.corrections.merge(article, before, name, kept),
                f"{before} is {name} in this article; u takes this back.",
            )

    @opens_dialog
    async def _add(self, passage: Passage) -> None:
        words = shortened(passage.of(self.article.text) if self.article else "", 60)
        name = await self._ask_name(f"Who said “{words}”?")
        if name is not None:
            kept = [
                mark
                for mark in self.bookmarks
                if mark.anchor and not mark.speaker and _within(mark, passage)
            ]
            self._mend(
                lambda article: self.desk.notebook.corrections.add(article, passage, name, kept),
                f"Added as said by {name or 'nobody named'}; u takes this back.",
            )
            self.query_one(TextPane).action_deselect()

    async def _ask_name(self, question: str, besides: str = "") -> str | None:
        from tuireader.ui.screens.choices import NameChoiceScreen  # noqa: PLC0415 - not at the start

        speakers = [quote.speaker for quote in self.quotes if quote.speaker]
        often = sorted(dict.fromkeys(speakers), key=speakers.count, reverse=True)
        choice = NameChoiceScreen(question, [name for name in often if name != besides])
        if self.article is not None:
            self._find_names(self.article, choice.offer, besides)
        return await self.app.push_screen_wait(choice)

    @work(thread=True, group="names", exclusive=True)
    def _find_names(
        self, article: Article, offer: Callable[[Iterable[str]], None], besides: str
    ) -> None:
        try:
            names = self.desk.names(article, worker_pause(get_current_worker()))
        except StoppedError:
            return
        self.app.call_from_thread(offer, [name for name in names if name != besides])

    def _mend(self, action: Callable[[Article], None], said: str) -> None:
        article = self.article
        if article is not None:
            self.change(lambda: action(article), said)

    def _words(self, quote: Quote) -> str:
        text = self.article.text if self.article else ""
        return " … ".join(span.of(text) for span in quote.spans)

    def _kept_of(self, quote: Quote) -> list[Bookmark]:
        """What is kept of a quotation under the speaker that it has now."""
        around = Passage(quote.start - NEAR, quote.end + NEAR)
        return [
            mark
            for mark in self.bookmarks
            if mark.anchor and mark.speaker == quote.speaker and _within(mark, around)
        ]


def _within(mark: Bookmark, passage: Passage) -> bool:
    return not mark.orphan and passage.start <= mark.start and mark.end <= passage.end
