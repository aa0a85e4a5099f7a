"""The context of a quoted span: what stands around it, whoever its speaker is.

It also says who was the subject most recently. A paragraph that is only a quotation
belongs to whoever the sentences before it are about, rather than to the last speaker.
"""

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from tuireader.quotes.coreference.entities import Entities
from tuireader.quotes.mentions.mention import NAME, PRONOUN, Mention
from tuireader.quotes.parse import CUE_TAGS, ParsedParagraph, tag_path

_MAX_SENTENCE = 60
"""The most tokens of a sentence that are examined on either side of a span."""
_SIZE_CLASSES = "012344" + "5" * 3 + "6" * 4 + "7" * 8 + "8" * 20
"""The size class of each number below 41; it is 9 from there on."""


def size_class(number: int) -> str:
    """Return a number's size class as one digit, for use in feature names."""
    if number < 0:
        return "0"
    return _SIZE_CLASSES[number] if number < len(_SIZE_CLASSES) else "9"


class SpanContext:
    """The context of one quoted span in its paragraph, computed once for all its candidates."""

    __slots__ = (
        "cues",
        "final_mark",
        "final_speaker",
        "follows_call_particle",
        "in_reported_speech",
        "is_appositive",
        "paragraph",
        "position",
        "sentence",
        "shape",
        "tags_after",
        "tags_before",
        "words",
    )

    def __init__(self, text: str, paragraph: ParsedParagraph, position: int) -> None:
        """Compute the context of the span whose token is at `position`."""
        tokens, tags = paragraph.tokens, paragraph.tags
        self.paragraph = paragraph
        self.position = position
        token = tokens[position]
        self.sentence = token.sentence
        words = text[token.start + 1 : token.end - 1].strip(" '‘’“”\"")
        self.words = words.split(None, 12)
        self.final_mark = _final_punctuation(words, paragraph, position)
        size = size_class(len(self.words))
        upper = "U" if words[:1].isupper() else "l"
        self.shape = f"{size}{upper}{self.final_mark}"
        self.tags_before = tag_path(tags, max(0, position - 4), position)[-2:] or "^"
        follows = position + 1
        if follows < len(tokens) and tags[follows] == ",":
            follows += 1
        self.tags_after = tag_path(tags, follows, min(len(tags), follows + 6))[:2] or "$"
        self.cues = self._cue_codes()
        self.final_speaker = self._final_speaker_position()
        language = paragraph.language
        self.in_reported_speech = bool(language.reported_speech_verbs) and self._sentence_has_any(
            language.reported_speech_verbs
        )
        self.is_appositive = (
            bool(position) and tokens[position - 1].kind == "N" and not self._follows_name()
        )
        self.follows_call_particle = (
            position > 0
            and tokens[position - 1].lower in language.call_particles
            and self._sentence_has_any(language.call_verbs)
        )

    def _sentence_has_any(self, words: Container[str]) -> bool:
        """Return whether one of the words is near the span in its sentence."""
        near = self.paragraph.tokens[
            max(0, self.position - _MAX_SENTENCE) : self.position + _MAX_SENTENCE
        ]
        return any(word.lower in words and word.sentence == self.sentence for word in near)

    def _follows_name(self) -> bool:
        """Return whether the token before the span ends a name."""
        return self.paragraph.tags[self.position - 1] == "M" and any(
            mention.last == self.position - 1 and mention.kind is NAME and not mention.common_noun
            for mention in self.paragraph.mentions
        )

    def _final_speaker_position(self) -> int:
        """Return the last token of the speaker that the end of the sentence names, or -1.

        "…, he added." and "…, according to a defector" attribute all quoted words in their
        sentence.
        """
        tags, tokens = self.paragraph.tags, self.paragraph.tokens
        last = self.position
        limit = min(len(tokens), self.position + _MAX_SENTENCE)
        for position in range(self.position + 1, limit):
            if tokens[position].sentence != self.sentence:
                break
            last = position
            if tags[position] == "A":
                source = next(
                    (other for other in range(position + 1, limit) if tags[other]), position
                )
                if tags[source] == "M":
                    inverted = self._inverted_speaker_position(position - 1)
                    # "…, a dit la ministre, selon une vidéo": the minister is named first.
                    trained = self.paragraph.language.trained_weights
                    return source if trained or inverted < 0 else inverted
        inverted = self._inverted_speaker_position(last)
        if inverted >= 0:
            return inverted
        end = [other for other in range(max(self.position, last - 8), last + 1) if tags[other]]
        if end and tags[end[-1]] == ".":
            del end[-1]
        if "".join(tags[other] for other in end[-3:]) in (",MS", ",SM", ",MT", "QMS"):
            return end[-2] if tags[end[-2]] == "M" else end[-1]
        return -1

    def _inverted_speaker_position(self, last: int) -> int:
        """Return the last token of a mention after its verb (", said Ada Moor, who"), or -1."""
        tags = self.paragraph.tags
        positions = [other for other in range(self.position + 1, last + 1) if tags[other]]
        for comma, verb, source in zip(positions, positions[1:], positions[2:], strict=False):
            if tags[comma] == "Q":
                break
            if tags[comma] + tags[verb] + tags[source] == ",SM":
                return source
        return -1

    def _cue_codes(self) -> str:
        """Return two tags: the nearest cues before and after the span, "-" for none."""
        tags, tokens = self.paragraph.tags, self.paragraph.tokens
        result = ["-", "-"]
        for position in range(self.position - 1, max(-1, self.position - 40), -1):
            if tokens[position].sentence != self.sentence or tags[position] == "Q":
                break
            if tags[position] in CUE_TAGS:
                result[0] = tags[position]
                break
        for position in range(self.position + 1, min(len(tags), self.position + 16)):
            if tokens[position].sentence != self.sentence or tags[position] == "Q":
                break
            if tags[position] in CUE_TAGS:
                result[1] = tags[position]
                break
        return "".join(result)


