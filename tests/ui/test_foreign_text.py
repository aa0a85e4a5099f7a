"""Text from an article is shown, never obeyed: neither as markup nor as terminal control."""

import json
import re
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.command import CommandPalette
from textual.widgets import Input
from ui.pilot_reader import Reader, Start

from tuireader.domain.article import Article, Passage
from tuireader.domain.blocks import Block, BlockKind, Blocks
from tuireader.domain.quote import Confidence, Quote, QuoteKind
from tuireader.exporters.note_formats import NOTE_FORMATS, NoteFormat
from tuireader.ui.reader.screen import ReaderScreen
from tuireader.ui.screens.dialogs import QuestionScreen
from tuireader.ui.screens.export import ExportScreen
from tuireader.ui.screens.help import HelpScreen
from tuireader.ui.screens.note_editor import NoteEditorScreen
from tuireader.ui.screens.notes import NotesScreen
from tuireader.ui.widgets.prompt_line import PromptLine

MARKUP = (
    "the [government] said",
    "[/x]",
    "[@click=app.quit]click[/]",
    "[bold red]",
    "[b]unclosed [",
    "\\[escaped]",
    "[link=file:///etc/passwd]x[/link]",
)

# BEL, BS, SO, ESC with a title, a clipboard and a screen clearing, DEL, CSI and OSC as C1, and
# the bidi override, embedding and isolate. What is left of it without them is PLAIN.
CONTROLS = (
    "aa\x07b\x08\x0e\x1b]2;PWNED\x1b\\\x1b]52;c;UFdORUQ=\x07\x1b[2Jc\x7f\x9b31m"
    "\x9d0;PWNED\x9c\u202ed\u202a\u2066e"
)
PLAIN = "aab]2;PWNED\\]52;c;UFdORUQ=[2Jc31m0;PWNEDde"

OBEYED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
WIDE = (200, 50)

WORDS = "“It stays open,” said Ada Voss."


def shown(reader: Reader) -> str:
    """What is on the screen, once it is sure that a terminal obeys nothing of it."""
    strips = reader.app.screen._compositor.render_strips()
    for strip in strips:
        for segment in strip:
            assert not OBEYED.search(segment.text), ascii(segment.text)
            assert segment.control is None
            if segment.style:
                assert "@click" not in segment.style.meta, segment
                assert segment.style.link is None, segment
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def safe(text: str) -> str:
    """The text, once it is sure that a terminal obeys nothing of it."""
    assert not OBEYED.search(text), ascii(text)
    return text


def quote_of(text: str, speaker: str, words: str) -> Quote:
    start = text.index(words)
    return Quote(
        spans=(Passage(start, start + len(words)),),
        kind=QuoteKind.DIRECT,
        confidence=Confidence.NAMED,
        speaker=speaker,
        cue=Passage(start, start + 3),
    )


def marked_up(folder: Any, markup: Any) -> Any:
    """An article that has the markup in its title, its text and a quotation."""
    file = folder / "marked up.txt"
    file.write_text(
        f"About {markup}\n\nBody {markup} goes on.\n\n“Quoted {markup} too,” Ada Voss said.\n"
    )
    return file


def hostile(folder: Any) -> Any:
    """An article whose every part, its file's name too, holds what a terminal would obey."""
    inside = folder / f"folder {CONTROLS}"
    inside.mkdir()
    file = inside / f"name\n{CONTROLS}.txt".replace("/", "")
    file.write_text(
        f" date 2026-03-14{CONTROLS[2:3]}\n\nTitle {CONTROLS} end\n\nBy Ida {CONTROLS} Strand\n\n"
        f"“Quoted {CONTROLS} words,” said Ada V\x07o\x9bs\u202es. Then {CONTROLS} she left.\n\n"
        f"A caption {CONTROLS} here - NORDLYS/KYSTFOTO\n\nThe {CONTROLS} end of it.\n",
        encoding="utf-8",
    )
    return file


@pytest.fixture
def exported_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """A folder of its own that exports are written into."""
    folder = tmp_path / "exported"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


async def export(reader: Reader, kind: NoteFormat) -> None:
    """Export the notes to the file that is proposed."""
    reader.app.export(kind)
    await reader.until(ExportScreen)
    shown(reader)
    await reader.press("enter")
    await reader.until(ReaderScreen)


