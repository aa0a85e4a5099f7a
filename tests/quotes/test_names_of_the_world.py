"""Names of the world: which words form one, and to whom a part of one refers."""

import pytest

from tuireader.domain.article import Article
from tuireader.quotes.engine import extract


def speakers(text: str, language: str = "en") -> list[str]:
    return [quote.speaker for quote in extract(Article(location="", text=text, language=language))]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Ri Il-gyu", "Mr Ri"),
        ("Kim Yo-jong", "Ms Kim"),
        ("Xi Jinping", "Xi"),
        ("Tsai Ing-wen", "Tsai"),
        ("Nguyen Phu Trong", "Trong"),
        ("Shinzo Takahashi", "Takahashi"),
        ("Abdel Fattah al-Rashid", "al-Rashid"),
        ("Abdel Fattah al-Rashid", "Mr al-Rashid"),
        ("Khalid bin Salman", "Prince Khalid"),
        ("Abu Bakr Hassan", "Hassan"),
        ("María José de la Vega Ruiz", "De la Vega"),
        ("Rafael Ortega y Soler", "Ortega y Soler"),
        ("João Pedro dos Santos", "Dos Santos"),
        ("Ana Paula da Silva", "da Silva"),
        ("Willem van der Meer", "Van der Meer"),
        ("Ursula von der Heide", "von der Heide"),
        ("Charles de Montrebel", "de Montrebel"),
        ("Leonardo Di Matteo", "Di Matteo"),
        ("Seán Ó Briain", "Mr Ó Briain"),
        ("Siobhán O’Donnell", "Ms O’Donnell"),
        ("Fiona MacAllister", "MacAllister"),
        ("Jean-Pierre Roux-Martin", "Roux-Martin"),
        ("J. K. Holloway", "Holloway"),
        ("Mary T. Ashdown", "Ashdown"),
        ("Thomas Reed Jr", "Mr Reed"),
        ("Henry Wallace III", "Wallace"),
        ("Björk Guðmundsdóttir", "Björk"),
        ("Jamil Al Saadouni", "Al Saadouni"),
        ("Rishi Kumar Venkataraman", "Venkataraman"),
        ("Oluwaseun Adeyemi-Bello", "Adeyemi-Bello"),
    ],
)
def test_a_part_of_a_name_means_its_bearer(full: str, short: str) -> None:
    text = (
        f"The report is by {full}, a teacher from the north.\n\n"
        f"“We waited all night,” {short} said on Monday."
    )
    (speaker,) = speakers(text)
    assert speaker.removesuffix(" Jr").removesuffix(" III") == full.removesuffix(
        " Jr"
    ).removesuffix(" III")


@pytest.mark.parametrize("name", ["Zendaya", "Pelé", "Adele", "Suharto", "Sukarno"])
def test_somebody_may_have_one_name_only(name: str) -> None:
    assert speakers(f"“We waited all night,” said {name}.") == [name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We waited,” said ANNA BERG, who runs the inn.", "Anna Berg"),
        ("“We waited,” said Anna BERG, who runs the inn.", "Anna BERG"),
        ("“We waited,” said Mr Justice Peter Holm.", "Peter Holm"),
        ("“We waited,” said Sheikh Hamad bin Khalifa al-Nuri.", "Hamad bin Khalifa al-Nuri"),
        ("“We waited,” said Dr. Yusuf ibn Tahir.", "Yusuf ibn Tahir"),
        ("“We waited,” said President Xi Jinping of China.", "Xi Jinping"),
        ("“We waited,” said Dame Mary O’Brien.", "Mary O’Brien"),
        ("“We waited,” said the Rev. Thomas Reed.", "Thomas Reed"),
        ("“We waited,” said DeShawn McAllister.", "DeShawn McAllister"),
        ("“We waited,” said Le Thi Hoa.", "Le Thi Hoa"),
    ],
)
def test_a_name_is_read_whole(text: str, expected: str) -> None:
    assert [speaker.casefold() for speaker in speakers(text)] == [expected.casefold()]
