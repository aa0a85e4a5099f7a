"""Quotations as lists of JSON values, for other processes and for the cache."""

from typing import Any

from tuireader.domain.article import Passage
from tuireader.domain.quote import Confidence, Polarity, Quote, QuoteKind, Reason, RunnerUp


def quote_record(quote: Quote) -> list[Any]:
    """Return a quotation as a list of JSON values, from which `quote_of` makes it again."""
    pairs = [[span.start, span.end] for span in quote.spans]
    mention, cue = (
        [passage.start, passage.end] if passage else None for passage in (quote.mention, quote.cue)
    )
    facts = [quote.kind, quote.confidence, quote.speaker, mention, cue]
    reason = quote.reason and [
        quote.reason.rule,
        quote.reason.features,
        [[other.speaker, other.probability] for other in quote.reason.runners_up],
    ]
    return [pairs, *facts, quote.polarity, quote.unattributed, quote.probability, reason]


def quote_of(record: list[Any]) -> Quote:
    """Return the quotation that a record of `quote_record` stands for."""
    spans, kind, confidence, speaker, mention, cue, *rest = record
    polarity, unattributed, probability, reason = rest
    return Quote(
        spans=tuple(Passage(start, end) for start, end in spans),
        kind=QuoteKind(kind),
        confidence=Confidence(confidence),
        speaker=speaker,
        mention=Passage(*mention) if mention else None,
        cue=Passage(*cue) if cue else None,
        polarity=Polarity(polarity),
        unattributed=unattributed,
        probability=probability,
        reason=reason and _reason(*reason),
    )


def _reason(rule: str, features: list[str], runners_up: list[tuple[str, float]]) -> Reason:
    """Return the reason that the values in a record stand for."""
    return Reason(
        rule=rule,
        features=tuple(features),
        runners_up=tuple(RunnerUp(speaker, value) for speaker, value in runners_up),
    )