async def to(reader: Reader, words: str) -> None:
    """Put the cursor on words of the text."""
    reader.screen.session.go_to(reader.screen.text.viewport.text.index(words))
    await reader.settle()


@pytest.mark.parametrize("markup", MARKUP)
async def test_markup_is_literal_in_the_three_panes_and_the_status_line(
    start: Start, tmp_path: Path, markup: Any
) -> None:
    async with start(marked_up(tmp_path, markup), size=WIDE) as reader:
        rows = shown(reader)
        [heading, *body] = rows.split("\n")
        assert f"About {markup}" in "\n".join(row[:48] for row in body)
        assert "Text" in heading
        assert f"About {markup}" in "\n".join(row[48:-52] for row in body)
        assert f"Body {markup} goes on." in rows
        assert f"“Quoted {markup} too”" in "\n".join(row[-52:] for row in body)
        reader.screen.notifier.say(f"Status {markup} here")
        await reader.pilot.pause()
        assert f"Status {markup} here" in shown(reader)


async def test_markup_is_literal_in_a_notification(start: Start) -> None:
    async with start() as reader:
        for markup in MARKUP:
            reader.app.clear_notifications()
            reader.app.notify(f"Note {markup} here", markup=True)
            await reader.pilot.pause()
            assert f"Note {markup} here" in shown(reader)


async def test_markup_is_literal_in_speakers_also_grouped(start: Start, tmp_path: Path) -> None:
    async with start(marked_up(tmp_path, MARKUP[0]), size=WIDE) as reader:
        await reader.settle()
        text = reader.screen.text.viewport.text
        await reader.press("alt+3", "s", "s", "s")
        reader.screen.quotes = tuple(quote_of(text, name, "Quoted") for name in MARKUP)
        await reader.pilot.pause()
        rows = shown(reader)
        for name in MARKUP:
            assert name in rows


async def test_markup_is_literal_in_notes_tags_the_question_and_the_editor(
    start: Start, tmp_path: Path
) -> None:
    async with start(marked_up(tmp_path, MARKUP[2]), size=WIDE) as reader:
        article = reader.article
        start_at = article.text.index("Body")
        for n, markup in enumerate(MARKUP):
            reader.desk.notebook.bookmarks.keep(
                article,
                Passage(start_at, start_at + 5 + n),
                note=f"Note {markup} is",
                tags=(markup.replace(" ", ""),),
                speaker=f"Speaker {markup}",
            )
        await reader.pilot.press("B")
        await reader.until(NotesScreen)
        await reader.pilot.pause()
        rows = shown(reader)
        for markup in MARKUP:
            assert f"Note {markup} is" in rows
            assert f"#{markup.replace(' ', '')}" in rows
            assert f"Speaker {markup}" in rows
        assert f"· About {MARKUP[2]}" in rows
        await reader.pilot.press("g", "g", "t")
        await reader.until(QuestionScreen)
        await reader.pilot.pause()
        assert MARKUP[-1] in shown(reader)
        await reader.pilot.press("escape", "a")
        await reader.until(NoteEditorScreen)
        await reader.pilot.pause()
        rows = shown(reader)
        assert f"Note {MARKUP[-1]} is" in rows
        await reader.pilot.press("ctrl+s")
        await reader.until(NotesScreen)
        await reader.pilot.press("u")
        shown(reader)


@pytest.mark.parametrize(
    ("pane", "found"), [("alt+1", "0/2 · "), ("alt+2", "“"), ("alt+3", "0/3 · ")]
)
async def test_markup_is_literal_in_words_that_are_looked_for(
    start: Start, pane: str, found: str
) -> None:
    async with start(size=WIDE) as reader:
        await reader.pilot.press(pane, "slash")
        await reader.pilot.pause()
        for markup in MARKUP:
            reader.app.screen.query_one(PromptLine).value = f"qq {markup}"
            await reader.settle()
            assert f"{found}qq {markup}"[:28] in shown(reader)


async def test_markup_is_literal_in_what_is_typed_into_the_palette(start: Start) -> None:
    async with start(size=WIDE) as reader:
        await reader.press("ctrl+p")
        assert isinstance(reader.app.screen, CommandPalette)
        for markup in MARKUP:
            reader.app.screen.query_one(Input).value = markup
            await reader.pilot.pause()
            assert markup in shown(reader)


