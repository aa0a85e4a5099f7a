"""The text pane: the article's text with a reading cursor, and the keys to work on it."""

from dataclasses import dataclass
from re import Pattern

from textual import events, on, work
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip
from textual.worker import get_current_worker

from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import Bookmark
from tuireader.domain.quote import Quote
from tuireader.layout import motions
from tuireader.layout.first_frame import heading_of, top_for
from tuireader.ui.bindings import Verb
from tuireader.ui.text_pane.bindings import TEXT_KEYS
from tuireader.ui.text_pane.cursor import TextCursor
from tuireader.ui.text_pane.decorations import Decorations, gutter_sign, placed
from tuireader.ui.text_pane.renderer import RowRenderer
from tuireader.ui.text_pane.search import SearchState, TextSearch, all_hits
from tuireader.ui.text_pane.selection import (
    GROWING_MOTIONS,
    Selection,
    SelectionMode,
    grow_target,
)
from tuireader.ui.text_pane.targets import bookmark_at, jump_target, quotation_at, quoted_words
from tuireader.ui.text_pane.viewport import NO_ARTICLE, Viewport
from tuireader.ui.widgets.key_sequences import ALL_DIGITS, PANE_DIGITS_FREE
from tuireader.ui.widgets.pane import Pane
from tuireader.ui.widgets.prompt_line import PromptRequested

WHEEL_ROWS = 3
"""Rows that one notch of the wheel scrolls."""

LINES = {"line_down": 1, "line_up": -1}
"""The motions by rows, and their direction."""

PAGES = {"page_down": 1.0, "page_up": -1.0, "half_page_down": 0.5, "half_page_up": -0.5}
"""The motions by pages."""

MOST_COUNTED = 100_000
"""Code points of a selection whose words are counted while it grows."""


