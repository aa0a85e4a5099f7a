"""Trains the weights: `python -m tuireader.quotes.training.train GOLD... --output weights.json`.

The model is a softmax over the candidates of each quoted span, trained by AdaGrad with
weight decay; if several candidates name the right speaker, their joint probability
counts. The weights in the package were trained on PolNeAR 1.0.0 (development half; no
licence stated), GUM's Wikinews (CC BY 4.0, development half), 42 news articles of many
countries, those of `bench/labels/*.train.jsonl`, and the articles in
`tests/quotes/articles`, which were written for this project. No word of any article is in
them. Training again on the same files in this order gives the same weights.
"""

import argparse
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tuireader.domain.article import Article
from tuireader.quotes.attribution.candidates import link_candidates
from tuireader.quotes.attribution.model import (
    LinkCandidate,
    LinkKind,
    PreviousAttribution,
    SpeakerLink,
)
from tuireader.quotes.coreference.entities import Entity
from tuireader.quotes.mentions.mention import Mention, MentionKind
from tuireader.quotes.parsed_article import ParsedArticle, speaker_name
from tuireader.quotes.quoted_spans import QuotedSpan
from tuireader.quotes.training.gold import labelled_articles, same_name, similar_name, trim_span

_ROUNDS = 8
_LEARNING_RATE = 0.25
_WEIGHT_DECAY = 0.08
_MIN_COUNT = 8
"""The number of instances that a feature needs to get a weight."""
_MIN_WEIGHT = 0.08
_PRIORS = {
    "unattributed capital_nouns": -0.7,
    "unattributed capital_nouns after_preposition": 1.5,
    "unattributed capital_nouns small few": -2.6,
    "unattributed capital_nouns small many": -3.5,
    "unattributed capital_nouns upper few": 2.5,
    "unattributed capital_nouns upper one": 2.5,
    "inserted": 1.5,
    "unattributed appositive": 2.0,
    "unattributed call_particle": -3.0,
    "unattributed coined": 5.0,
    "unattributed preceding t S-": -0.8,
    "unattributed preceding t T-": -0.8,
    "unattributed naming_word": 2.0,
    "unattributed coordinated False": 1.5,
    "unattributed coordinated True": -1.5,
    "unattributed reported small": -1.5,
    "unattributed reported upper": -0.5,
    "unattributed cue_follows": -2.0,
    "unattributed final True": -2.2,
    "object A": -1.0,
    "object B": -1.0,
    "postposed": 3.0,
    "reported B0 False": -1.0,
    "reported B1 True": 1.5,
    "reported B2 True": 0.7,
    "subject A1 True": -1.6,
    "subject B0 False": -0.4,
    "subject B0 True": 1.8,
    "source A0": 1.5,
    "source B0": 1.5,
    "source B1": 1.8,
}
"""Weights set by hand, for features that are too rare in the labelled files."""

Instance = tuple[list[list[str]], list[int]]


def training_instances(article: Article, labels: dict[str, Any]) -> Iterator[Instance]:
    """Yield the candidates of each labelled span, with the numbers of the correct ones."""
    parsed = ParsedArticle(article, lambda: None)
    text = article.text
    by_span = {trim_span(text, label["start"], label["end"]): label for label in labels["quotes"]}
    previous: PreviousAttribution | None = None
    last_speaker: str | None = None
    previous_name = ""
    for paragraph_index, position, span in parsed.quoted_positions():
        label = by_span.get(trim_span(text, span.start, span.end))
        if _ignored(span, label, labels):
            continue
        candidates = link_candidates(
            text,
            parsed.paragraphs,
            paragraph_index,
            position,
            entities=parsed.entities,
            previous=previous,
        )
        correct = _correct_candidates(candidates, label, parsed, last_speaker) if label else [0]
        if correct and len(correct) < len(candidates) and not (span.continues or span.dash):
            yield [candidate.features for candidate in candidates], correct
        if label is not None:
            link = _link(candidates, correct, previous)
            if link.kind is LinkKind.MENTION and link.mention is not None:
                previous_name = speaker_name(parsed.speaker_of(link.mention, None))
            previous = PreviousAttribution(
                link, paragraph_index, position, span.closed, previous_name
            )
            last_speaker = label.get("speaker")


def _ignored(span: QuotedSpan, label: dict[str, Any] | None, labels: dict[str, Any]) -> bool:
    """Return whether a span is excluded by its label or by a region of the article."""
    if label is not None:
        return bool(label.get("ignore"))
    return any(start <= span.start and span.end <= end for start, end in labels.get("ignore") or ())


