"""The values of attribution, and the choice of the candidate with the highest score."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from tuireader.quotes.mentions.mentions import Mention

_WEIGHTS = Path(__file__).parents[1] / "weights.json"


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
    margin: float = 0.0


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


def best_link(found: Sequence[LinkCandidate], weights: Mapping[str, float]) -> SpeakerLink:
    """Return the link of the candidate whose features have the highest sum of weights."""
    best, first, second = found[0], float("-inf"), float("-inf")
    get = weights.get
    for candidate in found:
        score = 0.0
        for name in candidate.features:
            score += get(name, 0.0)
        if score > first:
            best, first, second = candidate, score, first
        elif score > second:
            second = score
    return SpeakerLink(best.kind, best.mention, first - second)


@cache
def load_weights() -> Mapping[str, float]:
    """Return the weight of each feature by its name; the file is read once."""
    weights: dict[str, float] = json.loads(_WEIGHTS.read_text("utf-8"))
    return weights
