"""Quotations held against labels: which are found, and which have the right speaker.

How well the engine does on labelled articles: `python -m tuireader.quotes.training.evaluate GOLD`.

A quotation counts as found if at least 0.8 of the words of the two stretches
together are in both (as in the Gender Gap Tracker's evaluation, strict form); it
is right if its speaker also agrees. The format of GOLD is in `gold.py`. With
`--save FILE` what was given is kept, a stretch a line; `--against FILE` lists what a
change of the engine has gained and lost since.
"""

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from tuireader.domain.article import Article
from tuireader.quotes.engine import extract
from tuireader.quotes.training.gold import labelled_articles, same_name, similar_name, trim_span
from tuireader.text.sanitize import sanitize_line

_WORD = re.compile(r"\w+")
_FOUND = 0.8
_SAMPLES = 500

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedLabel:
    """A labelled stretch that was found, and whom it was given to."""

    article: str
    start: int
    end: int
    words: str
    speaker: str
    right: bool
    """Whether the speaker is the labelled one; true if the label names nobody."""

    @property
    def place(self) -> tuple[str, int, int]:
        """What tells it from any other: its article, and where it stands."""
        return self.article, self.start, self.end

    def as_record(self) -> dict[str, object]:
        """The same as JSON has it."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Self:
        """What `as_record` gave."""
        return cls(**record)


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """What the engine gave for one article, held against its labels."""

    counts: Counter[str]
    found: tuple[MatchedLabel, ...]
    kinds: Counter[str] = field(default_factory=Counter)
    """Labelled stretches that were found, by how the label names their speaker."""
    right_kinds: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of several articles; a share is between 0 and 1."""

    labelled: int
    found: int
    given: int
    spans: float
    """The harmonic mean of the precision and the recall of the stretches."""
    joint: float
    """The same of stretches with their speakers, by surname."""
    strict: float
    """The same by full name."""
    by_kind: dict[str, tuple[int, int]]
    """How many are right, of how many found, by how the label names their speaker."""

    @property
    def precision(self) -> float:
        """Which share of what was given is labelled."""
        return self.found / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Which share of what is labelled was given."""
        return self.found / self.labelled if self.labelled else 0.0

    @classmethod
    def of(cls, judged: Sequence[ArticleResult]) -> Self:
        """The figures of articles that were judged."""
        counts = sum((one.counts for one in judged), Counter[str]())
        kinds = sum((one.kinds for one in judged), Counter[str]())
        right = sum((one.right_kinds for one in judged), Counter[str]())
        given = counts["given"] - counts["matched nameless"]
        return cls(
            labelled=counts["labelled"],
            found=counts["found"],
            given=counts["given"],
            spans=f1(counts["found"], counts["given"], counts["labelled"]),
            joint=f1(counts["like"], given, counts["named"]),
            strict=f1(counts["same"], given, counts["named"]),
            by_kind={kind: (right[kind], count) for kind, count in kinds.items()},
        )


def evaluate_article(article: Article, labels: dict[str, Any]) -> ArticleResult:
    """What the engine gives for one article, held against its labels."""
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    right_kinds: Counter[str] = Counter()
    found: list[MatchedLabel] = []
    text = article.text
    left = dict(_given(article))
    for label in labels["quotes"]:
        span = trim_span(text, label["start"], label["end"])
        best = max(left, key=lambda other: _shared(text, span, other), default=None)
        hit = best is not None and _shared(text, span, best) >= _FOUND
        speaker = left.pop(best) if hit and best is not None else ""
        if label.get("ignore"):
            continue
        wanted = label.get("speaker")
        counts["labelled"] += 1
        counts["found"] += hit
        counts["matched nameless" if wanted is None else "named"] += hit if wanted is None else 1
        right = wanted is None or similar_name(speaker, wanted)
        if hit:
            found.append(_found(labels["id"], text, span, speaker, right=right))
        if wanted is not None and hit:
            kind = str(label.get("speaker_type") or "named")
            kinds[kind] += 1
            right_kinds[kind] += right
            counts["like"] += right
            counts["same"] += same_name(speaker, wanted)
    counts["given"] = counts["found"] + sum(not _ignored(span, labels) for span in left)
    return ArticleResult(counts, tuple(found), kinds, right_kinds)


def _given(article: Article) -> list[tuple[Span, str]]:
    return [
        (trim_span(article.text, span.start, span.end), quote.speaker)
        for quote in extract(article)
        for span in quote.spans
    ]


def _found(article: str, text: str, span: Span, speaker: str, *, right: bool) -> MatchedLabel:
    start, end = span
    return MatchedLabel(
        article=article,
        start=start,
        end=end,
        words=text[start:end],
        speaker=speaker,
        right=right,
    )


def _shared(text: str, one: Span, other: Span) -> float:
    """The part of the words of two stretches that is in both."""
    inner = max(one[0], other[0]), min(one[1], other[1])
    if inner[0] >= inner[1]:
        return 0.0
    outer = min(one[0], other[0]), max(one[1], other[1])
    both = len(_WORD.findall(text, *inner))
    return both / max(1, len(_WORD.findall(text, *outer)))


def _ignored(span: Span, labels: dict[str, Any]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in labels.get("ignore") or ())


def f1(right: int, given: int, labelled: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * right / (given + labelled) if given + labelled else 0.0


def bootstrap_interval(judged: Sequence[ArticleResult]) -> tuple[float, float]:
    """Between which figures the joint score lies in 95 % of samples drawn from the articles."""
    draw = random.Random(0)  # noqa: S311 - the same at every run
    drawn = sorted(Score.of(draw.choices(judged, k=len(judged))).joint for _ in range(_SAMPLES))
    return drawn[_SAMPLES // 40], drawn[-_SAMPLES // 40 - 1]


_WORDS = 60
"""Code points of a quotation that are shown."""


def main() -> None:
    """Print the figures for labelled articles, and what was gained and lost."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, help="labelled articles, one a line, or a folder")
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep what was given")
    parser.add_argument("--against", type=Path, metavar="FILE", help="compare with what was kept")
    arguments = parser.parse_args()
    started = time.perf_counter()
    judged = [
        evaluate_article(article, labels) for article, labels in labelled_articles(arguments.gold)
    ]
    seconds = time.perf_counter() - started
    print("\n".join(_table(judged, seconds)))  # noqa: T201 - a command
    if arguments.save:
        lines = (json.dumps(found.as_record()) for of in judged for found in of.found)
        arguments.save.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    if arguments.against:
        before = arguments.against.read_text("utf-8").splitlines()
        print("\n".join(_change(judged, map(json.loads, before))))  # noqa: T201 - a command


