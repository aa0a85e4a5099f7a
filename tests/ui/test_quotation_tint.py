"""The text's own quotations, tinted on request."""

from ui.pilot_reader import Reader, Start

from tuireader.settings import load_settings
from tuireader.ui.widgets.styles import NO_SPANS


def tinted(reader: Reader) -> list[str]:
    text = reader.screen.text.viewport.text
    spans = reader.screen.text.decorations.layers.get("quoted", NO_SPANS).over(0, len(text))
    return [text[span.start : span.end] for span in spans]


async def test_quotations_are_tinted_by_a_key_and_that_is_remembered(start: Start) -> None:
    async with start() as reader:
        assert tinted(reader) == []
        await reader.press("quotation_mark")
        assert tinted(reader)[0] == "We have kept the lights on for ninety years,"
        assert load_settings(reader.desk.settings_file).tint
        await reader.press("J")
        assert tinted(reader) == ["It is only water,"]
    async with start() as reader:
        assert tinted(reader)
        await reader.press("quotation_mark")
        assert tinted(reader) == []
        assert not load_settings(reader.desk.settings_file).tint
