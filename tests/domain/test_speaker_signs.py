"""Colours and letters of speakers."""

from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.article import Passage
from tuireader.domain.quote import Confidence, Quote, QuoteKind
from tuireader.domain.speaker_signs import COLOURS, speaker_signs


def quotes(*speakers: str) -> list[Quote]:
    return [
        Quote(
            spans=(Passage(number, number + 1),),
            kind=QuoteKind.DIRECT,
            confidence=Confidence.NAMED,
            speaker=speaker,
        )
        for number, speaker in enumerate(speakers)
    ]


def test_a_speaker_has_one_colour_and_the_initial_of_the_last_name() -> None:
    signs = speaker_signs(quotes("Elena Marsh", "", "Dan Poole", "Elena Marsh", "Ida Moor"))
    assert list(signs) == ["Elena Marsh", "Dan Poole", "Ida Moor"]
    assert [sign.colour for sign in signs.values()] == [1, 2, 3]
    assert [sign.letter for sign in signs.values()] == ["M", "P", "I"]


def test_letters_that_take_two_cells_are_not_used() -> None:
    assert [sign.letter for sign in speaker_signs(quotes("李強", "王毅")).values()] == ["1", "2"]


@given(st.lists(st.text(max_size=8), max_size=20))
def test_no_two_speakers_share_a_letter(names: list[str]) -> None:
    signs = speaker_signs(quotes(*names))
    letters = [sign.letter for sign in signs.values() if sign.letter != "*"]
    assert len(letters) == len(set(letters))
    assert all(1 <= sign.colour <= COLOURS for sign in signs.values())
