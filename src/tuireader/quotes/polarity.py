"""Tells what somebody is said not to have said, or only alleged to have said.

"Roe did not say “…”", "nobody said “…”", "Cole should have said “…”" and "he refused to say
“…”" quote nobody; "Roe allegedly said “…”" does not state that she did.
"""

from collections.abc import Iterator
from itertools import zip_longest

from tuireader.domain.quote import Polarity
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.mentions.syntax import matches_phrase
from tuireader.quotes.parse import VERB_TAGS, ParsedParagraph

_MAX_DISTANCE = 12
"""The most tokens between a span and its verb of saying."""
_MAX_SUBJECT = 8
"""The most tokens between the first word of a clause and its verb of saying."""
_SAYING = ("S", "T", "G")
_CLAUSE_ENDS = (",", ".", ":", ";", "Q", "k", "(", ")", "-")


def polarity_of(paragraph: ParsedParagraph, position: int) -> Polarity:
    """Return whether the sentence of a span states that its words were said.

    `position` is the span's token. What stands before and after the nearest verb of saying in
    its sentence is examined.
    """
    if not paragraph.language.negations:
        return Polarity.SAID
    for verb in _verbs_near(paragraph, position):
        return _polarity_of_verb(paragraph, verb)
    return Polarity.SAID


def _verbs_near(paragraph: ParsedParagraph, position: int) -> Iterator[int]:
    """Yield the verb of saying before a span, or else the one after it, in its sentence."""
    tags, tokens = paragraph.tags, paragraph.tokens
    sentence = tokens[position].sentence
    for other in range(position - 1, max(-1, position - _MAX_DISTANCE), -1):
        if tokens[other].sentence != sentence or tags[other] in ("Q", ";"):
            break
        if tags[other] in _SAYING and tokens[other].lower in paragraph.language.cue_words:
            yield other
    for other in range(position + 1, min(len(tags), position + _MAX_DISTANCE)):
        if tokens[other].sentence != sentence or tags[other] in ("Q", ";", ":"):
            break
        if tags[other] in _SAYING and tokens[other].lower in paragraph.language.cue_words:
            yield other


def _polarity_of_verb(paragraph: ParsedParagraph, verb: int) -> Polarity:
    """Return what the words around a verb of saying show."""
    language, tokens = paragraph.language, paragraph.tokens
    if tokens[verb].lower in language.opinion_verbs:
        # "He did not think that it “would last”" is what he said.
        return Polarity.SAID
    first = _start_of_verb(paragraph, verb)
    words = [token.lower for token in tokens[first:verb]]
    if language.allegations.intersection(words) or _has_phrase(
        paragraph, first, verb, language.allegation_phrases
    ):
        return Polarity.ALLEGED
    after = [token.lower for token in tokens[verb + 1 : verb + 3]]
    denied = (
        _is_negated(words, language)
        or _has_phrase(paragraph, first, verb, language.hypothetical_phrases)
        or (bool(after) and after[0] in language.negations_after and _is_negated(after, language))
        or _has_negative_subject(paragraph, verb)
    )
    return Polarity.NOT_SAID if denied else Polarity.SAID


def _is_negated(words: list[str], language: Language) -> bool:
    """Return whether one of the words before a verb denies it, and not only "not only"."""
    return any(
        word in language.negations and not (following and following in language.negation_exceptions)
        for word, following in zip_longest(words, words[1:])
    )


def _start_of_verb(paragraph: ParsedParagraph, verb: int) -> int:
    """Return the first token of the auxiliaries and adverbs right before a verb of saying."""
    language, tags, tokens = paragraph.language, paragraph.tags, paragraph.tokens
    first = verb
    while first and tokens[first - 1].sentence == tokens[verb].sentence:
        word = tokens[first - 1].lower
        known = (
            word in language.negations
            or word in language.allegations
            or word in language.intervening_words
            or word in language.verb_particles
        )
        if not known and (tags[first - 1] or tokens[first - 1].kind != "w"):
            break
        if not known and word in language.determiners:
            break
        first -= 1
    return first


def _has_phrase(
    paragraph: ParsedParagraph, first: int, verb: int, phrases: tuple[tuple[str, ...], ...]
) -> bool:
    """Return whether one of the phrases stands among the tokens [first, verb), right at its end."""
    return any(
        verb - len(phrase) >= first
        and matches_phrase(paragraph.tokens[verb - len(phrase) : verb], phrase)
        for phrase in phrases
    )


def _has_negative_subject(paragraph: ParsedParagraph, verb: int) -> bool:
    """Return whether a clause begins with "nobody" or a word like it, shortly before a verb."""
    language, tags, tokens = paragraph.language, paragraph.tags, paragraph.tokens
    for position in range(verb - 1, max(-1, verb - _MAX_SUBJECT), -1):
        if tokens[position].sentence != tokens[verb].sentence or tags[position] in _CLAUSE_ENDS:
            return False
        if tags[position] in VERB_TAGS:
            return False
        if tokens[position].lower in language.negative_subjects:
            return True
    following = tokens[verb + 1 : verb + 2] if language.verb_second else ()
    return bool(following) and following[0].lower in language.negative_subjects
