from pathlib import Path

from ui.pilot_reader import Start

from tuireader.ui.text_pane.link_hints import LETTERS, labels_for

PAGE = """# Links

One [first](mailto:one@light.example), [other](mailto:two@light.example).

And [a third](mailto:three@light.example) in another paragraph.
"""


def test_labels_are_different_and_of_one_length() -> None:
    for count in (0, 1, 26, 27, 800):
        labels = labels_for(count)
        assert len(set(labels)) == count
        assert len({len(label) for label in labels}) <= 1
        assert set("".join(labels)) <= set(LETTERS)


async def test_a_letter_at_a_link_opens_it(start: Start, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    async with start(page) as reader:
        await reader.press("f")
        shown = "\n".join(reader.rows())
        assert "One airst, sther." in shown
        assert "d third" in shown
        await reader.press("d")
        assert reader.screen.status.said == "Its address is mailto:three@light.example"
        assert "One first, other." in "\n".join(reader.rows())


async def test_another_key_removes_the_letters_and_does_nothing_else(
    start: Start, tmp_path: Path
) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    async with start(page) as reader:
        for key in ("escape", "z"):
            await reader.press("f", key)
            assert "first" in "\n".join(reader.rows())
            assert reader.screen.text.has_focus
            assert not reader.screen.text.keys.typed


async def test_a_count_opens_the_link_with_that_number(start: Start, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    async with start(page) as reader:
        await reader.press("2", "f")
        assert reader.screen.status.said == "Its address is mailto:two@light.example"
