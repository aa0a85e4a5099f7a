"""The quotations of the open article: who said what, with which cue, and how that is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from textual import events, on
from textual.message import Message
from textual.reactive import var

from tuireader.domain.article import Article
from tuireader.domain.quotation_text import quotation_text
from tuireader.domain.quote import Quote, attribution_label, speaker_label
from tuireader.domain.speaker_signs import UNKNOWN, SpeakerSign, speaker_signs
from tuireader.layout.border import counts_room, fitting_counts
from tuireader.layout.cells import fit_cells
from tuireader.ui.bindings import KEEP, LIST, Verb, key
from tuireader.ui.lists.item_list import FILTER_KEYS, ItemList
from tuireader.ui.lists.model import ItemRows, ListModel, filter_by_words
from tuireader.ui.lists.quote_filter import QuoteFilter, in_states, split_query
from tuireader.ui.lists.quote_rows import QuoteLook, is_unattributed, quote_rows
from tuireader.ui.widgets.styles import tells_by_colour

NONE_HERE = "There is no quotation here."


class QuoteModel(ListModel[Quote]):
    """The quotations of one article, in the order of the text or grouped by speaker.

    Unattributed and dismissed ones come last, if they are listed at all.
    """

    def __init__(self) -> None:
        super().__init__()
        self.article: Article | None = None
        self.quotes: tuple[Quote, ...] = ()
        self.others: tuple[Quote, ...] = ()
        """Words in quotation marks that are unattributed, or that the user dismissed."""
        self.searching = True
        """Whether the quotations are still being looked for."""
        self.refusal = ""
        """Why none are looked for; empty if they are."""
        self.by_speaker = False
        """Whether the quotations are grouped by speaker."""
        self.with_others = False
        """Whether the others are listed too."""
        self.lettered = False
        """Whether letters tell the speakers apart, because colours do not."""
        self.width = 0
        """The width of the pane inside of its frame, in cells."""
        self._places: dict[int, int] = {}
        self._signs: tuple[tuple[Quote, ...], Mapping[str, SpeakerSign]] = ((), {})

    @property
    def text(self) -> str:
        """The text that the quotations are from."""
        return self.article.text if self.article else ""

    def heading(self) -> str:
        """Return how many quotations there are, and whether unattributed ones are shown."""
        if self.article is None or self.refusal:
            return "Quotes"
        if self.searching:
            return "Quotes …"
        counted = f"{len(self)}/{len(self.items)}" if self.query else f"{len(self.quotes)}"
        speakers = len(self._speaker_signs())
        who = f"{speakers} speaker{'' if speakers == 1 else 's'}" if speakers else ""
        how = self.query or ("by speaker" if self.by_speaker else who)
        state = "shown" if self.with_others else "hidden (U)"
        others = f"+{len(self.others)} {state}" if self.others else ""
        key_hint = "" if self.with_others else " (U)"
        more = f" +{len(self.others)}{key_hint}" if self.others else ""
        variants = [[counted, how, others]]
        if not self.query:  # which is cut rather than left out
            variants += [[f"{counted}{more}", how], [f"{counted}{more}"]]
        written = [" · ".join(filter(None, parts)) for parts in variants]
        return f"Quotes {fitting_counts(written, counts_room('Quotes', self.width + 2))}"

    def empty_text(self) -> str:
        """Return why the list is empty."""
        if self.refusal:
            return self.refusal
        if self.article is None:
            return ""
        if self.searching:
            return "Looking for quotations …"
        return "No matching quotation" if self.query else "No quotations in this article"

    def next_step(self) -> str:
        """Return what the user can do while no quotation is listed."""
        if self.query or self.refusal or self.searching or self.article is None:
            return super().next_step()
        if self.others:
            return "Press U to list words in quotation marks that nobody is known to have said."
        return "To add one, select its words in the text with v and press Q."

    def text_of(self, item: Quote) -> str:
        """Return the speaker, the words, the cue, the confidence and the kind."""
        words = quotation_text(item.spans, self.text)
        cue = self.text[item.cue.start : item.cue.end] if item.cue else ""
        found = attribution_label(item)
        return f"{speaker_label(item)}\n{words}\n{cue}\n{found}\n{item.kind}"

    def sign_of(self, quote: Quote) -> SpeakerSign:
        """Return the sign of a quotation's speaker, which is the same in the text."""
        return self._speaker_signs().get(quote.speaker, UNKNOWN)

    def _speaker_signs(self) -> Mapping[str, SpeakerSign]:
        """Return the signs of all speakers by name, made once for the quotations of an article."""
        if self._signs[0] is not self.quotes:
            self._signs = self.quotes, speaker_signs(self.quotes)
        return self._signs[1]

    def arranged(self) -> Sequence[Quote]:
        """Return the quotations that match the filter, in the order of the list."""
        self.items = (*self.quotes, *(self.others if self.with_others else ()))
        words, states = split_query(self.query)
        listed = filter_by_words(in_states(self.items, states), words, self.text_of)
        if self.by_speaker:
            labels = dict.fromkeys(map(speaker_label, listed))
            order = {label: number for number, label in enumerate(labels)}
            listed.sort(
                key=lambda quote: (
                    is_unattributed(quote),
                    not quote.speaker,
                    order[speaker_label(quote)],
                )
            )
        self._places = {id(quote): place for place, quote in enumerate(listed)}
        return listed

    def place_of(self, item: Quote, cursor: int) -> int:
        """Return the index of a quotation in the list.

        If it is not listed any more, it is that of the one that begins nearest to it; 0 if none is.
        """
        del cursor
        if item in self.listed:
            return self.listed.index(item)
        distances = [abs(other.start - item.start) for other in self.listed]
        return distances.index(min(distances)) if distances else 0

    def place_of_number(self, number: int) -> int | None:
        """Return the index in the list of the quotation with a number in the text.

        The numbers count from 0 those that are attributed. Returns None if it is not listed.
        """
        return self._places.get(id(self.quotes[number]))

    def rows(self, index: int, width: int) -> ItemRows:
        """Return the rows of the quotation at an index of the list for `width` cells.

        They have the speaker, the facts and the words; in a list by speaker, the name is above the
        first of each only.
        """
        quote, sign = self.listed[index], self.sign_of(self.listed[index])
        room = max(4, width - 1)
        lettered = self.lettered and not self.is_spoken
        look = QuoteLook(width=room, named=not self.by_speaker, lettered=lettered)
        rows = quote_rows(quote, self.text, look, sign)
        label = speaker_label(quote)
        if not self.by_speaker or (index and speaker_label(self.listed[index - 1]) == label):
            return rows
        return ([(fit_cells(f"━ {label}", room), f"speaker-{sign.colour} bold")], *rows)


