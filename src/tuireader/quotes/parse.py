"""The words that say that something was said, and the shape of what stands around them.

A paragraph as the engine reads it: tokens, mentions and the shape of both.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.mentions.mentions import Mention, mentions_in
from tuireader.quotes.paragraphs import Paragraph
from tuireader.quotes.quote_marks import QuotedSpan
from tuireader.quotes.tokens import Token, tokenize

SAY, TELL, CALL, PARTICIPLE, ACCORDING, NOUN = "S", "T", "C", "G", "A", "O"
CUES = frozenset("STCGA")
VERBS = frozenset("STC")


def tag_tokens(
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
        if mention.inside and start and tokens[start - 1].lower in language.of_prepositions:
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
        (language.source_phrases, ACCORDING, None),
        (language.source_phrases_after_quote, ACCORDING, ("Q", ",")),
        (language.source_postpositions, SAY, None),
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
    if language.ambiguous_cues or language.ambiguous_cue_endings:
        for place in range(1, len(tokens)):
            determined = tokens[place - 1].lower in language.determiners
            if determined and language.is_ambiguous_cue(tokens[place].lower):
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
        (language.participles, PARTICIPLE),
        (language.say_verbs, SAY),
        (language.tell_verbs, TELL),
        (language.call_verbs, CALL),
        (language.complementizers, "t"),
        (language.intervening_words, ""),
        (language.determiners, ""),
        (language.neuter_pronouns, ""),
        (language.prepositions, "p"),
        (language.subordinators, "s"),
        (language.conjunctions, "k"),
        (language.cue_nouns, NOUN),
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


def tag_path(shapes: Sequence[str], start: int, end: int, limit: int = 12) -> str:
    """The letters of the tokens [start, end), runs of plain words drawn together."""
    letters: list[str] = []
    for place in range(start, end):
        letter = shapes[place]
        if letter and not (letter == "w" and letters and letters[-1] == "w"):
            letters.append(letter)
            if len(letters) == limit:
                break
    return "".join(letters)


_LIGHT = 3
"""Letters in a word that is small in a heading too."""
_FEW, _MANY = 5, 25
"""Words of more letters that a heading has at least and at most."""


@dataclass(frozen=True, slots=True)
class ParsedParagraph:
    """One paragraph, read."""

    number: int
    aside: bool
    tokens: Sequence[Token]
    mentions: Sequence[Mention]
    shapes: Sequence[str]
    language: Language
    stretches: Sequence[tuple[int, QuotedSpan]]
    """The stretches in it, with their numbers in the article."""

    @property
    def titled(self) -> bool:
        """Whether its capitals are a heading's and show no names."""
        if self.aside:
            return True
        if "Q" in self.shapes and self.shapes[-1:] == ["."] and ("S" in self.shapes):
            # "“…,” said Rusmik Oza, Head of Fundamental Research at Kotak Securities."
            return False
        heavy = [token for token in self.tokens if len(token.word) > _LIGHT]
        capitals = sum(token.kind == "N" for token in heavy)
        least = _FEW + (self.shapes[-1:] == ["."])
        few = not self.language.capital_nouns and least <= len(heavy) <= _MANY
        return few and capitals * 4 >= len(heavy) * 3

    def place_of(self, stretch: int) -> int:
        """The token that stands for a stretch."""
        for place, token in enumerate(self.tokens):
            if token.stretch == stretch:
                return place
        return -1


def parse_paragraph(
    text: str,
    paragraph: Paragraph,
    number: int,
    stretches: Sequence[tuple[int, QuotedSpan]],
    language: Language,
    *,
    common: Container[str] = (),
) -> ParsedParagraph:
    """Read one paragraph whose stretches are given with their numbers.

    `common` holds words that the article also writes without a capital.
    """
    tokens = tokenize(text, paragraph, stretches, language)
    mentions = mentions_in(tokens, number, language, common)
    shapes = tag_tokens(tokens, mentions, language)
    return ParsedParagraph(number, paragraph.aside, tokens, mentions, shapes, language, stretches)