async def test_markup_is_literal_in_the_words_above_a_note_and_in_what_is_said_of_it(
    start: Start, tmp_path: Path
) -> None:
    async with start(marked_up(tmp_path, MARKUP[2]), size=WIDE) as reader:
        await to(reader, "Body")
        await reader.pilot.press("a")
        await reader.until(NoteEditorScreen)
        await reader.pilot.pause()
        assert f"Body {MARKUP[2]} goes on." in shown(reader)
        await reader.pilot.press("ctrl+s")
        await reader.until(ReaderScreen)
        await reader.settle()
        assert f"“Body {MARKUP[2]}" in shown(reader)
        await reader.press("u")
        assert f"“Body {MARKUP[2]}" in shown(reader)


async def test_markup_is_literal_in_what_an_orphan_says(start: Start, tmp_path: Path) -> None:
    file = marked_up(tmp_path, MARKUP[2])
    async with start(file, size=WIDE) as reader:
        await to(reader, "Body")
        await reader.press("b", "ctrl+q")
    file.write_text(f"{MARKUP[1]}\n\nNothing of it is left here.\n")
    async with start(file, size=WIDE) as reader:
        await reader.pilot.press("B")
        await reader.until(NotesScreen)
        await reader.pilot.pause()
        rows = shown(reader)
        assert "ORPHANED" in rows
        assert f"Body {MARKUP[2]} goes on." in rows


async def test_markup_is_literal_in_what_is_copied_and_exported(
    start: Start, tmp_path: Path, exported_to: Any
) -> None:
    async with start(marked_up(tmp_path, MARKUP[2]), size=WIDE) as reader:
        await to(reader, "Body")
        await reader.press("b", "Y")
        assert f"Body {MARKUP[2]} goes on." in reader.app.clipboard
        for kind in NOTE_FORMATS:
            await export(reader, kind)
        [record] = map(json.loads, next(exported_to.glob("*.jsonl")).read_text().splitlines())
        assert record["text"] == f"Body {MARKUP[2]} goes on."
        assert record["title"] == f"About {MARKUP[2]}"
        markdown = next(exported_to.glob("*.md")).read_text()
        assert r"Body \[@click=app.quit\]click\[/\] goes on." in markdown


async def test_brackets_of_keys_are_literal_in_the_help(start: Start) -> None:
    async with start(size=(120, 160)) as reader:
        await reader.press("question_mark")
        assert isinstance(reader.app.screen, HelpScreen)
        rows = shown(reader)
        assert "[b" in rows
        assert "]q" in rows


async def test_no_control_reaches_the_three_panes_or_what_is_said(
    start: Start, tmp_path: Path
) -> None:
    async with start(hostile(tmp_path), size=WIDE) as reader:
        rows = shown(reader)
        assert f"Title {PLAIN} end" in rows
        assert f"Quoted {PLAIN} words," in rows
        assert "said · by name" in rows
        assert [quote.speaker for quote in reader.screen.quotes] == ["Ada Voss"]
        await reader.press("alt+3", "s", "b", "alt+2")
        shown(reader)
        await to(reader, "Then")
        for key in ("v", "escape", "b", "c", "x", "u", "ctrl+r", "J", "G", "g", "g"):
            await reader.press(key)
            shown(reader)
        await reader.press("alt+1", "s", "slash", *"title", "enter", "s")
        shown(reader)


async def test_no_control_of_a_files_name_reaches_the_screen_when_its_source_is_asked_for(
    start: Start, tmp_path: Path
) -> None:
    async with start(hostile(tmp_path), size=WIDE) as reader:
        await reader.press("o")
        rows = shown(reader)
        assert "Its address is" in rows


async def test_no_control_of_a_links_target_reaches_the_screen(
    start: Start, tmp_path: Path
) -> None:
    file = tmp_path / "links.md"
    file.write_text(f"# Links\n\nA [link](<x{CONTROLS}y>) and more.\n", encoding="utf-8")
    async with start(file, size=WIDE) as reader:
        await reader.press("f")
        shown(reader)


