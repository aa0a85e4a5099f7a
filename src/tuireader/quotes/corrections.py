"""Applies the reader's corrections to the quotations that were found."""

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
from tuireader.text.folding import fold

ALIKE = 0.5
"""The share of two stretches that must be common to both for them to be the same quotation."""


def apply_corrections(quotes: Sequence[Quote], corrections: Corrections) -> tuple[Quote, ...]:
    """The quotations with the corrections applied, in the order of the text.

    A correction is about the one quotation that stands where it says, or nearly so.
    Quotations that were corrected before are taken as they were found, so that
    applying the same again changes nothing, and applying none takes all back.
    """
    found = sorted((quote for quote in map(_as_found, quotes) if quote is not None), key=_place)
    if not corrections:
        return tuple(found)
    told = sorted(corrections.quotes, key=_order)
    chosen = _matched(found, told)
    matched = {correction.id for correction in chosen.values()}
    result = [
        _amended(quote, chosen[number]) if number in chosen else quote
        for number, quote in enumerate(found)
    ]
    result += [_added(each) for each in told if each.asserts and each.id not in matched]
    names = _names(corrections.names)
    if names:
        result = [_renamed(quote, names) for quote in result]
    return tuple(sorted(result, key=_place))


def attributed_quotes(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Those that somebody said: neither unattributed nor dismissed by the reader."""
    return tuple(quote for quote in quotes if not (quote.unattributed or quote.dismissed))


def _place(quote: Quote) -> tuple[int, int, str]:
    return quote.start, quote.end, quote.speaker


def _order(correction: Correction) -> tuple[Passage, int]:
    return correction.passage, correction.id


def _as_found(quote: Quote) -> Quote | None:
    """The quotation without the reader's corrections; None if the reader added it."""
    if quote.found is not None:
        return quote.found
    if quote.confidence is Confidence.BY_YOU:
        return None
    return replace(quote, correction=0) if quote.correction else quote


def _matched(quotes: Sequence[Quote], told: Sequence[Correction]) -> dict[int, Correction]:
    """For each quotation that is corrected, by its number, the correction that fits it best."""
    pairs: list[tuple[float, int, int]] = []
    places = {(quote.start, quote.end): number for number, quote in enumerate(quotes)}
    for place, correction in enumerate(told):
        passage = correction.passage
        exact = places.get((passage.start, passage.end))
        if exact is not None:
            pairs.append((-1.0, place, exact))
            continue
        for number, quote in enumerate(quotes):
            share = _share(passage, quote)
            if share >= ALIKE:
                pairs.append((-share, place, number))
    chosen: dict[int, Correction] = {}
    used: set[int] = set()
    for _, place, number in sorted(pairs):
        if number not in chosen and place not in used:
            chosen[number] = told[place]
            used.add(place)
    return chosen


def _share(passage: Passage, quote: Quote) -> float:
    common = min(passage.end, quote.end) - max(passage.start, quote.start)
    whole = max(passage.end, quote.end) - min(passage.start, quote.start)
    return common / whole if common > 0 else 0.0


def _amended(quote: Quote, correction: Correction) -> Quote:
    if not (correction.asserts or correction.dismissed):
        return replace(quote, correction=correction.id)
    changed = replace(
        quote,
        confidence=Confidence.BY_YOU,
        found=quote,
        correction=correction.id,
        dismissed=correction.dismissed,
        unattributed=quote.unattributed and not correction.asserts,
    )
    if correction.speaker is not None and correction.speaker != quote.speaker:
        changed = replace(changed, speaker=correction.speaker, mention=None)
    if correction.extent is not None:
        changed = replace(changed, spans=_stretched(quote.spans, correction.extent))
    return changed


def _stretched(spans: Iterable[Passage], extent: Passage) -> tuple[Passage, ...]:
    """The spans from the extent's start to its end; the gaps between them stay."""
    kept = [span for span in spans if span.overlaps(extent)]
    if not kept:
        return (extent,)
    kept[0] = Passage(extent.start, kept[0].end)
    kept[-1] = Passage(kept[-1].start, extent.end)
    return tuple(kept)


def _added(correction: Correction) -> Quote:
    return Quote(
        spans=(correction.extent or correction.passage,),
        kind=QuoteKind.DIRECT,
        confidence=Confidence.BY_YOU,
        speaker=correction.speaker or "",
        dismissed=correction.dismissed,
        correction=correction.id,
    )


def _names(same: Iterable[SameSpeaker]) -> dict[str, str]:
    """For each name, folded, the one that stands for it in the end."""
    direct = {
        fold(each.name): each.speaker
        for each in sorted(same, key=lambda each: (each.name, each.speaker))
    }
    return {name: _last(name, direct) for name in direct}


def _last(name: str, direct: Mapping[str, str]) -> str:
    """Where the way from name to name ends; of names in a circle, the first in order."""
    way: dict[str, str] = {}
    while name in direct and name not in way:
        way[name] = direct[name]
        name = fold(direct[name])
    if name in way:
        circle = list(way)[list(way).index(name) :]
        return min(way[each] for each in circle)
    return list(way.values())[-1]


def _renamed(quote: Quote, names: Mapping[str, str]) -> Quote:
    name = names.get(fold(quote.speaker), quote.speaker)
    if name == quote.speaker:
        return quote
    own = quote.found is None and quote.confidence is Confidence.BY_YOU
    found = None if own else quote.found or replace(quote, correction=0)
    return replace(quote, speaker=name, confidence=Confidence.BY_YOU, found=found)