def _link(
    candidates: Sequence[LinkCandidate],
    correct: Sequence[int],
    previous: PreviousAttribution | None,
) -> SpeakerLink:
    """Return the link that a label stands for: a mention of its own before a continuation."""
    links = [candidates[number] for number in correct if candidates[number].mention is not None]
    links.sort(key=lambda candidate: candidate.kind is LinkKind.CONTINUED)
    if links:
        return SpeakerLink(links[0].kind, links[0].mention)
    return SpeakerLink(LinkKind.MENTION, previous.link.mention if previous else None)


def _correct_candidates(
    candidates: Sequence[LinkCandidate],
    label: dict[str, Any],
    parsed: ParsedArticle,
    last_speaker: str | None,
) -> list[int]:
    """Return the numbers of the candidates that name the label's speaker."""
    speaker = label.get("speaker")
    correct = []
    for number, candidate in enumerate(candidates):
        if candidate.kind is LinkKind.CONTINUED:
            if last_speaker and speaker and similar_name(last_speaker, speaker):
                correct.append(number)
        elif candidate.mention is not None and _is_named_by(candidate.mention, label, parsed):
            correct.append(number)
    return correct


def _is_named_by(mention: Mention, label: dict[str, Any], parsed: ParsedArticle) -> bool:
    """Return whether a mention names the speaker of a label."""
    speaker = label.get("speaker")
    start, end = label.get("speaker_mention_start"), label.get("speaker_mention_end")
    by_name = label.get("speaker_type") in ("name", None)
    name = parsed.entities.of_name(mention).name if mention.kind is MentionKind.NAME else ""
    if start is not None and end is not None:
        if mention.start < end and start < mention.end:
            if by_name:
                return bool(name and speaker and similar_name(name, speaker))
            inner = bool(name) and mention.start > start and mention.end < end
            return not inner
        return bool(name and speaker and same_name(name, speaker))
    if not speaker:
        return False
    if mention.kind is not MentionKind.NAME:
        referent = parsed.speaker_of(mention, None)
        if isinstance(referent, Entity) and similar_name(referent.name, speaker):
            return True
    return similar_name(name or " ".join(mention.words), speaker)


def learn(data: Sequence[Instance]) -> dict[str, float]:
    """Return the trained weights of the features, by name."""
    seen = Counter(name for candidates, _ in data for names in candidates for name in set(names))
    weights = {name: 0.0 for name in sorted(seen) if seen[name] >= _MIN_COUNT} | _PRIORS
    squares = dict.fromkeys(weights, 0.1)
    sums: defaultdict[str, float] = defaultdict(float)
    rows = [
        ([[name for name in names if name in weights] for names in candidates], set(correct))
        for candidates, correct in data
    ]
    shuffle = random.Random(1)  # noqa: S311 - the same order at every run
    for turn in range(_ROUNDS):
        shuffle.shuffle(rows)
        for candidates, correct in rows:
            _step(candidates, correct, weights, squares)
        if turn * 2 >= _ROUNDS:
            for name, weight in weights.items():
                sums[name] += weight * 2 / _ROUNDS
    return {name: round(weight, 2) for name, weight in sums.items() if abs(weight) >= _MIN_WEIGHT}


def _step(
    candidates: list[list[str]],
    correct: set[int],
    weights: dict[str, float],
    squares: dict[str, float],
) -> None:
    """Adjust the weights by one training instance (AdaGrad)."""
    scores = [sum(weights[name] for name in names) for names in candidates]
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total, good = sum(powers), sum(powers[number] for number in correct)
    for number, names in enumerate(candidates):
        error = powers[number] / total
        if number in correct and good > 0:
            error -= powers[number] / good
        if abs(error) < 1e-3:
            continue
        for name in names:
            if name in _PRIORS:
                continue
            slope = error + _WEIGHT_DECAY * weights[name]
            squares[name] += slope * slope
            weights[name] -= _LEARNING_RATE * slope / math.sqrt(squares[name])


def main() -> None:
    """Train on the labelled files that are named, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+", help="labelled articles, one a line")
    parser.add_argument("--output", type=Path, default=Path("weights.json"))
    arguments = parser.parse_args()
    data = [
        instance
        for path in arguments.gold
        for article, labels in labelled_articles(path)
        for instance in training_instances(article, labels)
    ]
    weights = learn(data)
    text = json.dumps(dict(sorted(weights.items())), indent=0, ensure_ascii=False)
    arguments.output.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
