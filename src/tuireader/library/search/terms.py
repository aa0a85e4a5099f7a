"""Terms of the search index: how text is folded before it is indexed, and matched in a query.

SQLite's `unicode61` tokenizer divides text at everything but letters and digits. Before it sees
a text, case, accents and forms are folded, Hangul is decomposed so that a stem is a prefix, and
characters of scripts without spaces become words of their own.
"""

import re
from functools import cache, lru_cache

from tuireader.library.query.conditions import TextCondition, TextMatch
from tuireader.text.folding import fold

SEARCHED_COLUMNS = ("title", "author", "outlet", "text", "note", "tags")
"""The columns of the index in which a word without a field is searched."""

_MIN_PREFIX = 3
"""Letters from which a prefix is searched in texts; shorter ones only in titles and names."""

_SHORT_COLUMNS = ("title", "author", "outlet", "tags")
_ARTICLE = "ال"
"""The Arabic article, which is written as one word with its noun."""
_UMLAUTS = {"ae": "a", "oe": "o", "ue": "u"}


@cache
def _not_ascii() -> re.Pattern[str]:
    return re.compile(r"[^\x00-\x7f]+")


@cache
def _unspaced() -> re.Pattern[str]:
    """Return the pattern of a character of a script that has no spaces between words."""
    return re.compile(
        "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
        "\uf900-\ufaff\U00020000-\U0003fffd])"
    )


@cache
def _token() -> re.Pattern[str]:
    return re.compile(r"[^\W_]")


@lru_cache(maxsize=4096)
def _folded_run(run: str) -> str:
    return _unspaced().sub(r" \1 ", fold(run))


def index_text(text: str) -> str:
    """Return the folded form of a text that the index contains and queries search for.

    Letters are in lower case, without accents; characters of scripts without spaces between words
    become separate words.

    >>> index_text("Café 北京")
    'cafe  北  京 '
    """
    if text.isascii():
        return text.lower()
    return _not_ascii().sub(lambda run: _folded_run(run[0]), text.lower())


def has_token(folded: str) -> bool:
    """Return whether a folded text has a letter or a digit; without one it matches nothing."""
    return bool(_token().search(folded))


def match_expression(condition: TextCondition) -> str:
    """Return the FTS5 expression of a condition; "" if its text has no letter or digit.

    `INSIDE` conditions are not supported: see `inside_expression`.
    """
    folded = index_text(condition.text)
    if not has_token(folded):
        return ""
    columns: tuple[str, ...] = (_column(condition.field),)
    is_short = condition.match is TextMatch.PREFIX and len(folded) < _MIN_PREFIX
    if condition.field == "any":
        columns = _SHORT_COLUMNS if is_short else SEARCHED_COLUMNS
    star = "*" if condition.match is TextMatch.PREFIX or is_hangul(folded) else ""
    terms = [f"{quoted(variant)}{star}" for variant in term_variants(folded, condition.match)]
    return f"{{{' '.join(columns)}}} : ({' OR '.join(terms)})"


def inside_expression(field: str, words: tuple[str, ...]) -> str:
    """Return the FTS5 expression that finds any of these words in a field.

    `words` come from the vocabulary, and must not be empty.
    """
    columns = SEARCHED_COLUMNS if field == "any" else (_column(field),)
    return f"{{{' '.join(columns)}}} : ({' OR '.join(map(quoted, words))})"


def quoted(words: str) -> str:
    """Return words as an FTS5 string, in which nothing is an operator."""
    return '"' + words.replace('"', '""').replace("\0", " ") + '"'


def _column(field: str) -> str:
    return {"file": "place", "source": "place", "tag": "tags"}.get(field, field)


def term_variants(folded: str, match: TextMatch) -> list[str]:
    """Return a folded term, then other spellings that count as equal.

    Such as without hyphens, or o for oe. Other matches than WORD have only the term itself.
    """
    found = [folded]
    if match is not TextMatch.WORD:
        return found
    joined = folded.replace("-", "")
    if joined != folded:
        found.append(joined)
    plain = folded
    for pair, vowel in _UMLAUTS.items():
        plain = plain.replace(pair, vowel)
    if plain != folded:
        found.append(plain)
    if "\u0600" <= folded[0] <= "\u06ff":
        bare = folded.removeprefix(_ARTICLE)
        found.append(bare if bare != folded else _ARTICLE + folded)
    return found


def is_unspaced(character: str) -> bool:
    """Return whether a character is of a script that has no spaces between words."""
    return bool(_unspaced().match(character))


def is_hangul(folded: str) -> bool:
    """Return whether a folded word, which must not be empty, begins with a Korean letter.

    The stems of Korean words are their prefixes, so such words are searched as prefixes.
    """
    return "\u1100" <= folded[0] <= "\u11ff"
