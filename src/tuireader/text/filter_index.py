"""Many short texts that are filtered again and again: each is folded once, and kept folded.

What a word finds is what `find.pattern` finds of it, at a fraction of the time.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import Lock
from typing import Generic, TypeVar

from tuireader.text import search
from tuireader.text.folding import fold, folding_table

T = TypeVar("T")
_AT_ONCE = 100
"""Texts that are folded before another thread may have a turn."""
_NOT_ASCII = re.compile(r"([^\x00-\x7f]+)")


class FilterIndex(Generic[T]):
    """Items, and the texts by which they are filtered."""

    def __init__(
        self,
        items: Sequence[T],
        text_of: Callable[[T], str],
        before: "FilterIndex[T] | None" = None,
    ) -> None:
        """Nothing is folded yet, but what is the same item as in the sieve before."""
        self.items = items
        self._text_of = text_of
        self._known: dict[int, tuple[str, bool]] = before.folded() if before else {}
        # As long as these live, their ids are their own.
        self._before: Sequence[T] = before.items if before else ()
        self._texts: list[str] = []
        self._unsure: set[int] = set()
        """Numbers of texts with a character that stands for several."""
        self._lock = Lock()

    def prepare(self, pause: Callable[[], None] = lambda: None) -> None:
        """Fold what is not folded yet; the pause is called now and then, and may raise."""
        while len(self._texts) < len(self.items):
            with self._lock:
                self._fold_some()
            pause()

    def sift(self, query: str) -> list[T]:
        """The items whose texts have all words of the query, in any case and with any accents."""
        self.prepare()
        numbers: Sequence[int] = range(len(self.items))
        for word in query.split():
            pattern, folded = search.search_pattern(word), fold(word[: search.LONGEST_QUERY])
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
        return [self.items[number] for number in numbers]

    def folded(self) -> dict[int, tuple[str, bool]]:
        """What is folded so far by the items' identities, and whether it is sure."""
        with self._lock:
            return {
                id(item): (text, number not in self._unsure)
                for number, (item, text) in enumerate(zip(self.items, self._texts, strict=False))
            }

    def _fold_some(self) -> None:
        start = len(self._texts)
        for number in range(start, min(start + _AT_ONCE, len(self.items))):
            item = self.items[number]
            text, is_sure = self._known.get(id(item)) or folded_text(self._text_of(item))
            if not is_sure:
                self._unsure.add(number)
            self._texts.append(text)
        if len(self._texts) == len(self.items):
            self._known, self._before = {}, ()


def folded_text(text: str) -> tuple[str, bool]:
    """The text folded, and whether each of its characters stands for one of it at the most."""
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
    """ASCII folded: all that it has besides case is the grave accent, used as an apostrophe."""
    return text.lower().replace("`", "'")


@lru_cache(maxsize=4096)
def _folded_run(run: str) -> tuple[str, bool]:
    letters = [_folded_letter(letter) for letter in run]
    return "".join(folded for folded, _ in letters), all(sure for _, sure in letters)


@lru_cache(maxsize=4096)
def _folded_letter(letter: str) -> tuple[str, bool]:
    folded = fold(letter)
    return folded, folded in {"", letter} or letter in folding_table().single.get(folded, "")
