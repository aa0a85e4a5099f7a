import pytest
from hypothesis import given
from hypothesis import strategies as st
from work import is_linear, work

from tuireader.domain.article import Passage
from tuireader.text.sentences import sentence_at, sentences

PIECES = ["Mr. ", "He said. ", "“Why?” ", "3.5 ", "U.S. ", "word ", "\n", "\n\n", "… ", "。", "」"]
PIECES += ["A", "b", ".", " ", "! ", "(He did.) ", "e.g. ", "J. K. ", "」と", "x" * 400]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def split(text: str) -> list[str]:
    return [passage.of(text) for passage in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    "parts",
    [
        ["Mr. Ito met Dr. J. K. Lowe at 5 p.m. on St. Mark’s Place.", "She left."],
        ["He joined the U.S. Army.", "He lived in the U.S.", "The war was over."],
        ["It cost 3.5 million, i.e. a lot.", "Nobody paid."],
        ["See No. 5 and fig. 12.", "No.", "He would not."],
        ["“Why?” he asked.", "“Come here!” Mr Ito said.", "“No.”", "She stayed."],
        ["He waited… and waited.", "Nothing…", "Then a knock."],
        ["(It was late.)", "They slept [badly].", "“Good.”"],
        ["Es gibt z. B. Brot.", "Am 3. Oktober kam er.", "„Nein.“", "Er ging."],
        ["Sie rief: »Halt!«", "Niemand hielt."],
        ["Il dit : « Oui ! »", "M. Petit partit.", "« Non ! » dit-elle."],
        ["「行く。」と彼は言った。", "そして帰った！", "ほんとう？"],
        ["他来了。", "她走了！", "真的吗？"],
        ["वह गया।", "वह आया।"],
        ["1. Take the bus.", "Then walk."],
        ["Read www.example.org/a.b first.[1]", "Then act.[2]"],
    ],
)
def test_a_text_parts_into_its_sentences(parts: list[str]) -> None:
    unspaced = any(mark in parts[0] for mark in "。！？")
    assert split(("" if unspaced else " ").join(parts)) == parts


def test_a_line_of_verse_ends_a_sentence_only_with_a_stop_or_a_blank_line() -> None:
    verse = "The kettle sings,\nThe window fogs.\nNo letter came\n\nAnd none was sent"
    assert split(verse) == [
        "The kettle sings,\nThe window fogs.",
        "No letter came",
        "And none was sent",
    ]


def test_a_sentence_has_no_blanks_around_it() -> None:
    assert split("  One.   Two. \n") == ["One.", "Two."]
    assert split("") == split("  \n ") == []


def test_between_two_sentences_the_one_that_follows_is_taken() -> None:
    text = "One.  Two.  "
    assert sentence_at(text, 0, len(text), 4) == Passage(6, 10)
    assert sentence_at(text, 0, len(text), 11) == Passage(6, 10)


def test_only_the_block_is_looked_at() -> None:
    text = "Before. Here is one. After."
    assert sentence_at(text, 8, 20, 9) == Passage(8, 20)
    assert list(sentences(text, 8, 20)) == [Passage(8, 20)]


def test_an_empty_block_gives_an_empty_passage() -> None:
    assert sentence_at("", 0, 0, 0) == Passage(0, 0)


@given(texts)
def test_any_place_is_in_the_sentence_that_the_walk_gives(text: str) -> None:
    walked = list(sentences(text, 0, len(text)))
    for offset in range(0, len(text), 1 + len(text) // 40):
        following = [passage for passage in walked if passage.end > offset]
        expected = following[0] if following else walked[-1] if walked else Passage(0, 0)
        assert sentence_at(text, 0, len(text), offset) == expected


@given(texts)
def test_sentences_hold_every_word_once_and_in_order(text: str) -> None:
    walked = list(sentences(text, 0, len(text)))
    assert walked == sorted(walked)
    assert "".join("".join(split(text)).split()) == "".join(text.split())
    assert all(passage == passage.trimmed(text) for passage in walked)


def test_a_sentence_without_end_is_cut_at_blanks_the_same_from_everywhere() -> None:
    text = "At last. " + "word " * 4000 + "end. Done."
    walked = list(sentences(text, 0, len(text)))
    assert max(map(len, walked)) < 3300
    assert all(not passage.of(text).startswith("ord") for passage in walked)
    for offset in range(0, len(text), 97):
        found = sentence_at(text, 0, len(text), offset)
        assert found in walked
        assert offset < found.end


def test_work_is_bounded_in_a_text_without_a_stop() -> None:
    text = "a" * 20_000_000
    assert 0 < len(sentence_at(text, 0, len(text), 10_000_000)) < 3300
    assert work(lambda text: sentence_at(text, 0, len(text), 10_000_000), text) < 20_000


@pytest.mark.parametrize("piece", [".", "\n ", '."', "A. "])
def test_hostile_text_is_walked_in_linear_time(piece: str) -> None:
    text = piece * 60_000
    assert sum(1 for _ in sentences(text, 0, len(text))) <= len(text)
    assert is_linear(lambda text: list(sentences(text, 0, len(text))), lambda n: piece * n, 10_000)
