"""The way between articles: to the next one, to a mark, along a link, and back."""

from textual import on

from tuireader.app.context import AppContext
from tuireader.domain.article import Link, Passage, contents_of, is_beside
from tuireader.ui.bindings import FIND, MOVE, key
from tuireader.ui.reader.library import Arriving
from tuireader.ui.text_pane.pane import TextPane

SHORTEST = 40
"""Code points that a mark is found again by at least."""

REMEMBERED = 100
"""Places that the way back remembers."""


class Travelling(Arriving):
    """A screen on which the reader goes from one place to another, and back."""

    BINDINGS = [
        key("J", "neighbour(1)", "Next article", "Open the next article", MOVE),
        key("K", "neighbour(-1)", "Previous article", "Open the article before", MOVE),
        key("T", "contents", "Contents", "The table of contents of the book", MOVE),
        key("ctrl+o,alt+left", "back", "Back to before", "Back to where you were", FIND),
    ]

    def __init__(self, desk: AppContext) -> None:
        super().__init__(desk)
        self._before: list[tuple[str, int]] = []

    @on(TextPane.LinkFollowed)
    def _link_followed(self, event: TextPane.LinkFollowed) -> None:
        if not event.target and not event.place:
            self.say("There is no link here.")
        elif self.article and is_beside(self.article, event.target, event.place):
            self.remember()
            self.open(event.target or self.article.location, place=event.place)
        elif event.target.startswith(("http://", "https://")):
            from tuireader.ui.external.browser import open_in_browser  # noqa: PLC0415 - not for the start

            self.say(open_in_browser(self.app, event.target))
        else:
            self.say(f"It is at {event.target}")

    @on(TextPane.LinksRequested)
    def _links_asked(self) -> None:
        if not (self.article and self.article.links):
            self.say("There is no link in this article.")
            return

        def follow(link: Link | None) -> None:
            if link is not None:
                self.text.post_message(TextPane.LinkFollowed(link.target, link.place))

        from tuireader.ui.screens.choices import LinkChoiceScreen  # noqa: PLC0415 - not for the start

        self.app.push_screen(LinkChoiceScreen(self.article.links, self.article.text), follow)

    @on(TextPane.MarkSet)
    def _mark_set(self, event: TextPane.MarkSet) -> None:
        article, cursor, sentence = self.article, self.text.cursor.offset, self.text.cursor.sentence
        if article is None:
            return
        # The words from the cursor on, so that the mark begins where the cursor is.
        end = max(sentence.end, min(cursor + SHORTEST, len(article.text)))
        passage = Passage(cursor if cursor < end else sentence.start, end)
        marks = self.desk.notebook.marks
        self.change(
            lambda: marks.set(event.letter, article, passage), f"Mark {event.letter} is here."
        )

    @on(TextPane.MarkRequested)
    def _mark_asked(self, event: TextPane.MarkRequested) -> None:
        mark = self.desk.notebook.marks.get(event.letter)
        if mark is None:
            self.say(f"There is no mark {event.letter}.")
        else:
            self.remember()
            self.find_mark(mark)

    def action_neighbour(self, step: int) -> None:
        """Open the article that is so many places on in the list."""
        location = self.articles.neighbour(step)
        if location:
            self.remember()
            self.open(location)
        else:
            self.say("This is the last article." if step > 0 else "This is the first article.")

    def action_contents(self) -> None:
        """Open the table of contents of the book that is read."""
        contents = contents_of(self.article) if self.article else ""
        if contents and self.desk.catalogue.number(contents) >= 0:
            self.remember()
            self.open(contents)
        else:
            self.say("This is no chapter of a book with a table of contents.")

    def remember(self) -> None:
        """Remember where the reader is, for the way back."""
        if self.article is not None:
            self._before.append((self.article.location, self.text.cursor.offset))
            del self._before[:-REMEMBERED]

    def action_back(self) -> None:
        """Back to where the reader was before the last jump."""
        if self._before:
            self.open(*self._before.pop())
        else:
            self.say("There is no place to go back to.")
