"""Keys that arrive at once do what they do when they are typed one by one."""

import asyncio
import os
import random
from itertools import count, product
from pathlib import Path

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from ui.pilot_reader import Reader, Start

from tuireader.ui.floods import MAX_WAITING
from tuireader.ui.screens.dialogs import QuestionScreen
from tuireader.ui.screens.notebook_screen import NotebookScreen

ESC, ENTER, CTRL_S, CTRL_R, CTRL_P, CTRL_O = "\x1b[27u", "\r", "\x13", "\x12", "\x10", "\x0f"
"""Keys as a terminal sends them; this form of Esc needs no wait for what may follow it."""

TEXT_KEYS = (*"abcetxyYfFoOvQu.nmDBSPT?JKzw}]", "/", ENTER, ESC, CTRL_R, CTRL_P, CTRL_O, "\t")
ARTICLE_KEYS = (*"IxsRu?BS/jGv", ENTER, ESC, CTRL_R, CTRL_P)
QUOTE_KEYS = (*"sUbaQ&exu?BS/j", ENTER, ESC, CTRL_R, CTRL_P)
NOTE_KEYS = (*"aectxyYXBu?/jq", ENTER, ESC, CTRL_R, CTRL_P)
SAMPLE = 15

MOST_TURNS = 40
"""Turns of the event loop that a key takes, and some more."""


async def type_at_once(reader: Reader, keys: str) -> None:
    """Give the program what one read of the terminal gives it, then wait until it is done."""
    for event in XTermParser().feed(keys):
        reader.app.post_message(event)
    await reader.settle()


async def type_one_by_one(reader: Reader, keys: tuple[str, ...]) -> None:
    for key in keys:
        await type_at_once(reader, key)


def kept(reader: Reader) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """What the notebook holds, newest first."""
    marks = reader.desk.notebook.bookmarks.all()
    return [(mark.words, mark.note, str(mark.colour), mark.tags) for mark in marks]


async def keep_words(reader: Reader, count: int) -> None:
    """Keep so many passages, each of one word."""
    for number in range(count):
        await type_at_once(reader, "viwb" + "w" * (number % 2 + 1))


async def test_the_words_of_a_note_typed_right_after_its_key_are_in_the_note(start: Start) -> None:
    async with start() as reader:
        await type_at_once(reader, f"jahello{CTRL_S}")
        ((_, note, _, _),) = kept(reader)
        assert note == "hello"
        assert reader.app.screen is reader.screen


async def test_a_note_in_cyrillic_typed_right_after_its_key_stays_as_typed(start: Start) -> None:
    async with start() as reader:
        await type_at_once(reader, f"jфпривет{CTRL_S}")
        ((_, note, _, _),) = kept(reader)
        assert note == "привет"


async def test_two_notes_written_without_a_pause_are_two_notes(start: Start) -> None:
    async with start() as reader:
        await type_at_once(reader, f"jafirst{CTRL_S})asecond{CTRL_S}")
        assert [note for _, note, _, _ in kept(reader)] == ["second", "first"]


async def test_the_key_of_a_note_twice_opens_one_editor(start: Start) -> None:
    async with start() as reader:
        await type_at_once(reader, f"jaa{CTRL_S}{CTRL_S}")
        assert [note for _, note, _, _ in kept(reader)] == ["a"]
        assert reader.app.screen is reader.screen


async def test_words_typed_right_after_the_search_key_are_looked_for(start: Start) -> None:
    async with start() as reader:
        await type_at_once(reader, f"/second{ENTER}")
        assert reader.screen.text.viewport.text[reader.screen.text.cursor.offset :].startswith(
            "second"
        )


async def test_what_is_pasted_right_after_the_key_of_a_note_is_in_the_note(start: Start) -> None:
    async with start() as reader:
        await type_at_once(reader, f"ja\x1b[200~pasted\x1b[201~{CTRL_S}")
        assert [note for _, note, _, _ in kept(reader)] == ["pasted"]


async def test_forty_presses_of_x_throw_away_forty_notes_and_undo_brings_them_back(
    start: Start,
) -> None:
    async with start() as reader:
        await keep_words(reader, 45)
        before = kept(reader)
        assert len(before) > 40
        await type_at_once(reader, "B" + "x" * 40)
        assert kept(reader) == before[40:]
        assert len(reader.desk.notebook.trash.all()) == 40
        await type_at_once(reader, "u" * 40)
        assert kept(reader) == before


async def test_two_returns_in_the_list_of_notes_open_the_note_once(start: Start) -> None:
    async with start() as reader:
        await type_at_once(reader, f"jbB{ENTER}{ENTER}")
        assert reader.app.screen is reader.screen


@pytest.mark.parametrize(
    "keys",
    [
        f"jt{ENTER}{ENTER}",
        f"\x1b3Q{ENTER}{ENTER}",
        f"\x1b3&{ENTER}{ENTER}",
        f"\x1b1I{ENTER}{ENTER}",
        f"viwQ{ENTER}{ENTER}",
        f"jt{ESC}{ESC}",
        f"BX{ESC}{ESC}{ESC}",
        "BBBB",
        "SSSS",
    ],
)
async def test_a_dialog_takes_one_answer(start: Start, keys: str) -> None:
    async with start() as reader:
        await type_at_once(reader, keys)
        assert reader.app.screen is reader.screen
        assert reader.app.return_code in {None, 0}


async def test_a_dialog_that_is_answered_twice_gives_the_first_answer(start: Start) -> None:
    async with start() as reader:
        await type_at_once(reader, "jtone")
        question = await reader.until(QuestionScreen)
        question.dismiss("first")
        question.dismiss("second")
        await reader.settle()
        assert [tags for _, _, _, tags in kept(reader)] == [("first",)]
        assert reader.app.screen is reader.screen


