"""What in the settings is not used is told on the screen, and the file stays as it is."""

from pathlib import Path

from ui.pilot_reader import Reader, Start

from tuireader.paths import AppPaths


def written(folders: AppPaths, text: str) -> Path:
    folders.config.mkdir(parents=True, exist_ok=True)
    folders.settings.write_text(text, encoding="utf-8")
    return folders.settings


def told(reader: Reader) -> list[str]:
    return [note.message for note in reader.app._notifications]


async def test_each_fault_is_told_once_and_the_file_stays_as_it_is(
    start: Start, folders: AppPaths
) -> None:
    text = 'theme = "nrod"\ncolumn = -3\n[sites]\n"a.example" = "//p[("\n'
    settings = written(folders, text)
    async with start() as reader:
        assert len(told(reader)) == 3
        [theme] = [said for said in told(reader) if "theme must be one of" in said]
        assert "“nrod” is ignored, and “tuireader-dark” is used. Did you mean “nord”?" in theme
        assert "“textual-light”" in theme
        lines = [said.partition(": ")[0] for said in told(reader)]
        assert sorted(lines) == [f"{settings}, line {number}" for number in (1, 2, 4)]
        assert reader.screen.text.column == 72
    assert settings.read_text(encoding="utf-8") == text


async def test_a_theme_that_exists_is_used_in_spite_of_other_faults(
    start: Start, folders: AppPaths
) -> None:
    written(folders, 'theme = "nord"\nsort = "newest"\n')
    async with start() as reader:
        assert reader.app.theme == "nord"
        assert len(told(reader)) == 1


async def test_without_faults_nothing_is_told(start: Start, folders: AppPaths) -> None:
    written(folders, 'theme = "nord"\ncolumn = 64\nsort = "by title"\n')
    async with start() as reader:
        assert told(reader) == []


async def test_a_choice_that_cannot_be_kept_is_told_once_and_holds_for_now(
    start: Start, folders: AppPaths
) -> None:
    settings = written(folders, "column = ")
    async with start() as reader:
        [first] = told(reader)
        assert "not TOML" in first
        await reader.press("alt+2", "plus", "plus", "minus")
        reader.screen.library.tick(None)
        reader.screen.library.tick(None)
        await reader.settle()
        assert len([said for said in told(reader) if "holds until you quit" in said]) == 1
        assert reader.screen.text.column != 72
    assert settings.read_text(encoding="utf-8") == "column = "
