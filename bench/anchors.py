"""Measure how many passages are found again in changed texts, how many wrongly, and how fast.

    python -m bench.anchors [FILE...]

A file is a plain text, or JSON Lines whose records have a `text`; without one the samples of the
program are taken. A passage must be found if at least half of its letters stand in words that
were not touched, and must be an orphan if none of its words is left; between them either is
right. A place is wrong if it shares nothing with the true one, or if there is none.
"""

import json
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path

from tuireader.domain.anchor import SURROUNDINGS, Anchor
from tuireader.domain.article import text_hash
from tuireader.notebook.anchoring.search import AnchorSearch

PASSAGES = 40
"""The number of passages taken from each text."""
LENGTHS = ((1, 3), (4, 8), (9, 25), (26, 80))
"""The minimum and maximum number of words in a passage."""


@dataclass(slots=True)
class Token:
    """A word with the spaces after it, and the number of that word in the old text."""

    word: str
    blank: str
    old: int
    same: bool = True


@dataclass(slots=True)
class Result:
    """The results for one kind of change."""

    counts: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)


Change = Callable[[list[Token], random.Random], list[Token]]


def tokens_of(text: str) -> list[Token]:
    """Return the words of a text."""
    found = re.finditer(r"(\S+)(\s*)", text)
    return [Token(match[1], match[2], number) for number, match in enumerate(found)]


def edited(rate: float) -> Change:
    """Replace, remove or add a share of the words, as an editor does."""

    def change(tokens: list[Token], chance: random.Random) -> list[Token]:
        new = []
        for token in tokens:
            if chance.random() >= rate:
                new.append(token)
                continue
            other = chance.choice(tokens).word
            way = chance.random()
            if way < 0.5:
                new.append(Token(other, token.blank, token.old, same=False))
            elif way < 0.75:
                new += [token, Token(other, " ", token.old, same=False)]
        return new

    return change


def prepended(tokens: list[Token], chance: random.Random) -> list[Token]:
    """Insert text made of the same words at the beginning."""
    words = [chance.choice(tokens).word for _ in range(300)]
    return [*(Token(word, " ", -1) for word in words), *tokens]


def moved(tokens: list[Token], chance: random.Random) -> list[Token]:
    """Put the paragraphs in another order."""
    paragraphs: list[list[Token]] = [[]]
    for token in tokens:
        paragraphs[-1].append(token)
        if "\n\n" in token.blank:
            paragraphs.append([])
    # The last one has no blank line after it, and would run into the one behind it.
    end = next(paragraph for paragraph in reversed(paragraphs) if paragraph)
    end[-1] = replace(end[-1], blank="\n\n")
    chance.shuffle(paragraphs)
    return [token for paragraph in paragraphs for token in paragraph]


def reflowed(tokens: list[Token], chance: random.Random) -> list[Token]:
    """Break the lines at other places."""
    blanks = (" ", "\n", "  ")
    return [Token(token.word, chance.choice(blanks), token.old) for token in tokens]


def both(first: Change, second: Change) -> Change:
    """Combine changes, one after the other."""
    return lambda tokens, chance: second(first(tokens, chance), chance)


CHANGES: dict[str, Change] = {
    "prepended": prepended,
    "moved": moved,
    "reflowed": reflowed,
    "1 % edited": edited(0.01),
    "5 % edited": edited(0.05),
    "10 % edited": edited(0.10),
    "15 % edited": edited(0.15),
    "moved, 5 %": both(edited(0.05), moved),
    "all, 10 %": both(both(edited(0.10), moved), both(prepended, reflowed)),
}


def passages(tokens: list[Token], chance: random.Random) -> Iterator[tuple[int, int]]:
    """Return passages of all lengths in unique paragraphs, each by its first and last word."""
    paragraphs = [[0, 0]]
    for number, token in enumerate(tokens):
        paragraphs[-1][1] = number
        if "\n\n" in token.blank:
            paragraphs.append([number + 1, number + 1])
    words = [[token.word for token in tokens[first : last + 1]] for first, last in paragraphs]
    paragraphs = [
        one for one, there in zip(paragraphs, words, strict=True) if words.count(there) == 1
    ]
    for _ in range(PASSAGES):
        least, most = chance.choice(LENGTHS)
        begin, end = chance.choice(paragraphs)
        length = min(chance.randint(least, most), end - begin + 1)
        first = chance.randint(begin, end - length + 1)
        yield first, first + length - 1