async def test_no_control_reaches_a_notification(start: Start, tmp_path: Path) -> None:
    async with start(hostile(tmp_path), size=WIDE) as reader:
        reader.app.notify(f"{CONTROLS} it is", title=CONTROLS)
        await reader.pilot.pause()
        assert "it is" in shown(reader)


async def test_no_control_of_the_name_of_a_file_that_has_gone_reaches_the_screen(
    start: Start, tmp_path: Path
) -> None:
    folder = tmp_path / "two"
    folder.mkdir()
    (folder / "1.txt").write_text("One\n\nThe first of two.\n")
    gone = folder / f"2{CONTROLS}.txt".replace("/", "")
    gone.write_text("Two\n\nThe second of two.\n")
    async with start(folder, size=WIDE) as reader:
        gone.unlink()
        await reader.press("J")
        rows = shown(reader)
        assert reader.article.title == "One"
        assert len(reader.app._notifications) == 1
        assert "2aab" in rows


async def test_no_control_reaches_the_notes_the_question_or_the_editor(
    start: Start, tmp_path: Path
) -> None:
    async with start(hostile(tmp_path), size=WIDE) as reader:
        await reader.press("alt+3", "b", "alt+2")
        article = reader.article
        reader.desk.notebook.bookmarks.keep(
            article,
            Passage(0, 5),
            note=f"note {CONTROLS}",
            tags=(f"tag{CONTROLS}",),
            speaker=f"speaker {CONTROLS}",
        )
        await reader.pilot.press("B")
        await reader.until(NotesScreen)
        await reader.pilot.pause()
        rows = shown(reader)
        assert f"note {PLAIN}" in rows
        assert f"#tag{PLAIN}" in rows
        assert f"speaker {PLAIN}" in rows
        await reader.pilot.press("g", "g", "t")
        await reader.until(QuestionScreen)
        await reader.pilot.pause()
        shown(reader)
        await reader.pilot.press("escape", "a")
        await reader.until(NoteEditorScreen)
        await reader.pilot.pause()
        shown(reader)


async def test_no_control_reaches_the_words_above_a_note(start: Start, tmp_path: Path) -> None:
    async with start(hostile(tmp_path), size=WIDE) as reader:
        await to(reader, "Then")
        await reader.pilot.press("a")
        await reader.until(NoteEditorScreen)
        await reader.pilot.pause()
        assert f"Then {PLAIN} she left." in shown(reader)


async def test_no_control_that_is_pasted_reaches_the_screen_or_a_note(
    start: Start, tmp_path: Path
) -> None:
    async with start(hostile(tmp_path), size=WIDE) as reader:
        await to(reader, "Then")
        await reader.pilot.press("a")
        await reader.until(NoteEditorScreen)
        reader.app.post_message(events.Paste(f"P {CONTROLS}\nQ"))
        await reader.pilot.pause()
        rows = shown(reader)
        assert "P aab" in rows
        await reader.pilot.press("ctrl+s")
        await reader.until(ReaderScreen)
        await reader.settle()
        assert reader.desk.notebook.bookmarks.all()[0].note == f"P {PLAIN}\nQ"


@pytest.mark.parametrize("pane", ["alt+1", "alt+2", "alt+3"])
async def test_no_control_that_is_pasted_into_a_line_reaches_the_screen(
    start: Start, pane: str
) -> None:
    async with start(size=WIDE) as reader:
        await reader.pilot.press(pane, "slash")
        await reader.pilot.pause()
        reader.app.post_message(events.Paste(f"P {CONTROLS}"))
        await reader.settle()
        shown(reader)
        await reader.press("enter")
        shown(reader)


async def test_no_control_that_is_pasted_into_a_question_reaches_the_screen_or_a_tag(
    start: Start,
) -> None:
    async with start(size=WIDE) as reader:
        await reader.pilot.press("t")
        await reader.until(QuestionScreen)
        reader.app.post_message(events.Paste(f"P{CONTROLS}"))
        await reader.pilot.pause()
        shown(reader)
        await reader.pilot.press("enter")
        await reader.until(ReaderScreen)
        await reader.settle()
        [tag] = reader.desk.notebook.bookmarks.all()[0].tags
        assert safe(tag) == f"P{PLAIN}"