def _final_punctuation(words: str, paragraph: ParsedParagraph, position: int) -> str:
    """Return a code for the punctuation that ends a span, inside or after the closing mark."""
    last = words[-1:]
    if last in (".", "!", "?", "…"):
        return "." if last == "." else "?"
    if last in (",", ";", "-", "–", "—", ":"):
        return ","
    following = paragraph.tokens[position + 1].kind if position + 1 < len(paragraph.tokens) else "$"
    return following if following in ",.:;" else "0"


class SentenceSubject(NamedTuple):
    """A mention that begins a sentence or stands beside a cue."""

    mention: Mention
    beside_cue: bool


def sentence_subjects(
    paragraph: ParsedParagraph, start: int, end: int
) -> Iterator[SentenceSubject]:
    """Yield the sentence subjects among the tokens [start, end), in order."""
    tokens, tags = paragraph.tokens, paragraph.tags
    sentence = -1
    for mention in paragraph.mentions:
        if mention.nested or mention.first < start:
            continue
        if mention.first >= end:
            return
        sentence_number = tokens[mention.first].sentence
        beside_cue = _is_beside_cue(tags, mention)
        before = tags[mention.outer - 1] if mention.outer else ""
        if beside_cue or (
            sentence_number != sentence
            and before not in ("p", "T")
            and not _is_possessive(paragraph, mention)
        ):
            yield SentenceSubject(mention, beside_cue)
        sentence = sentence_number


def _is_beside_cue(tags: list[str], mention: Mention) -> bool:
    """Return whether a cue stands right beside a mention."""
    after = next((tag for tag in tags[mention.last + 1 : mention.last + 4] if tag), "")
    before = next((tag for tag in tags[max(0, mention.outer - 2) : mention.outer] if tag), "")
    return after in CUE_TAGS or before in ("S", "A")


def _is_possessive(paragraph: ParsedParagraph, mention: Mention) -> bool:
    """Return whether a mention is a possessive."""
    return paragraph.tokens[mention.last].possessive


def recent_subject_codes(
    paragraphs: Sequence[ParsedParagraph],
    since: tuple[int, int],
    until: tuple[int, int],
    entities: Entities,
    speaker: str,
) -> str:
    """Return two codes: the subject of the last cue, and the last subject of any sentence.

    `since` and `until` are each the number of a paragraph and a token in it. A code is "s" for
    the speaker, "p" for a pronoun, "n" for another name, "d" for a description, and "-" if
    there is none.
    """
    said = about = "-"
    for number in range(since[0], until[0] + 1):
        paragraph = paragraphs[number]
        if paragraph.outside_prose:
            continue
        start = since[1] + 1 if number == since[0] else 0
        end = until[1] if number == until[0] else len(paragraph.tokens)
        for subject in sentence_subjects(paragraph, start, end):
            code = mention_code(subject.mention, entities, speaker)
            about = code
            if subject.beside_cue:
                said = code
    return said + about


def mention_code(mention: Mention, entities: Entities, speaker: str) -> str:
    """Return "s" if a mention names the speaker, else the value of its kind."""
    if mention.kind is NAME and entities.of_name(mention).name == speaker:
        return "s"
    return "n" if mention.kind is NAME else "p" if mention.kind is PRONOUN else "d"
