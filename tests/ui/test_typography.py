from pathlib import Path

from ui.pilot_reader import Reader, Start

from tuireader.settings import load_settings
from tuireader.ui.text_pane.viewport import Viewport

LONG = (
    "The extraordinary commissioner of the harbour has announced that international "
    "arrangements are to be made for it. "
) * 6


def written(tmp_path: Path) -> Path:
    path = tmp_path / "long.txt"
    path.write_text("\n\n".join(f"Number {n}. {LONG}" for n in range(12)), encoding="utf-8")
    return path


def styles_of(reader: Reader, y: int) -> set[str]:
    """The styles of the words in a row of the text pane."""
    row = reader.screen.text.viewport.rows()[y][1]
    return {style for text, style in reader.screen.text.view.renderer._text(row) if text.strip()}


async def test_hyphens_and_even_lines_are_chosen_by_keys_and_kept(
    start: Start, tmp_path: Path
) -> None:
    async with start(written(tmp_path)) as reader:
        await reader.press("backslash", "h", "backslash", "j")
        body = [row for _, row in reader.screen.text.viewport.rows()]
        assert any(row.spread for row in body)
        assert any(row.tail for row in body)
        settings = load_settings(reader.desk.settings_file)
        assert (settings.hyphenate, settings.justify) == (True, True)
        await reader.press("backslash", "h")
        assert not load_settings(reader.desk.settings_file).hyphenate


async def test_a_selection_in_justified_lines_is_copied_with_the_words_of_the_source(
    start: Start, tmp_path: Path
) -> None:
    async with start(written(tmp_path)) as reader:
        await reader.press("backslash", "j", "backslash", "h", "g", "g", "v", "i", "p")
        selected = reader.screen.text.selected
        assert selected is not None
        assert selected.of(reader.article.text) == f"Number 0. {LONG}".strip()


async def test_focus_dims_all_but_the_paragraph_of_the_cursor(start: Start, tmp_path: Path) -> None:
    async with start(written(tmp_path)) as reader:
        await reader.press("backslash", "f")
        assert not any("faint" in style for style in styles_of(reader, 0))
        last = len(reader.screen.text.viewport.rows()) - 1
        assert all("faint" in style for style in styles_of(reader, last))
        await reader.press("right_curly_bracket")
        assert all("faint" in style for style in styles_of(reader, 0))
        await reader.press("backslash", "f")
        assert not any("faint" in style for style in styles_of(reader, 0))


async def test_the_typewriter_keeps_the_cursor_in_the_middle(start: Start, tmp_path: Path) -> None:
    async with start(written(tmp_path)) as reader:
        await reader.press("backslash", "w", "4", "0", "j")
        view = reader.screen.text.viewport
        for _ in range(3):
            await reader.press("j")
            distance = view.flow.distance(view.top, reader.screen.text.cursor.position, 99)
            assert distance == view.height // 2


def top_words(view: Viewport) -> str:
    row = view.rows()[0][1]
    return view.text[row.start : row.end]


async def test_a_page_does_not_begin_with_the_last_line_of_a_paragraph(
    start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "lines.txt"
    path.write_text("\n\n".join(["word " * 25 + f"end {n}." for n in range(60)]), encoding="utf-8")
    async with start(path, size=(120, 31)) as reader:
        view = reader.screen.text.viewport
        for _ in range(12):
            await reader.press("pagedown")
            if not view.is_at_end:
                row, before = view.flow.row(view.top), view.flow.row(view.flow.before(view.top))
                after = view.flow.row(view.flow.after(view.top))
                assert not (row.kind and before.kind and after.kind is None), top_words(view)


CODE = "Words.\n\n```\nfirst " + "x" * 150 + " last\nshort\n```\n\nMore.\n"


async def test_long_lines_of_code_are_scrolled_with_the_cursor(
    start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "code.md"
    path.write_text(CODE)
    async with start(path) as reader:
        assert any("first" in row and "›" in row for row in reader.rows())
        assert not any("last" in row for row in reader.rows())
        await reader.press("home", "j", "dollar_sign")
        assert any("‹" in row and "last" in row for row in reader.rows())
        await reader.press("g", "g")
        assert any("first" in row for row in reader.rows()), "the cursor has left the code"


async def test_wide_lines_are_scrolled_by_keys_that_are_shown_while_there_are_any(
    start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "code.md"
    path.write_text(CODE)
    async with start(path) as reader:
        assert "zl Right" in reader.rows()[-1]
        await reader.press("z", "l")
        text = reader.screen.text
        assert CODE[7:].index("x") < text.cursor.offset < len(reader.article.text)
        await reader.press("9", "z", "l")
        assert any("‹" in row and "last" in row for row in reader.rows())
        await reader.press("9", "z", "h")
        assert any("first" in row for row in reader.rows())


async def test_long_lines_are_wrapped_on_request_and_that_is_kept(
    start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "code.md"
    path.write_text(CODE)
    async with start(path) as reader:
        await reader.press("backslash", "t")
        assert any("last" in row for row in reader.rows())
        assert "zl Right" not in reader.rows()[-1]
        assert load_settings(reader.desk.settings_file).wrap_code
        await reader.press("backslash", "t")
        assert not any("last" in row for row in reader.rows())
        assert not load_settings(reader.desk.settings_file).wrap_code


async def test_small_capitals_are_drawn_and_no_part_of_the_text(
    start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    words = "The harbour was closed at dawn, and nobody in the town said why it was. " * 9
    path.write_text(
        f"<html><body><article><h1>Quay</h1><p><span class='smcap'>Ada Voss</span> said so.</p>"
        f"<p>{words}</p><p>At <span style='font-variant: small-caps'>Café Q</span>, "
        f"<b style='font-variant-caps: all-small-caps'>noon</b>.</p></article></body></html>"
    )
    async with start(path) as reader:
        shown = "\n".join(reader.rows())
        assert "Aᴅᴀ Vᴏꜱꜱ said so." in shown
        assert "At Café Q, ɴᴏᴏɴ." in shown, "Unicode has no small capital for é"
        assert "Ada Voss said so." in reader.article.text
        await reader.press("slash", *"Ada Voss", "enter", "v", "i", "w")
        selected = reader.screen.text.selected
        assert selected is not None
        assert selected.of(reader.article.text) == "Ada"
        await reader.press("escape", "backslash", "c")
        assert "Ada Voss said so." in "\n".join(reader.rows())
        assert not load_settings(reader.desk.settings_file).small_caps


async def test_the_bar_of_a_quotation_goes_on_between_its_paragraphs(
    start: Start, tmp_path: Path
) -> None:
    path = tmp_path / "quoted.md"
    path.write_text("Words.\n\n> One paragraph.\n>\n> Another one.\n\nMore.\n")
    async with start(path) as reader:
        rows = reader.rows()
        first = next(y for y, row in enumerate(rows) if "│ One paragraph." in row)
        column = rows[first].index("│ One")
        assert [row[column] for row in rows[first - 1 : first + 4]] == [" ", "│", "│", "│", " "]
