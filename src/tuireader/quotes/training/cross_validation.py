"""Attributes each labelled article with weights that were trained on other articles.

The articles are divided into folds by outlet, so that no outlet is in two folds, or at
random. The first is the figure that counts for articles of an outlet that nobody has seen.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tuireader.domain.article import Article
from tuireader.quotes.assemble import AttributedSpan
from tuireader.quotes.attribution.linker import SpanLinker
from tuireader.quotes.attribution.model import Weights
from tuireader.quotes.parsed_article import parse_sections
from tuireader.quotes.training.gold import labelled_articles
from tuireader.quotes.training.train import Instance, learn, training_instances

_MIN_OUTLET = 20
"""The fewest articles of an outlet that are a fold by themselves."""


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """A labelled article with its outlet and its training instances."""

    article: Article
    labels: dict[str, Any]
    file: str
    """The name of the labelled file, without its extension."""
    outlet: str
    """The outlet, such as a newspaper; "" for a text that was written to be learnt from."""
    instances: tuple[Instance, ...]


Folds = Sequence[Sequence[int]]
"""The numbers of the articles of each fold; an article in no fold is only learnt from."""


def read_corpus(paths: Iterable[Path]) -> list[LabelledArticle]:
    """Return the articles of labelled files; those of a folder are only learnt from."""
    return [
        LabelledArticle(
            article,
            labels,
            path.stem,
            "" if path.is_dir() else _outlet_of(labels),
            tuple(training_instances(article, labels)),
        )
        for path in paths
        for article, labels in labelled_articles(path)
    ]


def _outlet_of(labels: dict[str, Any]) -> str:
    """Return the outlet of an article: its own field, else the beginning of its id.

    "polnear/usa-today_2015-11-18_title" is of "polnear/usa-today".
    """
    if labels.get("outlet"):
        return str(labels["outlet"])
    collection, _, name = str(labels["id"]).rpartition("/")
    return f"{collection}/{name.partition('_')[0]}" if "_" in name else collection


def folds_by_outlet(corpus: Sequence[LabelledArticle], count: int = 7) -> Folds:
    """Return folds of whole outlets: each large one is one, the small ones are distributed."""
    outlets: defaultdict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(corpus):
        if each.outlet:
            outlets[each.outlet].append(number)
    folds: list[list[int]] = []
    small: list[list[int]] = []
    for numbers in outlets.values():
        (folds if len(numbers) >= _MIN_OUTLET else small).append(numbers)
    while len(folds) < count:
        folds.append([])
    for place, numbers in enumerate(small):
        folds[place % len(folds)] += numbers
    return [fold for fold in folds if fold]


def folds_by_article(corpus: Sequence[LabelledArticle], count: int = 5) -> Folds:
    """Return folds of articles that are drawn at random, the same at each call."""
    numbers = [number for number, each in enumerate(corpus) if each.outlet]
    random.Random(1).shuffle(numbers)  # noqa: S311 - the same at every run
    return [numbers[first::count] for first in range(count) if numbers[first:]]


def held_out(
    corpus: Sequence[LabelledArticle],
    folds: Folds,
    teach: Callable[[Sequence[Instance]], dict[str, float]] = learn,
) -> Iterator[tuple[int, int, list[AttributedSpan]]]:
    """Yield each fold's number, each of its articles' number, and that article's spans.

    The spans are attributed with weights that were trained on the other folds.
    """
    for fold_number, fold in enumerate(folds):
        inside = set(fold)
        taught = [
            instance
            for number, each in enumerate(corpus)
            if number not in inside
            for instance in each.instances
        ]
        weights = Weights(teach(taught))
        for number in fold:
            yield fold_number, number, attributed(corpus[number].article, weights)


def attributed(article: Article, weights: Weights) -> list[AttributedSpan]:
    """Return the spans of an article, attributed with weights."""
    return [
        part
        for parsed in parse_sections(article, lambda: None)
        for part in SpanLinker(parsed, weights).attribute_spans()
    ]
