"""The quotations of the open article: who said what, with which word, in whole or in part."""

from dataclasses import dataclass

from textual.message import Message
from textual.reactive import var

from tuireader.domain import find
from tuireader.domain.article import Article
from tuireader.domain.quote import Quote
from tuireader.layout.cells import fit, width
from tuireader.layout.wrap import wrap
from tuireader.ui.bindings import KEEP, LIST, key
from tuireader.ui.widgets.filter_list import FilterList
from tuireader.ui.widgets.item_list import ItemRows

MOST_ROWS = 4
"""Rows of a quotation's words that the list shows; the rest is in the text."""


class QuoteList(FilterList):
    """The list of quotations, in the order of the text or by speaker."""

    BINDINGS = [
        key("s", "group", "By speaker", "Group the quotations by speaker", LIST, show=True),
        key("b", "keep(False)", "Keep", "Keep the quotation", KEEP, name="keep-quote", show=True),
        key("a", "keep(True)", "Note", "Keep it with a note", KEEP, name="note-quote", show=True),
    ]

    article: var[Article | None] = var(None)
    """The article that is open."""
    quotes: var[tuple[Quote, ...]] = var(())
    """Its quotations, in the order of the text."""
    looking: var[bool] = var(False)
    """Whether they are still being looked for."""
    by_speaker: var[bool] = var(False)
    """Whether those of one speaker stand together."""

    @dataclass
    class Lit(Message):
        """A quotation is under the cursor (None: there is none)."""

        quote: Quote | None

    @dataclass
    class Opened(Message):
        """The reader wants to go to a quotation's place."""

        quote: Quote

    @dataclass
    class Kept(Message):
        """The reader wants to keep a quotation, with a note or without."""

        quote: Quote
        with_note: bool

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._listed: list[Quote] = []
        self._places: dict[int, int] = {}

    @property
    def count(self) -> int:
        """How many quotations the list shows."""
        return len(self._listed)

    @property
    def text(self) -> str:
        """The text that they are from."""
        return self.article.text if self.article else ""

    def heading(self) -> str:
        """How many quotations there are."""
        if self.looking:
            return "Quotes · looking…"
        counted = f"{self.count}/{len(self.quotes)}" if self.query_words else f"{len(self.quotes)}"
        how = self.query_words or ("by speaker" if self.by_speaker else "")
        return f"Quotes {counted} · {how}" if how else f"Quotes {counted}"

    def empty_words(self) -> str:
        """Why the list is empty."""
        if self.looking:
            return ""
        return "No quotation matches." if self.query_words else "Nobody is quoted here."

    def make_item(self, index: int) -> ItemRows:
        """The speaker, the cue and the kind, then the words."""
        quote = self._listed[index]
        room = max(4, self.inner.width - 2)
        cue = self.text[quote.cue.start : quote.cue.end] if quote.cue else ""
        facts = " · ".join(fact for fact in (" ".join(cue.split()), quote.kind) if fact)
        name = fit(quote.speaker or "unknown speaker", min(width(quote.speaker or "") or 15, room))
        if self.by_speaker:
            head = [(fit(f" {facts}", room), "faint")]
        else:
            head = [(name, "strong"), (fit(f" {facts}", max(0, room - width(name))), "faint")]
        words = " … ".join(self.text[span.start : span.end] for span in quote.spans)
        words = " ".join(words[: room * (MOST_ROWS + 1)].split())
        rows = wrap(words, 0, len(words), room - 1)
        lines = [words[start:end] for start, end in rows[:MOST_ROWS]]
        if len(rows) > MOST_ROWS:
            lines[-1] = fit(f"{lines[-1]}…", min(room - 1, width(lines[-1]) + 1))
        body = [((f" {line}", ""),) for line in lines]
        group = [((fit(f"━ {name}", room), "title"),)] if self._begins_group(index) else []
        return (*group, head, *body, ())

    def _begins_group(self, index: int) -> bool:
        if not self.by_speaker:
            return False
        return index == 0 or self._listed[index - 1].speaker != self._listed[index].speaker

    def rearrange(self) -> None:
        """Filter and group again, keeping the cursor on its quotation."""
        at = self._listed[self.cursor] if self._listed else None
        listed = list(self.quotes)
        for word in self.query_words.split():
            pattern = find.pattern(word)
            if pattern is not None:
                listed = [quote for quote in listed if pattern.search(self._searched(quote))]
        if self.by_speaker:
            order = {
                speaker: n for n, speaker in enumerate(dict.fromkeys(q.speaker for q in listed))
            }
            listed.sort(key=lambda quote: (not quote.speaker, order[quote.speaker]))
        self._listed = listed
        self._places = {id(quote): place for place, quote in enumerate(listed)}
        self.renew(cursor=listed.index(at) if at in listed else 0)

    def _searched(self, quote: Quote) -> str:
        words = " ".join(self.text[span.start : span.end] for span in quote.spans)
        return f"{quote.speaker}\n{words}"

    def watch_quotes(self) -> None:
        """List the quotations of another article."""
        self.rearrange()

    def watch_by_speaker(self) -> None:
        """Group, or stop grouping."""
        self.rearrange()

    def watch_looking(self) -> None:
        """Say whether they are being looked for."""
        self.refresh()

    def light(self, index: int) -> None:
        """Have a quotation under the cursor because the text's cursor is in it; tell nobody."""
        place = self._places.get(id(self.quotes[index]))
        if place is not None:
            self.place_cursor(place)

    def cursor_moved(self) -> None:
        """Light the quotation's place in the text."""
        self.post_message(self.Lit(self._listed[self.cursor] if self._listed else None))

    def on_focus(self) -> None:
        """Light the quotation under the cursor."""
        self.cursor_moved()

    def on_blur(self) -> None:
        """Light nothing while the reader is elsewhere."""
        self.post_message(self.Lit(None))

    def action_open(self) -> None:
        """Go to the quotation's place in the text."""
        if self._listed:
            self.post_message(self.Opened(self._listed[self.cursor]))

    def action_keep(self, with_note: bool) -> None:
        """Keep the quotation, with its speaker."""
        if self._listed:
            self.post_message(self.Kept(self._listed[self.cursor], with_note))

    def action_group(self) -> None:
        """Group by speaker, or list in the order of the text."""
        self.by_speaker = not self.by_speaker
