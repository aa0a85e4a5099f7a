"""Searches text ignoring case, accents and forms, without folding or copying the text."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import count

from tuireader.domain.article import Passage
from tuireader.text.folding import IGNORED, fold, folding_table
from tuireader.text.lazy_pattern import lazy_pattern
from tuireader.text.needle import Needle

_WINDOW = 1 << 16
"""Code points searched at a time: a millisecond, after which another thread may run."""
_OVERLAP = 4096
_FAR = "\U00010000-\U0010ffff"
MAX_QUERY_LENGTH = 500
"""Code points of a query that are used."""
_MARKS = f"[{IGNORED}]*+"
_BLANKS = rf"\s[\s{IGNORED}]*+"


@lru_cache(maxsize=16)
def search_pattern(query: str) -> re.Pattern[str] | None:
    """Return a pattern that finds a query in unfolded text.

    Case, accents, compatibility forms, the kinds of quotation marks, apostrophes and dashes, and
    soft hyphens make no difference; spaces match any run of white space, including line breaks. A
    match may begin inside a word. Matching takes linear time. Only the first 500 code points of the
    query are used. Returns None for a query that is blank or folds to nothing.
    """
    source = _source(query)
    return lazy_pattern(source) if source else None


@lru_cache(maxsize=16)
def needle_of(query: str) -> Needle | None:
    """Return what a piece of a text must have to match a query; None if there is no such thing.

    It is the longest run of letters and digits of ASCII in the query.
    """
    runs = [(word, run) for word in _folded_words(query) for run in re.finditer("[a-z0-9]+", word)]
    if not runs:
        return None
    word, run = max(runs, key=lambda found: len(found[1][0]))
    others = "".join(
        forms for place in range(len(word)) for _, forms in _long_forms(word, place)
    ) + "".join(folding_table().single.get(letter, "") for letter in run[0])
    beyond = _class("".join(other for other in others if not other.isascii()))[1:-1]
    reach = _OVERLAP + len(_source(query))
    return Needle(run[0], lazy_pattern(f"[{beyond}{IGNORED}]"), reach)


def _source(query: str) -> str:
    """Return the regular expression of a query; "" if it is blank or folds to nothing."""
    groups = count(1)
    words = enumerate(_folded_words(query))
    return _BLANKS.join(_word(word, groups, first=not number) for number, word in words)


def _folded_words(query: str) -> list[str]:
    """Return the words of a query, folded; those that fold to nothing are left out."""
    return [folded for word in query.strip()[:MAX_QUERY_LENGTH].split() if (folded := fold(word))]


@lru_cache(maxsize=64)
def term_pattern(
    term: str, *, begins_word: bool = True, ends_word: bool = True
) -> re.Pattern[str] | None:
    """Return a pattern that finds the words of a term one after the other; None if it has none.

    What makes no difference to `search_pattern` makes none here; anything but letters and digits
    may stand between two words.

    Args:
        term: The words.
        begins_word: Whether a match has to begin where a word begins.
        ends_word: Whether a match has to end where a word ends.
    """
    words = re.findall(r"[^\W_]+", fold(term[:MAX_QUERY_LENGTH]))
    if not words:
        return None
    groups = count(1)
    joined = r"[\W_]+".join(_word(word, groups, first=not i) for i, word in enumerate(words))
    before = r"(?<![^\W_])" if begins_word else ""
    return re.compile(f"{before}{joined}" + (r"(?![^\W_])" if ends_word else ""))


def find_all(
    text: str,
    query_pattern: re.Pattern[str],
    start: int = 0,
    end: int | None = None,
    *,
    goes_on: Callable[[], bool] | None = None,
    needle: Needle | None = None,
) -> Iterator[Passage]:
    """Return the matches of a pattern within [start, end) in order, as passages.

    `end` is None for the end of the text. The text is searched in windows of 65,536 code points, so
    that other threads can run; no match is empty, and matches do not overlap. `goes_on` is called
    between windows; when it returns False, the search ends. With `needle`, that of the query, the
    windows without it are passed over.
    """
    end = len(text) if end is None else min(end, len(text))
    while start < end and (goes_on is None or goes_on()):
        border = min(start + _WINDOW, end)
        if needle is not None and not needle.may_be_in(
            text[start : min(border + needle.reach, end)]
        ):
            start = border
            continue
        stop = min(border + _OVERLAP + len(query_pattern.pattern), end)
        for match in query_pattern.finditer(text, start, stop):
            if match.start() >= border:
                break
            yield Passage(*match.span())
            start = match.end()
        start = max(start, border)


def search_next(text: str, query_pattern: re.Pattern[str], offset: int) -> Passage | None:
    """Return the first match that starts at or after an offset.

    After the end of the text, the search goes on from its start. Returns None if the text has no
    match at all.
    """
    found = next(find_all(text, query_pattern, offset), None)
    return found or next(find_all(text, query_pattern), None)


def search_previous(text: str, query_pattern: re.Pattern[str], offset: int) -> Passage | None:
    """Return the last match that starts before an offset.

    Before the start of the text, the search goes on from its end. Returns None if the text has no
    match at all.
    """
    found = _last(text, query_pattern, 0, offset)
    return found or _last(text, query_pattern, offset, len(text))


def _last(text: str, query_pattern: re.Pattern[str], start: int, end: int) -> Passage | None:
    """Return the last match that starts in [start, end); None if there is none."""
    while end > start:
        first = max(start, end - _WINDOW)
        found = None
        stop = end + _OVERLAP + len(query_pattern.pattern)
        for match in query_pattern.finditer(text, first, stop):
            if match.start() >= end:
                break
            found = Passage(*match.span())
        if found:
            return found
        end = first
    return None


def _word(word: str, groups: "count[int]", *, first: bool) -> str:
    """Return the regular expression for one folded word.

    A character of the text may stand for several of the word ("ß" for "ss"). The group that such a
    character fills makes the places it covers optional, which keeps the expression as short as the
    word and free of backtracking.

    Args:
        word: The folded word, not empty.
        groups: Counts the groups of the whole expression, from 1.
        first: Whether the expression begins with this word.
    """
    parts = []
    covering: list[tuple[int, int]] = []  # (group, place behind what it covers)
    for place in range(len(word)):
        covering = [(group, behind) for group, behind in covering if behind > place]
        long = [(next(groups), size, characters) for size, characters in _long_forms(word, place)]
        short = word[place] + folding_table().single.get(word[place], "")
        part = _first_part(short, long) if first and not place else _part(short, long)
        part += _MARKS
        for group, _ in covering:
            part = f"(?({group})|{part})"
        covering += [(group, place + size) for group, size, _ in long]
        parts.append(part)
    return "".join(parts)


def _long_forms(word: str, place: int) -> Iterator[tuple[int, str]]:
    """Yield the characters that stand for several letters of a word from `place` on.

    Each is a pair: how many letters (2 to 4), and the characters that stand for them.
    """
    from unicodedata import normalize  # noqa: PLC0415 - a table of 1 MB, not needed to start

    several = folding_table().several
    for size in range(2, min(4, len(word) - place) + 1):
        covered = word[place : place + size]
        composed = normalize("NFC", covered)
        forms = several.get(covered, "") + (composed if len(composed) == 1 else "")
        if forms:
            yield size, forms


def _part(short: str, long: list[tuple[int, int, str]]) -> str:
    """Return the expression for one character of a word.

    Args:
        short: the characters that fold to it.
        long: characters that fold to it and what follows: each a group's number, how many
            characters of the word they cover, and the characters.

    """
    if not long:
        return _class(short)
    return "(?:" + "|".join([*(f"({_class(forms)})" for _, _, forms in long), _class(short)]) + ")"


def _first_part(short: str, long: list[tuple[int, int, str]]) -> str:
    """Return the expression for the first character of a word.

    The parameters are those of `_part`. It starts with one character class, so that the regex
    engine can skip quickly.
    """
    every = short + "".join(forms for _, _, forms in long)
    near = "".join(character for character in every if character < _FAR[0])
    skipping = _class(near, far=len(near) < len(every))
    if not long and len(near) == len(every):
        return skipping
    behind = [f"(?<=({_class(forms)}))" for _, _, forms in long]
    return skipping + "(?:" + "|".join([f"(?<={_class(short)})", *behind]) + ")"


def _class(characters: str, *, far: bool = False) -> str:
    """Return a character class, with ranges; `far` adds all characters beyond U+FFFF."""
    codes = sorted(set(map(ord, characters)))
    runs: list[list[int]] = []
    for code in codes:
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    inside = "".join(
        re.escape(chr(first)) + (f"-{re.escape(chr(last))}" if last > first else "")
        for first, last in runs
    )
    return f"[{inside}{_FAR if far else ''}]"
