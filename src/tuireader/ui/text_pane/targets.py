"""Targets: the bookmarks, quotations and links at or around an offset of the text."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from tuireader.domain.article import Link, Passage
from tuireader.domain.bookmark import Bookmark
from tuireader.domain.quote import Quote
from tuireader.ui.text_pane.decorations import placed

LONGEST_QUOTE = 20_000
"""Code points before an offset within which a quotation over it is looked for."""

MOST_OVERLAPPING = 3
"""Quotations that may begin after one that still reaches over an offset."""


def bookmark_at(bookmarks: Iterable[Bookmark], offset: int) -> Bookmark | None:
    """Return the shortest bookmark over an offset; None if there is none."""
    over = [bookmark for bookmark in placed(bookmarks) if bookmark.start <= offset < bookmark.end]
    return min(over, key=lambda bookmark: bookmark.end - bookmark.start, default=None)


def quotation_at(quotes: Sequence[Quote], offset: int) -> int:
    """Return the number of the quotation over an offset; -1 if there is none."""
    before = _count_before(quotes, offset)
    for number in range(before - 1, -1, -1):
        quote = quotes[number]
        if any(offset in span for span in quote.spans):
            return number
        if offset - quote.start > LONGEST_QUOTE or before - number > MOST_OVERLAPPING:
            break
    return -1


def quoted_words(quotes: Sequence[Quote], offset: int, sentence: Passage) -> Passage | None:
    """Return the words between the marks at an offset, else the first in the sentence."""
    for quote in quotes[max(0, _count_before(quotes, offset) - 3) :][:4]:
        for span in quote.spans:
            if offset in span:
                return span
    for quote in quotes[max(0, _count_before(quotes, sentence.start) - 1) :][:4]:
        for span in quote.spans:
            if span.overlaps(sentence):
                return span
    return None


def link_from(links: Iterable[Link], offset: int, end: int) -> Link | None:
    """Return the first link that ends after an offset and begins before an end; None if none."""
    ahead = (link for link in links if link.passage.end > offset and link.passage.start < end)
    return next(ahead, None)


def jump_target(places: Iterable[int], offset: int, steps: int) -> int | None:
    """Return the place `steps` places on from an offset, or back if negative; None if none is.

    >>> jump_target([10, 20, 30], 20, 1), jump_target([10, 20, 30], 20, -1)
    (30, 10)
    """
    ordered = sorted(places)
    if steps > 0:
        ahead = bisect_right(ordered, offset) + steps - 1
    else:
        ahead = (bisect_right(ordered, offset - 1) if offset else 0) + steps
    return ordered[ahead] if 0 <= ahead < len(ordered) else None


def _count_before(quotes: Sequence[Quote], offset: int) -> int:
    """Return how many quotations begin at or before an offset."""
    return bisect_right(quotes, offset, key=lambda quote: quote.start)
