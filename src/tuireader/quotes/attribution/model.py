"""What a stretch may be linked to, and the choice among the ways to link it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tuireader.quotes.mentions.mentions import Mention


class LinkKind(StrEnum):
    """What a stretch is linked to."""

    MENTION = "mention"
    CARRIED = "carried"
    NOBODY = "nobody"
    UNKNOWN = "unknown"
    """Speech, but nobody is named for it."""


@dataclass(frozen=True, slots=True)
class SpeakerLink:
    """What one stretch is linked to, and by which mention its speaker is named."""

    kind: LinkKind
    mention: Mention | None = None
    margin: float = 0.0


@dataclass(frozen=True, slots=True)
class LinkCandidate:
    """One way to link a stretch, with the features that speak for it."""

    kind: LinkKind
    mention: Mention | None
    features: list[str]


@dataclass(frozen=True, slots=True)
class PreviousAttribution:
    """What is known when a stretch is linked: the link before, and where it stood."""

    link: SpeakerLink
    paragraph: int
    place: int
    closed: bool
    speaker: str = ""
    """The name of who spoke, or their description."""


def best_link(found: Sequence[LinkCandidate], weights: Mapping[str, float]) -> SpeakerLink:
    """The link whose features weigh most."""
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
