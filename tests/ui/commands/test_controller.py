import asyncio
import sys
from pathlib import Path

import pytest
from textual.widgets import Static
from ui.pilot_reader import Reader, Start

from tuireader.cli.completion import completed_words
from tuireader.cli.parser import COMMANDS
from tuireader.paths import AppPaths
from tuireader.settings import Settings, load_settings
from tuireader.ui.commands.program import ProgramResult
from tuireader.ui.lists.hits import HitList
from tuireader.ui.screens.note_editor import NoteEditorScreen
from tuireader.ui.screens.notes import NotesScreen
from tuireader.ui.screens.output import MAX_LINES, OutputScreen
from tuireader.ui.screens.search import SearchScreen
from tuireader.ui.widgets.prompt_line import PromptLine
from tuireader.ui.widgets.status_line import StatusLine


async def command(reader: Reader, line: str, *, key: str = "colon") -> None:
    await reader.press(key, *("space" if each == " " else each for each in line), "enter")


async def output(reader: Reader) -> str:
    """What the program printed, when it has ended."""
    screen = await reader.until(OutputScreen)
    hint = screen.query_one(".hint", Static)
    await reader.until_so(lambda: "Running" not in str(hint.content))
    return str(screen.query_one("#output", Static).content)


async def test_a_number_goes_to_a_paragraph_and_a_percentage_into_the_text(start: Start) -> None:
    async with start() as reader:
        await command(reader, "3")
        text = reader.screen.text
        assert text.viewport.text[text.cursor.offset :].startswith("A second")
        await command(reader, "100%")
        assert text.cursor.offset > len(text.viewport.text) * 0.9
        await reader.press("ctrl+o")
        assert text.viewport.text[text.cursor.offset :].startswith("A second")


async def test_an_action_is_run_by_its_name_and_counted(start: Start) -> None:
    async with start() as reader:
        await command(reader, "bookmark")
        assert len(reader.words()) == 1
        await command(reader, "all-notes")
        await reader.until(NotesScreen)
        assert reader.desk.usage.count("bookmark") == 1


async def test_a_line_is_completed_and_found_again_in_the_history(start: Start) -> None:
    async with start() as reader:
        await reader.press("colon", *"bookm", "tab", "enter")
        assert len(reader.words()) == 1
        await reader.press("j", "right_curly_bracket", "colon", "up", "enter")
        assert len(reader.words()) == 2


async def test_a_setting_is_changed_on_the_screen_and_in_the_file(
    start: Start, folders: AppPaths
) -> None:
    async with start() as reader:
        await command(reader, "set column 60")
        assert reader.screen.text.column == 60
        assert "column = 60" in folders.settings.read_text()
        await command(reader, "set column 4")
        assert "column must be a whole number from 20 to 200" in reader.screen.status.said
        await command(reader, "set colum 4")
        assert "Did you mean “column”?" in reader.screen.status.said


async def test_each_setting_is_used_at_once_where_that_is_possible(
    start: Start, folders: AppPaths
) -> None:
    async with start() as reader:
        screen = reader.screen
        for line in ("tint true", "hyphenate true", "justify=true", "sort by title"):
            await command(reader, f"set {line}")
        await command(reader, "set articles_width 30")
        typography = screen.text.viewport.typography
        assert (screen.text.tinted, typography.hyphenate, typography.justify) == (True,) * 3
        assert screen.articles.model.order.value == "by title"
        assert screen.panes.chosen.articles == 30
        await command(reader, "set keys.preset less")
        assert "it is used from the next start" in screen.status.said
        await command(reader, "set theme nord")
        assert reader.app.theme == "nord"
        await command(reader, "set theme auto")
        assert reader.app.theme != "nord"
    kept = load_settings(folders.settings)
    assert kept == Settings(
        tint=True,
        hyphenate=True,
        justify=True,
        sort="by title",
        articles_width=30,
        preset="less",
    )


async def test_a_setting_without_a_value_is_told_and_a_wrong_one_says_what_is_allowed(
    start: Start,
) -> None:
    async with start() as reader:
        await command(reader, "set tint")
        assert reader.screen.status.said == "tint is false"
        await command(reader, "set keys.preset")
        assert reader.screen.status.said == "keys.preset is vim"
        await command(reader, "set bidi left")
        assert "It is one of terminal, program, off." in reader.screen.status.said


async def test_the_names_and_values_of_settings_are_completed(start: Start) -> None:
    async with start() as reader:
        words = reader.screen.commands.vocabulary(reader.screen)
        assert "set hyphenate " in words.completions("set hy")
        assert words.completions("set bidi p")[0] == "set bidi program"
        assert "set theme auto" in words.completions("set theme ")


