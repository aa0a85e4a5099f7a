"""Who said what, in short articles written for these tests."""

import itertools
import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from work import is_linear

from tuireader.domain.article import Article
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.domain.quote import Confidence, Quote, QuoteKind
from tuireader.quotes.engine import extract
from tuireader.quotes.parsed_article import parse_sections


def quotes(text: str, language: str = "en", author: str = "") -> tuple[Quote, ...]:
    return extract(Article(location="", text=text, language=language, author=author))


def said(text: str, language: str = "en") -> list[tuple[str, str]]:
    """Speaker and first words of each quotation."""
    return [(quote.speaker, quote.spans[0].of(text)) for quote in quotes(text, language)]


@pytest.mark.parametrize(
    "text",
    [
        "“The bridge is safe,” Mary Ashdown said.",
        "“The bridge is safe,” said Mary Ashdown.",
        "“The bridge is safe,” said Mary Ashdown, the council's chief engineer.",
        "“The bridge is safe,” said the engineer Mary Ashdown on Monday.",
        "Mary Ashdown said: “The bridge is safe.”",
        "Mary Ashdown, 47, a former teacher, said: “The bridge is safe.”",
        "“The bridge is safe,” according to Mary Ashdown.",
        "According to Mary Ashdown, “the bridge is safe”.",
        "Mary Ashdown told reporters in York that “the bridge is safe”.",
        "Mary Ashdown tweeted: “The bridge is safe.”",
        "‘The bridge is safe,’ said Mary Ashdown.",
        "Labour adviser Mary Ashdown said “the bridge is safe”.",
    ],
)
def test_a_speaker_is_found_wherever_the_sentence_names_her(text: str) -> None:
    assert [speaker for speaker, _ in said(text)] == ["Mary Ashdown"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "„Das ist falsch“, sagte Bürgermeisterin Anna Berg.", ["Anna Berg"]),
        ("de", "Laut Peter Holm war es „ein Fehler“.", ["Peter Holm"]),
        ("fr", "« C’est une erreur », a déclaré la ministre Claire Dubois.", ["Claire Dubois"]),
        ("fr", "Selon Jean Martin, le projet est « absurde ».", ["Jean Martin"]),
        ("es", "«Es mentira», afirmó el ministro Luis Gómez.", ["Luis Gómez"]),
        ("it", "«È un errore», ha detto il sindaco Marco Rossi.", ["Marco Rossi"]),
        ("pt", "“É um erro”, disse a ministra Ana Sousa.", ["Ana Sousa"]),
        ("nl", "‘Het is een fout’, zei burgemeester Jan Bakker.", ["Jan Bakker"]),
    ],
)
def test_each_language_has_its_own_words(language: str, text: str, expected: list[str]) -> None:
    assert [speaker for speaker, _ in said(text, language)] == expected


def test_the_cue_and_the_mention_are_passages_of_the_text() -> None:
    text = "Tom Reed runs the mill.\n\n“We bake at four,” Mr Reed told visitors."
    (quote,) = quotes(text)
    assert quote.speaker == "Tom Reed"
    assert quote.mention is not None
    assert quote.cue is not None
    assert (quote.mention.of(text), quote.cue.of(text)) == ("Mr Reed", "told")


def test_an_utterance_broken_by_its_cue_is_one_quotation() -> None:
    text = "“In winter we sleep,” Tom Reed said. “In summer we bake bread.”"
    (quote,) = quotes(text)
    assert [span.of(text) for span in quote.spans] == [
        "In winter we sleep,",
        "In summer we bake bread.",
    ]
    assert (quote.kind, quote.confidence) == (QuoteKind.DIRECT, Confidence.NAMED)


def test_an_utterance_over_two_paragraphs_is_one_quotation() -> None:
    text = "Tom Reed said: “We bake at four.\n\n“Then we sell it all by noon.”\n\nThe mill is old."
    (quote,) = quotes(text)
    assert len(quote.spans) == 2
    assert quote.speaker == "Tom Reed"


