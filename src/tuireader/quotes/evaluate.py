"""How well the engine does on labelled articles: `python -m tuireader.quotes.evaluate GOLD`.

A quotation counts as found if at least 0.8 of the words of the two stretches
together are in both (as in the Gender Gap Tracker's evaluation, strict form); it
is right if its speaker also agrees. The format of GOLD is in `gold.py`.
"""

import argparse
import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tuireader.domain.article import Article
from tuireader.quotes.extraction import extract
from tuireader.quotes.gold import labelled_articles, like_name, same_name, trimmed

_WORD = re.compile(r"\w+")
_FOUND = 0.8

Span = tuple[int, int]


def score(article: Article, labels: dict[str, Any]) -> Counter[str]:
    """Counts for one article: labelled, given, found, and right by either measure."""
    counts: Counter[str] = Counter()
    text = article.text
    given = [
        (trimmed(text, span.start, span.end), quote.speaker)
        for quote in extract(article)
        for span in quote.spans
    ]
    left = dict(given)
    for label in labels["quotes"]:
        span = trimmed(text, label["start"], label["end"])
        best = max(left, key=lambda other: _shared(text, span, other), default=None)
        found = best is not None and _shared(text, span, best) >= _FOUND
        speaker = left.pop(best) if found and best is not None else ""
        if label.get("ignore"):
            continue
        counts["labelled"] += 1
        counts["found"] += found
        if label.get("speaker") is None:
            counts["matched nameless"] += found
            continue
        counts["named"] += 1
        counts["like"] += found and like_name(speaker, label["speaker"])
        counts["same"] += found and same_name(speaker, label["speaker"])
    spurious = [span for span in left if not _ignored(span, labels)]
    counts["given"] = counts["found"] + len(spurious)
    return counts


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


def _joint(scores: Sequence[Counter[str]], measure: str) -> float:
    total = sum(scores, Counter[str]())
    return f1(total[measure], total["given"] - total["matched nameless"], total["named"])


def main() -> None:
    """Print the figures for a labelled file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, help="labelled articles, one a line")
    path: Path = parser.parse_args().gold
    articles = list(labelled_articles(path))
    started = time.perf_counter()
    scores = [score(article, labels) for article, labels in articles]
    seconds = time.perf_counter() - started
    total = sum(scores, Counter[str]())
    draw = random.Random(0)  # noqa: S311 - a bootstrap, the same at every run
    drawn = sorted(_joint(draw.choices(scores, k=len(scores)), "like") for _ in range(500))
    print(f"articles {len(scores)}, {len(scores) / seconds:.0f} a second")  # noqa: T201 - a command
    print(  # noqa: T201 - a command
        f"spans    F1 {f1(total['found'], total['given'], total['labelled']):.3f}\n"
        f"joint    F1 {_joint(scores, 'like'):.3f} lenient, {_joint(scores, 'same'):.3f} strict; "
        f"95 % of samples {drawn[12]:.3f} to {drawn[487]:.3f}"
    )


if __name__ == "__main__":
    main()
