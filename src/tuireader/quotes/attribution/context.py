"""What stands around a stretch in its paragraph, whoever may have spoken it.

Who holds the floor: whom the text last let speak, in reported speech or otherwise.

A paragraph that is nothing but a quotation belongs to whoever the sentences before it
are about, and not to whoever was quoted last, if these are two.
"""

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from tuireader.quotes.coreference.entities import Entities
from tuireader.quotes.mentions.mentions import Mention, MentionKind
from tuireader.quotes.parse import CUES, ParsedParagraph, tag_path

_SENTENCE = 60
"""Tokens behind a stretch that are looked at for the end of its sentence."""
_BUCKETS = (0, 1, 2, 3, 5, 8, 12, 20, 40)


def size_class(number: int) -> str:
    """A number as the letter of its size."""
    for letter, limit in zip("0123456789", _BUCKETS, strict=False):
        if number <= limit:
            return letter
    return "9"


class QuoteContext:
    """What stands around one stretch in its paragraph; made once a stretch."""

    __slots__ = (
        "after",
        "apposed",
        "before",
        "called",
        "cued",
        "end",
        "place",
        "reading",
        "reported",
        "sentence",
        "shape",
        "tail",
        "words",
    )

    def __init__(self, text: str, reading: ParsedParagraph, place: int) -> None:
        """Look at the stretch whose token stands at the place."""
        tokens, shapes = reading.tokens, reading.shapes
        self.reading = reading
        self.place = place
        token = tokens[place]
        self.sentence = token.sentence
        words = text[token.start + 1 : token.end - 1].strip(" '‘’“”\"")
        self.words = words.split(None, 12)
        self.end = _end_mark(words, reading, place)
        size = size_class(len(self.words))
        upper = "U" if words[:1].isupper() else "l"
        self.shape = f"{size}{upper}{self.end}"
        self.before = tag_path(shapes, max(0, place - 4), place)[-2:] or "^"
        follows = place + 1
        if follows < len(tokens) and shapes[follows] == ",":
            follows += 1
        self.after = tag_path(shapes, follows, min(len(shapes), follows + 6))[:2] or "$"
        self.cued = self._cued()
        self.tail = self._tail()
        language = reading.language
        self.reported = bool(language.reported_speech_verbs) and self._has_one_of(
            language.reported_speech_verbs
        )
        self.apposed = bool(place) and tokens[place - 1].kind == "N" and not self._is_behind_name()
        self.called = (
            place > 0
            and tokens[place - 1].lower in language.call_particles
            and self._has_one_of(language.call_verbs)
        )

    def _has_one_of(self, words: Container[str]) -> bool:
        """Whether one of some words stands in the sentence, not too far away."""
        near = self.reading.tokens[max(0, self.place - _SENTENCE) : self.place + _SENTENCE]
        return any(word.lower in words and word.sentence == self.sentence for word in near)

    def _is_behind_name(self) -> bool:
        return self.reading.shapes[self.place - 1] == "M" and any(
            mention.last == self.place - 1 and mention.kind is MentionKind.NAME and not mention.noun
            for mention in self.reading.mentions
        )

    def _tail(self) -> int:
        """The last token of who is said at the sentence's end to have said all of it, or -1.

        "…, he added." and "…, according to a defector" show that its quoted words are theirs.
        """
        shapes, tokens = self.reading.shapes, self.reading.tokens
        last = self.place
        limit = min(len(tokens), self.place + _SENTENCE)
        for place in range(self.place + 1, limit):
            if tokens[place].sentence != self.sentence:
                break
            last = place
            if shapes[place] == "A":
                source = next((at for at in range(place + 1, limit) if shapes[at]), place)
                if shapes[source] == "M":
                    return source
        inverted = self._inverted(last)
        if inverted >= 0:
            return inverted
        end = [at for at in range(max(self.place, last - 8), last + 1) if shapes[at]]
        if end and shapes[end[-1]] == ".":
            del end[-1]
        if "".join(shapes[at] for at in end[-3:]) in (",MS", ",SM", ",MT", "QMS"):
            return end[-2] if shapes[end[-2]] == "M" else end[-1]
        return -1

    def _inverted(self, last: int) -> int:
        """The mention in ", said Ada Moor, who …" behind the stretch; -1 if there is none."""
        shapes = self.reading.shapes
        places = [at for at in range(self.place + 1, last + 1) if shapes[at]]
        for comma, verb, source in zip(places, places[1:], places[2:], strict=False):
            if shapes[comma] == "Q":
                break
            if shapes[comma] + shapes[verb] + shapes[source] == ",SM":
                return source
        return -1

    def _cued(self) -> str:
        """Whether its own sentence has a verb of saying before and after it."""
        shapes, tokens = self.reading.shapes, self.reading.tokens
        result = ["-", "-"]
        for place in range(self.place - 1, max(-1, self.place - 40), -1):
            if tokens[place].sentence != self.sentence or shapes[place] == "Q":
                break
            if shapes[place] in CUES:
                result[0] = shapes[place]
                break
        for place in range(self.place + 1, min(len(shapes), self.place + 16)):
            if tokens[place].sentence != self.sentence or shapes[place] == "Q":
                break
            if shapes[place] in CUES:
                result[1] = shapes[place]
                break
        return "".join(result)


def _end_mark(words: str, reading: ParsedParagraph, place: int) -> str:
    """The mark that ends a stretch, wherever the closing quotation mark stands."""
    last = words[-1:]
    if last in (".", "!", "?", "…"):
        return "." if last == "." else "?"
    if last in (",", ";", "-", "–", "—", ":"):
        return ","
    following = reading.tokens[place + 1].kind if place + 1 < len(reading.tokens) else "$"
    return following if following in ",.:;" else "0"


class SentenceSubject(NamedTuple):
    """A mention that begins a sentence or has a verb of saying."""

    mention: Mention
    says: bool


def sentence_subjects(reading: ParsedParagraph, start: int, end: int) -> Iterator[SentenceSubject]:
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
            yield SentenceSubject(mention, says)
        sentence = its


def _says(shapes: Sequence[str], mention: Mention) -> bool:
    """Whether a verb of saying stands right beside a mention."""
    after = next((letter for letter in shapes[mention.last + 1 : mention.last + 4] if letter), "")
    before = next(
        (letter for letter in shapes[max(0, mention.outer - 2) : mention.outer] if letter), ""
    )
    return after in CUES or before in ("S", "A")


def _owns(reading: ParsedParagraph, mention: Mention) -> bool:
    return reading.tokens[mention.last].possessive


def last_subject_codes(
    readings: Sequence[ParsedParagraph],
    since: tuple[int, int],
    until: tuple[int, int],
    people: Entities,
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
        for subject in sentence_subjects(reading, start, end):
            letter = mention_code(subject.mention, people, speaker)
            about = letter
            if subject.says:
                said = letter
    return said + about


def mention_code(mention: Mention, people: Entities, speaker: str) -> str:
    """The letter of a mention: s if it names the speaker, else its kind."""
    if mention.kind is MentionKind.NAME and people.of_name(mention).name == speaker:
        return "s"
    return mention.kind.value
