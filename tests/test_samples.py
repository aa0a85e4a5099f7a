import datetime as dt
import re
import unicodedata
from pathlib import Path

import pytest

from tuireader.domain.article import Article
from tuireader.domain.blocks import BlockKind
from tuireader.domain.quote import Quote
from tuireader.samples import paths

DATED = re.compile(r"\A date \d{4}-\d\d-\d\d\b")
CREDITED = re.compile(r" - [A-Z][\w. /]*/?[A-Z][\w. /-]*$", re.MULTILINE)
BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)

TITLES = {
    "01": "A two-minute tour",
    "02": "A ferry that has no timetable",
    "03": "Cedar Notch Votes to Keep Its Bridge the Wrong Color",
    "04": "The woman who names the colours",
    "05": "Judge ends 31-year kettle dispute with a cup of tea",
    "06": "On benches",
    "07": "À Port-Lazerne, la boulangerie flottante a trouvé son quai",
    "08": "Niederwelsau behält seine letzte Telefonzelle",
    "09": "What the roofs heard",
    "10": "Held for collection",
}
DATES = {
    "02": dt.date(2024, 3, 14),
    "03": dt.date(2024, 6, 4),
    "04": dt.date(2023, 11, 19),
    "05": dt.date(2024, 5, 22),
    "06": dt.date(2022, 9, 3),
    "07": dt.date(2024, 2, 8),
    "08": dt.date(2023, 10, 12),
    "09": dt.date(2022, 10, 18),
    "10": dt.date(2023, 3, 25),
}
AUTHORS = {
    "03": "Carla Dempsey",
    "04": "Joost Varga",
    "05": "Honor Blythe",
    "06": "Ilse Varnham",
    "07": "Solène Aubriac",
    "08": "Henrike Stolle",
    "09": "Marit Ellefsen",
    "10": "Rowan Pellatt",
}
KEYS = (
    *("j", "k", "m", "a", "G", "gg", "]h", "[h", "zo", "J", "K", "]q", "[q", "b", "u", "v", "V"),
    *("is", "ip", "iq", "y", "Y", "e", "c", "t", "x", "]b", "[b", "B", "n", "N", "f", "o", "q"),
    *("Ctrl+D", "Ctrl+U", "Ctrl+R", "Ctrl+S", "Ctrl+P", "Ctrl+Q", "Space", "Tab", "Esc", "?"),
)
SPEAKERS = [
    ("01", "It was one soft bump", "Marta Lindqvist"),
    ("01", "was not there on Monday", "Ove Brandt"),
    ("01", "It will have moved again", "Ove Brandt"),
    ("02", "I asked for the figures", "Tomas Rydell"),
    ("02", "some embarrassment", "Tomas Rydell"),
    ("02", "She read it out to me", "Ingrid Solheim"),
    ("02", "I very nearly let go", "Ingrid Solheim"),
    ("02", "People came down at ten past", "Ingrid Solheim"),
    ("02", "then at least the coast", "Tomas Rydell"),
    ("02", "It comes when you call", "Arvid Nyström"),
    ("03", "I have been to budget meetings", "Louise Abernathy"),
    ("03", "The other pallet", "Dale Hutchins"),
    ("03", "I've worked on buses", "Renee Hutchins"),
    ("03", "The coating meets", "Tarrow County Highway Department"),
    ("03", "Nobody asked us", "Walt Pruitt"),
    ("03", "They come in and ask", "Marisol Tate"),
    ("03", "All I can tell you", "Ron Beasley"),
    ("03", "We'll find something", "Denise Amory"),
    ("04", "By colour would be no use", "Nadia Ferro"),
    ("05", "It is a pleasant noise", "Adeyemi-Cole"),
    ("05", "Nobody in this room", "Adeyemi-Cole"),
    ("05", "My father was the salesman", "Morwenna Castell"),
    ("05", "Dear Denis", "Hugo Harwick"),
    ("05", "We have both been had", "Hugo Harwick"),
    ("05", "a defeat for craftsmanship", "Gerald Harwick"),
    ("05", "Hugo was always soft", "Gerald Harwick"),
    ("06", "He was not a sentimental man", "Ruth Thrale"),
    ("07", "Je n’ai pas choisi la mer", "Mathurin Kervel"),
    ("07", "Il a livré la maison", "Françoise Delmarre"),
    ("07", "un précédent dangereux", "Gilles Orsini"),
    ("07", "C’était mon réveil", "Inès"),
    ("07", "Ce n’est pas rentable", "Mathurin Kervel"),
    ("08", "Wir kaufen kein Möbelstück", "Karola Wendt"),
    ("08", "Damit kann mich ja jeder", "Elfriede Hansemann"),
    ("08", "Im Freibad fehlen", "Jost Brinkmann"),
    ("08", "ein Stück Daseinsvorsorge", "Falk Osterrieth"),
    ("08", "Wir haben Kaffee ausgeschenkt", "Ulf Prange"),
    ("09", "We had deleted eleven weeks", "Femi Adeleke"),
    ("09", "It is like being asked", "Femi Adeleke"),
    ("09", "Everyone was looking", "Ewa Gołębiowska"),
    ("09", "I should be happier", "Laszlo Kerekes"),
    ("10", "There was this black drum", "Peter Ashdown"),
    ("10", "So everyone wrote", "Gwen Tallis"),
    ("10", "People suppose that water", "Samuel Okello-Lind"),
    ("10", "I have handled a lot", "Samuel Okello-Lind"),
    ("10", "I get wedding cakes", "Amrita Sandhu"),
    ("10", "Sixty-one years", "Colin Bray"),
    ("10", "I never had her mould", "Hester Lowe"),
    ("10", "the ordinary of it", "Graham Tuke"),
    ("10", "Dear Tom", "David Lusk"),
    ("10", "I sat there", "Leonard Pask"),
    ("10", "I wasn’t going to go bothering", "Leonard Pask"),
    ("10", "I read them all at one sitting", "Amrita Sandhu"),
    ("10", "I never did the deliveries", "Leonard Pask"),
]


