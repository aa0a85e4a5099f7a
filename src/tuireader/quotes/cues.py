"""The words that say that something was said, and the shape of what stands around them."""

from collections.abc import Container, Mapping, Sequence
from functools import cache

from tuireader.quotes.language import Language
from tuireader.quotes.mentions import Mention
from tuireader.quotes.tokens import Token

SAY, TELL, CALL, PARTICIPLE, ACCORDING, NOUN = "S", "T", "C", "G", "A", "O"
CUES = frozenset("STCGA")
VERBS = frozenset("STC")


def shapes_of(
    tokens: Sequence[Token], mentions: Sequence[Mention], language: Language
) -> list[str]:
    """One letter a token for what it does in its sentence; empty for what says nothing.

    M is in a mention; S, T, C, G are verbs of saying (S a word behind a source too), A
    words ahead of a source, O a noun for what is said, t "that", p a preposition, s and
    k join clauses, w any other word; a mark stands for itself.
    """
    shapes = _words(tokens, language)
    _mark_sources(tokens, shapes, language)
    for mention in mentions:
        start = mention.outer
        if mention.inside and start and tokens[start - 1].lower in language.of:
            start -= 1
        for place in range(start, mention.last + 1):
            if place == mention.last and not mention.inside:
                shapes[place] = "M"
            elif shapes[place] != "M":
                shapes[place] = ""
    return shapes


def _mark_sources(tokens: Sequence[Token], shapes: list[str], language: Language) -> None:
    """Mark the words ahead of and behind a source."""
    present = {token.lower for token in tokens}
    for phrases, letter, ahead in (
        (language.according, ACCORDING, None),
        (language.behind, ACCORDING, ("Q", ",")),
        (language.after, SAY, None),
    ):
        for phrase in phrases:
            if phrase[0] in present:
                _mark_phrase(tokens, shapes, phrase, letter, ahead)
    for place in range(1, len(shapes)):
        if shapes[place] in VERBS and shapes[place - 1] == ACCORDING:
            # "según explicó ella"
            shapes[place - 1 : place + 1] = ["", ACCORDING]


def _words(tokens: Sequence[Token], language: Language) -> list[str]:
    """The letter of each token; behind an article some verbs are nouns."""
    shapes = [_shape(token, language) for token in tokens]
    if language.ambiguous or language.ambiguous_endings:
        for place in range(1, len(tokens)):
            determined = tokens[place - 1].lower in language.determiners
            if determined and language.is_ambiguous(tokens[place].lower):
                shapes[place] = "w"
    return shapes


def _shape(token: Token, language: Language) -> str:
    if token.kind not in "wN":
        return "w" if token.kind in "#*" else token.kind
    letter = _letters(language).get(token.lower)
    if letter is not None:
        return letter
    return "" if token.lower.endswith(language.adverb_endings) else "w"


@cache
def _letters(language: Language) -> Mapping[str, str]:
    """The letter of each word that a language has one for; the first list that has it counts."""
    lists = (
        (language.participle, PARTICIPLE),
        (language.say, SAY),
        (language.tell, TELL),
        (language.call, CALL),
        (language.that, "t"),
        (language.between, ""),
        (language.determiners, ""),
        (language.neuter, ""),
        (language.preposition, "p"),
        (language.subordinator, "s"),
        (language.conjunction, "k"),
        (language.cue_noun, NOUN),
    )
    return {word: letter for words, letter in reversed(lists) for word in words}


def _mark_phrase(
    tokens: Sequence[Token],
    shapes: list[str],
    phrase: tuple[str, ...],
    letter: str,
    ahead: Container[str] | None = None,
) -> None:
    """Mark where a phrase of source ends; with `ahead`, only behind one of these shapes."""
    size = len(phrase)
    for place in range(len(tokens) - size + 1):
        if (
            tokens[place].lower == phrase[0]
            and all(tokens[place + step].lower == phrase[step] for step in range(1, size))
            and (ahead is None or (place and shapes[place - 1] in ahead))
        ):
            shapes[place : place + size] = [""] * (size - 1) + [letter]


def path(shapes: Sequence[str], start: int, end: int, limit: int = 12) -> str:
    """The letters of the tokens [start, end), runs of plain words drawn together."""
    letters: list[str] = []
    for place in range(start, end):
        letter = shapes[place]
        if letter and not (letter == "w" and letters and letters[-1] == "w"):
            letters.append(letter)
            if len(letters) == limit:
                break
    return "".join(letters)
