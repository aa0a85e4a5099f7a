"""Calibrates the probabilities: `python -m tuireader.quotes.training.calibrate GOLD... --output F`.

Each article is attributed with weights that were trained on other outlets. On its labelled
spans a logistic regression learns how often a link is right, given its share of the
candidates (Platt scaling), and how often each way of standing for a speaker (a name, a
pronoun, a description) leads to the right one. Both are written to a small table.

Where a program labelled whom pronouns and descriptions stand for ("speaker_resolution": "auto"
or "silver"), these count only for the links: one is right if its mention is the labelled one.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp
from pathlib import Path
from typing import Any

from tuireader.domain.article import Article
from tuireader.quotes.assemble import AttributedSpan
from tuireader.quotes.attribution.confidence import Evidence, link_terms, probability_of, way_name
from tuireader.quotes.attribution.model import LinkKind
from tuireader.quotes.training.cross_validation import folds_by_outlet, held_out, read_corpus
from tuireader.quotes.training.evaluate import MIN_OVERLAP, ignored, word_overlap
from tuireader.quotes.training.gold import similar_name, trim_span

_BY_NAME = ("", "name")
"""The ways of standing for a speaker that need no resolution."""
_ROUNDS = 400
_RATE = 0.5
_DECAY = 1e-3
_PRIOR_COUNT, _PRIOR_SHARE = 4.0, 0.8
"""A way that was seen seldom counts as if it had been right so often in so many spans."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One attributed span and whether it is right."""

    evidence: Evidence
    link: bool
    """Whether the mention is right, as far as the label tells."""
    speaker: bool | None
    """Whether the name of the speaker is right; None if the label cannot tell."""


def samples_of(
    article: Article, labels: dict[str, Any], parts: Sequence[AttributedSpan]
) -> Iterator[Sample]:
    """Yield the spans of an article that have a speaker, each compared with its label.

    A span without a label is wrong; one whose label names nobody, or is to be ignored, is left out.
    """
    text = article.text
    spans = [(trim_span(text, label["start"], label["end"]), label) for label in labels["quotes"]]
    by_program = any(map(_is_by_program, labels["quotes"]))
    for part in parts:
        if part.link.kind is LinkKind.UNATTRIBUTED or not part.speaker:
            continue
        resolved = not (by_program and part.evidence.way not in _BY_NAME)
        own = trim_span(text, part.span.start, part.span.end)
        span, label = max(
            spans, key=lambda each: word_overlap(text, own, each[0]), default=(None, None)
        )
        if span is None or label is None or word_overlap(text, own, span) < MIN_OVERLAP:
            if not ignored(own, labels):
                yield Sample(part.evidence, link=False, speaker=False if resolved else None)
        elif label.get("speaker") and not label.get("ignore"):
            sample = _sample(part, label)
            yield sample if resolved else replace(sample, speaker=None)


def _is_by_program(label: dict[str, Any]) -> bool:
    """Return whether a program labelled whom a pronoun or a description stands for."""
    resolved = label.get("speaker_resolution") in ("auto", "silver")
    return resolved and label.get("speaker_type") != "name"


def _sample(part: AttributedSpan, label: dict[str, Any]) -> Sample:
    """Return an attributed span compared with a label that names a speaker."""
    names = (label["speaker"], *(label.get("speaker_aliases") or ()))
    right = any(similar_name(part.speaker, name) for name in names)
    by_program = _is_by_program(label)
    mention = part.link.mention
    if by_program and mention is not None and not right:
        start, end = label.get("speaker_mention_start"), label.get("speaker_mention_end")
        overlaps = (
            start is not None and end is not None and mention.start < end and start < mention.end
        )
        return Sample(part.evidence, link=overlaps, speaker=None)
    return Sample(part.evidence, link=right, speaker=None if by_program else right)


def fit(samples: Sequence[Sample]) -> dict[str, float]:
    """Return the table of the calibration for samples."""
    table = _fit_links(samples)
    expected: defaultdict[str, float] = defaultdict(float)
    right: defaultdict[str, float] = defaultdict(float)
    for sample in samples:
        if sample.speaker is None or sample.evidence.way in _BY_NAME:
            continue
        name = way_name(sample.evidence)
        expected[name] += probability_of(sample.evidence, table)
        right[name] += sample.speaker
    for name, count in expected.items():
        share = (right[name] + _PRIOR_COUNT * _PRIOR_SHARE) / (count + _PRIOR_COUNT)
        table[name] = min(1.0, share)
    return {name: round(value, 3) for name, value in sorted(table.items())}


def _fit_links(samples: Sequence[Sample]) -> dict[str, float]:
    """Return the weights of a logistic regression of right links, by gradient descent."""
    rows = [(link_terms(sample.evidence), sample.link) for sample in samples]
    names = {name for terms, _ in rows for name in terms}
    weights = {name: float(name.startswith("share")) for name in names}
    squares = dict.fromkeys(names, 1e-6)
    for _ in range(_ROUNDS):
        slopes = {name: _DECAY * len(rows) * 0.01 * weights[name] for name in names}
        for terms, right in rows:
            total = sum(weights[name] * value for name, value in terms.items())
            error = 1 / (1 + exp(-total)) - right
            for name, value in terms.items():
                slopes[name] += error * value
        for name, slope in slopes.items():
            squares[name] += slope * slope
            weights[name] -= _RATE * slope / squares[name] ** 0.5
    return weights


def main() -> None:
    """Calibrate on the labelled files that are named, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+", help="labelled articles, one a line")
    parser.add_argument("--output", type=Path, default=Path("confidence.json"))
    arguments = parser.parse_args()
    corpus = read_corpus(arguments.gold)
    samples = [
        sample
        for _, number, parts in held_out(corpus, folds_by_outlet(corpus))
        for sample in samples_of(corpus[number].article, corpus[number].labels, parts)
    ]
    text = json.dumps(fit(samples), indent=0)
    arguments.output.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
