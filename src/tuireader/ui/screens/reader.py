"""The reader: what the panes tell of is answered here, and the way between articles is found."""

from textual import on, work

from tuireader.domain.article import Link, contents_of, is_beside
from tuireader.domain.shelf import Order
from tuireader.ui.bindings import FIND, MOVE, PANES, key
from tuireader.ui.desk import Desk
from tuireader.ui.screens.arriving import Arriving
from tuireader.ui.widgets.article_list import ArticleList
from tuireader.ui.widgets.quote_list import QuoteList
from tuireader.ui.widgets.text_pane import TextPane

REMEMBERED = 100
"""Places that the way back remembers."""


class ReaderScreen(Arriving):
    """Opens articles, goes to places in them, and remembers the way back."""

    BINDINGS = [
        key("J", "neighbour(1)", "Next article", "Open the next article", MOVE),
        key("K", "neighbour(-1)", "Previous article", "Open the article before", MOVE),
        key("T", "contents", "Contents", "The table of contents of the book", MOVE),
        key("ctrl+o,alt+left", "back", "Back to before", "Back to where you were", FIND),
        key("B", "notes", "All notes", "All passages and notes, of all articles", PANES, show=True),
        key("S", "speakers", "All speakers", "Who speaks, in all articles", PANES),
        key("question_mark", "app.keys", "Keys", "Show the keys", PANES, show=True),
        key(
            "ctrl+z", "app.suspend_process", "To the shell", "Back to the shell; fg returns", PANES
        ),
        key("ctrl+q", "app.quit", "Quit", "Leave; nothing is lost", PANES, show=True),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._before: list[tuple[str, int]] = []
        self._marks: dict[str, tuple[str, int]] = {}
        if desk.first is not None:
            self.set_reactive(ReaderScreen.article, desk.first)

    def go_to(self, offset: int) -> None:
        """Put the reading cursor at an offset."""
        self.text.go_to(offset, centre=True)

    def watch_article(self) -> None:
        """Mark the open article in the list."""
        if self.article is not None and self.is_mounted:
            self.articles.opened = self.article.location

    @on(ArticleList.Opened)
    def _article_opened(self, event: ArticleList.Opened) -> None:
        self._remember()
        self.open(event.location)
        self.action_pane("text")

    @on(ArticleList.Sorted)
    def _article_list_sorted(self, event: ArticleList.Sorted) -> None:
        self.desk.remember(sort=Order(event.order).value)

    @on(QuoteList.Opened)
    def _quote_opened(self, event: QuoteList.Opened) -> None:
        self._remember()
        self.action_pane("text")
        self.go_to(event.quote.start)

    @on(QuoteList.Lit)
    def _quote_lit(self, event: QuoteList.Lit) -> None:
        self.text.light(event.quote)

    @on(TextPane.LinkFollowed)
    def _link_followed(self, event: TextPane.LinkFollowed) -> None:
        if not event.target and not event.place:
            self.say("There is no link here.")
        elif self.article and is_beside(self.article, event.target, event.place):
            self._remember()
            self.open(event.target or self.article.location, place=event.place)
        elif event.target.startswith(("http://", "https://")):
            self.app.open_url(event.target)
            self.say(f"Opened {event.target}")
        else:
            self.say(f"It is at {event.target}")

    @on(TextPane.LinksAsked)
    def _links_asked(self) -> None:
        if not (self.article and self.article.links):
            self.say("There is no link in this article.")
            return

        def follow(link: Link | None) -> None:
            if link is not None:
                self.text.post_message(TextPane.LinkFollowed(link.target, link.place))

        from tuireader.ui.screens.links import LinkChoice  # noqa: PLC0415 - not for the start

        self.app.push_screen(LinkChoice(self.article.links, self.article.text), follow)

    @on(TextPane.Found)
    def _words_found(self, event: TextPane.Found) -> None:
        if event.query:
            more = "" if event.complete else "+"
            found = f"{event.number}/{event.count}{more}" if event.count else "not found"
            asking = "  ·  Enter stays here, Esc goes back" if self.query("PromptLine") else ""
            self.say(f"Find “{event.query}”: {found}{asking}")

    @on(TextPane.Moved)
    def _cursor_moved(self, event: TextPane.Moved) -> None:
        self.moved(event.offset, event.seen)
        if self.text.mode:
            self.status.hush()
        number = self.text.quotation_at(event.offset)
        if number >= 0 and not self.quotations.has_focus:
            self.quotations.light(number)
        self.status.place(self.text.whereabouts())

    @on(TextPane.QuotationReached)
    def _quotation_reached(self, event: TextPane.QuotationReached) -> None:
        quote, text = event.quote, self.text.text
        cue = " ".join(quote.cue.of(text).split()) if quote.cue else ""
        speaker = quote.speaker or "Unknown speaker"
        facts = (speaker, cue, str(quote.kind), str(quote.confidence))
        self.say(" · ".join(fact for fact in facts if fact))

    @on(TextPane.MarkSet)
    def _mark_set(self, event: TextPane.MarkSet) -> None:
        if self.article is not None:
            self._marks[event.letter] = (self.article.location, self.text.cursor)
            self.say(f"Mark {event.letter} is here.")

    @on(TextPane.MarkAsked)
    def _mark_asked(self, event: TextPane.MarkAsked) -> None:
        if event.letter in self._marks:
            self._remember()
            self.open(*self._marks[event.letter])
        else:
            self.say(f"There is no mark {event.letter}.")

    def action_neighbour(self, step: int) -> None:
        """Open the article that is so many places on in the list."""
        location = self.articles.neighbour(step)
        if location:
            self._remember()
            self.open(location)
        else:
            self.say("This is the last article." if step > 0 else "This is the first article.")

    def action_contents(self) -> None:
        """Open the table of contents of the book that is read."""
        contents = contents_of(self.article) if self.article else ""
        if contents and self.desk.catalogue.number(contents) >= 0:
            self._remember()
            self.open(contents)
        else:
            self.say("This is no chapter of a book with a table of contents.")

    @work
    async def action_notes(self) -> None:
        """Show all notes, and go to the one that is chosen."""
        from tuireader.ui.screens.notes import NotesScreen  # noqa: PLC0415 - not at the start

        mark = await self.app.push_screen_wait(NotesScreen(self.desk.notebook))
        self.renew()
        if mark is not None and mark.article.is_elsewhere:
            self.say(mark.missing)
        elif mark is not None:
            self._remember()
            self.found([mark.article.location])
            self.open(mark.article.location, mark.start)
            self.action_pane("text")
            if mark.orphan:
                self.say("These words are not in the text any more; they stood about here.")

    @work
    async def action_speakers(self) -> None:
        """Show who speaks in all articles, and go to the words that are chosen."""
        from tuireader.ui.screens.speakers import SpeakersScreen  # noqa: PLC0415 - as above

        chosen = await self.app.push_screen_wait(SpeakersScreen(self.desk))
        if chosen is not None:
            self._remember()
            self.open(chosen.location, chosen.start)
            self.action_pane("text")

    def _remember(self) -> None:
        if self.article is not None:
            self._before.append((self.article.location, self.text.cursor))
            del self._before[:-REMEMBERED]

    def action_back(self) -> None:
        """Back to where the reader was before the last jump."""
        if self._before:
            self.open(*self._before.pop())
        else:
            self.say("There is no place to go back to.")