def _table(judged: list[ArticleResult], seconds: float) -> list[str]:
    total = Score.of(judged)
    low, high = bootstrap_interval(judged)
    counts = f"({total.found} of {total.labelled} found, {total.given} given)"
    share = f"P {total.precision:.3f}  R {total.recall:.3f}  F1 {total.spans:.3f}"
    joint = f"F1 {total.joint:.3f} lenient, {total.strict:.3f} strict"
    lines = [
        f"articles {len(judged)}, {len(judged) / seconds:.0f} a second",
        f"spans    {share}  {counts}",
        f"joint    {joint}; 95 % of samples {low:.3f} to {high:.3f}",
    ]
    for kind, (right, count) in sorted(total.by_kind.items()):
        lines.append(f"speaker  {right / count:.3f} of {count} found that are {kind}")
    return lines


def _change(judged: list[ArticleResult], before: Iterable[dict[str, object]]) -> list[str]:
    """What was right and is not, and the reverse, a line each."""
    earlier = {found.place: found for found in map(MatchedLabel.from_record, before)}
    later = {found.place: found for of in judged for found in of.found}
    lost = [place for place, found in earlier.items() if found.right and not _right(later, place)]
    gained = [place for place, found in later.items() if found.right and not _right(earlier, place)]
    return [
        f"gained {len(gained)}, lost {len(lost)}",
        *(f"+ {_shown(later[place], earlier.get(place))}" for place in gained),
        *(f"- {_shown(earlier[place], later.get(place))}" for place in lost),
    ]


def _right(found: dict[tuple[str, int, int], MatchedLabel], place: tuple[str, int, int]) -> bool:
    return place in found and found[place].right


def _shown(right: MatchedLabel, wrong: MatchedLabel | None) -> str:
    words = sanitize_line(right.words)[:_WORDS]
    other = "not found" if wrong is None else wrong.speaker or "nobody"
    return f"{right.article}  “{words}”  {right.speaker or 'nobody'} (else: {other})"


if __name__ == "__main__":
    main()
