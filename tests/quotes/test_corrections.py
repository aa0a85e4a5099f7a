"""The quotations as the reader's corrections make them."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.article import Passage
from tuireader.domain.quote import (
    NO_CORRECTIONS,
    Confidence,
    Correction,
    Corrections,
    Quote,
    QuoteKind,
    SameSpeaker,
)
from tuireader.quotes.corrections import apply_corrections, attributed_quotes

NAMES = ("Ada Voss", "Voss", "Karl Brandt", "")


def quote(start: int, end: int, speaker: str = "Ada Voss", *more: Passage) -> Quote:
    return Quote(
        spans=(Passage(start, end), *more),
        kind=QuoteKind.DIRECT,
        confidence=Confidence.NAMED if speaker else Confidence.UNKNOWN,
        speaker=speaker,
    )


def about(start: int, end: int, number: int = 1, **said: Any) -> Correction:
    return Correction(id=number, passage=Passage(start, end), **said)


@st.composite
def quotations(draw: st.DrawFn) -> tuple[Quote, ...]:
    """Quotations one after the other, as an engine finds them."""
    edges = sorted(draw(st.sets(st.integers(0, 400), max_size=16)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return tuple(quote(start, end, draw(st.sampled_from(NAMES))) for start, end in pairs)


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    start = draw(st.integers(0, 400))
    return Passage(start, start + draw(st.integers(1, 60)))


@st.composite
def corrections(draw: st.DrawFn) -> Corrections:
    told = tuple(
        Correction(
            id=number,
            passage=draw(passages()),
            speaker=draw(st.none() | st.sampled_from(NAMES)),
            extent=draw(st.none() | passages()),
            dismissed=draw(st.booleans()),
        )
        for number in range(1, draw(st.integers(0, 5)) + 1)
    )
    same = draw(
        st.lists(st.tuples(st.sampled_from(NAMES[:3]), st.sampled_from(NAMES[:3])), max_size=3)
    )
    return Corrections(
        quotes=told, names=tuple(SameSpeaker(name=one, speaker=other) for one, other in same)
    )


@given(quotations(), corrections())
def test_applying_the_same_again_changes_nothing(quotes: Any, told: Any) -> None:
    once = apply_corrections(quotes, told)
    assert apply_corrections(once, told) == once


@given(quotations(), corrections())
def test_applying_none_takes_all_corrections_back(quotes: Any, told: Any) -> None:
    assert apply_corrections(apply_corrections(quotes, told), NO_CORRECTIONS) == quotes


@given(quotations(), corrections(), st.randoms())
def test_the_order_of_the_corrections_is_of_no_matter(quotes: Any, told: Any, random: Any) -> None:
    mixed = [list(told.quotes), list(told.names)]
    for each in mixed:
        random.shuffle(each)
    other = Corrections(quotes=tuple(mixed[0]), names=tuple(mixed[1]))
    assert apply_corrections(quotes, other) == apply_corrections(quotes, told)


@given(quotations(), corrections())
def test_no_quotation_is_lost_and_each_correction_concerns_one_at_most(
    quotes: Any, told: Any
) -> None:
    result = apply_corrections(quotes, told)
    found = [each.found or replace(each, correction=0) for each in result if not _is_own(each)]
    assert sorted(found, key=lambda each: each.start) == list(quotes)
    numbers = [each.correction for each in result if each.correction]
    assert len(numbers) == len(set(numbers))


def test_a_quotation_is_given_to_another_speaker() -> None:
    [changed] = apply_corrections(
        [quote(10, 20)], Corrections(quotes=(about(10, 20, speaker="Brandt"),))
    )
    assert (changed.speaker, changed.confidence) == ("Brandt", Confidence.BY_YOU)
    assert changed.found == quote(10, 20)


def test_a_correction_finds_the_quotation_that_now_stands_nearly_there() -> None:
    told = Corrections(quotes=(about(10, 20, speaker="Brandt"),))
    assert [each.speaker for each in apply_corrections([quote(11, 21), quote(30, 40)], told)] == [
        "Brandt",
        "Ada Voss",
    ]


def test_what_the_engine_does_not_find_any_more_stays_a_quotation() -> None:
    told = Corrections(quotes=(about(10, 20, speaker="Brandt"),))
    [own, other] = apply_corrections([quote(30, 40)], told)
    assert (own.start, own.speaker, own.found) == (10, "Brandt", None)
    assert other == quote(30, 40)


def test_a_dismissed_quotation_is_not_listed_and_can_be_taken_back() -> None:
    told = Corrections(quotes=(about(10, 20, dismissed=True),))
    quotes = apply_corrections([quote(10, 20), quote(30, 40)], told)
    assert attributed_quotes(quotes) == (quote(30, 40),)
    again = apply_corrections(quotes, Corrections(quotes=(about(10, 20),)))
    assert attributed_quotes(again) == (replace(quote(10, 20), correction=1), quote(30, 40))


def test_an_adjusted_extent_keeps_the_gap_in_a_broken_utterance() -> None:
    broken = quote(10, 20, "Ada Voss", Passage(30, 40))
    told = Corrections(quotes=(about(10, 40, extent=Passage(5, 35)),))
    [changed] = apply_corrections([broken], told)
    assert changed.spans == (Passage(5, 20), Passage(30, 35))


def test_names_are_merged_through_to_the_last_of_them() -> None:
    told = Corrections(
        names=(
            SameSpeaker(name="Voss", speaker="A. Voss"),
            SameSpeaker(name="A. Voss", speaker="Ada Voss"),
        )
    )
    assert {
        each.speaker for each in apply_corrections([quote(1, 9, "VOSS"), quote(10, 19)], told)
    } == {"Ada Voss"}


def _is_own(each: Quote) -> bool:
    return each.found is None and each.confidence is Confidence.BY_YOU
