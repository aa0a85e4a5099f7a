import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.article import Article
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.layout.cells import cell_width
from tuireader.layout.masthead import masthead, progress_place, progress_row, reading_minutes

ARTICLE = Article(
    location="https://ledger.example/bridge",
    text="The bridge fell. " * 300,
    title="Council was warned twice about Mill Bridge, inquiry hears",
    outlet="The Ledger",
    author="Ann Reporter",
    date=dt.date(2024, 3, 1),
)


def lines(article: Article, width: int = 72, height: int = 40) -> list[str]:
    return ["".join(text for text, _ in row) for row in masthead(article, width, height)]


def test_the_masthead_tells_the_title_in_full_and_where_it_is_from() -> None:
    assert lines(ARTICLE) == [
        ARTICLE.title,
        "The Ledger · Ann Reporter · 1 March 2024 · 4 min",
        "",
        "https://ledger.example/bridge",
        "─" * 72,
        "",
    ]
    assert lines(ARTICLE, width=30)[:2] == [
        "Council was warned twice about",
        "Mill Bridge, inquiry hears",
    ]


def test_no_fact_is_divided_between_two_rows() -> None:
    assert lines(ARTICLE, width=46)[2:4] == ["The Ledger · Ann Reporter · 1 March 2024", "4 min"]
    assert lines(ARTICLE, width=30)[2:4] == ["The Ledger · Ann Reporter", "1 March 2024 · 4 min"]


def test_a_title_that_the_text_begins_with_is_told_once() -> None:
    text = f"{ARTICLE.title}\n\nThe bridge fell."
    blocks = Blocks([Block(BlockKind.HEADING, 0, len(ARTICLE.title), 1)])
    assert ARTICLE.title not in lines(replace(ARTICLE, text=text, blocks=blocks))


def test_a_low_screen_has_fewer_rows_and_a_very_low_one_none() -> None:
    assert len(lines(ARTICLE, height=15)) == 5
    assert lines(ARTICLE, height=8) == []
    assert lines(replace(ARTICLE, text="")) == []


@given(st.integers(10, 100), st.integers(1, 60))
def test_the_masthead_fits_and_takes_at_most_a_third(width: int, height: int) -> None:
    found = lines(ARTICLE, width, height)
    assert len(found) <= max(0, height // 3)
    assert all(cell_width(row) <= width for row in found)


def test_a_text_that_is_still_loading_has_no_reading_time() -> None:
    assert "min" not in lines(replace(ARTICLE, complete=False))[1]
    assert reading_minutes(0) == reading_minutes(1428) == 1


@given(st.floats(0, 1), st.lists(st.text("abc", min_size=1), max_size=9), st.integers(10, 80))
def test_the_progress_and_the_tags_fit(share: float, tags: list[str], width: int) -> None:
    row = progress_row(share, tags, width)
    assert sum(cell_width(text) for text, _ in row) <= width
    assert progress_place(masthead(ARTICLE, 72, 40)) == 2


def test_tags_are_pills_after_the_progress() -> None:
    row = progress_row(0.37, ("bridge", "inquiry"), 60)
    assert "".join(text for text, _ in row) == "━━━━────── 37% read   bridge    inquiry "
    assert [text for text, style in row if style == "pill"] == [" bridge ", " inquiry "]
