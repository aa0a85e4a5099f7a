"""How output looks: colours, links and the width on a terminal; plain text in a pipe."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TextIO, cast

import click

from tuireader.text.sanitize import sanitize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tuireader.domain.article import Passage

_MOST_WIDTH = 200
"""The greatest width in cells that a line is fitted to."""

COLUMN = 80
"""The greatest width in cells of running text."""

_NO_ESCAPES = frozenset({"", "dumb"})
"""The names of terminals that understand no escape sequences."""

_NO_LINKS = frozenset({*_NO_ESCAPES, "linux", "vt100", "vt220"})
"""The names of terminals that would show a link's address instead of hiding it."""

_LEAST_WIDTH = 20
"""The least width in cells of running text, in windows that are narrower than its indentation."""

_LONGEST_PART = 16
"""The most characters of a cut word that are left out at the end of a fitted line."""

NARROW = 60
"""The width in cells below which lines have only their most important parts."""

_SPEAKER_COLOURS = ("cyan", "green", "magenta", "yellow", "blue")
"""The colours of the speakers of an article, in the order in which they speak."""

_KEY = "tuireader.cli.presentation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """How a command prints. The default is for a pipe or a file."""

    colour: bool = False
    """Whether escape sequences for colours, bold and dim text are written."""
    links: bool = False
    """Whether titles link to their sources, by OSC 8."""
    width: int | None = None
    """The width in cells that lines are fitted to; None to print them whole."""
    pages: bool = False
    """Whether long output is shown by a pager."""


PLAIN = Presentation()


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a printed line. Its text may be foreign: it is sanitized."""

    text: str
    bold: bool = False
    dim: bool = False
    colour: str = ""
    """The name of one of the terminal's eight colours; "" for the usual one."""
    link: str = ""
    """The location that the text links to; "" for none."""


EMPTY = Span("")


def presentation_of(stream: TextIO, environ: Mapping[str, str]) -> Presentation:
    """Return how to print to a stream: in colour and fitted if it is a terminal.

    NO_COLOR, if it is not empty, turns colours off. Terminals that understand no escape sequences
    get neither colours nor links.
    """
    try:
        if not stream.isatty():
            return PLAIN
        width = os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return PLAIN
    term = environ.get("TERM", "")
    return Presentation(
        colour=term not in _NO_ESCAPES and not environ.get("NO_COLOR"),
        links=term not in _NO_LINKS,
        width=min(width, _MOST_WIDTH) or None,
        pages=term not in _NO_ESCAPES,
    )


def presentation() -> Presentation:
    """Return how the running command prints to standard output."""
    ctx = click.get_current_context(silent=True)
    if ctx is None:
        return presentation_of(sys.stdout, os.environ)
    if _KEY not in ctx.meta:
        environ = os.environ if ctx.meta.get("colour", True) else {**os.environ, "NO_COLOR": "1"}
        ctx.meta[_KEY] = presentation_of(sys.stdout, environ)
    return cast("Presentation", ctx.meta[_KEY])


def is_narrow() -> bool:
    """Return whether output is for a terminal with less than `NARROW` cells in a line."""
    width = presentation().width
    return width is not None and width < NARROW


def print_plainly() -> None:
    """Let the running command print as in a pipe, since its output goes to a file."""
    click.get_current_context().meta[_KEY] = PLAIN


def is_quiet() -> bool:
    """Return whether the running command was given --quiet."""
    ctx = click.get_current_context(silent=True)
    return ctx is not None and bool(ctx.meta.get("quiet"))


def is_verbose() -> bool:
    """Return whether the running command was given --verbose."""
    ctx = click.get_current_context(silent=True)
    return ctx is not None and bool(ctx.meta.get("verbose"))


def print_spans(*spans: Span, cut: bool = True) -> None:
    """Print a line made of pieces; with `cut`, it ends at the width of the terminal."""
    look = presentation()
    fitted = _fitted(spans, look.width) if look.width and cut else spans
    sys.stdout.write("".join(_written(span, look) for span in fitted).rstrip(" ") + "\n")