async def test_what_is_no_command_is_told(start: Start) -> None:
    async with start() as reader:
        await command(reader, "bokmark")
        assert "There is no command “bokmark”. Did you mean “bookmark”?" in (
            reader.screen.status.said
        )


async def test_the_tour_is_opened_in_the_same_reader_and_left_by_a_key(start: Start) -> None:
    async with start() as reader:
        reader.desk.verbs = COMMANDS
        before = reader.article.location
        await command(reader, "tour")
        await reader.until_so(lambda: "tour" in reader.article.title.lower())
        assert any("tour" in row for row in reader.rows())
        await reader.press("ctrl+o")
        await reader.until_so(lambda: reader.article.location == before)
        await reader.press("g", "t")
        await reader.until_so(lambda: "tour" in reader.article.title.lower())


async def test_a_command_of_the_shell_is_run_on_the_open_article(
    start: Start, folders: AppPaths
) -> None:
    async with start() as reader:
        reader.desk.verbs = COMMANDS
        where = ("--data-dir", str(folders.data))
        reader.desk.program = (sys.executable, "-m", "tuireader", *where)
        await command(reader, "quotes")
        assert "Voss" in await output(reader)
        await reader.press("escape")
        assert reader.app.screen is reader.screen


async def test_the_options_and_values_of_the_shells_commands_are_completed(start: Start) -> None:
    async with start() as reader:
        reader.desk.verbs, reader.desk.complete_verb = COMMANDS, completed_words
        words = reader.screen.commands.vocabulary(reader.screen)
        assert "list --json" in words.completions("list --js")
        assert words.completions("completion z") == ("completion zsh",)
        assert words.completions("export --to bib") == ("export --to bibtex",)
        assert words.completions("config set ju") == ("config set justify",)
        await reader.press("colon", *"list", "space", *"--jsonl", "space", *"--x", "tab")
        assert reader.screen.query_one(PromptLine).value == "list --jsonl --x"  # nothing is run


