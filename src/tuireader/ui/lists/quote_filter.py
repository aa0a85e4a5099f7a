"""The filter of the list of quotations: words, and whether the words were said."""

from collections.abc import Callable, Mapping, Sequence

from tuireader.domain.quote import Polarity, Quote
from tuireader.ui.lists.item_list import FilterHost, ListFilter
from tuireader.ui.lists.model import ListModel
from tuireader.ui.widgets.prompt_line import QueryProblem

STATES: Mapping[str, Callable[[Quote], bool]] = {
    "is:said": lambda quote: quote.polarity is Polarity.SAID,
    "is:not-said": lambda quote: quote.polarity is Polarity.NOT_SAID,
    "is:alleged": lambda quote: quote.polarity is Polarity.ALLEGED,
    "is:unsure": lambda quote: quote.is_unsure,
}
"""The words of a filter that do not look for themselves, and what they select."""


def split_query(query: str) -> tuple[str, list[str]]:
    """Return the words that a filter looks for, joined by spaces, and the states that it names."""
    words = query.split()
    states = [word.lower() for word in words if word.lower() in STATES]
    return " ".join(word for word in words if not word.lower().startswith("is:")), states


def in_states(quotes: Sequence[Quote], states: Sequence[str]) -> list[Quote]:
    """Return the quotations that are in one of the states; all of them if none is named."""
    tests = [STATES[state] for state in states]
    return [quote for quote in quotes if not tests or any(test(quote) for test in tests)]


class QuoteFilter(ListFilter):
    """Filters quotations by words and states, and completes the states."""

    QUERY_PROMPT = "Filter by words, is:not-said, is:alleged, is:said or is:unsure"

    def __init__(self, host: FilterHost, model: ListModel[Quote]) -> None:
        """Take the list and its model."""
        super().__init__(host, model)
        self.query_help = self

    def problem(self) -> QueryProblem | None:
        """Return which state does not exist; None if all do, or one is still being typed."""
        query = self._model.query
        for word in query.split():
            state = word.lower()
            if state.startswith("is:") and not any(known.startswith(state) for known in STATES):
                start = query.index(word)
                message = f"“{word}” is not known; there are {', '.join(STATES)}."
                return QueryProblem(message, start, start + len(word))
        return None

    def completions(self, query: str) -> Sequence[str]:
        """Return the query with each state that its last word begins; empty if there is none."""
        start = query.rfind(" ") + 1
        word = query[start:].lower()
        return [query[:start] + state for state in STATES if word and state.startswith(word)]
