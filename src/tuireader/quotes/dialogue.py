"""Who speaks, said within the words: "Oui, dit-il, venez", "—Sí —dijo Ana—, claro".

Speech that no quotation mark encloses: dialogue behind a dash, and labelled lines.

A dash opens a speech at the beginning of a line in the languages that write so; what
names the speaker within it stands between dashes (Spanish) or between a mark and the
next one (French: "– Oui, dit-il. Venez."). In an interview most paragraphs begin with
a label: a name, or letters for question and answer.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.paragraphs import Paragraph
from tuireader.quotes.quote_marks import QuotedSpan

_GAP = " \t\xa0"
_ASIDE_DASH = re.compile(rf"[–—―][{_GAP}]*+(?=[^\W\d_])")
_CLOSING = re.compile(rf"[–—―][.,;:]?[{_GAP}]*+")
_BREAK = re.compile(r"[,.!?…;»][ \t\xa0\u202f\n]+(?:[–—―][ \t]*)?(?=[^\W\d_])")
_STOP = re.compile(r"\.(?=\s|$|[»”\"])|[:;!?…](?=\s|$)|,(?=\s)")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_SUFFIX = re.compile(r"-(?:t-)?(?:il|elle|on|ils|elles|je|nous|vous|ce)$")
_ENCLITIC = re.compile(r"-(?:lhe|lhes|me|te|se|nos|vos|o|a|os|as)$")
_LAST = re.compile(r"(?<![^\W\d_])[^\W\d_]++$")
_NOTE = re.compile(r"(?:\[[^\[\]\n]{8,400}\]|\([A-ZÀ-Þ][^()\n]{12,400}\))")
"""What an editor or the narrator puts into a speech between brackets."""


def inquits_in(text: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    """Where the narrator speaks between two places, in order."""
    place = start
    while found := _next(text, place, end, language):
        yield found
        place = found[1]


def bracketed_notes_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
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
    for match in _ASIDE_DASH.finditer(text, start, by_mark[0] + 3 if by_mark else end):
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
        if word[0].lower() not in language.intervening_words:
            return None
        start = word.end() + 1
    return None


def _says(word: str, language: Language) -> bool:
    if not word[0].islower():
        return False
    verb = _ENCLITIC.sub("", _SUFFIX.sub("", word.replace("’", "'")))
    return verb in language.say_verbs or verb.removeprefix("s'") in language.say_verbs


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
    if joined in language.conjunctions:
        following = _WORD.search(text, word.end(), end)
        joined = following[0].lower() if following else ""
        return (
            joined in language.masculine_pronouns | language.feminine_pronouns
            or joined in language.definite_articles
            or joined in language.prepositions
            or joined.endswith(("ant", "ando", "endo"))
        )
    return joined in language.prepositions or joined.endswith(("ant", "ando", "endo"))


_DASH = re.compile(r"[ \t\xa0]*(?:[–—―]|--)[ \t\xa0\u202f\u2009]*(?=\S)")
_CLOSING_DASH = re.compile(r"[ \t\xa0]?[–—―]")
_LABEL = re.compile(r"\s{0,3}([A-ZÀ-Þ][\w.’'-]{0,24}(?: [A-ZÀ-Þ][\w.’'-]{0,24}){0,3})\s?:\s+(?=\S)")


def dash_dialogue(
    text: str, paragraphs: Sequence[Paragraph], language: Language
) -> dict[int, list[QuotedSpan]]:
    """The stretches of dialogue behind dashes, by the number of their paragraph.

    None if the article shows no sign that its dashes are dialogue: two such lines
    in a row, or a verb of saying in one.
    """
    if not language.dash_dialogue:
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
) -> Iterator[QuotedSpan]:
    """The speech of one paragraph without what names its speaker."""
    for part, (first, last) in enumerate(_spoken(text, start, paragraph.end, language)):
        outer_end = _closed(text, last, paragraph.end)
        yield QuotedSpan(first, last, number, first, outer_end, continues=part > 0, dash=True)


def _closed(text: str, end: int, limit: int) -> int:
    """The end of a speech with the dash that closes it."""
    close = _CLOSING_DASH.match(text, end, limit)
    return close.end() if close else end


def _spoken(text: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    """What is spoken between two places, without what the narrator puts in."""
    gaps = sorted([*inquits_in(text, start, end, language), *bracketed_notes_in(text, start, end)])
    for first, last in [*gaps, (end, end)]:
        if text[start:first].strip(" ,.;:–—―\xa0\n"):
            # The comma ahead of who speaks is the narrator's.
            yield (
                start,
                start + len(text[start:first].rstrip(" ,;:\xa0\u202f\n" if first < end else "")),
            )
        start = max(start, last)


def split_at_inquits(
    text: str, stretches: Iterable[QuotedSpan], language: Language
) -> Iterator[QuotedSpan]:
    """The stretches in marks, those in which the narrator speaks in parts."""
    for stretch in stretches:
        if not language.inner_inquits or stretch.label or stretch.dash:
            yield stretch
            continue
        parts = [
            (first, last) for first, last in _spoken(text, stretch.start, stretch.end, language)
        ]
        for number, (first, last) in enumerate(parts):
            yield replace(
                stretch,
                start=first,
                end=last,
                outer_start=first if number else stretch.outer_start,
                outer_end=last if number + 1 < len(parts) else stretch.outer_end,
                continues=stretch.continues or number > 0,
                interrupted=len(parts) > 1 or last < stretch.end - 2,
            )


_FEW = 2
"""Labelled paragraphs that make no interview."""


def labelled_speech(
    text: str, paragraphs: Sequence[Paragraph], language: Language
) -> dict[int, QuotedSpan]:
    """The speeches of an interview by paragraph: what follows a label that recurs.

    Empty unless at least half of the paragraphs begin with such labels, and two or
    more labels recur; if nearly all begin with one, all labels count.
    """
    labels: dict[int, re.Match[str]] = {}
    for number, paragraph in enumerate(paragraphs):
        if match := _LABEL.match(text, paragraph.start, paragraph.end):
            labels[number] = match
    counts = Counter(match[1] for match in labels.values())
    recurring = {label for label, count in counts.items() if count > 1}
    if len(labels) > _FEW and len(labels) * 5 >= len(paragraphs) * 4:
        recurring = set(counts)
    recurring |= {
        label for label in counts if label in language.question_labels | language.answer_labels
    }
    kept = {number: match for number, match in labels.items() if match[1] in recurring}
    if len(recurring) < 2 or len(kept) * 2 < len(paragraphs):
        return {}
    return {
        number: QuotedSpan(
            match.end(),
            paragraphs[number].end,
            number,
            match.end(),
            paragraphs[number].end,
            label=match[1],
        )
        for number, match in kept.items()
    }
