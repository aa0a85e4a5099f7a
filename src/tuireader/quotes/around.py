"""What stands around a stretch in its paragraph, whoever may have spoken it."""

from collections.abc import Container

from tuireader.quotes.cues import CUES, path
from tuireader.quotes.mentions import MentionKind
from tuireader.quotes.reading import Reading

_SENTENCE = 60
"""Tokens behind a stretch that are looked at for the end of its sentence."""
_BUCKETS = (0, 1, 2, 3, 5, 8, 12, 20, 40)


def bucket(number: int) -> str:
    """A number as the letter of its size."""
    for letter, limit in zip("0123456789", _BUCKETS, strict=False):
        if number <= limit:
            return letter
    return "9"


class Around:
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

    def __init__(self, text: str, reading: Reading, place: int) -> None:
        """Look at the stretch whose token stands at the place."""
        tokens, shapes = reading.tokens, reading.shapes
        self.reading = reading
        self.place = place
        token = tokens[place]
        self.sentence = token.sentence
        words = text[token.start + 1 : token.end - 1].strip(" '‘’“”\"")
        self.words = words.split(None, 12)
        self.end = _end_mark(words, reading, place)
        size = bucket(len(self.words))
        upper = "U" if words[:1].isupper() else "l"
        self.shape = f"{size}{upper}{self.end}"
        self.before = path(shapes, max(0, place - 4), place)[-2:] or "^"
        follows = place + 1
        if follows < len(tokens) and shapes[follows] == ",":
            follows += 1
        self.after = path(shapes, follows, min(len(shapes), follows + 6))[:2] or "$"
        self.cued = self._cued()
        self.tail = self._tail()
        language = reading.language
        self.reported = bool(language.reported) and self._has_one_of(language.reported)
        self.apposed = bool(place) and tokens[place - 1].kind == "N" and not self._is_behind_name()
        self.called = (
            place > 0
            and tokens[place - 1].lower in language.called
            and self._has_one_of(language.call)
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


def _end_mark(words: str, reading: Reading, place: int) -> str:
    """The mark that ends a stretch, wherever the closing quotation mark stands."""
    last = words[-1:]
    if last in (".", "!", "?", "…"):
        return "." if last == "." else "?"
    if last in (",", ";", "-", "–", "—", ":"):
        return ","
    following = reading.tokens[place + 1].kind if place + 1 < len(reading.tokens) else "$"
    return following if following in ",.:;" else "0"