def print_paragraph(*spans: Span, indent: str = "") -> None:
    """Print running text made of pieces, with `indent` before each of its lines.

    On a terminal, lines are wrapped at words and at most `COLUMN` cells long. In a pipe only line
    breaks of the text begin a new line.
    """
    look = presentation()
    pieces = [replace(span, text=sanitize(span.text)) for span in spans]
    text = "".join(piece.text for piece in pieces)
    if look.width is None:
        lines = text.split("\n")
        sys.stdout.write("".join(f"{indent}{line}\n" for line in lines))
        return
    from tuireader.layout.wrap import wrap_rows  # noqa: PLC0415 - only on a terminal

    width = max(_LEAST_WIDTH, min(look.width, COLUMN) - len(indent))
    for start, end in wrap_rows(text, 0, len(text), width):
        row = "".join(_written(piece, look) for piece in _cut(pieces, start, end))
        sys.stdout.write(f"{indent}{row}\n")


def _cut(spans: Iterable[Span], start: int, end: int) -> Iterator[Span]:
    """Yield what stands at [start, end) of the pieces put together."""
    offset = 0
    for span in spans:
        text = span.text[max(0, start - offset) : max(0, end - offset)]
        offset += len(span.text)
        if text:
            yield replace(span, text=text)


def marked_spans(text: str, marks: Iterable[Passage], span: Span = EMPTY) -> Iterator[Span]:
    """Yield a text in pieces, of which the passages `marks` are bold and the others as `span`.

    `marks` are in the order of the text.
    """
    end = 0
    for mark in marks:
        yield replace(span, text=text[end : mark.start])
        yield replace(span, text=mark.of(text), bold=True, dim=False)
        end = mark.end
    yield replace(span, text=text[end:])


def speaker_colour(number: int) -> str:
    """Return the colour of the speaker with this number, from 0, among those of an article."""
    return _SPEAKER_COLOURS[number % len(_SPEAKER_COLOURS)]


def wrapped(text: str) -> str:
    """Return a text whose lines are wrapped at words for a terminal; unchanged for a pipe.

    A line is at most `COLUMN` cells long.
    """
    width = presentation().width
    if width is None:
        return text
    from tuireader.layout.wrap import wrap_rows  # noqa: PLC0415 - only on a terminal

    line = sanitize(text)
    rows = wrap_rows(line, 0, len(line), min(width, COLUMN))
    return "\n".join(line[start:end] for start, end in rows)


def _fitted(spans: tuple[Span, ...], width: int) -> Iterator[Span]:
    """Yield the pieces of a line that fit into a width in cells; "…" ends a line that is cut."""
    from tuireader.layout.cells import cell_width  # noqa: PLC0415 - only on a terminal

    left = width
    for span in spans:
        text = _plain(span.text)
        if cell_width(text) > left:
            yield replace(span, text=_fitted_text(text, left))
            return
        left -= cell_width(text)
        yield replace(span, text=text)


def _fitted_text(text: str, cells: int) -> str:
    """Return a text that is too long for a line, cut to at most `cells` cells with "…" at its end.

    It is cut between words, unless a part of the last one is long: it may be an address, or belong
    to a script without blanks.
    """
    from tuireader.layout.cells import cut_cells  # noqa: PLC0415 - only on a terminal

    if cells <= 0:
        return ""
    shown = cut_cells(text, cells - 1)
    head, blank, part = shown.rpartition(" ")
    is_inside_word = not text[len(shown) :].startswith(" ")
    if is_inside_word and blank and head.strip() and len(part) <= _LONGEST_PART:
        shown = head
    return f"{shown.rstrip()}…"


def _plain(text: str) -> str:
    """Return a part of a line without control characters; spaces at its ends are kept."""
    return sanitize(text).replace("\n", " ").replace("\t", " ")


def _written(span: Span, look: Presentation) -> str:
    """Return a piece of a line as it is written, with its colours and its link."""
    text = _plain(span.text)
    if look.colour and (span.bold or span.dim or span.colour):
        text = click.style(
            text, bold=span.bold or None, dim=span.dim or None, fg=span.colour or None
        )
    address = link_address(span.link) if look.links and span.link else ""
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if address else text


def link_address(location: str) -> str:
    """Return the address that a terminal opens for a location; "" if there is none.

    >>> link_address("/news/a b.txt")
    'file:///news/a%20b.txt'
    >>> link_address("https://example.org/a")
    'https://example.org/a'
    """
    if location.startswith(("http://", "https://")):
        return location if location.isascii() and location.isprintable() else ""
    from pathlib import Path  # noqa: PLC0415 - only on a terminal

    path = location.partition("#")[0]
    try:
        return Path(path).as_uri()
    except ValueError:
        return ""