def test_a_caption_neither_ends_a_quotation_nor_steals_it() -> None:
    parts = [
        (BlockKind.PARAGRAPH, "Tom Reed said: “We bake at four."),
        (BlockKind.CAPTION, "Prime Minister Jane Holt at the mill - AGENCY"),
        (BlockKind.PARAGRAPH, "“Then we sell it all by noon.”"),
    ]
    starts = itertools.accumulate((len(words) + 2 for _, words in parts), initial=0)
    blocks = Blocks(
        Block(kind, start, start + len(words))
        for (kind, words), start in zip(parts, starts, strict=False)
    )
    text = "\n\n".join(words for _, words in parts)
    (quote,) = extract(Article(location="", text=text, blocks=blocks, language="en"))
    assert quote.speaker == "Tom Reed"
    assert len(quote.spans) == 2


def test_he_is_the_one_who_spoke_before() -> None:
    text = (
        "Tom Reed opened the mill in May.\n\n“It was cold,” Mr Reed said.\n\n"
        "“Nobody came,” he said."
    )
    assert [speaker for speaker, _ in said(text)] == ["Tom Reed", "Tom Reed"]
    assert quotes(text)[1].confidence is Confidence.PRONOUN


def test_she_is_not_a_man() -> None:
    text = "Anna Roe met Peter Holm at the port. “It was cold,” she said."
    assert said(text) == [("Anna Roe", "It was cold,")]


def test_a_description_is_the_one_whom_the_article_describes_so() -> None:
    text = (
        "The mill will close, according to a retired baker who called it “a ruin”.\n\n"
        "Tom Reed, 71, a retired baker from Hull, worked there for years."
    )
    ((speaker, _),) = said(text)
    assert speaker == "Tom Reed"


def test_a_described_source_that_is_never_named_stays_as_described() -> None:
    text = "“The talks go on,” a State Department official said on Friday."
    (quote,) = quotes(text)
    assert quote.speaker == "a State Department official"
    assert quote.confidence is Confidence.DESCRIBED


def test_two_of_one_surname_are_told_apart_by_their_titles() -> None:
    text = (
        "Peter Holm and Anna Holm run the port.\n\n“It is cold,” Mrs Holm said.\n\n"
        "“It is late,” Mr Holm said."
    )
    assert [speaker for speaker, _ in said(text)] == ["Anna Holm", "Peter Holm"]


def test_she_is_the_one_whose_description_shows_a_woman() -> None:
    text = "Tom Reed left. A spokeswoman for the mill had no news. “We wait,” she said."
    assert [speaker for speaker, _ in said(text)] == ["A spokeswoman for the mill"]


def test_a_surname_alone_is_whoever_was_named_in_full_just_before() -> None:
    text = (
        "The road is shut, according to Dale Holm, the county engineer.\n\n"
        "“The sign fell,” Holm said.\n\nAnna Holm, who runs the inn, was glad.\n\n"
        "“I slept,” Holm said."
    )
    assert [speaker for speaker, _ in said(text)] == ["Dale Holm", "Anna Holm"]


def test_an_initial_is_the_name_it_stands_for() -> None:
    text = "The sheet says L. Reed.\n\nLeonard Reed is 86.\n\n“I sat there,” Mr Reed said."
    assert [speaker for speaker, _ in said(text)] == ["Leonard Reed"]


def test_whose_office_stands_before_a_name_does_not_speak() -> None:
    text = "“It rained,” said Leeds University professor Anna Roe. “It will rain.”"
    assert {speaker for speaker, _ in said(text)} == {"Anna Roe"}


def test_the_department_is_the_one_that_was_named() -> None:
    text = (
        "The Tarrow Highway Department said that it “regrets” this.\n\n"
        "“It is paint,” the department said."
    )
    assert {speaker for speaker, _ in said(text)} == {"Tarrow Highway Department"}