async def test_files_are_completed_too(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kept notes").mkdir()
    (tmp_path / "kept notes" / "a.json").touch()
    async with start() as reader:
        reader.desk.verbs, reader.desk.complete_verb = COMMANDS, completed_words
        words = reader.screen.commands.vocabulary(reader.screen)
        assert words.completions("export ke") == ("export 'kept notes/'",)
        assert completed_words(["export"], "kept notes/") == ["kept notes/a.json"]
        assert completed_words(["export"], "nowhere/") == []


@pytest.mark.parametrize("key", ["B", "O", "S", "g/", "gc"])
async def test_a_command_is_typed_on_the_other_screens_too(start: Start, key: str) -> None:
    async with start() as reader:
        await reader.pilot.press(*("slash" if each == "/" else each for each in key))
        await reader.until_so(lambda: reader.app.screen is not reader.screen)
        await reader.settle()
        screen = reader.app.screen
        if isinstance(screen, SearchScreen):  # where the line takes the colon of a field
            screen.query_one(HitList).focus()
        await command(reader, "set tint true")
        assert reader.screen.text.tinted
        assert screen.query_one(StatusLine).said == "tint is now true"
        await command(reader, "next-article")
        assert ":q goes back" in screen.query_one(StatusLine).said
        await command(reader, "12")
        assert "paragraph of the text" in screen.query_one(StatusLine).said
        await command(reader, "q")
        await reader.until_so(lambda: reader.app.screen is reader.screen)


async def test_an_action_of_the_screen_is_run_by_its_name(start: Start) -> None:
    async with start() as reader:
        await reader.press("b", "B")
        await reader.until(NotesScreen)
        await command(reader, "list-trash")
        assert reader.words() == []
        await command(reader, "undo")
        assert len(reader.words()) == 1


@pytest.mark.parametrize("line", ["w", "wq", "x"])
async def test_a_note_that_was_left_by_esc_is_saved_as_in_vim(start: Start, line: str) -> None:
    async with start() as reader:
        await reader.press("a")
        await reader.until(NoteEditorScreen)
        await reader.press(*"yes", "escape")
        assert reader.words() == []
        await command(reader, line)
        assert [mark.note for mark in reader.desk.notebook.bookmarks.all()] == ["yes"]
        assert reader.app.is_running
        await command(reader, "w")
        assert "Nothing has to be saved" in reader.screen.status.said
        await command(reader, "wq")
        assert not reader.app.is_running


async def test_a_draft_of_an_earlier_session_is_saved_at_its_passage(start: Start) -> None:
    async with start() as reader:
        await reader.press("a")
        await reader.until(NoteEditorScreen)
        await reader.press(*"yes", "escape")
    async with start() as reader:
        await reader.press("B")
        await reader.until(NotesScreen)
        await reader.press("enter")
        await command(reader, "w")
        assert [mark.note for mark in reader.desk.notebook.bookmarks.all()] == ["yes"]
        assert reader.desk.notebook.drafts.all() == ()
        assert reader.screen.status.said == "Note saved"
        assert reader.screen.drafts == ()
        await command(reader, "w")
        assert "Nothing has to be saved" in reader.screen.status.said


async def test_a_draft_that_is_not_at_hand_is_told_with_the_key_that_continues_it(
    start: Start,
) -> None:
    async with start() as reader:
        for keys in ("a", "Ga"):
            await reader.press(*keys)
            await reader.until(NoteEditorScreen)
            await reader.press(*"yes", "escape")
    async with start() as reader:
        await reader.press("g", "g", "right_curly_bracket", "right_curly_bracket")
        await command(reader, "w")
        assert reader.screen.status.said.startswith("2 drafts here. a on")
        await reader.press("J")
        await command(reader, "w")
        assert "B lists it, and a continues it" in reader.screen.status.said
        assert len(reader.desk.notebook.drafts.all()) == 2


async def test_an_answer_of_one_line_is_told_in_the_status_line(
    start: Start, folders: AppPaths, articles: Path, tmp_path: Path
) -> None:
    async with start() as reader:
        reader.desk.notebook.sources.add(str(articles))
        reader.desk.verbs = COMMANDS
        where = ("--data-dir", str(folders.data))
        reader.desk.program = (sys.executable, "-m", "tuireader", *where)
        await command(reader, "tag climate")
        await reader.until_so(lambda: reader.screen.status.said == "1 article tagged.")
        await reader.until_so(lambda: reader.app.screen is reader.screen)
        await reader.press("B")
        notes = await reader.until(NotesScreen)
        await command(reader, f"export --to bibtex {tmp_path}/x.bib")
        status = notes.query_one(StatusLine)
        await reader.until_so(lambda: status.said)
        assert reader.app.screen is notes


async def test_what_was_kept_is_exported_as_references(start: Start, folders: AppPaths) -> None:
    async with start() as reader:
        reader.desk.verbs = COMMANDS
        where = ("--data-dir", str(folders.data))
        reader.desk.program = (sys.executable, "-m", "tuireader", *where)
        await reader.press("b")
        await command(reader, "export --to bibtex")
        assert "title = {The harbour that would not close}," in await output(reader)


async def test_the_selection_is_piped_to_a_program(start: Start) -> None:
    async with start() as reader:
        await reader.press("right_curly_bracket", "right_curly_bracket", "v", "i", "s")
        selected = reader.screen.text.selected
        assert selected is not None
        await command(reader, f"{sys.executable} -c 'print(input()[::-1])'", key="vertical_line")
        said = selected.of(reader.screen.text.viewport.text)
        assert (await output(reader)).strip() == said.splitlines()[0][::-1]


async def test_a_command_of_the_readers_gets_the_text_literally(
    start: Start, folders: AppPaths
) -> None:
    folders.settings.parent.mkdir(parents=True, exist_ok=True)
    program = "import sys; print(sys.argv[1], len(sys.argv), '[bold]')"
    line = f'{sys.executable} -c "{program}" {{title}}'
    folders.settings.write_text(f"[commands]\nshout = '''{line}'''\n")
    async with start() as reader:
        await command(reader, "shout")
        assert await output(reader) == "The harbour that would not close 2 [bold]"


async def test_the_settings_are_chosen_in_a_screen(start: Start, folders: AppPaths) -> None:
    async with start() as reader:
        await reader.pilot.press("g", "s")
        await reader.settle()
        await reader.press(*"column", "enter", *"64", "enter")
        assert reader.screen.text.column == 64
        assert "column = 64" in folders.settings.read_text()


async def test_only_so_many_lines_of_an_output_are_shown(start: Start) -> None:
    async with start() as reader:

        async def many() -> ProgramResult:
            await asyncio.sleep(0)
            return ProgramResult("y\n" * 1_000_000, 0)

        await reader.app.push_screen(OutputScreen("yes", many))
        assert await output(reader) == "\n".join(["y"] * MAX_LINES)
        hint = str(reader.app.screen.query_one(".hint", Static).content)
        assert "more characters are not shown." in hint
