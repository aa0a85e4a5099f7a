"""The values of attribution, and the ranking of the candidates by their scores."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import exp
from operator import itemgetter
from pathlib import Path

from tuireader.quotes.mentions.mentions import Mention

_WEIGHTS = Path(__file__).parents[1] / "weights.json"
_MAX_DEFICIT = 4.0
"""The difference of scores beyond which a candidate is out of the question beside the best."""


class LinkKind(StrEnum):
    """What a quoted span is linked to."""

    MENTION = "mention"
    CONTINUED = "continued"
    UNATTRIBUTED = "unattributed"
    UNKNOWN = "unknown"
    """Speech whose speaker is not known."""


@dataclass(frozen=True, slots=True)
class SpeakerLink:
    """The link of a quoted span, with the mention that names its speaker."""

    kind: LinkKind
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class LinkCandidate:
    """One possible speaker of a quoted span, or none, with the names of its features.

    The features are looked up in the trained weights; the candidate with the highest sum is chosen.
    """

    kind: LinkKind
    mention: Mention | None
    features: list[str]


@dataclass(frozen=True, slots=True)
class PreviousAttribution:
    """The attribution of the previous span, which the next span may continue."""

    link: SpeakerLink
    paragraph_number: int
    position: int
    closed: bool
    """Whether a mark closed the span."""
    speaker: str = ""
    """The name of the speaker, or a description."""


ScoredCandidates = list[tuple[float, LinkCandidate]]


def scored_candidates(
    found: Iterable[LinkCandidate], weights: Mapping[str, float]
) -> ScoredCandidates:
    """Return the candidates with the sums of the weights of their features."""
    get = weights.get
    scored = []
    for candidate in found:
        score = 0.0
        for name in candidate.features:
            score += get(name, 0.0)
        scored.append((score, candidate))
    return scored


def likely_candidates(scored: ScoredCandidates) -> ScoredCandidates:
    """Return the candidates that are not out of the question with their shares, the best first.

    The shares of all candidates, from 0 to 1, add up to 1.
    """
    top = max(score for score, _ in scored)
    total = sum(exp(score - top) for score, _ in scored)
    likely = [
        (exp(score - top) / total, candidate)
        for score, candidate in scored
        if score > top - _MAX_DEFICIT
    ]
    likely.sort(key=itemgetter(0), reverse=True)
    return likely


@cache
def load_weights() -> Mapping[str, float]:
    """Return the weight of each feature by its name; the file is read once."""
    weights: dict[str, float] = json.loads(_WEIGHTS.read_text("utf-8"))
    return weights
