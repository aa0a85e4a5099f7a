from textual.widgets import OptionList
from ui.pilot_reader import Reader, Start

from tuireader.paths import AppPaths


async def listed(reader: Reader) -> list[str]:
    """The lines of the palette that is open."""
    options = reader.app.screen.query_one(OptionList)
    await reader.until_so(lambda: options.option_count > 5)
    await reader.settle()
    return [str(options.get_option_at_index(n).prompt) for n in range(options.option_count)]


async def test_commands_lead_with_their_keys_and_motions_come_last(start: Start) -> None:
    async with start() as reader:
        await reader.press("ctrl+p")
        lines = await listed(reader)
        assert any("Bookmark  (b)" in line for line in lines[:12])
        assert not any("Next line" in line for line in lines[:20])


async def test_what_would_do_nothing_now_is_not_listed(start: Start) -> None:
    async with start() as reader:
        await reader.press("ctrl+p")
        lines = await listed(reader)
        assert not any("wide code" in line or "(zl)" in line for line in lines)
        await reader.press("escape", "v", "ctrl+p")
        assert any("Other end" in line for line in await listed(reader))


async def test_what_was_chosen_before_comes_first(start: Start) -> None:
    async with start() as reader:
        reader.desk.usage.used("what-changed")
        await reader.press("ctrl+p")
        [first, *_] = [line for line in await listed(reader) if "  (" in line]
        assert "What changed  (D)" in first


async def test_a_command_of_the_readers_is_in_the_palette(start: Start, folders: AppPaths) -> None:
    folders.settings.parent.mkdir(parents=True, exist_ok=True)
    folders.settings.write_text('[commands]\nshout = "echo {title}"\n')
    async with start() as reader:
        await reader.press("ctrl+p")
        assert any("shout" in line for line in await listed(reader))
