"""The differences between two texts, by paragraph and by word.

Equal paragraphs are found first. In the others, runs of three words that occur once in each text,
in the same order, divide the texts ("patience" diff); between them the longest common run is
matched first.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from tuireader.domain.article import Passage
from tuireader.notebook.anchoring.alignment import matching_blocks, unique_shingles

_PARAGRAPH = re.compile(r"(?<![^\n])[^\n\S]*+\S[^\n]*")
_BY_CHANCE = 4
"""An equal part shorter than this (code points), between two changes, is merged with them."""
_PAIRED, _ALIKE = 10_000, 0.35
"""Above this product of counts, paragraphs are not paired; a pair has at least this similarity."""
_Paragraphs = list[re.Match[str]]
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A part of a difference: equal words (`same`), or old words and the new ones in their place.

    Equal parts may differ in white space; of the others, one side may be empty.
    """

    old: Passage
    new: Passage
    same: bool


@dataclass(frozen=True, slots=True)
class DiffHunk:
    """A hunk of a difference: changed paragraphs as parts, or unchanged ones without parts."""

    old: Passage
    new: Passage
    parts: tuple[DiffPart, ...] = ()
    unchanged: int = 0
    """The number of unchanged paragraphs; 0 for changed ones."""


def diff_texts(old: str, new: str, pause: Callable[[], None]) -> Iterator[DiffHunk]:
    """Yield the differences of two texts in order; nothing if both are empty.

    Equal texts are one unchanged hunk. `pause` is called between pieces of work, and may raise an
    exception to cancel it.
    """
    ours, theirs = list(_PARAGRAPH.finditer(old)), list(_PARAGRAPH.finditer(new))
    lines = [found[0] for found in ours], [found[0] for found in theirs]
    matcher = SequenceMatcher(None, *lines, autojunk=False)
    at = 0, 0
    for tag, first, last, begin, end in matcher.get_opcodes():
        pause()
        pairs = [(ours[first:last], theirs[begin:end])]
        if tag != "equal":
            pairs = _pair_paragraphs(ours[first:last], theirs[begin:end])
        for before, after in pairs:
            was, now = _span(before, at[0]), _span(after, at[1])
            at = was.end, now.end
            found = (
                ()
                if tag == "equal"
                else tuple(_merge_chance_matches(old, new, diff_words(old, new, was, now)))
            )
            if all(part.same for part in found):
                yield DiffHunk(was, now, unchanged=len(after))
            else:
                yield DiffHunk(was, now, parts=found)


def _pair_paragraphs(
    ours: _Paragraphs, theirs: _Paragraphs
) -> list[tuple[_Paragraphs, _Paragraphs]]:
    """Pair the old paragraphs with the new ones that they became, in order.

    A paragraph without a partner has an empty list as the other side. The pairs with the greatest
    total similarity are chosen, by the algorithm for the longest common subsequence; too many
    paragraphs are one pair.
    """
    if not ours or not theirs or len(ours) * len(theirs) > _PAIRED:
        return [(ours, theirs)]
    words = [[set(_WORD.findall(found[0])) for found in side] for side in (ours, theirs)]
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i in range(len(ours) - 1, -1, -1):
        for j in range(len(theirs) - 1, -1, -1):
            like = _similarity(words[0][i], words[1][j])
            best[i][j] = max(best[i + 1][j], best[i][j + 1], like and best[i + 1][j + 1] + like)
    pairs: list[tuple[_Paragraphs, _Paragraphs]] = []
    i = j = 0
    while i < len(ours) or j < len(theirs):
        if i < len(ours) and best[i][j] == best[i + 1][j]:
            pairs.append((ours[i : i + 1], []))
            i += 1
        elif j < len(theirs) and best[i][j] == best[i][j + 1]:
            pairs.append(([], theirs[j : j + 1]))
            j += 1
        else:
            pairs.append((ours[i : i + 1], theirs[j : j + 1]))
            i, j = i + 1, j + 1
    return pairs


def _similarity(ours: set[str], theirs: set[str]) -> float:
    """Return how similar two paragraphs are by their words, from 0 to 1.

    0 if they are too different to be a pair.
    """
    like = 2 * len(ours & theirs) / (len(ours) + len(theirs))
    return like if like >= _ALIKE else 0.0


