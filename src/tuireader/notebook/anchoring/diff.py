"""What changed between two texts, paragraph by paragraph and word by word.

Paragraphs that are the same are found first. Within those that are not, runs of three words that
each text has once, in the same order, divide the texts ("patience" diff), and between them
the longest common run goes first.
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
_PAIRED, _ALIKE = 10_000, 0.35
_Paragraphs = list[re.Match[str]]
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A stretch of both texts: the same words in both, or what stands there instead of it.

    Where it is the same the two may differ in blanks; of what is not, one may be empty.
    """

    old: Passage
    new: Passage
    same: bool


@dataclass(frozen=True, slots=True)
class DiffHunk:
    """Paragraphs that have changed, as parts; or so many that have not, without parts."""

    old: Passage
    new: Passage
    parts: tuple[DiffPart, ...] = ()
    unchanged: int = 0
    """How many paragraphs are the same."""


def diff_texts(old: str, new: str, pause: Callable[[], None]) -> Iterator[DiffHunk]:
    """What changed, in the order of the texts; the pause is called now and then, and may raise."""
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
    """Which changed paragraph became which, in order; the others came or went.

    The pairs that are most alike in all, found as the longest common subsequence is.
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
    """How alike two paragraphs are by their words; 0 if one cannot have become the other."""
    like = 2 * len(ours & theirs) / (len(ours) + len(theirs))
    return like if like >= _ALIKE else 0.0


def _merge_chance_matches(old: str, new: str, found: Iterable[DiffPart]) -> Iterator[DiffPart]:
    """The parts without what is the same by chance: a short word between two changes."""
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
    """The two stretches word by word."""
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
    if not paragraphs:
        return Passage(at, at)
    return Passage(paragraphs[0].start(), paragraphs[-1].end())


def _words(text: str, stretch: Passage) -> list[re.Match[str]]:
    return list(_WORD.finditer(text, stretch.start, stretch.end))


def _merged_runs(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[tuple[int, int, int]]:
    """The runs of words that are the same, in order; those that touch are one."""
    runs: list[list[int]] = []
    for first, begin, count in _common_runs(ours, theirs):
        if runs and runs[-1][0] + runs[-1][2] == first and runs[-1][1] + runs[-1][2] == begin:
            runs[-1][2] += count
        else:
            runs.append([first, begin, count])
    for first, begin, count in runs:
        yield first, begin, count


def _common_runs(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[tuple[int, int, int]]:
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
    """Where runs of three words begin that both have once, as many as stand in the same order."""
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
