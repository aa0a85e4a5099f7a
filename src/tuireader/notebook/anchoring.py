"""Finds a kept passage again in a text that has changed, or says that it is not there.

A place is proposed by the passage's exact words or by rare words in and around
it, weighed by its words and surroundings, and believed only if, looked for in
the earlier text, it leads back to the passage.
"""

import re
from collections.abc import Callable
from itertools import islice

from tuireader.domain.anchor import SURROUNDINGS, Anchor, How, Placement
from tuireader.domain.anchoring import ACCEPTED, ALIKE, agreements, occurrences, seeds_of, words_of
from tuireader.domain.find import LONGEST_QUERY, matches, pattern
from tuireader.notebook.sought import Place, Sought, likeness

_SURE = 0.8
_MOST_PLACES = 4
_MOST_OF_A_SEED = 50
_TRIED = 4
_CLOSE = 0.03
_WIDE = 1500
_REACHES = (20, 60, 250)
_TELLING = 10
_BEYOND_DOUBT, _MARGIN = 0.95, 0.1


class Finder:
    """A text in which passages are looked for that were kept from an earlier one."""

    def __init__(self, text: str, text_hash: str, earlier: Callable[[str], str | None]) -> None:
        """`earlier` gives the text of a hash if it is kept; it tells like passages apart."""
        self._text = text
        self._hash = text_hash
        self._earlier = earlier

    def find(self, anchor: Anchor) -> Placement | None:
        """Where the passage stands now; None if its words are gone."""
        sought = Sought(anchor)
        if not anchor.text_hash:
            return self._from_elsewhere(sought)
        earlier = self._earlier(anchor.text_hash)
        ranked = self.ranked(sought, once=_stands_once(sought, earlier or self._text))
        if earlier is not None:
            ranked = self.told_apart(sought, ranked, earlier) or self._alone(anchor, earlier)
        if not sought.is_long and _is_doubtful(ranked):
            return None
        for place in ranked[:_TRIED]:
            if earlier is None or self._leads_back(sought, place, earlier):
                return Placement(
                    text_hash=self._hash,
                    start=place.start,
                    end=place.end,
                    how=How.EXACT if place.words == 1.0 else How.FUZZY,
                    score=round(min(1.0, place.score), 3),
                )
        return None

    def ranked(self, sought: Sought, *, once: bool) -> list[Place]:
        """The places that are like enough, the best first; the first good one if it stands once."""
        places = self._exact(sought)
        if all(place.around < ACCEPTED for place in places):
            places += self._similar(sought, once=once)
        places = [place for place in places if place.score >= ACCEPTED]
        return sorted(places, key=lambda place: place.around, reverse=True)

    def told_apart(self, sought: Sought, ranked: list[Place], earlier: str) -> list[Place]:
        """Places that are as good as the best, ordered by what stands more widely around them."""
        close = [place for place in ranked if place.around >= ranked[0].around - _CLOSE]
        if len(close) < 2:
            return ranked
        anchor = sought.anchor
        before = words_of(earlier, anchor.start - _WIDE, anchor.start).folded[::-1]
        after = words_of(earlier, anchor.end, anchor.end + _WIDE).folded

        def alike(place: Place) -> float:
            ours = words_of(self._text, place.start - _WIDE, place.start).folded[::-1]
            theirs = words_of(self._text, place.end, place.end + _WIDE).folded
            return sum(
                likeness(before[:reach], ours) + likeness(after[:reach], theirs)
                for reach in _REACHES
            )

        return sorted(close, key=alike, reverse=True) + ranked[len(close) :]

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
        score = 1.0 if how is How.EXACT else round(min(1.0, best.score), 3)
        return Placement(text_hash=self._hash, start=best.start, end=best.end, how=how, score=score)

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

    def _alone(self, anchor: Anchor, earlier: str) -> list[Place]:
        """The one place of words that stood in the earlier text once, and do so in this one."""
        if len(anchor.exact) < _TELLING or len(anchor.exact.split()) < 2:
            return []
        there = occurrences(earlier, anchor.exact, anchor.start, 2)
        here = occurrences(self._text, anchor.exact, anchor.start, 2)
        if not len(there) == len(here) == 1:
            return []
        return [Place(here[0], here[0] + len(anchor.exact), 1.0, score=ACCEPTED)]

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

    def _leads_back(self, sought: Sought, place: Place, earlier: str) -> bool:
        """Whether the place, looked for in the earlier text, is the passage that was kept."""
        anchor, text = sought.anchor, self._text
        if place.words == 1.0 and len(occurrences(earlier, anchor.exact, anchor.start, 2)) == 1:
            return True
        back = Sought(
            Anchor(
                text_hash=self._hash,
                start=place.start,
                end=place.end,
                exact=text[place.start : place.end],
                prefix=text[max(0, place.start - SURROUNDINGS) : place.start],
                suffix=text[place.end : place.end + SURROUNDINGS],
            )
        )
        finder = Finder(earlier, anchor.text_hash, lambda _: text)
        home = finder.at(back, anchor.start - back.begin)
        at_home = home and home.around >= _SURE and home.overlaps(anchor.start, anchor.end)
        once = _stands_once(back, earlier)
        if at_home and sought.is_long and once:
            return True
        ranked = finder.told_apart(back, finder.ranked(back, once=once), text)
        return bool(ranked) and ranked[0].overlaps(anchor.start, anchor.end)


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