async def test_no_control_reaches_an_orphans_words(start: Start, tmp_path: Path) -> None:
    file = hostile(tmp_path)
    async with start(file, size=WIDE) as reader:
        await to(reader, "Then")
        await reader.press("b", "ctrl+q")
    file.write_text("Other\n\nNothing of it is left here.\n", encoding="utf-8")
    async with start(file, size=WIDE) as reader:
        await reader.pilot.press("B")
        await reader.until(NotesScreen)
        await reader.pilot.pause()
        rows = shown(reader)
        assert "ORPHANED" in rows
        assert f"Then {PLAIN} she left." in rows


async def test_no_control_is_copied_to_the_clipboard(start: Start, tmp_path: Path) -> None:
    async with start(hostile(tmp_path), size=WIDE) as reader:
        await to(reader, "Then")
        await reader.press("y")
        assert safe(reader.app.clipboard) == f"Then {PLAIN} she left."
        await reader.press("Y")
        assert f"Title {PLAIN} end" in safe(reader.app.clipboard)
        await reader.press("b")
        await reader.pilot.press("B")
        await reader.until(NotesScreen)
        await reader.pilot.press("Y")
        assert f"Title {PLAIN} end" in safe(reader.app.clipboard)


async def test_the_terminal_gets_an_articles_words_only_in_base64(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with start(hostile(tmp_path), size=WIDE) as reader:
        written: list[str] = []
        monkeypatch.setattr(reader.app._driver, "write", written.append)
        await to(reader, "Then")
        await reader.press("y", "Y", "o", "J", "b")
        copies = [
            found[1] if found else ""
            for found in map(re.compile(r"\x1b]52;c;([\w+/=]*)\a").fullmatch, written)
        ]
        assert len(copies) == len(written) == 2
        assert b64decode(copies[0]).decode() == f"Then {PLAIN} she left."


async def test_the_windows_title_holds_nothing_foreign(start: Start, tmp_path: Path) -> None:
    async with start(hostile(tmp_path), size=WIDE) as reader:
        await reader.press("J", "o", "b")
        assert reader.app.title == "tuireader"
        assert not reader.app.sub_title
        assert not reader.screen.title
        assert not reader.screen.sub_title


async def test_no_control_is_exported(start: Start, tmp_path: Path, exported_to: Any) -> None:
    async with start(hostile(tmp_path), size=WIDE) as reader:
        await to(reader, "Then")
        await reader.press("b")
        for kind in NOTE_FORMATS:
            await export(reader, kind)
            assert "Exported 1 bookmark to" in shown(reader)
        written = {file.suffix: file.read_text() for file in exported_to.iterdir()}
        assert json.loads(safe(written[".jsonl"]))["text"] == f"Then {PLAIN} she left."
        assert "she left." in safe(written[".md"])


async def test_what_a_collection_holds_is_replaced_one_for_one_and_never_obeyed(
    start: Start, tmp_path: Path
) -> None:
    file = tmp_path / "collection.jsonl"
    text = f"“Quoted {CONTROLS} words,” said Ada Voss. The rest {CONTROLS} follows."
    record = {"id": f"one{CONTROLS}", "title": f"Title {CONTROLS}", "text": text}
    file.write_text(json.dumps(record) + "\n")
    async with start(file, size=WIDE) as reader:
        assert len(reader.article.text) == len(text)
        rows = shown(reader)
        assert f"Title {PLAIN}" in rows
        await reader.press("alt+3", "b", "alt+2", "o", "Y")
        shown(reader)
        safe(reader.app.clipboard)


async def test_an_article_that_skipped_the_door_has_its_markup_shown(start: Start) -> None:
    markup = " ".join(MARKUP)
    article = Article(
        location="/nowhere/[/x].txt",
        text=markup,
        blocks=Blocks([Block(BlockKind.PARAGRAPH, 0, len(markup))]),
        title=MARKUP[2],
        outlet=MARKUP[1],
    )
    async with start(size=WIDE) as reader:
        reader.screen.article = article
        await reader.pilot.pause()
        rows = shown(reader)
        assert MARKUP[2] in rows
        assert f"{MARKUP[1]} · 1 min" in rows
        assert " ".join(MARKUP[:3]) in rows
