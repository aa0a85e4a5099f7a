"""The marks beside the text that tell who says what."""

from tuireader.domain.article import Passage
from tuireader.domain.blocks import BlockKind
from tuireader.domain.quote import Confidence, Polarity, Quote, QuoteKind
from tuireader.layout.flow import Row
from tuireader.ui.text_pane.speaker_marks import SpeakerMarks


def quote(start: int, end: int, speaker: str, polarity: Polarity = Polarity.SAID) -> Quote:
    return Quote(
        spans=(Passage(start, end),),
        kind=QuoteKind.DIRECT,
        confidence=Confidence.NAMED,
        speaker=speaker,
        polarity=polarity,
    )


def row(start: int, end: int) -> Row:
    return Row(start, end, indent=0, prefix="", kind=BlockKind.PARAGRAPH, level=0)


def marks(*, lettered: bool = False) -> SpeakerMarks:
    found = SpeakerMarks()
    said = [quote(5, 25, "Ada Moor"), quote(40, 45, "Bo Quist", Polarity.NOT_SAID)]
    found.show(said, lettered=lettered)
    return found


def test_each_row_of_a_quotation_has_a_bar_in_the_colour_of_its_speaker() -> None:
    found = marks()
    assert found.beside(row(0, 20), ("  ", "")) == [("  ", ""), ("▎", "speaker-1 bold")]
    assert found.beside(row(20, 35), ("◆ ", "strong")) == [
        ("◆ ", "strong"),
        ("▎", "speaker-1 bold"),
    ]
    assert found.beside(row(27, 35), ("  ", "")) == [("  ", ""), (" ", "")]


def test_what_was_not_said_has_another_bar() -> None:
    assert marks().beside(row(38, 60), ("  ", ""))[1] == ("┊", "speaker-2 bold")


def test_where_there_are_no_colours_the_first_row_has_the_letter_of_the_speaker() -> None:
    found = marks(lettered=True)
    assert [text for text, _ in found.beside(row(0, 20), ("◆ ", ""))] == ["◆", "M", "▎"]
    assert [text for text, _ in found.beside(row(20, 35), ("  ", ""))] == ["  ", "▎"]
    assert [text for text, _ in found.beside(row(0, 20), ("◆y", ""))] == ["◆y", "▎"]
