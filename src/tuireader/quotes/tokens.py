"""A paragraph as a row of tokens in which every quotation is a single token.

What stands between the quotations is what names their speakers, so the rest of
the engine reads this row and not the text.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from sys import intern
from typing import NamedTuple

from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.paragraphs import Paragraph
from tuireader.quotes.quote_marks import QuotedSpan

_TOKEN = re.compile(
    r"[@#]?[^\W\d_]+(?:\d\w*|(?:(?:[-\u2010\u2011’'&·]|\.(?=[^\W\d_](?:\W|$)|[a-zß-ÿ]))[^\W\d_]+)*\.?)"
    r"|[’'][tn](?=\s)|\d+(?:[.,:/-]\d+)*(?:[-’']?\w+(?:-\w+)*)?|\S"
)
_AMOUNT = re.compile(r"[^\W\d_]{1,3}\d+(?:k|m|mn|bn|tn)")
"""A currency's sign in letters and a sum: "R50bn"."""
_INVERTED = re.compile(r"(\w+)-(?:t-)?(il|elle|on|ils|elles|je|nous|vous)", re.IGNORECASE)
_ELIDED = re.compile(r"([^\W\d_]{1,7})[’'](?=\w)")
_ENDS = ".!?…"
_MARKS = {
    "–": "-",
    "—": "-",
    "―": "-",
    "-": "-",
    "[": "(",
    "]": ")",
    "{": "(",
    "}": ")",
    "!": ".",
    "?": ".",
    "…": ".",
    "。": ".",
    "、": ",",
    ",": ",",
    "，": ",",
    ".": ".",
    ":": ":",
    ";": ";",
    "(": "(",
    ")": ")",
}


class TokenKind(StrEnum):
    """What a token is; punctuation is of the kind that it stands for."""

    WORD = "w"
    CAPITAL = "N"
    NUMBER = "#"
    QUOTE = "Q"
    END = "."
    COMMA = ","
    COLON = ":"
    SEMICOLON = ";"
    DASH = "-"
    OPENING = "("
    CLOSING = ")"
    OTHER = "*"


class Token(NamedTuple):
    """One token, in code points of the article's text."""

    kind: str
    word: str
    """As it is written, without a possessive ending."""
    lower: str
    start: int
    end: int
    possessive: bool
    sentence: int
    """The number of its sentence within the paragraph."""
    stretch: int
    """For a quotation its number among the article's stretches, else -1."""


def tokenize(
    text: str,
    paragraph: Paragraph,
    stretches: Sequence[tuple[int, QuotedSpan]],
    language: Language,
) -> list[Token]:
    """The tokens of a paragraph whose stretches are given with their numbers."""
    tokens: list[Token] = []
    place = paragraph.start
    for number, stretch in stretches:
        _words(text, place, stretch.outer_start, language, tokens)
        last = text[stretch.start : stretch.end].rstrip()[-1:]
        tokens.append(
            Token(
                "Q",
                last,
                last,
                stretch.outer_start,
                stretch.outer_end,
                possessive=False,
                sentence=0,
                stretch=number,
            )
        )
        place = stretch.outer_end
    _words(text, place, paragraph.end, language, tokens)
    return _with_sentences(tokens, language)


def _words(text: str, start: int, end: int, language: Language, tokens: list[Token]) -> None:
    for match in _TOKEN.finditer(text, start, end):
        word = intern(match[0])
        first = word[0]
        begin, finish = match.span()
        if _AMOUNT.fullmatch(word):
            tokens.append(Token("#", word, word, begin, finish, False, 0, -1))
        elif first.isalpha() or (len(word) > 1 and first in "@#’'"):
            _word(word, begin, finish, language, tokens)
        elif first.isdigit():
            tokens.append(Token("#", word, word, begin, finish, False, 0, -1))
        else:
            tokens.append(Token(_MARKS.get(first, "*"), word, word, begin, finish, False, 0, -1))


def _word(word: str, start: int, end: int, language: Language, tokens: list[Token]) -> None:
    stop = False
    elided = _ELIDED.match(word) if language.elided_words else None
    if elided and elided[1].lower() in language.elided_words:
        # French and Italian elision: "l'avocate", "dell'Interno".
        size = elided.end()
        tokens.append(
            Token("w", word[:size], word[:size].lower(), start, start + size, False, 0, -1)
        )
        word, start = word[size:], start + size
    if word[-1] == ".":
        bare = word[:-1]
        if not (len(bare) == 1 or "." in bare or bare.lower() in language.abbreviations):
            word, stop = bare, True
    finish = end - 1 if stop else end
    possessive = len(word) > 2 and word[-2] in "’'" and word[-1] in "sS"
    if possessive:
        word = word[:-2]
    inverted = _INVERTED.fullmatch(word) if "-" in word else None
    if inverted and language.hyphen_inversion:
        # "dit-il", "a-t-elle": a verb and its subject.
        middle = start + inverted.start(2)
        verb = inverted[1]
        tokens.append(Token("w", verb, verb.lower(), start, start + len(verb), False, 0, -1))
        word, start = inverted[2], middle
    first = word[0]
    kind = "N" if first.isupper() or first in "@#" else "w"
    if len(word) > 3 and word[1] in "’'" and word[2].isupper() and kind == "w":
        # "d'Emmanuel", in any language.
        tokens.append(Token("w", word[:2], word[:2].lower(), start, start + 2, False, 0, -1))
        word, start, kind = word[2:], start + 2, "N"
    if kind == "w" and len(word) > 4 and word.startswith("al-"):
        kind = "N"
    lower = word if word.islower() else word.lower()
    if len(word) > 2 or lower.rstrip(".") in language.abbreviations:
        # An initial keeps its full stop: "A." is no article.
        lower = lower.rstrip(".")
    tokens.append(Token(kind, word, lower, start, finish, possessive, 0, -1))
    if stop:
        tokens.append(Token(".", ".", ".", finish, end, False, 0, -1))


def _with_sentences(tokens: list[Token], language: Language) -> list[Token]:
    result: list[Token] = []
    sentence = 0
    last = len(tokens) - 1
    for place, token in enumerate(tokens):
        result.append(token._replace(sentence=sentence) if sentence else token)
        if place == last or (token.kind not in (".", "Q")):
            continue
        following = tokens[place + 1]
        if token.kind == ".":
            if following.kind not in ("w", ",", ".", ")"):
                sentence += 1
        elif _ends_with(tokens, place, language):
            sentence += 1
    return result


def _ends_with(tokens: list[Token], place: int, language: Language) -> bool:
    """Whether a sentence ends with the quotation at the place."""
    last = tokens[place].word
    if not last or last not in _ENDS or tokens[place + 1].kind not in ("N", "Q", "#"):
        return False
    return last == "." or not _cue_follows(tokens, place, language)


def _cue_follows(tokens: list[Token], place: int, language: Language) -> bool:
    """Whether a verb of saying comes within a few words, before anything ends."""
    for token in tokens[place + 1 : place + 9]:
        if token.kind in ".;Q":
            return False
        if token.lower in language.say_verbs:
            return True
    return False
