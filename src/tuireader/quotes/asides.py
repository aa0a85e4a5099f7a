"""Who speaks, said within the words: "Oui, dit-il, venez", "—Sí —dijo Ana—, claro"."""

import re
from collections.abc import Iterator

from tuireader.quotes.language import Language

_GAP = " \t\xa0"
_DASH = re.compile(rf"[–—―][{_GAP}]*+(?=[^\W\d_])")
_CLOSING = re.compile(rf"[–—―][.,;:]?[{_GAP}]*+")
_BREAK = re.compile(r"[,.!?…;»][ \t\xa0\u202f\n]+(?:[–—―][ \t]*)?(?=[^\W\d_])")
_STOP = re.compile(r"\.(?=\s|$|[»”\"])|[:;!?…](?=\s|$)|,(?=\s)")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_SUFFIX = re.compile(r"-(?:t-)?(?:il|elle|on|ils|elles|je|nous|vous|ce)$")
_ENCLITIC = re.compile(r"-(?:lhe|lhes|me|te|se|nos|vos|o|a|os|as)$")
_LAST = re.compile(r"(?<![^\W\d_])[^\W\d_]++$")
_NOTE = re.compile(r"(?:\[[^\[\]\n]{8,400}\]|\([A-ZÀ-Þ][^()\n]{12,400}\))")
"""What an editor or the narrator puts into a speech between brackets."""


def asides_in(text: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    """Where the narrator speaks between two places, in order."""
    place = start
    while found := _next(text, place, end, language):
        yield found
        place = found[1]


def notes_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where an editor's note or a sentence of the narrator stands between brackets."""
    for match in _NOTE.finditer(text, start, end):
        yield _before_gap(text, match.start(), start, " \t"), match.end()


def _next(text: str, start: int, end: int, language: Language) -> tuple[int, int] | None:
    """The next words that name the speaker, behind a mark or between dashes."""
    by_mark = by_dash = None
    for match in _BREAK.finditer(text, start, end):
        verb = _verb(text, match.end(), end, language)
        if verb:
            by_mark = match.start() + 1, _end(text, verb.end(), end, language)
            break
    for match in _DASH.finditer(text, start, by_mark[0] + 3 if by_mark else end):
        verb = _verb(text, match.end(), end, language)
        if verb:
            close = _CLOSING.search(text, verb.end(), end)
            by_dash = _before_gap(text, match.start(), start), close.end() if close else end
            break
    return by_dash or by_mark


def _before_gap(text: str, at: int, start: int, gap: str = _GAP) -> int:
    """Where the blanks before a place begin, not looked for before the start."""
    while at > start and text[at - 1] in gap:
        at -= 1
    return at


def _verb(text: str, start: int, end: int, language: Language) -> re.Match[str] | None:
    """The verb of saying that stands at a place, or behind a small word there ("lui dit-il")."""
    for _ in range(3):
        word = _WORD.match(text, start, end)
        if word is None:
            return None
        if _says(word[0], language):
            return word
        if word[0].lower() not in language.between:
            return None
        start = word.end() + 1
    return None


def _says(word: str, language: Language) -> bool:
    if not word[0].islower():
        return False
    verb = _ENCLITIC.sub("", _SUFFIX.sub("", word.replace("’", "'")))
    return verb in language.say or verb.removeprefix("s'") in language.say


def _end(text: str, start: int, end: int, language: Language) -> int:
    """Where the words of the narrator end: at a mark that the speech goes on behind."""
    for stop in _STOP.finditer(text, start, end):
        if stop[0] == "." and _is_abbreviation(text, stop.start(), language):
            continue
        if stop[0] != "," or not _goes_on(text, stop.end(), end, language):
            return stop.end()
    return end


def _is_abbreviation(text: str, at: int, language: Language) -> bool:
    word = _LAST.search(text[max(0, at - 12) : at])
    return word is not None and (len(word[0]) == 1 or word[0].lower() in language.abbreviations)


def _goes_on(text: str, start: int, end: int, language: Language) -> bool:
    """Whether the narrator goes on behind a comma: "…, dit-il, avec un sourire"."""
    word = _WORD.search(text, start, end)
    if word is None:
        return True
    joined = word[0].lower()
    if joined in language.conjunction:
        following = _WORD.search(text, word.end(), end)
        joined = following[0].lower() if following else ""
        return (
            joined in language.masculine | language.feminine
            or joined in language.definite
            or joined in language.preposition
            or joined.endswith(("ant", "ando", "endo"))
        )
    return joined in language.preposition or joined.endswith(("ant", "ando", "endo"))
