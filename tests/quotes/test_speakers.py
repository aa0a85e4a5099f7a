"""Speakers of many articles added up."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.article import Article
from tuireader.quotes.engine import extract
from tuireader.quotes.speakers import (
    SpeakerCounts,
    SpeakerInArticle,
    folded_name_words,
    is_form_of_name,
    speakers_in,
)


def voice(
    name: str, quotes: int = 1, *forms: str, described: bool = False, full: tuple[str, ...] = ()
) -> SpeakerInArticle:
    return SpeakerInArticle(
        name=name,
        quotes=quotes,
        forms=forms,
        described=described,
        full_names=frozenset(folded_name_words(each) for each in full),
    )


def added_up(*found: tuple[SpeakerInArticle, ...]) -> SpeakerCounts:
    tally = SpeakerCounts()
    for of_article in found:
        tally.add(of_article)
    return tally


def test_one_name_in_two_articles_is_one_speaker() -> None:
    (who,) = added_up((voice("Élise Moor", 2),), (voice("Elise Moor", 3),)).speakers()
    assert (who.quotes, who.articles) == (5, 2)


def test_a_middle_initial_makes_no_other_person() -> None:
    (who,) = added_up((voice("Ada B. Moor"),), (voice("Ada Moor"),)).speakers()
    assert who.name == "Ada B. Moor"
    assert who.variants == ("Ada Moor",)


def test_a_surname_alone_goes_to_the_person_whom_its_article_names_in_full() -> None:
    counts = added_up((voice("Ada Moor"),), (voice("Moor", full=("Ada Moor", "dear Ada Moor")),))
    (who,) = counts.speakers()
    assert (who.name, who.articles) == ("Ada Moor", 2)
    assert counts.speaker_of(voice("Moor", full=("Ada Moor", "dear Ada Moor"))) == who


def test_a_surname_alone_stays_alone_if_its_article_names_nobody_in_full() -> None:
    found = added_up((voice("Ada Moor"),), (voice("Moor"),)).speakers()
    assert [who.name for who in found] == ["Ada Moor", "Moor"]


def test_a_surname_of_two_people_of_its_article_goes_to_neither() -> None:
    alone = voice("Moor", full=("Ada Moor", "Bela Moor"))
    found = added_up((voice("Ada Moor"),), (voice("Bela Moor"),), (alone,)).speakers()
    assert {who.name for who in found} == {"Ada Moor", "Bela Moor", "Moor"}


def test_an_article_tells_which_full_names_it_has_for_a_surname() -> None:
    text = (
        "Ferry master Ada B. Moor, 40, stayed ashore. Moorings broke.\n\n"
        "“We sail at noon today,” said Moor."
    )
    (quote,) = extract(Article(location="x", text=text))
    (found,) = speakers_in([replace(quote, speaker="Moor")], text)
    assert ("ada", "moor") in found.full_names
    (full,) = speakers_in([replace(quote, speaker="Ada B. Moor")], text)
    assert full.full_names == frozenset()


def test_who_says_most_comes_first_with_the_commonest_form_first() -> None:
    tally = added_up(
        (voice("Ada Moor", 1, "Moor"),),
        (voice("Bela Quist", 4, "Quist", "Mr Quist", "Quist"),),
    )
    first, second = tally.speakers()
    assert (first.name, second.name) == ("Bela Quist", "Ada Moor")
    assert first.variants == ("Quist", "Mr Quist")


def test_a_form_that_differs_in_case_only_is_no_variant() -> None:
    (who,) = added_up(
        (voice("A man", described=True),), (voice("a man", described=True),)
    ).speakers()
    assert who.variants == ()


def test_whom_no_article_names_is_said_to_be_described() -> None:
    (who,) = added_up((voice("a harbour official", described=True),)).speakers()
    assert who.described


@given(st.lists(st.lists(st.sampled_from(["Ada Moor", "Moor", "Bela Quist", "the police"]))))
def test_no_quotation_is_lost_in_adding_up(articles: list[list[str]]) -> None:
    found = [tuple(voice(name) for name in dict.fromkeys(names)) for names in articles]
    speakers = added_up(*found).speakers()
    assert sum(who.quotes for who in speakers) == sum(map(len, found))


def test_an_articles_voices_have_the_forms_that_stand_beside_their_words() -> None:
    text = (
        "“We sail at noon today,” said Ada Moor, the pilot.\n\n"
        "“Nobody waits for us there,” Ms Moor added. “Nobody ever does.”"
    )
    quotes = extract(Article(location="x", text=text))
    (found,) = speakers_in(quotes, text)
    assert (found.name, found.quotes) == ("Ada Moor", 2)
    assert found.forms == ("Ada Moor", "Ms Moor")
    (who,) = added_up((found,)).speakers()
    assert who.is_called("ms moor")
    assert not who.is_called("pilot")


def test_a_name_is_called_by_its_first_or_last_words() -> None:
    assert is_form_of_name("Maria del Carmen Ruiz", "ruiz")
    assert is_form_of_name("Maria del Carmen Ruiz", "María del Carmen")
    assert not is_form_of_name("Maria del Carmen Ruiz", "Carmen")
    assert not is_form_of_name("Maria del Carmen Ruiz", "")
