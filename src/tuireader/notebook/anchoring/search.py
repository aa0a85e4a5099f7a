"""A passage that is looked for: its words aligned with a stretch of text, and places weighed.

Finds a kept passage again in a text that has changed, or says that it is not there.

If its earlier text is at hand, both are aligned. Else a place is proposed by the passage's exact
words or by rare words in and around it, and weighed by its words and surroundings.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

from tuireader.domain.anchor import (
    ACCEPTED,
    ALIKE,
    SURROUNDINGS,
    Anchor,
    FoldedWords,
    MatchMethod,
    Placement,
    clustered_guesses,
    exact_occurrences,
    match_score,
    rare_word_seeds,
    tokenize_words,
)
from tuireader.notebook.anchoring.alignment import (
    LONGEST,
    TokenizedText,
    aligned_place,
    shift_outside_changes,
)
from tuireader.text.search import LONGEST_QUERY, find_all, search_pattern

_LONG = 8
_AGREE = 0.6
_REACH = SURROUNDINGS + SURROUNDINGS // 2


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of a text that may be the passage, in code points."""

    start: int
    end: int
    words: float
    """How much of the passage's words it has, from 0 to 1."""
    around: float = 0.0
    """How sure it is by its words and what stands around them, from 0 to 1."""
    score: float = 0.0
    """How sure it is in all."""

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares a code point with that stretch."""
        return self.start < end and start < self.end


class PassagePattern:
    """What is kept of a passage, split into words once."""

    def __init__(self, anchor: Anchor) -> None:
        self.anchor = anchor
        self.pattern = f"{anchor.prefix}{anchor.exact}{anchor.suffix}"
        """The passage with its surroundings; it lies between `begin` and `end`."""
        self.begin = len(anchor.prefix)
        self.end = self.begin + len(anchor.exact)
        self._words = tokenize_words(self.pattern)
        self._before = tokenize_words(anchor.prefix).folded[::-1]
        self._after = tokenize_words(anchor.suffix).folded
        self._inner = range(
            sum(stop <= self.begin for stop in self._words.ends),
            sum(start < self.end for start in self._words.starts),
        )
        self._weight = sum(len(self._words.folded[number]) for number in self._inner)

    @property
    def is_long(self) -> bool:
        """Whether its words are so many that they are telling by themselves."""
        return len(self._inner) >= _LONG

    @property
    def has_surroundings(self) -> bool:
        """Whether it is known what stood before or after it."""
        return bool(self.anchor.prefix or self.anchor.suffix)

    def weighed(self, place: Match, text: str) -> Match:
        """The place with its score, from its words, its surroundings and how far it has moved.

        Many words that are nearly all there are enough, whatever stands around them.
        """
        start, end = place.start, place.end
        before = context_similarity(
            self._before, tokenize_words(text, start - _REACH, start).folded[::-1]
        )
        after = context_similarity(self._after, tokenize_words(text, end, end + _REACH).folded)
        distance = min(1.0, abs(start - self.anchor.start) / max(1, len(text)))
        around = match_score(place.words, before, after, distance)
        if max(before, after) < _AGREE:
            around = min(around, place.words * _AGREE)
        alone = place.words * 0.95 if self.is_long else 0.0
        return replace(place, around=around, score=max(around, alone))

    def aligned(self, window: FoldedWords) -> Match | None:
        """The stretch of the window that the passage's words fall on; None if none of them does."""
        from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - 20 ms, rarely needed

        pairs = {
            block.src_start + number: block.dest_start + number
            for block in Levenshtein.opcodes(self._words.folded, window.folded)
            if block.tag == "equal"
            for number in range(block.src_end - block.src_start)
        }
        kept = [number for number in self._inner if number in pairs]
        if not kept:
            return None
        first, last = self._inner[0], self._inner[-1]
        floor = max((to for word, to in pairs.items() if word < first), default=-1) + 1
        ceiling = min((to for word, to in pairs.items() if word > last), default=len(window)) - 1
        begin = max(floor, pairs[kept[0]] - (kept[0] - first))
        end = min(ceiling, pairs[kept[-1]] + (last - kept[-1]))
        span = sum(map(len, window.folded[begin : end + 1]))
        same = sum(len(self._words.folded[number]) for number in kept)
        # A passage may begin or end inside a word, and does so still if the word is the same.
        into = max(0, self.begin - self._words.starts[first]) if first in pairs else 0
        short = max(0, self._words.ends[last] - self.end) if last in pairs else 0
        return Match(
            window.starts[begin] + into, window.ends[end] - short, 2 * same / (self._weight + span)
        )


