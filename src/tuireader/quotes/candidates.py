"""The ways to link a stretch: the mentions around it, who spoke before, or nobody."""

from collections.abc import Iterator, Sequence

from tuireader.quotes import features
from tuireader.quotes.alternatives import carried, nobody
from tuireader.quotes.around import Around
from tuireader.quotes.capitals import may_be_noun
from tuireader.quotes.floor import floor, letter_of
from tuireader.quotes.identities import People
from tuireader.quotes.links import Before, Candidate, LinkKind
from tuireader.quotes.mentions import Mention
from tuireader.quotes.reading import Reading

_NEAR = 10
"""Mentions looked at on either side of a stretch in its paragraph."""
_EARLIER = 2
"""Paragraphs before that are looked at."""
_PER_PARAGRAPH = 6


def candidates(
    text: str,
    readings: Sequence[Reading],
    index: int,
    place: int,
    *,
    people: People,
    before: Before | None,
) -> list[Candidate]:
    """The ways to link the stretch at a place of the reading with the index."""
    reading = readings[index]
    around = Around(text, reading, place)
    result = [nobody(around, before)]
    if before is not None and before.link.mention is not None:
        held = floor(
            readings, (before.paragraph, before.place), (index, place), people, before.speaker
        )
        result.append(carried(around, before, held))
    for mention, order in _near(reading, place):
        if not may_be_noun(mention, people):
            found = features.of_mention(around, mention, order, people)
            side = "A" if mention.first > place else "B"
            found.append(f"same {side} {_same(mention, people, before)} {around.cued}")
            result.append(Candidate(LinkKind.MENTION, mention, found))
    for earlier in _earlier(readings, index):
        for order, mention in enumerate(_outside(earlier, people)[:_PER_PARAGRAPH]):
            found = features.of_earlier(around, earlier, mention, order, people)
            same = _same(mention, people, before)
            found += features.of_floor(around, earlier, mention, same, people)
            result.append(Candidate(LinkKind.MENTION, mention, found))
    return result


def _same(mention: Mention, people: People, before: Before | None) -> str:
    """Whether a mention names who spoke before, in a letter; - if nobody did."""
    return letter_of(mention, people, before.speaker) if before else "-"


def _outside(reading: Reading, people: People) -> list[Mention]:
    return [
        mention
        for mention in reading.mentions
        if not (mention.inside or may_be_noun(mention, people))
    ]


def _near(reading: Reading, place: int) -> Iterator[tuple[Mention, int]]:
    """The nearest mentions of the paragraph, each with its number in its sentence."""
    before: list[tuple[Mention, int]] = []
    after: list[tuple[Mention, int]] = []
    sentence, order = -1, 0
    for mention in reading.mentions:
        its = reading.tokens[mention.first].sentence
        order = order + 1 if its == sentence else 0
        sentence = its
        if mention.inside:
            order -= 1
            continue
        (before if mention.first < place else after).append((mention, order))
    yield from before[-_NEAR:]
    yield from after[:_NEAR]


def _earlier(readings: Sequence[Reading], index: int) -> Iterator[Reading]:
    if readings[index].aside:
        return
    found = 0
    for earlier in range(index - 1, max(-1, index - 6), -1):
        if not readings[earlier].aside and readings[earlier].tokens:
            yield readings[earlier]
            found += 1
            if found == _EARLIER:
                return
