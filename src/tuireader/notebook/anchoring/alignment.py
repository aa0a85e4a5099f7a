"""Alignment of two texts: finds where a passage of one text is in the other, word by word.

Runs of three words that occur once in each text show where to look (as the "patience" diff uses
lines that occur once). There the two texts are aligned, so that a passage that was edited itself
lies between the words around it. A result is accepted only if the alignment in the other direction
leads back to the passage.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from tuireader.domain.anchor import (
    ACCEPTED,
    FoldedWords,
    MatchMethod,
    Placement,
    clustered_guesses,
    exact_occurrences,
    match_score,
    tokenize_words,
)

_BEYOND = 64
"""How many code points beside a passage must be unchanged for the fast path."""
_READABLE = 60_000
"""Up to this product of lengths, the longest common run is searched first."""


Run = tuple[str, ...]
"""Three words that follow each other."""


class TokenizedText:
    """A text split into words, with an index of the three-word runs that occur once in it."""

    def __init__(self, text: str) -> None:
        """Prepare a text; it is split when its words are first needed."""
        self.text = text

    @cached_property
    def lines(self) -> str:
        """The text with a newline added at both ends."""
        return f"\n{self.text}\n"

    @cached_property
    def words(self) -> FoldedWords:
        """All words of the text."""
        return tokenize_words(self.text)

    @cached_property
    def _once(self) -> dict[Run, int]:
        """The three-word runs that occur once, and the number of the first word of each."""
        return unique_shingles(self.words.folded)

    def once(self, run: Run) -> int:
        """Return the number of the first word of a run that occurs once in the text; else -1."""
        return self._once.get(run, -1)

    def range_of(self, start: int, end: int) -> range:
        """Return the numbers of the words that overlap a range of code points.

        Empty if no word does.
        """
        return range(bisect_right(self.words.ends, start), bisect_left(self.words.starts, end))


def unique_shingles(words: tuple[str, ...]) -> dict[Run, int]:
    """Return the three-word runs that occur once, with the number of the first word of each.

    Empty for fewer than three words.
    """
    runs: list[Run] = list(zip(words, words[1:], words[2:], strict=False))
    last = dict(zip(runs, range(len(runs)), strict=True))
    first = dict(zip(reversed(runs), range(len(runs) - 1, -1, -1), strict=True))
    return {run: number for run, number in first.items() if last[run] == number}


def shift_outside_changes(old: str, new: str, start: int, end: int) -> int | None:
    """Return by how many code points a range outside all changes moved; None if unknown.

    All changes must lie before or after the range and the text next to it. `start` and `end` are
    offsets in the old text.
    """
    if old[:end] == new[:end] and old[end : end + _BEYOND] == new[end : end + _BEYOND]:
        return 0
    shift = len(new) - len(old)
    begin = max(0, start - _BEYOND)
    if begin + shift >= 0 and old[begin:] == new[begin + shift :]:
        return shift
    return None


def matching_blocks(
    ours: tuple[str, ...], theirs: tuple[str, ...]
) -> Iterable[tuple[int, int, int]]:
    """Return the runs of equal words: their starts in both sequences, and their lengths.

    The longest common run is found first, as a human would do it; for very long sequences a faster
    method is used. A last run of length 0 may stand at the end.
    """
    if len(ours) * len(theirs) <= _READABLE:
        return SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    from rapidfuzz.distance import Indel  # noqa: PLC0415 - 20 ms, rarely needed

    opcodes = Indel.opcodes(ours, theirs)
    return [
        (block.src_start, block.dest_start, block.src_end - block.src_start)
        for block in opcodes
        if block.tag == "equal"
    ]


MAX_ALIGNED_TEXT = 1_000_000
"""The longest text that is aligned, in code points; each takes about 100 bytes of memory."""

_AROUND = 24
_NEAR = 8
_PLACES = 4
_LONG, _SHORT = 8, 8
_ASTRAY, _FAR = 3, 1 << 40
_LEAST, _ENOUGH, _SURE = 0.45, 0.55, 0.95
_BESIDE, _TELLING = 0.25, 0.75
_FURTHER, _SURE_AROUND = 0.4, 0.8


@dataclass(frozen=True, slots=True)
class AlignedPassage:
    """A place of a passage in the other text, in code points, and how well it matches."""

    start: int
    end: int
    kept: float
    """The share of the passage's words that are at the place, from 0 to 1."""
    words: float
    """Like `kept`, but reduced by words that were added between them."""
    before: float
    """The share of the words just before the passage that are before the place, from 0 to 1."""
    after: float
    around: float
    """The share of the words further around it that also match in order, from 0 to 1."""
    score: float

    def is_beside(self, least: float) -> bool:
        """Return whether it has the share `least` of the words, and fits the words next to it."""
        beside = max(self.before, self.after) >= _BESIDE
        return self.kept >= least and self.score >= _ENOUGH and beside

    @property
    def is_between(self) -> bool:
        """Whether most of the words on both sides of the passage are next to the place."""
        return min(self.before, self.after) >= 0.5

    @property
    def rank(self) -> float:
        """The number by which places are compared; higher is better, own words count most."""
        return self.score * (1 + self.words) + _FURTHER * self.around

    @property
    def is_sure(self) -> bool:
        """Whether it matches so well that no other place needs to be examined."""
        return self.score >= _SURE and self.around >= _SURE_AROUND


