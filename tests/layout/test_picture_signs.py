from tuireader.domain.article import Article, Picture
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.layout.cells import cell_width
from tuireader.layout.drawn_row import drawn_pieces
from tuireader.layout.flow import Flow, signs_of

TEXT = "The harbour\n\nIt froze.\n\nThe quay at dawn.\n\nThe end."
BLOCKS = Blocks(
    [
        Block(BlockKind.HEADING, 0, 11, 1),
        Block(BlockKind.PARAGRAPH, 13, 22),
        Block(BlockKind.CAPTION, 24, 41),
        Block(BlockKind.PARAGRAPH, 43, 51),
    ]
)


def rows(*pictures: Picture, width: int = 60, hint: str = r"\i shows it") -> list[str]:
    article = Article(location="a", text=TEXT, blocks=BLOCKS, pictures=pictures)
    flow = Flow(TEXT, BLOCKS, width, signs=signs_of(article, hint))
    return [
        row.sign or "".join(piece.text for piece in drawn_pieces(TEXT, row.shape))
        for _, row in flow.rows_from(flow.first, 99)
    ]


def test_a_picture_has_a_sign_above_its_block_that_tells_how_to_show_it() -> None:
    assert rows(Picture(13, "a.png", "A frozen harbour")) == [
        "The harbour",
        "",
        r"▣ Picture: A frozen harbour · \i shows it",
        "",
        "It froze.",
        "",
        "The quay at dawn.",
        "",
        "The end.",
    ]
    assert rows(Picture(13, "a.png"), hint="")[2] == "▣ Picture"


def test_a_picture_stands_at_its_caption_and_does_not_repeat_it() -> None:
    shown = rows(Picture(24, "a.png", "The quay at dawn."))

    assert shown[3:6] == ["", r"▣ Picture · \i shows it", "The quay at dawn."]
    assert rows(Picture(24, "a.png", "A boat"))[4].startswith("▣ Picture: A boat")


def test_many_pictures_at_one_place_are_counted() -> None:
    shown = rows(*[Picture(13, f"{n}.png", f"Boat {n}") for n in range(5)])

    assert shown[2:5] == [
        "▣ Picture: Boat 0",
        "▣ Picture: Boat 1",
        r"▣ 3 more pictures · \i shows it",
    ]


def test_the_first_block_and_the_end_of_the_text_can_have_pictures() -> None:
    assert rows(Picture(0, "a.png"))[:3] == [r"▣ Picture · \i shows it", "", "The harbour"]
    assert r"▣ Picture · \i shows it" in rows(Picture(99, "a.png"))


def test_a_sign_fits_into_the_column() -> None:
    long = Picture(13, "a.png", "A very 日本 long description " * 9)
    for width in range(2, 70):
        assert all(cell_width(row) <= width for row in rows(long, width=width) if "▣" in row)
    assert rows(long, width=50)[2].endswith(r"… · \i shows it")


def test_an_article_without_pictures_has_no_signs() -> None:
    assert signs_of(Article(location="a", text=TEXT), "x") is None
    assert "" not in [row for row in rows() if "▣" in row]
