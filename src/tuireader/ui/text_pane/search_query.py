"""What a search in the text looks for: words with smart case, or a regular expression."""

import re
import time
import unicodedata
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from re import Pattern

from tuireader.domain.article import Passage
from tuireader.text import search
from tuireader.text.needle import Needle

VERY_MAGIC = "\\v"
"""What begins a query that is a regular expression, as in vim."""

MAX_HITS = 100_000
"""The most matches that are counted; a text with more shows "100000+"."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A query, ready to be searched for."""

    pattern: Pattern[str] | None
    """What finds the words, or the expression itself; None if the query is blank or wrong."""
    is_expression: bool = False
    """Whether it is a regular expression, which is only run in another process."""
    cased: str = ""
    """The letters that a match must have in this case; "" if case makes no difference."""
    problem: str = ""
    """What is wrong with the expression; "" if nothing is."""
    needle: Needle | None = None
    """What lets most of a text be passed over; None if there is no such thing."""

    def matches(self, text: str, start: int, end: int | None = None) -> Iterator[Passage]:
        """Yield the matches within [start, end) in order; none for an expression."""
        if self.pattern is not None and not self.is_expression:
            for hit in search.find_all(text, self.pattern, start, end, needle=self.needle):
                if self._has_case(text, hit):
                    yield hit

    def before(self, text: str, offset: int) -> Passage | None:
        """Return the last match that starts before an offset, going on from the end of the text."""
        if self.pattern is None or self.is_expression:
            return None
        first = hit = search.search_previous(text, self.pattern, offset)
        while hit is not None and not self._has_case(text, hit):
            hit = search.search_previous(text, self.pattern, hit.start)
            if hit == first:
                return None
        return hit

    def all(self, text: str, cancelled: Callable[[], bool]) -> list[Passage]:
        """Return all matches in order, at most `MAX_HITS`.

        `cancelled` is asked after each thousandth of a second; when it returns True, those found so
        far are returned. Other threads may then run, so that the screen is not held up. Raises
        TuiReaderError if an expression takes too long.
        """
        if self.is_expression and self.pattern is not None:
            from tuireader.app.regex_search import find_expression  # noqa: PLC0415 - seldom used

            pattern = self.pattern
            return find_expression(
                text, pattern.pattern, pattern.flags, most=MAX_HITS, cancelled=cancelled
            )
        if self.pattern is None:
            return []

        def goes_on() -> bool:
            time.sleep(0)
            return not cancelled()

        found = search.find_all(text, self.pattern, goes_on=goes_on, needle=self.needle)
        return list(islice((hit for hit in found if self._has_case(text, hit)), MAX_HITS))

    def first(self, text: str, start: int, cancelled: Callable[[], bool]) -> Passage | None:
        """Return the first match from an offset on, or else from the start of the text.

        None if there is none, for an expression, and when `cancelled` returns True; see `all`.
        """
        if self.pattern is None or self.is_expression:
            return None

        def goes_on() -> bool:
            time.sleep(0)
            return not cancelled()

        for begin, end in ((start, None), (0, start)):
            found = search.find_all(
                text, self.pattern, begin, end, goes_on=goes_on, needle=self.needle
            )
            for hit in found:
                if self._has_case(text, hit):
                    return hit
        return None

    def _has_case(self, text: str, hit: Passage) -> bool:
        """Return whether a match has its letters in the case of the query."""
        return not self.cased or _letters(hit.of(text)) == self.cased


def query_of(typed: str) -> SearchQuery:
    r"""Return what a typed query looks for.

    With a capital letter, case makes a difference. After `\v`, it is a regular expression.
    """
    if not typed.startswith(VERY_MAGIC):
        cased = _letters(typed) if any(character.isupper() for character in typed) else ""
        needle = search.needle_of(typed)
        return SearchQuery(search.search_pattern(typed), cased=cased, needle=needle)
    expression = typed.removeprefix(VERY_MAGIC)[: search.MAX_QUERY_LENGTH]
    if not expression:
        return SearchQuery(None, is_expression=True)
    has_capital = _has_capital(expression)
    flags = re.MULTILINE | (0 if has_capital else re.IGNORECASE)
    try:
        with warnings.catch_warnings():
            # Of a set such as [[a], which a later Python may read otherwise.
            warnings.simplefilter("ignore", FutureWarning)
            return SearchQuery(re.compile(expression, flags), is_expression=True)
    except (re.error, OverflowError, RecursionError) as error:
        return SearchQuery(None, is_expression=True, problem=f"no valid expression ({error})")


def _has_capital(expression: str) -> bool:
    r"""Return whether an expression has a capital letter that is no part of an escape like `\S`."""
    before = ""
    for character in expression:
        if character.isupper() and before != "\\":
            return True
        before = "" if before == "\\" else character
    return False


def _letters(text: str) -> str:
    """Return the letters of a text without accents, in their case."""
    return "".join(filter(str.isalpha, unicodedata.normalize("NFKD", text)))
