"""The search for a kept passage in a text that has changed.

If the earlier text is available, both texts are aligned. Otherwise places are proposed by the
passage's exact words, or by rare words in and around it, and rated by its words and its context.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import accumulate, islice

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
    MAX_ALIGNED_TEXT,
    TokenizedText,
    aligned_place,
    shift_outside_changes,
)
from tuireader.text.search import MAX_QUERY_LENGTH, find_all, search_pattern

_LONG = 8
"""A passage of at least this many words can be identified by them alone."""
_AGREE = 0.6
"""If less of the context than this share agrees, the score of a place is limited."""
_REACH = SURROUNDINGS + SURROUNDINGS // 2
"""How many code points of context are compared on each side."""


@dataclass(frozen=True, slots=True)
class Match:
    """A range of a text that may be the passage, in code points, with its ratings."""

    start: int
    end: int
    words: float
    """The share of the passage's words that are in it, from 0 to 1."""
    around: float = 0.0
    """The rating by its words and its context, from 0 to 1."""
    score: float = 0.0
    """The final rating, from 0 to 1, by which it is accepted."""

    def overlaps(self, start: int, end: int) -> bool:
        """Return whether it shares a code point with a range."""
        return self.start < end and start < self.end


class PassagePattern:
    """A passage and its context from an anchor, split into words."""

    def __init__(self, anchor: Anchor) -> None:
        """Split the words and the context of an anchor."""
        self.anchor = anchor
        self.pattern = f"{anchor.prefix}{anchor.exact}{anchor.suffix}"
        """The passage with its context; the passage is between `begin` and `end`."""
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
        """Whether it has so many words that they identify it without context."""
        return len(self._inner) >= _LONG

    @property
    def has_surroundings(self) -> bool:
        """Whether its context is known."""
        return bool(self.anchor.prefix or self.anchor.suffix)

    def rate(self, place: Match, text: str) -> Match:
        """Return a place with its ratings, from its words, its context and its distance.

        Many words that nearly all match suffice, whatever the context. `text` is the searched text.
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

    def align(self, window: FoldedWords) -> Match | None:
        """Return the place of the passage in a part of the text; None if no word matches.

        `window` has the words of that part.
        """
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
        # A passage may begin or end inside a word; it still does if the word is unchanged.
        into = max(0, self.begin - self._words.starts[first]) if first in pairs else 0
        short = max(0, self._words.ends[last] - self.end) if last in pairs else 0
        return Match(
            window.starts[begin] + into, window.ends[end] - short, 2 * same / (self._weight + span)
        )


def context_similarity(kept: tuple[str, ...], found: tuple[str, ...]) -> float:
    """Return how much of the words next to a passage is still there, from 0 to 1.

    `kept` are the earlier words, `found` the present ones; in both the nearest come first. The
    farthest earlier word may be truncated.
    """
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415 - 20 ms, rarely needed

    if not kept:
        return 0.5 if found else 1.0
    kept = kept[: max(1, len(kept) - 1)]
    return float(LCSseq.similarity(kept, found[: len(kept) + 2])) / len(kept)


class UnspacedText:
    """A text without its white space, to find words that were copied without theirs.

    Other programs join the ends of paragraphs: "the boats.The second time".
    """

    def __init__(self, text: str) -> None:
        """Remove the white space of a text."""
        self._text = text
        runs = [found.span() for found in re.finditer(r"\S+", text)]
        self._starts = [start for start, _ in runs]
        lengths = (end - start for start, end in runs[:-1])
        self._offsets = [0, *accumulate(lengths)]
        """For each run of other characters, its offset in the text without white space."""
        self._unspaced = "".join(text[start:end] for start, end in runs).translate(ALIKE)

    def occurrences(self, exact: str) -> list[tuple[int, int]]:
        """Return start and end in the text of each occurrence that does not cut a word.

        Empty if there is none, or if the words are shorter than `_SHORTEST_UNSPACED`.
        """
        wanted = "".join(exact.split()).translate(ALIKE)
        if len(wanted) < _SHORTEST_UNSPACED:
            return []
        found = []
        for place in exact_occurrences(self._unspaced, wanted, 0, _MOST_OF_A_SEED):
            start = self._offset(place)
            end = self._offset(place + len(wanted) - 1) + 1
            cuts = self._cuts_word(start) or self._cuts_word(end)
            if not cuts:
                found.append((start, end))
        return sorted(found)

    def _offset(self, place: int) -> int:
        """Return the offset in the text for one in the text without white space."""
        run = bisect_right(self._offsets, place) - 1
        return self._starts[run] + place - self._offsets[run]

    def _cuts_word(self, at: int) -> bool:
        """Return whether an offset is inside a word of a script that separates words."""
        around = self._text[max(0, at - 1) : at + 1]
        return len(around) == 2 and all(each.isalnum() and each < "\u0e00" for each in around)


_SHORTEST_UNSPACED = 12
"""The fewest code points that are searched in a text without white space."""
_SURE = 0.8
"""A place with at least this rating ends the search if the passage can occur only once."""
_MOST_PLACES = 4
"""How many proposed places are examined."""
_MOST_OF_A_SEED = 50
"""A word that occurs more often than this is not used to propose places."""
_BEYOND_DOUBT, _MARGIN = 0.95, 0.1
"""A place rated this high is accepted without comparison; else it needs this margin."""


class AnchorSearch:
    """Searches one text for passages that were kept from earlier texts."""

    def __init__(self, text: str, text_hash: str, earlier: Callable[[str], str | None]) -> None:
        """Prepare the search of a text, whose hash is `text_hash`.

        `earlier` returns the text with a given hash, or None if it is not available.
        """
        self._text = text
        self._hash = text_hash
        self._earlier = earlier
        self._side = TokenizedText(text)
        self._before = "", TokenizedText("")
        self._unspaced: UnspacedText | None = None

    def find(self, anchor: Anchor) -> Placement | None:
        """Return where the passage of an anchor is now; None if it is not found or ambiguous."""
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
            if max(len(earlier), len(self._text)) <= MAX_ALIGNED_TEXT:
                side = self._tokenize_earlier(anchor.text_hash, earlier)
                return aligned_place(side, self._side, start, end, self._hash)
        return self._find_by_words(PassagePattern(anchor))

    def _find_by_words(self, passage: PassagePattern) -> Placement | None:
        """Find a passage by its words and its context; None if no place is good enough."""
        ranked = self.ranked(passage, once=_has_unique_word(passage, self._text))
        if not ranked or (not passage.is_long and _is_ambiguous(ranked)):
            return None
        best = ranked[0]
        how = MatchMethod.EXACT if best.words == 1.0 else MatchMethod.FUZZY
        return self._at(best.start, best.end, how, best.score)

    def _at(self, start: int, end: int, how: MatchMethod, score: float = 1.0) -> Placement:
        """Return a placement in this text; `how` says how it was found."""
        score = round(min(1.0, score), 3)
        return Placement(text_hash=self._hash, start=start, end=end, how=how, score=score)

    def _tokenize_earlier(self, text_hash: str, text: str) -> TokenizedText:
        """Return an earlier text split into words; the last one is cached."""
        if self._before[0] != text_hash:
            self._before = text_hash, TokenizedText(text)
        return self._before[1]

    def ranked(self, passage: PassagePattern, *, once: bool) -> list[Match]:
        """Return the places that are similar enough, best first; empty if there are none.

        If the passage can occur only `once`, the search stops at the first good place.
        """
        places = self._exact(passage)
        if all(place.around < ACCEPTED for place in places):
            places += self._similar(passage, once=once)
        places = [place for place in places if place.score >= ACCEPTED]
        return sorted(places, key=lambda place: place.around, reverse=True)

    def similar(self, passage: PassagePattern) -> list[Match]:
        """Return all places with some of the passage's words, in no order; empty if none."""
        return [*self._exact(passage), *self._similar(passage, once=False)]

    def at(self, passage: PassagePattern, guess: int) -> Match | None:
        """Return the rated place near a guess; None if none of the passage's words match.

        `guess` is the offset where the passage's context may begin.
        """
        slack = 48 + len(passage.pattern) // 5
        window = tokenize_words(self._text, guess - slack, guess + len(passage.pattern) + slack)
        place = passage.align(window)
        return passage.rate(place, self._text) if place else None

    def _find_unseen(self, passage: PassagePattern) -> Placement | None:
        """Find a passage whose text was never stored.

        The only place, or one that is clearly the best; None if there is no such place.
        """
        places = [
            passage.rate(Match(start, end, 1.0), self._text)
            for start, end in self._normalized(passage.anchor.exact)
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

    def _normalized(self, exact: str) -> list[tuple[int, int]]:
        """Return where words occur, compared more and more loosely until any are found."""
        found = _normalized_occurrences(self._text, exact)
        if not found:
            self._unspaced = self._unspaced or UnspacedText(self._text)
            found = self._unspaced.occurrences(exact)
        return found

    def _exact(self, passage: PassagePattern) -> list[Match]:
        """Return the rated places where the passage's exact words are; empty if none."""
        exact, near = passage.anchor.exact, passage.anchor.start
        return [
            passage.rate(Match(start, start + len(exact), 1.0), self._text)
            for start in exact_occurrences(self._text, exact, near)
        ]

    def _similar(self, passage: PassagePattern, *, once: bool) -> list[Match]:
        """Return places that share rare words with the passage; if `once`, stop at a good one."""
        places = []
        for guess in self._guesses(passage):
            place = self.at(passage, guess)
            if place is not None:
                places.append(place)
                if once and place.around >= _SURE:
                    break
        return places

    def _guesses(self, passage: PassagePattern) -> list[int]:
        """Return where the pattern may begin: where its rare words are, and at its old position."""
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
    """Return start and end of each occurrence of words; empty if there is none.

    Exactly, else with other white space, else in other case or form.
    """
    found = exact_occurrences(text, exact, 0, _MOST_OF_A_SEED)
    if found:
        return [(start, start + len(exact)) for start in found]
    # Compiling this pattern takes a tenth of the time of the next one.
    blanks = re.compile(r"\s+".join(map(re.escape, exact.translate(ALIKE).split())))
    if blanks.pattern:
        spans = [match.span() for match in blanks.finditer(text.translate(ALIKE))]
        if spans:
            return spans[:_MOST_OF_A_SEED]
    query = search_pattern(exact)
    near = islice(find_all(text, query), _MOST_OF_A_SEED) if query else ()
    return [(place.start, _occurrence_end(exact, text, place.start, place.end)) for place in near]


def _occurrence_end(exact: str, text: str, start: int, end: int) -> int:
    """Return the end of a passage of which only the beginning was searched, because it is long."""
    last = search_pattern(exact[-300:]) if len(exact.strip()) > MAX_QUERY_LENGTH else None
    tail = next(find_all(text, last, start, start + 2 * len(exact)), None) if last else None
    return tail.end if tail else end


def _has_unique_word(passage: PassagePattern, text: str) -> bool:
    """Return whether one of the passage's rare words occurs only once in the text."""
    seeds = rare_word_seeds(passage.pattern, passage.begin, passage.end, 4)
    return any(len(exact_occurrences(text, seed, 0, 2)) == 1 for _, seed in seeds)


def _is_ambiguous(ranked: list[Match]) -> bool:
    """Return whether the best place is uncertain and another is nearly as good; False if empty."""
    if not ranked or ranked[0].around >= _BEYOND_DOUBT:
        return False
    best = ranked[0]
    return any(
        other.around > best.around - _MARGIN and not other.overlaps(best.start, best.end)
        for other in ranked[1:]
    )
