import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.layout.cells import cell_width
from tuireader.layout.drawn_row import drawn_pieces
from tuireader.layout.flow import Flow, Row
from tuireader.layout.typesetting import Typesetting

ENGLISH = (
    "The harbour commissioner announced extraordinary arrangements for international "
    "transportation, notwithstanding considerable administrative difficulties."
)
words = st.lists(
    st.sampled_from(
        [
            "a",
            "harbour",
            "extraordinary",
            "הספינה",
            "יצאה",
            "(ships)",
            "日本語",
            "90%",
            "com\xadmis\xadsion",
            "café",
        ]
    ),
    min_size=1,
    max_size=40,
).map(" ".join)
settings = st.builds(
    Typesetting,
    hyphenate=st.booleans(),
    justify=st.booleans(),
    reorder=st.booleans(),
    language=st.just("en"),
)


def drawn(text: str, width: int, typesetting: Typesetting) -> list[str]:
    flow = Flow(text, Blocks(), width, typesetting=typesetting)
    return [
        " " * row.indent + "".join(piece.text for piece in drawn_pieces(text, row.shape))
        for _, row in flow.rows_from(flow.first, 500)
    ]


@given(words, st.integers(12, 60), settings)
def test_no_row_is_wider_than_the_column_and_no_word_is_lost(
    text: str, width: int, typesetting: Typesetting
) -> None:
    flow = Flow(text, Blocks(), width, typesetting=typesetting)
    rows = [row for _, row in flow.rows_from(flow.first, 500)]

    assert all(cell_width(row) <= width for row in drawn(text, width, typesetting))
    assert "".join(text[row.start : row.end] for row in rows).replace(" ", "") == text.replace(
        " ", ""
    )


@given(words, st.integers(12, 60), settings, st.data())
def test_the_column_of_an_offset_leads_back_to_it(
    text: str, width: int, typesetting: Typesetting, data: st.DataObject
) -> None:
    flow = Flow(text, Blocks(), width, typesetting=typesetting)
    offset = data.draw(st.integers(0, len(text) - 1))
    position = flow.position_of(offset)
    row = flow.row(position)
    found = flow.offset_at(position, flow.column_of(offset))
    if row.start <= offset < row.end and text[offset] != "\xad":
        assert text[found:offset].strip("\xad\u0301") == ""


def test_words_are_divided_by_the_patterns_of_their_language() -> None:
    rows = drawn(ENGLISH, 40, Typesetting(hyphenate=True, language="en"))

    assert rows[:2] == [
        "The harbour commissioner announced ex-",
        "traordinary arrangements for interna-",
    ]
    assert not any(
        row.endswith("-") for row in drawn(ENGLISH, 40, Typesetting(hyphenate=True, language="xx"))
    )


def test_no_more_than_two_rows_end_with_a_hyphen_one_after_another() -> None:
    rows = drawn("internationalization " * 40, 26, Typesetting(hyphenate=True, language="en"))

    assert not any(
        all(row.endswith("-") for row in rows[number : number + 3]) for number in range(len(rows))
    )


def test_justified_rows_end_at_the_same_column_and_the_last_does_not() -> None:
    rows = drawn(ENGLISH, 40, Typesetting(hyphenate=True, justify=True, language="en"))

    assert {len(row) for row in rows[:3]} == {40}
    assert len(rows[-1]) < 40


def test_a_row_whose_gaps_would_be_too_wide_stays_ragged() -> None:
    text = "one two extraordinarily long"

    assert drawn(text, 20, Typesetting(justify=True))[0] == "one two"


def test_soft_hyphens_are_drawn_only_where_a_word_is_divided() -> None:
    text = "com\xadmis\xadsion and com\xadmis\xadsion"

    assert drawn(text, 40, Typesetting()) == ["commission and commission"]
    assert drawn(text, 20, Typesetting()) == ["commission and com-", "mission"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("שלום world", "world םולש".rjust(20)),
        ("the word שלום (peace)", None),
        ("עמוד 12 (סוף).", ".(ףוס) 12 דומע".rjust(20)),
        ("سفينة 10:30", "10:30 ةنيفس".rjust(20)),
    ],
)
def test_right_to_left_text_is_reordered_row_by_row(text: str, shown: str | None) -> None:
    rows = drawn(text, 20, Typesetting(reorder=True))

    assert rows == [shown] if shown else rows == ["the word םולש", "(peace)"]
    assert "".join(drawn(text, 40, Typesetting())) == text, "left to the terminal"


TABLE = (
    "Port      Boats\nHarwich   12      and a remark that is longer than the column\nHull      7"
)


def rows_of_table(width: int, sideways: int | None = 0) -> list[Row]:
    blocks = Blocks([Block(BlockKind.CODE, 0, len(TABLE))])
    flow = Flow(TABLE, blocks, width, typesetting=Typesetting(sideways=sideways))
    return [row for _, row in flow.rows_from(flow.first, 99)]


def table_rows(width: int, sideways: int | None) -> list[str]:
    return [
        "".join(piece.text for piece in drawn_pieces(TABLE, row.shape))
        for row in rows_of_table(width, sideways)
    ]


def test_lines_of_a_table_are_whole_and_scrolled_sideways() -> None:
    assert table_rows(24, 0) == ["Port      Boats", "Harwich   12      and›", "Hull      7"]
    assert table_rows(24, 10) == ["‹oats", "‹2      and a remark ›", "‹"]
    assert len(table_rows(24, None)) > 3, "wrapped"


def test_a_long_last_cell_is_wrapped_in_its_column() -> None:
    assert table_rows(48, 0) == [
        "Port      Boats",
        "Harwich   12      and a remark that is longer",
        "than the column",
        "Hull      7",
    ]
    assert [row.indent for row in rows_of_table(48)] == [2, 2, 20, 2]


def test_long_lines_of_words_are_wrapped_also_in_code() -> None:
    words = "some words that go on " * 20
    text = f"short\n{words.strip()}\n{'x' * 60}"
    blocks = Blocks([Block(BlockKind.CODE, 0, len(text))])
    flow = Flow(text, blocks, 42, typesetting=Typesetting(sideways=0))
    rows = [row for _, row in flow.rows_from(flow.first, 99)]

    assert sum(row.window is None for row in rows) > 10
    assert rows[-1].window == (0, 40), "no words"


@given(st.integers(12, 80), st.integers(0, 90), st.integers(0, len(TABLE) - 1))
def test_scrolled_lines_fit_and_their_columns_lead_back(
    width: int, sideways: int, offset: int
) -> None:
    blocks = Blocks([Block(BlockKind.CODE, 0, len(TABLE))])
    flow = Flow(TABLE, blocks, width, typesetting=Typesetting(sideways=sideways))
    position = flow.position_of(offset)
    row = flow.row(position)
    column = flow.column_of(offset)

    for other, line in zip(
        rows_of_table(width, sideways), table_rows(width, sideways), strict=True
    ):
        assert cell_width(line) + other.indent <= width
    seen = drawn_pieces(TABLE, row.shape)
    if any(piece.start <= offset < piece.end for piece in seen):
        assert flow.offset_at(position, column) == offset
