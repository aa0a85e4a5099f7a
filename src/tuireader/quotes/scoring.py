"""Quotations held against labels: which are found, and which have the right speaker."""

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from tuireader.domain.article import Article
from tuireader.quotes.extraction import extract
from tuireader.quotes.gold import like_name, same_name, trimmed

_WORD = re.compile(r"\w+")
_FOUND = 0.8
_SAMPLES = 500

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
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
class Judged:
    """What the engine gave for one article, held against its labels."""

    counts: Counter[str]
    found: tuple[Found, ...]
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
    def of(cls, judged: Sequence[Judged]) -> Self:
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


def judge(article: Article, labels: dict[str, Any]) -> Judged:
    """What the engine gives for one article, held against its labels."""
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    right_kinds: Counter[str] = Counter()
    found: list[Found] = []
    text = article.text
    left = dict(_given(article))
    for label in labels["quotes"]:
        span = trimmed(text, label["start"], label["end"])
        best = max(left, key=lambda other: _shared(text, span, other), default=None)
        hit = best is not None and _shared(text, span, best) >= _FOUND
        speaker = left.pop(best) if hit and best is not None else ""
        if label.get("ignore"):
            continue
        wanted = label.get("speaker")
        counts["labelled"] += 1
        counts["found"] += hit
        counts["matched nameless" if wanted is None else "named"] += hit if wanted is None else 1
        right = wanted is None or like_name(speaker, wanted)
        if hit:
            found.append(_found(labels["id"], text, span, speaker, right=right))
        if wanted is not None and hit:
            kind = str(label.get("speaker_type") or "named")
            kinds[kind] += 1
            right_kinds[kind] += right
            counts["like"] += right
            counts["same"] += same_name(speaker, wanted)
    counts["given"] = counts["found"] + sum(not _ignored(span, labels) for span in left)
    return Judged(counts, tuple(found), kinds, right_kinds)


def _given(article: Article) -> list[tuple[Span, str]]:
    return [
        (trimmed(article.text, span.start, span.end), quote.speaker)
        for quote in extract(article)
        for span in quote.spans
    ]


def _found(article: str, text: str, span: Span, speaker: str, *, right: bool) -> Found:
    start, end = span
    return Found(
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


def bootstrap(judged: Sequence[Judged]) -> tuple[float, float]:
    """Between which figures the joint score lies in 95 % of samples drawn from the articles."""
    draw = random.Random(0)  # noqa: S311 - the same at every run
    drawn = sorted(Score.of(draw.choices(judged, k=len(judged))).joint for _ in range(_SAMPLES))
    return drawn[_SAMPLES // 40], drawn[-_SAMPLES // 40 - 1]
