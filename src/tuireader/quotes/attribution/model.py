"""The values of attribution, and the ranking of the candidates by their scores."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import exp
from operator import itemgetter
from pathlib import Path
from typing import Any

from tuireader.quotes.mentions.mention import Mention

_WEIGHTS = Path(__file__).parents[1] / "weights.json"
_MAX_GROUPS = 1 << 15
"""The most groups of features whose weights are kept; this takes 15 MB at most."""
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


FeatureGroup = tuple[Any, ...]
"""A function that returns the names of features, and its arguments.

Many candidates have the same group, so that its weights are looked up once.
"""


class LinkCandidate:
    """One possible speaker of a quoted span, or none, with its features.

    The features are looked up in the trained weights; the candidate with the highest sum is chosen.
    """

    __slots__ = ("groups", "kind", "mention", "names")

    def __init__(
        self,
        kind: LinkKind,
        mention: Mention | None,
        names: Sequence[str],
        groups: Sequence[FeatureGroup] = (),
    ) -> None:
        """Keep the names of features that no other candidate has together, and the others."""
        self.kind = kind
        self.mention = mention
        self.names = names
        self.groups = groups

    @property
    def features(self) -> list[str]:
        """The names of all features."""
        names = list(self.names)
        for function, *arguments in self.groups:
            names += function(*arguments)
        return names


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


class Weights:
    """The weight of each feature by its name, and the weights of groups of features."""

    __slots__ = ("_by_group", "by_name")

    def __init__(self, by_name: Mapping[str, float]) -> None:
        """Take the weights; a feature without one does not count."""
        self.by_name = by_name
        self._by_group: dict[FeatureGroup, tuple[float, ...]] = {}

    def score(self, candidate: LinkCandidate) -> float:
        """Return the sum of the weights of a candidate's features.

        They are added one by one in their order, on which the last bit of the sum depends.
        """
        score = 0.0
        for weight in self._of_names(candidate.names):
            score += weight
        for group in candidate.groups:
            found = self._by_group.get(group)
            if found is None:
                found = self._of_group(group)
            for weight in found:
                score += weight
        return score

    def _of_group(self, group: FeatureGroup) -> tuple[float, ...]:
        """Return the weights of a group of features, and keep them."""
        if len(self._by_group) >= _MAX_GROUPS:
            self._by_group.clear()
        function, *arguments = group
        found = self._by_group[group] = self._of_names(function(*arguments))
        return found

    def _of_names(self, names: Sequence[str]) -> tuple[float, ...]:
        """Return the weights of features that have one."""
        return tuple(filter(None, map(self.by_name.get, names)))


def scored_candidates(found: Iterable[LinkCandidate], weights: Weights) -> ScoredCandidates:
    """Return the candidates with the sums of the weights of their features."""
    return [(weights.score(candidate), candidate) for candidate in found]


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
def load_weights() -> Weights:
    """Return the trained weights; the file is read once."""
    return Weights(json.loads(_WEIGHTS.read_text("utf-8")))