def anchor_of(text: str, text_hash: str, start: int, end: int) -> Anchor:
    """Return the anchor of a passage."""
    return Anchor(
        text_hash=text_hash,
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - SURROUNDINGS) : start],
        suffix=text[end : end + SURROUNDINGS],
    )


def measure(text: str, change: Change, chance: random.Random, *, remembered: bool) -> Result:
    """Take passages of a text, change it, and search them as the program does."""
    result = Result()
    old = tokens_of(text)
    if len(old) < 2:
        return result
    starts, ends = _places(old)
    text = "".join(token.word + token.blank for token in old)
    new = change(old, chance)
    changed = "".join(token.word + token.blank for token in new)
    old_hash = text_hash(text)
    finder = AnchorSearch(changed, text_hash(changed), lambda _: text if remembered else None)
    for number, (first, last) in enumerate(passages(old, chance)):
        there = new
        if number % 10 == 9:
            # Every tenth is not edited but removed.
            there = [token for token in new if not first <= token.old <= last]
            cut = "".join(token.word + token.blank for token in there)
            finder_here = AnchorSearch(cut, text_hash(cut), lambda _: text if remembered else None)
        else:
            finder_here = finder
        anchor = anchor_of(text, old_hash, starts[first], ends[last])
        begun = time.perf_counter()
        place = finder_here.find(anchor)
        result.times.append(time.perf_counter() - begun)
        found = (place.start, place.end) if place else None
        result.counts[_judged(old, there, (first, last), found)] += 1
    return result


def _judged(
    old: list[Token], new: list[Token], passage: tuple[int, int], found: tuple[int, int] | None
) -> str:
    first, last = passage
    starts, ends = _places(new)
    mine = [number for number, token in enumerate(new) if first <= token.old <= last]
    kept = sum(len(new[number].word) for number in mine if new[number].same)
    share = kept / sum(len(token.word) for token in old[first : last + 1])
    if found is None:
        return "missed" if share >= 0.5 else "orphan"
    if not mine:
        return "wrong"
    start, end = starts[mine[0]], ends[mine[-1]]
    if found[1] <= start or end <= found[0]:
        return "wrong"
    return "found" if share >= 0.5 else "found, though little is left"


def _places(tokens: list[Token]) -> tuple[list[int], list[int]]:
    starts, ends, at = [], [], 0
    for token in tokens:
        starts.append(at)
        ends.append(at + len(token.word))
        at += len(token.word) + len(token.blank)
    return starts, ends


def texts_of(names: list[str]) -> Iterator[str]:
    """Return the texts of the files, or of the sample articles."""
    if not names:
        for sample in sorted(files("tuireader.samples").iterdir(), key=lambda path: path.name):
            if sample.name.endswith((".txt", ".md")):
                yield sample.read_text(encoding="utf-8")
    for name in names:
        content = Path(name).read_text(encoding="utf-8")
        if name.endswith(".jsonl"):
            yield from (json.loads(line)["text"] for line in content.splitlines())
        else:
            yield content


def main(names: list[str]) -> None:
    """Measure every kind of change and print a line for each."""
    texts = list(texts_of(names))
    print(f"{len(texts)} texts, {PASSAGES} passages of each")
    print(
        f"{'change':<14}{'text kept':<11}{'found':>9}{'missed':>8}{'wrong':>7}{'ms':>8}{'p95':>7}"
    )
    for name, change in CHANGES.items():
        for remembered in (True, False):
            total = Result()
            for number, text in enumerate(texts):
                chance = random.Random(number)
                one = measure(text, change, chance, remembered=remembered)
                total.counts.update(one.counts)
                total.times += one.times
            found, missed = total.counts["found"], total.counts["missed"]
            times = sorted(seconds * 1000 for seconds in total.times)
            print(
                f"{name:<14}{'yes' if remembered else 'no':<11}"
                f"{found / max(1, found + missed):>9.2%}{missed:>8}{total.counts['wrong']:>7}"
                f"{statistics.median(times):>8.2f}{times[int(len(times) * 0.95)]:>7.2f}"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