def context_similarity(kept: tuple[str, ...], found: tuple[str, ...]) -> float:
    """How much of the words that stood next to a passage still does, from 0 to 1.

    The nearest words come first; the farthest may have been cut in two.
    """
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415 - 20 ms, rarely needed

    if not kept:
        return 0.5 if found else 1.0
    kept = kept[: max(1, len(kept) - 1)]
    return float(LCSseq.similarity(kept, found[: len(kept) + 2])) / len(kept)


_SURE = 0.8
_MOST_PLACES = 4
_MOST_OF_A_SEED = 50
_BEYOND_DOUBT, _MARGIN = 0.95, 0.1


class AnchorSearch:
    """A text in which passages are looked for that were kept from an earlier one."""

    def __init__(self, text: str, text_hash: str, earlier: Callable[[str], str | None]) -> None:
        """`earlier` gives the text of a hash if it is kept."""
        self._text = text
        self._hash = text_hash
        self._earlier = earlier
        self._side = TokenizedText(text)
        self._before = "", TokenizedText("")

    def find(self, anchor: Anchor) -> Placement | None:
        """Where the passage stands now; None if its words are gone."""
        if not anchor.exact:
            return None
        if not anchor.text_hash:
            return self._find_unseen(PassagePattern(anchor))
        start, end = anchor.start, anchor.end
        earlier = self._earlier(anchor.text_hash)
        if earlier and earlier[start:end] == anchor.exact:
            shift = shift_outside_changes(earlier, self._text, start, end)
            if shift is not None:
                return self._at(start + shift, end + shift, MatchMethod.EXACT)
            if max(len(earlier), len(self._text)) <= LONGEST:
                side = self._tokenize_earlier(anchor.text_hash, earlier)
                return aligned_place(side, self._side, start, end, self._hash)
        return self._find_by_words(PassagePattern(anchor))

    def _find_by_words(self, passage: PassagePattern) -> Placement | None:
        """The place of words whose text is not at hand, by what was kept of it."""
        ranked = self.ranked(passage, once=_has_unique_word(passage, self._text))
        if not ranked or (not passage.is_long and _is_ambiguous(ranked)):
            return None
        best = ranked[0]
        how = MatchMethod.EXACT if best.words == 1.0 else MatchMethod.FUZZY
        return self._at(best.start, best.end, how, best.score)

    def _at(self, start: int, end: int, how: MatchMethod, score: float = 1.0) -> Placement:
        score = round(min(1.0, score), 3)
        return Placement(text_hash=self._hash, start=start, end=end, how=how, score=score)

    def _tokenize_earlier(self, text_hash: str, text: str) -> TokenizedText:
        """The earlier text in words, the last one remembered."""
        if self._before[0] != text_hash:
            self._before = text_hash, TokenizedText(text)
        return self._before[1]

    def ranked(self, passage: PassagePattern, *, once: bool) -> list[Match]:
        """The places that are like enough, the best first; the first good one if it stands once."""
        places = self._exact(passage)
        if all(place.around < ACCEPTED for place in places):
            places += self._similar(passage, once=once)
        places = [place for place in places if place.score >= ACCEPTED]
        return sorted(places, key=lambda place: place.around, reverse=True)

    def similar(self, passage: PassagePattern) -> list[Match]:
        """The places that have something of the passage's words, in no order."""
        return [*self._exact(passage), *self._similar(passage, once=False)]

    def at(self, passage: PassagePattern, guess: int) -> Match | None:
        """The place near a guess of where the passage's surroundings begin."""
        slack = 48 + len(passage.pattern) // 5
        window = tokenize_words(self._text, guess - slack, guess + len(passage.pattern) + slack)
        place = passage.aligned(window)
        return passage.weighed(place, self._text) if place else None

    def _find_unseen(self, passage: PassagePattern) -> Placement | None:
        """The place of words whose text was never seen: the only one, or clearly the best one."""
        places = [
            passage.weighed(Match(start, end, 1.0), self._text)
            for start, end in _normalized_occurrences(self._text, passage.anchor.exact)
        ]
        places.sort(key=lambda place: place.around, reverse=True)
        how = MatchMethod.EXACT
        if not places and passage.is_long:
            places, how = self.ranked(passage, once=True)[:2], MatchMethod.FUZZY
        if (
            not places
            or _is_ambiguous(places)
            or (len(places) > 1 and not passage.has_surroundings)
        ):
            return None
        best = places[0]
        return self._at(best.start, best.end, how, 1.0 if how is MatchMethod.EXACT else best.score)

    def _exact(self, passage: PassagePattern) -> list[Match]:
        """Where exactly the passage's words stand."""
        exact, near = passage.anchor.exact, passage.anchor.start
        return [
            passage.weighed(Match(start, start + len(exact), 1.0), self._text)
            for start in exact_occurrences(self._text, exact, near)
        ]

    def _similar(self, passage: PassagePattern, *, once: bool) -> list[Match]:
        """Stretches that share rare words with the passage."""
        places = []
        for guess in self._guesses(passage):
            place = self.at(passage, guess)
            if place is not None:
                places.append(place)
                if once and place.around >= _SURE:
                    break
        return places

    def _guesses(self, passage: PassagePattern) -> list[int]:
        """Where the pattern may begin: where its rare words agree, and where it used to stand."""
        pattern, begin, end = passage.pattern, passage.begin, passage.end
        seeds = rare_word_seeds(pattern, begin, end, 12)
        seeds += rare_word_seeds(pattern, 0, begin, 4) + rare_word_seeds(
            pattern, end, len(pattern), 4
        )
        near = passage.anchor.start
        guesses: list[tuple[int, float]] = []
        for at, seed in seeds:
            found = exact_occurrences(self._text, seed, near, _MOST_OF_A_SEED + 1)
            if len(found) <= _MOST_OF_A_SEED:
                guesses += [(place - at, 1 / len(found)) for place in found]
        return [*clustered_guesses(guesses, 48 + len(pattern) // 8)[:_MOST_PLACES], near - begin]


def _normalized_occurrences(text: str, exact: str) -> list[tuple[int, int]]:
    """Where the words stand: exactly, else with other blanks, else in other case and form."""
    found = exact_occurrences(text, exact, 0, _MOST_OF_A_SEED)
    if found:
        return [(start, start + len(exact)) for start in found]
    # Making this expression takes a tenth of the time that the next one takes.
    blanks = re.compile(r"\s+".join(map(re.escape, exact.translate(ALIKE).split())))
    if blanks.pattern:
        spans = [match.span() for match in blanks.finditer(text.translate(ALIKE))]
        if spans:
            return spans[:_MOST_OF_A_SEED]
    query = search_pattern(exact)
    near = islice(find_all(text, query), _MOST_OF_A_SEED) if query else ()
    return [(place.start, _occurrence_end(exact, text, place.start, place.end)) for place in near]


def _occurrence_end(exact: str, text: str, start: int, end: int) -> int:
    """Where a passage ends of which only the beginning was looked for, for it is very long."""
    last = search_pattern(exact[-300:]) if len(exact.strip()) > LONGEST_QUERY else None
    tail = next(find_all(text, last, start, start + 2 * len(exact)), None) if last else None
    return tail.end if tail else end


def _has_unique_word(passage: PassagePattern, text: str) -> bool:
    """Whether one of the passage's telling words shows that the text has it only once."""
    seeds = rare_word_seeds(passage.pattern, passage.begin, passage.end, 4)
    return any(len(exact_occurrences(text, seed, 0, 2)) == 1 for _, seed in seeds)


def _is_ambiguous(ranked: list[Match]) -> bool:
    """Whether the best place is not quite as it was, and another is nearly as good."""
    if not ranked or ranked[0].around >= _BEYOND_DOUBT:
        return False
    best = ranked[0]
    return any(
        other.around > best.around - _MARGIN and not other.overlaps(best.start, best.end)
        for other in ranked[1:]
    )
