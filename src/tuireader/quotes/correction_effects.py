"""What the correction of one speaker shows about the other quotations of the article.

Some quotations have their speaker from another: the same words name it ("the minister"), a pronoun
stands for it, or they continue what it said. If the reader corrects the one, these follow.
"""

from collections.abc import Iterator, Sequence

from tuireader.domain.quote import Confidence, Quote
from tuireader.quotes.speakers import folded_name_words, is_form_of_name

_HANGING = (Confidence.PRONOUN, Confidence.CARRIED_ON)
"""How quotations are attributed that have their speaker from the one before."""


def taught_by(quote: Quote, speaker: str, quotes: Sequence[Quote], text: str) -> list[Quote]:
    """Return the other quotations whose speaker is wrong if that of `quote` is.

    They are those that the reader did not correct, in the order of the text.

    Args:
        quote: The quotation that is corrected.
        speaker: The name of its true speaker; "" if that is unknown.
        quotes: All quotations of the article, in any order.
        text: The article's text.
    """
    ordered = sorted(quotes, key=lambda each: (each.start, each.end))
    numbers = [number for number, each in enumerate(ordered) if each.start == quote.start]
    if not numbers:
        return []
    return [ordered[number] for number in following(numbers[0], speaker, ordered, text)]


def following(number: int, speaker: str, quotes: Sequence[Quote], text: str) -> list[int]:
    """Return the numbers of the quotations that follow the correction of one of them.

    The arguments are those of `taught_by`; `number` is that of the corrected quotation, and the
    quotations are in the order of the text. Empty if the correction changes nothing.
    """
    first = _found(quotes[number])
    if first.speaker == speaker:
        return []
    taught: set[int] = set()
    for start in (number, *_same_mention(number, speaker, quotes, text)):
        if start != number:
            taught.add(start)
        taught.update(_hanging(start, quotes))
    return sorted(taught - {number})


def _found(quote: Quote) -> Quote:
    """Return a quotation as it was before any correction."""
    return quote.found or quote


def _is_free(quote: Quote) -> bool:
    """Return whether the reader has not corrected the quotation itself."""
    return not quote.correction and not quote.unattributed and not quote.dismissed


def _same_mention(number: int, speaker: str, quotes: Sequence[Quote], text: str) -> Iterator[int]:
    """Yield the other quotations that the same words attribute to the same speaker."""
    first = _found(quotes[number])
    if first.mention is None:
        return
    words = folded_name_words(first.mention.of(text))
    means_the_name = first.confidence is Confidence.DESCRIBED or (
        first.confidence is Confidence.NAMED and is_form_of_name(speaker, first.mention.of(text))
    )
    for other, each in enumerate(quotes):
        found = _found(each)
        if other == number or not _is_free(each) or found.mention is None:
            continue
        if found.speaker != first.speaker or found.confidence is not first.confidence:
            continue
        same = means_the_name and folded_name_words(found.mention.of(text)) == words
        if same or found.mention == first.mention:
            yield other


def _hanging(number: int, quotes: Sequence[Quote]) -> Iterator[int]:
    """Yield the quotations right after one that have their speaker from it."""
    speaker = _found(quotes[number]).speaker
    for other in range(number + 1, len(quotes)):
        found = _found(quotes[other])
        if found.unattributed:
            continue
        if not _is_free(quotes[other]) or found.confidence not in _HANGING:
            return
        if not speaker or found.speaker != speaker:
            return
        yield other