def aligned_place(
    old: TokenizedText, new: TokenizedText, start: int, end: int, text_hash: str
) -> Placement | None:
    """Return the place of a range of the old text in the new text; None if its words are gone.

    `start` and `end` are offsets in the old text, `text_hash` is the hash of the new one.
    """
    found = _best_alignment(old, new, start, end, _LEAST)
    if found is None:
        return None
    if not found.is_sure:
        # Words added to the passage are not in the old text, so fewer words need to match.
        back = _best_alignment(new, old, found.start, found.end, _LEAST / 2)
        if back is None or not (back.start < end and start < back.end):
            return None
    return Placement(
        text_hash=text_hash,
        start=found.start,
        end=found.end,
        how=MatchMethod.EXACT if found.words == 1.0 else MatchMethod.FUZZY,
        # Both directions agree, so it is accepted; its score says how certain it is beyond that.
        score=round(ACCEPTED + (1 - ACCEPTED) * min(1.0, found.score), 3),
    )


def candidate_places(
    old: TokenizedText, new: TokenizedText, start: int, end: int
) -> Iterator[AlignedPassage]:
    """Yield the places where a range of the old text may be in the new one, however uncertain.

    `start` and `end` are offsets in the old text. If none of its words are left, the text between
    the words that surrounded it is yielded. Nothing if the range has no word.
    """
    inner = old.range_of(start, end)
    if not inner:
        return
    for shift in _likely_shifts(old, new, inner, start, end):
        pairs = _word_pairs(old.words, new.words, inner, shift, _AROUND)
        found = _align(old, new, inner, (start, end), pairs)
        if found is not None:
            yield found
            continue
        before, after = pairs.get(inner[0] - 1), pairs.get(inner[-1] + 1)
        if before is not None and after is not None and before + 1 < after:
            begin, stop = new.words.starts[before + 1], new.words.ends[after - 1]
            yield AlignedPassage(begin, stop, 0.0, 0.0, 1.0, 1.0, 1.0, match_score(0, 1, 1, 0))


def _best_alignment(
    old: TokenizedText, new: TokenizedText, start: int, end: int, least: float
) -> AlignedPassage | None:
    """Return the best alignment of a range with at least the share `least` of its words.

    None if there is none, or if the range has no word or was deleted.
    """
    inner = old.range_of(start, end)
    if not inner:
        return None
    best: AlignedPassage | None = None
    alone = len(inner) >= _LONG or _is_unique_line(old, new, start, end)
    telling = alone or _is_distinctive(old, new, inner, start, end)
    shifts = list(_likely_shifts(old, new, inner, start, end))
    # Text that followed it may precede it now, and would be aligned instead of it.
    for around in (_AROUND, 0) if telling else (_AROUND,):
        for shift in shifts:
            pairs = _word_pairs(old.words, new.words, inner, shift, around)
            if not alone and _is_deleted(pairs, inner):
                return None
            found = _align(old, new, inner, (start, end), pairs)
            if found is None or (best is not None and found.rank <= best.rank):
                continue
            if found.is_beside(least) or (telling and found.words >= _TELLING):
                best = found
                if found.is_sure:
                    return best
        if best is not None:
            break
    return best


def _is_deleted(pairs: dict[int, int], inner: range) -> bool:
    """Return whether the words on both sides of the passage are now next to each other.

    `pairs` has the new word for each old one, `inner` the numbers of the passage's words.
    """
    before, after = pairs.get(inner[0] - 1), pairs.get(inner[-1] + 1)
    if before is None or after != before + 1:
        return False
    return pairs.get(inner[0] - 2) == before - 1 and pairs.get(inner[-1] + 2) == after + 1


def _is_unique_line(old: TokenizedText, new: TokenizedText, start: int, end: int) -> bool:
    """Return whether a short passage is a line, such as a heading, that both texts have once."""
    exact = f"\n{old.text[start:end].strip()}\n"
    return len(exact) > _SHORT and _is_unique(old, new, exact, start)


def _is_distinctive(
    old: TokenizedText, new: TokenizedText, inner: range, start: int, end: int
) -> bool:
    """Return whether a short passage can be identified by its words alone, without its context."""
    exact = old.text[start:end].strip()
    count = sum(old.words.folded[number].isalnum() for number in inner)
    return count > 1 and len(exact) >= _SHORT and _is_unique(old, new, exact, start)


def _is_unique(old: TokenizedText, new: TokenizedText, exact: str, near: int) -> bool:
    """Return whether a string occurs exactly once in each of the texts.

    `near` is the offset where the search begins.
    """
    return all(len(exact_occurrences(side.lines, exact, near, 2)) == 1 for side in (old, new))