def sample(number: str) -> Path:
    [file] = [file for file in paths() if file.name.startswith(f"{number}-")]
    return file


def words(number: str) -> str:
    return sample(number).read_text(encoding="utf-8")


def opened(number: str) -> Article:
    from tuireader.sources.open import open_article

    return open_article(str(sample(number)))


def quotes_of(article: Article) -> tuple[Quote, ...]:
    from tuireader.quotes.engine import extract

    return tuple(extract(article))


def shown(number: str, kind: BlockKind) -> list[str]:
    article = opened(number)
    return [article.text[block.start : block.end] for block in article.blocks if block.kind is kind]


def test_there_are_ten_samples_and_the_tour_is_the_first() -> None:
    assert [file.name[:2] for file in paths()] == sorted(TITLES)
    assert paths()[0].name == "01-a-two-minute-tour.md"


@pytest.mark.parametrize("number", sorted(TITLES))
def test_a_sample_is_valid_text_without_control_characters(number: str) -> None:
    text = sample(number).read_bytes().decode("utf-8")
    assert text.endswith("\n")
    assert not BIDI_CONTROLS & set(text)
    assert {char for char in text if unicodedata.category(char) == "Cc"} == {"\n"}
    assert unicodedata.is_normalized("NFC", text)


def test_the_tour_takes_two_minutes_and_names_the_keys() -> None:
    tour = words("01")
    assert 500 <= len(tour.split()) <= 700
    for key in KEYS:
        assert f"`{key}`" in tour


def test_the_news_copy_opens_with_its_date_and_holds_credited_captions() -> None:
    for number in ("02", "04", "05", "06", "07", "08", "09", "10"):
        assert DATED.match(words(number))
    for number in ("02", "05", "07", "08", "10"):
        assert CREDITED.search(words(number))


def test_the_court_report_holds_a_quotation_of_several_paragraphs() -> None:
    paragraphs = words("05").split("\n\n")
    first = next(n for n, text in enumerate(paragraphs) if text.startswith("“It is a pleasant"))
    assert [text.count("”") for text in paragraphs[first : first + 3]] == [1, 0, 1]
    assert all(text.startswith("“") for text in paragraphs[first : first + 3])


def test_the_interview_names_who_speaks_in_every_turn() -> None:
    assert words("04").count("\nVarga: ") >= 10
    assert words("04").count("\nFerro: ") >= 10