def test_a_title_of_a_work_is_nobodys() -> None:
    text = "The film “The Long Way Home” opens on Friday in Leeds."
    assert quotes(text) == ()
    (nobodys,) = extract(Article(location="", text=text, language="en"), unattributed=True)
    assert (nobodys.speaker, nobodys.confidence) == ("", Confidence.UNKNOWN)


def test_the_author_is_the_first_person() -> None:
    text = "“Where is the key?” I asked."
    (quote,) = quotes(text, author="Jane Holt")
    assert quote.speaker == "Jane Holt"


def test_the_answers_of_an_interview_are_their_givers() -> None:
    text = (
        "Jane Roe runs a mill.\n\nQ: Why bread?\n\nA: People eat it.\n\nQ: Now?\n\nA: We sell it."
    )
    assert [speaker for speaker, _ in said(text)] == ["", "Jane Roe", "", "Jane Roe"]


def test_the_lines_of_a_transcript_are_those_of_their_labels() -> None:
    text = "REED: We go.\n\nHOLT: We stay.\n\nREED: Then go.\n\nHOLT: I will."
    assert [speaker for speaker, _ in said(text)] == ["REED", "HOLT", "REED", "HOLT"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "– Plus haut ! cria Paul, plus haut !\n– Oui, dit Marie. Je monte.", 2),
        ("es", "—No sé nada —dijo Juan—. Ven aquí.\n\n—Ya voy.", 2),
    ],
)
def test_a_dash_opens_dialogue(language: str, text: str, expected: int) -> None:
    found = quotes(text, language)
    assert len(found) >= expected
    assert "dijo" not in "".join(span.of(text) for quote in found for span in quote.spans)


def test_a_dash_opens_nothing_in_english() -> None:
    assert quotes("– Bread\n– Butter\n– Salt") == ()


@given(st.text(alphabet="“”\"'‘’«»—–\n .,:!?HeheshesaidMrReed", max_size=400), st.booleans())
@settings(max_examples=150)
def test_no_text_is_too_strange(text: str, other: bool) -> None:
    article = Article(location="", text=text, language="fr" if other else "en")
    last = 0
    for quote in extract(article, unattributed=True):
        for span in quote.spans:
            assert last <= span.start <= span.end <= len(text)
            last = span.end
            assert span.trimmed(text) == span


def test_pause_is_called_and_may_give_up() -> None:
    class Stopped(Exception):  # noqa: N818 - it is no error
        pass

    def pause() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        extract(Article(location="", text="“No,” said Tom.", language="en"), pause)


@pytest.mark.parametrize(
    "adversarial",
    [
        lambda size: "“" + "word " * 48 * size,
        lambda size: "“a” " * 2 * size,
        lambda size: "“" * size + "no" + "”" * size,
        lambda size: '"' * 8 * size,
    ],
    ids=["never closed", "many", "nested", "straight marks"],
)
def test_the_work_grows_with_the_length_of_an_adversarial_text(
    adversarial: Callable[[int], str],
) -> None:
    assert is_linear(
        lambda text: extract(Article(location="", text=text, language="en")), adversarial, 250
    )


def test_nothing_heavy_is_loaded_at_import() -> None:
    code = "import sys, tuireader.quotes; print('json' in sys.modules, 'tomllib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "tomllib" in code
    assert done.stdout.split()[1] == "False"


def test_a_text_without_end_is_read_section_by_section() -> None:
    line = "“The tide is far too late for us,” Ada Moor said. The pier was empty.\n\n"
    text = line * 12_000
    sections = list(parse_sections(Article(location="x", text=text), lambda: None))
    assert len(sections) == 3
    assert max(len(parsed.paragraphs) for parsed in sections) < 7_000
    quotes = extract(Article(location="x", text=text))
    assert len(quotes) == 12_000
    assert {quote.speaker for quote in quotes} == {"Ada Moor"}
