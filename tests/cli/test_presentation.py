"""Tests for colours, links, the width and the pager of the output."""

import os
import pty
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import TextIO

import pytest

from tuireader.cli import presentation
from tuireader.cli.pager import HeldMessages, PagerStream, pager_command
from tuireader.cli.presentation import (
    PLAIN,
    Span,
    link_address,
    presentation_of,
    print_spans,
    wrapped,
)

COLOURFUL = {"TERM": "xterm-256color"}


@pytest.fixture
def terminal() -> Iterator[TextIO]:
    parent, child = pty.openpty()
    with os.fdopen(child, "w") as stream:
        yield stream
    os.close(parent)


def test_a_pipe_gets_plain_lines_of_any_length(tmp_path: Path) -> None:
    with (tmp_path / "out").open("w") as stream:
        assert presentation_of(stream, COLOURFUL) == PLAIN


def test_a_terminal_gets_colours_links_and_pages(terminal: TextIO) -> None:
    look = presentation_of(terminal, COLOURFUL)
    assert look.colour
    assert look.links
    assert look.pages


@pytest.mark.parametrize("environ", [{"TERM": "xterm", "NO_COLOR": "1"}, {"TERM": "dumb"}, {}])
def test_colours_are_left_out_if_they_are_not_wanted_or_not_known(
    terminal: TextIO, environ: dict[str, str]
) -> None:
    assert not presentation_of(terminal, environ).colour


def test_the_console_of_linux_gets_no_links(terminal: TextIO) -> None:
    assert not presentation_of(terminal, {"TERM": "linux"}).links


def test_lines_in_a_pipe_have_no_escape_sequences(capsys: pytest.CaptureFixture[str]) -> None:
    print_spans(Span("Title", bold=True, link="/a.txt"), Span(" \x1b[31mfact\n", dim=True))
    assert capsys.readouterr().out == "Title [31mfact\n"


def test_a_line_on_a_terminal_is_fitted_coloured_and_linked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    look = presentation.Presentation(colour=True, links=True, width=12)
    monkeypatch.setattr(presentation, "presentation", lambda: look)
    print_spans(Span("Title", bold=True, link="/a.txt"), Span(" and much more", dim=True))
    title, rest = capsys.readouterr().out.split("\x1b]8;;\x1b\\")
    assert title == "\x1b]8;;file:///a.txt\x1b\\\x1b[1mTitle\x1b[0m"
    assert rest == "\x1b[2m and…\x1b[0m\n"


def test_running_text_is_wrapped_at_words_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "one two three\n\n> four five"
    assert wrapped(text) == text
    look = presentation.Presentation(width=8)
    monkeypatch.setattr(presentation, "presentation", lambda: look)
    assert wrapped(text) == "one two\nthree\n\n> four\nfive"


@pytest.mark.parametrize(
    ("location", "address"),
    [
        ("/news/ferry.txt", "file:///news/ferry.txt"),
        ("/books/a.epub#2", "file:///books/a.epub"),
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("https://example.org/\x1b", ""),
        ("stdin", ""),
    ],
)
def test_a_location_links_to_what_the_terminal_can_open(location: str, address: str) -> None:
    assert link_address(location) == address


def test_the_readers_own_pager_is_used() -> None:
    assert pager_command({"PAGER": f"{sys.executable} -u"}) == [sys.executable, "-u"]


@pytest.mark.parametrize("pager", ["", "cat", "no-such-program", "'unclosed"])
def test_there_may_be_no_pager(pager: str) -> None:
    assert pager_command({"PAGER": pager}) == []


def test_the_pager_gets_what_is_printed(tmp_path: Path) -> None:
    script = "import sys; open(sys.argv[1], 'w', encoding='utf-8').write(sys.stdin.read())"
    out = tmp_path / "out"
    stream = PagerStream([sys.executable, "-X", "utf8", "-c", script, str(out)], os.environ)
    stream.write("naïve\n")
    stream.write("text\n")
    stream.finish()
    assert out.read_text(encoding="utf-8") == "naïve\ntext\n"


def test_a_pager_that_is_left_early_closes_the_pipe() -> None:
    stream = PagerStream([sys.executable, "-c", ""], os.environ)
    with pytest.raises(BrokenPipeError):
        stream.write("x" * 10_000_000)
    stream.finish()


def test_messages_wait_until_the_pager_has_ended() -> None:
    messages = StringIO()
    pager = PagerStream([sys.executable, "-c", "input()"], os.environ)
    held = HeldMessages(messages, pager)
    held.write("before\n")
    assert messages.getvalue() == "before\n"
    pager.write("text\n")
    held.write("a problem\n")
    assert not held.isatty()
    assert messages.getvalue() == "before\n"
    pager.finish()
    held.release()
    assert messages.getvalue() == "before\na problem\n"


def test_nothing_printed_starts_no_pager() -> None:
    PagerStream(["no-such-program"], os.environ).finish()
