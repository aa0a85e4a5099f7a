"""What one correction shows about the other quotations of its article."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.article import Passage
from tuireader.domain.quote import Confidence, Correction, Corrections, Quote, QuoteKind
from tuireader.quotes.correction_effects import taught_by
from tuireader.quotes.corrections import apply_corrections

TEXT = "the minister Moor he the Minister Quist Moor he".ljust(400, ".")
MINISTER, MOOR, HE = Passage(0, 12), Passage(13, 17), Passage(18, 20)
MINISTER_AGAIN, MOOR_AGAIN, HE_AGAIN = Passage(21, 33), Passage(40, 44), Passage(45, 47)


def quote(number: int, speaker: str, found: Confidence, mention: Passage | None = None) -> Quote:
    start = 100 + 10 * number
    return Quote(
        spans=(Passage(start, start + 5),),
        kind=QuoteKind.DIRECT,
        confidence=found,
        speaker=speaker,
        mention=mention,
    )


def speakers(quotes: list[Quote], number: int, speaker: str) -> list[str]:
    """The speakers when one quotation was given another."""
    first = quotes[number]
    passage = Passage(first.start, first.end)
    correction = Correction(id=7, passage=passage, speaker=speaker)
    result = apply_corrections(quotes, Corrections(quotes=(correction,)), TEXT)
    followers = [each for each in result if each.follows == 7]
    assert [each.found for each in followers] == taught_by(first, speaker, quotes, TEXT)
    assert apply_corrections(result, Corrections(), TEXT) == tuple(quotes)
    return [each.speaker for each in result]


def test_a_description_is_the_same_person_in_the_whole_article() -> None:
    quotes = [
        quote(0, "Bo Quist", Confidence.DESCRIBED, MINISTER),
        quote(1, "Ada Moor", Confidence.NAMED, MOOR),
        quote(2, "Bo Quist", Confidence.DESCRIBED, MINISTER_AGAIN),
    ]
    assert speakers(quotes, 0, "Eva Lund") == ["Eva Lund", "Ada Moor", "Eva Lund"]


def test_what_goes_on_follows_until_somebody_is_named() -> None:
    quotes = [
        quote(0, "Bo Quist", Confidence.NAMED, MOOR),
        quote(1, "Bo Quist", Confidence.PRONOUN, HE),
        quote(2, "Bo Quist", Confidence.CARRIED_ON, HE),
        quote(3, "Bo Quist", Confidence.NAMED, Passage(34, 39)),
        quote(4, "Bo Quist", Confidence.PRONOUN, HE_AGAIN),
    ]
    assert speakers(quotes, 0, "Eva Lund") == [
        "Eva Lund",
        "Eva Lund",
        "Eva Lund",
        *2 * ["Bo Quist"],
    ]


def test_a_surname_is_the_person_of_that_name_and_a_wrong_mention_teaches_nothing() -> None:
    quotes = [
        quote(0, "Ada Moor", Confidence.NAMED, MOOR),
        quote(1, "Bo Quist", Confidence.NAMED, Passage(34, 39)),
        quote(2, "Ada Moor", Confidence.NAMED, MOOR_AGAIN),
    ]
    assert speakers(quotes, 0, "Eva Moor") == ["Eva Moor", "Bo Quist", "Eva Moor"]
    assert speakers(quotes, 0, "Bo Quist") == ["Bo Quist", "Bo Quist", "Ada Moor"]


def test_quotations_of_one_mention_follow_together() -> None:
    quotes = [
        quote(0, "Ada Moor", Confidence.PRONOUN, HE),
        quote(1, "Bo Quist", Confidence.NAMED, MOOR),
        quote(2, "Ada Moor", Confidence.PRONOUN, HE),
    ]
    assert speakers(quotes, 0, "Eva Lund") == ["Eva Lund", "Bo Quist", "Eva Lund"]


def test_what_the_reader_corrected_follows_nothing() -> None:
    quotes = [
        quote(0, "Bo Quist", Confidence.DESCRIBED, MINISTER),
        quote(1, "Bo Quist", Confidence.DESCRIBED, MINISTER_AGAIN),
    ]
    told = Corrections(
        quotes=(
            Correction(id=1, passage=Passage(100, 105), speaker="Eva Lund"),
            Correction(id=2, passage=Passage(110, 115), speaker="Ada Moor"),
        )
    )
    result = apply_corrections(quotes, told, TEXT)
    assert [(each.speaker, each.follows) for each in result] == [("Eva Lund", 0), ("Ada Moor", 0)]


NAMES = st.sampled_from(["", "Ada Moor", "Bo Quist"])
MENTIONS = st.sampled_from([None, MINISTER, MOOR, HE, MINISTER_AGAIN, MOOR_AGAIN, HE_AGAIN])
FOUND = st.sampled_from([each for each in Confidence if each is not Confidence.BY_YOU])


@given(st.lists(st.tuples(NAMES, FOUND, MENTIONS), max_size=6), st.data())
def test_corrections_can_be_applied_again_and_taken_back(
    parts: list[tuple[str, Confidence, Passage | None]], data: st.DataObject
) -> None:
    quotes = tuple(quote(number, *part) for number, part in enumerate(parts))
    chosen = data.draw(st.sets(st.sampled_from(range(len(quotes)) or [0]), max_size=3))
    told = Corrections(
        quotes=tuple(
            Correction(
                id=number + 1,
                passage=Passage(quotes[number].start, quotes[number].end),
                speaker=data.draw(NAMES),
            )
            for number in chosen
            if quotes
        )
    )
    once = apply_corrections(quotes, told, TEXT)
    assert apply_corrections(once, told, TEXT) == once
    assert apply_corrections(once, Corrections(), TEXT) == quotes
    assert all(replace(each, correction=0) in quotes or each.found for each in once)