class TextPane(Pane):
    """The article's text; it moves, selects, searches, and asks the screen for the rest.

    It owns plain objects: the viewport, the cursor, the selection, the search, the
    decorations, and a renderer that draws them.
    """

    BINDINGS = TEXT_KEYS
    FIXED = 1

    article: var[Article | None] = var(None)
    """The article that is shown."""
    column: var[int] = var(72)
    """The widest that the text's column may be, in cells."""
    bookmarks: var[tuple[Bookmark, ...]] = var(())
    """What is kept of the article, in the order of the text."""
    quotes: var[tuple[Quote, ...]] = var(())
    """The article's quotations, in the order of the text."""
    drafts: var[tuple[Passage, ...]] = var(())
    """The passages with a draft of a note."""
    stretching: var[Quote | None] = var(None, bindings=True)
    """The quotation whose words are being selected anew."""

    @dataclass
    class Moved(Message):
        """The reading cursor moved."""

        offset: int
        seen: Passage

    @dataclass
    class Searched(Message):
        """The state of the search has changed."""

        state: SearchState

    @dataclass
    class QuotationReached(Message):
        """The cursor jumped to a quotation."""

        quote: Quote

    @dataclass
    class MarkSet(Message):
        """The reader sets a place mark at the cursor."""

        letter: str

    @dataclass
    class MarkRequested(Message):
        """The reader wants to go to a place mark."""

        letter: str

    @dataclass
    class SpeakerRequested(Message):
        """The reader wants to add a passage as a quotation, or to name a quotation's speaker."""

        passage: Passage | None
        quote: Quote | None

    @dataclass
    class Stretched(Message):
        """The reader has selected a quotation's words anew; None leaves them as they were."""

        quote: Quote
        extent: Passage | None

    @dataclass
    class BookmarkActionRequested(Message):
        """The reader wants something done with a passage."""

        verb: Verb
        passage: Passage

    @dataclass
    class LinkFollowed(Message):
        """The reader wants to go where a link leads; both are empty if there is none."""

        target: str = ""
        place: str = ""

    class LinksRequested(Message):
        """The reader wants to choose among all links."""

    def __init__(self, column: int, expected: Size, *, id: str | None = None) -> None:
        """Begin with the column's width in cells, and the size that the pane will have.

        The size is needed for keys that come before the pane is laid out.
        """
        super().__init__(id=id)
        self.inner = expected
        self.set_reactive(TextPane.column, column)
        self.viewport = Viewport(column, expected.width, self.body_height)
        self.cursor = TextCursor()
        self.selection = Selection()
        self.decorations = Decorations()
        self.search = TextSearch(self, self.cursor)
        self.renderer = RowRenderer(
            self.viewport,
            self.cursor,
            self.decorations,
            self.looks,
            lambda row: gutter_sign(row, self.bookmarks, self.drafts),
        )
        self._dragged_from: int | None = None
        self._laid_out = False

    def heading(self) -> str:
        """Return the article's title and outlet."""
        return heading_of(self.article) if self.article else "Text"

    def body_line(self, y: int) -> Strip:
        """Return one row of the text with its gutter and its piece of the scroll bar."""
        return Strip(self.renderer.segments(y), self.inner.width)

    def redraw(self) -> None:
        """Render all rows again."""
        self.renderer.clear()
        self.refresh()

    @property
    def selected(self) -> Passage | None:
        """The selected passage; None if nothing is selected."""
        return self.selection.passage(self.viewport.surface(), self.cursor.offset)

    def go_to(self, offset: int, *, centre: bool = False) -> None:
        """Put the cursor at an offset and have it on the screen."""
        self.cursor.forget_column()
        self._place_cursor(offset, centre=centre)

    def _place_cursor(self, offset: int, *, centre: bool = False) -> None:
        """Put the cursor at an offset, and draw only the rows that change."""
        before = self._forget_marked_rows()
        self.cursor.place(self.viewport.surface(), offset)
        self._lay_cursor()
        top = self.viewport.top
        self.viewport.reveal(self.cursor.offset, centre=centre)
        after = self._forget_marked_rows()
        if self.viewport.top != top:
            self.refresh()
        else:
            self.refresh_rows({*before, *after})
        self.post_message(self.Moved(self.cursor.offset, self.viewport.seen()))

    def _lay_cursor(self) -> None:
        """Lay the selection, or the sentence, and the caret over the text."""
        marked, look = self.selected, "selection"
        if marked is None:
            marked, look = self.cursor.sentence, "sentence"
        self.decorations.lay_cursor(marked, look, self.cursor.caret(self.viewport.text))

    def _forget_marked_rows(self) -> list[int]:
        """Forget the rendered rows that the cursor marks; return those on the screen."""
        marked, here = self.selected or self.cursor.sentence, self.cursor.position
        self.renderer.forget(marked, here)
        return [
            y
            for y, (position, row) in enumerate(self.viewport.rows())
            if position == here or (row.start < marked.end and row.end > marked.start)
        ]

    def _select(self, mode: SelectionMode, fixed: int = 0) -> None:
        """Begin, change or end a selection, and count with every digit while there is one."""
        if mode:
            self.selection.begin(mode, fixed)
        else:
            self.selection.clear()
        self.keys.count_starts = ALL_DIGITS if mode else PANE_DIGITS_FREE
        self.redraw()
        self.refresh_bindings()

    def select(self, passage: Passage) -> None:
        """Select a passage, with the cursor on its last character."""
        if len(passage):
            self.selection.clear()
            self._select(SelectionMode.CHARACTERS, passage.start)
            self.go_to(max(passage.start, passage.end - 1))

    def resized(self) -> None:
        """Wrap the text for another size and keep the cursor on the screen."""
        first_time, self._laid_out = not self._laid_out, bool(self.inner.width)
        self.viewport.resize(self.inner.width, self.body_height, self.column)
        self.redraw()
        if self.inner.width:
            self._place_cursor(self.cursor.offset)
            if first_time and self.cursor.offset:
                view = self.viewport
                view.scroll_to(top_for(view.flow, self.cursor.offset, view.height))

    def watch_column(self) -> None:
        """Wrap the text for another width."""
        if self.inner.width:
            self.resized()

    def watch_article(self, old: Article | None, new: Article | None) -> None:
        """Show another article from its top; more text of the same one leaves the place."""
        same = bool(old and new and old.location == new.location and not old.complete)
        place = self.viewport.seen().start if same and self.is_mounted else 0
        self.decorations.show(new)
        self.viewport.show(new or NO_ARTICLE, place)
        self.redraw()
        self._place_cursor(self.cursor.offset if same else 0)
        self.search.show_text(self.viewport.text)

    def watch_bookmarks(self) -> None:
        """Mark the kept passages."""
        self.decorations.lay_bookmarks(self.bookmarks)
        self.redraw()

    def watch_drafts(self) -> None:
        """Mark the drafts."""
        self.redraw()

    def light(self, quote: Quote | None) -> None:
        """Highlight a quotation and scroll to it; for None, go back to the cursor."""
        self.decorations.lay("lit", quote.spans if quote else (), "lit")
        self.redraw()
        self.viewport.reveal(quote.start if quote else self.cursor.offset, centre=bool(quote))

    def whereabouts(self) -> str:
        """Return what the status line says: keys typed, the selection, and how far the text is."""
        length, selected = len(self.viewport.text), self.selected
        parts = [self.keys.typed]
        if selected is not None:
            end = min(selected.end, selected.start + MOST_COUNTED)
            words = len(self.viewport.text[selected.start : end].split())
            doing = "SELECT" if self.stretching is None else "Enter keeps"
            parts.append(f"{doing} {words} {'word' if words == 1 else 'words'}")
        parts.append(f"{self.viewport.seen().end / length:.0%} " if length else "")
        return "  ".join(part for part in parts if part)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Turn on some keys only while something is selected, and others only otherwise."""
        match action, parameters:
            case "swap", _:
                return bool(self.selection)
            case "deselect", _:
                return bool(self.selection or self.search.shown)
            case "end_stretch", _:
                return self.stretching is not None
            case ("motion", ("word_end",)):
                return bool(self.selection)
            case ("do", ("edit",)) | ("source", _):
                return not self.selection
        return super().check_action(action, parameters)

    def action_motion(self, name: str) -> None:
        """Move by one of the named motions, as often as the count says."""
        count, surface = self.keys.take_count() or 1, self.viewport.surface()
        if name in LINES:
            self._place_cursor(self.cursor.row_target(surface, LINES[name], count))
            return
        if name in PAGES:
            height = self.viewport.height
            page = height - 2 if abs(PAGES[name]) >= 1 else height // 2
            rows = max(1, page) * count * (1 if PAGES[name] > 0 else -1)
            target = self.cursor.row_target(surface, rows)
            self.viewport.scroll_by(rows)
            self.refresh()
            self._place_cursor(target)
            return
        growing = self.selection.mode is SelectionMode.CHARACTERS and name in GROWING_MOTIONS
        if growing:
            self.go_to(grow_target(surface, self.cursor.offset, name, count))
        else:
            self.go_to(motions.MOTIONS[name](surface, self.cursor.offset, count))

    def action_select(self, mode: str) -> None:
        """Begin to select at the cursor; the same key again ends the selection."""
        if self.selection.mode == mode:
            self.action_deselect()
        else:
            self._select(SelectionMode(mode), self.cursor.offset)
            self.go_to(self.cursor.offset)

    def action_object(self, name: str) -> None:
        """Select a sentence, a paragraph or a quotation as a whole."""
        surface, offset = self.viewport.surface(), self.cursor.offset
        if name == "quotation":
            passage = quoted_words(self.quotes, offset, self.cursor.sentence)
        elif name == "paragraph":
            passage = motions.paragraph(surface, offset)
        else:
            passage = motions.sentence(surface, offset)
        if passage is not None:
            self.select(passage)

    def action_swap(self) -> None:
        """Put the cursor at the selection's other end."""
        self.go_to(self.selection.swap(self.cursor.offset))

    def action_deselect(self) -> None:
        """End the selection, or else stop marking the matches of a search.

        The words of a quotation that were being selected anew stay as they were.
        """
        quote, self.stretching = self.stretching, None
        if self.selection or not self.search.hide():
            self._select(SelectionMode.NONE)
        self.go_to(self.cursor.offset)
        if quote is not None:
            self.post_message(self.Stretched(quote, None))

    def stretch(self, quote: Quote) -> None:
        """Select a quotation's words, to be changed by motions and kept by Enter."""
        self.select(Passage(quote.start, quote.end))
        self.stretching = quote

    def action_end_stretch(self) -> None:
        """Keep the selection as the quotation's words."""
        quote, extent = self.stretching, self.selected
        if quote is None:
            return
        self.stretching = None
        self.action_deselect()
        changed = extent if extent and extent != Passage(quote.start, quote.end) else None
        self.post_message(self.Stretched(quote, changed if changed and len(changed) else None))

    def action_find(self) -> None:
        """Ask for the words to find."""
        self.search.begin()
        self.post_message(PromptRequested(self.search))

    def action_find_again(self, way: int) -> None:
        """Go to the next or the previous match, round the ends of the text."""
        if self.search.pattern is None:
            self.action_find()
        else:
            self.search.go_on(way, self.keys.take_count() or 1)

    @work(thread=True, group="find", exclusive=True)
    def count_hits(self, pattern: Pattern[str]) -> None:
        """Find all matches in the background."""
        worker = get_current_worker()
        hits = all_hits(self.viewport.text, pattern, lambda: worker.is_cancelled)
        if not worker.is_cancelled:
            self.app.call_from_thread(self.search.take_hits, pattern, hits)

    def search_changed(self, *, hits: bool) -> None:
        """Mark the matches, or tell the screen of the state of the search."""
        if hits:
            self.decorations.lay("hits", self.search.shown, "hit")
            self.redraw()
        elif self.search.state is not None:
            self.post_message(self.Searched(self.search.state))

    def action_jump(self, kind: str, way: int) -> None:
        """Jump to the next or the previous bookmark or quotation."""
        if kind == "bookmark":
            places = [bookmark.start for bookmark in placed(self.bookmarks)]
        else:
            places = [quote.start for quote in self.quotes]
        target = jump_target(places, self.cursor.offset, way * (self.keys.take_count() or 1))
        if target is None:
            self.app.bell()
        else:
            self.go_to(target, centre=True)
        number = quotation_at(self.quotes, self.cursor.offset) if kind == "quotation" else -1
        if number >= 0:
            self.post_message(self.QuotationReached(self.quotes[number]))

    def action_do(self, verb: Verb) -> None:
        """Ask for something to be done with the selection, the bookmark here, or the sentence."""
        passage = self.selected
        if passage is None:
            here = bookmark_at(self.bookmarks, self.cursor.offset)
            passage = Passage(here.start, here.end) if here else self.cursor.sentence
        if len(passage):
            self.post_message(self.BookmarkActionRequested(verb, passage))

    def action_quote(self) -> None:
        """Ask for the selection to become a quotation, or for the speaker of the one here."""
        number = quotation_at(self.quotes, self.cursor.offset)
        quote = self.quotes[number] if not self.selection and number >= 0 else None
        self.post_message(self.SpeakerRequested(self.selected, quote))

    def action_set_mark(self, letter: str) -> None:
        """Set a place mark at the cursor."""
        self.post_message(self.MarkSet(letter))

    def action_to_mark(self, letter: str) -> None:
        """Go to a place mark."""
        self.post_message(self.MarkRequested(letter))

    def action_follow(self) -> None:
        """Open the link under the cursor, or the next one on the screen."""
        seen = self.viewport.seen()
        for link in self.viewport.article.links:
            if link.passage.end > self.cursor.offset and link.passage.start < seen.end:
                self.post_message(self.LinkFollowed(link.target, link.place))
                return
        self.post_message(self.LinkFollowed())

    def action_links(self) -> None:
        """Choose one of the article's links."""
        self.post_message(self.LinksRequested())

    def action_source(self) -> None:
        """Open where the article came from."""
        if self.article:
            self.post_message(self.LinkFollowed(self.article.source or self.article.location))

    @on(events.MouseScrollDown)
    @on(events.MouseScrollUp)
    def _wheel(self, event: events.MouseScrollDown | events.MouseScrollUp) -> None:
        """Scroll with the wheel; the cursor comes along at the edge."""
        event.stop()
        down = isinstance(event, events.MouseScrollDown)
        view = self.viewport
        view.scroll_by(WHEEL_ROWS if down else -WHEEL_ROWS)
        self.refresh()
        distance = view.flow.distance(view.top, self.cursor.position, view.height + 1)
        rows = view.rows()
        if distance < 0:
            self._place_cursor(rows[min(2, len(rows) - 1)][1].start)
        elif distance >= view.height:
            self._place_cursor(rows[max(0, len(rows) - 3)][1].start)

    @on(events.MouseDown)
    @on(events.MouseMove)
    @on(events.MouseUp)
    def _drag(self, event: events.MouseDown | events.MouseMove | events.MouseUp) -> None:
        """Put the cursor where the mouse is pressed, and select while it is dragged."""
        if isinstance(event, events.MouseDown):
            if event.button == 1 and event.y:
                event.stop()
                self._dragged_from = self.viewport.offset_under(event.x, event.y)
                self._select(SelectionMode.NONE)
                self.go_to(self._dragged_from)
                self.capture_mouse()
        elif self._dragged_from is None:
            return
        elif isinstance(event, events.MouseUp):
            event.stop()
            self._dragged_from = None
            self.release_mouse()
        else:
            self._drag_to(event.x, event.y, self._dragged_from)

    def _drag_to(self, x: int, y: int, start: int) -> None:
        """Select from where the button went down to a cell, scrolling at the edges."""
        if y < 1 or y > self.body_height:
            self.viewport.scroll_by(-1 if y < 1 else 1)
            self.refresh()
        offset = self.viewport.offset_under(x, y)
        if offset != self.cursor.offset or self.selection:
            self.selection.fixed = start
            self._select(SelectionMode.CHARACTERS, start)
            self.go_to(offset)