async def test_a_screen_under_a_dialog_cannot_close_the_dialog(start: Start) -> None:
    async with start() as reader:
        await type_at_once(reader, "jbBt")
        question = await reader.until(QuestionScreen)
        notes = reader.app.screen_stack[1]
        assert isinstance(notes, NotebookScreen)
        notes.dismiss(None)
        await reader.settle()
        assert reader.app.screen is question


async def test_keys_before_the_terminal_is_handed_over_are_not_taken_for_commands(
    start: Start,
) -> None:
    async with start() as reader:
        await type_at_once(reader, "jb")
        for event in XTermParser().feed("ux"):
            reader.app.post_message(event)
        reader.app._suspend_signal()
        await reader.settle()
        assert len(kept(reader)) == 1


async def test_keys_at_once_do_what_they_do_one_by_one(start: Start, tmp_path: Path) -> None:
    keys = (
        *"jbc)ca", *"one", CTRL_S, *"t", *"x y", ENTER, *"})b..", *"/café", ENTER, *"viwa",
        *"two", ESC, *"uu", CTRL_R, "B", *"jxjcu", *"t", *"tag", ENTER, "X", ENTER, "q", ENTER,
        "\x1b3", *"jb", *"Q", *"Ada", ENTER, "\x1b2", *")vjb",
    )  # fmt: skip
    async with start() as reader:
        await type_one_by_one(reader, keys)
        slowly = kept(reader), reader.screen.text.cursor.offset
    assert len(slowly[0]) == 4
    (tmp_path / "data").rename(tmp_path / "slow")
    async with start() as reader:
        await type_at_once(reader, "".join(keys))
        assert (kept(reader), reader.screen.text.cursor.offset) == slowly


PANES = {
    "text": ("\x1b2", TEXT_KEYS),
    "articles": ("\x1b1", ARTICLE_KEYS),
    "quotations": ("\x1b3", QUOTE_KEYS),
    "notes": ("B", NOTE_KEYS),
}
LEAVE = ESC * 4 + "\x1b2"
"""Leaves dialogs, screens, prompts and selections, wherever the reader is."""


def pairs(keys: tuple[str, ...]) -> list[str]:
    """A sample of the pairs; all of them with TUIREADER_ALL_PAIRS=1."""
    every = [first + second for first, second in product(keys, keys)]
    if os.environ.get("TUIREADER_ALL_PAIRS"):
        return every
    chance = random.Random(10)  # noqa: S311 - the same pairs each time
    return chance.sample(every, SAMPLE)


@pytest.mark.parametrize("pane", PANES)
async def test_pairs_of_keys_at_once_leave_a_program_that_answers(
    start: Start, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pane: str
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.chdir(tmp_path)
    there, keys = PANES[pane]
    async with start() as reader:
        await type_at_once(reader, f"jb)b)ac{CTRL_S}")
        await type_at_once(reader, "".join(there + pair + LEAVE for pair in pairs(keys)))
        assert reader.app.screen is reader.screen
        while reader.desk.notebook.undo():
            pass
        assert kept(reader) == []


async def test_a_count_goes_with_the_motion_after_it_only(start: Start) -> None:
    async with start(size=(60, 20)) as reader:
        await type_one_by_one(reader, tuple("4jjj"))
        slowly = reader.screen.text.cursor.offset
        await type_at_once(reader, "gg4jjj")
        assert reader.screen.text.cursor.offset == slowly > 0


async def test_two_keys_that_open_the_next_article_open_two(start: Start, articles: Path) -> None:
    (articles / "3 sea.txt").write_text("The sea\n\nIt is far away.\n", encoding="utf-8")
    async with start() as reader:
        await type_at_once(reader, "JJ")
        article = reader.screen.text.article
        assert article is not None
        assert article.title == "The sea"


async def test_a_key_is_handled_whenever_it_comes_while_another_is_finished(start: Start) -> None:
    async with start() as reader:
        for turns in count():
            reader.screen.text.focus()
            await reader.settle()
            reader.app.post_message(events.Key("v", "v"))
            await take_turns(turns)
            is_finished = turns > MOST_TURNS and not reader.app.type_ahead.is_busy
            key = events.Key("tab", "\t")
            # What Textual does with a message that it took from its queue some time ago.
            if not reader.app.type_ahead.holds(key):
                reader.app.post_message(key)
            await reader.settle()
            assert reader.app.focused is not reader.screen.text, f"lost after {turns} turns"
            if is_finished:
                return


async def test_a_key_among_reports_of_the_mouse_is_handled(start: Start) -> None:
    async with start() as reader:
        for turns in range(MOST_TURNS):
            reader.screen.text.focus()
            await reader.settle()
            reader.app.post_message(events.Key("v", "v"))
            move_mouse(reader, 2 * MAX_WAITING)
            await take_turns(turns)
            move_mouse(reader, 2 * MAX_WAITING)
            reader.app.post_message(events.Key("tab", "\t"))
            await reader.settle()
            assert reader.app.focused is not reader.screen.text, f"lost after {turns} turns"


async def take_turns(number: int) -> None:
    """Let the event loop do all that is ready, so many times."""
    for _ in range(number):
        await asyncio.sleep(0)


def move_mouse(reader: Reader, number: int) -> None:
    """Report so many moves of the mouse."""
    for _ in range(number):
        reader.app.post_message(
            events.MouseMove(None, 30, 8, 0, 0, 0, shift=False, meta=False, ctrl=False)
        )
