import pytest

from tuireader.sources.plaintext.captions import credit_start, is_caption, is_credit, without_credit

RUNNING = [
    "The ferry was late again on Monday, the harbour master said.",
    "He joined the Harbour Board (HB).",
    "“Everybody waits,” she said. “Nobody asks why.”",
    "“A bridge is a promise.” – Ida Brand",
    "Nobody on the pier, from the Mayor to Mrs. Brand, knew when it would come",
    "The island, on the right side of the bay, has 400 people.",
    "It will open on May 7, 2025, and the council takes part.",
    "Thank you all for coming! [Applause]",
]
CAPTIONS = [
    "The ferry leaves the pier for the last time - HBN/EPA/SHUTTERSTOCK",
    "The ferry leaves the pier for the last time. (AP Photo/Ida Brand)",
    "The ferry leaves the pier for the last time. Photo: Ida Brand",
    "The ferry leaves the pier Ida Brand/AFP via Getty Images",
    "The old pier. Harbour Archive",
    "The old pier at dusk - Ida Brand",
    "FILE - The ferry at its pier.",
    "The mayor, second left, speaks to fishermen.",
    "Fishermen wave to the ferry in Port Ine on May 7, 2025.",
    "Ida Brand, 64",
    "© Reuters",
]


@pytest.mark.parametrize("text", CAPTIONS)
def test_a_caption_is_told_by_its_credit_or_its_manner(text: str) -> None:
    assert is_caption(text)


@pytest.mark.parametrize("text", RUNNING)
def test_running_text_is_no_caption(text: str) -> None:
    assert not is_caption(text)


def test_an_opening_line_that_names_its_speaker_is_a_headline() -> None:
    assert not is_caption("The ferry will not stop here - Brand", opening=True)
    assert is_caption("The ferry will not stop here - AFP", opening=True)


def test_a_credit_is_told_from_the_words_before_it() -> None:
    text = "The old pier at dusk - Ida Brand/REUTERS"
    assert text[credit_start(text) :].endswith("Ida Brand/REUTERS")
    assert without_credit(text) == "The old pier at dusk"


def test_a_bare_credit_is_a_credit() -> None:
    assert is_credit("Ida Brand/AFP via Getty Images")
    assert is_credit("(Photo: Ida Brand)")
    assert not is_credit("The pier and the photo of it were old")
