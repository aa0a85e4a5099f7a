"""How a quotation looks in a list: who said it, how that is known, and its words.

The quotations of an article as a list: filtered, grouped, the ones that are none last.

The quotations of the open article: who said what, with which word, in whole or in part.
"""

from dataclasses import dataclass
from typing import Literal

from textual.message import Message
from textual.reactive import var

from tuireader.domain.article import Article
from tuireader.domain.quote import Quote, QuoteKind
from tuireader.layout.cells import cell_width, fit_cells
from tuireader.layout.wrap import wrap_rows
from tuireader.text import search
from tuireader.ui.bindings import KEEP, LIST, key
from tuireader.ui.widgets.item_list import FilterList, ItemRows
from tuireader.ui.widgets.strips import StyledText

MOST_ROWS = 4
"""Rows of a quotation's words that a list shows; the rest is in the text."""


def is_unattributed(quote: Quote) -> bool:
    """Whether it is listed last, as nobody's words."""
    return quote.unattributed or quote.dismissed


def speaker_label(quote: Quote) -> str:
    """Who said it, or why nobody did."""
    if quote.dismissed:
        return "no quotation"
    if quote.unattributed:
        return "nobody's words"
    return quote.speaker or "unknown speaker"


def quote_rows(quote: Quote, text: str, room: int, *, named: bool) -> list[list[StyledText]]:
    """The rows of a quotation in `room` cells, with who said it if it is to be named."""
    name = speaker_label(quote)
    facts = _facts(quote, text, room - 1)
    gap = " " if quote.cue and not is_unattributed(quote) else " · "
    beside = _facts(quote, text, room - cell_width(name) - cell_width(gap), whole=True)
    if not named:
        head = [[(f" {facts}", "faint")]] if facts else []
    elif beside:
        head = [[(name, "strong"), (f"{gap}{beside}", "faint")]]
    else:
        head = [[(fit_cells(name, min(cell_width(name), room)), "strong")]]
        head += [[(f" {facts}", "faint")]] if facts else []
    words = " … ".join(text[span.start : span.end] for span in quote.spans)
    words = " ".join(words[: room * (MOST_ROWS + 1)].split())
    rows = wrap_rows(words, 0, len(words), room - 1)
    lines = [words[start:end] for start, end in rows[:MOST_ROWS]]
    if len(rows) > MOST_ROWS:
        lines[-1] = fit_cells(f"{lines[-1]}…", min(room - 1, cell_width(lines[-1]) + 1))
    return [*head, *([(f" {line}", "")] for line in lines), []]


def _facts(quote: Quote, text: str, room: int, *, whole: bool = False) -> str:
    """The cue, how sure the speaker is, and whether only some words are quoted.

    Of what there is no room for, how sure it is goes last: it is what the reader weighs.
    Empty if they are wanted whole and there is no room for the first two.
    """
    cue = " ".join(text[quote.cue.start : quote.cue.end].split()) if quote.cue else ""
    sure = str(quote.confidence)
    if is_unattributed(quote):
        return sure if quote.dismissed and cell_width(sure) <= room else ""
    partial = "partial" if quote.kind is QuoteKind.PARTIAL else ""
    for facts in ((cue, sure, partial), (cue, sure)):
        line = " · ".join(fact for fact in facts if fact)
        if cell_width(line) <= room:
            return line
    return "" if whole else fit_cells(sure, min(cell_width(sure), max(0, room)))