def test_the_french_and_german_pieces_use_their_own_marks() -> None:
    assert "«\u00a0" in words("07")
    assert "\n—\u00a0" in words("07")
    assert "„" in words("08")
    assert "»" in words("08")


def test_the_essay_keeps_its_verse_in_lines() -> None:
    assert "    Sit down. The hill has done its climbing\n" in words("06")


def test_the_feature_is_hard_wrapped_at_72_columns() -> None:
    assert max(map(len, words("09").splitlines())) <= 72
    assert "東京" in words("09")


def test_the_long_read_is_longer_than_five_thousand_words() -> None:
    assert len(words("10").split()) > 5_000


@pytest.mark.parametrize("number", sorted(TITLES))
def test_a_sample_opens_with_its_title(number: str) -> None:
    assert opened(number).title.startswith(TITLES[number])


@pytest.mark.parametrize("number", sorted(DATES))
def test_a_sample_opens_with_its_date(number: str) -> None:
    assert opened(number).date == DATES[number]


@pytest.mark.parametrize("number", sorted(AUTHORS))
def test_a_sample_opens_with_its_author(number: str) -> None:
    assert opened(number).author == AUTHORS[number]


@pytest.mark.parametrize("number", sorted(TITLES))
def test_a_sample_opens_in_its_language(number: str) -> None:
    expected = {"07": "fr", "08": "de"}.get(number, "en")
    assert opened(number).language == expected


@pytest.mark.parametrize(
    ("number", "count"),
    [("02", 4), ("03", 1), ("04", 2), ("05", 1), ("06", 0), ("07", 2), ("08", 1), ("10", 6)],
)
def test_the_captions_of_a_sample_are_set_apart(number: str, count: int) -> None:
    assert len(shown(number, BlockKind.CAPTION)) == count


def test_the_samples_show_every_kind_of_block() -> None:
    assert len(shown("01", BlockKind.HEADING)) == 5
    assert len(shown("01", BlockKind.LIST_ITEM)) == 4
    assert len(shown("01", BlockKind.BLOCKQUOTE)) == 1
    assert len(shown("01", BlockKind.CODE)) == 1
    assert len(shown("06", BlockKind.LIST_ITEM)) == 4
    assert "Four kinds" in shown("06", BlockKind.HEADING)
    assert "The last delivery" in shown("10", BlockKind.HEADING)


def test_the_tour_has_a_link_to_follow() -> None:
    assert [link.target for link in opened("01").links] == ["https://example.org/"]


def test_hard_wrapped_paragraphs_are_joined_and_verse_is_not() -> None:
    assert "a bird that weighed less than a pencil" in opened("09").text
    assert "patient rhyming\n" in opened("06").text


def speakers_at(article: Article, quotes: tuple[Quote, ...], opening: str) -> list[str]:
    place = article.text.index(opening)
    return [quote.speaker for quote in quotes if any(place in span for span in quote.spans)]


@pytest.mark.parametrize("number", ["01", "02"])
def test_the_first_articles_give_every_quotation_to_its_speaker(number: str) -> None:
    article = opened(number)
    quotes = quotes_of(article)
    for sample_number, opening, speaker in SPEAKERS:
        if sample_number == number:
            assert speakers_at(article, quotes, opening) == [speaker]


def test_most_quotations_of_the_samples_are_given_to_their_speakers() -> None:
    articles = {number: opened(number) for number in TITLES}
    quotes = {number: quotes_of(article) for number, article in articles.items()}
    wrong = []
    for number, opening, speaker in SPEAKERS:
        found = speakers_at(articles[number], quotes[number], opening)
        if len(found) != 1 or speaker not in found[0]:
            wrong.append((number, opening, speaker, found))
    assert len(wrong) <= len(SPEAKERS) // 4, wrong


@pytest.mark.parametrize(
    ("first", "last"),
    [("The law has no objection", "Nobody in this room"), ("Dear Denis", "Yours, Hugo.")],
)
def test_a_judgment_and_a_letter_are_one_quotation_each(first: str, last: str) -> None:
    article = opened("05")
    places = (article.text.index(first), article.text.index(last))
    assert [
        [any(place in span for span in quote.spans) for place in places]
        for quote in quotes_of(article)
        if any(places[0] in span for span in quote.spans)
    ] == [[True, True]]
