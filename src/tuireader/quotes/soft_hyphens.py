"""Removes invisible characters from within words before a text is parsed, and maps offsets back."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from tuireader.domain.article import Article, Passage
from tuireader.domain.blocks import Block, Blocks
from tuireader.domain.quote import Quote

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Soft hyphens, and spaces and joiners of no width."""


class VisibleText:
    """An article without invisible characters, and the offsets of those that were removed."""

    def __init__(self, article: Article) -> None:
        """Remove soft hyphens and spaces of no width; an article without any is kept as it is."""
        found = [match.start() for match in _INVISIBLE.finditer(article.text)]
        self._positions = [offset - index for index, offset in enumerate(found)]
        """For each removed character, the offset in the visible text before which it stood."""
        self._removed = found
        self.article = article if not found else self._without_invisible(article)

    def _without_invisible(self, article: Article) -> Article:
        """Return the article with its text and its blocks without invisible characters."""
        blocks = Blocks(
            Block(block.kind, self._visible(block.start), self._visible(block.end), block.level)
            for block in article.blocks
        )
        return replace(article, text=_INVISIBLE.sub("", article.text), blocks=blocks)

    def _visible(self, offset: int) -> int:
        """Return the offset in the visible text of an offset in the article's text."""
        return offset - bisect_right(self._removed, offset - 1)

    def _given(self, offset: int, *, is_end: bool) -> int:
        """Return the offset in the article's text of an offset in the visible text."""
        return offset + bisect_right(self._positions, offset - is_end)

    def _given_passage(self, passage: Passage | None) -> Passage | None:
        """Return a passage of the visible text as one of the article's text."""
        if passage is None:
            return None
        return Passage(
            self._given(passage.start, is_end=False), self._given(passage.end, is_end=True)
        )

    def restored(self, quotes: Iterable[Quote]) -> tuple[Quote, ...]:
        """Return quotations of the visible text with offsets into the article's text."""
        if not self._removed:
            return tuple(quotes)
        return tuple(
            replace(
                quote,
                spans=tuple(span for span in map(self._given_passage, quote.spans) if span),
                mention=self._given_passage(quote.mention),
                cue=self._given_passage(quote.cue),
            )
            for quote in quotes
        )
