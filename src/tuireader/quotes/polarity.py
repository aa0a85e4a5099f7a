"""Tells what somebody is said not to have said, or only alleged to have said.

"Roe did not say “…”", "nobody said “…”", "Cole should have said “…”" and "he refused to say
“…”" quote nobody; "Roe allegedly said “…”" does not state that she did.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest

from tuireader.domain.quote import Polarity
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.parse import VERB_TAGS, ParsedParagraph

_MAX_DISTANCE = 12
"""The most tokens between a span and its verb of saying."""
_MAX_SUBJECT = 8
"""The most tokens between the first word of a clause and its verb of saying."""
_MAX_CLAUSE = 24
"""The most tokens of a clause before its verb of saying."""
_MAX_ENDING = 3
"""The most tokens between a span and the verb at the end of its clause."""
_MAX_GAP = 5
"""The most words that "*" in a phrase stands for."""
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


def is_nobodys(paragraph: ParsedParagraph, position: int) -> bool:
    """Return whether the subject of the verb nearest to a span is "nobody" or a word like it."""
    if not paragraph.language.negative_subjects:
        return False
    verb = next(_verbs_near(paragraph, position), -1)
    return verb >= 0 and _has_negative_subject(paragraph, verb)


def _verbs_near(paragraph: ParsedParagraph, position: int) -> Iterator[int]:
    """Yield the verb of saying before a span, or else the one after it, in its sentence."""
    tags, tokens = paragraph.tags, paragraph.tokens
    sentence = tokens[position].sentence
    for other in range(position - 1, max(-1, position - _MAX_DISTANCE), -1):
        if tokens[other].sentence != sentence or tags[other] in ("Q", ";"):
            break
        if _is_verb_of_saying(paragraph, other):
            yield other
    for other in range(position + 1, min(len(tags), position + _MAX_DISTANCE)):
        if tokens[other].sentence != sentence or tags[other] in ("Q", ";", ":"):
            break
        if _is_verb_of_saying(paragraph, other):
            yield other


def _is_verb_of_saying(paragraph: ParsedParagraph, position: int) -> bool:
    """Return whether a token is a verb of saying, or an infinitive of one: "refused to say"."""
    language, word = paragraph.language, paragraph.tokens[position].lower
    cue = paragraph.tags[position] in _SAYING and word in language.cue_words
    return cue or (word in language.infinitives and paragraph.tags[position] != "M")


def _polarity_of_verb(paragraph: ParsedParagraph, verb: int) -> Polarity:
    """Return what the words around a verb of saying show."""
    language, tokens = paragraph.language, paragraph.tokens
    word = tokens[verb].lower
    if word in language.denied_verbs:
        return Polarity.NOT_SAID
    if word in language.opinion_verbs:
        # "He did not think that it “would last”" is what he said.
        return Polarity.SAID
    clause = _start_of_clause(paragraph, verb)
    first = _start_of_verb(paragraph, verb)
    words = [token.lower for token in tokens[first:verb]]
    words += _words_after_auxiliary(paragraph, clause, verb)
    if _has_phrase(paragraph, clause, verb, language.hypothetical_phrases):
        # "Aurait dû dire", before "aurait dit", which is hearsay.
        return Polarity.NOT_SAID
    after = [token.lower for token in tokens[verb + 1 : verb + 3]]
    if (
        language.allegations.intersection(words)
        or (clause < verb and tokens[clause].lower in language.allegations)
        or (after and after[0] in language.allegations and language.verb_final)
        or _has_phrase(paragraph, clause, verb, language.allegation_phrases)
    ):
        return Polarity.ALLEGED
    denied = (
        _is_negated(words, language.negations, language)
        or _is_negated(after[:1], language.negations_after, language, after[1:])
        or _has_negative_subject(paragraph, verb)
    )
    return Polarity.NOT_SAID if denied else Polarity.SAID


def _is_negated(
    words: list[str], negations: frozenset[str], language: Language, following: Sequence[str] = ()
) -> bool:
    """Return whether one of some words is a negation, and not only "not only".

    `following` are the words after them.
    """
    return any(
        word in negations and not (after and after in language.negation_exceptions)
        for word, after in zip_longest(words, [*words[1:], *following[:1]])
    )


def _start_of_clause(paragraph: ParsedParagraph, verb: int) -> int:
    """Return the first token of the clause of a verb; a span may stand before a final verb."""
    tags, tokens = paragraph.tags, paragraph.tokens
    first = verb
    while first and tokens[first - 1].sentence == tokens[verb].sentence:
        tag = tags[first - 1]
        if tag == "Q" and verb - first <= _MAX_ENDING and _may_be_final(paragraph.language):
            first -= 1
            continue
        if tag in ("Q", ";", ":", "(", ")") or first <= verb - _MAX_CLAUSE:
            break
        first -= 1
    while first < verb and tags[first] in (",", "-", "."):
        first += 1
    return first


def _may_be_final(language: Language) -> bool:
    """Return whether the verb of a clause may be its last part."""
    return language.verb_final or language.verb_second


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


def _words_after_auxiliary(paragraph: ParsedParagraph, clause: int, verb: int) -> list[str]:
    """Return the words from the auxiliary of a final verb on: German "hat nie „…“ gesagt"."""
    language = paragraph.language
    if not _may_be_final(language):
        return []
    words = [token.lower for token in paragraph.tokens[clause:verb]]
    starts = [number for number, word in enumerate(words) if word in language.auxiliaries]
    if not starts or "," in words[starts[-1] :]:
        return []
    return words[starts[-1] :]


def _has_phrase(
    paragraph: ParsedParagraph, first: int, verb: int, phrases: tuple[tuple[str, ...], ...]
) -> bool:
    """Return whether one of the phrases ends right before a verb, among [first, verb).

    "*" in a phrase stands for up to five words without a comma: "if * had".
    """
    if not phrases:
        return False
    last_words = _last_words(phrases)
    words = [token.lower for token in paragraph.tokens[first:verb]]
    skipped = paragraph.language.intervening_words
    while words and words[-1] in skipped and words[-1] not in last_words:
        words.pop()
    ends = (words[-1] if words else "", "*")
    if last_words.isdisjoint(ends):
        return False
    return any(
        phrase[-1] in ends and phrase[0] in words and _ends_with(words, phrase)
        for phrase in phrases
    )


@cache
def _last_words(phrases: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    """Return the last words of phrases."""
    return frozenset(phrase[-1] for phrase in phrases)


def _ends_with(words: Sequence[str], phrase: Sequence[str]) -> bool:
    """Return whether words end with a phrase, in which "*" stands for up to five words."""
    if not phrase:
        return True
    if phrase[-1] != "*":
        return bool(words) and words[-1] == phrase[-1] and _ends_with(words[:-1], phrase[:-1])
    for size in range(min(_MAX_GAP, len(words)) + 1):
        if size and words[-size] == ",":
            return False
        if _ends_with(words[: len(words) - size], phrase[:-1]):
            return True
    return False


def _has_negative_subject(paragraph: ParsedParagraph, verb: int) -> bool:
    """Return whether a clause begins with "nobody" or a word like it, shortly before a verb."""
    language, tags, tokens = paragraph.language, paragraph.tags, paragraph.tokens
    final = _may_be_final(language)
    for position in range(verb - 1, max(-1, verb - _MAX_SUBJECT), -1):
        crossed = tags[position] == "Q" and final
        if tokens[position].sentence != tokens[verb].sentence or (
            tags[position] in _CLAUSE_ENDS and not crossed
        ):
            return False
        if tags[position] in VERB_TAGS:
            return False
        if tokens[position].lower in language.negative_subjects:
            return True
    following = tokens[verb + 1 : verb + 2] if language.verb_second or language.null_subject else []
    return bool(following) and following[0].lower in language.negative_subjects