def _likely_shifts(
    old: TokenizedText, new: TokenizedText, inner: range, start: int, end: int
) -> Iterator[int]:
    """Yield by how many words the passage may have moved, the likeliest first.

    `inner` are the numbers of its words, `start` and `end` its offsets in the old text.
    """
    folded = old.words.folded
    begin, stop = max(0, inner.start - _AROUND), min(len(folded), inner.stop + _AROUND)
    guesses = []
    for number in range(begin, stop - 2):
        run = folded[number : number + 3]
        if old.once(run) == number and (there := new.once(run)) >= 0:
            weight = 1.0 if inner.start - 2 <= number < inner.stop else 0.5
            guesses.append((there - number, weight))
    yield from clustered_guesses(guesses, _NEAR + len(inner) // 8)[:_PLACES]
    exact = old.text[start:end]
    for at in exact_occurrences(new.text, exact, start, _PLACES):
        yield new.range_of(at, at + len(exact)).start - inner.start


def _align(
    old: TokenizedText,
    new: TokenizedText,
    inner: range,
    passage: tuple[int, int],
    pairs: dict[int, int],
) -> AlignedPassage | None:
    """Return the place of a passage according to matching words; None if none of its own match.

    `inner` are the numbers of its words, `passage` its offsets in the old text, and `pairs` has the
    new word for each old one.
    """
    kept = [number for number in inner if number in pairs]
    if not kept:
        return None
    first, last = inner[0], inner[-1]
    begin, end = _passage_ends(pairs, kept, inner, len(new.words))
    folded = old.words.folded
    weight = _weight(folded[first : last + 1])
    same = _weight(folded[number] for number in kept)
    words = 2 * same / (weight + _weight(new.words.folded[begin : end + 1]))
    before = _context_share(pairs, range(first - 1, max(-1, first - 1 - _NEAR), -1), begin - first)
    after = _context_share(pairs, range(last + 1, min(len(folded), last + 1 + _NEAR)), end - last)
    # A passage may begin or end inside a word; it still does if the word is unchanged.
    into = max(0, passage[0] - old.words.starts[first]) if first in pairs else 0
    short = max(0, old.words.ends[last] - passage[1]) if last in pairs else 0
    start, stop = new.words.starts[begin] + into, new.words.ends[end] - short
    distance = min(1.0, abs(start - passage[0]) / max(1, len(new.text)))
    score = match_score(words, before, after, distance)
    further = [*range(max(0, first - _AROUND), first)]
    further += range(last + 1, min(len(folded), last + 1 + _AROUND))
    around = sum(number in pairs for number in further) / len(further) if further else 1.0
    return AlignedPassage(start, stop, same / weight, words, before, after, around, score)


def _passage_ends(
    pairs: dict[int, int], kept: list[int], inner: range, count: int
) -> tuple[int, int]:
    """Return the numbers of the passage's first and last word in the new text.

    If its own first or last word does not match, the passage extends to the matching word next to
    it; if that does not match either, it keeps its length.
    """
    first, last = inner[0], inner[-1]
    floor = max((to for word, to in pairs.items() if word < first), default=-1) + 1
    ceiling = min((to for word, to in pairs.items() if word > last), default=count) - 1
    begin, end = pairs[kept[0]], pairs[kept[-1]]
    if first not in pairs:
        begin = floor if begin - floor <= _NEAR and first - 1 in pairs else begin - kept[0] + first
    if last not in pairs:
        end = ceiling if ceiling - end <= _NEAR and last + 1 in pairs else end - kept[-1] + last
    return max(floor, begin), min(ceiling, end)


def _word_pairs(
    old: FoldedWords, new: FoldedWords, inner: range, shift: int, around: int
) -> dict[int, int]:
    """Match the words of the passage, and `around` words on both sides, with the new text.

    Returns the number of the new word for each matching old one.
    """
    slack = _NEAR + len(inner) // 6
    begin, stop = max(0, inner.start - around), min(len(old), inner.stop + around)
    there = max(0, begin + shift - slack), max(0, stop + shift + slack)
    same = matching_blocks(old.folded[begin:stop], new.folded[there[0] : there[1]])
    return {
        begin + ours + number: there[0] + theirs + number
        for ours, theirs, length in same
        for number in range(length)
    }


def _weight(words: Iterable[str]) -> float:
    """Return the weight of words: the number of their letters; punctuation counts 0.1 a mark."""
    return sum(len(word) if word.isalnum() else 0.1 for word in words)


def _context_share(pairs: dict[int, int], numbers: range, shift: int) -> float:
    """Return the share of words that are near their expected position; 1.0 if there are none.

    `numbers` are those of the old words, `shift` is by how many words they should have moved.
    """
    there = sum(abs(pairs.get(number, -_FAR) - number - shift) <= _ASTRAY for number in numbers)
    return there / len(numbers) if numbers else 1.0
