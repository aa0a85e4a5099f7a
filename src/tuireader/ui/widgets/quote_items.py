"""The quotations of an article as a list: filtered, grouped, the ones that are none last."""

from textual.reactive import var

from tuireader.domain import find
from tuireader.domain.article import Article
from tuireader.domain.quote import Quote
from tuireader.layout.cells import fit
from tuireader.ui.widgets.filter_list import FilterList
from tuireader.ui.widgets.item_list import ItemRows
from tuireader.ui.widgets.quote_rows import is_other, quote_rows, speaker_shown


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
        return ([(fit(f"━ {speaker_shown(quote)}", room), "title")], *rows)

    def _begins_group(self, index: int) -> bool:
        if not self.by_speaker:
            return False
        return index == 0 or speaker_shown(self._listed[index - 1]) != speaker_shown(
            self._listed[index]
        )

    def rearrange(self) -> None:
        """Filter and group again, keeping the cursor on its quotation."""
        at = self._listed[self.cursor] if self._listed else None
        listed = [*self.quotes, *(self.others if self.with_others else ())]
        for word in self.query_words.split():
            pattern = find.pattern(word)
            if pattern is not None:
                listed = [quote for quote in listed if pattern.search(self._searched(quote))]
        if self.by_speaker:
            order = {
                speaker: n for n, speaker in enumerate(dict.fromkeys(map(speaker_shown, listed)))
            }
            listed.sort(
                key=lambda quote: (is_other(quote), not quote.speaker, order[speaker_shown(quote)])
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
