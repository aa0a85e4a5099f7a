from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from ui.pilot_reader import Start

from tuireader.domain.errors import SourceError
from tuireader.ui.images.picture import decoded, fitted_cells, half_blocks
from tuireader.ui.images.picture_screen import PictureScreen
from tuireader.ui.images.protocols import picture_sequence, protocol_of


def picture(width: int = 40, height: int = 20, colour: str = "red") -> bytes:
    stream = BytesIO()
    Image.new("RGB", (width, height), colour).save(stream, "PNG")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("environment", "protocol"),
    [
        ({"TERM": "xterm-kitty"}, "kitty"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "kitty"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, "iterm2"),
        ({"TERM": "foot"}, "sixel"),
        ({"TERM": "xterm-256color"}, "blocks"),
        ({"TERM": "tmux-256color", "TERM_PROGRAM": "tmux"}, "blocks"),
    ],
)
def test_the_terminal_is_known_by_its_environment(
    environment: dict[str, str], protocol: str
) -> None:
    assert protocol_of(environment) == protocol


def test_a_picture_keeps_its_shape() -> None:
    image = decoded(picture(400, 200), "quay.png")

    assert fitted_cells(image, 80, 40, (10, 20)) == (80, 20)
    assert fitted_cells(image, 80, 10, (10, 20)) == (40, 10)
    assert fitted_cells(decoded(picture(20, 20), "dot.png"), 80, 40, (10, 20)) == (4, 2)


def test_half_blocks_have_two_pixels_a_cell() -> None:
    image = Image.new("RGBA", (2, 2), "red")
    image.putpixel((0, 1), (0, 0, 255, 255))

    (row,) = half_blocks(image, 2, 1, "#000000")

    assert [segment.text for segment in row] == ["▀", "▀"]
    assert str(row[0].style) == "#ff0000 on #0000ff"


def test_what_is_no_picture_is_refused_with_a_sentence() -> None:
    with pytest.raises(SourceError, match=r"quay\.png: it is no picture"):
        decoded(b"words", "quay.png")
    with pytest.raises(SourceError, match="it is no picture"):
        decoded(picture()[:60], "quay.png")


def test_each_protocol_has_its_sequence() -> None:
    image = Image.new("RGB", (8, 12), "red")

    kitty = picture_sequence("kitty", image, 2, 1)
    assert kitty.startswith("\x1b_Ga=T,f=100,c=2,r=1,C=1,q=2,m=0;")
    assert kitty.endswith("\x1b\\")
    assert picture_sequence("iterm2", image, 2, 1).startswith("\x1b]1337;File=inline=1;width=2;")
    sixel = picture_sequence("sixel", image, 2, 1)
    assert sixel.startswith('\x1bP0;1q"1;1;8;12#0;2;100;0;0')
    assert sixel.count("!8~") == 2, "two bands of six full rows"
    assert picture_sequence("blocks", image, 2, 1) == ""


async def test_a_key_shows_the_picture_with_its_caption(start: Start, tmp_path: Path) -> None:
    (tmp_path / "quay.png").write_bytes(picture(colour="blue"))
    note = tmp_path / "note.md"
    note.write_text("# Quay\n\nBefore.\n\n![The quay at dawn](quay.png)\n\nAfter it.\n")
    async with start(note) as reader:
        assert any(r"▣ Picture · \i shows it" in row for row in reader.rows())
        assert "▣" not in reader.article.text
        await reader.press("backslash", "i")
        screen = await reader.until(PictureScreen)
        await reader.settle()
        assert screen.caption == "The quay at dawn"
        assert any("▀▀▀" in strip.text for strip in reader.app.screen._compositor.render_strips())
        await reader.press("escape")
        await reader.until_so(lambda: not isinstance(reader.app.screen, PictureScreen))


async def test_a_picture_that_is_missing_is_told_with_its_description(
    start: Start, tmp_path: Path
) -> None:
    note = tmp_path / "note.md"
    note.write_text("# Quay\n\n![The quay at dawn](quay.png)\n\nAfter it.\n")
    async with start(note) as reader:
        await reader.press("backslash", "i")
        await reader.settle()
        assert any("not stored" in row and "The quay" in row for row in reader.rows())


async def test_an_article_without_pictures_says_so(start: Start) -> None:
    async with start() as reader:
        await reader.press("backslash", "i")
        await reader.settle()
        assert any("No pictures" in row for row in reader.rows())
