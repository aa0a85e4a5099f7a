"""Cross-validates the speakers of quotations: `python -m bench quotes GOLD...`.

Each article is attributed with weights that were trained on other articles: of other
outlets, and of other articles drawn at random. Scores are printed for each labelled file, and
for the probabilities their expected calibration error, the share of the quotations that have
0.9 or more, and how many of those are right. A folder of annotated texts is only learnt from.
The probabilities are calibrated on the other folds, too.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from tuireader.quotes.assemble import AttributedSpan, assemble_quotes
from tuireader.quotes.attribution.confidence import probability_of
from tuireader.quotes.training.calibrate import Sample, fit, samples_of
from tuireader.quotes.training.cross_validation import (
    Folds,
    LabelledArticle,
    folds_by_article,
    folds_by_outlet,
    held_out,
    read_corpus,
)
from tuireader.quotes.training.evaluate import (
    ArticleResult,
    Score,
    bootstrap_interval,
    evaluate_article,
)

BINS = 10
SURE = 0.9


def main(arguments: Sequence[str]) -> None:
    """Print the scores and the calibration of both divisions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--only", choices=("outlet", "article"), help="only one division")
    options = parser.parse_args(arguments)
    corpus = read_corpus(options.gold)
    if options.only != "article":
        print("\n".join(report("By outlet", corpus, folds_by_outlet(corpus))))
    if options.only != "outlet":
        print("\n".join(report("By article", corpus, folds_by_article(corpus))))


def report(title: str, corpus: Sequence[LabelledArticle], folds: Folds) -> Iterator[str]:
    """Yield the lines of one division's scores and calibration."""
    results: defaultdict[str, list[ArticleResult]] = defaultdict(list)
    samples: list[tuple[int, str, Sample]] = []
    for fold, number, parts in held_out(corpus, folds):
        each = corpus[number]
        results[each.file].append(result_of(each, parts))
        samples += (
            (fold, each.file, sample) for sample in samples_of(each.article, each.labels, parts)
        )
    yield f"{title}, {len(folds)} folds"
    for file, found in results.items():
        score = Score.of(found)
        low, high = bootstrap_interval(found)
        yield (
            f"  {file:<24}{len(found):4} articles   spans {score.spans:.3f}   joint "
            f"{score.joint:.3f} ({low:.3f} to {high:.3f})   strict {score.strict:.3f}"
        )
    yield from calibration(samples, len(folds))


def result_of(each: LabelledArticle, parts: Sequence[AttributedSpan]) -> ArticleResult:
    """Return the result of the quotations that attributed spans make."""
    return evaluate_article(each.article, each.labels, assemble_quotes(each.article.text, parts))


def calibration(samples: Sequence[tuple[int, str, Sample]], folds: int) -> Iterator[str]:
    """Yield the lines about probabilities that are calibrated on the other folds."""
    by_file: defaultdict[str, list[tuple[float, bool]]] = defaultdict(list)
    for fold in range(folds):
        table = fit([sample for other, _, sample in samples if other != fold])
        for other, file, sample in samples:
            if other == fold and sample.speaker is not None:
                pair = probability_of(sample.evidence, table), sample.speaker
                by_file[file].append(pair)
                by_file["all"].append(pair)
    for file, pairs in by_file.items():
        sure = [right for probability, right in pairs if probability >= SURE]
        yield (
            f"  {file:<24}{len(pairs):5} with a known speaker   calibration error "
            f"{calibration_error(pairs):.3f}   at {SURE} or more: {len(sure) / len(pairs):.3f} "
            f"of them, {sum(sure) / max(1, len(sure)):.3f} right"
        )
    for low, mean, share, count in bins_of(by_file["all"]):
        yield f"    from {low:.1f}: {count:5} quotations, probability {mean:.3f}, right {share:.3f}"


def bins_of(pairs: Sequence[tuple[float, bool]]) -> Iterator[tuple[float, float, float, int]]:
    """Yield the lower end, mean probability, share that is right, and size of each bin."""
    bins: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for probability, right in pairs:
        bins[min(int(probability * BINS), BINS - 1)].append((probability, right))
    for number, inside in sorted(bins.items()):
        size = len(inside)
        mean = sum(probability for probability, _ in inside) / size
        yield number / BINS, mean, sum(right for _, right in inside) / size, size


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error with ten bins."""
    found = ((abs(mean - share), size) for _, mean, share, size in bins_of(pairs))
    return sum(gap * size for gap, size in found) / max(1, len(pairs))
