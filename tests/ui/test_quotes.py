from pathlib import Path

from ui.pilot_reader import Start

from tuireader.ui.lists.quotes import QuoteList


async def test_the_pane_says_who_said_what_and_how(start: Start) -> None:
    async with start() as reader:
        rows = "\n".join(reader.rows())
        assert " Quotes ──" in rows
        assert "Ada Voss" in rows
        assert "said · by name" in rows
        assert "added · by pronoun" in rows


async def test_moving_in_the_list_lights_the_place_and_enter_goes_there(start: Start) -> None:
    async with start() as reader:
        text = reader.screen.text
        await reader.press("alt+3", "j")
        assert len(text.decorations.layers["lit"]) == 1
        assert text.cursor.offset == 0
        await reader.press("enter")
        assert text.has_focus
        assert text.viewport.text[text.cursor.offset :].startswith("Nobody asked us")
        assert len(text.decorations.layers["lit"]) == 0


async def test_the_quotations_are_grouped_by_speaker(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+3", "s")
        assert reader.screen.quotations.by_speaker
        assert "━ Karl Brandt" in "\n".join(reader.rows())


async def test_the_quotations_are_filtered(start: Start) -> None:
    async with start() as reader:
        await reader.press("alt+3", "slash", *"brandt", "enter")
        assert reader.screen.quotations.count == 2
        await reader.press("escape")
        assert reader.screen.quotations.count == 3


async def test_a_broken_utterance_is_one_item_with_both_its_parts(start: Start) -> None:
    async with start() as reader:
        [first, *_] = reader.screen.quotes
        assert len(first.spans) == 2
        assert "…" in "".join(
            text
            for row in reader.screen.query_one(QuoteList).viewport.item_rows(0)
            for text, _ in row
        )


async def test_a_long_text_has_its_quotations_found_by_another_process(
    start: Start, tmp_path: Path
) -> None:
    long = tmp_path / "long.txt"
    paragraphs = [f"Nobody saw number {n} go by, and nobody asked for it." for n in range(2500)]
    paragraphs[1200] = "“We saw it,” said Ada Voss. “We saw it go.”"
    long.write_text("\n\n".join(paragraphs))
    async with start(long) as reader:
        assert len(reader.article.text) > 100_000
        [quote] = reader.screen.quotes
        assert quote.speaker == "Ada Voss"
        assert len(quote.spans) == 2


async def test_a_key_for_a_quotation_says_so_if_there_is_none(start: Start, tmp_path: Path) -> None:
    plain = tmp_path / "plain.txt"
    plain.write_text("Nobody speaks\n\nIt is a text without anybody.\n", encoding="utf-8")
    async with start(plain) as reader:
        await reader.press("alt+3", "Q", "b")
        told = [notice.message for notice in reader.app._notifications]
        assert told == ["There is no quotation here."] * 2
