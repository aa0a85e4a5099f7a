"""The text pane: the text of the open article with a cursor, and its keys."""

from collections.abc import Callable, Mapping
from re import Pattern

from textual import events, on
from textual.geometry import Size
from textual.reactive import var
from textual.strip import Strip
from textual.worker import get_current_worker

from tuireader.domain.article import Article, Passage
from tuireader.domain.bookmark import Bookmark, ReadingProgress
from tuireader.domain.quote import Quote
from tuireader.text.folding import folding_table
from tuireader.ui.bindings import Verb
from tuireader.ui.text_pane import messages
from tuireader.ui.text_pane.bindings import TEXT_KEYS
from tuireader.ui.text_pane.cursor import SelectionMode
from tuireader.ui.text_pane.decorations import (
    bookmark_at,
    gutter_sign,
    jump_target,
    placed,
    quotation_at,
)
from tuireader.ui.text_pane.link_hints import LinkHints
from tuireader.ui.text_pane.mouse import MouseEvent, TextMouse
from tuireader.ui.text_pane.screen_motions import JUMPS
from tuireader.ui.text_pane.search import NO_SEARCH, TextSearch
from tuireader.ui.text_pane.speaker_marks import SpeakerMarks
from tuireader.ui.text_pane.typography import Typography
from tuireader.ui.text_pane.view import ChangedRows, TextView
from tuireader.ui.text_pane.viewport import Viewport
from tuireader.ui.widgets.pane import Pane, inside
from tuireader.ui.widgets.prompt_line import PromptRequested
from tuireader.ui.widgets.styles import NO_SPANS, tells_by_colour


