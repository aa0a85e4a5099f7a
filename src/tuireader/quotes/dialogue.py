"""Speech that quotation marks do not delimit: inquits inside it, dashes, and interview labels.

An inquit may stand inside the marks ("Oui, dit-il, venez"). In some languages a dash
opens speech at the beginning of a line; the inquit then stands between dashes (Spanish:
"—Sí —dijo Ana—, claro") or between two punctuation marks (French: "– Oui, dit-il.
Venez."). In an interview most paragraphs begin with a label: a name, or letters for
question and answer.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tuireader.quotes.lexicon.common_words import UPPER_CASE
from tuireader.quotes.lexicon.language import Language
from tuireader.quotes.quoted_spans import Paragraph, QuotedSpan

_GAP = " \t\xa0"
_INQUIT_DASH = re.compile(rf"[–—―][{_GAP}]*+(?=[^\W\d_])")
_INQUIT_CLOSING_DASH = re.compile(rf"[–—―][.,;:]?[{_GAP}]*+")
_INQUIT_START = re.compile(r"[,.!?…;»][ \t\xa0\u202f\n]+(?:[–—―][ \t]*)?(?=[^\W\d_])")
_INQUIT_END = re.compile(r"\.(?=\s|$|[»”\"])|[:;!?…](?=\s|$)|,(?=\s)")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LAST_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]++$")
_WORD_IN_NAME = rf"[{UPPER_CASE}][\w’'-]+"
_APPOSITION = re.compile(
    rf"\s+{_WORD_IN_NAME}(?: {_WORD_IN_NAME}){{1,3}}[.,]?(?=\s*(?:$|\n|[–—―]))"
)
"""A full name after an office, up to the end or a dash: "sier advokaten, Siri Lund."."""
_NOTE = re.compile(rf"(?:\[[^\[\]\n]{{8,400}}\]|\([{UPPER_CASE}][^()\n]{{12,400}}\))")
"""A note of the editor or the narrator in brackets, inside speech."""
_DASH = re.compile(r"[ \t\xa0]*(?:[–—―]|--)[ \t\xa0\u202f\u2009]*(?=\S)")
_HYPHEN = re.compile(r"[ \t\xa0]*-[ \t\xa0]+(?=\S)")
_CLOSING_DASH = re.compile(r"[ \t\xa0]?[–—―]")
_WORD_IN_LABEL = rf"[{UPPER_CASE}][\w.’'-]{{0,24}}"
_LABEL = re.compile(rf"\s{{0,3}}({_WORD_IN_LABEL}(?: {_WORD_IN_LABEL}){{0,3}})\s?:\s+(?=\S)")
_MAX_WORDS_BEFORE_VERB = 3
"""The most words of an inquit up to its verb."""
_MAX_UNLABELLED = 2
"""The most labelled paragraphs that an article has without being an interview."""


def inquits_in(text: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each inquit between two offsets, in order."""
    offset = start
    while found := _next_inquit(text, offset, end, language):
        yield found
        offset = found[1]


