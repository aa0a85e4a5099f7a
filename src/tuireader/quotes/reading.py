"""A paragraph as the engine reads it: tokens, mentions and the shape of both."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from tuireader.quotes.cues import shapes_of
from tuireader.quotes.language import Language
from tuireader.quotes.marks import Stretch
from tuireader.quotes.mentions import Mention, mentions_in
from tuireader.quotes.paragraphs import Paragraph
from tuireader.quotes.tokens import Token, tokens_of

_LIGHT = 3
"""Letters in a word that is small in a heading too."""
_FEW, _MANY = 5, 25
"""Words of more letters that a heading has at least and at most."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One paragraph, read."""

    number: int
    aside: bool
    tokens: Sequence[Token]
    mentions: Sequence[Mention]
    shapes: Sequence[str]
    language: Language
    stretches: Sequence[tuple[int, Stretch]]
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
        few = not self.language.nouns_capital and least <= len(heavy) <= _MANY
        return few and capitals * 4 >= len(heavy) * 3

    def place_of(self, stretch: int) -> int:
        """The token that stands for a stretch."""
        for place, token in enumerate(self.tokens):
            if token.stretch == stretch:
                return place
        return -1


def read(
    text: str,
    paragraph: Paragraph,
    number: int,
    stretches: Sequence[tuple[int, Stretch]],
    language: Language,
    *,
    common: Container[str] = (),
) -> Reading:
    """Read one paragraph whose stretches are given with their numbers.

    `common` holds words that the article also writes without a capital.
    """
    tokens = tokens_of(text, paragraph, stretches, language)
    mentions = mentions_in(tokens, number, language, common)
    shapes = shapes_of(tokens, mentions, language)
    return Reading(number, paragraph.aside, tokens, mentions, shapes, language, stretches)
