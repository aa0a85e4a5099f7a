"""Applies the reader's corrections to the quotations that were extracted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tuireader.domain.article import Passage
from tuireader.domain.quote import (
    Confidence,
    Correction,
    Corrections,
    Quote,
    QuoteKind,
    SameSpeaker,
)
from tuireader.quotes.correction_effects import following
from tuireader.text.folding import fold

MIN_OVERLAP = 0.5
"""The share of a correction's passage and a quotation that must be common to both."""


def apply_corrections(
    quotes: Sequence[Quote], corrections: Corrections, text: str = ""
) -> tuple[Quote, ...]:
    """Return the quotations with the corrections applied, in the order of the text.

    `text` is the article's; with it, quotations that hang on a corrected one follow it (see
    `correction_effects`). A correction concerns the one quotation at its passage, or the one that
    overlaps it most. Quotations that were corrected before are first taken back to how they were
    extracted, so applying the same corrections again changes nothing, and applying none undoes all.
    """
    found = sorted(
        (quote for quote in map(_as_found, quotes) if quote is not None), key=_quote_order
    )
    if not corrections:
        return tuple(found)
    ordered = sorted(corrections.quotes, key=_correction_order)
    chosen = _best_matches(found, ordered)
    matched = {correction.id for correction in chosen.values()}
    result = [
        _corrected(quote, chosen[quote_number]) if quote_number in chosen else quote
        for quote_number, quote in enumerate(found)
    ]
    if text:
        result = _taught(result, ordered, text)
    result += [_added(each) for each in ordered if each.defines_quote and each.id not in matched]
    names = _canonical_names(corrections.names)
    if names:
        result = [_renamed(quote, names) for quote in result]
    return tuple(sorted(result, key=_quote_order))


def attributed_quotes(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Return the quotations that are neither unattributed nor dismissed by the reader."""
    return tuple(quote for quote in quotes if not (quote.unattributed or quote.dismissed))


def _quote_order(quote: Quote) -> tuple[int, int, str]:
    """Return a sort key that orders quotations by their place in the text."""
    return quote.start, quote.end, quote.speaker


def _correction_order(correction: Correction) -> tuple[Passage, int]:
    """Return a sort key that orders corrections by their place, then by their age."""
    return correction.passage, correction.id


def _as_found(quote: Quote) -> Quote | None:
    """Return a quotation as it was extracted, or None if the reader added it."""
    if quote.found is not None:
        return quote.found
    if quote.confidence is Confidence.BY_YOU:
        return None
    return replace(quote, correction=0) if quote.correction else quote


def _best_matches(quotes: Sequence[Quote], ordered: Sequence[Correction]) -> dict[int, Correction]:
    """Return the best correction of each corrected quotation, by the quotation's number."""
    pairs: list[tuple[float, int, int]] = []
    by_extent = {
        (quote.start, quote.end): quote_number for quote_number, quote in enumerate(quotes)
    }
    for number, correction in enumerate(ordered):
        passage = correction.passage
        exact = by_extent.get((passage.start, passage.end))
        if exact is not None:
            pairs.append((-1.0, number, exact))
            continue
        for quote_number, quote in enumerate(quotes):
            share = _overlap(passage, quote)
            if share >= MIN_OVERLAP:
                pairs.append((-share, number, quote_number))
    chosen: dict[int, Correction] = {}
    used: set[int] = set()
    for _, number, quote_number in sorted(pairs):
        if quote_number not in chosen and number not in used:
            chosen[quote_number] = ordered[number]
            used.add(number)
    return chosen


def _overlap(passage: Passage, quote: Quote) -> float:
    """Return which share of a passage and a quotation together is common to both."""
    common = min(passage.end, quote.end) - max(passage.start, quote.start)
    whole = max(passage.end, quote.end) - min(passage.start, quote.start)
    return common / whole if common > 0 else 0.0


def _corrected(quote: Quote, correction: Correction) -> Quote:
    """Return a quotation with one correction applied."""
    if not (correction.defines_quote or correction.dismissed):
        return replace(quote, correction=correction.id)
    changed = replace(
        quote,
        confidence=Confidence.BY_YOU,
        probability=1.0,
        found=quote,
        correction=correction.id,
        dismissed=correction.dismissed,
        unattributed=quote.unattributed and not correction.defines_quote,
    )
    if correction.speaker is not None and correction.speaker != quote.speaker:
        changed = replace(changed, speaker=correction.speaker, mention=None)
    if correction.extent is not None:
        changed = replace(changed, spans=_adjusted_spans(quote.spans, correction.extent))
    return changed


def _adjusted_spans(spans: Iterable[Passage], extent: Passage) -> tuple[Passage, ...]:
    """Return the spans cut or extended to an extent; the gaps between them stay."""
    kept = [span for span in spans if span.overlaps(extent)]
    if not kept:
        return (extent,)
    kept[0] = Passage(extent.start, kept[0].end)
    kept[-1] = Passage(kept[-1].start, extent.end)
    return tuple(kept)


def _taught(quotes: Sequence[Quote], ordered: Iterable[Correction], text: str) -> list[Quote]:
    """Return the quotations with the speakers of those that hang on corrected ones."""
    result = list(quotes)
    places = {quote.correction: number for number, quote in enumerate(quotes) if quote.correction}
    for correction in ordered:
        number = places.get(correction.id)
        if number is None or correction.speaker is None:
            continue
        for other in following(number, correction.speaker, result, text):
            if result[other].follows and other < number:
                continue
            found = result[other].found or result[other]
            result[other] = replace(
                found,
                speaker=correction.speaker,
                confidence=Confidence.BY_YOU,
                probability=1.0,
                found=found,
                follows=correction.id,
            )
    return result


def _added(correction: Correction) -> Quote:
    """Return the quotation that the reader added by a correction."""
    return Quote(
        spans=(correction.extent or correction.passage,),
        kind=QuoteKind.DIRECT,
        confidence=Confidence.BY_YOU,
        speaker=correction.speaker or "",
        dismissed=correction.dismissed,
        correction=correction.id,
    )


def _canonical_names(same: Iterable[SameSpeaker]) -> dict[str, str]:
    """Return for each name, folded, the name that the reader chose for it in the end."""
    direct = {
        fold(each.name): each.speaker
        for each in sorted(same, key=lambda each: (each.name, each.speaker))
    }
    return {name: _end_of_chain(name, direct) for name in direct}


def _end_of_chain(name: str, direct: Mapping[str, str]) -> str:
    """Return the last name in a chain of corrections; in a cycle, the first in order."""
    chain: dict[str, str] = {}
    while name in direct and name not in chain:
        chain[name] = direct[name]
        name = fold(direct[name])
    if name in chain:
        cycle = list(chain)[list(chain).index(name) :]
        return min(chain[each] for each in cycle)
    return list(chain.values())[-1]


def _renamed(quote: Quote, names: Mapping[str, str]) -> Quote:
    """Return a quotation with its speaker's canonical name."""
    name = names.get(fold(quote.speaker), quote.speaker)
    if name == quote.speaker:
        return quote
    own = quote.found is None and quote.confidence is Confidence.BY_YOU
    found = None if own else quote.found or replace(quote, correction=0)
    return replace(quote, speaker=name, confidence=Confidence.BY_YOU, probability=1.0, found=found)
