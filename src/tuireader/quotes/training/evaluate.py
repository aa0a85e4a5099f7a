"""Evaluates the engine on labelled articles: `python -m tuireader.quotes.training.evaluate GOLD`.

A quotation counts as found if at least 0.8 of the words of both spans together are
common to both (as in the strict evaluation of the Gender Gap Tracker). It is correct if its
speaker agrees too. The format of GOLD is in `gold.py`. `--save FILE` keeps the result, one
span a line; `--against FILE` lists what a change of the engine has gained and lost since.
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
from tuireader.domain.quote import Quote
from tuireader.quotes.engine import extract
from tuireader.quotes.training.gold import labelled_articles, same_name, similar_name, trim_span
from tuireader.text.sanitize import sanitize_line

_WORD = re.compile(r"\w+")
MIN_OVERLAP = 0.8
_BOOTSTRAP_SAMPLES = 500

Span = tuple[int, int]
_MAX_SHOWN = 60
"""The most code points of a quotation that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedLabel:
    """A labelled span that was found, and the speaker it was given."""

    article: str
    start: int
    end: int
    words: str
    speaker: str
    right: bool
    """Whether the speaker is the labelled one; true if the label has none."""

    @property
    def key(self) -> tuple[str, int, int]:
        """The article and the span, which identify the label."""
        return self.article, self.start, self.end

    def as_record(self) -> dict[str, object]:
        """Return it as a JSON object."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Self:
        """Return the label that `as_record` was called on."""
        return cls(**record)


@dataclass(frozen=True, slots=True)
class ArticleResult:
    """The result of the engine on one article, compared with its labels."""

    counts: Counter[str]
    found: tuple[MatchedLabel, ...]
    kinds: Counter[str] = field(default_factory=Counter)
    """The number of labelled spans that were found, by the kind of their speaker."""
    right_kinds: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Score:
    """The scores of several articles; a share is between 0 and 1."""

    labelled: int
    found: int
    extracted: int
    spans: float
    """The F1 score of the spans."""
    joint: float
    """The F1 score of spans with their speakers, compared by surname."""
    strict: float
    """The F1 score of spans with their speakers, compared by full name."""
    by_kind: dict[str, tuple[int, int]]
    """The numbers of correct speakers and of found spans, by the kind of speaker."""

    @property
    def precision(self) -> float:
        """The share of the extracted spans that are labelled."""
        return self.found / self.extracted if self.extracted else 0.0

    @property
    def recall(self) -> float:
        """The share of the labelled spans that were extracted."""
        return self.found / self.labelled if self.labelled else 0.0

    @classmethod
    def of(cls, results: Sequence[ArticleResult]) -> Self:
        """Return the scores of several results."""
        counts = sum((result.counts for result in results), Counter[str]())
        kinds = sum((result.kinds for result in results), Counter[str]())
        right = sum((result.right_kinds for result in results), Counter[str]())
        extracted = counts["extracted"] - counts["matched nameless"]
        return cls(
            labelled=counts["labelled"],
            found=counts["found"],
            extracted=counts["extracted"],
            spans=f1(counts["found"], counts["extracted"], counts["labelled"]),
            joint=f1(counts["like"], extracted, counts["named"]),
            strict=f1(counts["same"], extracted, counts["named"]),
            by_kind={kind: (right[kind], count) for kind, count in kinds.items()},
        )


def evaluate_article(
    article: Article, labels: dict[str, Any], quotes: Iterable[Quote] | None = None
) -> ArticleResult:
    """Return the quotations of one article compared with its labels.

    `quotes` are those that were found in it; None means that the engine extracts them.
    """
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    right_kinds: Counter[str] = Counter()
    found: list[MatchedLabel] = []
    text = article.text
    unmatched = dict(_spans_of(article, extract(article) if quotes is None else quotes))
    for label in labels["quotes"]:
        span = trim_span(text, label["start"], label["end"])
        best = max(unmatched, key=lambda other: word_overlap(text, span, other), default=None)
        is_found = best is not None and word_overlap(text, span, best) >= MIN_OVERLAP
        speaker = unmatched.pop(best) if is_found and best is not None else ""
        if label.get("ignore"):
            continue
        wanted = label.get("speaker")
        names = (wanted, *(label.get("speaker_aliases") or ())) if wanted else ()
        counts["labelled"] += 1
        counts["found"] += is_found
        counts["matched nameless" if wanted is None else "named"] += (
            is_found if wanted is None else 1
        )
        right = wanted is None or any(similar_name(speaker, name) for name in names)
        if is_found:
            found.append(_matched_label(labels["id"], text, span, speaker, right=right))
        if wanted is not None and is_found:
            kind = str(label.get("speaker_type") or "named")
            kinds[kind] += 1
            right_kinds[kind] += right
            counts["like"] += right
            counts["same"] += any(same_name(speaker, name) for name in names)
    counts["extracted"] = counts["found"] + sum(not ignored(span, labels) for span in unmatched)
    return ArticleResult(counts, tuple(found), kinds, right_kinds)


def _spans_of(article: Article, quotes: Iterable[Quote]) -> list[tuple[Span, str]]:
    """Return the spans of quotations, without their marks, with their speakers."""
    return [
        (trim_span(article.text, span.start, span.end), quote.speaker)
        for quote in quotes
        for span in quote.spans
    ]


def _matched_label(
    article: str, text: str, span: Span, speaker: str, *, right: bool
) -> MatchedLabel:
    """Return the record of a labelled span that was found."""
    start, end = span
    return MatchedLabel(
        article=article,
        start=start,
        end=end,
        words=text[start:end],
        speaker=speaker,
        right=right,
    )


def word_overlap(text: str, result: Span, other: Span) -> float:
    """Return which share of the words of two spans together is in both."""
    inner = max(result[0], other[0]), min(result[1], other[1])
    if inner[0] >= inner[1]:
        return 0.0
    outer = min(result[0], other[0]), max(result[1], other[1])
    both = len(_WORD.findall(text, *inner))
    return both / max(1, len(_WORD.findall(text, *outer)))


def ignored(span: Span, labels: dict[str, Any]) -> bool:
    """Return whether a span lies in a region that the labels exclude."""
    return any(start <= span[0] and span[1] <= end for start, end in labels.get("ignore") or ())


def f1(right: int, extracted: int, labelled: int) -> float:
    """Return the harmonic mean of precision and recall."""
    return 2 * right / (extracted + labelled) if extracted + labelled else 0.0


def bootstrap_interval(results: Sequence[ArticleResult]) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of the joint score over articles."""
    draw = random.Random(0)  # noqa: S311 - the same at every run
    drawn = sorted(
        Score.of(draw.choices(results, k=len(results))).joint for _ in range(_BOOTSTRAP_SAMPLES)
    )
    return drawn[_BOOTSTRAP_SAMPLES // 40], drawn[-_BOOTSTRAP_SAMPLES // 40 - 1]


def main() -> None:
    """Print the scores for labelled articles, and what was gained and lost."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path, help="labelled articles, one a line, or a folder")
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep what was extracted")
    parser.add_argument("--against", type=Path, metavar="FILE", help="compare with what was kept")
    arguments = parser.parse_args()
    started = time.perf_counter()
    results = [
        evaluate_article(article, labels) for article, labels in labelled_articles(arguments.gold)
    ]
    seconds = time.perf_counter() - started
    print("\n".join(_table(results, seconds)))  # noqa: T201 - a command
    if arguments.save:
        lines = (json.dumps(found.as_record()) for of in results for found in of.found)
        arguments.save.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    if arguments.against:
        before = arguments.against.read_text("utf-8").splitlines()
        print("\n".join(_change(results, map(json.loads, before))))  # noqa: T201 - a command


def _table(results: list[ArticleResult], seconds: float) -> list[str]:
    """Return the lines of the table of scores."""
    total = Score.of(results)
    low, high = bootstrap_interval(results)
    counts = f"({total.found} of {total.labelled} found, {total.extracted} extracted)"
    share = f"P {total.precision:.3f}  R {total.recall:.3f}  F1 {total.spans:.3f}"
    joint = f"F1 {total.joint:.3f} lenient, {total.strict:.3f} strict"
    lines = [
        f"articles {len(results)}, {len(results) / seconds:.0f} a second",
        f"spans    {share}  {counts}",
        f"joint    {joint}; 95 % of samples {low:.3f} to {high:.3f}",
    ]
    for kind, (right, count) in sorted(total.by_kind.items()):
        lines.append(f"speaker  {right / count:.3f} of {count} found that are {kind}")
    return lines


def _change(results: list[ArticleResult], before: Iterable[dict[str, object]]) -> list[str]:
    """Return the lines that say which labels are correct now and were not, and the reverse."""
    earlier = {found.key: found for found in map(MatchedLabel.from_record, before)}
    later = {found.key: found for of in results for found in of.found}
    lost = [key for key, found in earlier.items() if found.right and not _right(later, key)]
    gained = [key for key, found in later.items() if found.right and not _right(earlier, key)]
    return [
        f"gained {len(gained)}, lost {len(lost)}",
        *(f"+ {_shown(later[key], earlier.get(key))}" for key in gained),
        *(f"- {_shown(earlier[key], later.get(key))}" for key in lost),
    ]


def _right(found: dict[tuple[str, int, int], MatchedLabel], key: tuple[str, int, int]) -> bool:
    """Return whether a label was found with the right speaker."""
    return key in found and found[key].right


def _shown(right: MatchedLabel, wrong: MatchedLabel | None) -> str:
    """Return one line about a label that was gained or lost."""
    words = sanitize_line(right.words)[:_MAX_SHOWN]
    other = "not found" if wrong is None else wrong.speaker or "nobody"
    return f"{right.article}  “{words}”  {right.speaker or 'nobody'} (else: {other})"


if __name__ == "__main__":
    main()
