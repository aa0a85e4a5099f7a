"""Tells in one line by what the speaker of a quotation was decided."""

from tuireader.domain.quote import (
    Quote,
    attribution_label,
    confidence_label,
    speaker_label,
)

_MAX_FEATURES = 3
"""The most features that are named."""


def explanation(quote: Quote, text: str) -> str:
    """Return why a quotation has its speaker, on one line.

    It has the speaker with the probability, the words that name the speaker, the rule or what spoke
    most for these words, and the others who may have said it. For a corrected quotation, it says so
    and what was found before. `text` is the article's.
    """
    if quote.follows or quote.correction:
        return " · ".join((_label(quote), _how_corrected(quote), *_before(quote, text)))
    if quote.found is None and quote.reason is None and not quote.mention:
        return f"{_label(quote)} · {attribution_label(quote)}"
    return " · ".join((_label(quote, with_probability=True), *_facts(quote, text)))


def _label(quote: Quote, *, with_probability: bool = False) -> str:
    """Return the speaker's name, with the probability if wanted."""
    if with_probability and quote.speaker:
        return f"{speaker_label(quote)} {quote.probability:.0%}"
    return speaker_label(quote)


def _how_corrected(quote: Quote) -> str:
    """Return how the reader corrected a quotation."""
    if quote.follows:
        return "with your correction of another quotation"
    return "by you"


def _before(quote: Quote, text: str) -> tuple[str, ...]:
    """Return what was found before the reader corrected a quotation."""
    if quote.found is None:
        return ()
    found = quote.found
    return (f"found: {_label(found, with_probability=True)}", *_facts(found, text))


def _facts(quote: Quote, text: str) -> list[str]:
    """Return the mention, the rule or the features, and the others, each as a few words."""
    mention = " ".join(quote.mention.of(text).split()) if quote.mention else ""
    found = confidence_label(quote.confidence)
    facts = [f"{found} “{mention}”" if mention else found]
    reason = quote.reason
    if reason is None:
        return facts
    if reason.rule:
        facts.append(f"rule: {reason.rule}")
    elif reason.features:
        facts.append("; ".join(reason.features[:_MAX_FEATURES]))
    others = ", ".join(
        f"{other.speaker or 'nobody'} {other.probability:.0%}" for other in reason.runners_up
    )
    return [*facts, f"or {others}"] if others else facts
