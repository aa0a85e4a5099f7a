"""Notes written in the reader's own editor; each editor here is a small shell script."""

import os
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from textual.drivers.headless_driver import HeadlessDriver
from textual.widgets import TextArea
from ui.pilot_reader import Reader, Start

from tuireader.paths import AppPaths
from tuireader.ui.screens.note_editor import NoteEditorScreen
from tuireader.ui.screens.notes import NotesScreen

UseEditor = Callable[[str], None]


@pytest.fixture(autouse=True)
def _suspending(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual's driver for tests has no terminal to give away; here it says that it does."""
    monkeypatch.setattr(HeadlessDriver, "can_suspend", True)
    monkeypatch.delenv("VISUAL", raising=False)


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> UseEditor:
    """Makes a script the editor; "$1" in it is the file of the note."""

    def use(script: str) -> None:
        path = tmp_path / "an editor"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        monkeypatch.setenv("EDITOR", f"'{path}'")

    return use


async def edit(reader: Reader) -> None:
    """Have the note under the cursor written in the editor, until that has ended."""
    await reader.press("e")
    await reader.app.workers.wait_for_complete()
    await reader.settle()


def told(reader: Reader) -> str:
    return "\n".join(notice.message for notice in reader.app._notifications)


def drafts(reader: Reader) -> list[str]:
    return list(reader.desk.notebook.drafts.texts().values())


def notes(reader: Reader) -> list[str]:
    return [mark.note for mark in reader.desk.notebook.bookmarks.all()]


def files(reader: Reader) -> list[str]:
    return sorted(path.suffix for path in reader.desk.notebook.drafts.folder.iterdir())


async def test_what_an_editor_saves_is_the_note_and_its_file_is_gone(
    start: Start, editor: UseEditor
) -> None:
    editor('echo "From outside." > "$1"')
    async with start() as reader:
        await edit(reader)
        assert (notes(reader), drafts(reader)) == (["From outside."], [])
        assert files(reader) == [".saved"]
        editor('echo "More." >> "$1"')
        await edit(reader)
        assert notes(reader) == ["From outside.\nMore."]
        editor('echo "Renamed." > "$1.new"; mv "$1.new" "$1"')
        await edit(reader)
        assert notes(reader) == ["Renamed."]
        editor(': > "$1"')
        await edit(reader)
        assert notes(reader) == [""]
        await reader.press("u")
        assert notes(reader) == ["Renamed."]


@pytest.mark.parametrize(
    ("end", "said"),
    [("exit 3", "ended with status 3."), ("kill -KILL $$", "was ended by signal 9.")],
)
async def test_an_editor_that_fails_leaves_its_words_as_a_draft(
    start: Start, editor: UseEditor, end: str, said: str
) -> None:
    editor(f'echo "Half." > "$1"; {end}')
    async with start() as reader:
        await edit(reader)
        assert (notes(reader), drafts(reader)) == ([], ["Half."])
        assert said in told(reader)
        assert "The note is kept as a draft" in told(reader)
        assert reader.screen.text.drafts
        editor('echo "Whole." >> "$1"')
        await edit(reader)
        assert (notes(reader), drafts(reader)) == (["Half.\nWhole."], [])


async def test_an_editor_that_fails_and_has_saved_nothing_leaves_no_draft(
    start: Start, editor: UseEditor
) -> None:
    editor("exit 1")
    async with start() as reader:
        await edit(reader)
        assert (notes(reader), drafts(reader)) == ([], [])
        assert "ended with status 1. It saved nothing." in told(reader)


async def test_an_editor_that_is_still_open_when_it_has_returned_loses_nothing(
    start: Start, editor: UseEditor, tmp_path: Path
) -> None:
    gate, done = tmp_path / "gate", tmp_path / "done"
    os.mkfifo(gate)
    os.mkfifo(done)
    behind = f'read _ < {gate}; echo "Later." > "$1"; echo done > {done}'
    editor(f"({behind}) < /dev/null > /dev/null 2>&1 &\nexit 0")
    async with start() as reader:
        await edit(reader)
        assert "If it is still open, what it saves there is kept as a draft" in told(reader)
        assert (notes(reader), drafts(reader)) == ([], [])
        gate.write_text("go\n")
        done.read_text()
        assert drafts(reader) == ["Later."]
        await reader.pilot.press("a")
        await reader.until(NoteEditorScreen)
        assert reader.app.screen.query_one(TextArea).text == "Later."
        await reader.pilot.press("ctrl+s")
        await reader.app.workers.wait_for_complete()
        assert (notes(reader), drafts(reader)) == (["Later."], [])


async def test_words_saved_in_an_editor_after_the_program_has_ended_are_there_at_the_next_start(
    start: Start, editor: UseEditor
) -> None:
    editor("exit 0")
    async with start() as reader:
        await edit(reader)
        folder = reader.desk.notebook.drafts.folder
    (file,) = folder.glob("*.md")
    file.write_text("After the end.\n")
    async with start() as reader:
        assert reader.screen.text.drafts
        await reader.press("B")
        await reader.until(NotesScreen)
        assert any("After the end." in row for row in reader.rows())
        await reader.press("x")
        assert drafts(reader) == []
        [thrown] = reader.desk.notebook.trash.all()
        assert thrown.note == "After the end."
        assert not file.exists()


LEFT = {
    'rm "$1"': "The editor removed the file of the note.",
    'rm "$1"; mkdir "$1"': "The editor left a folder instead of the note.",
    'rm "$1"; mkfifo "$1"': "The editor left a named pipe instead of the note.",
    'ln -sf /dev/zero "$1"': "The editor left a symbolic link instead of the note.",
}


async def test_an_editor_that_leaves_no_file_is_told_and_the_note_is_as_it_was(
    start: Start, editor: UseEditor
) -> None:
    async with start() as reader:
        for number, (script, said) in enumerate(LEFT.items()):
            editor(f'echo "Before {number}." > "$1"')
            await edit(reader)
            editor(script)
            await edit(reader)
            assert told(reader).endswith(f"{said} The note is as it was.")
            assert (notes(reader), drafts(reader)) == ([f"Before {number}."], [])


async def test_an_empty_file_leaves_a_draft_as_it_was(start: Start, editor: UseEditor) -> None:
    editor('echo "Half." > "$1"; exit 1')
    async with start() as reader:
        await edit(reader)
        editor(': > "$1"')
        await edit(reader)
        assert "The editor left an empty file." in told(reader)
        assert (notes(reader), drafts(reader)) == ([], ["Half."])


NOT_STARTED = {
    "no-such-editor --wait": "The editor in $EDITOR cannot be run",
    "/etc/passwd": "The editor in $EDITOR cannot be run",
    "''": "The editor in $EDITOR cannot be run",
    "vim 'a": "The quotation marks in $EDITOR do not match",
    "./no-script": "The editor cannot be started: Exec format error.",
}


async def test_an_editor_that_cannot_be_started_is_told_and_the_note_is_written_here(
    start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "no-script").write_bytes(b"\x7fELF no program")
    (tmp_path / "no-script").chmod(0o755)
    async with start() as reader:
        for command, said in NOT_STARTED.items():
            monkeypatch.setenv("EDITOR", command)
            await reader.pilot.press("e")
            await reader.until(NoteEditorScreen)
            assert said in told(reader)
            assert told(reader).endswith("Write the note here.")
            await reader.pilot.press("escape")
            await reader.app.workers.wait_for_complete()
        assert files(reader) == []


async def test_a_note_that_was_written_outside_and_cannot_be_saved_is_gone_on_with_here(
    start: Start,
    editor: UseEditor,
    folders: AppPaths,
    full_disk: Callable[..., AbstractContextManager[None]],
) -> None:
    editor('echo "Precious." > "$1"')
    async with start() as reader:
        reader.desk.notebook.sources.add("/" + "long/" * 1000)
        with full_disk((folders.data / "notebook.jsonl").stat().st_size):
            await reader.pilot.press("e")
            await reader.until(NoteEditorScreen)
            assert reader.app.screen.query_one(TextArea).text == "Precious."
            assert (notes(reader), drafts(reader)) == ([], ["Precious."])


async def test_the_signals_are_handled_as_before_when_an_editor_has_ended(
    start: Start, editor: UseEditor
) -> None:
    editor("exit 0")
    numbers = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT)
    async with start() as reader:
        before = [signal.getsignal(number) for number in numbers]
        await edit(reader)
        assert [signal.getsignal(number) for number in numbers] == before


@pytest.mark.parametrize("browser", ["text-browser", "text-browser %s", "no-such:text-browser"])
async def test_a_text_browser_runs_with_the_screen_suspended(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browser: str
) -> None:
    seen = tmp_path / "seen"
    script = tmp_path / "text-browser"
    script.write_text(f'#!/bin/sh\necho "$1" > {seen}\n')
    script.chmod(0o755)
    linked = tmp_path / "linked.md"
    linked.write_text("# A page\n\nAsk the [pilot](https://harbour.example/pilot).\n")
    suspended: list[Any] = []
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("BROWSER", browser)
    monkeypatch.setattr("webbrowser._tryorder", None)
    monkeypatch.setattr("webbrowser._browsers", {})
    async with start(linked) as reader:
        reader.app.app_suspend_signal.subscribe(reader.app, suspended.append)
        await reader.press("F", "1", "enter")
        await reader.settle()
        assert seen.read_text() == "https://harbour.example/pilot\n"
        assert len(suspended) == 1
        assert reader.screen.status.said == "Opened https://harbour.example/pilot"