def bracketed_notes_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each editor's note or narrator's sentence in brackets."""
    for match in _NOTE.finditer(text, start, end):
        yield _start_of_gap(text, match.start(), start, " \t"), match.end()


def _next_inquit(text: str, start: int, end: int, language: Language) -> tuple[int, int] | None:
    """Return the next inquit, after punctuation or between dashes; None if there is none."""
    by_mark = by_dash = None
    for match in _INQUIT_START.finditer(text, start, end):
        verb = _verb_at(text, match.end(), end, language)
        if verb and _belongs_to_inquit(text, verb, end, language):
            by_mark = match.start() + 1, _end_of_inquit(text, verb.end(), end, language)
            break
    for match in _INQUIT_DASH.finditer(text, start, by_mark[0] + 3 if by_mark else end):
        verb = _verb_at(text, match.end(), end, language)
        if verb:
            close = _INQUIT_CLOSING_DASH.search(text, verb.end(), end)
            by_dash = _start_of_gap(text, match.start(), start), close.end() if close else end
            break
    return by_dash or by_mark


def _belongs_to_inquit(text: str, verb: re.Match[str], end: int, language: Language) -> bool:
    """Return whether a verb of saying in quoted words belongs to an inquit.

    "Sinceramente, esperaba que …" goes on with a clause: it is the speaker's own verb.
    """
    word = _WORD.match(text, verb.end() + 1, end)
    return word is None or word[0].lower() not in language.complementizers


def _start_of_gap(text: str, offset: int, start: int, gap: str = _GAP) -> int:
    """Return where the spaces before an offset begin, at the earliest at `start`."""
    while offset > start and text[offset - 1] in gap:
        offset -= 1
    return offset


def _verb_at(text: str, start: int, end: int, language: Language) -> re.Match[str] | None:
    """Return the verb of saying at an offset, or after up to two small words: "lui dit-il".

    In some languages its subject may stand before it: Finnish "hän sanoo".
    """
    for _ in range(_MAX_WORDS_BEFORE_VERB):
        word = _WORD.match(text, start, end)
        if word is None:
            return None
        if _is_say_verb(word[0], language):
            return word
        lower = word[0].lower()
        if lower not in language.intervening_words and not (
            language.subject_first_inquits
            and (word[0][0].isupper() or lower in language.subject_pronouns | language.roles)
        ):
            return None
        start = word.end() + 1
    return None


def _is_say_verb(word: str, language: Language) -> bool:
    """Return whether a word in lower case is a verb of saying, its pronouns removed."""
    if not word[0].islower():
        return False
    verb = word.replace("’", "'")
    bare, hyphen, pronoun = verb.rpartition("-")
    if hyphen and (pronoun in language.inverted_pronouns or pronoun in language.enclitic_pronouns):
        verb = bare.removesuffix("-t") if pronoun in language.inverted_pronouns else bare
    elided, apostrophe, rest = verb.partition("'")
    return verb in language.say_verbs or (
        bool(apostrophe) and elided in language.elided_pronouns and rest in language.say_verbs
    )


def _end_of_inquit(text: str, start: int, end: int, language: Language) -> int:
    """Return where an inquit ends: at the punctuation after which the speech goes on."""
    for stop in _INQUIT_END.finditer(text, start, end):
        if stop[0] == "." and _is_abbreviation(text, stop.start(), language):
            continue
        if stop[0] != "," or not _inquit_continues(text, stop.end(), end, language):
            return stop.end()
    return end


def _is_abbreviation(text: str, offset: int, language: Language) -> bool:
    """Return whether the full stop at an offset belongs to an abbreviation."""
    word = _LAST_WORD.search(text[max(0, offset - 12) : offset])
    return word is not None and (len(word[0]) == 1 or word[0].lower() in language.abbreviations)


def _inquit_continues(text: str, start: int, end: int, language: Language) -> bool:
    """Return whether an inquit continues after a comma: "…, dit-il, avec un sourire"."""
    word = _WORD.search(text, start, end)
    if word is None or _APPOSITION.match(text, start, end):
        return True
    joined = word[0].lower()
    if joined in language.conjunctions:
        following = _WORD.search(text, word.end(), end)
        joined = following[0].lower() if following else ""
        return (
            joined in language.masculine_pronouns | language.feminine_pronouns
            or joined in language.definite_articles
            or joined in language.prepositions
            or joined.endswith(language.gerund_endings)
        )
    return joined in language.prepositions or joined.endswith(language.gerund_endings)


def dash_dialogue(
    text: str, paragraphs: Sequence[Paragraph], language: Language
) -> dict[int, list[QuotedSpan]]:
    """Return the spans of dialogue after dashes, by the number of their paragraph.

    The result is empty if nothing shows that the article's dashes are dialogue: neither an
    inquit after one nor two such lines in a row. Two hyphens in a row may be a list.
    """
    if not language.dash_dialogue:
        return {}
    opened = {
        number: match
        for number, paragraph in enumerate(paragraphs)
        if (match := _opening_dash(text, paragraph.start, paragraph.end, language))
    }
    in_turn = any(
        number + 1 in opened and match[0].strip() != "-" for number, match in opened.items()
    )
    if not in_turn and not any(
        next(inquits_in(text, match.end(), paragraphs[number].end, language), None)
        for number, match in opened.items()
    ):
        return {}
    return {
        number: list(_dash_spans(text, match.end(), paragraphs[number], number, language))
        for number, match in opened.items()
    }


def _opening_dash(text: str, start: int, end: int, language: Language) -> re.Match[str] | None:
    """Return the dash, or the hyphen in some languages, that opens speech at an offset."""
    dash = _DASH.match(text, start, end)
    return _HYPHEN.match(text, start, end) if dash is None and language.hyphen_dialogue else dash


def _dash_spans(
    text: str, start: int, paragraph: Paragraph, number: int, language: Language
) -> Iterator[QuotedSpan]:
    """Yield the spans of one paragraph of dialogue, its inquits left out."""
    for part, (first, last) in enumerate(_spoken_parts(text, start, paragraph.end, language)):
        outer_end = _end_with_dash(text, last, paragraph.end)
        dash = _opening_dash(text, first, last, language) if part else None
        begin = dash.end() if dash else first
        yield QuotedSpan(begin, last, number, begin, outer_end, continues=part > 0, dash=True)


def _end_with_dash(text: str, end: int, limit: int) -> int:
    """Return the offset after a speech and the dash that closes it, if any."""
    close = _CLOSING_DASH.match(text, end, limit)
    return close.end() if close else end


def _spoken_parts(text: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    """Yield the parts of speech between two offsets, without inquits and notes."""
    gaps = sorted([*inquits_in(text, start, end, language), *bracketed_notes_in(text, start, end)])
    for first, last in [*gaps, (end, end)]:
        if text[start:first].strip(" ,.;:–—―\xa0\n"):
            # The comma before an inquit belongs to the inquit.
            yield (
                start,
                start + len(text[start:first].rstrip(" ,;:\xa0\u202f\n" if first < end else "")),
            )
        start = max(start, last)


def split_at_inquits(
    text: str, spans: Iterable[QuotedSpan], language: Language
) -> Iterator[QuotedSpan]:
    """Yield the spans in quotation marks; those with an inquit inside are split at it."""
    for span in spans:
        if not language.inner_inquits or span.label or span.dash:
            yield span
            continue
        parts = [
            (first, last) for first, last in _spoken_parts(text, span.start, span.end, language)
        ]
        for number, (first, last) in enumerate(parts):
            dash = _DASH.match(text, first, last) if number else None
            yield replace(
                span,
                start=dash.end() if dash else first,
                end=last,
                outer_start=first if number else span.outer_start,
                outer_end=last if number + 1 < len(parts) else span.outer_end,
                continues=span.continues or number > 0,
                interrupted=len(parts) > 1 or last < span.end - 2,
            )


def labelled_speech(
    text: str, paragraphs: Sequence[Paragraph], language: Language
) -> dict[int, QuotedSpan]:
    """Return the labelled speeches of an interview, by the number of their paragraph.

    The result is empty unless at least half of the paragraphs begin with a recurring label
    and two or more labels recur. If nearly all paragraphs begin with a label, all labels count.
    """
    labels: dict[int, re.Match[str]] = {}
    for number, paragraph in enumerate(paragraphs):
        if match := _LABEL.match(text, paragraph.start, paragraph.end):
            labels[number] = match
    counts = Counter(match[1] for match in labels.values())
    recurring = {label for label, count in counts.items() if count > 1}
    if len(labels) > _MAX_UNLABELLED and len(labels) * 5 >= len(paragraphs) * 4:
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
