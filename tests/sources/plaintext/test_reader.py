import datetime as dt
import re
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st

from tuireader.domain.article import Article
from tuireader.domain.blocks import BlockKind
from tuireader.sources.plaintext.reader import read_text, read_text_head

NEWS = """ date 2024-09-04 The ferry leaves Port Ine for the last time - STR/HBN/SHUTTERSTOCK

The last ferry left on Monday. Nobody on the pier had been told of it before.

“We counted on it,” said Ida Brand, who keeps the shop.

The mayor inspects the empty pier - HBN/EPA

She will close the shop in spring, she added.
"""


def read(text: str) -> Article:
    return read_text(BytesIO(text.encode("utf-8", "surrogatepass")), "/shelf/an article.txt")


def kinds(article: Article) -> list[BlockKind]:
    return [block.kind for block in article.blocks]


def words(article: Article) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks]


def test_a_caption_glued_to_the_date_is_neither_title_nor_prose() -> None:
    article = read(NEWS)
    assert article.date == dt.date(2024, 9, 4)
    assert article.title == "The last ferry left on Monday."
    assert kinds(article) == [
        BlockKind.CAPTION,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
        BlockKind.CAPTION,
        BlockKind.PARAGRAPH,
    ]
    assert "2024" not in article.text
    assert article.language == "en"


def test_blocks_are_parted_by_a_blank_line_and_list_items_by_a_newline() -> None:
    article = read("A heading\n\nOne paragraph of text.\n\n- bread\n- salt\n\nAnd an end.")
    assert article.text == "A heading\n\nOne paragraph of text.\n\n- bread\n- salt\n\nAnd an end."
    assert kinds(article)[0] is BlockKind.HEADING
    assert article.title == "A heading"


def test_a_heading_is_short_set_apart_and_unstopped() -> None:
    article = read("Head\n\nText goes on here.\n\nThe pier\n\nMore text.\n\n“Who is there?”\n\nNo.")
    assert [
        text
        for text, kind in zip(words(article), kinds(article), strict=True)
        if kind is BlockKind.HEADING
    ] == ["Head", "The pier"]


def test_a_credit_on_the_next_line_makes_both_a_caption() -> None:
    article = read("Text first.\n\nThe ferry at its old pier\nIda Brand/AFP\n\nText last.")
    assert kinds(article)[1:3] == [BlockKind.CAPTION] * 2


def test_a_text_without_words_is_called_by_its_file() -> None:
    assert read(" \n\n").title == "an article"
    assert read("").text == ""


def test_a_long_first_sentence_is_cut_at_a_word() -> None:
    title = read("word " * 100 + "end.").title
    assert len(title) <= 200
    assert title.endswith("word…")


def test_abbreviations_do_not_end_the_title() -> None:
    assert read("Mr. Brand met Dr. Lund. They spoke.").title == "Mr. Brand met Dr. Lund."


def test_control_characters_reach_neither_text_nor_title() -> None:
    article = read("\x1b]2;PWNED\x07Headline\n\nbo\x9bdy\u202e text.")
    assert (article.title, article.text) == ("]2;PWNEDHeadline", "]2;PWNEDHeadline\n\nbody text.")


def test_a_crlf_between_two_windows_is_one_line_end() -> None:
    text = "a" * 65_535 + "\r\n" + "b"
    assert read(text).text == "a" * 65_535 + "\nb"


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


LINES = st.lists(
    st.one_of(
        st.just(""),
        st.sampled_from(
            ["The pier", "She said so.", "  indented text", "1. one", "| a | b |", "—"]
        ),
        st.text("abcdé .,’”AB", max_size=90),
    ),
    max_size=40,
)


@given(LINES)
def test_blocks_are_in_order_and_no_word_is_lost(lines: list[str]) -> None:
    article = read("\n".join(lines))
    end = 0
    for block in article.blocks:
        assert end <= block.start < block.end <= len(article.text)
        assert not article.text[end : block.start].strip()
        end = block.end
    assert end == len(article.text)
    assert squeezed(article.text) == squeezed("\n".join(lines))


@given(
    st.lists(
        st.sampled_from(
            [
                "",
                "",
                "The pier",
                "A sentence that goes on. " * 9,
                "é " * 40,
                "- item",
                "x" * 900,
                NEWS,
            ]
        ),
        min_size=1,
        max_size=12,
    ),
    st.integers(60, 400),
)
@settings(max_examples=25)
def test_the_head_is_the_beginning_of_the_whole(lines: list[str], times: int) -> None:
    data = ("\n".join(lines) * times).encode()
    whole = read_text(BytesIO(data), "a.txt")
    head = read_text_head(BytesIO(data), "a.txt", 70_000)
    assert whole.text.startswith(head.text)
    assert (head.title, head.date) == (whole.title, whole.date)
    assert head.complete == (len(data) <= 65_536) or len(head.text) < len(whole.text)
    assert whole.blocks[: len(head.blocks) - 1] == head.blocks[:-1]


def test_a_single_endless_line_has_a_head_too() -> None:
    data = b"endless words " * 100_000
    head = read_text_head(BytesIO(data), "a.txt", 70_000)
    assert not head.complete
    assert len(head.text) > 60_000
    assert read_text(BytesIO(data), "a.txt").text.startswith(head.text)
