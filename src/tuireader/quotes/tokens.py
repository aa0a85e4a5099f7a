"""Splits a paragraph into tokens; every quoted span is a single token.

Speakers are named by what stands between the quoted spans, so the rest of the engine
works on these tokens and not on the text.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from sys import intern

from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.quoted_spans import Paragraph, QuotedSpan

_JOINED = (
    r"\u200c\u064b-\u065f\u0670\u05b0-\u05c7\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
)
"""Signs inside words that are no letters: vowel signs of Arabic, Hebrew and Hindi, a non-joiner."""
_LETTERS = rf"[^\W\d_]+(?:[{_JOINED}]+[^\W\d_]*)*"
_TOKEN = re.compile(
    # Most words are in plain letters with a space or a comma after them.
    rf"[A-Za-z]++(?=[ ,])"
    rf"|[@#]?{_LETTERS}(?:\d\w*|(?:(?:[-\u2010\u2011’'&·・״׳]|[\"”](?=[\u05d0-\u05ea])"
    rf"|\.(?=[^\W\d_](?:\W|$)|[a-zß-ÿ])){_LETTERS})*\.?)"
    r"|[’'][tn](?=\s)|\d+(?:[.,:/-]\d+)*(?:[-’']?\w+(?:-\w+)*)?|\S"
)
_AMOUNT = re.compile(r"[^\W\d_]{1,3}\d+(?:k|m|mn|bn|tn)")
"""A currency in letters and an amount: "R50bn"."""
_INVERTED = re.compile(r"(\w+)-(?:t-)?([^\W\d_]+)")
"""A verb and its subject, with a "t" between vowels: "dit-il", "a-t-elle"."""
_ELIDED = re.compile(r"([^\W\d_]{1,7})[’'](?=\w)")
_CASELESS = "\u0590"
"""The first letter of the scripts without capitals, of which Hebrew is the first."""
_SENTENCE_ENDS = ".!?…"
_MAY_END_SENTENCE = (".", "Q")
"""The kinds of the tokens that may end a sentence."""
_MAX_KEPT_WORDS = 1 << 16
"""The most words that are kept with their kinds; this takes 15 MB at most."""
_PUNCTUATION_KINDS = {
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
    "।": ".",
    "॥": ".",
    "۔": ".",
    "、": ",",
    ",": ",",
    "，": ",",
    ".": ".",
    ":": ":",
    ";": ";",
    "：": ":",
    "；": ";",
    "！": ".",
    "？": ".",
    "،": ",",
    "؛": ";",
    "؟": ".",
    "（": "(",
    "）": ")",
    "(": "(",
    ")": ")",
}


class Token:
    """One token; its offsets are code points of the article's text.

    It is no tuple, since its attributes are read a hundred times for each word of an article. It
    changes only while its paragraph is split into tokens.

    Attributes:
        kind: w a word, N a word with a capital, # a number, Q a quoted span, * anything else;
            punctuation is the mark that it stands for: . , : ; - ( )
        word: the word as it is written, without a possessive ending.
        lower: the word in lower case.
        start: the offset of its first code point.
        end: the offset after its last one.
        possessive: whether a possessive ending follows the word.
        span_number: the number of a quoted span in the article; -1 for any other token.
        sentence: the number of its sentence within the paragraph.
    """

    __slots__ = (
        "end",
        "kind",
        "lower",
        "possessive",
        "sentence",
        "span_number",
        "start",
        "word",
    )

    def __init__(
        self,
        kind: str,
        word: str,
        lower: str,
        start: int,
        end: int,
        *,
        possessive: bool = False,
        span_number: int = -1,
        sentence: int = 0,
    ) -> None:
        """Keep the attributes."""
        self.kind = kind
        self.word = word
        self.lower = lower
        self.start = start
        self.end = end
        self.possessive = possessive
        self.span_number = span_number
        self.sentence = sentence

    def part(self, word: str, start: int, end: int) -> "Token":
        """Return the token of a part of the word, between two offsets of the text."""
        return Token(
            self.kind,
            word,
            word,
            start,
            end,
            possessive=self.possessive,
            span_number=self.span_number,
            sentence=self.sentence,
        )


def tokenize(
    text: str,
    paragraph: Paragraph,
    spans: Sequence[tuple[int, QuotedSpan]],
    language: Language,
) -> list[Token]:
    """Return the tokens of a paragraph; `spans` are its quoted spans with their numbers."""
    tokens: list[Token] = []
    offset = paragraph.start
    for number, span in spans:
        _append_words(text, offset, span.outer_start, language, tokens)
        last = text[span.start : span.end].rstrip()[-1:]
        tokens.append(Token("Q", last, last, span.outer_start, span.outer_end, span_number=number))
        offset = span.outer_end
    _append_words(text, offset, paragraph.end, language, tokens)
    if any(token.kind == "*" for token in tokens):
        tokens = _with_plain_possessives(tokens)
    _number_sentences(tokens, language)
    return tokens


def _append_words(text: str, start: int, end: int, language: Language, tokens: list[Token]) -> None:
    """Append the tokens of the text between two offsets."""
    for match in _TOKEN.finditer(text, start, end):
        found = match[0]
        begin, finish = match.span()
        kind, word, lower = _parts_of(found)
        if kind:
            tokens.append(Token(kind, word, lower, begin, finish))
        else:
            _append_word(found, begin, finish, language, tokens)


@lru_cache(_MAX_KEPT_WORDS)
def _parts_of(word: str) -> tuple[str, str, str]:
    """Return the kind, the word and the word in lower case of a token in any language.

    The kind is "" for a word that may have something to split off; most have nothing. The words
    are kept, because most tokens of an article are words of the articles before.
    """
    word = intern(word)
    first = word[0]
    if word.isalpha():
        return "N" if first.isupper() else "w", word, intern(word.lower())
    if _AMOUNT.fullmatch(word):
        return "#", word, word
    if first.isalpha() or (len(word) > 1 and first in "@#’'"):
        return "", word, word
    return "#" if first.isdigit() else _PUNCTUATION_KINDS.get(first, "*"), word, word


def _append_word(word: str, start: int, end: int, language: Language, tokens: list[Token]) -> None:
    """Append the tokens of one word: elisions, inversions and a full stop are split off."""
    full_stop = False
    elided = _ELIDED.match(word) if language.elided_words else None
    if elided and elided[1].lower() in language.elided_words:
        # French and Italian elision: "l'avocate", "dell'Interno".
        word, start = _split_off(word, start, elided.end(), tokens)
    stem = _stem_before_apostrophe(word) if language.apostrophe_endings else ""
    if word[-1] == ".":
        bare = word[:-1]
        if not (len(bare) == 1 or "." in bare or bare.lower() in language.abbreviations):
            word, full_stop = bare, True
    finish = end - 1 if full_stop else end
    possessive = len(word) > 2 and word[-2] in "’'" and word[-1] in "sS"
    possessive = possessive or bool(stem)
    if possessive:
        word = stem or word[:-2]
    inverted = _INVERTED.fullmatch(word) if language.inverted_pronouns and "-" in word else None
    if inverted and inverted[2].lower() in language.inverted_pronouns:
        middle = start + inverted.start(2)
        verb = inverted[1]
        tokens.append(Token("w", verb, verb.lower(), start, start + len(verb)))
        word, start = inverted[2], middle
    first = word[0]
    kind = "N" if first.isupper() or first in "@#" else "w"
    if len(word) > 3 and word[1] in "’'" and word[2].isupper() and kind == "w":
        # "d'Emmanuel", in any language.
        word, start = _split_off(word, start, 2, tokens)
        kind = "N"
    if kind == "w" and len(word) > 4 and word.startswith("al-"):
        kind = "N"
    lower = word if word.islower() else word.lower()
    if len(word) > 2 or lower.rstrip(".") in language.abbreviations:
        # An initial keeps its full stop, so that "A." is no article.
        lower = lower.rstrip(".")
    tokens.append(Token(kind, word, lower, start, finish, possessive=possessive))
    if full_stop:
        tokens.append(Token(".", ".", ".", finish, end))


def _stem_before_apostrophe(word: str) -> str:
    """Return a name without its case ending, if an apostrophe separates both, else ""."""
    stem, apostrophe, _ = word.replace("’", "'").partition("'")
    return stem if apostrophe and len(stem) > 1 and word[0].isupper() else ""


def _split_off(word: str, start: int, size: int, tokens: list[Token]) -> tuple[str, int]:
    """Append the first `size` letters of a word as a token; return the rest and its offset."""
    head = word[:size]
    tokens.append(Token("w", head, head.lower(), start, start + size))
    return word[size:], start + size


def is_caseless(word: str) -> bool:
    """Return whether a word begins with a letter of a script that has no capitals."""
    return word[0] >= _CASELESS and word[0].lower() == word[0].upper()


def _with_plain_possessives(tokens: list[Token]) -> list[Token]:
    """Return the tokens, a bare apostrophe after a name in "s" made its ending: "Roes' lawyer"."""
    result: list[Token] = []
    for position, token in enumerate(tokens):
        before = result[-1] if result else None
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        if (
            token.kind == "*"
            and token.word in ("’", "'")
            and before is not None
            and before.kind == "N"
            and before.end == token.start
            and before.word[-1] in "sxz"
            and following is not None
            and following.kind == "w"
            and following.start > token.end
        ):
            before.possessive, before.end = True, token.end
        else:
            result.append(token)
    return result


def _number_sentences(tokens: list[Token], language: Language) -> None:
    """Give each token the number of its sentence."""
    sentence = 0
    last = len(tokens) - 1
    for position, token in enumerate(tokens):
        token.sentence = sentence
        if token.kind not in _MAY_END_SENTENCE or position == last:
            continue
        following = tokens[position + 1]
        if token.kind == ".":
            in_lower_case = following.kind == "w" and not is_caseless(following.word)
            if not in_lower_case and following.kind not in (",", ".", ")"):
                sentence += 1
        elif _ends_sentence(tokens, position, language):
            sentence += 1


def _ends_sentence(tokens: list[Token], position: int, language: Language) -> bool:
    """Return whether a sentence ends with the quoted span at the position."""
    last = tokens[position].word
    if not last or last not in _SENTENCE_ENDS or tokens[position + 1].kind not in ("N", "Q", "#"):
        return False
    return last == "." or not _cue_follows(tokens, position, language)


def _cue_follows(tokens: list[Token], position: int, language: Language) -> bool:
    """Return whether a verb of saying follows within a few words of the same sentence."""
    for token in tokens[position + 1 : position + 9]:
        if token.kind in ".;Q":
            return False
        if token.lower in language.say_verbs:
            return True
    return False