class QuoteItems(FilterList):
    """A list of quotations, in the order of the text or by speaker; what is none comes last."""

    article: var[Article | None] = var(None)
    """The article that is open."""
    quotes: var[tuple[Quote, ...]] = var(())
    """Its quotations, in the order of the text."""
    others: var[tuple[Quote, ...]] = var(())
    """What is in quotation marks and nobody's, or no quotation to the reader."""
    looking: var[bool] = var(False)
    """Whether they are still being looked for."""
    refusal: var[str] = var("")
    """Why none are looked for; empty if they are."""
    by_speaker: var[bool] = var(False)
    """Whether those of one speaker stand together."""
    with_others: var[bool] = var(False)
    """Whether the others are listed too, at the end."""

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
        """How many quotations there are, and whether others are shown."""
        if self.looking:
            return "Quotes · looking…"
        total = len(self.quotes) + (len(self.others) if self.with_others else 0)
        counted = f"{self.count}/{total}" if self.query_words else f"{len(self.quotes)}"
        how = self.query_words or ("by speaker" if self.by_speaker else "")
        state = "shown" if self.with_others else "hidden (o)"
        others = f" +{len(self.others)} {state}" if self.others else ""
        return " · ".join(part for part in (f"Quotes {counted}{others}", how) if part)

    def empty_words(self) -> str:
        """Why the list is empty."""
        if self.looking:
            return ""
        if self.refusal:
            return self.refusal
        return "No quotation matches." if self.query_words else "Nobody is quoted here."

    def make_item(self, index: int) -> ItemRows:
        """The speaker, the cue, the kind and how sure it is, then the words."""
        quote = self._listed[index]
        room = max(4, self.inner.width - 2)
        rows = quote_rows(quote, self.text, room, named=not self.by_speaker)
        if not self._begins_group(index):
            return rows
        return ([(fit_cells(f"━ {speaker_label(quote)}", room), "title")], *rows)

    def _begins_group(self, index: int) -> bool:
        if not self.by_speaker:
            return False
        return index == 0 or speaker_label(self._listed[index - 1]) != speaker_label(
            self._listed[index]
        )

    def rearrange(self) -> None:
        """Filter and group again, keeping the cursor on its quotation."""
        at = self._listed[self.cursor] if self._listed else None
        listed = [*self.quotes, *(self.others if self.with_others else ())]
        for word in self.query_words.split():
            pattern = search.search_pattern(word)
            if pattern is not None:
                listed = [quote for quote in listed if pattern.search(self._searched(quote))]
        if self.by_speaker:
            order = {
                speaker: n for n, speaker in enumerate(dict.fromkeys(map(speaker_label, listed)))
            }
            listed.sort(
                key=lambda quote: (
                    is_unattributed(quote),
                    not quote.speaker,
                    order[speaker_label(quote)],
                )
            )
        self._listed = listed
        self._places = {id(quote): place for place, quote in enumerate(listed)}
        self.renew(cursor=self._place_of(at))

    def _place_of(self, quote: Quote | None) -> int:
        """Where a quotation is listed now, or one that begins nearest to it."""
        if quote is None or not self._listed:
            return 0
        if quote in self._listed:
            return self._listed.index(quote)
        nearest = min(self._listed, key=lambda other: abs(other.start - quote.start))
        return self._listed.index(nearest)

    def _searched(self, quote: Quote) -> str:
        words = " ".join(self.text[span.start : span.end] for span in quote.spans)
        cue = self.text[quote.cue.start : quote.cue.end] if quote.cue else ""
        return f"{quote.speaker}\n{words}\n{cue}\n{quote.confidence}\n{quote.kind}"

    def watch_quotes(self) -> None:
        """List the quotations of another article."""
        self.rearrange()

    def watch_others(self) -> None:
        """List the others, or say how many there are."""
        self.rearrange()

    def watch_by_speaker(self) -> None:
        """Group, or stop grouping."""
        self.rearrange()

    def watch_with_others(self) -> None:
        """Show the others, or hide them."""
        self.rearrange()

    def watch_looking(self) -> None:
        """Say whether they are being looked for."""
        self.refresh()

    def watch_refusal(self) -> None:
        """Say why none are looked for."""
        self.refresh()

    def light(self, index: int) -> None:
        """Have a quotation under the cursor because the text's cursor is in it; tell nobody."""
        place = self._places.get(id(self.quotes[index]))
        if place is not None:
            self.place_cursor(place)

    def quote_here(self) -> Quote | None:
        """The quotation under the cursor; None if there is none."""
        return self._listed[self.cursor] if self._listed else None


NONE_HERE = "There is no quotation here."

Way = Literal["speaker", "merge", "stretch", "dismiss"]
"""How a quotation is mended: who said it, who that is, its words, and whether it is one."""


class QuoteList(QuoteItems):
    """The pane of quotations: opened, kept, and corrected by key."""

    BINDINGS = [
        key("s", "group", "By speaker", "Group the quotations by speaker", LIST, show=True),
        key(
            "o",
            "others",
            "Unattributed",
            "Show or hide what is in quotation marks and nobody's",
            LIST,
            name="others",
        ),
        key("b", "keep(False)", "Keep", "Keep the quotation", KEEP, name="keep-quote", show=True),
        key("a", "keep(True)", "Note", "Keep it with a note", KEEP, name="note-quote", show=True),
        key("w", "mend('speaker')", "Who said it", "Give another speaker", KEEP, show=True),
        key("m", "mend('merge')", "Same person", "This name is the same person as…", KEEP),
        key("e", "mend('stretch')", "Its words", "Change where its words begin and end", KEEP),
        key(
            "x",
            "mend('dismiss')",
            "No quotation",
            "Say that it is no quotation, or that it is one after all",
            KEEP,
        ),
    ]

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

    @dataclass
    class Mended(Message):
        """The reader wants to correct a quotation."""

        how: Way
        quote: Quote

    def cursor_moved(self) -> None:
        """Light the quotation's place in the text."""
        self.post_message(self.Lit(self.quote_here()))

    def on_focus(self) -> None:
        """Light the quotation under the cursor."""
        self.cursor_moved()

    def on_blur(self) -> None:
        """Light nothing while the reader is elsewhere."""
        self.post_message(self.Lit(None))

    def action_open(self) -> None:
        """Go to the quotation's place in the text."""
        quote = self.quote_here()
        if quote is not None:
            self.post_message(self.Opened(quote))

    def action_keep(self, with_note: bool) -> None:
        """Keep the quotation, with its speaker."""
        quote = self.quote_here()
        if quote is None:
            self.notify(NONE_HERE)
        else:
            self.post_message(self.Kept(quote, with_note))

    def action_mend(self, how: Way) -> None:
        """Ask for the quotation to be corrected."""
        quote = self.quote_here()
        if quote is None:
            self.notify(NONE_HERE)
        else:
            self.post_message(self.Mended(how, quote))

    def action_group(self) -> None:
        """Group by speaker, or list in the order of the text."""
        self.by_speaker = not self.by_speaker

    def action_others(self) -> None:
        """Show what is nobody's words, or hide it."""
        self.with_others = not self.with_others
