"""An index for filtering many short texts repeatedly; each text is folded once.

A word matches as in `search.search_pattern`, in a fraction of the time.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import Lock
from typing import Generic, TypeVar

from tuireader.text import search
from tuireader.text.folding import fold, folding_table

T = TypeVar("T")
_SLICE_SIZE = 100
"""Texts that are folded before another thread may run."""
_NOT_ASCII = re.compile(r"([^\x00-\x7f]+)")


class FilterIndex(Generic[T]):
    """Filters items by the words of their texts, ignoring case and accents.

    It may be prepared in one thread and used in another.
    """

    def __init__(
        self,
        items: Sequence[T],
        text_of: Callable[[T], str],
        before: "FilterIndex[T] | None" = None,
    ) -> None:
        """Take the items, and a function that returns the text of one.

        `before` is an earlier index, whose folded texts are reused for identical items; None
        without one. The other texts are folded by `prepare` or the first `filter`.
        """
        self.items = items
        self._text_of = text_of
        self._known: dict[int, tuple[str, bool]] = before.folded() if before else {}
        # Keeps the earlier items alive, so that their ids are not reused.
        self._before: Sequence[T] = before.items if before else ()
        self._texts: list[str] = []
        self._unsure: set[int] = set()
        """The numbers of texts in which a character may fold to several."""
        self._lock = Lock()

    def prepare(self, pause: Callable[[], None] = lambda: None) -> None:
        """Fold the texts that are not folded yet.

        `pause` is called after every 100 texts; it may raise to cancel, and what was folded is
        kept.
        """
        while len(self._texts) < len(self.items):
            with self._lock:
                self._fold_some()
            pause()

    def filter(self, query: str) -> list[T]:
        """Return the items whose texts contain all words of a query, in their order.

        Case and accents are ignored, and a word may be a part of a longer one. An empty query
        returns all items. Texts that `prepare` has not folded are folded first.
        """
        return [self.items[number] for number in self.numbers(query)]

    def numbers(self, query: str) -> Sequence[int]:
        """Return the indexes of the items that `filter` returns."""
        self.prepare()
        numbers: Sequence[int] = range(len(self.items))
        for word in query.split():
            pattern, folded = search.search_pattern(word), fold(word[: search.MAX_QUERY_LENGTH])
            if pattern is None:
                continue
            texts, unsure = self._texts, self._unsure
            numbers = [number for number in numbers if folded in texts[number]]
            if unsure and not unsure.isdisjoint(numbers):
                numbers = [
                    number
                    for number in numbers
                    if number not in unsure or pattern.search(self._text_of(self.items[number]))
                ]
        return numbers

    def folded(self) -> dict[int, tuple[str, bool]]:
        """Return the texts folded so far by `id(item)`: each a pair (folded text, is exact).

        A text is exact if each of its characters folds to at most one, so that no pattern is
        needed.
        """
        with self._lock:
            return {
                id(item): (text, number not in self._unsure)
                for number, (item, text) in enumerate(zip(self.items, self._texts, strict=False))
            }

    def _fold_some(self) -> None:
        """Fold the next 100 texts that have not been folded yet; do nothing if all are."""
        start = len(self._texts)
        for number in range(start, min(start + _SLICE_SIZE, len(self.items))):
            item = self.items[number]
            text, is_sure = self._known.get(id(item)) or folded_text(self._text_of(item))
            if not is_sure:
                self._unsure.add(number)
            self._texts.append(text)
        if len(self._texts) == len(self.items):
            self._known, self._before = {}, ()


def folded_text(text: str) -> tuple[str, bool]:
    """Return the folded text, and whether each character folds to at most one.

    In a text with "ß" or a ligature the second value is False: a search must then try a pattern
    too.
    """
    if text.isascii():
        return _plain(text), True
    parts, is_sure = _NOT_ASCII.split(text), True
    for number in range(0, len(parts), 2):
        parts[number] = _plain(parts[number])
    for number in range(1, len(parts), 2):
        parts[number], sure = _folded_run(parts[number])
        is_sure = is_sure and sure
    return "".join(parts), is_sure


def _plain(text: str) -> str:
    """Fold ASCII text: lower case, and the grave accent as an apostrophe."""
    return text.lower().replace("`", "'")


@lru_cache(maxsize=4096)
def _folded_run(run: str) -> tuple[str, bool]:
    """Fold a run of characters beyond ASCII; say whether each folds to at most one."""
    letters = [_folded_letter(letter) for letter in run]
    return "".join(folded for folded, _ in letters), all(sure for _, sure in letters)


@lru_cache(maxsize=4096)
def _folded_letter(letter: str) -> tuple[str, bool]:
    """Fold one character; say whether it folds to at most one."""
    folded = fold(letter)
    return folded, folded in {"", letter} or letter in folding_table().single.get(folded, "")
