"""Finds a kept passage again in a text that has changed, or says that it is not there.

If its earlier text is at hand, both are aligned. Else a place is proposed by the passage's exact
words or by rare words in and around it, and weighed by its words and surroundings.
"""

import re
from collections.abc import Callable
from itertools import islice

from tuireader.domain.anchor import Anchor, How, Placement
from tuireader.domain.anchoring import ACCEPTED, ALIKE, agreements, occurrences, seeds_of, words_of
from tuireader.domain.find import LONGEST_QUERY, matches, pattern
from tuireader.notebook.anchoring.alignment import LONGEST, place_of
from tuireader.notebook.anchoring.sides import Side, unchanged
from tuireader.notebook.anchoring.sought import Place, Sought

_SURE = 0.8
_MOST_PLACES = 4
_MOST_OF_A_SEED = 50
_BEYOND_DOUBT, _MARGIN = 0.95, 0.1


class Finder:
    """A text in which passages are looked for that were kept from an earlier one."""

    def __init__(self, text: str, text_hash: str, earlier: Callable[[str], str | None]) -> None:
        """`earlier` gives the text of a hash if it is kept."""
        self._text = text
        self._hash = text_hash
        self._earlier = earlier
        self._side = Side(text)
        self._before = "", Side("")

    def find(self, anchor: Anchor) -> Placement | None:
        """Where the passage stands now; None if its words are gone."""
        if not anchor.exact:
            return None
        if not anchor.text_hash:
            return self._from_elsewhere(Sought(anchor))
        start, end = anchor.start, anchor.end
        earlier = self._earlier(anchor.text_hash)
        if earlier and earlier[start:end] == anchor.exact:
            shift = unchanged(earlier, self._text, start, end)
            if shift is not None:
                return self._at(start + shift, end + shift, How.EXACT)
            if max(len(earlier), len(self._text)) <= LONGEST:
                side = self._earlier_side(anchor.text_hash, earlier)
                return place_of(side, self._side, start, end, self._hash)
        return self._by_its_words(Sought(anchor))

    def _by_its_words(self, sought: Sought) -> Placement | None:
        """The place of words whose text is not at hand, by what was kept of it."""
        ranked = self.ranked(sought, once=_stands_once(sought, self._text))
        if not ranked or (not sought.is_long and _is_doubtful(ranked)):
            return None
        best = ranked[0]
        how = How.EXACT if best.words == 1.0 else How.FUZZY
        return self._at(best.start, best.end, how, best.score)

    def _at(self, start: int, end: int, how: How, score: float = 1.0) -> Placement:
        score = round(min(1.0, score), 3)
        return Placement(text_hash=self._hash, start=start, end=end, how=how, score=score)

    def _earlier_side(self, text_hash: str, text: str) -> Side:
        """The earlier text in words, the last one remembered."""
        if self._before[0] != text_hash:
            self._before = text_hash, Side(text)
        return self._before[1]

    def ranked(self, sought: Sought, *, once: bool) -> list[Place]:
        """The places that are like enough, the best first; the first good one if it stands once."""
        places = self._exact(sought)
        if all(place.around < ACCEPTED for place in places):
            places += self._similar(sought, once=once)
        places = [place for place in places if place.score >= ACCEPTED]
        return sorted(places, key=lambda place: place.around, reverse=True)

    def similar(self, sought: Sought) -> list[Place]:
        """The places that have something of the passage's words, in no order."""
        return [*self._exact(sought), *self._similar(sought, once=False)]

    def at(self, sought: Sought, guess: int) -> Place | None:
        """The place near a guess of where the passage's surroundings begin."""
        slack = 48 + len(sought.pattern) // 5
        window = words_of(self._text, guess - slack, guess + len(sought.pattern) + slack)
        place = sought.aligned(window)
        return sought.weighed(place, self._text) if place else None

    def _from_elsewhere(self, sought: Sought) -> Placement | None:
        """The place of words whose text was never seen: the only one, or clearly the best one."""
        places = [
            sought.weighed(Place(start, end, 1.0), self._text)
            for start, end in _alike_in(self._text, sought.anchor.exact)
        ]
        places.sort(key=lambda place: place.around, reverse=True)
        how = How.EXACT
        if not places and sought.is_long:
            places, how = self.ranked(sought, once=True)[:2], How.FUZZY
        if not places or _is_doubtful(places) or (len(places) > 1 and not sought.has_surroundings):
            return None
        best = places[0]
        return self._at(best.start, best.end, how, 1.0 if how is How.EXACT else best.score)

    def _exact(self, sought: Sought) -> list[Place]:
        """Where exactly the passage's words stand."""
        exact, near = sought.anchor.exact, sought.anchor.start
        return [
            sought.weighed(Place(start, start + len(exact), 1.0), self._text)
            for start in occurrences(self._text, exact, near)
        ]

    def _similar(self, sought: Sought, *, once: bool) -> list[Place]:
        """Stretches that share rare words with the passage."""
        places = []
        for guess in self._guesses(sought):
            place = self.at(sought, guess)
            if place is not None:
                places.append(place)
                if once and place.around >= _SURE:
                    break
        return places

    def _guesses(self, sought: Sought) -> list[int]:
        """Where the pattern may begin: where its rare words agree, and where it used to stand."""
        pattern, begin, end = sought.pattern, sought.begin, sought.end
        seeds = seeds_of(pattern, begin, end, 12)
        seeds += seeds_of(pattern, 0, begin, 4) + seeds_of(pattern, end, len(pattern), 4)
        near = sought.anchor.start
        guesses: list[tuple[int, float]] = []
        for at, seed in seeds:
            found = occurrences(self._text, seed, near, _MOST_OF_A_SEED + 1)
            if len(found) <= _MOST_OF_A_SEED:
                guesses += [(place - at, 1 / len(found)) for place in found]
        return [*agreements(guesses, 48 + len(pattern) // 8)[:_MOST_PLACES], near - begin]


def _alike_in(text: str, exact: str) -> list[tuple[int, int]]:
    """Where the words stand: exactly, else with other blanks, else in other case and form."""
    found = occurrences(text, exact, 0, _MOST_OF_A_SEED)
    if found:
        return [(start, start + len(exact)) for start in found]
    # Making this expression takes a tenth of the time that the next one takes.
    blanks = re.compile(r"\s+".join(map(re.escape, exact.translate(ALIKE).split())))
    if blanks.pattern:
        spans = [match.span() for match in blanks.finditer(text.translate(ALIKE))]
        if spans:
            return spans[:_MOST_OF_A_SEED]
    query = pattern(exact)
    near = islice(matches(text, query), _MOST_OF_A_SEED) if query else ()
    return [(place.start, _end_of(exact, text, place.start, place.end)) for place in near]


def _end_of(exact: str, text: str, start: int, end: int) -> int:
    """Where a passage ends of which only the beginning was looked for, for it is very long."""
    last = pattern(exact[-300:]) if len(exact.strip()) > LONGEST_QUERY else None
    tail = next(matches(text, last, start, start + 2 * len(exact)), None) if last else None
    return tail.end if tail else end


def _stands_once(sought: Sought, text: str) -> bool:
    """Whether one of the passage's telling words shows that the text has it only once."""
    seeds = seeds_of(sought.pattern, sought.begin, sought.end, 4)
    return any(len(occurrences(text, seed, 0, 2)) == 1 for _, seed in seeds)


def _is_doubtful(ranked: list[Place]) -> bool:
    """Whether the best place is not quite as it was, and another is nearly as good."""
    if not ranked or ranked[0].around >= _BEYOND_DOUBT:
        return False
    best = ranked[0]
    return any(
        other.around > best.around - _MARGIN and not other.overlaps(best.start, best.end)
        for other in ranked[1:]
    )
