"""The rows of a quotation in the pane."""

from dataclasses import replace

from tuireader.domain.article import Passage
from tuireader.domain.quote import Confidence, Polarity, Quote, QuoteKind
from tuireader.domain.speaker_signs import SpeakerSign
from tuireader.ui.lists.quote_rows import QuoteLook, quote_rows

TEXT = "“We sail,” Ada Moor said. “At noon.”"
QUOTE = Quote(
    spans=(Passage(1, 9), Passage(27, 35)),
    kind=QuoteKind.DIRECT,
    confidence=Confidence.NAMED,
    speaker="Ada Moor",
    cue=Passage(20, 24),
)
SIGN = SpeakerSign(2, "M")


def lines(quote: Quote, look: QuoteLook) -> list[str]:
    return ["".join(piece for piece, _ in row) for row in quote_rows(quote, TEXT, look, SIGN)]


def test_the_speaker_the_facts_and_the_words_stand_beside_a_bar() -> None:
    assert lines(QUOTE, QuoteLook(width=30)) == [
        "▌ Ada Moor",
        "▌ said · by name",
        "▌ “We sail … At noon.”",
        "",
    ]
    [(bar, colour), (_, name)] = quote_rows(QUOTE, TEXT, QuoteLook(width=30), SIGN)[0]
    assert (bar, colour, name) == ("▌ ", "speaker-2 bold", "speaker-2 bold")


def test_a_letter_stands_for_the_colour_where_there_are_none() -> None:
    assert [line[:1] for line in lines(QUOTE, QuoteLook(width=30, lettered=True))] == [
        "M",
        "▌",
        "▌",
        "",
    ]


def test_a_name_that_is_not_sure_has_a_question_mark_and_its_probability() -> None:
    unsure = replace(QUOTE, probability=0.54, confidence=Confidence.PRONOUN)
    assert lines(unsure, QuoteLook(width=40))[:2] == [
        "▌ Ada Moor?",
        "▌ said · by pronoun · 54%",
    ]


def test_what_was_not_said_is_not_under_the_name_alone() -> None:
    for polarity, shown in (
        (Polarity.NOT_SAID, "▌ Not said by Ada Moor"),
        (Polarity.ALLEGED, "▌ Allegedly Ada Moor"),
    ):
        assert lines(replace(QUOTE, polarity=polarity), QuoteLook(width=40))[0] == shown


def test_what_has_no_room_is_left_out() -> None:
    narrow = lines(QUOTE, QuoteLook(width=9))
    assert narrow[:3] == ["▌ Ada", "▌ Moor", "▌ by name"]