CorrectionKind = Literal["speaker", "merge", "stretch", "dismiss"]
"""How a quotation is corrected.

"speaker" names its speaker, "merge" replaces the speaker's name in the whole article, "stretch"
changes its extent, and "dismiss" says that it is none, or undoes that.
"""


class QuoteList(ItemList[QuoteModel]):
    """The pane of quotations: opened, bookmarked and corrected by key."""

    KEY_SCOPE = "quotes"
    BINDINGS = [
        *FILTER_KEYS,
        key(
            "s",
            "toggle('by_speaker')",
            "By speaker",
            "Group the quotations by speaker",
            LIST,
            show=True,
        ),
        key(
            "U",
            "toggle('with_others')",
            "Unattributed",
            "Show or hide unattributed words in quotation marks",
            LIST,
            name="unattributed",
        ),
        key(
            "b",
            "keep('keep')",
            "Bookmark",
            "Bookmark the quotation",
            KEEP,
            name="bookmark-quote",
            show=True,
        ),
        key(
            "a",
            "keep('note')",
            "Note",
            "Bookmark the quotation with a note",
            KEEP,
            name="note-quote",
            show=True,
        ),
        key("t", "keep('tag')", "Tags", "Tag the quotation", KEEP, name="tag-quote"),
        key(
            "Q",
            "mend('speaker')",
            "Speaker",
            "Change the speaker",
            KEEP,
            name="quote-speaker",
            show=True,
        ),
        key(
            "g w",
            "explain",
            "Why?",
            "Explain how the speaker was found, and who else may have said it",
            KEEP,
            name="explain-quote",
        ),
        key(
            "ampersand", "mend('merge')", "Same person", "Merge the speaker with another name", KEEP
        ),
        key("e", "mend('stretch')", "Extent", "Change where the quotation begins and ends", KEEP),
        key("x", "mend('dismiss')", "Not a quotation", "Mark as not a quotation (toggle)", KEEP),
    ]

    STATE = ("article", "quotes", "others", "searching", "refusal", "by_speaker", "with_others")

    article: var[Article | None] = var(None)
    """The article that is open."""
    quotes: var[tuple[Quote, ...]] = var(())
    """Its quotations, in the order of the text."""
    others: var[tuple[Quote, ...]] = var(())
    """Words in quotation marks that are unattributed, or that the user dismissed."""
    searching: var[bool] = var(True)
    """Whether the search for quotations is still running."""
    refusal: var[str] = var("")
    """Why the article is not searched for quotations; empty if it is."""
    by_speaker: var[bool] = var(False)
    """Whether the quotations are grouped by speaker."""
    with_others: var[bool] = var(False)
    """Whether the others are listed too, at the end."""

    @dataclass
    class Highlighted(Message):
        """The quotation under the cursor is to be highlighted in the text; None for none."""

        quote: Quote | None

    @dataclass
    class OpenRequested(Message):
        """The user wants to go to a quotation's place in the text."""

        quote: Quote

    @dataclass
    class BookmarkRequested(Message):
        """The user wants to bookmark a quotation; `verb` says with a note, tags or neither."""

        quote: Quote
        verb: Verb

    @dataclass
    class ExplanationRequested(Message):
        """The user asks why a quotation has its speaker."""

        quote: Quote

    @dataclass
    class CorrectionRequested(Message):
        """The user wants to correct a quotation; `how` says in what respect."""

        how: CorrectionKind
        quote: Quote

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(QuoteModel(), id=id)
        self.filter = QuoteFilter(self, self.model)

    def resized(self) -> None:
        """Make the rows for another size, with letters if colours do not tell speakers apart."""
        self.model.lettered = not tells_by_colour(self.app)
        super().resized()

    def heading(self) -> str:
        """Return the heading for the present width."""
        self.model.width = self.inner.width
        return super().heading()

    def highlight(self, index: int) -> None:
        """Put the cursor on the quotation with a number in the text, from 0, without a message.

        The cursor stays if the quotation is not listed.
        """
        place = self.model.place_of_number(index)
        if place is not None:
            self.move_to(place, quietly=True)

    def cursor_moved(self) -> None:
        """Post which quotation to highlight in the text."""
        self.post_message(self.Highlighted(self.model.item(self.cursor)))

    @on(events.Focus)
    @on(events.Blur)
    def _focus_changed(self, event: events.Focus | events.Blur) -> None:
        """Highlight the quotation under the cursor while the list has the focus."""
        if isinstance(event, events.Focus):
            self.cursor_moved()
        else:
            self.post_message(self.Highlighted(None))

    def action_open(self) -> None:
        """Go to the quotation's place in the text."""
        quote = self.model.item(self.cursor)
        if quote is not None:
            self.post_message(self.OpenRequested(quote))

    def action_keep(self, verb: Verb) -> None:
        """Ask for the quotation to be bookmarked with its speaker ("keep", "note" or "tag")."""
        quote = self.model.item(self.cursor)
        if quote is None:
            self.notify(NONE_HERE)
        else:
            self.post_message(self.BookmarkRequested(quote, verb))

    def action_explain(self) -> None:
        """Ask for the reason why the quotation under the cursor has its speaker."""
        quote = self.model.item(self.cursor)
        if quote is None:
            self.notify(NONE_HERE)
        else:
            self.post_message(self.ExplanationRequested(quote))

    def action_mend(self, how: CorrectionKind) -> None:
        """Request a correction of some kind of the quotation under the cursor."""
        quote = self.model.item(self.cursor)
        if quote is None:
            self.notify(NONE_HERE)
        else:
            self.post_message(self.CorrectionRequested(how, quote))
