"""Whom a text has been speaking of before a place, and how far back."""

from collections.abc import Iterator, Sequence

from tuireader.quotes.mentions import Mention, MentionKind
from tuireader.quotes.reading import Reading

_REACH = 5
"""Paragraphs of prose that are looked back over."""
_FURTHEST = 15
"""Paragraphs that are looked back over, captions and headings counted."""
_SENTENCES = 14
"""Sentences that are looked back over."""
_PHRASE = 5
"""Words between an owner and what is owned, at most."""
_PER_SENTENCE, _PER_PARAGRAPH, _SAME_SENTENCE = 2.4, 1.1, 0.3
"""What distance costs."""


def spoken_of_before(
    mention: Mention, readings: Sequence[Reading]
) -> Iterator[tuple[Mention, int, Reading, float]]:
    """The names and descriptions before a pronoun, the nearest paragraph's first.

    Each with its number in its sentence and what its distance costs.
    """
    back = sentences = 0
    inserted = _is_inserted(mention, readings[mention.paragraph])
    for place in range(mention.paragraph, max(-1, mention.paragraph - _FURTHEST), -1):
        reading = readings[place]
        if reading.aside or not reading.tokens:
            continue
        here = place == mention.paragraph
        limit = reading.tokens[mention.first if here else -1].sentence
        for other, order in spoken_of(reading):
            if here and other.first >= mention.first:
                break
            its = reading.tokens[other.first].sentence
            if here and inserted and its == limit:
                # Whoever is spoken of within the words is seldom who says them.
                continue
            cost = (sentences + limit - its) * _PER_SENTENCE + back * _PER_PARAGRAPH
            yield other, order, reading, cost + _SAME_SENTENCE if here and its == limit else cost
        sentences += limit + 1
        back += 1
        if back > _REACH or sentences > _SENTENCES:
            return


def spoken_of(reading: Reading) -> list[tuple[Mention, int]]:
    """The mentions of a paragraph that tell whom it is about, each with its number in its sentence.

    Of the pronouns, those that begin a sentence and show a sex.

    What stands beside another, or only says whose somebody is, counts as one with it:
    "Spain's trade minister, Ada Ruiz, said …" begins with Ada Ruiz.
    """
    result = []
    sentence, order = -1, 0
    previous: Mention | None = None
    for mention in reading.mentions:
        its = reading.tokens[mention.first].sentence
        if its != sentence:
            order, previous = 0, None
        elif previous is not None and not _goes_with(previous, mention, reading):
            order += 1
        sentence, previous = its, mention
        telling = mention.kind is not MentionKind.PRONOUN or (mention.gender and not order)
        if telling and not mention.inside:
            result.append((mention, order))
    return result


def _goes_with(one: Mention, other: Mention, reading: Reading) -> bool:
    """Whether two mentions that follow each other are parts of one phrase."""
    between = reading.tokens[one.last + 1 : other.outer]
    if reading.tokens[one.last].possessive or one.inside or other.first <= one.last:
        return len(between) < _PHRASE and all(token.kind in "wN" for token in between)
    return [token.kind for token in between] in ([","], [",", "#", ","])


def _is_inserted(mention: Mention, reading: Reading) -> bool:
    """Whether a pronoun and its verb are put into or behind a sentence: "…, he said, …"."""
    shapes = reading.shapes
    before = shapes[mention.first - 1] if mention.first else ""
    following = [letter for letter in shapes[mention.last + 1 : mention.last + 6] if letter]
    if before not in (",", "Q", "-") or following[:1] not in (["S"], ["T"]):
        return False
    return before == "Q" or following[1:2] in ([], [","], ["."])
