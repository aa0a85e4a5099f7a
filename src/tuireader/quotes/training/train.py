"""Learn the weights: `python -m tuireader.quotes.training.train GOLD... --output weights.json`.

A softmax over the candidates of each stretch, trained by AdaGrad with weight decay;
where several candidates name the right speaker, their probability together counts.
The weights that the package carries were learnt from PolNeAR 1.0.0 (development
half; no licence stated), GUM's Wikinews (CC BY 4.0, development half) and the
articles in `tests/quotes/articles`, which were written for this project. They are
weights of shapes: no word of any article is in them. Running it again on the same
files, named in this order, gives the same weights.
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
from tuireader.quotes.engine import ParsedArticle, speaker_name
from tuireader.quotes.mentions.mentions import Mention, MentionKind
from tuireader.quotes.quote_marks import QuotedSpan
from tuireader.quotes.training.gold import labelled_articles, same_name, similar_name, trim_span

_ROUNDS = 8
_RATE = 0.25
_DECAY = 0.08
_SEEN = 8
"""Times that a feature must be seen to be given a weight."""
_SMALLEST = 0.08
_PRIORS = {
    "nobody capitals": -0.7,
    "nobody capitals placed": 1.5,
    "nobody capitals small few": -2.6,
    "nobody capitals small many": -3.5,
    "nobody capitals upper few": 2.5,
    "nobody capitals upper one": 2.5,
    "inserted": 1.5,
    "nobody apposed": 2.0,
    "nobody called": -3.0,
    "nobody coined": 5.0,
    "nobody lead t S-": -0.8,
    "nobody lead t T-": -0.8,
    "nobody named": 2.0,
    "nobody paired False": 1.5,
    "nobody paired True": -1.5,
    "nobody reported small": -1.5,
    "nobody reported upper": -0.5,
    "nobody said": -2.0,
    "nobody tail True": -2.2,
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
"""Weights set by hand, for what is too rare in the labelled files to be learnt."""

Instance = tuple[list[list[str]], list[int]]


def training_instances(article: Article, labels: dict[str, Any]) -> Iterator[Instance]:
    """The candidates of each stretch of a labelled article, and which of them are right."""
    desk = ParsedArticle(article, lambda: None)
    text = article.text
    by_span = {trim_span(text, label["start"], label["end"]): label for label in labels["quotes"]}
    before: PreviousAttribution | None = None
    spoke: str | None = None
    said = ""
    for index, place, stretch in desk.places():
        label = by_span.get(trim_span(text, stretch.start, stretch.end))
        if _ignored(stretch, label, labels):
            continue
        found = link_candidates(
            text, desk.readings, index, place, people=desk.people, before=before
        )
        right = _right(found, label, desk, spoke) if label else [0]
        if right and len(right) < len(found) and not (stretch.continues or stretch.dash):
            yield [candidate.features for candidate in found], right
        if label is not None:
            link = _link(found, right, before)
            if link.kind is LinkKind.MENTION and link.mention is not None:
                said = speaker_name(desk.speaker_of(link.mention, None))
            before = PreviousAttribution(link, index, place, stretch.closed, said)
            spoke = label.get("speaker")


def _ignored(stretch: QuotedSpan, label: dict[str, Any] | None, labels: dict[str, Any]) -> bool:
    if label is not None:
        return bool(label.get("ignore"))
    return any(
        start <= stretch.start and stretch.end <= end for start, end in labels.get("ignore") or ()
    )


def _link(
    found: Sequence[LinkCandidate], right: Sequence[int], before: PreviousAttribution | None
) -> SpeakerLink:
    """The link that the label stands for: a mention of its own ahead of one carried on."""
    links = [found[number] for number in right if found[number].mention is not None]
    links.sort(key=lambda candidate: candidate.kind is LinkKind.CARRIED)
    if links:
        return SpeakerLink(links[0].kind, links[0].mention)
    return SpeakerLink(LinkKind.MENTION, before.link.mention if before else None)


def _right(
    found: Sequence[LinkCandidate], label: dict[str, Any], desk: ParsedArticle, spoke: str | None
) -> list[int]:
    speaker = label.get("speaker")
    right = []
    for number, candidate in enumerate(found):
        if candidate.kind is LinkKind.CARRIED:
            if spoke and speaker and similar_name(spoke, speaker):
                right.append(number)
        elif candidate.mention is not None and _names(candidate.mention, label, desk):
            right.append(number)
    return right


def _names(mention: Mention, label: dict[str, Any], desk: ParsedArticle) -> bool:
    """Whether a mention names the speaker of a label."""
    speaker = label.get("speaker")
    start, end = label.get("speaker_mention_start"), label.get("speaker_mention_end")
    by_name = label.get("speaker_type") in ("name", None)
    name = desk.people.of_name(mention).name if mention.kind is MentionKind.NAME else ""
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
        meant = desk.speaker_of(mention, None)
        if meant is not None and not isinstance(meant, str) and similar_name(meant.name, speaker):
            return True
    return similar_name(name or " ".join(mention.words), speaker)


def learn(data: Sequence[Instance]) -> dict[str, float]:
    """The weights of the features, by name."""
    seen = Counter(name for found, _ in data for names in found for name in set(names))
    weights = {name: 0.0 for name in sorted(seen) if seen[name] >= _SEEN} | _PRIORS
    squares = dict.fromkeys(weights, 0.1)
    sums: defaultdict[str, float] = defaultdict(float)
    rows = [
        ([[name for name in names if name in weights] for names in found], set(right))
        for found, right in data
    ]
    shuffle = random.Random(1)  # noqa: S311 - the same order at every run
    for turn in range(_ROUNDS):
        shuffle.shuffle(rows)
        for found, right in rows:
            _step(found, right, weights, squares)
        if turn * 2 >= _ROUNDS:
            for name, weight in weights.items():
                sums[name] += weight * 2 / _ROUNDS
    return {name: round(weight, 2) for name, weight in sums.items() if abs(weight) >= _SMALLEST}


def _step(
    found: list[list[str]],
    right: set[int],
    weights: dict[str, float],
    squares: dict[str, float],
) -> None:
    scores = [sum(weights[name] for name in names) for names in found]
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total, good = sum(powers), sum(powers[number] for number in right)
    for number, names in enumerate(found):
        error = powers[number] / total
        if number in right and good > 0:
            error -= powers[number] / good
        if abs(error) < 1e-3:
            continue
        for name in names:
            if name in _PRIORS:
                continue
            slope = error + _DECAY * weights[name]
            squares[name] += slope * slope
            weights[name] -= _RATE * slope / math.sqrt(squares[name])


def main() -> None:
    """Learn from the labelled files that are named, and write the weights."""
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