def _merge_chance_matches(old: str, new: str, found: Iterable[DiffPart]) -> Iterator[DiffPart]:
    """Yield the parts, with short accidental matches merged into the changes around them.

    `old` and `new` are the two texts.
    """
    held: list[DiffPart] = []
    for part in found:
        if not held:
            held = [part]
        elif part.same and len(part.new) < _BY_CHANCE and not held[-1].same:
            held.append(part)
        elif not part.same and len(held) > 1:
            was = Passage(held[0].old.start, max(part.old.end, held[1].old.end))
            now = Passage(held[0].new.start, max(part.new.end, held[1].new.end))
            held = [DiffPart(was.trimmed(old), now.trimmed(new), same=False)]
        else:
            yield from held
            held = [part]
    yield from held


def diff_words(old: str, new: str, ours: Passage, theirs: Passage) -> Iterator[DiffPart]:
    """Yield the differences of two ranges word by word; nothing if both have no words.

    `ours` is the range of `old`, `theirs` that of `new`.
    """
    before, after = _words(old, ours), _words(new, theirs)
    names = [tuple(match[0] for match in side) for side in (before, after)]
    done = ours.start, theirs.start
    for first, begin, count in (*_merged_runs(*names), (len(before), len(after), 0)):
        if count:
            same = (
                Passage(before[first].start(), before[first + count - 1].end()),
                Passage(after[begin].start(), after[begin + count - 1].end()),
            )
            gap = Passage(done[0], same[0].start), Passage(done[1], same[1].start)
        else:
            gap = Passage(done[0], ours.end), Passage(done[1], theirs.end)
        if gap[0].of(old).strip() or gap[1].of(new).strip():
            yield DiffPart(gap[0].trimmed(old), gap[1].trimmed(new), same=False)
        if count:
            yield DiffPart(*same, same=True)
            done = same[0].end, same[1].end


def _span(paragraphs: list[re.Match[str]], at: int) -> Passage:
    """Return the range from the first to the last paragraph.

    Without paragraphs it is an empty range at `at`.
    """
    if not paragraphs:
        return Passage(at, at)
    return Passage(paragraphs[0].start(), paragraphs[-1].end())


def _words(text: str, stretch: Passage) -> list[re.Match[str]]:
    """Return the words and punctuation marks in a range of the text; empty if there are none."""
    return list(_WORD.finditer(text, stretch.start, stretch.end))


def _merged_runs(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[tuple[int, int, int]]:
    """Yield the runs of equal words in order, adjacent runs merged.

    Each is given by its starts in both sequences and its length.
    """
    runs: list[list[int]] = []
    for first, begin, count in _common_runs(ours, theirs):
        if runs and runs[-1][0] + runs[-1][2] == first and runs[-1][1] + runs[-1][2] == begin:
            runs[-1][2] += count
        else:
            runs.append([first, begin, count])
    for first, begin, count in runs:
        yield first, begin, count


def _common_runs(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[tuple[int, int, int]]:
    """Yield the runs of equal words, as starts in both sequences and length, in order.

    Adjacent ones are not merged.
    """
    at = 0, 0
    for first, begin in (*_unique_anchors(ours, theirs), (len(ours), len(theirs))):
        if first < at[0] or begin < at[1]:
            continue
        for here, there, count in matching_blocks(ours[at[0] : first], theirs[at[1] : begin]):
            if count:
                yield at[0] + here, at[1] + there, count
        if first < len(ours):
            yield first, begin, 1
        at = first + 1, begin + 1


def _unique_anchors(ours: tuple[str, ...], theirs: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return the starts of three-word runs that occur once in each sequence, in the same order.

    This is the longest increasing subsequence of all such runs; empty if there are none.
    """
    there = unique_shingles(theirs)
    pairs = [(number, there[run]) for run, number in unique_shingles(ours).items() if run in there]
    pairs.sort()
    # The longest increasing subsequence, by patience sorting.
    tops: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(last[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [place]
        last[pile : pile + 1] = [number]
    chain = []
    number = last[-1] if last else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]
