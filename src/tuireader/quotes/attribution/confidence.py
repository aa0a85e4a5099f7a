"""The probability that a quotation has the right speaker, and the reason for the speaker."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import exp, log
from pathlib import Path

from tuireader.domain.quote import Reason, RunnerUp

_TABLE = Path(__file__).parents[1] / "confidence.json"
_MAX_RUNNERS_UP = 3
_MIN_PROBABILITY = 0.01
"""The probability below which a runner-up is not worth mentioning."""
_LEAST_DOUBT = 1e-3
"""The least distance of a share from 0 and 1."""


class Rule(StrEnum):
    """What decided who speaks; the value is shown as the reason, except for RANKED."""

    RANKED = "ranked"
    LABEL = "label before the speech"
    NEXT_PARAGRAPH = "the quotation goes on in this paragraph"
    NO_SUBJECT = "verb of saying without a subject"
    REPORTED = "subject of the reported verb of saying"
    HEADLINE = "source after the colon of a headline"
    FINAL_VERB = "subject before the verb at the end"
    VERB_BEFORE = "subject of the verb of saying before it"
    BACK_REFERENCE = "the sentence after it says who said that"
    LAST_PARAGRAPH = "named after the last paragraph of the speech"
    RESUMED = "the quotation goes on after an inquit"
    UTTERANCE = "a whole utterance has a speaker"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known about the attribution of one span."""

    rule: Rule
    share: float
    """The share of all candidates that name the speaker, from 0 to 1."""
    way: str
    """How the mention stands for the speaker, see `ParsedArticle.way_of`; "" if not by one."""
    trained: bool
    """Whether the weights were trained on the language."""
    before: float = 1.0
    """The probability of the speaker of the quotation that this one continues."""
    nobody: bool = False
    """Whether the span was found to be said by nobody."""


@cache
def load_table() -> Mapping[str, float]:
    """Return the numbers of the calibration by their names; the file is read once."""
    table: dict[str, float] = json.loads(_TABLE.read_text("utf-8"))
    return table


def log_odds(share: float) -> float:
    """Return the logarithm of the odds of a share; it is at least -7 and at most 7."""
    share = min(max(share, _LEAST_DOUBT), 1 - _LEAST_DOUBT)
    return log(share / (1 - share))


def link_terms(evidence: Evidence) -> dict[str, float]:
    """Return the terms whose weighted sum gives the log odds that the link is right."""
    rule = evidence.rule.name.lower()
    way = evidence.way or "continued"
    terms = {f"rule {rule}": 1.0, f"link {way}": 1.0}
    if evidence.rule in (Rule.RANKED, Rule.UTTERANCE):
        terms[f"share {rule}"] = log_odds(evidence.share)
    if not evidence.way and evidence.before < 1:
        terms["before"] = log_odds(evidence.before)
    if not evidence.trained:
        terms["untrained"] = 1.0
    return terms


def probability_of(evidence: Evidence, table: Mapping[str, float] | None = None) -> float:
    """Return the probability that the speaker of a span is right, from 0 to 1."""
    table = load_table() if table is None else table
    total = sum(table.get(name, 0.0) * value for name, value in link_terms(evidence).items())
    right = 1 / (1 + exp(-total))
    return round(right * table.get(way_name(evidence), 1.0), 3)


def way_name(evidence: Evidence) -> str:
    """Return the name in the table of how often a mention of this way is resolved rightly."""
    return f"way {evidence.way} {'trained' if evidence.trained else 'untrained'}"


def reason_of(
    evidence: Evidence, rivals: Sequence[tuple[str, float]], facts: tuple[str, ...] = ()
) -> Reason:
    """Return the reason for a speaker, with the runners-up and what speaks for the mention."""
    rest = 1 - probability_of(evidence)
    shares = sum(share for _, share in rivals) or 1.0
    others = [RunnerUp(name, round(rest * share / shares, 2)) for name, share in rivals]
    return Reason(
        rule="" if evidence.rule is Rule.RANKED else evidence.rule.value,
        features=facts,
        runners_up=tuple(
            other for other in others[:_MAX_RUNNERS_UP] if other.probability >= _MIN_PROBABILITY
        ),
    )
