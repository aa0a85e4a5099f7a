"""Who holds the floor: whom the text last let speak, in reported speech or otherwise.

A paragraph that is nothing but a quotation belongs to whoever the sentences before it
are about, and not to whoever was quoted last, if these are two.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tuireader.quotes.cues import CUES
from tuireader.quotes.identities import People
from tuireader.quotes.mentions import Mention, MentionKind
from tuireader.quotes.reading import Reading


class Subject(NamedTuple):
    """A mention that begins a sentence or has a verb of saying."""

    mention: Mention
    says: bool


def subjects(reading: Reading, start: int, end: int) -> Iterator[Subject]:
    """The subjects of the sentences among the tokens [start, end), in order."""
    tokens, shapes = reading.tokens, reading.shapes
    sentence = -1
    for mention in reading.mentions:
        if mention.inside or mention.first < start:
            continue
        if mention.first >= end:
            return
        its = tokens[mention.first].sentence
        says = _says(shapes, mention)
        before = shapes[mention.outer - 1] if mention.outer else ""
        if says or (its != sentence and before not in ("p", "T") and not _owns(reading, mention)):
            yield Subject(mention, says)
        sentence = its


def _says(shapes: Sequence[str], mention: Mention) -> bool:
    """Whether a verb of saying stands right beside a mention."""
    after = next((letter for letter in shapes[mention.last + 1 : mention.last + 4] if letter), "")
    before = next(
        (letter for letter in shapes[max(0, mention.outer - 2) : mention.outer] if letter), ""
    )
    return after in CUES or before in ("S", "A")


def _owns(reading: Reading, mention: Mention) -> bool:
    return reading.tokens[mention.last].possessive


def floor(
    readings: Sequence[Reading],
    since: tuple[int, int],
    until: tuple[int, int],
    people: People,
    speaker: str,
) -> str:
    """Two letters: who was last said to say something since a place, and who was last spoken of.

    s for the speaker, p for a pronoun, n for another name, d for a description, - for nobody.
    """
    said = about = "-"
    for number in range(since[0], until[0] + 1):
        reading = readings[number]
        if reading.aside:
            continue
        start = since[1] + 1 if number == since[0] else 0
        end = until[1] if number == until[0] else len(reading.tokens)
        for subject in subjects(reading, start, end):
            letter = letter_of(subject.mention, people, speaker)
            about = letter
            if subject.says:
                said = letter
    return said + about


def letter_of(mention: Mention, people: People, speaker: str) -> str:
    """The letter of a mention: s if it names the speaker, else its kind."""
    if mention.kind is MentionKind.NAME and people.of_name(mention).name == speaker:
        return "s"
    return mention.kind.value