class TextPane(Pane):
    """The text of the open article: moves the cursor, selects, searches, and posts requests.

    It owns plain objects: the view with the viewport, the cursor, the selection and the
    decorations; the search; and the mouse.
    """

    KEY_SCOPE = "text"
    BINDINGS = TEXT_KEYS
    has_margin = True

    article: var[Article | None] = var(None)
    """The article that is shown."""
    column: var[int] = var(72)
    """The maximum width of the text column, in cells."""
    bookmarks: var[tuple[Bookmark, ...]] = var(())
    """The article's bookmarks, in the order of the text."""
    quotes: var[tuple[Quote, ...]] = var(())
    """The article's quotations, in the order of the text."""
    drafts: var[tuple[Passage, ...]] = var(())
    """The passages with an unsaved draft of a note."""
    tinted: var[bool] = var(False)
    """Whether the quotations are tinted."""
    readings: var[Mapping[str, ReadingProgress]] = var(dict)
    """How far each article was read, by location."""
    stretching: var[Quote | None] = var(None, bindings=True)
    """The quotation whose extent is being changed; None if none is."""

    def __init__(
        self, column: int, expected: Size, typography: Typography, *, id: str | None = None
    ) -> None:
        """Take the maximum column width in cells, the size to come, and how the text is set.

        The size is needed for keys that are typed before the pane is laid out.
        """
        super().__init__(id=id)
        self.inner = inside(expected.width, expected.height)
        self.set_reactive(TextPane.column, column)
        self.speaker_marks = SpeakerMarks()
        self.viewport = Viewport(column, self.inner.width, self.inner.height)
        self.viewport.typography = typography
        self.view = TextView(
            self.viewport,
            self.named_styles,
            lambda row: self.speaker_marks.beside(
                row, gutter_sign(row, self.bookmarks, self.drafts)
            ),
        )
        self.cursor = self.view.cursor
        self.selection = self.view.selection
        self.decorations = self.view.decorations
        self.step_to_hit: Callable[[int], bool] = lambda _steps: False
        """Goes some hits of the search over the library on; returns whether there is one."""
        self.search = TextSearch(self, self.cursor)
        self._mouse = TextMouse(self.view, self)
        self.frame.show(
            self.viewport.share,
            lambda share: self.cursor_placed(self.view.scroll_to(share)),
            self.view.heading,
        )
        self._hints = LinkHints(self)
        self.watch(self, "column", self.resized, init=False)
        for name in ("bookmarks", "drafts", "quotes", "tinted"):
            self.watch(self, name, self._decorate, init=False)
        self.watch(self, "readings", self._show_reading, init=False)

    def body_line(self, y: int) -> Strip:
        """Return row y of the text, from 0, with its gutter and the hints of links."""
        strip = Strip(self.view.renderer.segments(y), self.inner.width)
        return self._hints.drawn_over(strip, y) if self._hints else strip

    def redraw(self) -> None:
        """Render all rows again, and update which keys are active."""
        self.view.renderer.clear()
        self.refresh()
        if self.view.active_keys.have_changed(is_selecting=bool(self.view.selection)):
            self.refresh_bindings()

    @property
    def selected(self) -> Passage | None:
        """The selected passage; None if nothing is selected."""
        return self.view.selected

    def go_to(self, offset: int, *, centre: bool = False) -> None:
        """Move the cursor to an offset and scroll to it.

        With `centre`, an offset that was not visible comes to a third of the height.
        """
        self.cursor_placed(self.view.place_cursor(offset, centre=centre))

    def cursor_placed(self, rows: ChangedRows) -> None:
        """Redraw the changed rows (all for None), and post that the cursor moved."""
        if rows is None:
            self.refresh()
        else:
            self.refresh_rows({*rows, *self.frame.changed_rows()})
        if self.view.active_keys.have_changed(is_selecting=bool(self.view.selection)):
            self.refresh_bindings()
        self.post_message(messages.Moved(self.cursor.offset, self.viewport.seen()))

    def select(self, passage: Passage) -> None:
        """Select a passage, and move the cursor to its last character."""
        if len(passage):
            self.selection.clear()
            self.selection.begin(SelectionMode.CHARACTERS, passage.start)
            self.redraw()
            self.go_to(max(passage.start, passage.end - 1))

    def resized(self) -> None:
        """Wrap the text for another size and keep the cursor visible."""
        self.viewport.has_gutter = self.has_frame
        self.view.resize(self.inner.width, self.inner.height, self.column)
        if self.inner.width:
            self.cursor_placed(None)

    def watch_article(self, old: Article | None, new: Article | None) -> None:
        """Show another article from its top; if more of the same one was loaded, keep the place.

        Textual calls it with the values before and after the change; None is no article.
        """
        same = bool(old and new and old.location == new.location and not old.complete)
        self.view.show(new, keep_place=same and self.is_mounted)
        self._show_reading()
        self._decorate()
        offset = self.view.kept_offset() if same else 0
        self.cursor_placed(self.view.place_cursor(offset, centre=same, keep_column=True))
        self.search.show_text(self.viewport.text)

    def _show_reading(self) -> None:
        """Show in the masthead how far the article was read."""
        location = self.article.location if self.article else ""
        row = self.view.renderer.show_reading(
            self.readings.get(location), is_spoken=not self.has_frame
        )
        if row is not None:
            self.refresh_rows([row])

    def _decorate(self) -> None:
        """Highlight the bookmarks in the text, and show drafts and speakers in the gutter."""
        self.decorations.lay_bookmarks(self.bookmarks)
        self.speaker_marks.show(self.quotes, lettered=not tells_by_colour(self.app))
        tints = self.speaker_marks.spans if self.tinted else NO_SPANS
        self.decorations.lay_spans("quoted", tints)
        self.redraw()

    def highlight_quote(self, quote: Quote | None) -> None:
        """Highlight a quotation and scroll to it; for None, scroll back to the cursor."""
        rows = self.view.light(quote)
        if rows is None:
            self.refresh()
        else:
            self.refresh_rows(rows)

    def whereabouts(self) -> str:
        """Return the text for the status line: typed keys, selection, and position."""
        is_stretching = self.stretching is not None
        if not self.has_frame:
            return self.view.selection_words(stretching=is_stretching)
        return self.view.whereabouts(self.keys.typed, stretching=is_stretching)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enable some keys only while there is a selection, and others only without one.

        Returns True if the action can run, False if its key is hidden, None if it is dimmed.
        """
        match action, parameters:
            case "motion", (str(motion),) if not self.view.active_keys.allows(
                motion, is_selecting=bool(self.view.selection)
            ):
                return False
            case ("deselect", (True,)):
                return self.stretching is not None
            case "deselect", (_, *of_search):
                selects = bool(self.selection)
                return self.search.is_active and not selects if of_search else selects
            case ("do", ("edit",)) | ("link", ("source",)):
                return not self.selection
            case ("select", (str(what),)) if what.startswith("around_"):
                return self.selection.is_fresh(self.cursor.offset)
        return super().check_action(action, parameters)

    def action_motion(self, name: str) -> None:
        """Move the cursor by a motion with a name, as often as the typed count says."""
        if name in JUMPS:
            self.post_message(messages.Jumped(self.cursor.offset))
        self.cursor_placed(self.view.move(name, self.keys.take_count()))

    def action_select(self, what: str) -> None:
        """Select a unit at the cursor, or start a selection; the same mode again ends it.

        `what` is a unit that `TextView.unit_at_cursor` knows, or a value of `SelectionMode`.
        """
        if what not in set(SelectionMode):
            passage = self.view.unit_at_cursor(what, self.quotes)
            if passage is not None:
                self.select(passage)
        elif self.selection.mode == what:
            self.action_deselect()
        else:
            self.selection.begin(SelectionMode(what), self.cursor.offset)
            self.redraw()
            self.go_to(self.cursor.offset)

    def action_deselect(self, accept: bool = False, search: bool = False) -> None:
        """End the selection, or else the search; with `search`, remove its message, too.

        While a quotation's extent is being changed, the selection becomes its extent with `accept`;
        without, the extent stays.
        """
        quote, extent = self.stretching, self.selected
        self.stretching = None
        if self.selection or not self.search.hide():
            self.selection.clear()
            self.redraw()
        else:
            self.refresh_bindings()
        if search:
            self.post_message(messages.Searched(NO_SEARCH))
        self.go_to(self.cursor.offset)
        if quote is not None:
            changed = accept and extent and extent != Passage(quote.start, quote.end)
            self.post_message(messages.ExtentChanged(quote, extent if changed else None))

    def edit_extent(self, quote: Quote) -> None:
        """Select a quotation, to be extended by motions and accepted by Enter."""
        self.select(Passage(quote.start, quote.end))
        self.stretching = quote

    def action_find(self, step: int = 0) -> None:
        """Go to the next match, or the previous for -1; for 0, open the prompt line."""
        if step and self.search.pattern is not None:
            self.search.step(step, self.keys.take_count() or 1)
        elif not step or not self.step_to_hit(step * (self.keys.take_count() or 1)):
            self.search.begin()
            # Made once, and needed at the first letter.
            self.run_worker(folding_table, thread=True, group="folding")
            self.post_message(PromptRequested(self.search))

    def count_hits(self, pattern: Pattern[str], *, at_once: bool) -> None:
        """Find all matches in the background, `at_once` or after the next frame."""

        def count() -> None:
            """Thread body."""
            worker = get_current_worker()
            self.search.count(pattern, lambda: worker.is_cancelled, self.app.call_from_thread)

        def start() -> None:
            """Start the thread, unless something else is searched for by now."""
            if pattern is self.search.pattern:
                self.run_worker(count, thread=True, group="find", exclusive=True)

        start() if at_once else self.call_after_refresh(start)

    def search_changed(self, *, hits: bool) -> None:
        """Highlight the matches, or post the state of the search."""
        if hits:
            self.decorations.lay_spans("hits", self.search.marks)
            self.redraw()
        elif self.search.state is not None:
            self.post_message(messages.Searched(self.search.state))

    def action_jump(self, kind: str, step: int) -> None:
        """Jump to the next "bookmark" or "quotation" (`step` 1), or to the previous one (-1).

        The typed count repeats the step. The terminal's bell rings if there is none.
        """
        if kind == "bookmark":
            places = [bookmark.start for bookmark in placed(self.bookmarks)]
        else:
            places = [quote.start for quote in self.quotes]
        target = jump_target(places, self.cursor.offset, step * (self.keys.take_count() or 1))
        if target is None:
            self.app.bell()
        else:
            self.go_to(target, centre=True)
        number = quotation_at(self.quotes, self.cursor.offset) if kind == "quotation" else -1
        if number >= 0:
            self.post_message(messages.QuotationReached(self.quotes[number]))

    def action_do(self, verb: Verb) -> None:
        """Request a command on the selection, the bookmark at the cursor, or the sentence."""
        passage = self.view.extent if verb == "copy" else self.selected
        if passage is None:
            here = bookmark_at(self.bookmarks, self.cursor.offset)
            passage = Passage(here.start, here.end) if here else self.cursor.sentence
        if len(passage):
            self.post_message(messages.BookmarkActionRequested(verb, passage))

    def action_quote(self) -> None:
        """Request to add the selection as a quotation, or to name the speaker of the one here."""
        number = quotation_at(self.quotes, self.cursor.offset)
        quote = self.quotes[number] if not self.selection and number >= 0 else None
        self.post_message(messages.SpeakerRequested(self.selected, quote))

    def action_mark(self, verb: str, letter: str) -> None:
        """Post that a place mark is to be set at the cursor ("set"), or to be gone to.

        `letter` is the place mark's name.
        """
        self.post_message(
            messages.MarkSet(letter) if verb == "set" else messages.MarkRequested(letter)
        )

    def action_link(self, which: str) -> None:
        """Show "hints" at the links on the screen, choose among "all", or open the "source".

        With one link on the screen, or with a typed count, the hints are not needed.
        """
        if which == "all":
            self.post_message(messages.LinksRequested())
        elif which == "hints":
            self._hints.choose(self.keys.take_count())
        elif self.article:
            self.post_message(messages.LinkFollowed(self.article.source or self.article.location))

    @on(events.Click)
    @on(events.MouseDown)
    @on(events.MouseMove)
    @on(events.MouseUp)
    @on(events.MouseScrollDown)
    @on(events.MouseScrollUp)
    def _use_mouse(self, event: MouseEvent) -> None:
        """Pass a mouse event to the mouse handler."""
        if not self.frame.takes(event):
            self._mouse.handle(event)
