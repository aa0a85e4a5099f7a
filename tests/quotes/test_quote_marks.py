"""The quoted spans of a text, and the marks that delimit them."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work import is_linear

from tuireader.domain.article import Article
from tuireader.quotes.quoted_spans import QuotedSpan, paragraphs_of, quoted_spans

MARKS = "“”\"'‘’«»‹›„‚「」『』`-–— .,!?\nabcZ\u00a0<>/s"


def spans(text: str) -> list[QuotedSpan]:
    return quoted_spans(text, list(paragraphs_of(Article(location="", text=text))))


def words(text: str) -> list[str]:
    return [text[span.start : span.end] for span in spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She said: “It rains.”", ["It rains."]),
        ('She said: "It rains."', ["It rains."]),
        ("''It rains,'' she said.", ["It rains,"]),
        ("``It rains,'' she said.", ["It rains,"]),
        ("“It rains,’’ she said. “It pours.”", ["It rains,", "It pours."]),
        ("’’Het regent’’, zei ze.", ["Het regent"]),
        (",,Het regent”, zei ze. ,,Echt waar”, zei hij.", ["Het regent", "Echt waar"]),
        (",,Het regent'', zei ze.", ["Het regent"]),
        (",,Es regnet“, sagte sie.", ["Es regnet"]),
        ("Ze zei dat ’het hier altijd regent’ in mei.", ["het hier altijd regent"]),
        ("Elle dit : « Il pleut. »", [" Il pleut. "]),
        ("»Es regnet«, sagte sie.", ["Es regnet"]),
        ("„Es regnet“, sagte sie.", ["Es regnet"]),
        ("‚Es regnet‘, sagte sie.", ["Es regnet"]),
        ("‹Il pleut›, dit-elle.", ["Il pleut"]),
        ("彼女は「雨だ」と言った。", ["雨だ"]),
        ("『雨』と言った。", ["雨"]),
        ("‘It rains,’ she said.", ["It rains,"]),
        ("'It rains,' she said.", ["It rains,"]),
        ("”Det regnar”, säger Anna.", ["Det regnar"]),
        ("»Sataa», Anna sanoo.", ["Sataa"]),
        ("›Es regnet‹, sagte sie.", ["Es regnet"]),
        ("„Pada”, powiedziała.", ["Pada"]),
        ("<<Llueve>>, dijo.", ["Llueve"]),
        ("她说：“下雨了。”他走了。", ["下雨了。"]),
        ("그는 “비가 온다”고 말했다.", ["비가 온다"]),
        ("그는 ‘비가 온다’고 말했다.", ["비가 온다"]),
        ('그는 "비가 온다"고 말했다.', ["비가 온다"]),
    ],
)
def test_the_marks_of_the_world_are_known(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It’s the dog’s bone, isn’t it?", []),
        ("Rock ’n’ roll of the ’60s, and ’em all’.", []),
        ("Zij woont in ’s-Hertogenbosch, naast ’t Hooft’ en co.", []),
        ("The workers' rights and the farmers' fields.", []),
        ("In the '90s we loved rock 'n' roll.", []),
        ("‘It’s the workers’ rights, isn’t it’, he said.", ["It’s the workers’ rights, isn’t it"]),
        ("He wants ‘the members’ vote’, he said.", ["the members’ vote"]),
        ("‘’Twas cold,’ he said.", ["’Twas cold,"]),
        ("Fish ‘n’ chips, the dogs’ bowl, ’tis all.", []),
        ("Yes: 'I'm the boss's friend,' she said.", ["I'm the boss's friend,"]),
        ("dell'amministrazione 'nuova' e l'altra", ["nuova"]),
    ],
)
def test_an_apostrophe_is_no_mark(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_quotation_inside_a_quotation_is_part_of_it() -> None:
    assert words("“He said ‘no’ to me,” she said. ‘I said “yes” then,’ he said.") == [
        "He said ‘no’ to me,",
        "I said “yes” then,",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "“Outside ‘inside’ outside,” he said.",
        "‘Outside “inside” outside,’ he said.",
        "„Außen ‚innen‘ außen“, sagte er.",
        "« Dehors “dedans” dehors », dit-il.",
        "「外『内』外」と言った。",
        '"Outside "inside" outside," he said.',
    ],
)
def test_nested_marks_are_part_of_the_outer_ones(text: str) -> None:
    assert len(spans(text)) == 1
    assert words(text)[0].count(" ") in (0, 2, 4)


def test_a_mark_repeated_at_each_line_opens_once() -> None:
    assert words("« Une ligne\n« et une autre », dit-il.") == [" Une ligne\n« et une autre "]


@pytest.mark.parametrize("opening", ['"', "“"])
def test_a_mark_opens_again_where_its_closing_one_is_missing(opening: str) -> None:
    text = f"{opening}We look. {opening}We think so,” he said. He went on: {opening}Then we go.”"
    found = spans(text.replace("”", '"') if opening == '"' else text)
    assert [text[span.start : span.end].strip() for span in found] == [
        "We look.",
        "We think so,",
        "Then we go.",
    ]
    assert [span.continues for span in found] == [False, True, False]


def test_inches_and_feet_are_no_marks() -> None:
    assert words('He is 6\'2" tall; the 12" record and the 7" one.') == []


def test_mixed_marks_close_each_other() -> None:
    assert words('"There are two,” he said. “One is here." Then he left.') == [
        "There are two,",
        "One is here.",
    ]


def test_an_unclosed_paragraph_goes_on_in_the_next_that_opens_again() -> None:
    found = spans("She said: “The first.\n\n“The second.”\n\n“A new one,” he said.")
    assert [span.continues for span in found] == [False, True, False]
    assert [span.closed for span in found] == [False, True, True]


def test_the_marks_of_an_attribute_are_none() -> None:
    assert words('<a href="x y">The link</a> says "no".') == ["no"]


@given(st.text(alphabet=MARKS, max_size=300))
def test_spans_are_in_order_and_inside_their_marks(text: str) -> None:
    last = 0
    for span in spans(text):
        assert last <= span.outer_start <= span.start <= span.end <= span.outer_end
        assert span.outer_end <= len(text)
        last = span.outer_end


_PAIRS = ["“”", "‘’", '""', "«»", "»«", "‹›", "„“", "‚‘", "「」", "『』", "””"]


@given(
    st.lists(
        # Two commas are a mark themselves, as they are typed for a low one.
        st.tuples(
            st.sampled_from(_PAIRS),
            st.text("abc ,.", min_size=1, max_size=20).filter(lambda words: ",," not in words),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_what_stands_in_marks_is_found_between_plain_words(
    parts: list[tuple[str, str]],
) -> None:
    quoted = [(marks, f"W{words.strip()}w") for marks, words in parts]
    text = " and ".join(f"then {marks[0]}{words}{marks[1]}" for marks, words in quoted) + " end"
    assert words(text) == [inside for _, inside in quoted]


@given(st.text(alphabet=MARKS, max_size=300))
def test_no_span_leaves_its_paragraph(text: str) -> None:
    paragraphs = list(paragraphs_of(Article(location="", text=text)))
    for span in quoted_spans(text, paragraphs):
        home = paragraphs[span.paragraph_number]
        assert home.start <= span.outer_start
        assert span.outer_end <= home.end


@given(st.sampled_from(_PAIRS), st.integers(2, 40))
def test_nesting_gives_the_outermost_only(marks: str, depth: int) -> None:
    if marks[0] in "\"'‘‚”»":
        return
    text = f"He {marks[0] * depth}deep{marks[1] * depth} said."
    assert [text[span.start : span.end] for span in spans(text)] == [
        f"{marks[0] * (depth - 1)}deep{marks[1] * (depth - 1)}"
    ]


@pytest.mark.parametrize(
    "adversarial",
    [lambda n: "“" * n + "a" + "”" * n, lambda n: "“a " * n, lambda n: "'a' " * n],
    ids=["nested", "never closed", "straight marks"],
)
def test_adversarials_take_linear_time(adversarial: Callable[[int], str]) -> None:
    assert is_linear(spans, adversarial, 500)
