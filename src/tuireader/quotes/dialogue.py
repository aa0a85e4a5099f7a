"""Speech that no quotation mark encloses: dialogue behind a dash, and labelled lines.

A dash opens a speech at the beginning of a line in the languages that write so; what
names the speaker within it stands between dashes (Spanish) or between a mark and the
next one (French: "– Oui, dit-il. Venez."). In an interview most paragraphs begin with
a label: a name, or letters for question and answer.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tuireader.quotes.language import Language
from tuireader.quotes.marks import Stretch
from tuireader.quotes.paragraphs import Paragraph

_DASH = re.compile(r"[ \t\xa0]*(?:[–—―]|--)[ \t\xa0\u202f\u2009]*(?=\S)")
_INNER_DASH = re.compile(r"[ \t\xa0]?[–—―](?=\w)|(?<=\w)[–—―][.,;:]?(?=\s|$)")
_BREAK = re.compile(r"[,.!?…;»][ \t\xa0\u202f]+(?:[–—―][ \t]*)?(?=[^\W\d_])")
_CLOSING_DASH = re.compile(r"[ \t\xa0]?[–—―]")
_STOP = re.compile(r"[.:;](?=\s|$)|,(?=\s)|[!?](?=\s)")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LABEL = re.compile(r"\s{0,3}([A-ZÀ-Þ][\w.’'-]{0,24}(?: [A-ZÀ-Þ][\w.’'-]{0,24}){0,3})\s?:\s+(?=\S)")
_SUFFIX = re.compile(r"-(?:t-)?(?:il|elle|on|ils|elles|je|nous|vous|ce)$")


def dash_stretches(
    text: str, paragraphs: Sequence[Paragraph], language: Language
) -> dict[int, list[Stretch]]:
    """The stretches of dialogue behind dashes, by the number of their paragraph.

    None if the article shows no sign that its dashes are dialogue: two such lines
    in a row, or a verb of saying in one.
    """
    if not language.dashes:
        return {}
    opened = {
        number: match.end()
        for number, paragraph in enumerate(paragraphs)
        if (match := _DASH.match(text, paragraph.start, paragraph.end))
    }
    found = {
        number: list(_speech(text, start, paragraphs[number], number, language))
        for number, start in opened.items()
    }
    spoken = any(len(stretches) > 1 for stretches in found.values())
    in_turn = any(number + 1 in opened for number in opened)
    return found if spoken or in_turn else {}


def _speech(
    text: str, start: int, paragraph: Paragraph, number: int, language: Language
) -> Iterator[Stretch]:
    """The speech of one paragraph without what names its speaker."""
    place = outer = start
    while place < paragraph.end:
        aside = _aside(text, place, paragraph.end, language)
        end = aside[0] if aside else paragraph.end
        if text[outer:end].strip(" ,.;:–—―\xa0"):
            close = _CLOSING_DASH.match(text, end, paragraph.end)
            outer_end = close.end() if close else end
            yield Stretch(outer, end, number, outer, outer_end, dash=True)
        if aside is None:
            return
        outer = place = aside[1]


def _aside(text: str, start: int, end: int, language: Language) -> tuple[int, int] | None:
    """Where the next words that name the speaker begin and end."""
    for match in _BREAK.finditer(text, start, end):
        word = _verb(text, match.end(), end, language)
        if word:
            return match.end(), _aside_end(text, word.end(), end, language)
    for match in _INNER_DASH.finditer(text, start, end):
        word = _verb(text, match.end(), end, language)
        if word:
            close = _INNER_DASH.search(text, word.end(), end)
            return match.start(), close.end() if close else end
    return None


def _verb(text: str, start: int, end: int, language: Language) -> re.Match[str] | None:
    """The verb of saying that stands at a place, or behind a small word there ("lui dit-il")."""
    word = _WORD.match(text, start, end)
    if word and word[0].lower() in language.between:
        word = _WORD.match(text, word.end() + 1, end)
    return word if word and _says(word[0], language) else None


def _says(word: str, language: Language) -> bool:
    if not word[0].islower():
        return False
    verb = _SUFFIX.sub("", word.replace("’", "'"))
    return verb in language.say or verb.removeprefix("s'") in language.say


def _aside_end(text: str, start: int, end: int, language: Language) -> int:
    for stop in _STOP.finditer(text, start, end):
        if stop[0] != ",":
            return stop.end()
        word = _WORD.search(text, stop.end(), end)
        if word is None:
            break
        joined = word[0].lower()
        if not (
            joined in language.preposition
            or joined in language.conjunction
            or joined.endswith(("ant", "ando", "endo"))
        ):
            return stop.end()
    return end


def labelled(text: str, paragraphs: Sequence[Paragraph], language: Language) -> dict[int, Stretch]:
    """The speeches of an interview by paragraph: what follows a label that recurs.

    Empty unless at least half of the paragraphs begin with such labels, and two or
    more labels recur.
    """
    labels: dict[int, re.Match[str]] = {}
    for number, paragraph in enumerate(paragraphs):
        if match := _LABEL.match(text, paragraph.start, paragraph.end):
            labels[number] = match
    counts = Counter(match[1] for match in labels.values())
    recurring = {label for label, count in counts.items() if count > 1}
    recurring |= {label for label in counts if label in language.question | language.answer}
    kept = {number: match for number, match in labels.items() if match[1] in recurring}
    if len(recurring) < 2 or len(kept) * 2 < len(paragraphs):
        return {}
    return {
        number: Stretch(
            match.end(),
            paragraphs[number].end,
            number,
            match.end(),
            paragraphs[number].end,
            label=match[1],
        )
        for number, match in kept.items()
    }
